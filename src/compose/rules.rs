//! Rules about compose files, one file each, reported where they are read.

pub(super) mod invalid_compose_file;
pub(super) mod invalid_interpolation;

use crate::rule::Rule;

/// The rules of this folder.
pub(crate) const ALL: &[&Rule] = &[&invalid_compose_file::RULE, &invalid_interpolation::RULE];
