//! What the cluster has, as the caller of an analysis gives it.

use std::sync::Arc;

use super::Namespace;
use crate::source::SourceMap;

/// A namespace of a cluster, read from what `kubectl get … -o yaml` printed: once,
/// for all projects that are analyzed with it.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The files that it was read from.
    pub(crate) sources: SourceMap,
    /// What they hold.
    pub(crate) namespace: Arc<Namespace>,
}
