//! Diagnostics for people: the message, the source it is about, and what to do.

use std::collections::HashSet;

use super::excerpt::{Excerpt, MAX_GAP, MAX_LABEL_LINES, Mark};
use super::paint::{Ink, Paint, ink};
use super::text::{one_line, wrap};
use super::{Checked, Item, Report};
use crate::diagnostic::{Diagnostic, Safety};
use crate::source::{FileId, Span};

/// How many calls of a trace are shown in the source; more are listed.
const MAX_SHOWN_CALLS: usize = 3;

/// How many calls of a trace are listed at each end.
const MAX_LISTED_CALLS: usize = 5;

/// What the text is shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// How many columns a line has.
    pub width: usize,
    /// Whether colours are understood.
    pub has_color: bool,
    /// Whether line-drawing characters are understood.
    pub has_unicode: bool,
}

impl Terminal {
    /// What documents and pipes get: no colours, and lines of a readable width.
    pub const PLAIN: Self = Self {
        width: 100,
        has_color: false,
        has_unicode: true,
    };

    /// The narrowest width that is laid out for; narrower terminals wrap.
    const MIN_WIDTH: usize = 40;
}

/// Every diagnostic with the source it is about.
#[must_use]
pub fn full(report: &Report<'_>, terminal: Terminal) -> String {
    let terminal = Terminal {
        width: terminal.width.max(Terminal::MIN_WIDTH),
        ..terminal
    };
    let mut explained = HashSet::new();
    let shown = report.items.iter().map(|item| {
        let mut text = one(item, terminal);
        // Once is enough: a rule often finds the same mistake in many places.
        if explained.insert(item.diagnostic.rule.name) {
            let command = format!("raftt-config explain {}", item.diagnostic.rule.name);
            text.push_str(&note("more", &command, Ink::Dimmed, terminal));
        }
        text
    });
    shown.collect::<Vec<_>>().join("\n")
}

fn one(item: &Item<'_>, terminal: Terminal) -> String {
    let diagnostic = item.diagnostic;
    let mut text = headline(diagnostic, terminal);
    let mut left_over = Vec::new();
    for (file, marks) in groups(item.project, marks(diagnostic)) {
        let excerpt = Excerpt::new(item.project, file, marks, terminal);
        text.push_str(&excerpt.draw(diagnostic.severity, terminal));
        left_over.extend(excerpt.left_over);
    }
    for (place, message) in left_over {
        text.push_str(&note(
            "note",
            &format!("{message} ({place})"),
            Ink::Blue,
            terminal,
        ));
    }
    text.push_str(&trace(item, terminal));
    if let Some(help) = &diagnostic.help {
        text.push_str(&note("help", help, Ink::Cyan, terminal));
    }
    if let Some(fix) = &diagnostic.fix {
        let option = match fix.safety {
            Safety::Safe => "--fix",
            Safety::Unsafe => "--fix --unsafe-fixes",
        };
        let offer = format!("{} (`check {option}` does it)", fix.message);
        text.push_str(&note("fix", &offer, Ink::Cyan, terminal));
    }
    text
}

/// `error[rule]: message`
fn headline(diagnostic: &Diagnostic, terminal: Terminal) -> String {
    let kind = format!("{}[{}]:", diagnostic.severity.name(), diagnostic.rule.name);
    let lines = wrap(
        &format!("{kind} {}", one_line(&diagnostic.message)),
        terminal.width,
        2,
    );
    let paint = Paint::new(terminal.has_color);
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        match line.strip_prefix(&kind).filter(|_| index == 0) {
            Some(rest) => {
                text.push_str(&paint.on(&kind, ink(diagnostic.severity)));
                text.push_str(&paint.on(rest, Ink::Bold));
            }
            None => text.push_str(&paint.on(line, Ink::Bold)),
        }
        text.push('\n');
    }
    text
}

