//! The git hooks, run by the real `pre-commit` and by the real `prek`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::golden::repository;

/// Where a virtual environment with the programs is looked for.
const PROGRAMS: &str = "target/pre-commit/bin";

/// Where the wheel is, once it is built.
const WHEELS: &str = "target/pre-commit/wheels";

const HOW_TO_GET_THEM: &str = "python3 -m venv target/pre-commit && \
     target/pre-commit/bin/pip install pre-commit==4.7.0 prek==0.5.11 maturin==1.16.0";

#[test]
fn the_hook_stops_a_commit_with_mistakes() {
    for runner in runners() {
        let project = Project::new(&runner);
        project.configure(&["raftt-config-installed"]);
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
        let messages = output.matches("`deploi` is not defined").count();
        assert_eq!(messages, 1, "{output}");
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
            is_committed && output.contains("no files to check"),
            "{output}"
        );
    }
}

#[test]
fn the_hook_for_whole_projects_runs_for_all_that_they_read() {
    for runner in runners() {
        let project = Project::new(&runner);
        project.configure(&["raftt-config-project-installed"]);
        project.write(
            "env.raftt",
            "deploy(load_docker_compose(\"docker-compose.yml\"))\n",
        );
        project.write(
            "docker-compose.yml",
            "services:\n  web:\n    image: nginx:1.27\n",
        );
        project.run("git", &["add", "."]);
        let (is_committed, output) = project.commit();
        assert!(is_committed, "{output}");

        // The script did not change, what it reads did.
        project.write(
            "docker-compose.yml",
            "services:\n  web:\n    image: Nginx:1.27\n",
        );
        project.run("git", &["add", "docker-compose.yml"]);
        let (is_committed, output) = project.commit();
        assert!(!is_committed, "{output}");
        assert!(output.contains("docker-compose.yml:3:12"), "{output}");

        project.run("git", &["reset", "--hard", "--quiet"]);
        project.write("notes.txt", "no script\n");
        project.run("git", &["add", "notes.txt"]);
        let (is_committed, output) = project.commit();
        assert!(
            is_committed && output.contains("no files to check"),
            "{output}"
        );
    }
}

/// The way of a user: the hook's repository is cloned and built.
#[test]
#[ignore = "builds the program anew; `.ci/run` runs it"]
fn the_hook_builds_itself() {
    for runner in runners() {
        let project = Project::new(&runner);
        project.write("env.raftt", "deploi(namespace_resources())\n");
        project.run("git", &["add", "."]);
        let hooks = repository("").display().to_string();
        // The other hook that is built is the same program, and building takes a minute.
        let arguments = ["try-repo", &hooks, "raftt-config", "--all-files"];
        let (is_right, output) = project.try_run(&runner, &arguments);
        assert!(
            !is_right && output.contains("`deploi` is not defined"),
            "{output}"
        );
    }
}

/// The way of a user without Rust: the hook that the README shows installs the wheel.
#[test]
#[ignore = "needs the wheel, which `.ci/run` builds"]
fn the_wheel_is_a_hook() {
    let wheels = fs::read_dir(repository(WHEELS)).into_iter().flatten();
    assert_eq!(wheels.count(), 1, "one wheel is expected in {WHEELS}");
    let readme = fs::read_to_string(repository("README.md")).expect("it can be read");
    let start = readme
        .find("repos:\n  - repo: local\n")
        .expect("the README shows it");
    let end = start + readme[start..].find("```").expect("the block ends");
    for runner in runners() {
        let project = Project::new(&runner);
        project.write(".pre-commit-config.yaml", &readme[start..end]);
        project.write("env.raftt", "deploi(namespace_resources())\n");
        project.run("git", &["add", "."]);
        let (is_right, output) = project.try_run(&runner, &["run", "--all-files"]);
        assert!(
            !is_right && output.contains("`deploi` is not defined"),
            "{output}"
        );
    }
}

/// The programs that run hooks; none where they are missing and may be.
#[allow(clippy::print_stderr, reason = "a test that did not run should say so")]
fn runners() -> Vec<PathBuf> {
    let programs = ["pre-commit", "prek"].map(|it| repository(PROGRAMS).join(it));
    if programs.iter().all(|it| it.exists()) {
        return programs.into();
    }
    let message = format!("{PROGRAMS} lacks programs; get them with\n  {HOW_TO_GET_THEM}");
    assert!(std::env::var_os("CI").is_none(), "{message}");
    eprintln!("not run: {message}");
    Vec::new()
}

/// A user's repository with the hook, and a repository that the hook comes from.
struct Project {
    folder: tempfile::TempDir,
    hooks: tempfile::TempDir,
    runner: PathBuf,
}

impl Project {
    fn new(runner: &Path) -> Self {
        let folder = || tempfile::tempdir().expect("a folder can be made");
        let project = Self {
            folder: folder(),
            hooks: folder(),
            runner: runner.to_owned(),
        };
        project.run("git", &["init", "--quiet"]);
        project.write("raftt.yml", "envDefinition: env.raftt\n");
        project
    }

    /// Uses `hooks` of this repository.
    fn configure(&self, hooks: &[&str]) {
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
            text.push_str(&format!("  - id: {hook}\n"));
        }
        self.write(".pre-commit-config.yaml", &text);
        self.run(&self.runner, &["install"]);
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
        // The installed program is the one that is tested.
        let program_folder = Path::new(env!("CARGO_BIN_EXE_raftt-config")).parent();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = program_folder.into_iter().map(Path::to_owned);
        let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)));
        let output = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .env("PATH", path.expect("no folder has a `:`"))
            .env("PRE_COMMIT_HOME", repository("target/pre-commit/home"))
            .env("PREK_HOME", repository("target/pre-commit/prek"))
            .env("PRE_COMMIT_COLOR", "never")
            .env("PREK_COLOR", "never")
            .env("PIP_FIND_LINKS", repository(WHEELS))
            .env("UV_FIND_LINKS", repository(WHEELS))
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
