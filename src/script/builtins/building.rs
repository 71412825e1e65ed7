//! Functions that give images, volumes and values.

use starlark::values::Value;

use super::objects::{container, repo_working_tree, volume, volume_initializer};
use super::{ArgType, Builtin, ReturnType, builtin};
use crate::script::call::Call;

const PATH_IN_TREE: ArgType = ArgType::OneOf(&[ArgType::Str, ArgType::Object(repo_working_tree)]);

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
        ) -> ReturnType::Object(volume), Documented
    },
    builtin! {
        /// A volume that is synced with a repository.
        repo_volume(
            /// A clone; the current repository if not given.
            tree = "...": ArgType::Object(repo_working_tree),
        ) -> ReturnType::Object(volume), Seen
    },
    builtin! {
        /// Fills a volume with a PostgreSQL dump.
        postgres_volume_initializer(
            /// The workload that runs the database.
            workload: ArgType::Any,
            /// The `.sql` dump, from the repository's root.
            dump_file_path: ArgType::Str,
            /// The database user.
            user = "...": ArgType::Str,
        ) -> ReturnType::Object(volume_initializer), Documented
    },
    builtin! {
        /// Fills a volume with a MongoDB dump.
        mongodb_volume_initializer(
            /// The workload that runs the database.
            workload: ArgType::Any,
            /// The `.archive` dump, from the repository's root.
            dump_file_path: ArgType::Str,
        ) -> ReturnType::Object(volume_initializer), Documented
    },
    builtin! {
        /// The value of a secret that `raftt.yml` declares under `secrets`.
        get_secret(
            /// The secret's name.
            name: ArgType::Str,
        ) -> ReturnType::Str, Documented
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
        ) -> ReturnType::Object(container), Seen
    },
];

fn image_name<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    call.argument("name").map(|argument| argument.value)
}

fn env_id<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let value = call.recorder.run_time_value("env_id")?;
    Some(call.heap.alloc_str(value).to_value())
}
