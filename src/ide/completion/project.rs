//! Keys and values of a project file, line by line: what is being written is
//! seldom YAML yet.

use std::ops::Range;

use super::{Completion, CompletionKind, paths, strings::Place};
use crate::ide::View;
use crate::ide::project::{inner, keys_at, of_key, value_type};
use crate::project_file::{Key, NamedFile, Status};
use crate::source::is_script;

/// A line of the file.
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    /// Where the key begins: behind the dashes of list items.
    fn column(&self) -> usize {
        let rest = self.text.trim_start_matches([' ', '-']);
        // A dash without a blank behind it belongs to a word.
        self.text.len() - rest.len()
    }

    /// Where the first dash of a list item is.
    fn dash(&self) -> Option<usize> {
        let indent = self.text.len() - self.text.trim_start_matches(' ').len();
        let rest = &self.text[indent..];
        (rest == "-" || rest.starts_with("- ")).then_some(indent)
    }

    fn key(&self) -> Option<&'t str> {
        let rest = &self.text[self.column()..];
        let (key, value) = rest.split_once(':')?;
        let is_key = value.is_empty() || value.starts_with([' ', '\t', '\r']);
        is_key.then(|| key.trim().trim_matches(['"', '\'']))
    }

    fn is_blank(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }
}

pub(super) fn complete(view: &View<'_>, path: &str, offset: usize) -> Option<Vec<Completion>> {
    let text = view.text(path)?;
    let offset = text.floor_char_boundary(offset);
    let lines = lines(&text);
    let index = lines.iter().rposition(|it| it.start <= offset)?;
    let line = &lines[index];
    let before = line.text.get(..offset - line.start)?;
    if before.trim_start().starts_with('#') || before.contains(" #") {
        return Some(Vec::new());
    }
    // An empty line belongs where the cursor stands.
    let column = line.column().min(before.len());
    let (place, siblings) = place(&lines, index, column)?;
    match line.key().filter(|_| before[column..].contains(':')) {
        Some(name) => {
            let keys = keys_at(&place)?;
            let key = keys.iter().find(|it| it.name == name)?;
            let value = line.text[column..].find(':').map(|it| column + it + 1)?;
            Some(values(view, key, line, value, offset))
        }
        None => {
            let start = line.start + column;
            let rest = &line.text[column..];
            let length = rest.find([':', ' ', '\r']).unwrap_or(rest.len());
            let word = start..start + length;
            if offset > word.end {
                return Some(Vec::new());
            }
            let is_followed = rest[length..].trim_start().starts_with(':');
            if place == "secrets" {
                return Some(undeclared(view, word, is_followed));
            }
            let keys = keys_at(&place)?.iter();
            let keys = keys.filter(|it| !siblings.contains(&it.name));
            Some(
                keys.map(|it| of_completion(it, &place, &word, is_followed, column))
                    .collect(),
            )
        }
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let at = start;
        start += line.len() + 1;
        let mark = if at == 0 && line.starts_with('\u{feff}') {
            3
        } else {
            0
        };
        Line {
            start: at + mark,
            text: line[mark..].trim_end_matches('\r'),
        }
    });
    lines.collect()
}

/// The place of a key at `column` of the line `index`, and the keys beside it.
fn place<'t>(lines: &[Line<'t>], index: usize, column: usize) -> Option<(String, Vec<&'t str>)> {
    let mut siblings = Vec::new();
    let mut dash = lines[index].dash().filter(|it| *it < column);
    let mut bound = column;
    // The names of what is around, innermost first; none for an item of a list.
    let mut around: Vec<Option<&str>> = Vec::new();
    let mut is_direct = true;
    if dash.is_some() {
        is_direct = false;
    }
    for line in lines[..index].iter().rev().filter(|it| !it.is_blank()) {
        let own = line.column();
        if let Some(at) = dash {
            // The items before, and what is in them.
            if own > at || line.dash() == Some(at) {
                continue;
            }
            around.push(None);
            dash = None;
            bound = at + 1;
            is_direct = false;
        }
        if own == bound && is_direct {
            siblings.extend(line.key());
            dash = line.dash().filter(|it| *it < own);
            is_direct &= dash.is_none();
        } else if own == bound && line.dash().is_some_and(|it| it < own) {
            dash = line.dash();
        } else if own < bound {
            around.push(Some(line.key()?));
            bound = own;
            is_direct = false;
            dash = line.dash().filter(|it| *it < own);
        }
    }
    if dash.is_some() {
        // A list that stands below nothing.
        return None;
    }
    for line in lines[index + 1..].iter().filter(|it| !it.is_blank()) {
        let is_item = line.dash().is_some_and(|it| it < line.column());
        if line.column() < column || is_item && line.dash() < Some(column) {
            break;
        }
        if line.column() == column {
            siblings.extend(line.key());
        }
    }
    let mut place = String::new();
    for name in around.iter().rev() {
        match name {
            Some(name) => place = inner(&place, name),
            None => place.push_str("[]"),
        }
    }
    Some((place, siblings))
}

