//! How many images a keychain serves in a second, on one core: `cargo bench --bench keychain`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and makes its own inputs"
)]

use std::hint::black_box;
use std::time::Instant;

use raftt_config::keychain::PullSecrets;
use raftt_config::names::ImageReference;
use raftt_config::plan::{Keychain, Puller};
use raftt_config::{MemorySources, Options, Snapshot, SnapshotFile, analyze};
use serde_json::{Value, json};

const SECRETS: usize = 1_000;
const LOOKUPS: usize = 1_000_000;

/// A key, or the image that it serves, by its number.
type Form = fn(usize) -> String;

fn main() {
    // `cargo test --benches` only asks whether the benchmark builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let rows: [(&str, Form, Form); 6] = [
        (
            "hosts",
            |number| format!("registry{number}.example.com"),
            |number| format!("registry{number}.example.com/team/app"),
        ),
        (
            "paths of one host",
            |number| format!("registry.example.com/team{number}/"),
            |number| format!("registry.example.com/team{number}/app"),
        ),
        (
            "*.teamN.example.com",
            |number| format!("*.team{number}.example.com"),
            |number| format!("eu.team{number}.example.com/app"),
        ),
        (
            "teamN-*.example.com",
            |number| format!("team{number}-*.example.com"),
            |number| format!("team{number}-eu.example.com/app"),
        ),
        (
            "*-teamN.example.com",
            |number| format!("*-team{number}.example.com"),
            |number| format!("eu-team{number}.example.com/app"),
        ),
        (
            "*.dkr.ecr.REGION-N.*",
            |number| format!("*.dkr.ecr.region-{number}.amazonaws.*"),
            |number| format!("123456789012.dkr.ecr.region-{number}.amazonaws.com/app"),
        ),
    ];
    println!(
        "{:<24} {:>16} {:>16}",
        "1,000 secrets with", "lookups/s", "sources/s"
    );
    for (name, key, image) in rows {
        let keychain = keychain(key);
        let images: Vec<String> = (0..SECRETS).map(image).collect();
        let secrets = keychain.secrets().expect("a snapshot was given");
        let found = per_second(|number| lookup(secrets, &images[number % SECRETS]));
        let references: Vec<_> = images.iter().map(|it| ImageReference::parse(it)).collect();
        let puller = Puller::default();
        let sources = per_second(|number| match &references[number % SECRETS] {
            Ok(image) => keychain.sources(image, &puller).len() - 1,
            Err(_) => 0,
        });
        println!("{name:<24} {found:>16.0} {sources:>16.0}");
    }
}

fn lookup(secrets: &PullSecrets, image: &str) -> usize {
    secrets.lookup(image).len()
}

/// How often in a second `run`, which finds one thing, can be done.
fn per_second(run: impl Fn(usize) -> usize) -> f64 {
    let started = Instant::now();
    // Neighbours are far from each other, as they are in life.
    let found: usize = (0..LOOKUPS)
        .map(|number| run(black_box(number * 7_919)))
        .sum();
    assert_eq!(found, LOOKUPS, "every image is served once");
    LOOKUPS as f64 / started.elapsed().as_secs_f64()
}

fn keychain(key: Form) -> Keychain {
    let items: Vec<Value> = (0..SECRETS)
        .map(|number| {
            let entry = json!({"username": "u", "password": "p"});
            let content = json!({"auths": {key(number): entry}}).to_string();
            json!({
                "apiVersion": "v1",
                "kind": "Secret",
                "metadata": {"name": format!("secret{number}")},
                "type": "kubernetes.io/dockerconfigjson",
                "stringData": {".dockerconfigjson": content},
            })
        })
        .collect();
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
    let file = SnapshotFile {
        path: "namespace.json".to_owned(),
        content: list.to_string().into_bytes(),
    };
    let snapshot = Snapshot::read(&[file], None).expect("it is a snapshot");
    let plan = analyze(&MemorySources::default(), &Options::default()).plan;
    Keychain::new(&plan, Some(&snapshot))
}
