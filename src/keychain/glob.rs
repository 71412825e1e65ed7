//! A label of a key's host: letters, or a pattern of Go's `filepath.Match`.

/// A label as a key writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    text: String,
    /// Empty for plain letters.
    tokens: Vec<Token>,
    /// Whether it is written as no pattern may be: then it matches nothing.
    is_broken: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Letter(char),
    /// `?`
    Any,
    /// `*`
    Star,
    /// `[a-z]`
    Class {
        is_negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Glob {
    pub(super) fn new(text: &str) -> Self {
        let tokens = match text.contains(['*', '?', '[', '\\']) {
            true => tokens(text),
            false => Some(Vec::new()),
        };
        Self {
            text: text.to_owned(),
            is_broken: tokens.is_none(),
            tokens: tokens.unwrap_or_default(),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is written as no pattern may be.
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Whether it matches itself alone.
    pub(super) fn is_literal(&self) -> bool {
        self.tokens.is_empty() && !self.is_broken
    }

    /// The letters that all it matches begin with.
    pub(super) fn prefix(&self) -> String {
        letters(self.tokens.iter())
    }

    /// The letters of a single byte that all it matches end with, from the last on.
    pub(super) fn reversed_suffix(&self) -> String {
        let mut suffix = letters(self.tokens.iter().rev());
        suffix.truncate(
            suffix
                .find(|it: char| !it.is_ascii())
                .unwrap_or(suffix.len()),
        );
        suffix
    }

    pub(super) fn matches(&self, label: &str) -> bool {
        match (self.is_broken, self.tokens.is_empty()) {
            (true, _) => false,
            (false, true) => self.text == label,
            (false, false) => matches(&self.tokens, label),
        }
    }
}

fn letters<'t>(tokens: impl Iterator<Item = &'t Token>) -> String {
    let letters = tokens.map_while(|it| match it {
        Token::Letter(letter) => Some(*letter),
        _ => None,
    });
    letters.collect()
}

/// None where the pattern is broken.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        tokens.push(match letter {
            '*' => Token::Star,
            '?' => Token::Any,
            '\\' => Token::Letter(letters.next()?),
            '[' => {
                let is_negated = letters.next_if_eq(&'^').is_some();
                let mut ranges = Vec::new();
                while ranges.is_empty() || letters.next_if_eq(&']').is_none() {
                    let low = bound(&mut letters)?;
                    let high = match letters.next_if_eq(&'-') {
                        Some(_) => bound(&mut letters)?,
                        None => low,
                    };
                    ranges.push((low, high));
                }
                Token::Class { is_negated, ranges }
            }
            letter => Token::Letter(letter),
        });
    }
    Some(tokens)
}

/// A letter within a class.
fn bound(letters: &mut impl Iterator<Item = char>) -> Option<char> {
    match letters.next()? {
        '\\' => letters.next(),
        '-' | ']' => None,
        letter => Some(letter),
    }
}

fn matches(tokens: &[Token], label: &str) -> bool {
    let mut rest = label.chars();
    let mut at = 0;
    // Behind the last `*`, and what of the label it has not taken yet.
    let mut star: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        if let Some(Token::Star) = tokens.get(at) {
            at += 1;
            star = Some((at, rest.clone()));
            continue;
        }
        let Some(letter) = rest.next() else {
            return at == tokens.len();
        };
        if tokens.get(at).is_some_and(|it| it.takes(letter)) {
            at += 1;
            continue;
        }
        let Some((begin, untaken)) = &mut star else {
            return false;
        };
        // The `*` takes one letter more.
        if untaken.next().is_none() {
            return false;
        }
        at = *begin;
        rest = untaken.clone();
    }
}

impl Token {
    fn takes(&self, letter: char) -> bool {
        match self {
            Self::Letter(own) => *own == letter,
            Self::Any => true,
            Self::Star => false,
            Self::Class { is_negated, ranges } => {
                let mut ranges = ranges.iter();
                let is_in = ranges.any(|(low, high)| (*low..=*high).contains(&letter));
                is_in != *is_negated
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn patterns_match_as_go_matches_them() {
        for (pattern, label, expected) in [
            ("quay", "quay", true),
            ("quay", "Quay", false),
            ("*", "", true),
            ("*", "anything", true),
            ("a*c", "abbc", true),
            ("a*c", "abbd", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[a-c]x", "bx", true),
            ("[a-c]x", "dx", false),
            ("[^a-c]x", "dx", true),
            ("[ab]", "b", true),
            ("[a", "a", false),
            ("[]a]", "]", false),
            ("[-a]", "a", false),
            ("[a-]", "a", false),
            ("\\*", "*", true),
            ("a\\", "a", false),
            ("**x", "aax", true),
            ("*ü?", "xüä", true),
        ] {
            assert_eq!(
                Glob::new(pattern).matches(label),
                expected,
                "{pattern} {label}"
            );
        }
    }

    #[test]
    fn fixed_ends_are_told() {
        let glob = Glob::new("ab*[x]*yz");
        assert_eq!((&*glob.prefix(), &*glob.reversed_suffix()), ("ab", "zy"));
    }
}