fn of_completion(
    key: &Key,
    place: &str,
    word: &Range<usize>,
    is_followed: bool,
    column: usize,
) -> Completion {
    let ty = value_type(key);
    let text = match ty {
        _ if is_followed => key.name.to_owned(),
        "a mapping" => format!("{}:\n{}", key.name, " ".repeat(column + 2)),
        "a list" => format!("{}:\n{}- ", key.name, " ".repeat(column + 2)),
        _ => format!("{}: ", key.name),
    };
    let is_deprecated = key.status.replacement().is_some();
    let rank = match key.status {
        Status::Current => 0,
        Status::Undocumented => 1,
        Status::Legacy(_) | Status::Obsolete(_) => 2,
    };
    Completion::new(key.name, CompletionKind::Key, word.clone())
        .text(text)
        .detail(ty.replace('`', ""))
        .documentation(of_key(key, place))
        .deprecated(is_deprecated)
        .rank(rank)
}

/// The secrets that scripts ask for and the file does not declare.
fn undeclared(view: &View<'_>, word: Range<usize>, is_followed: bool) -> Vec<Completion> {
    let file = view.analysis.project_file.as_ref();
    let declared = file.map_or(&[] as &[_], |it| it.secrets.as_slice());
    let asked = view
        .analysis
        .script
        .secrets
        .iter()
        .map(|it| it.value.as_str());
    let mut asked: Vec<_> = asked
        .filter(|name| !declared.iter().any(|it| it.name.value == *name))
        .collect();
    asked.sort_unstable();
    asked.dedup();
    let ending = if is_followed { "" } else { ":" };
    let names = asked.into_iter().map(|name| {
        Completion::new(name, CompletionKind::Name, word.clone())
            .text(format!("{name}{ending}"))
            .detail("asked for in the script")
    });
    names.collect()
}

fn values(
    view: &View<'_>,
    key: &Key,
    line: &Line<'_>,
    value: usize,
    offset: usize,
) -> Vec<Completion> {
    let rest = &line.text[value..];
    let blank = rest.len() - rest.trim_start().len();
    let at = offset - line.start;
    if at < value + blank && !rest.trim().is_empty() {
        return Vec::new();
    }
    let start = value + blank;
    // Behind the colon comes a blank.
    let missing = if at == value && blank == 0 { " " } else { "" };
    let written = rest.trim();
    let quote = written.chars().next().filter(|it| ['"', '\''].contains(it));
    let start = (start + usize::from(quote.is_some())).min(at);
    let comment = line.text[start..]
        .find(" #")
        .map_or(line.text.len(), |it| start + it);
    let end = line.text[start..comment].trim_end().len() + start;
    let end = match quote {
        Some(quote) if end > start && line.text[..end].ends_with(quote) => end - 1,
        _ => end,
    };
    if at > end.max(start) && !written.is_empty() {
        return Vec::new();
    }
    let content = line.start + start.min(at)..line.start + end.max(at);
    let simple = |text: &str, kind| {
        Completion::new(text, kind, content.clone())
            .text(format!("{missing}{text}"))
            .rank(0)
    };
    if let Some(file) = key.file {
        let string = Place {
            before: line.text[start.min(at)..at].to_owned(),
            content,
            closing: String::new(),
        };
        let wanted =
            |path: &str| path.ends_with('/') || file != NamedFile::Script || is_script(path);
        let found = paths::complete(*view, &string, wanted).into_iter();
        return found
            .map(|it| Completion {
                text: format!("{missing}{}", it.text),
                ..it
            })
            .collect();
    }
    match key.name {
        "workloadIdentityServiceAccount" => {
            let names = view.service_accounts();
            names
                .iter()
                .map(|it| simple(it, CompletionKind::Name).detail("service account"))
                .collect()
        }
        "host" => vec![simple("direct", CompletionKind::Value).detail("connect mode")],
        _ if value_type(key).contains("true") => ["true", "false"]
            .map(|it| simple(it, CompletionKind::Constant))
            .into(),
        _ => key
            .choices
            .iter()
            .map(|it| simple(it, CompletionKind::Value))
            .collect(),
    }
}
