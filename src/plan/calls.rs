//! The calls of `configure_cred_helper`, read: what each host is under its
//! provider. The plan and the rules share this reading.

use std::collections::HashMap;

use super::standing::{Standing, standing};
use crate::names::{MistakeKind, RegistryMistake, RegistryText, mistakes};
use crate::plan::Provider;
use crate::script::{CredHelperCall, Registries, ScriptFacts};
use crate::source::{Located, Span};

/// A call of `configure_cred_helper`, as far as it could be read.
#[derive(Clone, Debug)]
pub(crate) struct ReadCall<'a> {
    /// The call.
    pub(crate) fact: &'a CredHelperCall,
    /// The provider; none when it is missing or no provider.
    pub(crate) provider: Option<Provider>,
    /// The hosts that it lists.
    pub(crate) hosts: Vec<ReadHost<'a>>,
}

/// A host that a call lists, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct ReadHost<'a> {
    /// The text.
    pub(crate) text: &'a Located<String>,
    /// Its parts.
    pub(crate) parts: RegistryText,
    /// The host and its port, as they should have been written: without what
    /// stands around them, and in lower case.
    pub(crate) clean: String,
    /// What is wrong with it. What repeats another host has no mistakes of its own.
    pub(crate) mistakes: Vec<RegistryMistake>,
    /// What it is under the call's provider.
    pub(crate) standing: Standing,
    /// The host that it repeats, in the same or another spelling.
    pub(crate) repeats: Option<&'a Located<String>>,
}

impl<'a> ReadCall<'a> {
    fn new(fact: &'a CredHelperCall) -> Self {
        let provider = fact.provider.as_ref();
        let provider = provider.and_then(|it| Provider::parse(&it.value));
        let hosts = match &fact.registries {
            Registries::List { hosts, .. } => hosts.as_slice(),
            _ => &[],
        };
        let hosts = hosts.iter().map(|text| ReadHost::new(text, provider));
        Self {
            fact,
            provider,
            hosts: hosts.collect(),
        }
    }

    /// Where the call names its provider.
    pub(crate) fn provider_span(&self) -> Span {
        let provider = self.fact.provider.as_ref();
        provider.map_or(self.fact.span, |it| it.span)
    }

    /// Whether the call has no `registries`. An empty list is the default, so it
    /// says the same.
    pub(crate) fn is_without_registries(&self) -> bool {
        match &self.fact.registries {
            Registries::Absent => true,
            Registries::Invalid => false,
            Registries::List {
                hosts,
                has_invalid,
                unknown,
                ..
            } => hosts.is_empty() && unknown.is_empty() && !has_invalid,
        }
    }

    /// Whether every registry of the call is known and right, so that what is
    /// not there can be judged too.
    pub(crate) fn is_sound(&self) -> bool {
        let is_read = match &self.fact.registries {
            Registries::Absent => true,
            Registries::Invalid => false,
            Registries::List {
                has_invalid,
                unknown,
                ..
            } => !has_invalid && unknown.is_empty(),
        };
        is_read && self.provider.is_some() && self.hosts.iter().all(|it| it.standing.is_served())
    }
}

impl<'a> ReadHost<'a> {
    fn new(text: &'a Located<String>, provider: Option<Provider>) -> Self {
        let mistakes = mistakes(&text.value, provider);
        let parts = RegistryText::of(&text.value);
        let has_port = !mistakes.iter().any(|it| it.kind == MistakeKind::CloudPort);
        let clean = match has_port {
            true => parts.host_and_port(&text.value),
            false => &text.value[parts.host.clone()],
        };
        Self {
            text,
            clean: clean.to_ascii_lowercase(),
            parts,
            standing: standing(provider, &text.value, &mistakes),
            mistakes,
            repeats: None,
        }
    }

    fn is_mistaken(&self) -> bool {
        self.mistakes.iter().any(|it| it.kind.is_error())
    }
}

/// Reads the calls, in the order in which they ran.
pub(crate) fn read_calls(script: &ScriptFacts) -> Vec<ReadCall<'_>> {
    let mut calls: Vec<_> = script.cred_helpers.iter().map(ReadCall::new).collect();
    mark_repeated(&mut calls);
    calls
}

/// Reads the calls that run on another way through the script only.
pub(crate) fn read_calls_elsewhere(script: &ScriptFacts) -> Vec<ReadCall<'_>> {
    script.elsewhere.iter().map(ReadCall::new).collect()
}

/// Finds the hosts that say what another one of the same provider says. Of several
/// spellings, the first that is right counts, or else the first of all.
fn mark_repeated(calls: &mut [ReadCall<'_>]) {
    let mut kept: HashMap<_, (&Located<String>, bool)> = HashMap::new();
    for call in &*calls {
        for host in call.hosts.iter().filter(|it| !it.parts.host.is_empty()) {
            let this = (host.text, host.is_mistaken());
            let kept = kept
                .entry((call.provider, host.clean.clone()))
                .or_insert(this);
            if kept.1 && !this.1 {
                *kept = this;
            }
        }
    }
    for call in calls {
        for host in &mut call.hosts {
            let kept = kept.get(&(call.provider, host.clean.clone()));
            let Some((kept, _)) = kept.filter(|(kept, _)| !std::ptr::eq(*kept, host.text)) else {
                continue;
            };
            host.repeats = Some(kept);
            if kept.value != host.text.value {
                host.standing = Standing::Repeated;
            }
            // That it is there again is told, and its mistakes where it is first.
            if !is_same_place(kept, host.text) {
                host.mistakes.clear();
            }
        }
    }
}

/// Whether it is one place that ran twice: a call in a loop, or in a function.
pub(crate) fn is_same_place(one: &Located<String>, other: &Located<String>) -> bool {
    one.span == other.span && one.origin == other.origin
}
