//! Writes `src/kubernetes/types/table.txt`: the types of the Kubernetes API that
//! raftt-config knows, from the crate `k8s-openapi`, which is generated from the
//! API's own OpenAPI document.
//!
//! `cargo run --manifest-path tools/kubernetes-types/Cargo.toml` writes the table,
//! and `-- --check` only says whether it is what would be written.

#![allow(clippy::disallowed_methods, reason = "a tool reads and writes files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::{env, fs};

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

const TABLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../src/kubernetes/types/table.txt"
);

const HEADER: &str = "\
# Types of the Kubernetes API 1.37. Written by tools/kubernetes-types: do not edit.
# The descriptions are the API's own, by the Kubernetes authors (Apache License 2.0).
# A block is a type and its fields; `!` marks what has to be given. A field's type is
# a scalar or the name of a block; `[` means a list of it, `{` a map from text to it.
";

/// Fields that the API had in some version since 1.16 and has no more. Clusters of
/// that version still take them.
const RETIRED: &[(&str, &[&str])] = &[
    ("apps.v1.DaemonSetSpec", &["templateGeneration"]),
    ("apps.v1.DeploymentSpec", &["rollbackTo"]),
    ("core.v1.PersistentVolumeClaimStatus", &["resizeStatus"]),
    ("core.v1.PodResourceClaim", &["source"]),
    ("core.v1.ServiceSpec", &["ipFamily", "topologyKeys"]),
    ("meta.v1.ObjectMeta", &["clusterName"]),
    ("networking.v1.NetworkPolicy", &["status"]),
];

/// How long the sentence that describes a field may be.
const MAX_DESCRIPTION: usize = 140;

fn main() -> ExitCode {
    let table = table();
    if env::args().any(|it| it == "--check") {
        let is_current = fs::read_to_string(TABLE).is_ok_and(|it| it == table);
        if !is_current {
            eprintln!("{TABLE} is not what tools/kubernetes-types writes");
        }
        return ExitCode::from(u8::from(!is_current));
    }
    fs::write(TABLE, table).expect("the table can be written");
    ExitCode::SUCCESS
}

fn table() -> String {
    let mut types: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut descriptions = BTreeMap::new();
    let definitions = definitions();
    // A type without fields says nothing about what it holds.
    let is_known = |name: &str| {
        definitions
            .get(name)
            .is_some_and(|it| it["properties"].is_object())
    };
    for (name, schema) in &definitions {
        let Some(properties) = schema["properties"].as_object() else {
            continue;
        };
        let required = schema["required"].as_array();
        let mut fields = BTreeMap::new();
        for (field, schema) in properties {
            let is_required = required.is_some_and(|it| it.iter().any(|it| it == field));
            let mark = if is_required { "!" } else { "" };
            let line = format!(
                "{mark}\t{}\t{}",
                code(schema, &is_known),
                description(schema)
            );
            fields.insert(field.clone(), line.trim_end().to_owned());
        }
        types.insert(short(name), fields);
        descriptions.insert(short(name), description(schema));
    }
    for (name, fields) in RETIRED {
        let known = types
            .get_mut(*name)
            .expect("retired fields are of types that are known");
        for field in fields.iter() {
            let line = "\tany\tNo longer part of the API.".to_owned();
            known.entry((*field).to_owned()).or_insert(line);
        }
    }
    let mut text = HEADER.to_owned();
    for (name, fields) in &types {
        let description = &descriptions[name];
        _ = writeln!(text, "\n{}", format!("{name}\t{description}").trim_end());
        for (field, line) in fields {
            _ = writeln!(text, "{field}{line}");
        }
    }
    text
}

/// The schema of every type that an object of the known kinds is made of.
fn definitions() -> BTreeMap<String, Value> {
    let mut generator = SchemaGenerator::default();
    macro_rules! kinds {
        ($($group:ident::$version:ident::{$($kind:ident),* $(,)?}),* $(,)?) => {
            $($(add::<k8s_openapi::api::$group::$version::$kind>(&mut generator);)*)*
        };
    }
    kinds! {
        apps::v1::{ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet},
        autoscaling::v1::{HorizontalPodAutoscaler},
        autoscaling::v2::{HorizontalPodAutoscaler},
        batch::v1::{CronJob, Job},
        core::v1::{
            ConfigMap, Endpoints, LimitRange, Namespace, PersistentVolume,
            PersistentVolumeClaim, Pod, PodTemplate, ReplicationController, ResourceQuota,
            Secret, Service, ServiceAccount,
        },
        networking::v1::{Ingress, IngressClass, NetworkPolicy},
        policy::v1::{PodDisruptionBudget},
        rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding},
        scheduling::v1::{PriorityClass},
        storage::v1::{StorageClass},
    }
    let definitions = generator.take_definitions(false);
    definitions.into_iter().collect()
}

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// The type of a field, as the table writes it.
fn code(schema: &Value, is_known: &dyn Fn(&str) -> bool) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or(name);
        return match name.rsplit('.').next().unwrap_or(name) {
            "IntOrString" => "int-or-text".to_owned(),
            "Quantity" => "quantity".to_owned(),
            "Time" | "MicroTime" => "text".to_owned(),
            _ if is_known(name) => short(name),
            _ => "any".to_owned(),
        };
    }
    match schema["type"].as_str() {
        Some("array") => format!("[{}", code(&schema["items"], is_known)),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!("{{{}", code(&schema["additionalProperties"], is_known))
        }
        Some("string") => "text".to_owned(),
        Some("boolean") => "bool".to_owned(),
        Some("integer") => "int".to_owned(),
        Some("number") => "float".to_owned(),
        _ => "any".to_owned(),
    }
}

/// `core.v1.Pod` for `io.k8s.api.core.v1.Pod`.
fn short(name: &str) -> String {
    let prefixes = ["io.k8s.api.", "io.k8s.apimachinery.pkg.apis."];
    let found = prefixes.iter().find_map(|it| name.strip_prefix(it));
    found.unwrap_or(name).to_owned()
}

/// The first sentence, if it is short enough to be shown beside a name.
fn description(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    let text = text.split("\n\n").next().unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = match text.split_once(". ") {
        Some((first, _)) if !first.ends_with("i.e") && !first.ends_with("e.g") => first,
        Some(_) => "",
        None => text.trim_end_matches('.'),
    };
    match sentence.chars().count() {
        0 => String::new(),
        count if count > MAX_DESCRIPTION => String::new(),
        _ => format!("{sentence}."),
    }
}
