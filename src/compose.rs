//! Compose files: the services and volumes that they declare, as objects of
//! Kubernetes.

mod check;
mod choices;
mod dotenv;
mod files;
mod interpolate;
mod keys;
mod merge;
mod object;
mod port;
mod project;
mod read;
mod rules;
mod service;
mod shape;
mod words;

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Object, Value};
use crate::source::{Span, Text, Texts, normalize_path};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    Pods,
    Deployments,
}

/// What `file`, which is at `path`, declares, its services being `target`.
pub(crate) fn load(texts: &mut dyn Texts, path: &str, file: &Text, target: Target) -> Compose {
    let mut compose = Compose::default();
    let project = project::load(texts, path, file, &mut compose);
    let services = project.section("services").iter();
    let services: Vec<_> = services
        .map(|(key, value)| service::Service {
            name: &key.name,
            at: key.at,
            value,
        })
        .collect();
    let is_active = |service: &service::Service<'_>| service.is_active(&project.profiles);
    // What is not read may declare what seems to be missing.
    if !compose.is_partial {
        let active: Vec<_> = services.iter().copied().filter(is_active).collect();
        check::services(&active, &project, &mut compose.diagnostics);
        for service in &active {
            files::check(texts, &project, service, &mut compose.diagnostics);
        }
    }
    compose.services.extend(services.iter().map(|service| {
        let variables = files::variables(texts, &project, service);
        let (object, built) = object::of(service, variables, target);
        Service {
            object,
            is_active: is_active(service),
            built,
        }
    }));
    for (key, _) in project.section("volumes") {
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

/// Whether compose would fetch it.
fn is_remote(path: &str) -> bool {
    path.contains("://") || path.starts_with("git@") || path.starts_with("github.com/")
}

/// The entries of a map; none of anything else.
fn entries(value: Option<&Value>) -> &[(crate::kubernetes::Key, Value)] {
    match value.map(|it| &it.data) {
        Some(Data::Map(entries)) => entries,
        _ => &[],
    }
}

/// Where the part `range` of `text` stands, which is written at `at`; `at` where that
/// cannot be told, as when variables were filled in.
fn inside(at: Span, text: &str, range: Range<usize>) -> Span {
    let quote = match at.range().len().checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return at,
    };
    let start = at.range().start + quote;
    Span::new(at.file, start + range.start..start + range.end)
}
