//! The command line, through the real program: `testdata/cli/*.txt`.
//!
//! A file begins with the files of a folder, each below a line `--- PATH`
//! (`--- PATH -> TARGET` is a link). Then come commands, each a line that begins
//! with `$`; below it stands what it prints:
//!
//! ```text
//! $ NAME=value raftt-config check - --stdin-filename env.raftt < env.raftt
//! …standard output
//! [stderr]
//! …standard error
//! [exit 1]
//! [env.raftt]
//! …the content of a file that the command changed
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::golden::{self, Checked, check_all, repository};

#[test]
fn commands_print_what_is_expected() {
    let entries = fs::read_dir(repository("testdata/cli")).expect("the folder is there");
    let paths = entries.map(|it| it.expect("it can be read").path());
    let named = paths.map(|path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        (name.into_owned(), path)
    });
    check_all("command lines", named, |path| run_file(path));
}

fn run_file(path: &Path) -> Checked {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let start = if text.starts_with("$ ") {
        Some(0)
    } else {
        text.find("\n$ ").map(|at| at + 1)
    };
    let (setup, session) = text.split_at(start.ok_or("there is no command")?);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    set_up(setup, folder.path())?;
    let mut actual = setup.to_owned();
    for command in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let before = files(folder.path());
        _ = writeln!(actual, "$ {command}");
        actual.push_str(&run(command, folder.path())?);
        for (path, content) in files(folder.path()) {
            if before.get(&path) != Some(&content) {
                _ = write!(actual, "[{path}]\n{content}");
            }
        }
        actual.push('\n');
    }
    golden::check(path, &format!("{}\n", actual.trim_end()))
}

/// Makes the files below `--- PATH` lines.
pub(crate) fn set_up(setup: &str, folder: &Path) -> Checked {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in setup.split_inclusive('\n') {
        match (line.strip_prefix("--- "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim_end(), String::new())),
            (None, Some((_, content))) => content.push_str(line),
            (None, None) if line.starts_with('#') || line.trim().is_empty() => {}
            (None, None) => return Err(format!("before the first `--- PATH`: {line}")),
        }
    }
    for (path, content) in files {
        let (path, link) = path
            .split_once(" -> ")
            .map_or((path, None), |it| (it.0, Some(it.1)));
        let path = folder.join(path);
        let parent = path.parent().ok_or("the file has no folder")?;
        fs::create_dir_all(parent).map_err(|error| error.to_string())?;
        match link {
            #[cfg(unix)]
            Some(to) => std::os::unix::fs::symlink(to, path).map_err(|error| error.to_string())?,
            _ => fs::write(path, content).map_err(|error| error.to_string())?,
        }
    }
    Ok(())
}

/// What `command` prints, and how it ends.
fn run(command: &str, folder: &Path) -> Result<String, String> {
    let mut words = words(command).into_iter().peekable();
    let mut process = Command::new(env!("CARGO_BIN_EXE_raftt-config"));
    process.env_clear().env("HOME", folder).current_dir(folder);
    while let Some((name, value)) = words.peek().and_then(|it| it.split_once('=')) {
        process.env(name, value);
        words.next();
    }
    if words.next().as_deref() != Some("raftt-config") {
        return Err(format!("`{command}` does not run raftt-config"));
    }
    process.stdin(Stdio::null());
    while let Some(word) = words.next() {
        if word == "<" {
            let path = folder.join(words.next().ok_or("`<` needs a file")?);
            process.stdin(fs::File::open(path).map_err(|error| error.to_string())?);
        } else {
            process.arg(word);
        }
    }
    let output = process.output().map_err(|error| error.to_string())?;
    let [out, messages] = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
    let mut shown = out.into_owned();
    if !messages.is_empty() {
        _ = write!(shown, "[stderr]\n{messages}");
    }
    let code = output.status.code().ok_or("the program was killed")?;
    _ = writeln!(shown, "[exit {code}]");
    Ok(shown)
}

/// The words of a command line; blanks between single quotes separate none.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// The regular files below `folder` with their content.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() => {
                    let name = path
                        .strip_prefix(folder)
                        .unwrap_or(&path)
                        .display()
                        .to_string();
                    let content = fs::read(&path).unwrap_or_default();
                    found.insert(name, String::from_utf8_lossy(&content).into_owned());
                }
                _ => {}
            }
        }
    }
    found
}
