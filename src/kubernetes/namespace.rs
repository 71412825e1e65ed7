//! What is in a namespace of a cluster, as a snapshot shows it.

use std::sync::Arc;

use super::Object;

/// The objects of one namespace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Namespace {
    /// Its name, if the snapshot tells.
    pub(crate) name: Option<String>,
    /// Its objects, in the snapshot's order, without what others of them made and
    /// keep: replica sets and pods of deployments, for example.
    pub(crate) objects: Arc<Vec<Object>>,
}

impl Namespace {
    /// The objects of a kind.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Object> {
        self.objects.iter().filter(move |it| it.kind == kind)
    }
}
