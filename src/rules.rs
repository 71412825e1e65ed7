//! Rules that judge a whole project, one file each.

mod ambiguous_mirror;
mod ecr_without_identity;
mod local_search_for_google;
mod mirror_without_backing;
mod narrowed_google_registries;
mod needless_local_search;
mod repeated_provider;
mod service_account_without_cred_helper;
mod several_ecr_accounts;
mod unknown_registry;
mod unreached_cred_helper;

use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, Provider};
use crate::project_file::{Entry, ProjectFile};
use crate::rule::Rule;
use crate::script::{CredHelperCall, ScriptFacts};
use crate::source::SourceMap;

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub(crate) struct Context<'a> {
    /// The texts, for pointing into strings.
    pub sources: &'a SourceMap,
    /// `raftt.yml`, as far as it could be read; none when a script is checked alone.
    pub project_file: Option<&'a ProjectFile>,
    /// What the scripts did.
    pub script: &'a ScriptFacts,
    /// The plan that follows from both.
    pub plan: &'a Plan,
}

impl<'a> Context<'a> {
    /// The service account that the project file sets, be it valid or not.
    fn service_account(&self) -> Option<&'a Entry<String>> {
        let options = self.project_file?.direct_options.as_ref()?;
        options.workload_identity_service_account.as_ref()
    }

    /// Whether the project file certainly sets no service account.
    fn has_no_service_account(&self) -> bool {
        // The key may be one that could not be read.
        self.service_account().is_none() && self.project_file.is_some_and(|it| it.is_complete)
    }

    /// The setting that has local images searched, if it does.
    fn local_search(&self) -> Option<&'a Entry<bool>> {
        let options = self.project_file?.direct_options.as_ref()?;
        let search = options.search_local_docker_registry.as_ref()?;
        search.value.value.then_some(search)
    }

    /// The first call for `provider`.
    fn first_call(&self, provider: Provider) -> Option<&'a CredHelperCall> {
        let mut calls = self.script.cred_helpers.iter();
        calls.find(|call| {
            let name = call.provider.as_ref().map(|it| it.value.as_str());
            name == Some(provider.name())
        })
    }
}

type Check = fn(&Context<'_>, &mut Vec<Diagnostic>);

/// Lists the rules of this folder. The `mod` lines stay outside, where rustfmt sees them.
macro_rules! checks {
    ($($module:ident),* $(,)?) => {
        const CHECKS: &[(&Rule, Check)] = &[$((&$module::RULE, $module::check)),*];
    };
}

checks! {
    ambiguous_mirror,
    ecr_without_identity,
    local_search_for_google,
    mirror_without_backing,
    narrowed_google_registries,
    needless_local_search,
    repeated_provider,
    service_account_without_cred_helper,
    several_ecr_accounts,
    unknown_registry,
    unreached_cred_helper,
}

/// Runs every rule.
#[must_use]
pub(crate) fn run(context: &Context<'_>) -> Vec<Diagnostic> {
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
