//! What is wrong with the comments themselves.

use std::collections::HashSet;
use std::ops::Range;

use super::comment::{Directive, Scope};
use super::layout::{Language, line_end, line_start};
use super::rules::{malformed_suppression, unknown_suppression, unused_suppression};
use super::silence::{Comment, Name};
use super::{Context, RULES, Silenced};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Needs, Rule};
use crate::source::Span;

/// What is reported in the place of what could not be judged.
const STANDS_FOR_OTHERS: &[&str] = &[
    "branch-on-unknown",
    "helm-not-found",
    "limit-exceeded",
    "unknown-image",
    "unknown-provider",
    "unknown-registry",
];

/// How many names that are no rules are told. Looking for what is meant takes time.
const MAX_UNKNOWN: usize = 100;

/// What is wrong with `comments`, of which `used` silence something.
pub(super) fn about(
    context: &Context<'_>,
    comments: &[Comment],
    used: &HashSet<Name>,
    silenced: &Silenced,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut unknown = 0;
    let is_judged_at_all = is_read_to_its_end(context, silenced);
    for (index, comment) in comments.iter().enumerate() {
        let directive = match &comment.content {
            Ok(directive) => directive,
            Err(malformed) => {
                diagnostics.push(malformed_suppression::diagnostic(comment, malformed));
                continue;
            }
        };
        let unused = directive
            .names
            .iter()
            .enumerate()
            .filter(|(position, name)| {
                let text = text(context, comment, name);
                let Some(rule) = context.rules.iter().find(|it| it.name == text) else {
                    unknown += 1;
                    if unknown > MAX_UNKNOWN {
                        return false;
                    }
                    let is_there = |rule: &Rule| covered(comment, directive, silenced, rule);
                    let span = comment.place(name);
                    let diagnostic =
                        unknown_suppression::diagnostic(text, context.rules, span, is_there);
                    diagnostics.push(diagnostic);
                    return false;
                };
                is_judged_at_all
                    && !used.contains(&(index, *position))
                    && is_judged(context, comment, directive, silenced, rule)
            });
        let unused: Vec<_> = unused.map(|it| it.0).collect();
        report(
            context,
            comment,
            directive,
            &unused,
            silenced,
            &mut diagnostics,
        );
    }
    diagnostics
}

/// Reports the names at `unused`: the whole comment if there is no other.
fn report(
    context: &Context<'_>,
    comment: &Comment,
    directive: &Directive,
    unused: &[usize],
    silenced: &Silenced,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let names: Vec<&str> = directive
        .names
        .iter()
        .map(|it| text(context, comment, it))
        .collect();
    let elsewhere = |name: &str| {
        let all = silenced.diagnostics.iter();
        let found = all.filter(|it| it.rule.name == name && it.span.file == comment.file);
        let places = found.map(|it| it.span);
        places.min_by_key(|it| it.start.abs_diff(comment.extent.start as u32))
    };
    let mut about = |names: &[&str], part: &Range<usize>, removed: Range<usize>, is_all| {
        let place = names.iter().find_map(|it| elsewhere(it));
        let line = place.map(|it| {
            context
                .sources
                .file(it.file)
                .position(it.start as usize)
                .line
        });
        let removed = Span::new(comment.file, removed);
        let at = comment.place(part);
        let unused = unused_suppression::Unused {
            names,
            line,
            is_all,
            scope: directive.scope,
        };
        diagnostics.push(unused.diagnostic(at, removed));
    };
    if unused.is_empty() {
        return;
    }
    if unused.len() == names.len() {
        let part = &directive.whole;
        return about(&names, part, whole(context, comment, directive), true);
    }
    for position in unused {
        let range = &directive.names[*position];
        let removed = match directive.names.get(position + 1) {
            Some(next) => range.start..next.start,
            None => directive.names[position - 1].end..range.end,
        };
        let start = comment.range.start;
        let removed = start + removed.start..start + removed.end;
        about(&names[*position..=*position], range, removed, false);
    }
}

/// The comment with the blanks before it, and the line that it has for itself.
fn whole(context: &Context<'_>, comment: &Comment, directive: &Directive) -> Range<usize> {
    let text = &context.sources.file(comment.file).text;
    let part = &directive.whole;
    let (start, end) = (
        comment.range.start + part.start,
        comment.range.start + part.end,
    );
    let is_whole = part.start == 0 && text[end..comment.range.end].trim().is_empty();
    if comment.is_alone && is_whole {
        let after = line_end(text, end);
        let line_break = text[after..]
            .find('\n')
            .map_or(text.len(), |at| after + at + 1);
        return line_start(text, start)..line_break;
    }
    let before = &text[line_start(text, start)..start];
    let blanks = before.len() - before.trim_end().len();
    start - blanks..if is_whole { comment.range.end } else { end }
}

fn text<'a>(context: &Context<'a>, comment: &Comment, name: &Range<usize>) -> &'a str {
    context.sources.text(comment.place(name))
}

/// Whether `rule` finds something that the comment speaks of.
fn covered(comment: &Comment, directive: &Directive, silenced: &Silenced, rule: &Rule) -> bool {
    let mut all = silenced.diagnostics.iter();
    all.any(|it| {
        it.rule.name == rule.name
            && it.span.file == comment.file
            && comment.covers(directive.scope, it.span)
    })
}

/// Whether all files were read and evaluated to their end. One mistake keeps others
/// from being seen.
fn is_read_to_its_end(context: &Context<'_>, silenced: &Silenced) -> bool {
    let is_of_reading = |diagnostic: &Diagnostic| {
        let mut lists = [
            crate::script::RULES,
            crate::project_file::RULES,
            crate::compose::RULES,
            crate::kubernetes::RULES,
        ]
        .into_iter();
        let name = diagnostic.rule.name;
        lists.any(|rules| rules.iter().any(|it| it.name == name))
    };
    let suppressed = silenced.suppressed.iter().map(|it| &it.diagnostic);
    let mut all = silenced.diagnostics.iter().chain(suppressed);
    let has_script = !context.script.scripts.is_empty();
    !context.is_alone
        && (context.script.is_complete || !has_script)
        && !all.any(|it| it.severity == Severity::Error && is_of_reading(it))
}

/// Whether the rule would have found something here if there were something.
fn is_judged(
    context: &Context<'_>,
    comment: &Comment,
    directive: &Directive,
    silenced: &Silenced,
    rule: &Rule,
) -> bool {
    let is_blind = match rule.needs {
        Some(Needs::Namespace) => !context.has_snapshot,
        Some(Needs::Machine) => true,
        None => false,
    };
    if is_blind || RULES.iter().any(|it| it.name == rule.name) {
        return false;
    }
    let is_of_file = directive.scope == Scope::File;
    let is_here = |start: u32, end: u32| {
        is_of_file || (start as usize) <= comment.extent.end && comment.extent.start <= end as usize
    };
    let mut others = silenced
        .diagnostics
        .iter()
        .filter(|it| it.span.file == comment.file && is_here(it.span.start, it.span.end));
    let hides_others = others.any(|it| {
        let name = it.rule.name;
        it.severity == Severity::Error && name != rule.name && !is_of_file
            || STANDS_FOR_OTHERS.contains(&name)
    });
    let mut unreached = context.script.unreached.iter();
    let is_reached = context.language(comment.file) != Some(Language::Script)
        || !unreached.any(|it| it.file == comment.file && is_here(it.start, it.end));
    !hides_others && is_reached
}
