//! Kubernetes objects: as values that know their places, and as the workloads
//! whose images the environment uses.
//!
//! Compose files, charts, manifests and the namespace's snapshot all end up here,
//! and scripts change what is here.

mod check;
mod copies;
mod extract;
mod manifests;
mod namespace;
mod read;
mod rules;
mod snapshot;
pub(crate) mod types;
mod value;
mod workload;

pub(crate) use check::{check_fields, words_of};
#[allow(unused_imports, reason = "the readers of objects come next")]
pub(crate) use extract::{for_each_image, pod_spec_path, pull_secrets, workload, workloads};
pub(crate) use manifests::{Manifests, NoManifests, manifests};
pub(crate) use namespace::{Namespace, SecretElsewhere};
pub(crate) use read::{read, read_value};
pub(crate) use rules::ALL as RULES;
#[cfg(any(feature = "cli", feature = "lsp"))]
pub(crate) use snapshot::MAX_SNAPSHOT_FILE;
pub use snapshot::{Snapshot, SnapshotError, SnapshotFile};
#[allow(unused_imports, reason = "the readers of objects come next")]
pub(crate) use value::{Data, Key, Object, Value};
pub use workload::{Container, ContainerRole, Image, Workload};
