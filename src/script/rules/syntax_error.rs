//! Text that is no Starlark.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// The text of a script is not valid Starlark.
    ///
    /// ## Why is this wrong?
    /// Scripts are written in Starlark, a small dialect of Python. A script
    /// that cannot be parsed is not evaluated at all. Here the broken statement
    /// is passed over, so that the rest is still checked.
    ///
    /// ## Example
    /// ```raftt
    /// hosts = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"  # error: "never closed"
    /// configure_cred_helper(provider = "ecr", registries = hosts)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// hosts = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"]
    /// configure_cred_helper(provider = "ecr", registries = hosts)
    /// ```
    "syntax-error" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The parser refused the text at `span` with these words.
pub(crate) fn parser(words: &str, found: &str, span: Span) -> Diagnostic {
    let words = super::evaluation_error::lower_first(words.trim_start_matches("Parse error: "));
    let diagnostic = RULE.at(span, words);
    match found {
        "while" => diagnostic.help("Starlark has no `while`; use `for … in range(…)`"),
        "class" => diagnostic.help("Starlark has no classes; use functions and dictionaries"),
        "import" | "from" => {
            diagnostic.help("Starlark has no `import`; use `load(\"file\", \"name\")`")
        }
        "try" | "except" | "raise" | "with" | "assert" | "del" | "global" | "nonlocal"
        | "yield" | "async" | "await" | "is" | "finally" | "as" => {
            diagnostic.help(format!("Starlark has no `{found}`"))
        }
        _ => diagnostic,
    }
}

/// The bracket at `span` is never closed.
pub(crate) fn unclosed(bracket: char, span: Span) -> Diagnostic {
    let closing = match bracket {
        '(' => ')',
        '[' => ']',
        _ => '}',
    };
    RULE.at(span, format!("this `{bracket}` is never closed"))
        .help(format!("add `{closing}` where the expression ends"))
}
