//! What is in a namespace of a cluster, as a snapshot shows it.

use std::sync::Arc;

use super::Object;

/// The objects of one namespace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Namespace {
    /// Its name, if the snapshot tells.
    pub(crate) name: Option<String>,
    /// Its objects, in the snapshot's order, without what others of them made and
    /// keep: replica sets and pods of deployments, for example. What secrets hold is
    /// not known here, because scripts read these.
    pub(crate) objects: Arc<Vec<Object>>,
    /// Its secrets with what they hold, for matching them with images alone.
    pub(crate) secrets: Arc<Vec<Object>>,
    /// The secrets of the snapshot's other namespaces.
    pub(crate) secrets_elsewhere: Arc<Vec<SecretElsewhere>>,
}

/// A secret in a namespace that is not the environment's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretElsewhere {
    pub(crate) namespace: String,
    pub(crate) name: String,
}

impl Namespace {
    /// The objects of a kind.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Object> {
        self.objects.iter().filter(move |it| it.kind == kind)
    }
}
