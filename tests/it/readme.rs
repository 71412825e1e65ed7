//! The README's sessions are real: what stands below a command is what it prints.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use crate::golden::{self, repository};

/// How the README calls the program.
const PROGRAM: &str = "$ cargo run --quiet -- ";

/// How it calls the controller's example.
const CONTROLLER: &str = "$ cargo run --quiet --example controller -- ";

#[path = "../../examples/controller.rs"]
#[allow(dead_code, reason = "an example has a `main`")]
mod controller;

#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = repository("README.md");
    let text = std::fs::read_to_string(&path).expect("the README can be read");
    let mut actual = String::new();
    let mut is_session = false;
    for line in text.lines() {
        let is_fence = line.starts_with("```");
        let command = line.strip_prefix(PROGRAM);
        let example = line.strip_prefix(CONTROLLER);
        if let (true, Some(command)) = (is_session, command) {
            _ = writeln!(actual, "{line}\n{}", run(command).trim_end());
        } else if let (true, Some(arguments)) = (is_session, example) {
            _ = writeln!(actual, "{line}\n{}", run_controller(arguments).trim_end());
        } else if !is_session || is_fence {
            _ = writeln!(actual, "{line}");
        }
        if is_fence {
            is_session = !is_session && line == "```console";
        }
    }
    // A command that prints nothing leaves no empty line.
    let actual = actual.replace(
        &format!("testdata/sample-fixed\n\n{PROGRAM}"),
        &format!("testdata/sample-fixed\n{PROGRAM}"),
    );
    golden::check(&path, &actual).unwrap_or_else(|problem| panic!("{problem}"));
}

/// What the program prints to standard output, in the repository's root.
fn run(arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_raftt-config"))
        .args(arguments.split_whitespace())
        .env_clear()
        .current_dir(repository(""))
        .stdin(Stdio::null())
        .output()
        .expect("the program can be run");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What the controller's example prints there.
fn run_controller(arguments: &str) -> String {
    let place = |argument: &str| {
        let path = repository(argument);
        path.to_string_lossy().into_owned()
    };
    let arguments: Vec<String> = arguments.split_whitespace().map(place).collect();
    let mut out = Vec::new();
    controller::run(&arguments, &mut out).expect("the example runs");
    // In a process of its own, it is the same.
    let mut sandboxed = arguments;
    sandboxed.push(env!("CARGO_BIN_EXE_raftt-config").to_owned());
    let mut again = Vec::new();
    controller::run(&sandboxed, &mut again).expect("the example runs");
    let [out, again] = [out, again].map(|it| String::from_utf8_lossy(&it).into_owned());
    if cfg!(target_os = "linux") {
        assert_eq!(out, again);
    }
    out
}
