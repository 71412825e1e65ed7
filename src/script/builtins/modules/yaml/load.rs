//! From YAML to plain data.

use super::scalar::resolve;
use crate::script::builtins::modules::text::Problem;
use crate::script::values::Plain;
use crate::script::values::plain::{MAX_DEPTH, MAX_PARTS};
use crate::source::FileId;
use crate::yaml::{self, Budget, Kind, NodeId, Scalar, Style, Tree};

/// The value of the first document in `text`.
pub(super) fn load(text: &str) -> Result<Plain, Problem> {
    // The tree's places are bytes of the text; it is no file.
    let tree = yaml::parse(FileId::from_index(0), text);
    if let Some(problem) = tree.problems.first() {
        let message = match &problem.help {
            Some(help) => format!("{} ({help})", problem.message),
            None => problem.message.clone(),
        };
        let at = problem.span.range().start;
        return Err(Problem::At { at, message });
    }
    let Some(document) = tree.documents.first() else {
        return Ok(Plain::None);
    };
    let mut budget = Budget::new(MAX_PARTS);
    value(&tree, document.root, &mut budget, 0)
}

// The depth is bounded, so recursion is too.
fn value(tree: &Tree, id: NodeId, budget: &mut Budget, depth: usize) -> Result<Plain, Problem> {
    if !budget.spend() || depth > MAX_DEPTH {
        return Err(Problem::TooLarge);
    }
    match tree.kind(id) {
        Kind::Scalar(scalar) => scalar_value(tree, id, scalar),
        Kind::Sequence(items) => {
            let items = items.iter();
            let values = items.map(|item| value(tree, *item, budget, depth + 1));
            values.collect::<Result<_, _>>().map(Plain::List)
        }
        Kind::Mapping(_) => {
            let mut entries = Vec::new();
            for entry in tree.entries(id, budget) {
                let key = value(tree, entry.key, budget, depth + 1)?;
                if matches!(key, Plain::List(_) | Plain::Map(_)) {
                    let at = tree.span(entry.key).range().start;
                    let message = "a list or mapping cannot be a key".to_owned();
                    return Err(Problem::At { at, message });
                }
                entries.push((key, value(tree, entry.value, budget, depth + 1)?));
            }
            match budget.is_exceeded() {
                true => Err(Problem::TooLarge),
                false => Ok(Plain::Map(entries)),
            }
        }
        Kind::Alias(_) | Kind::Unresolved => Ok(Plain::None),
    }
}

fn scalar_value(tree: &Tree, id: NodeId, scalar: &Scalar) -> Result<Plain, Problem> {
    let is_plain = matches!(scalar.style, Style::Plain | Style::Absent);
    let text = || Plain::Text(scalar.text.to_string());
    let wrong = |what: &str| Problem::At {
        at: tree.span(id).range().start,
        message: format!("this is no {what}"),
    };
    match scalar.tag() {
        Some("str") => Ok(text()),
        Some(tag @ ("int" | "float" | "bool" | "null")) => match (tag, resolve(&scalar.text)) {
            ("int", value @ Plain::Int(_))
            | ("float", value @ Plain::Float(_))
            | ("bool", value @ Plain::Bool(_))
            | ("null", value @ Plain::None) => Ok(value),
            #[expect(clippy::cast_precision_loss, reason = "that is what the tag asks for")]
            ("float", Plain::Int(whole)) => match i64::try_from(whole) {
                Ok(whole) => Ok(Plain::Float(whole as f64)),
                Err(_) => Err(wrong("fraction")),
            },
            ("int", _) => Err(wrong("whole number")),
            ("float", _) => Err(wrong("fraction")),
            ("bool", _) => Err(wrong("truth value")),
            _ => Err(wrong("null")),
        },
        _ if is_plain => Ok(resolve(&scalar.text)),
        _ => Ok(text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Plain {
        Plain::Text(text.to_owned())
    }

    #[test]
    fn documents_become_plain_data() {
        let yaml =
            "a: yes\n'b': 'yes'\n1: [x, ~]\nbase: &b {k: 1}\nmore:\n  <<: *b\n  l: 2\n---\nother";
        let int = |value: i64| Plain::Int(value.into());
        let base = vec![(text("k"), int(1))];
        let expected = Plain::Map(vec![
            (text("a"), Plain::Bool(true)),
            (text("b"), text("yes")),
            (int(1), Plain::List(vec![text("x"), Plain::None])),
            (text("base"), Plain::Map(base)),
            (
                text("more"),
                Plain::Map(vec![(text("l"), int(2)), (text("k"), int(1))]),
            ),
        ]);
        assert_eq!(load(yaml), Ok(expected));
        assert_eq!(load(""), Ok(Plain::None));
        assert_eq!(load("!!str 12"), Ok(text("12")));
    }

    #[test]
    fn mistakes_have_their_place() {
        for (yaml, expected) in [("a: [1\nb: 2", 3), ("? [1]\n: 2", 2), ("a: !!int x", 9)] {
            match load(yaml) {
                Err(Problem::At { at, .. }) => assert_eq!(at, expected, "{yaml}"),
                other => panic!("{yaml}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_short_text_stands_for_little() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..20 {
            let alias = format!("*a{}, ", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{alias}]\n"));
        }
        assert_eq!(load(&bomb), Err(Problem::TooLarge));
        for deep in [
            "[".repeat(50_000),
            "{a: ".repeat(50_000),
            "- ".repeat(50_000),
        ] {
            assert!(load(&deep).is_err());
        }
    }
}
