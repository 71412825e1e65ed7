//! What a comment asks for.

use std::ops::Range;

use crate::suggest::nearest;

/// What is silenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Line,
    File,
}

impl Scope {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Line => "ignore",
            Self::File => "ignore-file",
        }
    }
}

/// A comment that silences rules. Ranges count from the comment's beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) scope: Scope,
    /// From the `#` to the end of the reason.
    pub(super) whole: Range<usize>,
    /// The names between the brackets.
    pub(super) names: Vec<Range<usize>>,
    /// The closing bracket.
    pub(super) closing: usize,
    pub(super) reason: Option<String>,
}

/// A comment that means to silence something and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// What is wrong, from the comment's beginning.
    pub(super) at: Range<usize>,
    pub(super) message: String,
    /// What it is meant to silence.
    pub(super) scope: Scope,
    /// What takes the place of which text, where it is certain.
    pub(super) fix: Option<(Range<usize>, String)>,
}

/// What `comment`, which begins with `#`, asks for; none for a comment that is meant
/// for people. `is_rule` tells the names of rules.
pub(super) fn parse(
    comment: &str,
    is_rule: impl Fn(&str) -> bool,
) -> Option<Result<Directive, Malformed>> {
    // Several comments may share a line: `# pinned  # raftt: ignore[…]`.
    let starts = comment.match_indices('#').map(|(at, _)| at);
    let mut starts = starts.filter(|at| !comment[at + 1..].starts_with('#'));
    starts.find_map(|start| one(comment, start, &is_rule))
}

/// Whether `text` may hold a comment that is meant for this program.
pub(super) fn may_be_in(text: &str) -> bool {
    let mut places = text.match_indices("raft").chain(text.match_indices("Raft"));
    places.any(|(at, _)| {
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        line.contains('#')
    })
}

fn one(
    comment: &str,
    start: usize,
    is_rule: &dyn Fn(&str) -> bool,
) -> Option<Result<Directive, Malformed>> {
    // What follows another `#` is another comment. `#12` is a part of the reason.
    let end = comment[start + 1..].find(" # ");
    let end = end.map_or(comment.len(), |at| start + 1 + at);
    let text = comment[..end].trim_end();
    let marker = word(text, skip_blanks(text, start + 1));
    let name = &text[marker.clone()];
    let colon = skip_blanks(text, marker.end);
    let has_colon = text[colon..].starts_with(':');
    let verb = word(text, skip_blanks(text, colon + usize::from(has_colon)));
    let rest = skip_blanks(text, verb.end);
    let found = Found {
        text,
        start,
        marker: marker.clone(),
        verb: verb.clone(),
        rest,
    };
    let scope = match &text[verb] {
        "ignore" => Some(Scope::Line),
        "ignore-file" => Some(Scope::File),
        _ => None,
    };
    match (name, scope) {
        ("raftt", Some(scope)) if has_colon => Some(found.directive(scope, is_rule)),
        _ => found.misspelt(has_colon, is_rule).map(Err),
    }
}

/// The parts of a comment that may be meant for this program.
struct Found<'t> {
    text: &'t str,
    start: usize,
    /// `raftt`
    marker: Range<usize>,
    /// `ignore`
    verb: Range<usize>,
    /// Where the names should be.
    rest: usize,
}

