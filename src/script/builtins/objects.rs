//! The objects of the language: what can be read from them, written to them
//! and called on them.

mod hooks;
mod kubernetes;
mod volumes;
mod workloads;

use super::Object;

pub(super) use hooks::{action, event};
pub(super) use kubernetes::container;
pub(super) use volumes::{file, repo_working_tree, volume, volume_initializer};
pub(super) use workloads::resources;

/// Every kind of object.
pub(super) const ALL: &[&Object] = &[
    &workloads::RESOURCES,
    &workloads::COLLECTION,
    &workloads::WORKLOAD,
    &volumes::VOLUMES,
    &volumes::VOLUME,
    &volumes::VOLUME_INITIALIZER,
    &volumes::REPO_WORKING_TREE,
    &volumes::FILE,
    &kubernetes::CONTAINER,
    &kubernetes::OBJECT,
    &kubernetes::K8S,
    &kubernetes::LOCAL,
    &hooks::EVENTS,
    &hooks::EVENT,
    &hooks::ACTIONS,
    &hooks::ACTION,
];
