//! The rules about comments that silence others, one file each.

pub(crate) mod malformed_suppression;
pub(crate) mod unknown_suppression;
pub(crate) mod unused_suppression;

use crate::rule::Rule;

/// All of them.
pub(super) const ALL: &[&Rule] = &[
    &malformed_suppression::RULE,
    &unknown_suppression::RULE,
    &unused_suppression::RULE,
];
