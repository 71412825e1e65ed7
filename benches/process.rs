//! How long whole runs of the program take, beside a peer in the same run:
//! `cargo bench`.
//!
//! The peer is buildifier, which lints Starlark without knowing its host:
//! `npm install --prefix target/bench @bazel/buildifier@8.2.1`. Runs of the two
//! take turns, so that the ratio holds when the machine's speed drifts.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and makes its own inputs"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_raftt-config");
const RUNS: usize = 15;

fn main() {
    // `cargo test --benches` only asks whether the benchmark builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    let inputs = Inputs::new(&folder);
    let peer = peer();
    if peer.is_none() {
        println!("without the peer: npm install --prefix target/bench @bazel/buildifier@8.2.1\n");
    }
    println!("{:<20} {:>10} {:>10} {:>7}", "", "median", "peer", "ratio");
    for row in rows(&inputs) {
        let theirs = row.theirs.zip(peer.as_deref());
        let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
        for _ in 0..=RUNS {
            our_times.push(time(Path::new(PROGRAM), &row.ours));
            if let Some((arguments, peer)) = &theirs {
                their_times.push(time(peer, arguments));
            }
        }
        let ours = median(our_times);
        if theirs.is_some() {
            let theirs = median(their_times);
            let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
            println!(
                "{:<20} {ours:>10.1?} {theirs:>10.1?} {ratio:>7.2}",
                row.name
            );
        } else {
            println!("{:<20} {ours:>10.1?}", row.name);
        }
    }
    let one = inputs.one.display();
    println!("\npeak memory: /usr/bin/time -v {PROGRAM} check {one}");
}

struct Row {
    name: &'static str,
    ours: Vec<String>,
    theirs: Option<Vec<String>>,
}

fn rows(inputs: &Inputs) -> Vec<Row> {
    let words = |words: &[&str], path: &Path| {
        let mut words: Vec<_> = words.iter().map(|it| (*it).to_owned()).collect();
        words.push(path.display().to_string());
        words
    };
    let lint = ["--lint=warn", "--mode=check"];
    let row = |name, project: &Path, script: Option<&Path>| Row {
        name,
        ours: words(&["check"], project),
        theirs: script.map(|script| words(&lint, script)),
    };
    let script = |project: &Path| project.join("env.raftt");
    vec![
        Row {
            name: "cold start",
            ours: vec!["--version".to_owned()],
            theirs: None,
        },
        row("one project", &inputs.one, Some(&script(&inputs.one))),
        Row {
            name: "400 projects",
            ours: words(&["check"], &inputs.many),
            theirs: Some(words(
                &["--lint=warn", "--mode=check", "-r"],
                &inputs.scripts,
            )),
        },
        row(
            "5,000-line script",
            &inputs.half,
            Some(&script(&inputs.half)),
        ),
        row(
            "10,000-line script",
            &inputs.long,
            Some(&script(&inputs.long)),
        ),
        row("1 MB raftt.yml", &inputs.wide, None),
        Row {
            name: "compose and snapshot",
            ours: words(
                &[
                    "check",
                    "--namespace-snapshot",
                    &inputs.shop.to_string_lossy(),
                ],
                &inputs.composed,
            ),
            theirs: Some(words(&lint, &script(&inputs.composed))),
        },
        Row {
            name: "1,000 × 1,000",
            ours: words(
                &[
                    "plan",
                    "--format=json",
                    "--namespace-snapshot",
                    &inputs.secrets.to_string_lossy(),
                ],
                &inputs.connected,
            ),
            theirs: None,
        },
        Row {
            name: "200 workloads",
            ours: words(
                &[
                    "check",
                    "--namespace-snapshot",
                    &inputs.snapshot.to_string_lossy(),
                ],
                &inputs.connected,
            ),
            theirs: None,
        },
    ]
}

/// Projects and scripts of every size.
struct Inputs {
    one: PathBuf,
    many: PathBuf,
    /// The scripts of `many`, named so that the peer takes them for Starlark.
    scripts: PathBuf,
    half: PathBuf,
    long: PathBuf,
    wide: PathBuf,
    /// A project that runs beside the workloads of `snapshot`.
    connected: PathBuf,
    snapshot: PathBuf,
    /// A project with a compose file and a script of 60 lines.
    composed: PathBuf,
    /// A namespace with a few workloads.
    shop: PathBuf,
    /// A namespace with 1,000 images and as many pull secrets.
    secrets: PathBuf,
}

impl Inputs {
    fn new(folder: &Path) -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/sample-fixed");
        let read = |name| fs::read_to_string(sample.join(name)).expect("the sample is there");
        let (project, script) = (read("raftt.yml"), read("env.raftt"));
        let put = |name: &str, project: &str, script: &str| {
            let folder = folder.join(name);
            fs::create_dir_all(&folder).expect("the folder can be made");
            fs::write(folder.join("raftt.yml"), project).expect("it can be written");
            fs::write(folder.join("env.raftt"), script).expect("it can be written");
            folder
        };
        let scripts = folder.join("scripts");
        fs::create_dir_all(&scripts).expect("the folder can be made");
        for index in 0..400 {
            put(&format!("many/{index:03}"), &project, &script);
            let path = scripts.join(format!("{index:03}.bzl"));
            fs::write(path, &script).expect("it can be written");
        }
        Self {
            one: put("one", &project, &script),
            many: folder.join("many"),
            scripts,
            half: put("half", &project, &long_script(5_000)),
            long: put("long", &project, &long_script(10_000)),
            wide: put("wide", &wide_project(), &script),
            composed: {
                let folder = put("composed", &project, &composed_script());
                fs::write(folder.join("docker-compose.yml"), COMPOSE).expect("it can be written");
                folder
            },
            shop: Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/snapshots/shop.yaml"),
            secrets: {
                let path = folder.join("secrets.yaml");
                fs::write(&path, namespace_of_secrets()).expect("it can be written");
                path
            },
            connected: put("connected", &project, "deploy(namespace_resources())\n"),
            snapshot: {
                let path = folder.join("snapshot.yaml");
                fs::write(&path, wide_namespace()).expect("it can be written");
                path
            },
        }
    }
}

