//! Which comment silences what.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::comment::{self, Directive, Malformed, Scope};
use super::layout::{Layout, line_end, line_start};
use super::{Context, Silenced, Suppressed};
use crate::source::{FileId, Span};

/// A comment that is meant for this program.
#[derive(Debug)]
pub(super) struct Comment {
    pub(super) file: FileId,
    /// The whole comment, from its `#` to the end of its line.
    pub(super) range: Range<usize>,
    /// Whether nothing else stands on its line.
    pub(super) is_alone: bool,
    /// The text that it speaks of. Empty where no code follows.
    pub(super) extent: Range<usize>,
    pub(super) content: Result<Directive, Malformed>,
}

impl Comment {
    /// The place of a part of the comment.
    pub(super) fn place(&self, part: &Range<usize>) -> Span {
        let start = self.range.start;
        Span::new(self.file, start + part.start..start + part.end)
    }

    /// Whether the comment speaks of what stands at `span`.
    pub(super) fn covers(&self, scope: Scope, span: Span) -> bool {
        let range = span.range();
        let is_within = |at: usize| self.extent.start <= at && at <= self.extent.end;
        let ends_here = !self.is_alone && is_within(range.end) && range.start < range.end;
        scope == Scope::File || is_within(range.start) || ends_here
    }
}

/// A comment, by its place among the comments, and a name, by its place in it.
pub(super) type Name = (usize, usize);

/// The comments of all files that are meant for this program.
pub(super) fn comments(context: &Context<'_>) -> Vec<Comment> {
    let names: HashSet<&str> = context.rules.iter().map(|it| it.name).collect();
    let mut comments = Vec::new();
    for (file, source) in context.sources.iter() {
        let Some(language) = context.language(file) else {
            continue;
        };
        if !comment::may_be_in(&source.text) {
            continue;
        }
        let layout = Layout::of(language, file, &source.text);
        comments.extend(in_file(file, &source.text, &layout, |it| {
            names.contains(it)
        }));
    }
    comments
}

/// The comments of one file.
pub(super) fn in_file(
    file: FileId,
    text: &str,
    layout: &Layout,
    is_rule: impl Fn(&str) -> bool,
) -> Vec<Comment> {
    let mut comments = Vec::new();
    // Backwards, so that the next line of code is at hand.
    let mut next_code = None;
    for (index, range) in layout.comments.iter().enumerate().rev() {
        let start = line_start(text, range.start);
        let is_alone = text[start..range.start].trim().is_empty();
        let after = (range.end + 1).min(text.len());
        let below = layout.comments.get(index + 1);
        let free = &text[after..below.map_or(text.len(), |it| line_start(text, it.start))];
        if let Some(blank) = first_code(free) {
            next_code = Some(after + blank);
        } else if let Some(below) = below {
            let start = line_start(text, below.start);
            if !text[start..below.start].trim().is_empty() {
                next_code = Some(start);
            }
        }
        let Some(content) = comment::parse(&text[range.clone()], &is_rule) else {
            continue;
        };
        let extent = match (is_alone, next_code) {
            (false, _) => start..line_end(text, start),
            (true, Some(next)) => layout.extent(text, next),
            (true, None) => range.end..range.end,
        };
        comments.push(Comment {
            file,
            range: range.clone(),
            is_alone,
            extent,
            content,
        });
    }
    comments.reverse();
    comments
}

/// Where the first line of `text` begins that is not blank.
fn first_code(text: &str) -> Option<usize> {
    let visible = text.find(|letter: char| !letter.is_whitespace())?;
    Some(text[..visible].rfind('\n').map_or(0, |end| end + 1))
}

/// Moves what the comments silence; gives the names that silence something.
pub(super) fn silence(
    context: &Context<'_>,
    comments: &[Comment],
    silenced: &mut Silenced,
) -> HashSet<Name> {
    let mut by_rule: HashMap<(FileId, &str), Vec<usize>> = HashMap::new();
    for (index, diagnostic) in silenced.diagnostics.iter().enumerate() {
        let key = (diagnostic.span.file, diagnostic.rule.name);
        by_rule.entry(key).or_default().push(index);
    }
    let mut used = HashSet::new();
    let mut by: HashMap<usize, usize> = HashMap::new();
    for index in innermost_first(comments) {
        let comment = &comments[index];
        let Ok(directive) = &comment.content else {
            continue;
        };
        let text = &context.sources.file(comment.file).text;
        let own = &text[comment.range.clone()];
        for (position, name) in directive.names.iter().enumerate() {
            let Some(open) = by_rule.get_mut(&(comment.file, &own[name.clone()])) else {
                continue;
            };
            open.retain(|diagnostic| {
                let found = &silenced.diagnostics[*diagnostic];
                let is_covered = comment.covers(directive.scope, found.span);
                if is_covered {
                    used.insert((index, position));
                    by.insert(*diagnostic, index);
                }
                !is_covered
            });
        }
    }
    let all = std::mem::take(&mut silenced.diagnostics);
    for (index, diagnostic) in all.into_iter().enumerate() {
        let comment = by.get(&index).map(|it| &comments[*it]);
        let Some(comment) = comment else {
            silenced.diagnostics.push(diagnostic);
            continue;
        };
        let directive = comment.content.as_ref().ok();
        silenced.suppressed.push(Suppressed {
            diagnostic,
            comment: Span::new(comment.file, comment.range.clone()),
            reason: directive.and_then(|it| it.reason.clone()),
        });
    }
    used
}

/// The comment that is closest to a mistake is the one that silences it.
fn innermost_first(comments: &[Comment]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..comments.len()).collect();
    order.sort_by_key(|index| {
        let comment = &comments[*index];
        let scope = comment.content.as_ref().map(|it| it.scope);
        let is_of_file = scope == Ok(Scope::File);
        (is_of_file, comment.is_alone, comment.extent.len())
    });
    order
}
