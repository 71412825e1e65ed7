//! Rules about manifests, one file each, reported where they are read.

pub(super) mod incomplete_manifest;
pub(super) mod inconsistent_manifest;
pub(super) mod invalid_manifest;
pub(super) mod skipped_kustomization;
pub(super) mod unknown_kind;
pub(super) mod unknown_manifest_field;
pub(super) mod wrong_manifest_value;

use crate::rule::Rule;

/// The rules of this folder.
pub(crate) const ALL: &[&Rule] = &[
    &incomplete_manifest::RULE,
    &inconsistent_manifest::RULE,
    &invalid_manifest::RULE,
    &skipped_kustomization::RULE,
    &unknown_kind::RULE,
    &unknown_manifest_field::RULE,
    &wrong_manifest_value::RULE,
];
