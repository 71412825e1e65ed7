//! What editors are told, case by case.
//!
//! A case is a file `testdata/ide/FEATURE/NAME.txt`: the text of `env.raftt`, or
//! several files, each below a line `==> PATH <==`. `namespace.yaml` is a snapshot,
//! not a file of the project. What is asked for is marked with `‸`. What is
//! answered stands beside it in `NAME.out`.

mod answers;
mod changes;
mod project;
mod robust;

use std::fs;
use std::path::PathBuf;

use crate::golden::{self, Checked, repository};
use project::Project;

/// A case of a feature.
struct Case {
    project: Project,
    out: PathBuf,
}

/// The cases of `feature`, by name.
fn cases(feature: &str) -> Vec<(String, Case)> {
    let folder = repository("testdata/ide").join(feature);
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let files = entries
        .map(|it| it.path())
        .filter(|it| it.extension().is_some_and(|it| it == "txt"));
    let mut cases: Vec<_> = files
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a case is a text");
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let case = Case {
                project: Project::read(&text),
                out: path.with_extension("out"),
            };
            (format!("{feature}/{name}"), case)
        })
        .collect();
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

/// Whether every case of `feature` is answered as its golden says.
fn check(feature: &str, answer: impl Fn(&Project) -> String + Sync) {
    let cases = cases(feature);
    assert!(!cases.is_empty(), "there are cases of {feature}");
    golden::check_all("cases", cases, |case| -> Checked {
        golden::check(&case.out, &answer(&case.project))
    });
}

#[test]
fn hovers() {
    check("hover", answers::hovers);
}

#[test]
fn symbols() {
    check("symbols", answers::symbols);
}

#[test]
fn foldings() {
    check("folding", answers::foldings);
}

#[test]
fn completions() {
    check("completion", answers::completions);
}

#[test]
fn signatures() {
    check("signature", answers::signatures);
}

#[test]
fn definitions() {
    check("definition", changes::definitions);
}

#[test]
fn references() {
    check("references", changes::references);
}

#[test]
fn renames() {
    check("rename", changes::renames);
}

#[test]
fn links() {
    check("links", changes::links);
}

#[test]
fn actions() {
    check("actions", changes::actions);
}
