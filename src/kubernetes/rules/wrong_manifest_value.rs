//! Values that a field of a manifest does not take.

use crate::diagnostic::{Diagnostic, Safety, listed};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A field of a manifest has a value that it does not take.
    ///
    /// ## Why is this wrong?
    /// A cluster refuses the object. `command` is a list of words and not one line; the
    /// value of a variable is a string, so `true`, `yes` and `8080` need quotes; and an
    /// amount of memory has no `B` (`256Mi`). Of some fields, the API knows all words:
    /// `imagePullPolicy` is `Always`, `IfNotPresent` or `Never`.
    ///
    /// ## Example
    /// ```yaml web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: nginx
    ///     imagePullPolicy: always  # error: "`imagePullPolicy` takes `Always`"
    ///     command: sleep  # error: "`command` takes a list of strings, not a string"
    ///     env:
    ///     - name: PORT
    ///       value: 8080  # error: "`value` takes a string, not a number"
    ///     resources:
    ///       limits:
    ///         memory: 256MB  # error: "`256MB` is no amount"
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    /// ## Use instead
    /// ```yaml web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: nginx
    ///     imagePullPolicy: Always
    ///     command: [sleep]
    ///     env:
    ///     - name: PORT
    ///       value: "8080"
    ///     resources:
    ///       limits:
    ///         memory: 256Mi
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    "wrong-manifest-value" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// `field`, in words, takes `wanted` and not `given`, which is at `at`.
pub(in crate::kubernetes) fn diagnostic(
    field: &str,
    (wanted, given): (&str, &str),
    at: Span,
) -> Diagnostic {
    RULE.at(at, format!("{field} takes {wanted}, not {given}"))
}

/// `text` at `at` is no amount. `meant` probably is.
pub(in crate::kubernetes) fn no_amount(text: &str, meant: Option<&str>, at: Span) -> Diagnostic {
    let diagnostic = RULE.at(at, format!("`{text}` is no amount"));
    match meant {
        Some(meant) => diagnostic.help(format!("write `{meant}`")).fix(
            Safety::Unsafe,
            format!("write `{meant}`"),
            at,
            meant,
        ),
        None => diagnostic.help("write a number with a unit: `500m`, `2`, `256Mi`, `1Gi`"),
    }
}

/// `field` takes only `words`, and not `given`, which is at `at`.
pub(in crate::kubernetes) fn word(
    field: &str,
    words: &[&str],
    given: &str,
    at: Span,
    meant: Option<&str>,
) -> Diagnostic {
    let quoted: Vec<_> = words.iter().map(|it| format!("`{it}`")).collect();
    let only = if quoted.len() == 1 { "only " } else { "" };
    let choice = format!("{only}{}", listed(&quoted, "or"));
    let diagnostic = RULE.at(at, format!("`{field}` takes {choice} here, not `{given}`"));
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).fix(
            Safety::Unsafe,
            format!("write `{meant}`"),
            at,
            meant,
        ),
        None => diagnostic,
    }
}

/// `text` is no name that `what` may have: it is longer than `most`, or has other letters.
pub(in crate::kubernetes) fn name(
    what: &str,
    text: &str,
    most: Option<usize>,
    at: Span,
) -> Diagnostic {
    if let Some(most) = most {
        let message = format!("the name of this {what} is longer than {most} letters");
        return RULE.at(at, message);
    }
    let message = format!(
        "`{text}` is no name of a {what}: it may have lower-case letters, digits, and `-` between them"
    );
    let letters = text.to_ascii_lowercase().replace(['_', ' '], "-");
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '.';
    let meant = letters.trim_matches('-');
    match !meant.is_empty() && meant.chars().all(is_part) {
        true => RULE.at(at, message).help(format!("write `{meant}`")),
        false => RULE.at(at, message),
    }
}

/// `field` takes numbers of a `range`, and not `given`, which is at `at`.
pub(in crate::kubernetes) fn number(field: &str, range: &str, given: i64, at: Span) -> Diagnostic {
    RULE.at(at, format!("`{field}` takes {range}, not {given}"))
}

/// The entry `key` of the `list` of a secret is `given`. The secret is at `at`.
pub(in crate::kubernetes) fn secret(
    (list, key): (&str, &str),
    given: &str,
    at: Span,
) -> Diagnostic {
    let message = format!("`{key}` in the `{list}` of this secret takes a string, not {given}");
    RULE.at(at, message).help("put the value in quotes")
}

/// The entry `key` of the `data` of the secret at `at` cannot be decoded.
pub(in crate::kubernetes) fn no_base64(key: &str, at: Span) -> Diagnostic {
    let message = format!("`{key}` in the `data` of this secret is no base64");
    RULE.at(at, message)
        .help("write plain text under `stringData` instead of `data`")
}
