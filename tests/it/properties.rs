//! What holds for every project, whatever is wrong with it: changes that mean
//! nothing change nothing, and fixes mend.
//!
//! The projects are those of `testdata/cases/`; files are changed at places that
//! are spread over them.

use std::collections::BTreeMap;

use raftt_config::fix::fix;
use raftt_config::{Analysis, Diagnostic, OverlaySources, Safety, Severity, Span, analyze};

use crate::cases::{Case, run};

/// At how many places a file is changed.
const PLACES: usize = 5;

#[test]
fn a_line_that_says_nothing_changes_nothing() {
    run(|case| {
        let before = case.analyze();
        if is_stopped(&before) {
            return Ok(());
        }
        for (path, text) in texts(case) {
            for (number, at) in spread(&free_lines(path, text)) {
                for line in ["\n", "# a comment\n"] {
                    let changed = format!("{}{line}{}", &text[..at], &text[at..]);
                    let after = with(case, path, changed.as_bytes());
                    let shift = Shift { path, line: number };
                    let [before, after] = [shown(&before, None), shown(&after, Some(&shift))];
                    if before != after {
                        let what = format!("{line:?} before line {number} of {path}");
                        return Err(difference(&what, &before, &after));
                    }
                }
            }
        }
        Ok(())
    });
}

#[test]
fn line_ends_of_windows_change_nothing() {
    run(|case| {
        let before = case.analyze();
        if is_stopped(&before) {
            return Ok(());
        }
        for (path, text) in texts(case).filter(|(_, text)| !text.contains('\r')) {
            let after = with(case, path, text.replace('\n', "\r\n").as_bytes());
            let [before, after] = [&before, &after].map(|it| shown(it, None));
            if before != after {
                return Err(difference(&format!("CR LF in {path}"), &before, &after));
            }
        }
        Ok(())
    });
}

#[test]
fn safe_fixes_mend_and_break_nothing() {
    run(|case| {
        let before = case.analyze();
        let had = by_rule(&before);
        let fixed = fix(&case.sources, &case.options, before, Safety::Safe);
        for (rule, count) in by_rule(&fixed.analysis) {
            let had = had.get(rule).copied().unwrap_or_default();
            if count > had {
                return Err(format!(
                    "{rule}: {had} before the fixes, {count} after them"
                ));
            }
        }
        let mut sources = OverlaySources::new(&case.sources);
        for change in &fixed.changes {
            sources.replace(change.path.as_str(), change.after.as_slice());
        }
        let again = analyze(&sources, &case.options);
        let again = fix(&sources, &case.options, again, Safety::Safe);
        match again.count {
            0 => Ok(()),
            count => Err(format!("{count} fixes are left after the fixes")),
        }
    });
}

#[test]
fn files_that_end_anywhere_are_read() {
    run(|case| {
        if is_stopped(&case.analyze()) {
            return Ok(());
        }
        for (path, content) in &case.files {
            let step = (content.len() / (3 * PLACES)).max(1);
            for end in (0..content.len()).step_by(step) {
                _ = with(case, path, &content[..end]);
            }
        }
        Ok(())
    });
}

/// Whether a limit stops the script. What it comes to before that depends on the
/// machine, and waiting for it takes time.
fn is_stopped(analysis: &Analysis) -> bool {
    let mut diagnostics = analysis.diagnostics.iter();
    diagnostics.any(|it| it.rule.name == "limit-exceeded")
}

/// The scripts and the project file of a case.
fn texts(case: &Case) -> impl Iterator<Item = (&str, &str)> {
    let files = case.files.iter();
    let texts = files.filter_map(|(path, content)| {
        let is_ours = path.ends_with(".raftt") || path.ends_with("raftt.yml");
        Some((path.as_str(), std::str::from_utf8(content).ok()?)).filter(|_| is_ours)
    });
    texts.filter(|(_, text)| text.len() < 20_000)
}

fn with(case: &Case, path: &str, content: &[u8]) -> Analysis {
    let mut sources = OverlaySources::new(&case.sources);
    sources.replace(path, content);
    analyze(&sources, &case.options)
}