impl Found<'_> {
    fn directive(
        &self,
        scope: Scope,
        is_rule: &dyn Fn(&str) -> bool,
    ) -> Result<Directive, Malformed> {
        let form = format!("`# raftt: {}[rule-name]`", scope.word());
        let wrong = |at: Range<usize>, message: String| Malformed {
            at,
            message,
            scope,
            fix: self.fix(scope, is_rule),
        };
        let opening = self.rest;
        if !self.text[opening..].starts_with('[') {
            let at = self.marker.start..self.verb.end;
            return Err(wrong(at, format!("this ignores nothing: it is not {form}")));
        }
        let Some(length) = self.text[opening..].find(']') else {
            let at = opening..opening + 1;
            return Err(wrong(at, "`[` is never closed".to_owned()));
        };
        let closing = opening + length;
        let mut names = Vec::new();
        let mut at = opening + 1;
        for part in self.text[opening + 1..closing].split(',') {
            let start = at + (part.len() - part.trim_start().len());
            let name = start..start + part.trim().len();
            at += part.len() + 1;
            if self.text[name.clone()].contains(char::is_whitespace) {
                let message = "between the names of rules there are commas".to_owned();
                return Err(wrong(name, message));
            }
            if !name.is_empty() {
                names.push(name);
            }
        }
        if names.is_empty() {
            let at = opening..closing + 1;
            return Err(wrong(at, "no rule is named, so nothing is ignored".into()));
        }
        let reason = self.text[closing + 1..].trim_start_matches([' ', '\t', ':', '-', '–', '—']);
        Ok(Directive {
            scope,
            whole: self.start..self.text.len(),
            names,
            closing,
            reason: (!reason.is_empty()).then(|| reason.to_owned()),
        })
    }

    /// What is wrong, if the comment means to silence something in other words.
    fn misspelt(&self, has_colon: bool, is_rule: &dyn Fn(&str) -> bool) -> Option<Malformed> {
        const OTHER_WORDS: &[&str] = &[
            "allow",
            "disable",
            "disable-line",
            "disable-next-line",
            "ignore-line",
            "ignore-next-line",
            "ignore-rule",
            "noqa",
            "nolint",
            "skip",
            "suppress",
        ];
        let name = self.text[self.marker.clone()].to_ascii_lowercase();
        let verb = self.text[self.verb.clone()].to_ascii_lowercase();
        let is_marker = ["raftt", "raft", "rafft", "rafftt", "ratft", "raftt-config"];
        if !is_marker.contains(&name.as_str()) || verb.is_empty() {
            return None;
        }
        let is_other_word = OTHER_WORDS.contains(&verb.as_str());
        if !is_other_word && nearest(&verb, ["ignore", "ignore-file"]).is_none() {
            return None;
        }
        // Else it is a sentence: `# raftt: ignores what is below`.
        let names_a_rule = self.known_names(is_rule).is_some();
        if !self.text[self.rest..].starts_with('[') && !names_a_rule {
            return None;
        }
        let words = [Scope::Line.word(), Scope::File.word()];
        let is_meant = !is_other_word && nearest(&verb, words) == Some(Scope::File.word());
        let scope = match verb.contains("file") || is_meant {
            true => Scope::File,
            false => Scope::Line,
        };
        let is_known_verb = verb == scope.word();
        let at = match (name == "raftt", has_colon, is_known_verb) {
            (true, true, false) => self.verb.clone(),
            (false, true, true) => self.marker.clone(),
            _ => self.marker.start..self.verb.end,
        };
        let form = scope.word();
        Some(Malformed {
            at,
            message: format!("this ignores nothing: it is not `# raftt: {form}[rule-name]`"),
            scope,
            fix: self.fix(scope, is_rule),
        })
    }

    /// The comment as it is probably meant.
    fn fix(&self, scope: Scope, is_rule: &dyn Fn(&str) -> bool) -> Option<(Range<usize>, String)> {
        let (names, mut end) = self.known_names(is_rule)?;
        let is_closed = self.text[end..].trim_start().starts_with([']', ')']);
        if is_closed {
            end = skip_blanks(self.text, end) + 1;
        }
        let text = format!("raftt: {}[{}]", scope.word(), names.join(", "));
        Some((self.marker.start..end, text))
    }

    /// The names of rules at the beginning of the rest, and where the last one ends.
    fn known_names(&self, is_rule: &dyn Fn(&str) -> bool) -> Option<(Vec<&str>, usize)> {
        let mut names = Vec::new();
        let mut end = self.rest;
        loop {
            let between = |letter: char| letter.is_whitespace() || "[(,=:;".contains(letter);
            let rest = self.text[end..].trim_start_matches(between);
            let name = word(self.text, self.text.len() - rest.len());
            if name.is_empty() || !is_rule(&self.text[name.clone()]) {
                break;
            }
            end = name.end;
            names.push(&self.text[name]);
        }
        (!names.is_empty()).then_some((names, end))
    }
}

