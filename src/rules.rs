//! Rules that judge a whole project, one file each.

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::project_file::ProjectFile;
use crate::rule::Rule;
use crate::script::ScriptFacts;
use crate::source::SourceMap;

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Context<'a> {
    /// The texts, for pointing into strings.
    pub sources: &'a SourceMap,
    /// `raftt.yml`, as far as it could be read; none when a script is checked alone.
    pub project_file: Option<&'a ProjectFile>,
    /// What the scripts did.
    pub script: &'a ScriptFacts,
    /// The plan that follows from both.
    pub plan: &'a Plan,
}

type Check = fn(&Context<'_>, &mut Vec<Diagnostic>);

/// Lists the rules of this folder. The `mod` lines stay outside, where rustfmt sees them.
macro_rules! checks {
    ($($module:ident),* $(,)?) => {
        const CHECKS: &[(&Rule, Check)] = &[$((&$module::RULE, $module::check)),*];
    };
}

checks! {}

/// Runs every rule.
#[must_use]
pub fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (_, check) in CHECKS {
        check(context, &mut diagnostics);
    }
    diagnostics
}

/// Every rule of every stage, by name.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = CHECKS.iter().map(|(rule, _)| *rule).collect();
    rules.extend(crate::script::RULES);
    rules.extend(crate::project_file::RULES);
    rules.sort_by_key(|rule| rule.name);
    rules
}
