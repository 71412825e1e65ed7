//! Compose files: the services and volumes that they declare, as objects of
//! Kubernetes.

mod object;
mod port;
mod read;
mod rules;
mod service;
mod words;

use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Object, Value};
use crate::source::{Span, Text};
use read::read;
pub(crate) use rules::ALL as RULES;

/// What a compose file declares.
#[derive(Debug, Default)]
pub(crate) struct Compose {
    /// The services, in their order.
    pub(crate) services: Vec<Service>,
    /// The named volumes, and where they are declared.
    pub(crate) volumes: Vec<(String, Span)>,
    /// What is wrong in the files.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether a part could not be read, so that services and volumes may be missing.
    pub(crate) is_partial: bool,
}

/// A service of a compose file.
#[derive(Debug)]
pub(crate) struct Service {
    /// What it runs.
    pub(crate) object: Object,
    /// Whether it is started without being asked for: its profile is active, or it
    /// has none.
    pub(crate) is_active: bool,
    /// The name of the image that is built for it.
    pub(crate) built: Option<String>,
}

/// What services become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Pods,
    Deployments,
}

/// What `file` declares, its services being `target`.
pub(crate) fn load(file: &Text, target: Target) -> Compose {
    let mut compose = Compose::default();
    let Some(root) = read(file, &mut compose) else {
        return compose;
    };
    for (key, value) in entries(root.get("services")) {
        let service = service::Service {
            name: &key.name,
            at: key.at,
            value,
        };
        compose.services.push(object::of(&service, target));
    }
    for (key, _) in entries(root.get("volumes")) {
        compose.volumes.push((key.name.clone(), key.at));
    }
    compose
}

/// The entries of a map; none of anything else.
fn entries(value: Option<&Value>) -> &[(crate::kubernetes::Key, Value)] {
    match value.map(|it| &it.data) {
        Some(Data::Map(entries)) => entries,
        _ => &[],
    }
}
