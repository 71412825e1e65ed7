//! Values of another type than their key has.

use crate::diagnostic::{Diagnostic, Safety};
use crate::project_file::key::Key;
use crate::project_file::reader::{At, Reader};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;
use crate::yaml::{Kind, NodeId, Style, Value, quoted};

declare_rule! {
    /// A value has another type than its key needs.
    ///
    /// ## Why is this wrong?
    /// `"true"` in quotes is a text, `1` is a number, and `yes` is a text to every
    /// reader of YAML 1.2 but a boolean to readers of YAML 1.1. Where a boolean is
    /// needed, none of them is certain to count. A list or a mapping in the place of
    /// a name cannot be read at all.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: [raftt-controller]  # error: "must be a text, not a list"
    ///   searchLocalDockerRegistry: "true"  # error: "must be `true` or `false`, not a text"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    ///   searchLocalDockerRegistry: true
    /// ```
    "wrong-value-type" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["Y05", "Y06"],
    }
}

/// `text` at `span`, the value of `key`, is a number or a boolean unless it is quoted.
pub(crate) fn not_quoted(key: &Key, span: Span, text: &str) -> Diagnostic {
    let kind = match text.parse::<f64>() {
        Ok(_) => "a number",
        Err(_) => "a boolean",
    };
    let message = format!("`{}` must be a text, not {kind}", key.name);
    let diagnostic = RULE.at(span, message);
    if kind == "a boolean" {
        return diagnostic.help(match key.examples.first() {
            Some(example) => format!("write a value as in `{}: {example}`", key.name),
            None => "write a text".to_owned(),
        });
    }
    diagnostic
        .help(format!(
            "if `{text}` is meant, quote it: `{}`",
            quoted(text)
        ))
        .fix(Safety::Unsafe, "quote it", span, quoted(text))
}

/// The value of `key` is a list or a mapping instead of a text. Gives what is
/// meant, too, where that can be told.
pub(crate) fn not_text(
    reader: &Reader<'_>,
    key: &Key,
    node: NodeId,
) -> (Diagnostic, Option<String>) {
    let tree = reader.tree;
    let span = tree.span(node);
    let found = describe(reader, node);
    let example = key.examples.first().copied().unwrap_or("value");
    if reader.map.text(span).starts_with("{{") {
        let message = format!("`{}` is a template, and nothing fills it in", key.name);
        let help = format!("write the value itself, as in `{}: {example}`", key.name);
        return (RULE.at(span, message).help(help), None);
    }
    let diagnostic = RULE.at(span, format!("`{}` must be a text, not {found}", key.name));
    let single = match tree.kind(node) {
        Kind::Sequence(items) => match items.as_slice() {
            [item] => Some((*item, Safety::Safe)),
            _ => None,
        },
        Kind::Mapping(pairs) => match pairs.as_slice() {
            [pair] if tree.name(pair.key) == Some("name") => Some((pair.value, Safety::Unsafe)),
            _ => None,
        },
        _ => None,
    };
    let text = single.and_then(|(node, safety)| Some((node, safety, tree.name(node)?)));
    let Some((inner, safety, text)) = text.filter(|it| !it.2.trim().is_empty()) else {
        let help = format!("write one text, as in `{}: {example}`", key.name);
        return (diagnostic.help(help), None);
    };
    let diagnostic = diagnostic.help(format!("write `{}: {text}`", key.name));
    let written = reader.map.text(tree.span(inner));
    // An entry of a list without brackets may not be indented enough to stand alone.
    let whole = reader.map.text(span);
    let is_simple = !tree.is_alias(node) && !whole.contains('\n') && !whole.starts_with('-');
    let diagnostic = if is_simple {
        diagnostic.fix(safety, format!("write `{text}` alone"), span, written)
    } else {
        diagnostic
    };
    (diagnostic, Some(text.to_owned()))
}

