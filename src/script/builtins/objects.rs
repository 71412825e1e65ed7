//! The objects of the language: what can be read from them, written to them
//! and called on them.

mod collections;
mod hooks;
mod kubernetes;
mod volumes;
mod workloads;

use super::Object;

pub(super) use hooks::{action, event};
pub(super) use kubernetes::container;
pub(crate) use kubernetes::{fields_object, items_object, map_object};
pub(super) use volumes::{file, repo_working_tree, volume_initializer};
pub(crate) use volumes::{is_working_tree, volume, volumes};
pub(super) use workloads::resources;
pub(crate) use workloads::{collection, workload};

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
    &super::modules::re::REGEX,
    &super::modules::time::TIME_OBJECT,
    &super::modules::time::DURATION_OBJECT,
    &kubernetes::CONTAINER,
    &kubernetes::OBJECT,
    &collections::LIST,
    &collections::MAP,
    &kubernetes::K8S,
    &kubernetes::LOCAL,
    &hooks::EVENTS,
    &hooks::EVENT,
    &hooks::ACTIONS,
    &hooks::ACTION,
];
