//! Answers that lead elsewhere, and changes.

use std::fmt::Write as _;

use raftt_config::ide::{self, FileEdits, TextEdit};

use super::answers::{at_marks, each_file, line_of};
use super::project::Project;

/// The text at a place of the project, with the line around it.
fn shown(project: &Project, path: &str, range: &std::ops::Range<usize>) -> String {
    let place = project.place(path, range.start);
    let line = line_of(project.text(path), range.start);
    format!("{path}:{place}: {}", line.trim_start())
}

pub(super) fn definitions(project: &Project) -> String {
    at_marks(project, |path, mark| {
        let Some(found) = ide::definition(&project.view(), path, mark) else {
            return String::new();
        };
        let of = &project.text(path)[found.origin.clone()];
        format!(
            "`{of}` is at {}",
            shown(project, &found.target.path, &found.target.range)
        )
    })
}

pub(super) fn references(project: &Project) -> String {
    at_marks(project, |path, mark| {
        let view = project.view();
        let mut text = String::new();
        for found in ide::references(&view, path, mark, true) {
            _ = writeln!(text, "{}", shown(project, &found.path, &found.range));
        }
        let uses = ide::references(&view, path, mark, false).len();
        _ = writeln!(text, "{uses} without those that bind it");
        text
    })
}

/// Renames what is marked to `new_name`.
pub(super) fn renames(project: &Project) -> String {
    at_marks(project, |path, mark| {
        let view = project.view();
        if let Err(refused) = ide::prepare_rename(&view, path, mark) {
            return format!("refused: {refused}");
        }
        let mut text = String::new();
        for name in ["new_name", "taken", "deploy", "if", "a-b"] {
            match ide::rename(&view, path, mark, name) {
                Ok(files) if name == "new_name" => text.push_str(&changed(project, &files)),
                Ok(_) if name == "taken" => {}
                Ok(_) => _ = writeln!(text, "`{name}` is accepted"),
                Err(refused) if name == "new_name" || name == "taken" => {
                    _ = writeln!(text, "refused: {refused}");
                }
                // The reasons that are the same everywhere.
                Err(_) => {}
            }
        }
        text
    })
}

#[test]
fn names_that_are_none_are_refused() {
    let project = Project::read("value = 1\n");
    for (name, reason) in [
        ("", "is no name"),
        ("1a", "is no name"),
        ("a-b", "is no name"),
        ("ä", "is no name"),
        ("if", "is a word of the language"),
        ("class", "is a word of the language"),
        ("deploy", "is part of the language"),
        ("len", "is part of the language"),
        ("None", "is part of the language"),
    ] {
        let refused = ide::rename(&project.view(), "env.raftt", 1, name);
        let refused = refused.expect_err("the name is refused").to_string();
        assert!(refused.contains(reason), "{name}: {refused}");
    }
}

pub(super) fn links(project: &Project) -> String {
    each_file(project, |path| {
        let mut text = String::new();
        for link in ide::links(&project.view(), path) {
            let place = project.place(path, link.range.start);
            let of = &project.text(path)[link.range];
            _ = writeln!(text, "{place} {of:?} -> {}", link.target);
        }
        text
    })
}

pub(super) fn actions(project: &Project) -> String {
    at_marks(project, |path, mark| {
        let mut text = String::new();
        for action in ide::code_actions(&project.view(), path, &(mark..mark)) {
            let preferred = if action.is_preferred {
                ", preferred"
            } else {
                ""
            };
            let rule = action
                .diagnostic
                .map(|it| project.analysis.diagnostics[it].rule.name);
            _ = writeln!(
                text,
                "{:?}{preferred}: {} ({})\n{}",
                action.kind,
                action.title,
                rule.unwrap_or("all"),
                changed(project, &action.edits)
            );
        }
        text
    })
}

/// The lines that edits change, as they are then.
fn changed(project: &Project, files: &[FileEdits]) -> String {
    let mut text = String::new();
    for file in files {
        let before = project.text(&file.path);
        let after = apply(before, &file.edits);
        let before: Vec<_> = before.lines().collect();
        for (index, line) in after.lines().enumerate() {
            if before.get(index) != Some(&line) {
                _ = writeln!(text, "{}:{}: {line}", file.path, index + 1);
            }
        }
    }
    text
}

/// The text with the edits, which do not overlap.
fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut edits: Vec<_> = edits.iter().collect();
    edits.sort_by_key(|it| it.range.start);
    let mut changed = String::new();
    let mut end = 0;
    for edit in edits {
        assert!(end <= edit.range.start, "edits overlap: {edit:?}");
        changed.push_str(&text[end..edit.range.start]);
        changed.push_str(&edit.text);
        end = edit.range.end;
    }
    changed + &text[end..]
}

#[test]
fn a_text_that_is_younger_than_its_analysis_gets_no_fixes() {
    let text = "configure_cred_helper(\"ecr\", registries = [\"https://mirror.example.com\"])\n";
    let project = Project::read(text);
    let at = text.find("https").expect("the scheme is there");
    let actions = |sources: &dyn raftt_config::Sources| {
        let view = ide::View {
            sources,
            ..project.view()
        };
        ide::code_actions(&view, "env.raftt", &(at..at + 1)).len()
    };
    assert!(actions(&project.sources) > 0);
    let mut younger = raftt_config::OverlaySources::new(&project.sources);
    younger.replace("env.raftt", format!("\n{text}"));
    assert_eq!(actions(&younger), 0);
}
