//! Evaluates a script both ways where it branches on what is only known at run time.

use std::collections::{BTreeSet, VecDeque};
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
    /// Whether it came to more choices than are remembered.
    has_more: bool,
    /// How many statements it took.
    steps: usize,
    /// The way that it leaves, and with which choice.
    turned: Option<(usize, usize)>,
    /// What it makes or changes without effect.
    without_effect: Vec<Diagnostic>,
}

/// How many ways through a script are followed.
const MAX_WAYS: usize = 64;

/// How many statements they may take together.
const MAX_STEPS: usize = 200_000;

impl Project<'_> {
    /// What `script` does; its branches that make a difference are part of that.
    ///
    /// A way that ends in `fail` is no environment: another is followed if there
    /// is one, and nothing is compared with it.
    pub(super) fn evaluate_branches(&mut self, script: &Rc<Script>) -> ScriptFacts {
        let mut main = self.main_way(script);
        if let Some(failure) = main.failure.take() {
            self.find(failure);
            return main.facts;
        }
        let mut ways = vec![main];
        let is_all = self.other_ways(script, &mut ways);
        let mut known: BTreeSet<_> = images_of(&ways[0].facts);
        let mut elsewhere = Vec::new();
        let (mut calls, mut branches) = (Vec::<CredHelperCall>::new(), Vec::new());
        for other in ways.iter().skip(1).filter(|it| it.is_environment()) {
            for call in &other.facts.cred_helpers {
                let is_known = |known: &CredHelperCall| known.span == call.span;
                let mut all = ways[0].facts.cred_helpers.iter().chain(&calls);
                if !all.any(is_known) {
                    calls.push(call.clone());
                }
            }
            branches.extend(other.turned.and_then(|(from, index)| {
                let from = Some(&ways[from]).filter(|it| it.is_environment());
                difference(from.unwrap_or(&ways[0]), other, &other.choices[index])
            }));
            elsewhere.extend(only_there(&other.facts, &known));
            known.extend(images_of(&other.facts));
        }
        let (main, others) = ways.split_first_mut().expect("the main way is there");
        main.facts.elsewhere = calls;
        main.facts.branches = branches;
        main.facts.workloads.extend(elsewhere);
        let has_helpers = main.facts.calls_on_all_ways().next().is_some();
        main.facts.has_more_branches = !is_all && (has_helpers || has_cred_helper(script));
        // What has an effect on one way is made for that.
        let mut without_effect = std::mem::take(&mut main.without_effect);
        without_effect.retain(|one| {
            let others = others.iter().filter(|it| it.is_environment());
            let is_there = |it: &Diagnostic| it.rule.name == one.rule.name && it.span == one.span;
            is_all && { others }.all(|other| other.without_effect.iter().any(is_there))
        });
        // One mistake explains much that has no effect.
        let is_clean = !self.findings.iter().any(|it| {
            it.severity == Severity::Error || it.rule.name == call_without_parentheses::RULE.name
        });
        if main.facts.is_complete && is_clean {
            for diagnostic in without_effect {
                self.find(diagnostic);
            }
        }
        std::mem::take(&mut main.facts)
    }

    /// The first way that does not end in `fail`, if there is one.
    fn main_way(&mut self, script: &Rc<Script>) -> Way {
        let first = self.go(script, Vec::new(), &[]);
        let turns = |way: &Way, from: usize| {
            let all = from..way.choices.len();
            let turned = all.map(|index| turned(&way.choices, index));
            turned.collect::<Vec<_>>()
        };
        // What was chosen last before a `fail` is what that asks about.
        let mut pending = turns(&first, 0);
        for _ in 0..MAX_WAYS {
            if first.failure.is_none() || first.is_stopped {
                break;
            }
            let Some(planned) = pending.pop() else { break };
            let from = planned.len();
            let other = self.go(script, planned, &[]);
            if other.failure.is_none() || other.is_stopped {
                return other;
            }
            pending.extend(turns(&other, from));
        }
        first
    }

    /// Follows other ways than the first of `ways`, until every choice was made both
    /// ways. False when there are too many.
    fn other_ways(&mut self, script: &Rc<Script>, ways: &mut Vec<Way>) -> bool {
        let usual = ways[0].choices.clone();
        let mut covered = usual.clone();
        let mut is_all = !ways[0].has_more;
        let mut steps = ways[0].steps;
        let mut pending: VecDeque<_> = (0..usual.len()).map(|index| (0, index)).collect();
        while let Some((from, index)) = pending.pop_front() {
            let choice = &ways[from].choices[index];
            let is_covered = covered
                .iter()
                .any(|it| it.outcome != choice.outcome && it.is_at_place_of(choice));
            if is_covered {
                continue;
            }
            if ways.len() >= MAX_WAYS || steps >= MAX_STEPS || ways[0].is_stopped {
                return false;
            }
            let planned = turned(&ways[from].choices, index);
            let mut way = self.go(script, planned, &usual);
            if way.choices.len() <= index {
                // A mistake that was found on the way took the choice away.
                continue;
            }
            way.turned = Some((from, index));
            is_all &= !way.has_more && !way.is_stopped;
            steps += way.steps;
            if way.is_environment() {
                covered.extend(way.choices.iter().cloned());
            }
            pending.extend((index + 1..way.choices.len()).map(|later| (ways.len(), later)));
            ways.push(way);
        }
        is_all
    }

    /// Follows the way `planned`, then the `usual` one, until nothing fails any more.
    fn go(&mut self, script: &Rc<Script>, planned: Vec<bool>, usual: &[Choice]) -> Way {
        let mut way = Way {
            facts: ScriptFacts::default(),
            choices: Vec::new(),
            failure: None,
            is_stopped: false,
            has_more: false,
            steps: 0,
            turned: None,
            without_effect: Vec::new(),
        };
        for _ in 0..MAX_RUNS {
            missing_attributes::accept(&self.accepted);
            choices::start(planned.clone(), usual, &self.job.values, &self.job.secrets);
            model::start(self.job.namespace.clone(), &self.accepted_lookups);
            let (record, end) = self.run_once(script);
            way.choices = choices::taken();
            way.has_more = choices::has_more();
            way.steps = choices::steps();
            way.is_stopped = record.limit.is_some();
            way.facts = record.facts;
            way.facts.is_complete = end.is_ok() && !record.has_failed && !way.is_stopped;
            let calls = way.facts.cred_helpers.iter().map(|call| call.span);
            self.reached.extend(calls);
            self.reached_statements.extend(record.reached);
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
        // How much the namespace holds is no matter of the script.
        self.door.while_loading(|_| {
            model::with(|model| {
                let environment = model.environment();
                way.facts.workloads = environment.workloads;
                way.facts.deployed_secrets = environment.secrets;
                way.facts.workloads_are_complete = environment.is_complete && way.facts.is_complete;
                way.facts.loaded = model.loaded();
                way.without_effect = model.without_effect();
            });
        });
        way
    }
}

impl Way {
    /// Whether the way leads to an environment.
    fn is_environment(&self) -> bool {
        self.failure.is_none() && !self.is_stopped
    }
}

/// What is other on `there`, which `choice` leads to, than on `here`; none if nothing is.
fn difference(here: &Way, there: &Way, choice: &Choice) -> Option<Branch> {
    let (ours, theirs) = (configured(&here.facts), configured(&there.facts));
    let (used, used_there) = (images_of(&here.facts), images_of(&there.facts));
    (ours != theirs || used != used_there).then(|| Branch {
        span: choice.statement,
        unknown: choice.unknown.clone(),
        here: ours.difference(&theirs).cloned().collect(),
        there: theirs.difference(&ours).cloned().collect(),
        images_here: used.difference(&used_there).cloned().collect(),
        images_there: used_there.difference(&used).cloned().collect(),
    })
}

/// Whether `configure_cred_helper` stands in the script, reached or not.
fn has_cred_helper(script: &Script) -> bool {
    script.text.contains("configure_cred_helper")
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
