//! Every key of `raftt.yml` that was ever documented or seen.

use super::entry::{Entry, Variable};
use super::key::Status::{Current, Legacy, Obsolete, Undocumented};
use super::key::{Key, Mapping, mapping};
use crate::source::{FileId, Located, Span};

/// The names of service accounts, by RFC 1123: [`crate::names::ServiceAccountName`].
const SUBDOMAIN: &str =
    r"^(?!.{254})[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

mapping! {
    /// Configuration of Raftt for one repository. The file stands at the
    /// repository's root.
    ProjectFile at "", unknown: Warning {
        with {
            /// The file.
            file: FileId,
            /// Whether all of the file could be read. Where it could not, a key that
            /// is missing here may well be in the file.
            is_complete: bool,
            /// Settings that are given more than once, where they are given again: it
            /// is open which one counts.
            repeated: Vec<Located<String>>,
        }
        /// The script that describes the environment. The path starts at the
        /// repository's root.
        env_definition: Option<Entry<String>> = "envDefinition", Current, file: Script,
            examples: ["env.raftt", "./raftt/env.raftt"];
        /// The dedicated deployment host, or `direct` for connect mode: the
        /// environment is already deployed, and Raftt works on it without a
        /// controller for the whole cluster.
        host: Option<Entry<String>> = "host", Current,
            examples: ["direct", "admiral.example.raftt.io"];
        /// Options of the environment controller in connect mode (`host: direct`).
        /// They take effect after `raftt cleanup` and `raftt connect`.
        direct_options: Option<DirectOptions> = "directOptions", Current;
        /// Secrets that are fetched on the developer's machine, by name. The script
        /// gets their values with `get_secret(name)`.
        secrets: Vec<DeclaredSecret> = "secrets", Current;
        /// The script with the lifecycle hooks of the environment. The path starts
        /// at the repository's root.
        env_lifecycle_hooks: Option<Entry<String>> = "envLifecycleHooks", Undocumented, file: Script,
            examples: ["hooks.raftt"];
        /// The repository that forks are made of.
        upstream_repo: Option<Entry<String>> = "upstreamRepo", Undocumented,
            examples: ["https://github.com/example/example"];
        /// An environment that Docker Compose files define.
        build: Option<Build> = "build", Legacy("`envDefinition` with a script that calls `load_docker_compose`");
        /// The Compose file of the dev container.
        dev_container: Option<Entry<String>> = "devContainer", Legacy("`deploy_dev_container` in the script"), file: Other,
            examples: ["./dev/dev-compose.yml"];
        /// What databases are filled with.
        data: Vec<DataSource> = "data", Legacy("volume initializers in the script");
        /// Services to debug.
        debugging: Vec<Debugging> = "debugging", Obsolete("the debug configuration of the editor");
    }
}

mapping! {
    /// Options of the environment controller in connect mode.
    DirectOptions at "directOptions", unknown: Error {
        with {
            /// The key `directOptions`.
            key: Span,
        }
        /// The Kubernetes service account that the environment controller runs as,
        /// by its name in the namespace of the environment. An IAM role or a Google
        /// service account that is linked to it gives the controller access to image
        /// registries.
        workload_identity_service_account: Option<Entry<String>> = "workloadIdentityServiceAccount", Current,
            pattern: SUBDOMAIN,
            examples: ["raftt-controller"];
        /// Whether the controller also looks for images in the node's own image
        /// store. That is for images that were built with
        /// `eval $(minikube docker-env)`.
        search_local_docker_registry: Option<Entry<bool>> = "searchLocalDockerRegistry", Current;
    }
}

mapping! {
    /// A secret that is fetched on the developer's machine.
    DeclaredSecret at "secrets.*", unknown: Warning {
        with {
            /// Its name, which is the key.
            name: Located<String>,
        }
        /// The command that prints the value. A shell runs it on the developer's
        /// machine.
        input_command: Option<Entry<String>> = "inputcommand", Current,
            examples: ["gcloud auth print-access-token"];
        /// The environment variable that receives the value.
        output_env: Option<Entry<String>> = "outputenv", Current,
            examples: ["ACCESS_TOKEN"];
        /// Whether the value is handed over as the file `/SECRETS/<name>`.
        output_volume: Option<Entry<bool>> = "outputvolume", Current;
    }
}

mapping! {
    /// An environment that Docker Compose files define.
    Build at "build", unknown: Warning {
        with {
            /// The key `build`.
            key: Span,
        }
        /// The Compose file of the environment.
        docker_compose_file: Option<Entry<String>> = "dockerComposeFile", Legacy("`load_docker_compose` in the script"), file: Other,
            examples: ["./docker-compose.yml"];
        /// The folder that paths in the Compose file start at.
        workdir: Option<Entry<String>> = "workdir", Legacy("`load_docker_compose` in the script"), file: Other,
            examples: ["."];
        /// Variables that the Compose file uses, as a `.env` file gives them.
        env: Vec<Variable> = "env", Legacy("`load_docker_compose` in the script");
    }
}

mapping! {
    /// What a database is filled with. The name of the key with the path of a
    /// `script` is not known.
    DataSource at "data[]", unknown: Accepted {
        with {
            /// The whole entry.
            span: Span,
        }
        /// The Compose service of the database.
        service: Option<Entry<String>> = "service", Legacy("a volume's `initializer` in the script");
        /// What fills it.
        kind: Option<Entry<String>> = "type", Legacy("a volume's `initializer` in the script"),
            choices: ["postgres", "mongodb", "script"];
        /// The database's user; `root` if it is not given.
        user: Option<Entry<String>> = "user", Legacy("a volume's `initializer` in the script"),
            examples: ["root"];
        /// The dump to load: `.sql` for PostgreSQL, `.archive` for MongoDB.
        dump: Option<Entry<String>> = "dump", Legacy("a volume's `initializer` in the script"), file: Other,
            examples: ["./dump.sql"];
        /// A script that prints the version of the data, so that data is not loaded twice.
        key_provider: Option<Entry<String>> = "keyProvider", Legacy("a volume's `initializer` in the script"), file: Other;
    }
}

mapping! {
    /// A service to debug.
    Debugging at "debugging[]", unknown: Accepted {
        with {
            /// The whole entry.
            span: Span,
        }
        /// The Compose service.
        service: Option<Entry<String>> = "service", Obsolete("the debug configuration of the editor");
        /// Its programming language.
        language: Option<Entry<String>> = "language", Obsolete("the debug configuration of the editor"),
            examples: ["python"];
    }
}

/// Every place with known keys, by its path.
pub(crate) const PLACES: &[(&str, &[Key])] = &[
    (ProjectFile::PATH, ProjectFile::KEYS),
    (DirectOptions::PATH, DirectOptions::KEYS),
    (DeclaredSecret::PATH, DeclaredSecret::KEYS),
    (Build::PATH, Build::KEYS),
    (DataSource::PATH, DataSource::KEYS),
    (Debugging::PATH, Debugging::KEYS),
];
