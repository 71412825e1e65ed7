//! Functions that say what is deployed.

use super::objects::resources;
use super::{ArgType, Builtin, ReturnType, builtin};

pub(super) const FUNCTIONS: &[Builtin] = &[
    builtin! {
        /// Adds resources to the environment. It may be called several times.
        deploy(
            /// The resources.
            resources: ArgType::Object(resources),
        ) -> ReturnType::None, Documented
    },
    builtin! {
        /// Declares the dev container of an orchestrated environment.
        deploy_dev_container(
            /// The resources of the dev container: a compose file with the service `dev`.
            resources: ArgType::Object(resources),
        ) -> ReturnType::None, Documented
    },
    builtin! {
        /// Connect mode: deploys resources at connect time that the environment lacks.
        deploy_on_connect(
            /// The resources.
            resources: ArgType::Any,
        ) -> ReturnType::Any, Inferred
    },
    builtin! {
        /// Lifecycle-hooks script: declares the container in which the scripts of
        /// `on_init` and `on_termination` run.
        setup_container(
            /// The resources of the container: a compose file with the service `dev`.
            resources: ArgType::Object(resources),
        ) -> ReturnType::None, Seen
    },
    builtin! {
        /// Lifecycle-hooks script: runs a script before the environment script is evaluated.
        on_init(
            /// The script, from the repository's root.
            script_path: ArgType::Str,
        ) -> ReturnType::None, Seen
    },
    builtin! {
        /// Lifecycle-hooks script: runs a script when the environment is torn down.
        on_termination(
            /// The script, from the repository's root.
            script_path: ArgType::Str,
        ) -> ReturnType::None, Seen
    },
    builtin! {
        /// Declares the version of the configuration language.
        config_version(
            /// The version; seen only as `"0.9"`.
            version: ArgType::Str,
        ) -> ReturnType::None, Seen
    },
];
