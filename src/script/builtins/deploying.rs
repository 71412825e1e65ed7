//! Functions that say what is deployed.

use starlark::values::Value;

use super::objects::resources;
use super::paths::{self, Use};
use super::{ArgType, Builtin, ReturnType, builtin};
use crate::script::arg_type::items;
use crate::script::call::Call;
use crate::script::model::{self, Deployed, Purpose};
use crate::script::values::ObjectValue;

pub(super) const FUNCTIONS: &[Builtin] = &[
    builtin! {
        /// Adds resources to the environment. It may be called several times.
        deploy(
            /// The resources.
            resources: ArgType::Object(resources),
        ) -> ReturnType::None, Documented, run: deploy
    },
    builtin! {
        /// Declares the dev container of an orchestrated environment.
        deploy_dev_container(
            /// The resources of the dev container: a compose file with the service `dev`.
            resources: ArgType::Object(resources),
        ) -> ReturnType::None, Documented, run: deploy_dev_container
    },
    builtin! {
        /// Connect mode: deploys resources at connect time that the environment lacks.
        deploy_on_connect(
            /// The resources.
            resources: ArgType::Any,
        ) -> ReturnType::Any, Inferred, run: deploy_on_connect
    },
    builtin! {
        /// Lifecycle-hooks script: declares the container in which the scripts of
        /// `on_init` and `on_termination` run.
        setup_container(
            /// The resources of the container: a compose file with the service `dev`.
            resources: ArgType::Object(resources),
        ) -> ReturnType::None, Seen, run: setup_container
    },
    builtin! {
        /// Lifecycle-hooks script: runs a script before the environment script is evaluated.
        on_init(
            /// The script, from the repository's root.
            script_path: ArgType::Path,
        ) -> ReturnType::None, Seen, run: hook_script
    },
    builtin! {
        /// Lifecycle-hooks script: runs a script when the environment is torn down.
        on_termination(
            /// The script, from the repository's root.
            script_path: ArgType::Path,
        ) -> ReturnType::None, Seen, run: hook_script
    },
    builtin! {
        /// Declares the version of the configuration language.
        config_version(
            /// The version; seen only as `"0.9"`.
            version: ArgType::Str,
        ) -> ReturnType::None, Seen
    },
];

fn deploy<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    record(call, Purpose::Environment)
}

fn deploy_dev_container<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    record(call, Purpose::DevContainer)
}

fn deploy_on_connect<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    record(call, Purpose::Connect)
}

fn setup_container<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    record(call, Purpose::Setup)
}

/// Remembers that resources, or a list of them, are deployed.
fn record<'v>(call: &Call<'_, 'v>, purpose: Purpose) -> Option<Value<'v>> {
    let Some(argument) = call.argument("resources") else {
        model::with(|model| model.deploys_unknown = true);
        return None;
    };
    let several = items(argument.value).unwrap_or_else(|| vec![argument.value]);
    for value in several {
        let resources = ObjectValue::from_value(value);
        model::with(|model| match resources {
            Some(resources) if model.resources(resources.id).is_some() => {
                let deployed = Deployed {
                    resources: resources.id,
                    purpose,
                };
                if !model.deployed.contains(&deployed) {
                    model.deployed.push(deployed);
                }
            }
            // A single workload, or what is known only at run time.
            _ => model.deploys_unknown = true,
        });
    }
    None
}

/// Looks whether the script of a lifecycle hook is there.
fn hook_script<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    paths::check(call, "script_path", Use::Later);
    None
}
