//! Rules about compose files, one file each, reported where they are read.

pub(super) mod circular_compose_file;
pub(super) mod compose_service_without_image;
pub(super) mod invalid_compose_file;
pub(super) mod invalid_compose_port;
pub(super) mod invalid_compose_value;
pub(super) mod invalid_interpolation;
pub(super) mod missing_compose_file;
pub(super) mod services_at_top_level;
pub(super) mod undefined_compose_resource;
pub(super) mod unknown_compose_key;
pub(super) mod unknown_compose_service;

use crate::rule::Rule;

/// The rules of this folder.
pub(crate) const ALL: &[&Rule] = &[
    &circular_compose_file::RULE,
    &compose_service_without_image::RULE,
    &invalid_compose_file::RULE,
    &invalid_compose_port::RULE,
    &invalid_compose_value::RULE,
    &invalid_interpolation::RULE,
    &missing_compose_file::RULE,
    &services_at_top_level::RULE,
    &undefined_compose_resource::RULE,
    &unknown_compose_key::RULE,
    &unknown_compose_service::RULE,
];
