//! What the environment controller does at startup: it gets a plan, writes Docker's
//! configuration, builds the keychain, and knows what it would try for each image.
//!
//! `cargo run --example controller -- PROJECT NAMESPACE.yaml [PROGRAM]`, where PROJECT is
//! the synced folder, or the JSON of a plan. With PROGRAM, the path of `raftt-config`, the
//! project is evaluated in a process of its own, as a controller should do it.

#![allow(
    clippy::disallowed_methods,
    reason = "an example reads its arguments and files"
)]

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use raftt_config::names::ImageReference;
use raftt_config::plan::render::{PlanFormat, render};
use raftt_config::plan::{CredentialSource, Keychain, Plan, Puller};
use raftt_config::sandbox::{ChildRequest, Limits, analyze_in_child};
use raftt_config::{DiskSources, Options, Snapshot, SnapshotFile, analyze};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    run(&arguments, &mut io::stdout())
}

/// Says on `out` what the controller would do.
pub(crate) fn run(arguments: &[String], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let [project, namespace, program @ ..] = arguments else {
        return Err("expected PROJECT NAMESPACE.yaml [PROGRAM]".into());
    };
    let snapshot = Snapshot::read(
        &[SnapshotFile {
            path: namespace.clone(),
            content: fs::read(namespace)?,
        }],
        None,
    )?;
    let plan = match program.first() {
        _ if Path::new(project).is_file() => Plan::from_json(&fs::read_to_string(project)?)?,
        Some(program) => {
            let mut request = ChildRequest::new(program, project);
            request.snapshot.push(namespace.into());
            analyze_in_child(&request, &Limits::default())?.plan
        }
        None => {
            let mut options = Options::default();
            options.snapshot = Some(snapshot.clone().into());
            analyze(&DiskSources::new(project), &options).plan
        }
    };

    // For the helpers' own clients.
    write!(out, "{}", render(&plan, PlanFormat::DockerConfig).text)?;

    // The plan has the sources of every image that it knows, in the order for the pods
    // that use it.
    for image in &plan.images {
        writeln!(out, "{}: {}", image.reference, words(&image.sources))?;
    }

    // An image that turns up later is asked for on behalf of its pod.
    let keychain = Keychain::new(&plan, Some(&snapshot));
    let image = ImageReference::parse("ghcr.io/example/late:1")?;
    let mut puller = Puller::default();
    puller.service_account = Some("builder".to_owned());
    let sources = keychain.sources(&image, &puller);
    writeln!(out, "{image}: {}", words(&sources))?;
    Ok(())
}

fn words(sources: &[CredentialSource]) -> String {
    let words = sources.iter().map(|source| match source {
        CredentialSource::ImagePullSecret { secret, key, .. } => format!("{secret} ({key})"),
        // A mirror is asked for under the name of the registry behind it.
        CredentialSource::CredentialHelper {
            helper,
            registry,
            backing,
            ..
        } => format!("{helper} for {}", backing.as_ref().unwrap_or(registry)),
        CredentialSource::LocalImages => "local images".to_owned(),
        CredentialSource::Anonymous => "anonymous".to_owned(),
        _ => "a source of a later version".to_owned(),
    });
    words.collect::<Vec<_>>().join(", ")
}
