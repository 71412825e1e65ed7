//! Projects that are analyzed in a process of their own.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use raftt_config::plan::Status;
use raftt_config::sandbox::{ChildAnalysis, ChildError, ChildRequest, Limits, analyze_in_child};
use raftt_config::{DiskSources, Options, analyze};

use crate::golden::{Checked, check_all, repository};

const PROGRAM: &str = env!("CARGO_BIN_EXE_raftt-config");

fn in_child(script: &[u8], limits: &Limits) -> Result<ChildAnalysis, ChildError> {
    let folder = project(script);
    analyze_in_child(&ChildRequest::new(PROGRAM, folder.path()), limits)
}

fn project(script: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is a folder");
    let file = "envDefinition: env.raftt\nhost: direct\n";
    fs::write(folder.path().join("raftt.yml"), file).expect("it is written");
    fs::write(folder.path().join("env.raftt"), script).expect("it is written");
    folder
}

#[test]
fn a_child_finds_what_is_found_here() {
    let folder = repository("testdata/cases/projects/connect-mode");
    let mut request = ChildRequest::new(PROGRAM, &folder);
    let there = analyze_in_child(&request, &Limits::default()).expect("it is analyzed");
    let here = analyze(&DiskSources::new(&folder), &Options::default());
    assert_eq!(there.plan, here.plan);
    assert_eq!(there.errors, 0);
    request.snapshot.push(folder.join("namespace.yaml"));
    let with_secrets = analyze_in_child(&request, &Limits::default()).expect("it is analyzed");
    assert!(with_secrets.plan.images.len() > there.plan.images.len());
}

#[test]
fn mistakes_are_diagnostics_and_no_failure() {
    let found = in_child(b"configure_cred_helper(\"gpc\")\n", &Limits::default());
    let found = found.expect("it is analyzed");
    assert_eq!(found.errors, 1);
    assert!(found.diagnostics.contains("unknown-provider"));
}

/// Scripts that bring the engine down when nothing is done about them, each with the
/// name of what it does.
fn hostile() -> Vec<(String, Vec<u8>)> {
    let nested = |open: &str, close: &str, count: usize| {
        format!("x = {}1{}\n", open.repeat(count), close.repeat(count))
    };
    let texts = [
        ("brackets", nested("[", "]", 100_000)),
        ("parentheses", nested("(", ")", 100_000)),
        ("nots", format!("x = {}True\n", "not ".repeat(200_000))),
        ("minuses", format!("x = {}1\n", "-".repeat(300_000))),
        ("calls", nested("str(", ")", 50_000)),
        ("sums", format!("x = 1{}\n", "+1".repeat(200_000))),
        ("choices", format!("x = 1{}\n", " if 1 else 1".repeat(100_000))),
        ("functions", {
            let lines = (0..3_000).map(|depth| format!("{}def f():\n", " ".repeat(depth)));
            lines.collect::<String>() + &" ".repeat(3_000) + "pass\n"
        }),
        ("long text", "x = \"a\" * 2000000000\ny = x + x\n".to_owned()),
        ("long list", "x = [0] * 1000000000\n".to_owned()),
        ("range", "x = list(range(2000000000))\n".to_owned()),
        ("doubling lists", "x = [0]\n".to_owned() + &"x = x + x\n".repeat(60)),
        ("doubling texts", "x = \"a\"\n".to_owned() + &"x = x + x\n".repeat(60)),
        (
            "join",
            "x = \",\".join([\"a\" * 1000000 for _ in range(20000)])\n".to_owned(),
        ),
        (
            "nested values",
            "x = []\nfor _ in range(100000):\n    x = [x]\nprint(str(x), x == x)\n".to_owned(),
        ),
        ("shift", "x = 1 << 1000000000\n".to_owned()),
        (
            "endless loop",
            "def f():\n    for _ in range(100000):\n        for _ in range(100000):\n            pass\nf()\n".to_owned(),
        ),
        ("recursion", "def f(n):\n    return f(n - 1) + f(n - 2)\nf(45)\n".to_owned()),
        ("json", "x = json.decode(\"[\" * 1000000)\n".to_owned()),
    ];
    let texts = texts.into_iter();
    let mut all: Vec<_> = texts
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect();
    all.push(("no text".to_owned(), vec![0xff, 0xfe, b'x', 0, b'=']));
    all.push(("zero byte".to_owned(), b"x = 1\0\n".to_vec()));
    all
}

