//! The README's sessions are real: what stands below a command is what it prints.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use crate::golden::{self, repository};

/// How the README calls the program.
const PROGRAM: &str = "$ cargo run --quiet -- ";

#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = repository("README.md");
    let text = std::fs::read_to_string(&path).expect("the README can be read");
    let mut actual = String::new();
    let mut is_session = false;
    for line in text.lines() {
        let is_fence = line.starts_with("```");
        let command = line.strip_prefix(PROGRAM);
        if let (true, Some(command)) = (is_session, command) {
            _ = writeln!(actual, "{line}\n{}", run(command).trim_end());
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
