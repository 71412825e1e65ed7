//! Compose files: the services and volumes that they declare, as objects of
//! Kubernetes.

mod dotenv;
mod interpolate;
mod object;
mod port;
mod read;
mod rules;
mod service;
mod words;

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Object, Value};
use crate::source::{Span, Text, Texts, normalize_path};
use interpolate::Variables;
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

/// What `file`, which is at `path`, declares, its services being `target`.
pub(crate) fn load(texts: &mut dyn Texts, path: &str, file: &Text, target: Target) -> Compose {
    let mut compose = Compose::default();
    let mut variables = Variables::default();
    if let Some(path) = beside(path, ".env")
        && let Ok(text) = texts.read(&path)
    {
        dotenv::read(&text.text, &mut variables);
    }
    let Some(root) = read(file, &variables, &mut compose) else {
        return compose;
    };
    let profiles = variables.get("COMPOSE_PROFILES").flatten();
    let active: Vec<&str> = profiles
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .collect();
    for (key, value) in entries(root.get("services")) {
        let service = service::Service {
            name: &key.name,
            at: key.at,
            value,
        };
        compose.services.push(object::of(&service, target, &active));
    }
    for (key, _) in entries(root.get("volumes")) {
        compose.volumes.push((key.name.clone(), key.at));
    }
    let mut seen = HashSet::new();
    let diagnostics = &mut compose.diagnostics;
    // What an alias stands for is read at each place.
    diagnostics.retain(|it| seen.insert((it.span, it.message.clone())));
    compose
}

/// The path of `name` from the project's root, `name` being from the folder of `path`.
fn beside(path: &str, name: &str) -> Option<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    normalize_path(&format!("./{folder}/{name}"))
}

/// The entries of a map; none of anything else.
fn entries(value: Option<&Value>) -> &[(crate::kubernetes::Key, Value)] {
    match value.map(|it| &it.data) {
        Some(Data::Map(entries)) => entries,
        _ => &[],
    }
}
