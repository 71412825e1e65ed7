//! Objects of a cluster or a file, workloads above all.

use super::{Content, Id, Kind, Model, Part, Slot};
use crate::kubernetes::types;
use crate::source::Span;

/// A Kubernetes object, with what a script adds to it beside its fields.
#[derive(Clone, Debug)]
pub(crate) struct Workload {
    pub(crate) kind: Kind,
    /// Its name; none where that is only known at run time.
    pub(crate) name: Option<String>,
    pub(crate) api_version: String,
    /// Its fields.
    pub(crate) root: Id,
    /// Where it comes from: its name in its file, or the call that asked for it.
    pub(crate) at: Span,
    /// What builds the image of its first container.
    pub(crate) image_builder: Option<Slot>,
    pub(crate) mounts: Vec<Mount>,
    pub(crate) ports: Vec<PortMapping>,
    /// The first statement that changed it.
    pub(crate) changed: Option<Span>,
}

/// `workload.mount(volume, dst)`.
#[derive(Clone, Debug)]
pub(crate) struct Mount {
    pub(crate) path: String,
    /// The container; none is the workload's first one.
    pub(crate) container: Option<String>,
    /// The argument `dst`.
    pub(crate) at: Span,
}

/// `workload.map_port(local, remote)`.
#[derive(Clone, Debug)]
pub(crate) struct PortMapping {
    pub(crate) local: i64,
    /// The argument `local`.
    pub(crate) at: Span,
}

/// The names that lead from a workload's root to its pods' specification.
pub(crate) fn pod_spec_path(kind: &str) -> &'static [&'static str] {
    match kind {
        "Pod" => &["spec"],
        "CronJob" => &["spec", "jobTemplate", "spec", "template", "spec"],
        _ => &["spec", "template", "spec"],
    }
}

impl Model {
    /// The pods' specification of the workload `id`.
    pub(crate) fn pod_spec(&mut self, id: Id, at: Span) -> Option<Id> {
        let workload = self.workload(id)?;
        let (mut part, path) = (workload.root, pod_spec_path(&workload.kind.kind));
        for name in path {
            part = self.field_part(part, name, at)?;
        }
        Some(part)
    }

    /// The list of containers of the workload `id`.
    fn containers(&mut self, id: Id, at: Span) -> Option<Id> {
        let spec = self.pod_spec(id, at)?;
        self.field_part(spec, "containers", at)
    }

    /// The part that the field with the API's name `name` of the part `id` holds.
    fn field_part(&mut self, id: Id, name: &str, at: Span) -> Option<Id> {
        let Some(Part::Fields(fields)) = self.part(id) else {
            return None;
        };
        let (field, ty) = fields.resolve(&types::snake_case(name))?;
        match self.read_field(id, &field, ty, at) {
            Content::Object(part) => Some(part),
            _ => None,
        }
    }

    /// The first container of the workload `id`.
    pub(crate) fn first_container(&mut self, id: Id, at: Span) -> Option<Id> {
        let containers = self.containers(id, at)?;
        match self.read_item(containers, 0, at)? {
            Content::Object(container) => Some(container),
            _ => None,
        }
    }

    /// The names of the containers of the workload `id`, init containers
    /// included; none unless all are known.
    pub(crate) fn container_names(&mut self, id: Id, at: Span) -> Option<Vec<String>> {
        let spec = self.pod_spec(id, at)?;
        let mut names = Vec::new();
        for list in ["initContainers", "containers"] {
            let list = self.field_part(spec, list, at)?;
            let Some(Part::Items(list)) = self.part(list).filter(|it| !it.is_open()) else {
                return None;
            };
            for item in &list.items {
                let Content::Object(container) = item.slot.content else {
                    return None;
                };
                let Some(Part::Fields(fields)) = self.part(container) else {
                    return None;
                };
                match fields.get("name").map(|slot| &slot.content) {
                    Some(Content::Text(name)) => names.push(name.clone()),
                    _ => return None,
                }
            }
        }
        Some(names)
    }

    /// The workload `id` in a sentence: `deployment "web"`.
    pub(crate) fn in_words(&self, id: Id) -> String {
        match self.workload(id) {
            Some(workload) => match &workload.name {
                Some(name) => format!("{} {name:?}", workload.kind.in_words()),
                None => format!("the {}", workload.kind.in_words()),
            },
            None => self.entry(id).what.clone(),
        }
    }
}
