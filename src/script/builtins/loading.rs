//! Functions that load what the environment is made of.

mod chart;
mod manifests;
mod run;

use super::objects::{repo_working_tree, resources};
use super::{ArgType, Builtin, ReturnType, builtin};

pub(super) const FUNCTIONS: &[Builtin] = &[
    builtin! {
        /// The resources that are already in the connected Kubernetes namespace.
        namespace_resources() -> ReturnType::Object(resources), Seen, run: run::namespace_resources
    },
    builtin! {
        /// Loads a compose file; its services become deployments, its volumes named volumes.
        load_docker_compose(
            /// The compose file, from the repository's root.
            path: ArgType::Path,
            /// Its meaning is not documented; seen only as `"dev"`, for the dev container.
            name = "...": ArgType::Str,
        ) -> ReturnType::Object(resources), Seen, run: run::load_docker_compose
    },
    builtin! {
        /// Loads a compose file; its services become pods, its volumes named volumes.
        docker_compose(
            /// The compose file, from the repository's root.
            path: ArgType::Path,
            /// Its meaning is not documented; seen only as `"dev"`, for the dev container.
            name = "...": ArgType::Str,
        ) -> ReturnType::Object(resources), Seen, replacement: "load_docker_compose", run: run::docker_compose
    },
    builtin! {
        /// Renders a helm chart of the repository.
        helm_local_chart(
            /// The name of the release.
            release_name: ArgType::Str,
            /// The chart's folder, from the repository's root.
            chart_path: ArgType::Path,
            /// Values that override the chart's.
            values = "{}": ArgType::Dict(&ArgType::Any),
            /// Values files, from the repository's root.
            values_files = "[]": ArgType::OneOf(&[ArgType::Path, ArgType::List(&ArgType::Path)]),
        ) -> ReturnType::Object(resources), Seen, run: chart::run
    },
    builtin! {
        /// Loads Kubernetes manifests of the repository. The documentation mentions
        /// such a loader without its name; this one is a guess.
        k8s_manifests(
            /// Files, folders or patterns (`k8s/**/*.yaml`), from the repository's root.
            path: ArgType::OneOf(&[ArgType::Path, ArgType::List(&ArgType::Path)]),
        ) -> ReturnType::Object(resources), Inferred, run: manifests::run
    },
    builtin! {
        /// Clones a repository at a branch inside the environment controller.
        clone_repo_branch(
            /// The repository's address, `https://…` or `git@host:…`.
            repo: ArgType::Str,
            /// The branch.
            branch: ArgType::Str,
        ) -> ReturnType::Object(repo_working_tree), Documented
    },
    builtin! {
        /// Deploys the environment of another repository.
        deploy_another(
            /// The repository's address.
            repo_url: ArgType::Str,
            /// The branch.
            branch: ArgType::Str,
        ) -> ReturnType::Any, Seen, replacement: "clone_repo_branch"
    },
];
