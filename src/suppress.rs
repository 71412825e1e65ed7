//! Comments that silence diagnostics: `# raftt: ignore[rule-name, other] reason`.
//!
//! A comment after code speaks of its own line: of what begins there, and of what
//! ends there after several lines. A comment on a line of its own speaks of the next
//! line of code, with the brackets and texts that are opened on it up to where they
//! are closed. `# raftt: ignore-file[rule-name]`, anywhere, speaks of the whole file.
//!
//! The plan does not know of them: a registry that is wrong stays out of it.

mod comment;
mod edit;
mod layout;
pub(crate) mod rules;
mod silence;
mod unused;

use crate::diagnostic::{Diagnostic, Fix};
use crate::rule::Rule;
use crate::script::ScriptFacts;
use crate::source::{FileId, SourceMap, Span, is_script};
use layout::Language;

pub(crate) use edit::ignore;

/// The rules about the comments themselves.
pub(crate) const RULES: &[&Rule] = rules::ALL;

/// A diagnostic that a comment silences.
#[derive(Clone, Debug)]
pub struct Suppressed {
    /// What would be reported.
    pub diagnostic: Diagnostic,
    /// The comment.
    pub comment: Span,
    /// Why, in the words of the comment's author.
    pub reason: Option<String>,
}

/// What is left to report, and what is not.
#[derive(Debug)]
pub(crate) struct Silenced {
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) suppressed: Vec<Suppressed>,
}

/// What an analysis found out, as far as comments are concerned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) sources: &'a SourceMap,
    pub(crate) script: &'a ScriptFacts,
    /// Every rule.
    pub(crate) rules: &'a [&'static Rule],
    /// Whether the script is checked without a project.
    pub(crate) is_alone: bool,
    /// Whether it is known what is in the namespace.
    pub(crate) has_snapshot: bool,
}

impl Context<'_> {
    /// How the file's comments are written; none where they cannot be told, or the
    /// file is none of the project's.
    fn language(&self, file: FileId) -> Option<Language> {
        language(self.sources, self.script, file)
    }
}

/// Takes away what comments silence, and adds what is wrong with the comments.
pub(crate) fn suppress(context: &Context<'_>, diagnostics: Vec<Diagnostic>) -> Silenced {
    let comments = silence::comments(context);
    if comments.is_empty() {
        return Silenced {
            diagnostics,
            suppressed: Vec::new(),
        };
    }
    let mut silenced = Silenced {
        diagnostics,
        suppressed: Vec::new(),
    };
    let used = silence::silence(context, &comments, &mut silenced);
    let about = unused::about(context, &comments, &used, &silenced);
    // What is wrong with comments can be silenced as well.
    let mut own = Silenced {
        diagnostics: about,
        suppressed: Vec::new(),
    };
    silence::silence(context, &comments, &mut own);
    silenced.diagnostics.append(&mut own.diagnostics);
    silenced.suppressed.append(&mut own.suppressed);
    silenced
}

/// The change that silences `diagnostic` where it stands.
pub(crate) fn ignore_edit(
    sources: &SourceMap,
    script: &ScriptFacts,
    diagnostic: &Diagnostic,
) -> Option<Fix> {
    let edits = ignore(sources, script, &[diagnostic], None);
    (!edits.is_empty()).then(|| Fix {
        message: format!("ignore `{}` here", diagnostic.rule.name),
        safety: crate::diagnostic::Safety::Safe,
        edits,
    })
}

fn language(sources: &SourceMap, script: &ScriptFacts, file: FileId) -> Option<Language> {
    let source = sources.file(file);
    if source.given.is_some() || source.bytes.is_some() {
        return None;
    }
    let ending = source.path.rsplit_once('.').map_or("", |it| it.1);
    match ending {
        _ if script.scripts.contains(&file) => Some(Language::Script),
        "yml" | "yaml" => Some(Language::Yaml),
        "bzl" => Some(Language::Script),
        _ => is_script(&source.path).then_some(Language::Script),
    }
}
