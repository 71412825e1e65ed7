//! The kinds of objects that resources hold, by the attribute that holds them.

use crate::script::builtins::{Object, fields_object, workload};

/// A kind of Kubernetes objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The attribute of resources that holds them: `deployments`.
    pub(crate) collection: String,
    /// The Kubernetes kind, `Deployment`; for kinds that are not listed here, in
    /// lower case: that is all the attribute tells.
    pub(crate) kind: String,
    pub(crate) api_version: &'static str,
}

/// Attribute, kind and API version of the kinds that resources are known to hold.
const KINDS: &[(&str, &str, &str)] = &[
    ("deployments", "Deployment", "apps/v1"),
    ("pods", "Pod", "v1"),
    ("statefulsets", "StatefulSet", "apps/v1"),
    ("daemonsets", "DaemonSet", "apps/v1"),
    ("replicasets", "ReplicaSet", "apps/v1"),
    ("jobs", "Job", "batch/v1"),
    ("cronjobs", "CronJob", "batch/v1"),
    ("configmaps", "ConfigMap", "v1"),
    ("secrets", "Secret", "v1"),
    ("services", "Service", "v1"),
    ("ingresses", "Ingress", "networking.k8s.io/v1"),
    ("persistentvolumeclaims", "PersistentVolumeClaim", "v1"),
    ("serviceaccounts", "ServiceAccount", "v1"),
];

/// The kinds that run containers.
const WORKLOADS: usize = 7;

/// The kind that the attribute `collection` of resources holds.
pub(crate) fn kind_of_collection(collection: &str) -> Option<Kind> {
    let mut kinds = KINDS.iter();
    let (collection, kind, api_version) = kinds.find(|it| it.0 == collection)?;
    Some(Kind {
        collection: (*collection).to_owned(),
        kind: (*kind).to_owned(),
        api_version,
    })
}

impl Kind {
    /// The kind of an object whose kind is `kind`.
    pub(crate) fn of(kind: &str) -> Self {
        let known = KINDS.iter().find(|it| it.1.eq_ignore_ascii_case(kind));
        match known {
            Some((collection, kind, api_version)) => Self {
                collection: (*collection).to_owned(),
                kind: (*kind).to_owned(),
                api_version,
            },
            None => Self {
                collection: format!("{}s", kind.to_ascii_lowercase()),
                kind: kind.to_owned(),
                api_version: "",
            },
        }
    }

    /// What the reference says about one of them.
    pub(crate) fn object(&self) -> &'static Object {
        let is_workload = |kind: &str| KINDS[..WORKLOADS].iter().any(|it| it.1 == kind);
        // A kind that is not known may run containers, too.
        if is_workload(&self.kind) || self.api_version.is_empty() {
            workload()
        } else {
            fields_object()
        }
    }

    /// The kind in a sentence: `deployment`.
    pub(crate) fn in_words(&self) -> String {
        self.kind.to_ascii_lowercase()
    }
}
