//! How fast the language server answers, as an editor sees it: from its start, and from
//! each change to what is wrong with the text. `cargo bench --bench lsp`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and makes its own inputs"
)]

use std::fs;
use std::io::BufReader;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

const CHANGES: usize = 30;

fn main() {
    // `cargo test --benches` only asks whether the benchmark builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-lsp");
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join("raftt.yml"), "envDefinition: env.raftt\n").expect("it can be written");
    println!(
        "{:<12} {:>12} {:>12} {:>12} {:>10}",
        "", "initialize", "open", "change", "memory"
    );
    for lines in [100, 2_000, 10_000] {
        let script = script(lines);
        fs::write(folder.join("env.raftt"), &script).expect("it can be written");
        let session = Session::run(&folder, &script);
        println!(
            "{:<12} {:>12.1?} {:>12.1?} {:>12.1?} {:>7} MiB",
            format!("{lines} lines"),
            session.initialize,
            session.open,
            session.change,
            session.memory >> 10,
        );
    }
}

/// A script of that length that does what scripts do.
fn script(lines: usize) -> String {
    let mut script = String::from("resources = namespace_resources()\n");
    for index in 0..lines / 4 {
        script.push_str(&format!(
            "name{index} = \"service-{index}\"\n\
             image{index} = \"quay.io/shop/%s:1.{index}\" % name{index}\n\
             def configure{index}(workload):\n    workload.container(name{index}).env(\"IMAGE\", image{index})\n",
        ));
    }
    script + "deploy(resources)\n"
}

/// What was measured.
struct Session {
    initialize: Duration,
    open: Duration,
    /// The median.
    change: Duration,
    /// The most that was used, in KiB.
    memory: usize,
}

impl Session {
    fn run(folder: &Path, script: &str) -> Self {
        let uri = |path: &str| format!("file://{}", folder.join(path).display());
        let start = Instant::now();
        let mut server = Server::start();
        let params = json!({
            "capabilities": {"general": {"positionEncodings": ["utf-8"]}},
            "workspaceFolders": [{"uri": uri(""), "name": "bench"}],
        });
        server.send(Request::new(1.into(), "initialize".to_owned(), params));
        server.wait(|message| matches!(message, Message::Response(_)));
        let initialize = start.elapsed();
        server.send(Notification::new("initialized".to_owned(), json!({})));

        let document = json!({
            "uri": uri("env.raftt"), "languageId": "raftt", "version": 0, "text": script,
        });
        let open = server.measure("textDocument/didOpen", json!({"textDocument": document}));
        let end = script.lines().count();
        let mut changes: Vec<_> = (0..CHANGES)
            .map(|index| {
                // A mistake comes and goes, so that there is something to say.
                let (from, text) = match index % 2 {
                    0 => (6, "deploi"),
                    _ => (6, "deploy"),
                };
                let range = json!({
                    "start": {"line": end - 1, "character": 0},
                    "end": {"line": end - 1, "character": from},
                });
                let params = json!({
                    "textDocument": {"uri": uri("env.raftt"), "version": index + 1},
                    "contentChanges": [{"range": range, "text": text}],
                });
                server.measure("textDocument/didChange", params)
            })
            .collect();
        changes.sort();
        let memory = server.memory();
        server.send(Request::new(2.into(), "shutdown".to_owned(), Value::Null));
        server.wait(|message| matches!(message, Message::Response(_)));
        server.send(Notification::new("exit".to_owned(), Value::Null));
        let _ = server.process.wait();
        Self {
            initialize,
            open,
            change: changes[changes.len() / 2],
            memory,
        }
    }
}

struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_raftt-config"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server can be started");
        Self {
            input: process.stdin.take().expect("it has an input"),
            output: BufReader::new(process.stdout.take().expect("it has an output")),
            process,
        }
    }

    fn send(&mut self, message: impl Into<Message>) {
        let sent = message.into().write(&mut self.input);
        sent.expect("the server listens");
    }

    fn wait(&mut self, is_it: impl Fn(&Message) -> bool) {
        loop {
            let message = Message::read(&mut self.output).expect("the server speaks");
            if is_it(&message.expect("the server has not ended")) {
                return;
            }
        }
    }

    /// How long it takes until the server says what is wrong.
    fn measure(&mut self, method: &str, params: Value) -> Duration {
        let start = Instant::now();
        self.send(Notification::new(method.to_owned(), params));
        self.wait(|message| {
            matches!(message, Message::Notification(it) if it.method == "textDocument/publishDiagnostics")
        });
        start.elapsed()
    }

    /// The most memory that it used, in KiB; 0 where that cannot be told.
    fn memory(&self) -> usize {
        let path = format!("/proc/{}/status", self.process.id());
        let status = fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
        let number = line.and_then(|it| it.split_whitespace().next());
        number.and_then(|it| it.parse().ok()).unwrap_or(0)
    }
}
