//! The pipeline, on one screen.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Fix};
use crate::held::{Held, named};
use crate::keychain::PullSecrets;
use crate::listed::listed;
use crate::lost::lost;
use crate::options::{Level, Options};
use crate::plan::{Plan, read_calls, read_calls_elsewhere};
use crate::project_file;
use crate::project_file::ProjectFile;
use crate::rules::{self, Context};
use crate::script::{self, ScriptFacts};
use crate::source::{SourceMap, Sources};
use crate::suppress::{self, Silenced, Suppressed, suppress};
use crate::used::used;

/// All that could be found out about a project.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Analysis {
    /// The files that were read.
    pub sources: SourceMap,
    /// What `raftt.yml` says, if it could be read at all.
    pub project_file: Option<ProjectFile>,
    /// What the scripts did.
    pub script: ScriptFacts,
    /// What the environment controller should do, as far as it can be told.
    pub plan: Plan,
    /// What is wrong, by path and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong, but silenced by a comment, by path and place.
    pub suppressed: Vec<Suppressed>,
}

impl Analysis {
    /// The change that writes a comment `# raftt: ignore[…]` for `diagnostic`, one of
    /// this analysis: at the end of its line, above it, or into the brackets of a
    /// comment that is there. None where a comment cannot silence it.
    #[must_use]
    pub fn ignore_edit(&self, diagnostic: &Diagnostic) -> Option<Fix> {
        suppress::ignore_edit(&self.sources, &self.script, diagnostic)
    }
}

/// Reads, evaluates, plans and judges the project in `sources`.
///
/// It never fails and does no I/O except through `sources`: what could be built
/// is there, what is wrong is a diagnostic.
#[must_use]
pub fn analyze(sources: &dyn Sources, options: &Options) -> Analysis {
    let snapshot = options.snapshot.as_ref();
    // The snapshot's places count from the first file on.
    let mut map = snapshot.map_or_else(SourceMap::default, |it| it.sources.clone());
    let namespace = options.namespace().map(AsRef::as_ref);
    let mut diagnostics = Vec::new();

    let project_file = project_file::read(sources, options, &mut map, &mut diagnostics);
    let script = script::evaluate(
        sources,
        options,
        project_file.as_ref(),
        &mut map,
        &mut diagnostics,
    );
    let secrets = namespace.map(|it| Arc::new(PullSecrets::of(it)));
    let known = namespace.zip(secrets.as_ref());
    let plan = Plan::of(&map, project_file.as_ref(), &script, known);
    let calls = read_calls(&script);
    let elsewhere = read_calls_elsewhere(&script);
    let listed = listed(&map, &calls, &elsewhere);
    let images = used(&script, &plan);
    let named = named(&script, namespace);
    diagnostics.extend(rules::run(&Context {
        sources: &map,
        project_file: project_file.as_ref(),
        script: &script,
        namespace,
        held: Held {
            namespace,
            secrets: secrets.as_deref(),
            named: &named,
            images: &images,
            script: &script,
        },
        calls: &calls,
        plan: &plan,
        listed: &listed,
        images: &images,
        lost: &lost(&listed, &images),
    }));
    sort(&map, &mut diagnostics, |it| it);
    // A call in a loop makes the same mistake again and again.
    diagnostics.dedup_by(|a, b| {
        std::ptr::eq(a.rule, b.rule) && a.span == b.span && a.message == b.message
    });

    let silenced = judge(options, &map, &script, diagnostics);

    Analysis {
        sources: map,
        project_file,
        script,
        plan,
        diagnostics: silenced.diagnostics,
        suppressed: silenced.suppressed,
    }
}

/// Weighs the diagnostics as the caller decided, and leaves out what comments silence.
fn judge(
    options: &Options,
    map: &SourceMap,
    script: &ScriptFacts,
    diagnostics: Vec<Diagnostic>,
) -> Silenced {
    let level = |it: &Diagnostic| {
        let path = &map.file(it.span.file).path;
        options.levels.as_ref()?.level(it.rule, path)
    };
    let context = suppress::Context {
        sources: map,
        script,
        rules: &rules::all(),
        is_alone: options.script.is_some(),
        has_snapshot: options.snapshot.is_some(),
    };
    let mut silenced = suppress(&context, diagnostics);
    // A comment on what is not reported anyway is of use again when that changes.
    let is_on = |it: &Diagnostic| level(it) != Some(Level::Off);
    silenced.diagnostics.retain(is_on);
    silenced.suppressed.retain(|it| is_on(&it.diagnostic));
    let suppressed = silenced.suppressed.iter_mut().map(|it| &mut it.diagnostic);
    for diagnostic in silenced.diagnostics.iter_mut().chain(suppressed) {
        if let Some(Level::As(severity)) = level(diagnostic) {
            diagnostic.severity = severity;
        }
    }
    sort(map, &mut silenced.diagnostics, |it| it);
    sort(map, &mut silenced.suppressed, |it| &it.diagnostic);
    silenced
}

/// By path, place, weight and rule, so that equal input gives equal output.
fn sort<T>(sources: &SourceMap, all: &mut [T], diagnostic: impl Fn(&T) -> &Diagnostic) {
    all.sort_by(|a, b| {
        let (a, b) = (diagnostic(a), diagnostic(b));
        let key = |d: &Diagnostic| {
            (
                d.span.start,
                d.span.end,
                std::cmp::Reverse(d.severity),
                d.rule.name,
            )
        };
        let path = |d: &Diagnostic| &sources.file(d.span.file).path;
        path(a)
            .cmp(path(b))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.message.cmp(&b.message))
    });
}