/// The value of `key` is no boolean. Gives what is meant, too, where that can be told.
pub(crate) fn not_a_boolean(
    reader: &Reader<'_>,
    key: &Key,
    node: NodeId,
) -> (Diagnostic, Option<bool>) {
    let span = reader.tree.span(node);
    let found = describe(reader, node);
    let message = format!("`{}` must be `true` or `false`, not {found}", key.name);
    let diagnostic = RULE.at(span, message);
    let Some(scalar) = reader.tree.scalar(node) else {
        return (diagnostic.help(format!("write `{}: true`", key.name)), None);
    };
    let number = match scalar.text.trim() {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    };
    let meant = scalar.as_loose_boolean().or(number);
    let Some(meant) = meant else {
        let help = match nearest(&scalar.text, ["true", "false"]) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write `{}: true`, or remove the key", key.name),
        };
        return (diagnostic.help(help), None);
    };
    let is_word = ["true", "false"].contains(&&*scalar.text);
    let help = match scalar.style {
        Style::Quoted if is_word => format!("remove the quotes: `{meant}`"),
        Style::Plain if number.is_none() => format!(
            "write `{meant}`: `{}` is a boolean only to readers of YAML 1.1",
            scalar.text
        ),
        _ => format!("write `{meant}`"),
    };
    let diagnostic = diagnostic.help(help);
    let diagnostic = if reader.tree.is_alias(node) || scalar.style == Style::Block {
        diagnostic
    } else {
        // `1` may have been meant otherwise; every word is clear.
        let safety = match number {
            Some(_) => Safety::Unsafe,
            None => Safety::Safe,
        };
        diagnostic.fix(safety, format!("write `{meant}`"), span, meant.to_string())
    };
    (diagnostic, Some(meant))
}

/// The value of `key` is no list.
pub(crate) fn not_a_list(reader: &Reader<'_>, key: &Key, at: At) -> Diagnostic {
    let found = describe(reader, at.node);
    let message = format!("`{}` must be a list, not {found}", key.name);
    let span = match reader.tree.kind(at.node) {
        Kind::Mapping(_) => at.key,
        _ => reader.tree.span(at.node),
    };
    RULE.at(span, message).help("begin each entry with `- `")
}

/// What `name` holds is no mapping.
pub(crate) fn not_a_mapping(reader: &Reader<'_>, name: &str, node: NodeId) -> Diagnostic {
    let found = describe(reader, node);
    let message = format!("`{name}` must hold keys, not {found}");
    let diagnostic = RULE.at(reader.tree.span(node), message);
    match reader.tree.kind(node) {
        Kind::Sequence(_) if name == "secrets" => diagnostic.help(
            "write each secret's name as a key, and `inputcommand: …` below it, without `- `",
        ),
        Kind::Sequence(_) => {
            diagnostic.help("write the keys one below the other, indented, without `- `")
        }
        _ => diagnostic.help("write `key: value` lines below it, indented"),
    }
}

/// The secret `name` is no mapping.
pub(crate) fn not_a_secret(reader: &Reader<'_>, name: &str, node: NodeId) -> Diagnostic {
    let found = describe(reader, node);
    let message = format!("the secret `{name}` must hold keys, not {found}");
    RULE.at(reader.tree.span(node), message)
        .help("write the command that prints it below the name: `inputcommand: …`")
}

/// A variable of `build.env` is no text.
pub(crate) fn not_a_variable(reader: &Reader<'_>, node: NodeId) -> Diagnostic {
    let found = describe(reader, node);
    RULE.at(
        reader.tree.span(node),
        format!("a variable must be a text, not {found}"),
    )
    .help("write `NAME: value`")
}

/// The whole file is something else than a mapping.
pub(crate) fn not_a_project_file(reader: &Reader<'_>, node: NodeId) -> Diagnostic {
    let found = describe(reader, node);
    RULE.at(
        reader.tree.span(node),
        format!("`raftt.yml` must hold keys, not {found}"),
    )
    .help("write `key: value` lines, as in `envDefinition: env.raftt`")
}

fn describe(reader: &Reader<'_>, node: NodeId) -> &'static str {
    match reader.tree.kind(node) {
        Kind::Sequence(_) => "a list",
        Kind::Mapping(_) => "a mapping",
        Kind::Alias(_) | Kind::Unresolved => "an alias",
        Kind::Scalar(scalar) => match scalar.value() {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
        },
    }
}
