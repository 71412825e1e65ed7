//! The workloads of an environment, as far as their images matter.

use super::Object;
use crate::source::{Located, Span};
use crate::unknown::Unknown;

/// Something that runs containers: a deployment, a pod, a job…
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Workload {
    /// The Kubernetes kind, `Deployment`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Where it comes from: its name in a file, or the call that loaded it.
    pub at: Span,
    /// The service account that its pods run as; none is the namespace's `default`.
    pub service_account: Option<Located<String>>,
    /// The image pull secrets that its pods name.
    pub image_pull_secrets: Vec<Located<String>>,
    /// Its containers: the init containers first, the ephemeral ones last.
    pub containers: Vec<Container>,
}

/// A container of a [`Workload`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Container {
    /// Its name.
    pub name: String,
    /// Its image.
    pub image: Image,
    /// `Always`, `IfNotPresent` or `Never`, as given.
    pub image_pull_policy: Option<Located<String>>,
}

/// The image of a [`Container`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Image {
    /// The reference, as it is written.
    Reference(Located<String>),
    /// The environment builds it under this name, so no registry is asked.
    Built(Located<String>),
    /// It is only known at run time.
    Unknown(Located<Unknown>),
    /// No image is given.
    Absent,
}

pub(crate) fn workloads(objects: &[Object]) -> Vec<Workload> {
    objects
        .iter()
        .filter_map(|o| {
            let path: &[&str] = match o.kind.as_str() {
                "Pod" => &["spec"],
                "CronJob" => &["spec", "jobTemplate", "spec", "template", "spec"],
                _ => &["spec", "template", "spec"],
            };
            let spec = o.value.at_path(path)?;
            let mut containers = Vec::new();
            for list in ["initContainers", "containers", "ephemeralContainers"] {
                if let Some(l) = spec.get(list) {
                    for c in l.items() {
                        let image = match c.get("image") {
                            Some(v) => match &v.data {
                                crate::kubernetes::Data::Text(_) => {
                                    Image::Reference(v.located_text()?)
                                }
                                crate::kubernetes::Data::Unknown(u) => {
                                    Image::Unknown(crate::source::Located::new(u.clone(), v.at))
                                }
                                _ => Image::Absent,
                            },
                            None => Image::Absent,
                        };
                        containers.push(Container {
                            name: c
                                .get("name")
                                .and_then(|n| n.text())
                                .unwrap_or("")
                                .to_owned(),
                            image,
                            image_pull_policy: None,
                        });
                    }
                }
            }
            Some(Workload {
                kind: o.kind.clone(),
                name: o.name.clone(),
                at: o.value.at,
                service_account: None,
                image_pull_secrets: Vec::new(),
                containers,
            })
        })
        .collect()
}
impl Workload {
    pub(crate) fn first_container_mut(&mut self) -> Option<&mut Container> {
        self.containers.first_mut()
    }
}
