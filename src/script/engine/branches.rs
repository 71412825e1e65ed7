//! Evaluates a script both ways where it branches on what is only known at run time.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{MAX_RUNS, Project, Stop};
use crate::diagnostic::{Diagnostic, Severity};
use crate::kubernetes::{Container, Image, Workload};
use crate::script::choices::{self, Choice};
use crate::script::facts::{Branch, CredHelperCall, Registries, ScriptFacts};
use crate::script::model;
use crate::script::parsed::Script;
use crate::script::rules::{call_without_parentheses, script_failed};
use crate::script::values::missing_attributes;

/// What a script does on one way through its branches.
struct Way {
    facts: ScriptFacts,
    choices: Vec<Choice>,
    /// That the script ended itself with `fail`, on this way.
    failure: Option<Diagnostic>,
    /// Whether a limit stopped it.
    is_stopped: bool,
    /// What it makes or changes without effect.
    without_effect: Vec<Diagnostic>,
}

impl Project<'_> {
    /// What `script` does; its branches that make a difference are part of that.
    ///
    /// A way that ends in `fail` is no environment: another is followed if there
    /// is one, and nothing is compared with it.
    pub(super) fn evaluate_branches(&mut self, script: &Rc<Script>) -> ScriptFacts {
        let mut main = self.go(script, Vec::new());
        for index in (0..main.choices.len()).rev() {
            if main.failure.is_none() || main.is_stopped {
                break;
            }
            let other = self.go(script, turned(&main.choices, index));
            if other.failure.is_none() {
                main = other;
            }
        }
        if let Some(failure) = main.failure {
            self.find(failure);
            return main.facts;
        }
        let images = images_of(&main.facts);
        let mut elsewhere = Vec::new();
        for index in 0..main.choices.len() {
            if main.is_stopped {
                break;
            }
            let other = self.go(script, turned(&main.choices, index));
            if other.failure.is_some() || other.is_stopped {
                continue;
            }
            // What has an effect on one way is made for that.
            main.without_effect.retain(|one| {
                let mut others = other.without_effect.iter();
                others.any(|it| it.rule.name == one.rule.name && it.span == one.span)
            });
            for call in &other.facts.cred_helpers {
                let is_known = |known: &CredHelperCall| known.span == call.span;
                if !main.facts.calls_on_all_ways().any(is_known) {
                    main.facts.elsewhere.push(call.clone());
                }
            }
            let (ours, theirs) = (configured(&main.facts), configured(&other.facts));
            let (used, used_there) = (&images, images_of(&other.facts));
            if ours != theirs || *used != used_there {
                let choice = &main.choices[index];
                main.facts.branches.push(Branch {
                    span: choice.statement,
                    unknown: choice.unknown.clone(),
                    here: ours.difference(&theirs).cloned().collect(),
                    there: theirs.difference(&ours).cloned().collect(),
                    images_here: used.difference(&used_there).cloned().collect(),
                    images_there: used_there.difference(used).cloned().collect(),
                });
            }
            elsewhere.extend(only_there(&other.facts, used));
        }
        main.facts.workloads.extend(elsewhere);
        // One mistake explains much that has no effect.
        let is_clean = !self.findings.iter().any(|it| {
            it.severity == Severity::Error || it.rule.name == call_without_parentheses::RULE.name
        });
        if main.facts.is_complete && is_clean {
            for diagnostic in std::mem::take(&mut main.without_effect) {
                self.find(diagnostic);
            }
        }
        main.facts
    }

    /// Follows the way `planned` until nothing fails any more.
    fn go(&mut self, script: &Rc<Script>, planned: Vec<bool>) -> Way {
        let mut way = Way {
            facts: ScriptFacts::default(),
            choices: Vec::new(),
            failure: None,
            is_stopped: false,
            without_effect: Vec::new(),
        };
        for _ in 0..MAX_RUNS {
            missing_attributes::accept(&self.accepted);
            choices::start(planned.clone(), &self.job.values, &self.job.secrets);
            model::start(self.job.namespace.clone(), &self.accepted_lookups);
            let (record, end) = self.run_once(script);
            way.choices = choices::taken();
            way.is_stopped = record.limit.is_some();
            way.facts = record.facts;
            way.facts.is_complete = end.is_ok() && !record.has_failed && !way.is_stopped;
            let calls = way.facts.cred_helpers.iter().map(|call| call.span);
            self.reached.extend(calls);
            for diagnostic in record.diagnostics {
                if std::ptr::eq(diagnostic.rule, &raw const script_failed::RULE) {
                    way.failure = Some(diagnostic);
                } else {
                    self.find(diagnostic);
                }
            }
            let is_over = record.has_failed || way.is_stopped;
            if is_over || !matches!(end, Err(Stop::Again)) {
                break;
            }
        }
        model::with(|model| {
            let environment = model.environment();
            way.facts.workloads = environment.workloads;
            way.facts.workloads_are_complete = environment.is_complete && way.facts.is_complete;
            way.facts.loaded = model.loaded();
            way.without_effect = model.without_effect();
        });
        way
    }
}

/// The ways of `choices`, but the other one at `index`.
fn turned(choices: &[Choice], index: usize) -> Vec<bool> {
    let mut ways: Vec<_> = choices[..=index]
        .iter()
        .map(|choice| choice.outcome)
        .collect();
    ways[index] = !ways[index];
    ways
}

/// What `facts` configure, in words.
fn configured(facts: &ScriptFacts) -> BTreeSet<String> {
    let mut configured = BTreeSet::new();
    for call in &facts.cred_helpers {
        let provider = call.provider.as_ref().map_or("?", |it| it.value.as_str());
        match &call.registries {
            // What is known only at run time is reported where it is listed.
            Registries::List { hosts, .. } => {
                let hosts = hosts.iter().map(|host| host.value.as_str());
                configured.extend(hosts.map(|host| format!("`{host}` for `{provider}`")));
            }
            Registries::Absent | Registries::Invalid => {
                configured.insert(format!("`{provider}`"));
            }
        }
    }
    configured
}

/// The images that `facts` use, in words.
fn images_of(facts: &ScriptFacts) -> BTreeSet<String> {
    let workloads = facts.workloads.iter();
    let containers = workloads.flat_map(|it| it.containers.iter().map(move |one| (it, one)));
    let images =
        containers.filter_map(|(workload, container)| Some(in_words(workload, image(container)?)));
    images.collect()
}

/// The workloads of `facts` with the images that are not among `known`.
fn only_there(facts: &ScriptFacts, known: &BTreeSet<String>) -> Vec<Workload> {
    let workloads = facts.workloads.iter().map(|workload| {
        let mut workload = workload.clone();
        let own = workload.clone();
        workload.containers.retain(|container| {
            image(container).is_some_and(|image| !known.contains(&in_words(&own, image)))
        });
        workload
    });
    workloads.filter(|it| !it.containers.is_empty()).collect()
}

fn image(container: &Container) -> Option<&str> {
    match &container.image {
        Image::Reference(image) | Image::Built(image) => Some(&image.value),
        Image::Unknown(_) | Image::Absent => None,
    }
}

fn in_words(workload: &Workload, image: &str) -> String {
    let kind = workload.kind.to_ascii_lowercase();
    format!("`{image}` for {kind} {:?}", workload.name)
}
