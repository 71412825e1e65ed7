//! What is read out of a project file.

use std::time::{Duration, Instant};

use super::{ProjectFile, read};
use crate::diagnostic::{Diagnostic, Severity};
use crate::options::Options;
use crate::source::{MemorySources, SourceMap};

fn read_text(text: impl Into<Vec<u8>>) -> (Option<ProjectFile>, Vec<Diagnostic>, SourceMap) {
    let sources = MemorySources::default()
        .with("raftt.yml", text)
        .with("env.raftt", "");
    let (mut map, mut diagnostics) = (SourceMap::default(), Vec::new());
    let file = read(&sources, &Options::default(), &mut map, &mut diagnostics);
    (file, diagnostics, map)
}

#[test]
fn values_know_their_places() {
    let text = "ENVDEFINITION: \"env.raftt\"\nhost: direct\nsecrets: {a: {inputcommand: b}}\n\
                directOptions:\n  searchLocalDockerRegistry: TRUE\n";
    let (file, diagnostics, map) = read_text(text);
    let file = file.expect("the file is read");
    assert!(file.is_complete);
    assert!(diagnostics.iter().all(|it| it.severity == Severity::Advice));
    let script = file.env_definition.expect("it is given");
    assert_eq!(script.value.value, "env.raftt");
    assert_eq!(map.text(script.value.span), "\"env.raftt\"");
    assert_eq!(map.text(script.key), "ENVDEFINITION");
    assert_eq!(
        file.host.map(|it| it.value.value).as_deref(),
        Some("direct")
    );
    let options = file.direct_options.expect("they are given");
    assert_eq!(map.text(options.key), "directOptions");
    let search = options.search_local_docker_registry;
    assert_eq!(search.map(|it| it.value.value), Some(true));
    assert_eq!(file.secrets[0].name.value, "a");
    let command = file.secrets[0].input_command.as_ref();
    assert_eq!(command.map(|it| it.value.value.as_str()), Some("b"));
}

#[test]
fn what_is_meant_is_read_past_mistakes() {
    let text = "envDefinition: [env.raftt]\ndirectOptions:\nsearchLocalDockerRegistry: yes\n\
                workloadIdentityServiceAccount: 12\nhost \"x\n";
    let (file, diagnostics, _) = read_text(text);
    let file = file.expect("the file is read");
    assert!(!file.is_complete);
    assert_eq!(diagnostics.len(), 6, "{diagnostics:#?}");
    let text = |entry: Option<super::Entry<String>>| entry.map(|it| it.value.value);
    assert_eq!(text(file.env_definition).as_deref(), Some("env.raftt"));
    let options = file.direct_options.expect("they are given");
    let account = text(options.workload_identity_service_account);
    assert_eq!(account.as_deref(), Some("12"));
    let search = options.search_local_docker_registry;
    assert_eq!(search.map(|it| it.value.value), Some(true));
}

#[test]
fn a_file_that_is_no_text_still_has_places() {
    let sources = MemorySources::default();
    let (mut map, mut diagnostics) = (SourceMap::default(), Vec::new());
    let file = read(&sources, &Options::default(), &mut map, &mut diagnostics);
    assert!(file.is_none());
    assert_eq!(map.text(diagnostics[0].span), "");
    for bytes in [&b"a: \xff\xfe"[..], b"\xff\xfea\0", b"a: \0"] {
        let (file, diagnostics, map) = read_text(bytes);
        assert!(file.is_none());
        assert_eq!(diagnostics.len(), 1);
        let [diagnostic] = diagnostics.as_slice() else {
            continue;
        };
        assert_eq!(map.text(diagnostic.span).len(), 1, "{}", diagnostic.message);
    }
}

#[test]
fn hostile_files_end_soon() {
    let lines = |line: &str| line.repeat(300_000 / line.len());
    let numbered = |prefix: &str, rest: &str| -> String {
        (0..20_000)
            .map(|n| format!("{prefix}{n}{rest}\n"))
            .collect()
    };
    let bomb: String = (1..30).fold("x-0: &x0 [a]\n".to_owned(), |text, level| {
        let before = level - 1;
        format!("{text}x-{level}: &x{level} [*x{before}, *x{before}, *x{before}]\n")
    });
    let merge_bomb = format!(
        "x: &x\n{}secrets:\n{}",
        numbered("  k", ": 1"),
        numbered("  s", ": {<<: *x}")
    );
    let cases = [
        ("many keys", numbered("k", ": 1")),
        ("near keys", numbered("host", ": 1")),
        ("same key", lines("host: 1\n")),
        ("other case", lines("host: a\nHost: a\nHOST: a\n")),
        ("misplaced", lines("workloadIdentityServiceAccount: 1\n")),
        ("script keys", lines("provider: 1\nregistries: 1\n")),
        ("secrets", format!("secrets:\n{}", numbered("  s", ": 1"))),
        (
            "options",
            format!("directOptions:\n{}", numbered("  searchLocal", ": 1")),
        ),
        ("data", format!("data:\n{}", lines("- service: 1\n"))),
        ("calls", lines("configure_cred_helper((\n")),
        ("brackets", "[".repeat(100_000)),
        ("alias bomb", bomb),
        ("merge bomb", merge_bomb),
        ("long key", format!("{}: 1", "k".repeat(1_000_000))),
        ("one line", format!("host: {}", "x".repeat(1_000_000))),
        (
            "account",
            format!(
                "directOptions: {{workloadIdentityServiceAccount: {}}}",
                "X".repeat(1_000_000)
            ),
        ),
    ];
    for (name, text) in cases {
        let start = Instant::now();
        let (_, diagnostics, _) = read_text(text);
        let took = start.elapsed();
        // Unoptimised and beside other tests; optimised it is a tenth.
        assert!(took < Duration::from_secs(5), "{name}: {took:?}");
        let longest = diagnostics.iter().map(|it| it.message.len()).max();
        assert!(longest < Some(5000), "{name}: {longest:?}");
        assert!(diagnostics.len() < 700, "{name}: {}", diagnostics.len());
    }
}
