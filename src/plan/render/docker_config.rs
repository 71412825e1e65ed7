//! A Docker `config.json` that asks the plan's credential helpers.

use super::super::{Plan, RegistryKind};
use super::quoted;

pub(super) fn render(plan: &Plan) -> (String, Vec<String>) {
    let mut notes = Vec::new();
    for helper in &plan.credential_helpers {
        if !helper.registry_patterns.is_empty() {
            notes.push(format!(
                "Docker asks a helper for exact hosts only, so {} are left out: name the hosts in \
                 `registries` to have them here",
                quoted(&helper.registry_patterns).join(", ")
            ));
        }
        for registry in &helper.registries {
            if matches!(registry.kind, RegistryKind::Mirror { .. }) {
                notes.push(format!(
                    "the mirror `{}` is left out, because `{}` itself refuses it; the environment \
                     controller serves it through its backing host",
                    registry.host, helper.binary
                ));
            }
        }
    }
    (super::json(&plan.docker_config), notes)
}
