//! Fields that take only some words or numbers.

use super::Check;
use crate::kubernetes::rules::wrong_manifest_value as wrong;
use crate::kubernetes::types::ObjectType;
use crate::kubernetes::{Data, Value};
use crate::suggest::nearest;

const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];
const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];
const ACCESS_MODES: &[&str] = &[
    "ReadWriteOnce",
    "ReadOnlyMany",
    "ReadWriteMany",
    "ReadWriteOncePod",
];

/// Types, their fields and the words that these take.
const WORDS: &[(&str, &str, &[&str])] = &[
    (
        "apps.v1.DaemonSetUpdateStrategy",
        "type",
        &["OnDelete", "RollingUpdate"],
    ),
    (
        "apps.v1.DeploymentStrategy",
        "type",
        &["Recreate", "RollingUpdate"],
    ),
    (
        "apps.v1.StatefulSetSpec",
        "podManagementPolicy",
        &["OrderedReady", "Parallel"],
    ),
    (
        "apps.v1.StatefulSetUpdateStrategy",
        "type",
        &["OnDelete", "RollingUpdate"],
    ),
    (
        "batch.v1.CronJobSpec",
        "concurrencyPolicy",
        &["Allow", "Forbid", "Replace"],
    ),
    ("core.v1.Container", "imagePullPolicy", PULL_POLICIES),
    (
        "core.v1.Container",
        "terminationMessagePolicy",
        &["File", "FallbackToLogsOnError"],
    ),
    ("core.v1.ContainerPort", "protocol", PROTOCOLS),
    ("core.v1.HTTPGetAction", "scheme", &["HTTP", "HTTPS"]),
    (
        "core.v1.PersistentVolumeClaimSpec",
        "accessModes",
        ACCESS_MODES,
    ),
    (
        "core.v1.PersistentVolumeClaimSpec",
        "volumeMode",
        &["Block", "Filesystem"],
    ),
    ("core.v1.PersistentVolumeSpec", "accessModes", ACCESS_MODES),
    (
        "core.v1.PodSpec",
        "dnsPolicy",
        &["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
    ),
    (
        "core.v1.PodSpec",
        "restartPolicy",
        &["Always", "OnFailure", "Never"],
    ),
    ("core.v1.ServicePort", "protocol", PROTOCOLS),
    (
        "core.v1.ServiceSpec",
        "sessionAffinity",
        &["ClientIP", "None"],
    ),
    (
        "core.v1.ServiceSpec",
        "type",
        &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"],
    ),
    (
        "meta.v1.LabelSelectorRequirement",
        "operator",
        &["In", "NotIn", "Exists", "DoesNotExist"],
    ),
    (
        "networking.v1.HTTPIngressPath",
        "pathType",
        &["Exact", "Prefix", "ImplementationSpecific"],
    ),
    ("rbac.v1.RoleRef", "kind", &["ClusterRole", "Role"]),
    (
        "rbac.v1.Subject",
        "kind",
        &["Group", "ServiceAccount", "User"],
    ),
];

/// Types and their fields that take a port. A port that is 0 is mostly not set.
const PORTS: &[(&str, &str)] = &[
    ("core.v1.ContainerPort", "containerPort"),
    ("core.v1.ContainerPort", "hostPort"),
    ("core.v1.HTTPGetAction", "port"),
    ("core.v1.ServicePort", "nodePort"),
    ("core.v1.ServicePort", "port"),
    ("core.v1.ServicePort", "targetPort"),
    ("core.v1.TCPSocketAction", "port"),
];

/// Types and their fields that take no number below 0.
const COUNTS: &[(&str, &str)] = &[
    ("apps.v1.DeploymentSpec", "replicas"),
    ("apps.v1.ReplicaSetSpec", "replicas"),
    ("apps.v1.StatefulSetSpec", "replicas"),
    ("batch.v1.JobSpec", "backoffLimit"),
];

/// The only words that the `field` of something of the type `ty` takes, if it is such a
/// field.
pub(crate) fn words_of(ty: &ObjectType, field: &str) -> Option<&'static [&'static str]> {
    let known = WORDS.iter().find(|it| it.0 == ty.name && it.1 == field);
    known.map(|it| it.2)
}

impl Check<'_> {
    /// Judges the value of the `field` of something of the type `ty`, if only some of
    /// its type are taken.
    pub(super) fn choice(&mut self, ty: &ObjectType, field: &str, value: &Value) {
        match &value.data {
            Data::Text(_) | Data::List(_) => {
                let Some(words) = words_of(ty, field) else {
                    return;
                };
                let single = (!matches!(value.data, Data::List(_))).then_some(value);
                for value in value.items().iter().chain(single) {
                    let text = value.text().unwrap_or_default();
                    if field != "restartPolicy" || !self.takes_other_policies(text) {
                        self.word(field, words, value);
                    }
                }
            }
            Data::Int(number) => {
                let is_in = |list: &[(&str, &str)]| list.contains(&(ty.name, field));
                if is_in(PORTS) && !(0..=65535).contains(number) {
                    let range = "a port from 1 to 65535";
                    self.diagnostics
                        .push(wrong::number(field, range, *number, value.at));
                } else if is_in(COUNTS) && *number < 0 {
                    let range = "a number from 0 on";
                    self.diagnostics
                        .push(wrong::number(field, range, *number, value.at));
                }
            }
            _ => {}
        }
    }

    /// Reports a text that is none of `words`.
    pub(super) fn word(&mut self, field: &str, words: &[&str], value: &Value) {
        let Some(text) = value.text() else { return };
        let is_placeholder = text.contains(['$', '{', '<', '%']);
        if text.is_empty() || is_placeholder || words.contains(&text) {
            return;
        }
        let same = words.iter().find(|it| it.eq_ignore_ascii_case(text));
        let meant = same
            .copied()
            .or_else(|| nearest(text, words.iter().copied()));
        let mut diagnostic = wrong::word(field, words, text, value.at, meant);
        if value.origin.is_some() {
            diagnostic.fix = None;
        }
        self.diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNTS, PORTS, WORDS};
    use crate::kubernetes::types::named;

    #[test]
    fn the_fields_are_there() {
        let words = WORDS.iter().map(|it| (it.0, it.1));
        for (ty, field) in words.chain(PORTS.iter().chain(COUNTS).copied()) {
            let found = named(ty).and_then(|it| it.api_field(field));
            assert!(found.is_some(), "{ty} {field}");
        }
    }
}
