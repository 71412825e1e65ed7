//! What the environment controller does at startup: it gets a plan, builds the keychain,
//! writes Docker's configuration, and says what it would try for each image.
//!
//! `cargo run --example controller -- PROJECT CONFIG.json [NAMESPACE.yaml]`, where PROJECT is
//! the synced folder, or the JSON of a plan, and CONFIG.json is written for Docker.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example reads its arguments and prints"
)]

use std::error::Error;
use std::fs;
use std::path::Path;

use raftt_config::names::ImageReference;
use raftt_config::plan::render::{PlanFormat, render};
use raftt_config::plan::{Keychain, Plan, Puller};
use raftt_config::{DiskSources, Options, Snapshot, SnapshotFile, analyze};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let project = arguments.next().ok_or("which project?")?;
    let config = arguments
        .next()
        .ok_or("where does Docker's configuration go?")?;
    let snapshot = arguments.next().map(|path| snapshot(&path)).transpose()?;

    let plan = plan(&project, snapshot.as_ref())?;
    fs::write(config, render(&plan, PlanFormat::DockerConfig).text)?;

    // The plan has the sources of every image that it knows, in the order for the pods
    // that use it.
    for image in &plan.images {
        println!("{}: {:?}", image.reference, image.sources);
    }

    // An image that turns up later is asked for on behalf of its pod.
    let keychain = Keychain::new(&plan, snapshot.as_ref());
    let image = ImageReference::parse("ghcr.io/example/late:1")?;
    let mut puller = Puller::default();
    puller.image_pull_secrets = vec!["regcred".to_owned()];
    puller.service_account = Some("default".to_owned());
    println!(
        "{}: {:?}",
        image.canonical(),
        keychain.sources(&image, &puller)
    );
    Ok(())
}

/// The plan in a file, if its version can be read, or that of a folder.
fn plan(project: &str, snapshot: Option<&Snapshot>) -> Result<Plan, Box<dyn Error>> {
    if Path::new(project).is_file() {
        return Ok(Plan::from_json(&fs::read_to_string(project)?)?);
    }
    let mut options = Options::default();
    options.snapshot = snapshot.cloned().map(Into::into);
    Ok(analyze(&DiskSources::new(project), &options).plan)
}

fn snapshot(path: &str) -> Result<Snapshot, Box<dyn Error>> {
    let content = fs::read(path)?;
    let path = path.to_owned();
    Ok(Snapshot::read(&[SnapshotFile { path, content }], None)?)
}
