//! The git hook, run by the real `pre-commit`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::golden::repository;

/// Where a virtual environment with `pre-commit` is looked for.
const PROGRAM: &str = "target/pre-commit/bin/pre-commit";

const HOW_TO_GET_IT: &str = "python3 -m venv target/pre-commit && \
     target/pre-commit/bin/pip install pre-commit==4.7.0";

#[test]
fn the_hook_stops_a_commit_with_mistakes() {
    let Some(pre_commit) = pre_commit() else {
        return;
    };
    let project = Project::new(&pre_commit);
    // Building the program is another test's matter: this one takes what is built.
    let program = env!("CARGO_BIN_EXE_raftt-config");
    let built = format!("language: system\n    entry: {program} check");
    project.configure(&["raftt-config"], &built);
    project.write(
        "env.raftt",
        "load(\"lib.raftt\", \"deploy_all\")\ndeploy_all()\n",
    );
    project.write(
        "lib.raftt",
        "def deploy_all():\n    deploi(namespace_resources())\n",
    );
    project.write("notes.txt", "deploi\n");
    project.run("git", &["add", "."]);

    let (is_committed, output) = project.commit();
    assert!(!is_committed, "{output}");
    assert_eq!(
        output.matches("`deploi` is not defined").count(),
        1,
        "{output}"
    );
    assert!(output.contains("lib.raftt:2:5"), "{output}");

    project.write(
        "lib.raftt",
        "def deploy_all():\n    deploy(namespace_resources())\n",
    );
    project.run("git", &["add", "."]);
    let (is_committed, output) = project.commit();
    assert!(is_committed, "{output}");

    project.write("notes.txt", "no script\n");
    project.run("git", &["add", "."]);
    let (is_committed, output) = project.commit();
    assert!(
        is_committed && output.contains("(no files to check)"),
        "{output}"
    );
}

#[test]
fn the_hook_for_all_projects_needs_no_changed_script() {
    let Some(pre_commit) = pre_commit() else {
        return;
    };
    let project = Project::new(&pre_commit);
    let program = env!("CARGO_BIN_EXE_raftt-config");
    let built = format!("language: system\n    entry: {program} check");
    project.configure(&["raftt-config-all"], &built);
    project.write("env.raftt", "deploi(namespace_resources())\n");
    project.write("notes.txt", "no script\n");
    project.run("git", &["add", "notes.txt"]);
    let (is_committed, output) = project.commit();
    // Git hides from a hook what is not staged: the project file is, the script is not.
    assert!(!is_committed || !output.contains("deploi"), "{output}");
    project.run("git", &["add", "."]);
    let (is_committed, output) = project.commit();
    assert!(
        !is_committed && output.contains("`deploi` is not defined"),
        "{output}"
    );
}

/// The way of a user: the hook's repository is cloned and built.
#[test]
#[ignore = "builds the program anew; `.ci/run` runs it"]
fn the_hook_builds_itself() {
    let Some(pre_commit) = pre_commit() else {
        return;
    };
    let project = Project::new(&pre_commit);
    project.write("env.raftt", "deploi(namespace_resources())\n");
    project.run("git", &["add", "."]);
    let arguments = [
        "try-repo",
        &repository("").display().to_string(),
        "raftt-config",
        "--all-files",
    ];
    let (is_right, output) = project.try_run(&pre_commit, &arguments);
    assert!(
        !is_right && output.contains("`deploi` is not defined"),
        "{output}"
    );
}

/// The program, or nothing where it is missing and may be.
#[allow(clippy::print_stderr, reason = "a test that did not run should say so")]
fn pre_commit() -> Option<PathBuf> {
    let program = repository(PROGRAM);
    if program.exists() {
        return Some(program);
    }
    let message = format!("{PROGRAM} is missing; get it with\n  {HOW_TO_GET_IT}");
    assert!(std::env::var_os("CI").is_none(), "{message}");
    eprintln!("not run: {message}");
    None
}

/// A user's repository with the hook, and a repository that the hook comes from.
struct Project {
    folder: tempfile::TempDir,
    hooks: tempfile::TempDir,
    pre_commit: PathBuf,
}

impl Project {
    fn new(pre_commit: &Path) -> Self {
        let folder = || tempfile::tempdir().expect("a folder can be made");
        let project = Self {
            folder: folder(),
            hooks: folder(),
            pre_commit: pre_commit.to_owned(),
        };
        project.run("git", &["init", "--quiet"]);
        project.write("raftt.yml", "envDefinition: env.raftt\n");
        project
    }

    /// Uses `hooks` of this repository, with `extra` keys.
    fn configure(&self, hooks: &[&str], extra: &str) {
        let manifest = fs::read_to_string(repository(".pre-commit-hooks.yaml"));
        let path = self.hooks.path().join(".pre-commit-hooks.yaml");
        fs::write(path, manifest.expect("it can be read")).expect("it can be written");
        let git = |arguments: &[&str]| {
            let (is_right, output) =
                self.try_run_in(self.hooks.path(), Path::new("git"), arguments);
            assert!(is_right, "{output}");
            output
        };
        git(&["init", "--quiet"]);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", "hooks"]);
        let commit = git(&["rev-parse", "HEAD"]);
        let mut text = format!(
            "repos:\n- repo: {}\n  rev: {}\n  hooks:\n",
            self.hooks.path().display(),
            commit.trim()
        );
        for hook in hooks {
            text.push_str(&format!("  - id: {hook}\n    {extra}\n"));
        }
        self.write(".pre-commit-config.yaml", &text);
        self.run(&self.pre_commit, &["install"]);
    }

    fn write(&self, path: &str, content: &str) {
        fs::write(self.folder.path().join(path), content).expect("the file can be written");
    }

    fn commit(&self) -> (bool, String) {
        self.try_run(Path::new("git"), &["commit", "--message", "try"])
    }

    fn run(&self, program: impl AsRef<Path>, arguments: &[&str]) {
        let (is_right, output) = self.try_run(program.as_ref(), arguments);
        assert!(is_right, "{output}");
    }

    fn try_run(&self, program: &Path, arguments: &[&str]) -> (bool, String) {
        self.try_run_in(self.folder.path(), program, arguments)
    }

    /// Whether the program ends well, and what it prints.
    fn try_run_in(&self, folder: &Path, program: &Path, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .env("PRE_COMMIT_HOME", repository("target/pre-commit/home"))
            .env("PRE_COMMIT_COLOR", "never")
            // What is built stays for the next run, and is built without polish.
            .env("CARGO_TARGET_DIR", repository("target/pre-commit/target"))
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .envs([
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ])
            .envs(["AUTHOR", "COMMITTER"].map(|it| (format!("GIT_{it}_NAME"), "Test")))
            .envs(["AUTHOR", "COMMITTER"].map(|it| (format!("GIT_{it}_EMAIL"), "test@example.com")))
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .expect("the program can be started");
        let text = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&text).into_owned(),
        )
    }
}