const COMPOSE: &str = "services:
  web:
    image: ghcr.io/example/web:${TAG:-1}
    ports: ['8080:80']
  api:
    image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/api:2
    environment: {MODE: development}
    volumes: ['cache:/cache']
volumes:
  cache:
";

/// 60 lines, as scripts of compose environments have them.
fn composed_script() -> String {
    let mut script = "configure_cred_helper(\n    provider = \"ecr\",\n    registries = \
                      [\"123456789012.dkr.ecr.us-east-1.amazonaws.com\"],\n)\n\
                      resources = load_docker_compose(\"docker-compose.yml\")\n\
                      namespace = namespace_resources()\nrepository = repo_volume()\n"
        .to_owned();
    for index in 0..17 {
        let service = ["web", "api"][index % 2];
        _ = write!(
            script,
            "resources.deployments[\"{service}\"].mount(\n    repository.subpath(\"src/{index}\"), \
             dst = \"/app/{index}\",\n)\n",
        );
    }
    script + "deploy(resources)\ndeploy(namespace)\n"
}

/// A namespace with 1,000 deployments, each with an image of its own registry, and a
/// pull secret for each registry; every tenth key is a pattern.
fn namespace_of_secrets() -> String {
    let mut namespace = String::new();
    for index in 0..1_000 {
        let key = match index % 10 {
            0 => format!("*.r{index}.example.com"),
            _ => format!("a.r{index}.example.com"),
        };
        _ = write!(
            namespace,
            "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: w{index}, namespace: \
             shop}}\nspec:\n  template:\n    spec:\n      containers: [{{name: server, image: \
             'a.r{index}.example.com/team/app:1'}}]\n---\napiVersion: v1\nkind: Secret\nmetadata: \
             {{name: s{index}, namespace: shop}}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  \
             .dockerconfigjson: '{{\"auths\": {{\"{key}\": {{\"username\": \"u\", \"password\": \
             \"p\"}}}}}}'\n",
        );
    }
    namespace
}

fn long_script(lines: usize) -> String {
    let mut script = "resources = namespace_resources()\n".to_owned();
    for index in 0..lines / 5 {
        let port = 1_024 + index;
        _ = write!(
            script,
            "w{index} = resources.deployments[\"w{index}\"]\n\
             w{index}.mount(repo_volume().subpath(\"services/{index}\"), dst = \"/app\")\n\
             w{index}.map_port(local = {port}, remote = 8080)\n\
             w{index}.spec.template.spec.containers[0].args = [\"run\", \"--name=\" + \"w{index}\"]\n\n",
        );
    }
    script.push_str("deploy(resources)\n");
    script
}

fn wide_project() -> String {
    let mut text = "envDefinition: env.raftt\nhost: direct\nsecrets:\n".to_owned();
    for index in 0.. {
        if text.len() > 1 << 20 {
            break;
        }
        _ = write!(
            text,
            "  secret-{index}:\n    inputcommand: vault read secret/{index}\n    outputenv: S{index}\n"
        );
    }
    text
}

/// A namespace with 200 workloads, as `kubectl get … -o yaml` prints it: those of
/// the snapshot in the tests' data, again and again.
fn wide_namespace() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/snapshots/shop.yaml");
    let shop = fs::read_to_string(path).expect("the snapshot is there");
    let (head, rest) = shop.split_once("items:\n").expect("it is a list");
    let (items, tail) = rest.split_once("kind: List\n").expect("it is a list");
    let mut namespace = format!("{head}items:\n");
    // Three of its objects are workloads of their own.
    for index in 0..200 / 3 + 1 {
        let names = [
            ("name: ", "web"),
            ("name: ", "database"),
            ("name: ", "report"),
        ];
        let renamed = names.iter().fold(items.to_owned(), |text, (key, name)| {
            text.replace(&format!("{key}{name}"), &format!("{key}{name}-{index}"))
        });
        namespace.push_str(&renamed);
    }
    namespace + "kind: List\n" + tail
}

fn peer() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        _ => "amd64",
    };
    let name = format!("buildifier-{}_{architecture}", std::env::consts::OS);
    let folder = root.join("target/bench/node_modules/@bazel/buildifier");
    Some(folder.join(name)).filter(|path| path.exists())
}

fn time(program: &Path, arguments: &[String]) -> Duration {
    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let elapsed = started.elapsed();
    assert!(status.is_ok(), "{} cannot be run", program.display());
    elapsed
}

/// The median without the first run, which warms up.
fn median(mut times: Vec<Duration>) -> Duration {
    times.remove(0);
    times.sort_unstable();
    times[times.len() / 2]
}
