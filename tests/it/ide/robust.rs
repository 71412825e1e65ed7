//! Whatever a file holds, and wherever it is looked at: there is an answer.

use std::fs;

use raftt_config::ide;

use super::cases;
use super::project::{File, Project};
use crate::golden::{Checked, check_all, repository};

/// Every function, at every place of every file.
fn ask_everything(project: &Project) -> Checked {
    for file in &project.files {
        ask_file(project, &file.path);
    }
    Ok(())
}

fn ask_file(project: &Project, path: &str) {
    let view = project.view();
    _ = ide::symbols(&view, path);
    _ = ide::folding(&view, path);
    _ = ide::links(&view, path);
    let length = project.text(path).len();
    let step = (length / 2_000).max(1);
    // Past the end, too.
    for offset in (0..length + 3).step_by(step) {
        ask_at(project, path, offset);
    }
}

fn ask_at(project: &Project, path: &str, offset: usize) {
    let view = project.view();
    let length = project.text(path).len();
    let is_in_text =
        |range: std::ops::Range<usize>| assert!(range.start <= range.end && range.end <= length);
    if let Some(hover) = ide::hover(&view, path, offset) {
        is_in_text(hover.range);
    }
    for one in ide::completion(&view, path, offset) {
        is_in_text(one.replaces);
    }
    _ = ide::signature_help(&view, path, offset);
    _ = ide::definition(&view, path, offset);
    _ = ide::references(&view, path, offset, true);
    if ide::prepare_rename(&view, path, offset).is_ok() {
        _ = ide::rename(&view, path, offset, "new_name");
    }
    _ = ide::code_actions(&view, path, &(offset..offset));
}

#[test]
fn every_place_of_every_case_is_answered() {
    let features = fs::read_dir(repository("testdata/ide"))
        .expect("there are cases")
        .flatten();
    let names = features.map(|it| it.file_name().to_string_lossy().into_owned());
    let all = names.flat_map(|it| cases(&it));
    check_all("cases", all, |case| ask_everything(&case.project));
}

#[test]
fn every_beginning_of_a_file_is_answered() {
    let features = ["hover", "completion"];
    let all = features.into_iter().flat_map(cases);
    check_all("cases", all, |case| {
        for file in case.project.files.iter().filter(|it| is_short(it)) {
            let ends = file.text.char_indices().map(|(at, _)| at);
            for end in ends.step_by(61) {
                let text = format!("==> {} <==\n{}\\EOF", file.path, &file.text[..end]);
                let project = Project::read(&text);
                let view = project.view();
                _ = ide::symbols(&view, &file.path);
                _ = ide::folding(&view, &file.path);
                ask_at(&project, &file.path, end);
            }
        }
        Ok(())
    });
}

#[test]
fn what_is_made_to_break_things_is_answered() {
    let many = 20_000;
    let texts = [
        "(".repeat(many),
        "[".repeat(many) + &")".repeat(many),
        "((]".repeat(many),
        "a.".repeat(many),
        "a(b".repeat(many),
        "-".repeat(many),
        "not ".repeat(many) + "x",
        "lambda x: ".repeat(many),
        "x = ".repeat(many),
        "if x:\n ".repeat(500),
        (0..500).map(|it| " ".repeat(it) + "if x:\n").collect(),
        (0..300).map(|it| " ".repeat(it) + "def f():\n").collect(),
        "a if b else ".repeat(many),
        "[x for x in ".repeat(many),
        "f\"{".repeat(many),
        "\"\"\"".repeat(many + 1),
        "x, ".repeat(many) + "= 1",
        "{".repeat(many) + ":",
        "\\\n".repeat(many),
        "x = x\n".repeat(500),
        "def f(): return f()\nf().\n".to_owned(),
        "load(\"env.raftt\", \"a\")\na.\n".to_owned(),
        "\u{feff}ä = “x”\r\n\0\u{7f}".to_owned(),
        "a: ".repeat(many),
        "- ".repeat(many),
        "? ".repeat(many),
        "&a [*a]".repeat(100),
    ];
    let inputs = texts.into_iter().flat_map(|text| {
        ["env.raftt", "raftt.yml"].map(|path| {
            let name = format!("{path}: {}", text.chars().take(12).collect::<String>());
            (name, format!("==> {path} <==\n{text}\\EOF"))
        })
    });
    check_all("texts", inputs, |text| {
        let project = Project::read(text);
        for file in &project.files {
            let view = project.view();
            _ = ide::symbols(&view, &file.path);
            _ = ide::folding(&view, &file.path);
            let length = file.text.len();
            for offset in [0, 1, length / 2, length.saturating_sub(1), length] {
                ask_at(&project, &file.path, offset);
            }
        }
        Ok(())
    });
}

/// Whether a file of the project is short enough to be cut at many places.
fn is_short(file: &File) -> bool {
    file.text.len() < 3_000 && file.path != "namespace.yaml"
}

#[test]
fn projects_of_all_other_tests_are_answered() {
    crate::cases::run(|case| {
        let project = Project::of(case);
        for file in project.files.iter().filter(|it| it.text.len() < 20_000) {
            let length = file.text.len();
            for offset in [length / 3, length * 2 / 3, length] {
                ask_at(&project, &file.path, offset);
            }
        }
        Ok(())
    });
}
