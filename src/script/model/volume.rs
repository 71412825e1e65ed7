//! Volumes.

use crate::source::Span;

use super::Id;

/// A volume that can be mounted.
#[derive(Clone, Debug)]
pub(crate) struct Volume {
    pub(crate) kind: VolumeKind,
    /// The call that made it, or its name in the compose file.
    pub(crate) at: Span,
    pub(crate) is_mounted: bool,
}

/// Where a volume comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VolumeKind {
    /// `volume(name)`; the name is not known if it is only known at run time.
    Named(Option<String>),
    /// `repo_volume(…)`.
    Repository,
    /// A named volume of a compose file.
    Compose(String),
    /// `volume.subpath(…)`: a folder of another one.
    Folder(Id),
}
