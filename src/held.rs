//! The image pull secrets that the namespace holds, with what is wrong with them, and
//! who names them.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::keychain::{BrokenSecret, Flaw, KeyMistake, PullSecret, PullSecretEntry, PullSecrets};
use crate::kubernetes::{Namespace, Workload, pull_secrets};
use crate::script::ScriptFacts;
use crate::source::{Located, Span};
use crate::used::Used;

/// What is known of the image pull secrets of a namespace.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held<'a> {
    pub(crate) namespace: Option<&'a Namespace>,
    /// None when no snapshot was given.
    pub(crate) secrets: Option<&'a PullSecrets>,
    /// Those that pods name.
    pub(crate) named: &'a [Named],
    /// The images that pods use.
    pub(crate) images: &'a [Used<'a>],
    pub(crate) script: &'a ScriptFacts,
}

/// An image pull secret that pods name, themselves or through their service accounts.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) secret: String,
    /// Where it is named, and by whom, in words.
    pub(crate) by: Vec<Located<String>>,
}

impl<'a> Held<'a> {
    /// The pull secrets of the namespace that can be read.
    pub(crate) fn readable(&self) -> impl Iterator<Item = &'a PullSecret> {
        let secrets = self.secrets.map_or(&[][..], PullSecrets::readable);
        secrets.iter()
    }

    /// What is wrong with their entries.
    pub(crate) fn flaws(
        &self,
    ) -> impl Iterator<Item = (&'a PullSecret, &'a PullSecretEntry, Flaw)> {
        self.readable().flat_map(|secret| {
            let entries = secret.entries.iter();
            entries.flat_map(move |entry| {
                let flaws = entry.flaws.iter();
                flaws.map(move |flaw| (secret, entry, *flaw))
            })
        })
    }

    /// The pull secrets of the namespace that cannot be read.
    pub(crate) fn broken_secrets(&self) -> impl Iterator<Item = &'a BrokenSecret> {
        let broken = self.secrets.map_or(&[][..], PullSecrets::broken);
        broken.iter()
    }

    /// Keys of pull secrets that no image can have, and none has.
    pub(crate) fn wrong_keys(
        &self,
    ) -> impl Iterator<Item = (&'a PullSecret, &'a PullSecretEntry, &'a KeyMistake)> {
        let entries = self.readable().flat_map(|secret| {
            let entries = secret.entries.iter();
            entries.filter_map(move |entry| Some((secret, entry, entry.mistake.as_ref()?)))
        });
        entries.filter(|(secret, entry, _)| {
            let mut names = self
                .images
                .iter()
                .filter_map(|it| Some(it.reference.as_ref().ok()?.name()));
            // What is in the wrong form altogether is one mistake.
            secret.flaw.is_none() && !names.any(|it| entry.mismatch(&it).is_none())
        })
    }

    /// The pull secrets that pods name and nothing provides, as far as that can be told.
    pub(crate) fn missing_secrets(&self) -> impl Iterator<Item = &'a Named> {
        let secrets = self.namespace.map_or(&[][..], |it| &it.secrets);
        let is_known = !secrets.is_empty() && self.script.workloads_are_complete;
        let deployed = &self.script.deployed_secrets;
        self.named.iter().filter(move |it| {
            let is_there = secrets.iter().any(|secret| secret.name == it.secret);
            is_known && !is_there && !deployed.contains(&it.secret)
        })
    }

    /// Whether a job that runs again and again has to do with one of `words`.
    pub(crate) fn has_job_about(&self, words: &[&str]) -> bool {
        let mut jobs = self
            .namespace
            .into_iter()
            .flat_map(|it| it.of_kind("CronJob"));
        jobs.any(|job| {
            let is_in = |text: &str| words.iter().any(|word| text.contains(word));
            is_in(&job.name) || job.value.has_text(&is_in)
        })
    }

    /// Adds who names the pull secret `name`.
    pub(crate) fn with_namers(&self, diagnostic: Diagnostic, name: &str) -> Diagnostic {
        match self.named.iter().find(|it| it.secret == name) {
            Some(named) => with_namers(diagnostic, named),
            None => diagnostic,
        }
    }

    /// Whether a pod of the environment names the pull secret `name`.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.named.iter().any(|it| it.secret == name)
    }
}

/// An entry of a pull secret, at the beginning of a sentence.
pub(crate) fn entry_of(secret: &PullSecret, entry: &PullSecretEntry) -> String {
    format!(
        "the entry for `{}` of the pull secret `{}`",
        entry.key, secret.name
    )
}

/// The secrets that the environment's pods name, and those of the service accounts that
/// they run as, by name.
pub(crate) fn named(script: &ScriptFacts, namespace: Option<&Namespace>) -> Vec<Named> {
    let mut named: BTreeMap<String, Vec<Located<String>>> = BTreeMap::new();
    let mut accounts = HashSet::new();
    for workload in &script.workloads {
        let owner = owner(workload);
        for secret in &workload.image_pull_secrets {
            add(&mut named, secret, &owner);
        }
        // The admission of pods fills in the account's where a pod has none of its own.
        if workload.image_pull_secrets.is_empty() {
            let account = workload.service_account.as_ref();
            accounts.insert(account.map_or("default", |it| it.value.as_str()));
        }
    }
    let all = namespace
        .into_iter()
        .flat_map(|it| it.of_kind("ServiceAccount"));
    for account in all.filter(|it| accounts.contains(it.name.as_str())) {
        let owner = format!("the service account `{}`", account.name);
        for secret in pull_secrets(&account.value) {
            add(&mut named, &secret, &owner);
        }
    }
    let named = named.into_iter();
    named.map(|(secret, by)| Named { secret, by }).collect()
}

/// How many places are shown.
const FEW: usize = 3;

/// Adds who names the secret.
pub(crate) fn with_namers(diagnostic: Diagnostic, named: &Named) -> Diagnostic {
    add_places(diagnostic, &named.by)
}

/// Adds who names the secret beside the first.
pub(crate) fn with_others(diagnostic: Diagnostic, named: &Named) -> Diagnostic {
    add_places(diagnostic, named.by.get(1..).unwrap_or_default())
}

fn add_places(diagnostic: Diagnostic, by: &[Located<String>]) -> Diagnostic {
    let shown = by.iter().take(FEW);
    shown.fold(diagnostic, |diagnostic, it| {
        diagnostic.also(it.span, format!("{} names it here", it.value))
    })
}

fn add(named: &mut BTreeMap<String, Vec<Located<String>>>, secret: &Located<String>, by: &str) {
    let by = Located::new(by.to_owned(), place(secret));
    let places = named.entry(secret.value.clone()).or_default();
    if !places.contains(&by) {
        places.push(by);
    }
}

fn place(secret: &Located<String>) -> Span {
    secret.origin.unwrap_or(secret.span)
}

fn owner(workload: &Workload) -> String {
    let kind = workload.kind.to_ascii_lowercase();
    format!("the {kind} `{}`", workload.name)
}