fn skip_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

fn word(text: &str, at: usize) -> Range<usize> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    let rest = &text[at..];
    at..at + rest.find(|letter| !is_part(letter)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_rule(name: &str) -> bool {
        ["empty-registry", "unknown-key"].contains(&name)
    }

    #[test]
    fn comments_name_rules_and_reasons() {
        let read = |comment: &str| {
            let directive = parse(comment, is_rule)?.ok()?;
            let names = directive.names.into_iter().map(|it| &comment[it]);
            let names: Vec<_> = names.collect();
            Some((directive.scope, names.join("+"), directive.reason))
        };
        let reason = |text: &str| Some(text.to_owned());
        let line = |names: &str, reason| Some((Scope::Line, names.to_owned(), reason));
        assert_eq!(
            read("# raftt: ignore[unknown-key]"),
            line("unknown-key", None)
        );
        assert_eq!(
            read("#raftt:ignore [ a-b ,unknown-key,] - why # not"),
            line("a-b+unknown-key", reason("why"))
        );
        assert_eq!(
            read("# pinned # raftt: ignore[a]  see #12"),
            line("a", reason("see #12"))
        );
        let file = (Scope::File, "a".to_owned(), reason("old"));
        assert_eq!(read("## raftt: ignore-file[a]: old"), Some(file));
    }

    #[test]
    fn what_is_meant_and_does_nothing_is_told_and_mended() {
        let mended = |comment: &str| {
            let wrong = parse(comment, is_rule)?.err()?;
            let (at, text) = wrong.fix.unwrap_or((0..0, String::new()));
            Some(comment[..at.start].to_owned() + &text + &comment[at.end..])
        };
        for (comment, expected) in [
            (
                "# raftt: ingore[unknown-key] x",
                "# raftt: ignore[unknown-key] x",
            ),
            (
                "# raftt: ignore unknown-key why",
                "# raftt: ignore[unknown-key] why",
            ),
            (
                "# raftt: ignore(unknown-key)",
                "# raftt: ignore[unknown-key]",
            ),
            (
                "# raftt: ignore[unknown-key empty-registry]",
                "# raftt: ignore[unknown-key, empty-registry]",
            ),
            (
                "# raftt: ignore[unknown-key",
                "# raftt: ignore[unknown-key]",
            ),
            ("# raftt: noqa: unknown-key", "# raftt: ignore[unknown-key]"),
            (
                "# raftt ignore[unknown-key]",
                "# raftt: ignore[unknown-key]",
            ),
            (
                "# raftt-config: ignore[unknown-key]",
                "# raftt: ignore[unknown-key]",
            ),
            (
                "# Raftt: Ignore-File[unknown-key]",
                "# raftt: ignore-file[unknown-key]",
            ),
            ("# raftt: ignore", "# raftt: ignore"),
            ("# raftt: ignore[]", "# raftt: ignore[]"),
            ("# raftt: ignore this", "# raftt: ignore this"),
        ] {
            assert_eq!(mended(comment).as_deref(), Some(expected), "{comment}");
        }
    }

    #[test]
    fn comments_for_people_are_left_alone() {
        for comment in [
            "#",
            "# raftt",
            "# raftt: the tool that we use",
            "# raftt: ignores what is below",
            "# raftt: disable this one day",
            "# see raftt: ignore[unknown-key]",
            "# ignore[unknown-key]",
            "# https://raftt.io#ignore",
        ] {
            assert_eq!(parse(comment, is_rule), None, "{comment}");
        }
    }
}
