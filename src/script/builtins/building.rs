//! Functions that give images, volumes and values.

mod container;

use starlark::values::Value;

use super::objects::{
    container as container_object, repo_working_tree, volume, volume_initializer,
};
use super::paths::{self, Use};
use super::{ArgType, Builtin, ReturnType, builtin};
use crate::script::call::Call;
use crate::script::choices;
use crate::script::model::{self, Thing, Volume, VolumeKind};
use crate::script::rules::missing_path;
use crate::script::values::{ObjectValue, UnknownValue};

const PATH_IN_TREE: ArgType = ArgType::OneOf(&[ArgType::Path, ArgType::Object(repo_working_tree)]);

pub(super) const FUNCTIONS: &[Builtin] = &[
    builtin! {
        /// Builds an image, and gives its name for a workload's `image_builder` or `image`.
        build_image(
            /// The image's name; other Dockerfiles may refer to it.
            name: ArgType::Str,
            /// The folder that the build sees.
            context: PATH_IN_TREE,
            /// The Dockerfile; `<context>/Dockerfile` if not given.
            dockerfile = "'Dockerfile'": PATH_IN_TREE,
            /// Build arguments.
            args = "{}": ArgType::Dict(&ArgType::Str),
            /// The stage to build.
            target = "''": ArgType::Str,
            /// Commands that run in the dev container before the build.
            prebuild = "''": ArgType::OneOf(&[ArgType::Str, ArgType::List(&ArgType::Str)]),
            /// Build secrets: from the secret's id to its value.
            secrets = "{}": ArgType::Dict(&ArgType::Str),
        ) -> ReturnType::Str, Documented, run: image_name
    },
    builtin! {
        /// A named volume that is not synced.
        volume(
            /// The volume's name.
            name: ArgType::Str,
        ) -> ReturnType::Object(volume), Documented, run: named_volume
    },
    builtin! {
        /// A volume that is synced with a repository.
        repo_volume(
            /// A clone; the current repository if not given.
            tree = "...": ArgType::Object(repo_working_tree),
        ) -> ReturnType::Object(volume), Seen, run: repo_volume
    },
    builtin! {
        /// Fills a volume with a PostgreSQL dump.
        postgres_volume_initializer(
            /// The workload that runs the database.
            workload: ArgType::Any,
            /// The `.sql` dump, from the repository's root.
            dump_file_path: ArgType::Path,
            /// The database user.
            user = "...": ArgType::Str,
        ) -> ReturnType::Object(volume_initializer), Documented, run: initializer
    },
    builtin! {
        /// Fills a volume with a MongoDB dump.
        mongodb_volume_initializer(
            /// The workload that runs the database.
            workload: ArgType::Any,
            /// The `.archive` dump, from the repository's root.
            dump_file_path: ArgType::Path,
        ) -> ReturnType::Object(volume_initializer), Documented, run: initializer
    },
    builtin! {
        /// The value of a secret that `raftt.yml` declares under `secrets`.
        get_secret(
            /// The secret's name.
            name: ArgType::Str,
        ) -> ReturnType::Str, Documented, run: secret
    },
    builtin! {
        /// The identifier of the environment.
        get_env_id() -> ReturnType::Str, Seen, run: env_id
    },
    builtin! {
        /// A container from a fragment of YAML with Kubernetes' own keys.
        Container(
            /// The fragment, with keys as Kubernetes spells them: `workingDir`.
            yaml: ArgType::Str,
        ) -> ReturnType::Object(container_object), Seen, run: container::run
    },
];

/// The name is remembered. The value, which nothing may show, is unknown here; if it
/// was given, questions about it are answered.
fn secret<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("name")?;
    let name = argument.value.unpack_str()?;
    call.recorder
        .record_secret(call.locate(name.to_owned(), argument));
    let secret = choices::secret(name)?;
    Some(call.heap.alloc(UnknownValue {
        secret: Some(secret),
        ..UnknownValue::new(call.what(), call.from())
    }))
}

/// The name, which is remembered: an image of that name is built, not pulled.
fn image_name<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let name = call.argument("name")?.value;
    build_context(call);
    let Some(known) = name.unpack_str() else {
        // Its name is made at run time, but it is built all the same.
        model::with(|model| model.built_by.push(call.span));
        return None;
    };
    model::with(|model| model.built_images.push(known.to_owned()));
    Some(name)
}

/// Looks whether the context and the Dockerfile are there. A context may be a
/// repository elsewhere, and a Dockerfile stands in the context or at a path
/// from the repository's root.
fn build_context(call: &Call<'_, '_>) {
    let Some(context) = call
        .argument("context")
        .and_then(|it| it.value.unpack_str())
    else {
        return;
    };
    if context.contains("://") || context.starts_with("git@") {
        return;
    }
    if paths::exists(call, context).is_err() {
        return paths::check(call, "context", Use::Later);
    }
    let argument = call.argument("dockerfile");
    let Some(dockerfile) = argument.map_or(Some("Dockerfile"), |it| it.value.unpack_str()) else {
        return;
    };
    let in_context = format!("{context}/{dockerfile}");
    if paths::exists(call, &in_context).is_ok() || paths::exists(call, dockerfile).is_ok() {
        return;
    }
    let argument = argument.or_else(|| call.argument("context"));
    if let Some(argument) = argument {
        let located = call.locate(in_context, argument);
        call.recorder
            .report(missing_path::dockerfile(&located).trace(&call.trace));
    }
}

/// Looks whether the dump is there.
fn initializer<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    paths::check(call, "dump_file_path", Use::Later);
    None
}

fn named_volume<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let name = call.argument("name").and_then(|it| it.value.unpack_str());
    Some(add_volume(call, VolumeKind::Named(name.map(str::to_owned))))
}

fn repo_volume<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    Some(add_volume(call, VolumeKind::Repository))
}

fn add_volume<'v>(call: &Call<'_, 'v>, kind: VolumeKind) -> Value<'v> {
    let made = Volume {
        kind,
        at: call.span,
        is_mounted: false,
    };
    let (what, from) = (call.what(), call.from());
    let id = model::with(|model| model.add(volume(), what, from, Thing::Volume(made)));
    call.heap.alloc(ObjectValue::new(id))
}

fn env_id<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let value = call.recorder.run_time_value("env_id")?;
    Some(call.heap.alloc_str(value).to_value())
}
