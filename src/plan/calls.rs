//! The calls of `configure_cred_helper`, read: what each host is under its
//! provider. The plan and the rules share this reading.

use super::standing::{Standing, standing};
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
    /// The hosts, and what each is under the provider. Empty without a provider.
    pub(crate) hosts: Vec<(&'a Located<String>, Standing)>,
}

impl<'a> ReadCall<'a> {
    fn new(fact: &'a CredHelperCall) -> Self {
        let provider = fact.provider.as_ref();
        let provider = provider.and_then(|it| Provider::parse(&it.value));
        let hosts = match (&fact.registries, provider) {
            (Registries::List { hosts, .. }, Some(provider)) => hosts
                .iter()
                .map(|host| (host, standing(provider, &host.value)))
                .collect(),
            _ => Vec::new(),
        };
        Self {
            fact,
            provider,
            hosts,
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
        is_read && self.provider.is_some() && self.hosts.iter().all(|(_, it)| it.is_served())
    }
}

/// Reads the calls, in the order in which they ran.
pub(crate) fn read_calls(script: &ScriptFacts) -> Vec<ReadCall<'_>> {
    script.cred_helpers.iter().map(ReadCall::new).collect()
}
