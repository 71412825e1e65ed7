//! Files that are no mappings, and services that are none.

use super::rules::invalid_compose_file as invalid;
use super::{entries, keys};
use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Key, Value};

/// Reports where `root`, the content of a file, should hold mappings and does not.
pub(super) fn check(root: &Value, diagnostics: &mut Vec<Diagnostic>) {
    if is_other(root) {
        diagnostics.push(invalid::no_mapping("a compose file", root));
    }
    let services = root.get("services");
    if let Some(services) = services.filter(|it| is_other(it)) {
        diagnostics.push(invalid::no_mapping("`services`", services));
    }
    let mut rest = entries(services);
    while let Some(((key, service), behind)) = rest.split_first() {
        rest = behind;
        let slipped = slipped(service, behind);
        if !slipped.is_empty() {
            diagnostics.push(invalid::slipped(&key.name, slipped));
            rest = &behind[slipped.len()..];
        } else if is_other(service) {
            let what = format!("the service `{}`", key.name);
            diagnostics.push(invalid::no_mapping(&what, service));
        }
    }
}

/// The keys behind an empty service that are not indented, and so seem to be services.
fn slipped<'v>(service: &Value, behind: &'v [(Key, Value)]) -> &'v [(Key, Value)] {
    if !matches!(service.data, Data::Null) {
        return &[];
    }
    let is_key = |key: &Key| keys::is_known_of_services(&key.name) && !key.name.starts_with("x-");
    let length = behind.iter().take_while(|(key, _)| is_key(key)).count();
    let slipped = &behind[..length];
    // A service may bear such a name.
    let is_certain = slipped.iter().any(|(_, value)| is_other(value));
    if is_certain { slipped } else { &[] }
}

fn is_other(value: &Value) -> bool {
    !matches!(value.data, Data::Map(_) | Data::Null | Data::Unknown(_))
}
