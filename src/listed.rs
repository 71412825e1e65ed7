//! The registries that a script lists, each with its mistakes.

use std::ops::Deref;

use crate::mention::Mention;
use crate::names::Provider;
use crate::plan::{ReadCall, ReadHost};
use crate::script::CredHelperCall;
use crate::source::{Located, SourceMap};

/// A registry that a script lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed<'a> {
    /// The call that lists it.
    pub(crate) call: &'a CredHelperCall,
    /// The provider it is listed for; none when that is no provider.
    pub(crate) provider: Option<Provider>,
    /// The text, taken apart, with its mistakes.
    pub(crate) host: &'a ReadHost<'a>,
    /// Whether the plan knows it: it is not listed on another way through the
    /// script only.
    pub(crate) is_planned: bool,
    mention: Mention<'a>,
}

/// Every registry that is listed, in order: by the calls that the plan knows, and
/// `elsewhere`.
pub(crate) fn listed<'a>(
    sources: &'a SourceMap,
    planned: &'a [ReadCall<'a>],
    elsewhere: &'a [ReadCall<'a>],
) -> Vec<Listed<'a>> {
    let of = |calls: &'a [ReadCall<'a>], is_planned| {
        calls.iter().flat_map(move |call| {
            call.hosts.iter().map(move |host| Listed {
                call: call.fact,
                provider: call.provider,
                host,
                is_planned,
                mention: Mention {
                    text: host.text,
                    mistakes: &host.mistakes,
                    host: (host.parts.host.start, host.parts.host.end),
                    owner: None,
                    trace: &call.fact.trace,
                    sources,
                },
            })
        })
    };
    of(planned, true).chain(of(elsewhere, false)).collect()
}

impl<'a> Listed<'a> {
    /// The text as it is written.
    pub(crate) fn text(&self) -> &'a Located<String> {
        self.host.text
    }

    /// The host and its port, as they should have been written.
    pub(crate) fn clean(&self) -> String {
        self.host.clean.clone()
    }
}

/// A registry that is listed is above all one that is mentioned.
impl<'a> Deref for Listed<'a> {
    type Target = Mention<'a>;

    fn deref(&self) -> &Mention<'a> {
        &self.mention
    }
}