/// A line below the source: `  help: what to write`.
fn note(kind: &str, message: &str, ink: Ink, terminal: Terminal) -> String {
    let paint = Paint::new(terminal.has_color);
    let indent = kind.len() + 4;
    let lines = wrap(&one_line(message), terminal.width - indent, 0);
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        match index {
            0 => text.push_str(&format!("  {} ", paint.on(&format!("{kind}:"), ink))),
            _ => text.push_str(&" ".repeat(indent)),
        }
        match ink {
            Ink::Dimmed => text.push_str(&paint.on(line, ink)),
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

/// The places that a diagnostic speaks of, its own first.
fn marks(diagnostic: &Diagnostic) -> Vec<Mark> {
    let own = Mark {
        span: diagnostic.span,
        message: diagnostic.label.clone(),
        is_primary: true,
    };
    let other = |span: Span, message: String| Mark {
        span,
        message: Some(message),
        is_primary: false,
    };
    let labels = diagnostic.labels.iter();
    let labels = labels.map(|label| other(label.span, label.message.clone()));
    let is_short = diagnostic.trace.len() <= MAX_SHOWN_CALLS;
    let calls = diagnostic.trace.iter().filter(|_| is_short);
    let calls = calls.map(|it| other(it.span, format!("`{}` is called here", it.function)));
    std::iter::once(own).chain(labels).chain(calls).collect()
}

/// The marks that one excerpt shows: those of lines that are close to each other.
/// The group of the first mark, which the message is about, comes first.
fn groups(project: &Checked, marks: Vec<Mark>) -> Vec<(FileId, Vec<Mark>)> {
    let line = |mark: &Mark, offset: u32| project.position(mark.span, offset).line;
    let mut placed: Vec<(usize, usize, Mark)> = marks
        .into_iter()
        .map(|mark| {
            (
                line(&mark, mark.span.start),
                line(&mark, mark.span.end),
                mark,
            )
        })
        .collect();
    // The sort is stable: of marks at one place, the first stays first.
    placed.sort_by_key(|(first, _, mark)| (mark.span.file, *first));
    let mut groups: Vec<(FileId, Vec<Mark>)> = Vec::new();
    let mut shown_to = 0;
    for (first, last, mark) in placed {
        match groups.last_mut() {
            Some((file, group)) if *file == mark.span.file && first <= shown_to + MAX_GAP => {
                shown_to = shown_to.max(last.min(first + MAX_LABEL_LINES));
                group.push(mark);
            }
            _ => {
                shown_to = last.min(first + MAX_LABEL_LINES);
                groups.push((mark.span.file, vec![mark]));
            }
        }
    }
    for (_, group) in &mut groups {
        group.sort_by_key(|mark| !mark.is_primary);
    }
    groups.sort_by_key(|(_, group)| !group.iter().any(|mark| mark.is_primary));
    groups
}

/// The calls of a trace that is too long to be shown in the source.
fn trace(item: &Item<'_>, terminal: Terminal) -> String {
    let calls = &item.diagnostic.trace;
    if calls.len() <= MAX_SHOWN_CALLS {
        return String::new();
    }
    let mut text = String::new();
    for (index, call) in calls.iter().enumerate() {
        let hidden = calls.len().saturating_sub(2 * MAX_LISTED_CALLS);
        if hidden > 0 && index == MAX_LISTED_CALLS {
            let between = format!("… {hidden} more …");
            text.push_str(&note("call", &between, Ink::Blue, terminal));
        }
        if hidden > 0 && (MAX_LISTED_CALLS..MAX_LISTED_CALLS + hidden).contains(&index) {
            continue;
        }
        let place = item.project.position(call.span, call.span.start);
        let path = item.project.path_of(call.span);
        let called = format!(
            "`{}` at {path}:{}:{}",
            call.function, place.line, place.column
        );
        text.push_str(&note("call", &called, Ink::Blue, terminal));
    }
    text
}
