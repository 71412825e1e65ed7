//! `resolve`: which credential sources would be tried for images.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::plan::target;
use super::run::analyze_guarded;
use super::{Console, Exit, Failure, KnownValues};
use crate::analyze::analyze;
use crate::diagnostic::Severity;
use crate::kubernetes::Snapshot;
use crate::options::Options;
use crate::plan::render::json;
use crate::plan::{Keychain, Plan, Puller, resolve as resolve_images, resolve_text};
use crate::render::text::safe_lines;
use crate::source::{MemorySources, Span};

/// What `resolve` takes.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  raftt-config resolve nginx ghcr.io/example/app:2
  raftt-config resolve quay.io/example/app --namespace-snapshot namespace.yaml
  raftt-config resolve app --pod-secrets regcred,hub --namespace-snapshot namespace.yaml
")]
pub(crate) struct ResolveArgs {
    /// The image references.
    #[arg(required = true, value_name = "IMAGE")]
    images: Vec<String>,
    /// A project folder, a project file or a script; the project of this folder
    /// without it, or none.
    #[arg(long, value_name = "PROJECT")]
    project: Option<PathBuf>,
    /// The form of the answer: text on a terminal, JSON elsewhere.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<ResolveFormat>,
    /// The image pull secrets that the pod names.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pod_secrets: Vec<String>,
    /// The service account of the pod; `default` without it.
    #[arg(long, value_name = "NAME")]
    service_account: Option<String>,
    /// The container's `imagePullPolicy`.
    #[arg(long, value_enum, value_name = "POLICY", ignore_case = true)]
    image_pull_policy: Option<PullPolicy>,
    #[command(flatten)]
    known: KnownValues,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ResolveFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PullPolicy {
    /// The image is pulled always.
    #[value(name = "Always")]
    Always,
    /// The image is pulled where the node does not have it.
    #[value(name = "IfNotPresent")]
    IfNotPresent,
    /// The image is on the node.
    #[value(name = "Never")]
    Never,
}

/// Prints the sources of each image. It asks no registry.
pub(crate) fn resolve(args: &ResolveArgs, console: &Console) -> Result<Exit, Failure> {
    let options = args.known.options(console)?;
    let (plan, snapshot) = plan(args, &options, console)?;
    let keychain = Keychain::new(&plan, snapshot.as_deref());
    let puller = Puller {
        image_pull_secrets: args.pod_secrets.clone(),
        service_account: args.service_account.clone(),
        is_never_pulled: args.image_pull_policy == Some(PullPolicy::Never),
    };
    let resolutions = resolve_images(&keychain, &args.images, &puller);
    let format = args
        .format
        .unwrap_or_else(|| match io::stdout().is_terminal() {
            true => ResolveFormat::Text,
            false => ResolveFormat::Json,
        });
    console.print(&match format {
        ResolveFormat::Json => json(&resolutions),
        ResolveFormat::Text => safe_lines(&resolve_text(&resolutions, &keychain, &puller)),
    })?;
    let is_wrong = resolutions.results.iter().any(|it| it.error.is_some());
    Ok(if is_wrong { Exit::Found } else { Exit::Clean })
}

/// The plan of the project that is meant, and what its namespace has. Secrets serve
/// images without a project, too.
fn plan(
    args: &ResolveArgs,
    options: &Options,
    console: &Console,
) -> Result<(Plan, Option<Arc<Snapshot>>), Failure> {
    let folder = Path::new(".");
    let project = args.project.as_deref();
    let found = target(project.unwrap_or(folder), options, console);
    let target = match found {
        Ok(target) => target,
        Err(failure) if project.is_some() || failure.has_project => return Err(failure),
        Err(_) => {
            let plan = analyze(&MemorySources::default(), options).plan;
            return Ok((plan, options.snapshot.clone()));
        }
    };
    let analysis = match target.analysis.clone() {
        Some(analysis) => analysis,
        None => analyze_guarded(&target).map_err(Failure::failed)?,
    };
    let mut errors = analysis.diagnostics.iter();
    // Those of the snapshot are about secrets.
    let is_of_project = |at: Span| analysis.sources.file(at.file).given.is_none();
    if errors.any(|it| it.severity == Severity::Error && is_of_project(it.span)) {
        console.say("note: the project has errors, so its helpers may be missing here; `raftt-config check` shows them\n");
    }
    Ok((analysis.plan, target.options.snapshot.clone()))
}