#[test]
fn hostile_scripts_give_a_plan_or_a_clear_error() {
    let cases = hostile().into_iter();
    check_all("hostile scripts", cases, |script| -> Checked {
        match in_child(script, &Limits::default()) {
            Ok(found) if found.plan.status == Status::Partial || found.errors == 0 => Ok(()),
            Ok(found) => Err(format!("its plan is complete: {}", found.diagnostics)),
            // The system ended it, and nothing else came of it.
            Err(
                ChildError::OutOfMemory
                | ChildError::OutOfTime
                | ChildError::TooSlow
                | ChildError::Crashed(_),
            ) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    });
}

#[test]
fn too_little_memory_is_said() {
    let mut limits = Limits::default();
    // Less than the stack of an evaluation.
    limits.memory = 128 << 20;
    match in_child(b"x = 1\n", &limits) {
        Ok(found) => {
            assert_eq!(found.plan.status, Status::Partial);
            assert!(
                found.diagnostics.contains("limit-exceeded"),
                "{}",
                found.diagnostics
            );
        }
        Err(error) => assert!(
            matches!(
                error,
                ChildError::OutOfMemory | ChildError::Crashed(_) | ChildError::Refused(_)
            ),
            "{error}"
        ),
    }
}

/// A program that does `what`.
fn program(folder: &Path, what: &str) -> ChildRequest {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("program");
    fs::write(&path, format!("#!/bin/sh\n{what}\n")).expect("it is written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it may be run");
    ChildRequest::new(path, folder)
}

/// Why nothing came of a program that was just written.
fn ended(request: &ChildRequest, limits: &Limits) -> ChildError {
    loop {
        match analyze_in_child(request, limits).expect_err("it gives no plan") {
            // Another thread was starting a program while this one was written.
            ChildError::Program(error) if error.kind() == ErrorKind::ExecutableFileBusy => {}
            error => return error,
        }
    }
}

#[test]
fn whatever_becomes_of_the_program_is_an_error() {
    let folder = tempfile::tempdir().expect("there is a folder");
    let mut limits = Limits::default();
    limits.time = Duration::from_secs(5);
    limits.cpu_seconds = 1;
    limits.answer = 1 << 20;
    let run = |what: &str, limits: &Limits| ended(&program(folder.path(), what), limits);
    assert!(matches!(
        run("while :; do :; done", &limits),
        ChildError::OutOfTime
    ));
    assert!(matches!(
        run("kill -SEGV $$", &limits),
        ChildError::Crashed(11)
    ));
    assert!(matches!(run("echo nothing", &limits), ChildError::Plan(_)));
    assert!(matches!(
        run("cat /dev/zero | head -c 2000000", &limits),
        ChildError::TooLarge
    ));
    let refused = run("echo 'raftt-config: no such folder' >&2; exit 2", &limits);
    assert_eq!(
        refused.to_string(),
        "the project was not analyzed: no such folder"
    );
    let newer = r#"echo '{"kind": "RegistryAccessPlan", "apiVersion": "registry-access/v2"}'"#;
    let expected = "the plan is of version `registry-access/v2`; `registry-access/v1` can be read";
    assert_eq!(run(newer, &limits).to_string(), expected);
    let nowhere = ChildRequest::new(folder.path().join("none"), folder.path());
    let error = analyze_in_child(&nowhere, &limits).expect_err("it is not there");
    assert!(matches!(error, ChildError::Program(_)), "{error}");
}

#[test]
fn what_the_program_started_ends_with_it() {
    let folder = tempfile::tempdir().expect("there is a folder");
    let started = folder.path().join("started");
    let what = format!("sleep 600 &\necho $! > {}\nwait", started.display());
    let mut limits = Limits::default();
    // Time enough for a busy machine to start it.
    limits.time = Duration::from_secs(3);
    let error = ended(&program(folder.path(), &what), &limits);
    assert!(matches!(error, ChildError::TooSlow), "{error}");
    let id = fs::read_to_string(started).expect("it has started");
    let stat = || fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
    // Nobody may have asked yet how it ended, and a busy machine takes its time.
    let has_ended = || stat().is_empty() || stat().contains(") Z ");
    let is_over = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        has_ended()
    });
    assert!(is_over, "{}", stat());
}
