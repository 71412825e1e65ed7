//! Volumes, what fills them, and files.

use starlark::values::Value;

use super::super::{ArgType, Object, ReturnType, attributes, builtin};
use crate::script::builtins::modules::filesystem;
use crate::script::call::Call;
use crate::script::model::{self, Thing, Volume, VolumeKind};
use crate::script::values::ObjectValue;

/// What `volume` and `repo_volume` give.
pub(crate) fn volume() -> &'static Object {
    &VOLUME
}

/// What `resources.namedvolumes` gives.
pub(crate) fn volumes() -> &'static Object {
    &VOLUMES
}

/// What the volume initializers give.
pub(in crate::script::builtins) fn volume_initializer() -> &'static Object {
    &VOLUME_INITIALIZER
}

/// What `clone_repo_branch` gives.
pub(in crate::script::builtins) fn repo_working_tree() -> &'static Object {
    &REPO_WORKING_TREE
}

/// Whether `object` describes the files of a clone.
pub(crate) fn is_working_tree(object: &'static Object) -> bool {
    std::ptr::eq(object, &raw const REPO_WORKING_TREE)
}

/// What `fs.File` gives.
pub(in crate::script::builtins) fn file() -> &'static Object {
    &FILE
}

pub(super) static VOLUMES: Object = Object {
    name: "Volumes",
    global: None,
    documentation: "The named volumes of a compose file; `volumes[\"name\"]` is one of them.\n",
    attributes: &[],
    methods: &[],
    item: Some(volume),
    is_open: true,
};

pub(super) static VOLUME: Object = Object {
    name: "Volume",
    global: None,
    documentation: "A volume that can be mounted.\n",
    attributes: attributes! {
        /// What fills the volume when it is created.
        initializer -> ReturnType::Object(volume_initializer), Documented;
        /// The volume's name.
        name -> ReturnType::Str, Inferred;
    },
    methods: &[builtin! {
        /// A folder of the volume, as a volume of its own.
        subpath(
            /// The folder, from the volume's root.
            path: ArgType::Str,
        ) -> ReturnType::Object(volume), Seen, run: subpath
    }],
    item: None,
    is_open: false,
};

pub(super) static VOLUME_INITIALIZER: Object = Object {
    name: "VolumeInitializer",
    global: None,
    documentation: "Fills a volume when it is created; assigned to `volume.initializer`.\n",
    attributes: &[],
    methods: &[],
    item: None,
    is_open: true,
};

pub(super) static REPO_WORKING_TREE: Object = Object {
    name: "RepoWorkingTree",
    global: None,
    documentation: "The files of a cloned repository; `tree + \"/folder\"` is a path in it.\n",
    attributes: &[],
    methods: &[builtin! {
        /// Deploys the environment of the clone; seen only in a comment.
        deploy() -> ReturnType::Any, Inferred
    }],
    item: None,
    is_open: true,
};

pub(super) static FILE: Object = Object {
    name: "File",
    global: None,
    documentation: "A file or folder of the repository.\n",
    attributes: attributes! {
        /// The last part of the path.
        name -> ReturnType::Str, Seen;
    },
    methods: &[builtin! {
        /// The file's content.
        read_text() -> ReturnType::Str, Seen, run: filesystem::read_text
    }],
    item: None,
    is_open: false,
};

/// A folder of a volume is that volume, for what counts here.
fn subpath<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let whole = call.receiver?;
    let folder = Volume {
        kind: VolumeKind::Folder(whole),
        at: call.span,
        is_mounted: false,
    };
    let (what, from) = (call.what(), call.from());
    let id = model::with(|it| it.add(&VOLUME, what, from, Thing::Volume(folder)));
    Some(call.heap.alloc(ObjectValue::new(id)))
}
