//! The library alone, as the controller uses it.

use std::process::Command;

use crate::golden::repository;

/// What only the command line, the language server or the tests need. (The engine itself
/// brings `lsp-types`.)
const NOT_IN_THE_LIBRARY: &[&str] = &[
    "clap",
    "gen-lsp-types",
    "ignore",
    "indicatif",
    "jsonschema",
    "lsp-server",
    "miette",
    "notify",
    "rayon",
    "similar",
];

#[test]
fn the_library_pulls_in_neither_the_command_line_nor_the_language_server() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--edges",
            "normal",
            "--no-default-features",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}", "--offline", "--locked"])
        .current_dir(repository(""))
        .output()
        .expect("cargo can be run");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let text = String::from_utf8_lossy(&output.stdout);
    let names: Vec<&str> = text.lines().filter_map(|it| it.split(' ').next()).collect();
    assert!(names.contains(&"starlark"), "{text}");
    let is_front = |name: &&&str| {
        NOT_IN_THE_LIBRARY
            .iter()
            .any(|it| *name == it || name.starts_with(&format!("{it}_")))
    };
    let fronts: Vec<_> = names.iter().filter(is_front).collect();
    assert!(fronts.is_empty(), "{fronts:?}");
}
