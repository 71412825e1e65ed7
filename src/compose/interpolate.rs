//! Variables in the values of compose files: `$NAME`, `${NAME:-default}`.

use std::collections::HashMap;
use std::ops::Range;

/// How deep defaults may nest variables. What is deeper is left to the run.
const MAX_DEPTH: usize = 32;

/// The variables that the files set.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables {
    /// The values; none where only the run knows it.
    values: HashMap<String, Option<String>>,
}

/// What a text stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Interpolated {
    Known(String),
    /// A variable is needed that no file sets.
    Unknown(Missing),
}

/// A variable that no file sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) name: String,
    /// The whole of it (`${NAME}`) in the text.
    pub(super) range: Range<usize>,
}

/// Why a text cannot be interpolated, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) kind: MistakeKind,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MistakeKind {
    /// A `$` with no name behind.
    Lone,
    /// A `${` without its `}`.
    Unclosed,
    /// What stands in `${…}` is no name with a default.
    NoVariable,
}

impl Variables {
    /// The variable `name`: none if no file sets it, and `Some(None)` if one does to
    /// what only the run knows.
    pub(super) fn get(&self, name: &str) -> Option<Option<&str>> {
        self.values.get(name).map(Option::as_deref)
    }

    pub(super) fn set(&mut self, name: String, value: Option<String>) {
        self.values.insert(name, value);
    }

    /// The variables, each with its value if that is known.
    pub(super) fn into_values(self) -> impl Iterator<Item = (String, Option<String>)> {
        self.values.into_iter()
    }

    /// Adds the variables of `other` that are not set yet.
    pub(super) fn extend(&mut self, other: Self) {
        for (name, value) in other.values {
            self.values.entry(name).or_insert(value);
        }
    }
}

/// What `text` stands for.
///
/// # Errors
/// The first `$` that begins no variable.
pub(super) fn interpolate(text: &str, variables: &Variables) -> Result<Interpolated, Mistake> {
    // Mostly there is nothing to do.
    match text.contains('$') {
        true => Template { text, variables }.part(0..text.len(), 0),
        false => Ok(Interpolated::Known(text.to_owned())),
    }
}

#[derive(Clone, Copy)]
struct Template<'t> {
    text: &'t str,
    variables: &'t Variables,
}

/// What stands in `${…}`.
struct Braced<'t> {
    name: &'t str,
    /// `:-` and the like, and the part of the text behind.
    operator: Option<(&'t str, Range<usize>)>,
}

impl<'t> Template<'t> {
    /// What the part `range` of the text stands for.
    fn part(self, range: Range<usize>, depth: usize) -> Result<Interpolated, Mistake> {
        let mut known = String::with_capacity(range.len());
        let mut missing = None;
        let mut at = range.start;
        while let Some(offset) = self.text[at..range.end].find('$') {
            let dollar = at + offset;
            known.push_str(&self.text[at..dollar]);
            let behind = &self.text[dollar + 1..range.end];
            let (end, value) = if behind.starts_with('$') {
                (dollar + 2, Interpolated::Known("$".to_owned()))
            } else if behind.starts_with('{') {
                self.braced(dollar, range.end, depth)?
            } else {
                let name = leading_name(behind);
                let end = dollar + 1 + name.len();
                if name.is_empty() {
                    return Err(Mistake {
                        kind: MistakeKind::Lone,
                        range: dollar..end,
                    });
                }
                (end, self.plain(name, dollar..end))
            };
            match value {
                Interpolated::Known(value) => known.push_str(&value),
                Interpolated::Unknown(it) => {
                    missing.get_or_insert(it);
                }
            }
            at = end;
        }
        known.push_str(&self.text[at..range.end]);
        Ok(missing.map_or(Interpolated::Known(known), Interpolated::Unknown))
    }

    fn plain(self, name: &str, range: Range<usize>) -> Interpolated {
        match self.variables.get(name) {
            Some(Some(value)) => Interpolated::Known(value.to_owned()),
            _ => missing(name, range),
        }
    }

    /// The end and the value of the `${…}` at `dollar`.
    fn braced(
        self,
        dollar: usize,
        end: usize,
        depth: usize,
    ) -> Result<(usize, Interpolated), Mistake> {
        let Some(closing) = self.closing(dollar, end) else {
            return Err(Mistake {
                kind: MistakeKind::Unclosed,
                range: dollar..end,
            });
        };
        let whole = dollar..closing + 1;
        let Some(Braced { name, operator }) = self.inside(dollar + 2..closing) else {
            return Err(Mistake {
                kind: MistakeKind::NoVariable,
                range: whole,
            });
        };
        let end = whole.end;
        if depth >= MAX_DEPTH {
            return Ok((end, missing(name, whole)));
        }
        let Some((operator, default)) = operator else {
            return Ok((end, self.plain(name, whole)));
        };
        let is_empty_unset = operator.starts_with(':');
        let value = match (self.variables.get(name), operator.trim_start_matches(':')) {
            // What is set elsewhere decides which of the two it is.
            (None, "+") | (Some(None), _) => missing(name, whole),
            (Some(Some(value)), "-" | "?") if !(value.is_empty() && is_empty_unset) => {
                Interpolated::Known(value.to_owned())
            }
            (_, "-") => self.part(default, depth + 1)?,
            (Some(Some(value)), "+") if value.is_empty() && is_empty_unset => {
                Interpolated::Known(String::new())
            }
            (_, "+") => self.part(default, depth + 1)?,
            // It has to be set where compose runs.
            _ => missing(name, whole),
        };
        Ok((end, value))
    }

    /// Where the `${` at `dollar` is closed.
    fn closing(self, dollar: usize, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut open = 0_usize;
        for at in dollar + 2..end {
            match bytes[at] {
                b'{' if bytes[at - 1] == b'$' => open += 1,
                b'}' if open == 0 => return Some(at),
                b'}' => open -= 1,
                _ => {}
            }
        }
        None
    }

    fn inside(self, range: Range<usize>) -> Option<Braced<'t>> {
        const OPERATORS: [&str; 6] = [":-", "-", ":?", "?", ":+", "+"];
        let inside = &self.text[range.clone()];
        let name = leading_name(inside);
        let rest = &inside[name.len()..];
        if name.is_empty() {
            return None;
        }
        if rest.is_empty() {
            return Some(Braced {
                name,
                operator: None,
            });
        }
        let operator = OPERATORS.into_iter().find(|it| rest.starts_with(it))?;
        let default = range.start + name.len() + operator.len()..range.end;
        Some(Braced {
            name,
            operator: Some((operator, default)),
        })
    }
}

fn missing(name: &str, range: Range<usize>) -> Interpolated {
    Interpolated::Unknown(Missing {
        name: name.to_owned(),
        range,
    })
}

/// The name that `text` begins with; empty if it begins with none.
fn leading_name(text: &str) -> &str {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let length = text.bytes().take_while(is_part).count();
    match text.starts_with(|first: char| first.is_ascii_digit()) {
        true => "",
        false => &text[..length],
    }
}

#[cfg(test)]
mod tests;
