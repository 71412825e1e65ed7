//! Names of objects and containers, which become names of hosts.
//!
//! Source: Kubernetes, `apimachinery/pkg/api/validation`.

use super::Check;
use crate::kubernetes::rules::wrong_manifest_value as wrong;
use crate::kubernetes::{Object, Value};

/// How long a part of a name is at most.
const MAX_LABEL: usize = 63;

/// How long a name is at most.
const MAX_NAME: usize = 253;

/// Kinds whose names may have several parts, with dots between.
const WITH_DOTS: &[&str] = &[
    "ConfigMap",
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Ingress",
    "Job",
    "PersistentVolumeClaim",
    "Pod",
    "ReplicaSet",
    "ServiceAccount",
    "StatefulSet",
];

/// Kinds whose names are one part.
const WITHOUT_DOTS: &[&str] = &["Namespace", "Service"];

impl Check<'_> {
    /// Judges the name of an object of the API's own kinds.
    pub(super) fn object_name(&mut self, object: &Object) {
        let kind = object.kind.as_str();
        let may_have_dots = WITH_DOTS.contains(&kind);
        if may_have_dots || WITHOUT_DOTS.contains(&kind) {
            let name = object.value.at_path(&["metadata", "name"]);
            self.name(&kind.to_ascii_lowercase(), name, may_have_dots);
        }
    }

    /// Judges the name of a container.
    pub(super) fn container_name(&mut self, name: &Value) {
        self.name("container", Some(name), false);
    }

    fn name(&mut self, what: &str, name: Option<&Value>, may_have_dots: bool) {
        let Some((name, text)) = name.and_then(|it| Some((it, it.text()?))) else {
            return;
        };
        // What will be put in for a placeholder is not known.
        if text.is_empty() || text.contains(['$', '{', '<', '%']) {
            return;
        }
        let (is_right, most) = match may_have_dots {
            true => (text.split('.').all(is_label), MAX_NAME),
            false => (is_label(text), MAX_LABEL),
        };
        if !is_right || text.len() > most {
            let is_long = text.len() > most;
            self.diagnostics
                .push(wrong::name(what, text, is_long.then_some(most), name.at));
        }
    }
}

/// Whether `text` is a part of a name of a host: lower-case letters, digits, and hyphens
/// between them.
fn is_label(text: &str) -> bool {
    let is_part = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    !text.is_empty() && text.bytes().all(is_part) && !text.starts_with('-') && !text.ends_with('-')
}
