//! Which ECR registry a mirror stands for.
//!
//! The credential helper knows ECR hosts only, so the controller asks it for
//! the *backing* host and presents the answer to the mirror. The backing host
//! is inferred from the ECR hosts that are listed beside the mirror.

use std::collections::HashMap;

use super::{EcrRegistry, ReadCall, Standing};
use crate::script::CredHelperCall;
use crate::source::Located;

/// An ECR host as a call lists it.
pub(crate) type ListedEcr<'a> = (&'a Located<String>, &'a EcrRegistry);

/// A mirror under `ecr`: a host that is nobody else's.
pub(crate) struct Mirror<'a> {
    /// The host, where it is listed first.
    pub(crate) host: &'a Located<String>,
    /// The call that lists it first.
    pub(crate) call: &'a CredHelperCall,
    /// What it stands for.
    pub(crate) backing: Backing<'a>,
    /// Whether the calls that list it are known and right, so that a backing
    /// host that is not there is really missing.
    pub(crate) is_sound: bool,
}

/// What a mirror stands for.
#[derive(Clone, Copy)]
pub(crate) enum Backing<'a> {
    /// No ECR host is listed beside it.
    Missing,
    /// The ECR hosts beside it are all of one account and region; this is the first.
    Inferred(ListedEcr<'a>),
    /// Two of the ECR hosts beside it are of different accounts or regions.
    Ambiguous(ListedEcr<'a>, ListedEcr<'a>),
}

/// The mirrors that the calls list, in the order in which they are first listed.
pub(crate) fn mirrors<'a>(calls: &'a [ReadCall<'a>]) -> Vec<Mirror<'a>> {
    let mut mirrors: Vec<Mirror<'a>> = Vec::new();
    let mut by_host: HashMap<&str, usize> = HashMap::new();
    for call in calls {
        let backing = Backing::beside(call);
        let is_sound = call.is_sound();
        let hosts = call.hosts.iter();
        for host in hosts.filter(|it| matches!(it.standing, Standing::Mirror)) {
            let host = host.text;
            match by_host.get(host.value.as_str()) {
                Some(index) => {
                    let mirror = &mut mirrors[*index];
                    mirror.backing = mirror.backing.and(backing);
                    mirror.is_sound &= is_sound;
                }
                None => {
                    by_host.insert(&host.value, mirrors.len());
                    mirrors.push(Mirror {
                        host,
                        call: call.fact,
                        backing,
                        is_sound,
                    });
                }
            }
        }
    }
    mirrors
}

impl<'a> Backing<'a> {
    /// What the ECR hosts of `call` say about a mirror listed beside them.
    pub(crate) fn beside(call: &'a ReadCall<'a>) -> Self {
        let hosts = call.hosts.iter().filter_map(|host| {
            let registry = host.standing.ecr_registry()?;
            Some(Self::Inferred((host.text, registry)))
        });
        hosts.fold(Self::Missing, Self::and)
    }

    /// What both together say.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Missing, it) | (it, Self::Missing) => it,
            (it @ Self::Ambiguous(..), _) | (_, it @ Self::Ambiguous(..)) => it,
            (Self::Inferred(one), Self::Inferred(two)) => {
                if identity(one.1) == identity(two.1) {
                    Self::Inferred(one)
                } else {
                    Self::Ambiguous(one, two)
                }
            }
        }
    }
}

/// A token is for the registry of an account in a region.
fn identity(registry: &EcrRegistry) -> (&str, &str) {
    (&registry.account_id, &registry.region)
}
