//! The workloads of an environment, as far as their images matter.

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
    /// Whether it runs no pods, and none are to come: it is scaled to zero, suspended, or
    /// has ended.
    pub is_idle: bool,
    /// Its containers: the init containers first, the ephemeral ones last.
    pub containers: Vec<Container>,
}

/// A container of a [`Workload`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Container {
    /// The part it plays.
    pub role: ContainerRole,
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
    /// The environment builds it under this name, so no registry is asked. A name that
    /// is only known at run time is told by the call that gives it.
    Built(Located<String>),
    /// It is only known at run time.
    Unknown(Located<Unknown>),
    /// No image is given.
    Absent,
}

/// The part that a [`Container`] plays in its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContainerRole {
    /// It runs before the main ones.
    Init,
    /// It is what the pod is for.
    Main,
    /// It was added to a running pod.
    Ephemeral,
}

impl Workload {
    /// The workload in a sentence: `deployment "web"`.
    pub(crate) fn in_words(&self) -> String {
        format!("{} {:?}", self.kind.to_ascii_lowercase(), self.name)
    }

    /// The container that is meant when none is named.
    pub(crate) fn first_container_mut(&mut self) -> Option<&mut Container> {
        let mut containers = self.containers.iter_mut();
        containers.find(|it| it.role == ContainerRole::Main)
    }
}
