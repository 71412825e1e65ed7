//! What can be wrong with a script, as far as evaluating it tells; one file each.

pub(crate) mod broken_chart;
pub(crate) mod broken_load;
pub(crate) mod call_without_parentheses;
pub(crate) mod deprecated_name;
pub(crate) mod duplicate_mount;
pub(crate) mod evaluation_error;
pub(crate) mod helm_not_found;
pub(crate) mod invalid_container;
pub(crate) mod invalid_port;
pub(crate) mod limit_exceeded;
pub(crate) mod missing_argument;
pub(crate) mod missing_path;
pub(crate) mod not_portable_starlark;
pub(crate) mod offline_module;
pub(crate) mod relative_container_path;
pub(crate) mod script_failed;
pub(crate) mod syntax_error;
pub(crate) mod too_many_arguments;
pub(crate) mod undecodable_text;
pub(crate) mod undefined_name;
pub(crate) mod undeployed_resources;
pub(crate) mod unencodable_value;
pub(crate) mod unknown_argument;
pub(crate) mod unknown_attribute;
pub(crate) mod unknown_container;
pub(crate) mod unknown_field;
pub(crate) mod unknown_resource;
pub(crate) mod unmounted_volume;
pub(crate) mod unreadable_script;
pub(crate) mod wrong_argument_type;
pub(crate) mod wrong_field_type;

use crate::rule::Rule;

/// The rules of this folder.
pub(crate) const ALL: &[&Rule] = &[
    &broken_chart::RULE,
    &broken_load::RULE,
    &call_without_parentheses::RULE,
    &deprecated_name::RULE,
    &duplicate_mount::RULE,
    &evaluation_error::RULE,
    &helm_not_found::RULE,
    &invalid_container::RULE,
    &invalid_port::RULE,
    &limit_exceeded::RULE,
    &missing_argument::RULE,
    &missing_path::RULE,
    &not_portable_starlark::RULE,
    &offline_module::RULE,
    &relative_container_path::RULE,
    &script_failed::RULE,
    &syntax_error::RULE,
    &too_many_arguments::RULE,
    &undecodable_text::RULE,
    &undefined_name::RULE,
    &undeployed_resources::RULE,
    &unencodable_value::RULE,
    &unknown_argument::RULE,
    &unknown_attribute::RULE,
    &unknown_container::RULE,
    &unknown_field::RULE,
    &unknown_resource::RULE,
    &unmounted_volume::RULE,
    &unreadable_script::RULE,
    &wrong_argument_type::RULE,
    &wrong_field_type::RULE,
];
