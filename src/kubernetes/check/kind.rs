//! Kinds that are none of Kubernetes' own, and files that hold no objects at all.

use super::Check;
use crate::kubernetes::rules::unknown_kind;
use crate::kubernetes::types;
use crate::kubernetes::{Data, Object, Value};
use crate::suggest::nearest;

/// The versions of Kubernetes' own groups whose kinds are known.
const OWN: [&str; 9] = [
    "v1",
    "apps/v1",
    "batch/v1",
    "autoscaling/v1",
    "autoscaling/v2",
    "policy/v1",
    "networking.k8s.io/v1",
    "rbac.authorization.k8s.io/v1",
    "storage.k8s.io/v1",
];

/// Kinds of these versions that are rare, or another system's, and like one that is known.
const RARE: [&str; 16] = [
    "Binding",
    "CSIDriver",
    "CSINode",
    "CSIStorageCapacity",
    "ComponentStatus",
    "Event",
    "Eviction",
    "IPAddress",
    "Node",
    "Route",
    "Scale",
    "ServiceCIDR",
    "Status",
    "Template",
    "VolumeAttachment",
    "VolumeAttributesClass",
];

impl Check<'_> {
    /// Whether a kind that is not known is meant to be one of Kubernetes' own.
    pub(super) fn kind(&mut self, object: &Object) {
        let (api_version, kind) = (object.api_version.as_str(), object.kind.as_str());
        let place = |name| object.value.get(name).filter(|it| it.origin.is_none());
        let (Some(group), Some(named)) = (place("apiVersion"), place("kind")) else {
            return;
        };
        // Older versions have kinds of their own, and other groups are free.
        let is_own = OWN.contains(&api_version);
        if RARE.contains(&kind) || !(is_own || is_no_group(api_version)) {
            return;
        }
        if let Some(right) = api_version_of(kind) {
            let group = (api_version, group.at);
            let diagnostic = unknown_kind::elsewhere(kind, group, right, named.at);
            self.diagnostics.push(diagnostic);
        } else if let Some(meant) = nearest(kind, types::kinds(api_version)) {
            let diagnostic = unknown_kind::misspelt(api_version, kind, meant, named.at);
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Whether no cluster has such a group in such a version: groups of others have a dot,
/// and of Kubernetes' own the finished versions are known.
fn is_no_group(api_version: &str) -> bool {
    let Some((group, version)) = api_version.split_once('/') else {
        return false;
    };
    let number = version.strip_prefix('v').unwrap_or_default();
    let is_finished = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    let is_own = OWN
        .iter()
        .any(|it| it.split_once('/').is_some_and(|it| it.0 == group));
    let is_free = group.contains('.') || group == "extensions" || api_version.contains(['$', '{']);
    is_finished && (is_own || !is_free)
}

/// The version of the group that a kind of Kubernetes belongs to, if it is one of
/// the kinds that everybody uses.
pub(super) fn api_version_of(kind: &str) -> Option<&'static str> {
    let newest = OWN.into_iter().filter(|it| *it != "autoscaling/v1");
    let mut versions = newest;
    versions.find(|it| types::of_kind(it, kind).is_some())
}

/// Whether a program reads `object` from a file, as `kubectl` reads its configuration.
pub(super) fn is_configuration(object: &Object) -> bool {
    let api_version = object.api_version.as_str();
    if (api_version, object.kind.as_str()) == ("v1", "Config") {
        let fields = ["clusters", "contexts", "users", "current-context"];
        return fields.iter().any(|it| object.value.get(it).is_some());
    }
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    let groups = [
        "audit.k8s.io",
        "kind.x-k8s.io",
        "kubeadm.k8s.io",
        "skaffold",
    ];
    group.ends_with(".config.k8s.io") || groups.contains(&group)
}

/// Whether `value` is what a compose file holds.
pub(super) fn is_compose_file(value: &Value) -> bool {
    let has_type = ["apiVersion", "kind"]
        .iter()
        .any(|it| value.get(it).is_some());
    let Some(Data::Map(services)) = value.get("services").map(|it| &it.data) else {
        return false;
    };
    let is_service = |it: &Value| it.get("image").or_else(|| it.get("build")).is_some();
    !has_type && services.iter().any(|(_, it)| is_service(it))
}
