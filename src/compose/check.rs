//! What is wrong with a project whose files could all be read.

use std::collections::{BTreeSet, HashMap};

use super::choices;
use super::entries;
use super::keys;
use super::port;
use super::project::Project;
use super::rules::{
    circular_compose_file as circular, compose_service_without_image as without_image,
    invalid_compose_port as port_rule, invalid_compose_value as invalid,
    undefined_compose_resource as undefined, unknown_compose_service as unknown_service,
};
use super::service::{self, MountSource, Service};
use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Value};
use crate::source::Span;
use crate::suggest::nearest;

/// Reports what the `services`, which are started, get wrong.
pub(super) fn services(
    services: &[Service<'_>],
    project: &Project,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let names = |section| project.names(section);
    let check = Check {
        services: names("services"),
        volumes: names("volumes"),
        networks: names("networks"),
        secrets: names("secrets"),
        configs: names("configs"),
    };
    for service in services {
        image(service, diagnostics);
        check.dependencies(service, diagnostics);
        check.volumes(service, diagnostics);
        check.references(service, diagnostics);
        ports(service, diagnostics);
        choices::check(service, diagnostics);
    }
    circles(services, diagnostics);
}

/// The names that services may refer to.
struct Check<'c> {
    services: BTreeSet<&'c str>,
    volumes: BTreeSet<&'c str>,
    networks: BTreeSet<&'c str>,
    secrets: BTreeSet<&'c str>,
    configs: BTreeSet<&'c str>,
}

impl Check<'_> {
    /// `depends_on` names services, in a list or as the keys of a map.
    fn dependencies(&self, service: &Service<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let depends_on = service.get("depends_on");
        for (name, at) in references(depends_on, is_required) {
            if !self.services.contains(name) {
                let known = self.services.iter().copied();
                let unknown = unknown_service::dependency(service.name, name, at, known);
                diagnostics.push(unknown);
            }
        }
        for (key, name, at) in shared(service) {
            if !self.services.contains(name) {
                let known = self.services.iter().copied();
                let unknown = unknown_service::shared(service.name, (key, name), at, known);
                diagnostics.push(unknown);
            }
        }
    }

    fn volumes(&self, service: &Service<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let written = service.get("volumes").map(Value::items);
        for mount in written.unwrap_or_default() {
            diagnostics.extend(mount_of(mount));
        }
        for mount in service.mounts() {
            let MountSource::Named(name) = &mount.source else {
                continue;
            };
            if !name.is_empty() && !self.volumes.contains(name.as_str()) {
                let known = &self.volumes;
                diagnostics.push(undefined::diagnostic("volume", name, mount.at, known));
            }
        }
    }

    fn references(&self, service: &Service<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let sections = [
            ("network", "networks", &self.networks),
            ("secret", "secrets", &self.secrets),
            ("config", "configs", &self.configs),
        ];
        for (kind, key, known) in sections {
            for (name, at) in references(service.get(key), |_| true) {
                // There is always a network of this name.
                if !known.contains(name) && (kind, name) != ("network", "default") {
                    diagnostics.push(undefined::diagnostic(kind, name, at, known));
                }
            }
        }
    }
}

/// What is wrong with an entry of `volumes`.
fn mount_of(value: &Value) -> Option<Diagnostic> {
    let at = value.origin.unwrap_or(value.at);
    if let Some(text) = value.text() {
        let wrong = service::wrong_mount(text)?;
        return Some(invalid::mount(text, wrong, at));
    }
    let is_known = !matches!(value.data, Data::Unknown(_));
    let has_target = value.get("target").is_some();
    (is_known && !has_target).then(|| invalid::mount_without_target(at))
}

/// The services that `service` links to, or has its network or volumes from, each with
/// the key that says so.
fn shared<'s>(service: &Service<'s>) -> Vec<(&'static str, &'s str, Span)> {
    let listed = |key: &'static str| {
        let items = service.get(key).map(Value::items).unwrap_or_default();
        items.iter().filter_map(move |it| {
            let (name, _) = it.text()?.split_once(':').unwrap_or((it.text()?, ""));
            // Of other containers, nothing is known here.
            (name != "container").then_some((key, name, it.at))
        })
    };
    let mode = service.get("network_mode");
    let mode = mode.and_then(|it| {
        let name = it.text()?.strip_prefix("service:")?;
        Some(("network_mode", name, it.at))
    });
    listed("links")
        .chain(listed("volumes_from"))
        .chain(mode)
        .collect()
}

/// Services that wait for each other never start.
fn circles(services: &[Service<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let names: HashMap<&str, usize> = services.iter().map(|it| it.name).zip(0..).collect();
    let after = |index: usize| {
        let depends_on = services[index].get("depends_on");
        references(depends_on, |_| true).filter_map(|(name, at)| Some((*names.get(name)?, at)))
    };
    let mut done = vec![false; services.len()];
    for start in 0..services.len() {
        // The services that wait for each other, each with what it waits for yet.
        let mut path = vec![(start, after(start).collect::<Vec<_>>())];
        while let Some((index, waiting)) = path.last_mut() {
            let index = *index;
            let Some((next, at)) = waiting.pop().filter(|_| !done[index]) else {
                done[index] = true;
                path.pop();
                continue;
            };
            if let Some(from) = path.iter().position(|(index, _)| *index == next) {
                let circle = path[from..].iter().map(|it| services[it.0].name);
                let circle: Vec<_> = circle.chain([services[next].name]).collect();
                diagnostics.push(circular::dependencies(&circle, at));
            } else if !done[next] {
                path.push((next, after(next).collect()));
            }
        }
    }
}

/// A service runs an image, or builds one.
fn image(service: &Service<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A provider runs instead of a container.
    let sources = ["image", "build", "provider"];
    let is_given = |it: &Value| it.text() != Some("");
    // A misspelt key was told.
    let mut keys = entries(Some(service.value))
        .iter()
        .map(|(key, _)| key.name.as_str());
    if keys.any(|it| !keys::is_known_of_services(it) && nearest(it, ["image", "build"]).is_some()) {
        return;
    }
    if !sources
        .iter()
        .any(|it| service.get(it).is_some_and(is_given))
    {
        diagnostics.push(without_image::diagnostic(service.name, service.at));
    }
}

/// The names in a list (of names, or of maps with `source`), or the keys of a map
/// whose values count.
fn references(
    value: Option<&Value>,
    counts: impl Fn(&Value) -> bool,
) -> impl Iterator<Item = (&str, Span)> {
    let listed = value.map(Value::items).unwrap_or_default().iter();
    let listed = listed.filter_map(|it| {
        let name = it.get("source").unwrap_or(it);
        Some((name.text()?, name.at))
    });
    let mapped = entries(value)
        .iter()
        .filter(move |(_, value)| counts(value));
    let mapped = mapped.map(|(key, _)| (key.name.as_str(), key.at));
    listed.chain(mapped)
}

fn is_required(dependency: &Value) -> bool {
    let required = dependency.get("required").map(|it| &it.data);
    required.is_none_or(|it| matches!(it, Data::Bool(true)))
}

/// `ports` and `expose`, as far as they are written in short.
fn ports(service: &Service<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let ports = service.get("ports").map(Value::items).unwrap_or_default();
    for value in ports {
        let text = match &value.data {
            Data::Text(text) => text.clone(),
            Data::Int(number) => number.to_string(),
            _ => continue,
        };
        if let Err(bad) = port::parse(&text) {
            diagnostics.push(port_rule::diagnostic(&text, &bad, value.at));
        }
    }
}
