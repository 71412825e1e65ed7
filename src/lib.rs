//! Evaluates a project's `.raftt` script together with its `raftt.yml`, checks
//! both, and says how the environment controller gets access to the container
//! registries of the environment's images: the **registry-access plan**.
//!
//! Everything goes through [`analyze`]: the command line, the git hook, the
//! language server and the environment controller are fronts over it.
//!
//! # The start of a controller
//!
//! It reads what its namespace has, gets the plan, and asks a [`plan::Keychain`] which
//! credentials to try for an image, in which order:
//!
//! ```
//! use raftt_config::names::ImageReference;
//! use raftt_config::plan::{CredentialSource, Keychain, Plan, Puller};
//! use raftt_config::{MemorySources, Options, Severity, Snapshot, SnapshotFile, analyze};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // What `kubectl get deploy,sts,ds,job,cronjob,pod,sa,secret -o yaml` prints.
//! let namespace = SnapshotFile {
//!     path: "namespace.yaml".to_owned(),
//!     content: br#"
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: github, namespace: shop}
//! type: kubernetes.io/dockerconfigjson
//! stringData:
//!   .dockerconfigjson: '{"auths": {"ghcr.io": {"username": "bot", "password": "an-example"}}}'
//! "#
//!     .to_vec(),
//! };
//! let snapshot = Snapshot::read(&[namespace], None)?;
//!
//! // The synced project; `DiskSources` reads a folder.
//! let sources = MemorySources::default()
//!     .with("raftt.yml", "envDefinition: env.raftt\nhost: direct\n")
//!     .with("env.raftt", "configure_cred_helper(provider = \"gcp\")\n");
//! let mut options = Options::default();
//! options.snapshot = Some(snapshot.clone().into());
//! let analysis = analyze(&sources, &options);
//! assert!(analysis.diagnostics.iter().all(|it| it.severity < Severity::Error));
//!
//! // A plan is kept and read as JSON, by any version of the same major version.
//! let plan = Plan::from_json(&analysis.plan.to_json())?;
//!
//! let keychain = Keychain::new(&plan, Some(&snapshot));
//! let image = ImageReference::parse("ghcr.io/example/app:1")?;
//! let sources = keychain.sources(&image, &Puller::default());
//! assert!(matches!(
//!     &sources[..],
//!     [CredentialSource::ImagePullSecret { secret, .. }, CredentialSource::Anonymous]
//!         if secret == "github"
//! ));
//! # Ok(())
//! # }
//! ```
//!
//! A controller that evaluates other people's files does so in a process of its own, with
//! hard limits: [`sandbox`]. `examples/controller.rs` is a whole program.
//!
//! # Features
//!
//! `cli` has the command line and all that only it needs. Without it the library has the
//! engine, the YAML parser and serde.

mod analyze;
mod child;
#[cfg(feature = "cli")]
pub mod cli;
mod compose;
mod diagnostic;
pub mod fix;
#[cfg(any(feature = "cli", feature = "lsp"))]
mod guarded;
mod held;
#[cfg(feature = "lsp")]
pub mod ide;
pub mod keychain;
mod kubernetes;
mod listed;
mod lost;
#[cfg(feature = "lsp")]
pub mod lsp;
mod mention;
pub mod names;
mod options;
pub mod plan;
mod project_file;
#[cfg(any(feature = "cli", feature = "lsp"))]
mod projects;
pub mod reference;
pub mod render;
mod rule;
mod rules;
pub mod sandbox;
mod script;
#[cfg(any(feature = "cli", feature = "lsp"))]
mod settings;
mod source;
mod suggest;
mod suppress;
mod unknown;
mod used;
#[cfg(feature = "cli")]
mod write;
mod yaml;

pub use analyze::{Analysis, analyze};
pub use diagnostic::{Diagnostic, Edit, Fix, Frame, Label, Safety, Severity};
pub use kubernetes::{
    Container, ContainerRole, Image, Snapshot, SnapshotError, SnapshotFile, Workload,
};
pub use options::{Level, Levels, Options};
pub use project_file::{
    Build, DataSource, Debugging, DeclaredSecret, DirectOptions, Entry, ProjectFile, Variable,
};
pub use rule::{Example, ExampleFile, Needs, Rule, Tag};
pub use rules::all as rules;
pub use script::{
    ArgType, Attribute, Branch, Builtin, CredHelperCall, Evidence, LoadedName, LoadedResources,
    Module, Object, Parameter, Registries, ReturnType, ScriptFacts, functions, objects,
};
pub use source::{
    ChartError, ChartRequest, DiskSources, FileId, Helm, Located, MAX_FILE_SIZE, MemorySources,
    OverlaySources, Piece, Position, ReadError, SourceFile, SourceMap, Sources, Span,
};
pub use suppress::Suppressed;
pub use unknown::Unknown;

/// The README's Rust runs, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
