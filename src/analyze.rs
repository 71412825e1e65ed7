//! The pipeline, on one screen.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::held::{Held, named};
use crate::keychain::PullSecrets;
use crate::listed::listed;
use crate::lost::lost;
use crate::options::Options;
use crate::plan::{Plan, read_calls, read_calls_elsewhere};
use crate::project_file;
use crate::project_file::ProjectFile;
use crate::rules::{self, Context};
use crate::script::{self, ScriptFacts};
use crate::source::{SourceMap, Sources};
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
    sort(&map, &mut diagnostics);
    // A call in a loop makes the same mistake again and again.
    diagnostics.dedup_by(|a, b| {
        std::ptr::eq(a.rule, b.rule) && a.span == b.span && a.message == b.message
    });

    Analysis {
        sources: map,
        project_file,
        script,
        plan,
        diagnostics,
    }
}

/// By path, place, weight and rule, so that equal input gives equal output.
fn sort(sources: &SourceMap, diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
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
