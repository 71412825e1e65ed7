//! Resources and the workloads in them.

mod methods;

pub(super) use methods::container;

use super::super::{ArgType, Object, ReturnType, attributes, builtin};
use super::kubernetes::fields_object as object;
use super::volumes::{volume, volumes};

/// What `namespace_resources`, `load_docker_compose` and their like give.
pub(in crate::script::builtins) fn resources() -> &'static Object {
    &RESOURCES
}

/// What `resources.deployments` and its like give.
pub(crate) fn collection() -> &'static Object {
    &COLLECTION
}

/// A deployment, a pod or another workload.
pub(crate) fn workload() -> &'static Object {
    &WORKLOAD
}

const WORKLOADS: ReturnType = ReturnType::Object(collection);

pub(super) static RESOURCES: Object = Object {
    name: "Resources",
    global: None,
    documentation: "Workloads and volumes, by kind and name.\n",
    attributes: attributes! {
        /// The deployments, by name.
        deployments -> WORKLOADS, Seen;
        /// The pods, by name.
        pods -> WORKLOADS, Documented;
        /// The stateful sets, by name.
        statefulsets -> WORKLOADS, Inferred;
        /// The daemon sets, by name.
        daemonsets -> WORKLOADS, Inferred;
        /// The replica sets, by name.
        replicasets -> WORKLOADS, Inferred;
        /// The jobs, by name.
        jobs -> WORKLOADS, Inferred;
        /// The cron jobs, by name.
        cronjobs -> WORKLOADS, Inferred;
        /// The config maps, by name.
        configmaps -> WORKLOADS, Inferred;
        /// The secrets, by name.
        secrets -> WORKLOADS, Inferred;
        /// The services, by name.
        services -> WORKLOADS, Inferred;
        /// The ingresses, by name.
        ingresses -> WORKLOADS, Inferred;
        /// The persistent volume claims, by name.
        persistentvolumeclaims -> WORKLOADS, Inferred;
        /// The service accounts, by name.
        serviceaccounts -> WORKLOADS, Inferred;
        /// The named volumes of a compose file, by name.
        namedvolumes -> ReturnType::Object(volumes), Seen;
        /// The named volumes of a compose file, by name.
        named_volumes -> ReturnType::Object(volumes), Seen, replacement: "namedvolumes";
    },
    methods: &[],
    item: None,
    is_open: false,
};

pub(super) static COLLECTION: Object = Object {
    name: "Workloads",
    global: None,
    documentation: "The workloads of one kind; `workloads[\"name\"]` is one of them.\n",
    attributes: &[],
    methods: &[],
    item: Some(workload),
    is_open: true,
};

pub(super) static WORKLOAD: Object = Object {
    name: "Workload",
    global: None,
    documentation: "A deployment, a pod or another workload. It is shared: a change is seen \
                    wherever the workload is used, also by an earlier `deploy`.\n",
    attributes: attributes! {
        /// Has the workload's image built: takes what `build_image` gives.
        image_builder -> ReturnType::Any, Seen;
        /// The image, for a pod or deployment with one container.
        image -> ReturnType::Any, Inferred;
        /// The Kubernetes specification, with field names in snake case.
        spec -> ReturnType::Object(object), Seen;
        /// The Kubernetes metadata.
        metadata -> ReturnType::Object(object), Inferred;
        /// The Kubernetes status.
        status -> ReturnType::Object(object), Inferred;
        /// The workload's name.
        name -> ReturnType::Str, Inferred;
        /// The workload's kind.
        kind -> ReturnType::Str, Inferred;
        /// The version of the Kubernetes API.
        api_version -> ReturnType::Str, Inferred;
    },
    methods: &[
        builtin! {
            /// Mounts a volume. One volume may be mounted in several places.
            mount(
                /// The volume.
                volume: ArgType::Object(volume),
                /// The absolute path in the container.
                dst: ArgType::Str,
                /// Initialises the content again on rebuild.
                init_on_rebuild = "False": ArgType::Bool,
                /// Does not copy what the image has at `dst`.
                no_copy = "False": ArgType::Bool,
                /// The container; the workload's first one if not given.
                container = "...": ArgType::Str,
            ) -> ReturnType::None, Seen, run: methods::mount
        },
        builtin! {
            /// Maps a port of the developer's machine to one of the container.
            map_port(
                /// The port on the developer's machine.
                local: ArgType::Int,
                /// The port in the container.
                remote: ArgType::Int,
            ) -> ReturnType::None, Seen, run: methods::map_port
        },
        builtin! {
            /// Adds environment variables.
            add_env_vars(
                /// The variables: from name to value.
                vars: ArgType::Dict(&ArgType::Any),
            ) -> ReturnType::None, Seen, run: methods::add_env_vars
        },
        builtin! {
            /// Makes the reduced Raftt command line available in a container.
            add_raftt_cli(
                /// The container; the workload's first one if not given.
                container = "...": ArgType::Str,
            ) -> ReturnType::None, Seen, run: methods::add_raftt_cli
        },
    ],
    item: None,
    is_open: false,
};
