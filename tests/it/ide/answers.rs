//! Answers as text.

use std::fmt::Write as _;
use std::ops::Range;

use raftt_config::ide::{self, Symbol};

use super::project::Project;

/// What is said at every mark.
pub(super) fn at_marks(project: &Project, answer: impl Fn(&str, usize) -> String) -> String {
    let mut text = String::new();
    for file in &project.files {
        for mark in &file.marks {
            let place = project.place(&file.path, *mark);
            let line = line_of(&file.text, *mark);
            _ = writeln!(text, "=== {}:{place}: {line}\n", file.path);
            let answer = answer(&file.path, *mark);
            let answer = answer.trim_end();
            _ = writeln!(
                text,
                "{}\n",
                if answer.is_empty() {
                    "(nothing)"
                } else {
                    answer
                }
            );
        }
    }
    text
}

/// The line of a mark, with the mark.
pub(super) fn line_of(text: &str, mark: usize) -> String {
    let start = text[..mark].rfind('\n').map_or(0, |it| it + 1);
    let end = text[mark..].find('\n').map_or(text.len(), |it| mark + it);
    format!("{}‸{}", &text[start..mark], text[mark..end].trim_end())
}

fn range(project: &Project, path: &str, range: &Range<usize>) -> String {
    let [start, end] = [range.start, range.end].map(|it| project.place(path, it));
    format!("{start}-{end}")
}

pub(super) fn hovers(project: &Project) -> String {
    at_marks(project, |path, mark| {
        let Some(hover) = ide::hover(&project.view(), path, mark) else {
            return String::new();
        };
        let of = &project.text(path)[hover.range.clone()];
        format!("`{of}`\n\n{}", hover.markdown)
    })
}

pub(super) fn symbols(project: &Project) -> String {
    each_file(project, |path| {
        let mut text = String::new();
        push_symbols(
            project,
            path,
            &ide::symbols(&project.view(), path),
            0,
            &mut text,
        );
        text
    })
}

fn push_symbols(
    project: &Project,
    path: &str,
    symbols: &[Symbol],
    depth: usize,
    text: &mut String,
) {
    for symbol in symbols {
        let detail = symbol
            .detail
            .as_ref()
            .map_or(String::new(), |it| format!(" {it}"));
        let name = &project.text(path)[symbol.name_range.clone()];
        assert!(
            name.is_empty() || name.trim_matches(['"', '\'']) == symbol.name,
            "{name} is not {}",
            symbol.name
        );
        _ = writeln!(
            text,
            "{}{:?} {}{detail} ({})",
            "  ".repeat(depth),
            symbol.kind,
            symbol.name,
            range(project, path, &symbol.range)
        );
        push_symbols(project, path, &symbol.children, depth + 1, text);
    }
}

pub(super) fn foldings(project: &Project) -> String {
    each_file(project, |path| {
        let mut text = String::new();
        for fold in ide::folding(&project.view(), path) {
            let shown = &project.text(path)[fold.range.clone()];
            let first = shown.lines().next().unwrap_or("");
            _ = writeln!(
                text,
                "{:?} {} {first}",
                fold.kind,
                range(project, path, &fold.range)
            );
        }
        text
    })
}

/// The most that is shown of one answer: the rest is counted.
const MAX_SHOWN: usize = 14;

pub(super) fn completions(project: &Project) -> String {
    at_marks(project, |path, mark| {
        let found = ide::completion(&project.view(), path, mark);
        let mut text = String::new();
        for one in found.iter().take(MAX_SHOWN) {
            let replaced = &project.text(path)[one.replaces.clone()];
            assert!(
                one.replaces.start <= mark && mark <= one.replaces.end,
                "{one:?} is elsewhere"
            );
            let written = if one.text == one.label {
                String::new()
            } else {
                format!(" writes {:?}", one.text)
            };
            let replaced = if replaced.is_empty() {
                String::new()
            } else {
                format!(" for {replaced:?}")
            };
            let detail = one
                .detail
                .as_ref()
                .map_or(String::new(), |it| format!(": {it}"));
            let mark = if one.is_deprecated {
                " (deprecated)"
            } else {
                ""
            };
            _ = writeln!(
                text,
                "{} {:?} `{}`{detail}{mark}{written}{replaced}",
                one.rank, one.kind, one.label
            );
            let documentation = one
                .documentation
                .as_deref()
                .and_then(|it| it.lines().next());
            if let Some(documentation) = documentation {
                _ = writeln!(text, "    {documentation}");
            }
        }
        if found.len() > MAX_SHOWN {
            _ = writeln!(text, "and {} more", found.len() - MAX_SHOWN);
        }
        text
    })
}

pub(super) fn signatures(project: &Project) -> String {
    at_marks(project, |path, mark| {
        let Some(help) = ide::signature_help(&project.view(), path, mark) else {
            return String::new();
        };
        let mut text = help.signature.clone();
        if let Some(active) = help.active {
            let parameter = &help.parameters[active];
            let documentation = parameter.documentation.as_deref().unwrap_or("");
            _ = write!(
                text,
                "\n-> {}\n   {documentation}",
                &help.signature[parameter.range.clone()]
            );
        }
        text
    })
}

/// What is said of every file of the project.
pub(super) fn each_file(project: &Project, answer: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for file in project
        .files
        .iter()
        .filter(|it| it.path != "namespace.yaml")
    {
        _ = writeln!(text, "=== {}\n\n{}", file.path, answer(&file.path));
    }
    text
}
