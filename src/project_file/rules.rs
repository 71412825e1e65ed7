//! What can be wrong with a project file, as far as reading it tells; one file each.

pub(super) mod duplicate_key;
pub(super) mod empty_project_file;
pub(super) mod empty_value;
pub(super) mod invalid_yaml;
pub(super) mod key_in_other_case;
pub(super) mod legacy_key;
pub(super) mod misplaced_key;
pub(super) mod missing_script;
pub(super) mod script_outside_project;
pub(super) mod secret_without_command;
pub(crate) mod setting_in_wrong_file;
pub(super) mod several_documents;
pub(super) mod undocumented_value;
pub(super) mod unknown_key;
pub(super) mod unreadable_project_file;
pub(super) mod wrong_value_type;
pub(super) mod yaml_as_script;

use crate::rule::Rule;

/// The rules of this folder.
pub(super) const ALL: &[&Rule] = &[
    &duplicate_key::RULE,
    &empty_project_file::RULE,
    &empty_value::RULE,
    &invalid_yaml::RULE,
    &key_in_other_case::RULE,
    &legacy_key::RULE,
    &misplaced_key::RULE,
    &missing_script::RULE,
    &script_outside_project::RULE,
    &secret_without_command::RULE,
    &setting_in_wrong_file::RULE,
    &several_documents::RULE,
    &undocumented_value::RULE,
    &unknown_key::RULE,
    &unreadable_project_file::RULE,
    &wrong_value_type::RULE,
    &yaml_as_script::RULE,
];