/// Some of `all`, the first and the last among them.
fn spread<T: Copy>(all: &[T]) -> Vec<T> {
    let step = (all.len() / PLACES).max(1);
    let mut some: Vec<T> = all.iter().step_by(step).copied().collect();
    some.extend(all.last());
    some
}

/// The lines, by number and offset, before which a line may come that means
/// nothing: not within strings, and not behind a backslash.
fn free_lines(path: &str, text: &str) -> Vec<(usize, usize)> {
    let mut free = Vec::new();
    let mut at = 0;
    let mut is_inside = false;
    // How far the line is indented on which a text of YAML begins.
    let mut begins_at = None;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let is_continued = text[..at].ends_with("\\\n");
        let starts_with_mark = index == 0 && line.starts_with('\u{feff}');
        if !is_inside && !is_continued && !starts_with_mark {
            free.push((index + 1, at));
        }
        at += line.len();
        if path.ends_with(".raftt") {
            for quotes in ["\"\"\"", "'''"] {
                is_inside ^= line.matches(quotes).count() % 2 == 1;
            }
        } else {
            let next = text[at..].lines().next().unwrap_or_default();
            let start = begins_at.unwrap_or(indent(line));
            let is_deeper = next.trim().is_empty() || indent(next) > start;
            is_inside = is_deeper && (is_inside || goes_on(line, next));
            begins_at = is_inside.then_some(start);
        }
    }
    free
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a text on `line` of a YAML file goes on in the `next` one, if that is
/// indented deeper.
fn goes_on(line: &str, next: &str) -> bool {
    let trimmed = line.trim_end();
    let is_block = trimmed.ends_with(['|', '>', '-', '+']);
    let is_quoted = line.matches('"').count() % 2 == 1 || line.matches('\'').count() % 2 == 1;
    // A text without quotes goes on in the lines below that are no keys.
    let is_plain = !next.contains(':') && !next.trim_start().starts_with(['-', '#']);
    is_block || is_quoted || is_plain
}

/// A line that was put before another.
struct Shift<'a> {
    path: &'a str,
    line: usize,
}

/// The diagnostics, with places as they would be without the line that was put in.
fn shown(analysis: &Analysis, shift: Option<&Shift<'_>>) -> Vec<String> {
    let place = |span: Span| {
        let file = analysis.sources.file(span.file);
        let ends = [span.start, span.end].map(|end| {
            let position = file.position(end as usize);
            let is_behind = shift.is_some_and(|it| it.path == file.path && it.line < position.line);
            format!(
                "{}:{}",
                position.line - usize::from(is_behind),
                position.column
            )
        });
        format!("{}:{}", file.path, ends.join("-"))
    };
    let one = |it: &Diagnostic| {
        let labels: Vec<_> = it
            .labels
            .iter()
            .map(|label| format!("{} {}", place(label.span), label.message))
            .collect();
        format!(
            "{} {} {} {} help {:?} labels {labels:?} fix {:?}",
            place(it.span),
            it.severity.name(),
            it.rule.name,
            it.message,
            it.help,
            it.fix.as_ref().map(|fix| (&fix.message, fix.safety))
        )
    };
    analysis.diagnostics.iter().map(one).collect()
}

fn difference(what: &str, before: &[String], after: &[String]) -> String {
    let gone = before.iter().filter(|it| !after.contains(it));
    let new = after.iter().filter(|it| !before.contains(it));
    let lines = gone
        .map(|it| format!("- {it}"))
        .chain(new.map(|it| format!("+ {it}")));
    format!("{what}:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// How many errors and warnings each rule gives. Advice waits until the mistakes
/// are mended, so it may come later.
fn by_rule(analysis: &Analysis) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let diagnostics = analysis.diagnostics.iter();
    for diagnostic in diagnostics.filter(|it| it.severity != Severity::Advice) {
        *counts.entry(diagnostic.rule.name).or_default() += 1;
    }
    counts
}
