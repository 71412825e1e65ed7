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
///
/// `word` is the word at `span`, and `text` all of it.
pub(crate) fn parser(words: &str, word: &str, text: &str, span: Span) -> Diagnostic {
    let words = words
        .trim_start_matches("error: ")
        .trim_start_matches("Parse error: ");
    let words = quoted(&super::evaluation_error::lower_first(words));
    let diagnostic = RULE.at(span, words.clone());
    let is_value = !word.is_empty() || text.starts_with(['"', '\'']);
    let closes = [
        "expected symbol `)`",
        "expected symbol `]`",
        "expected symbol `}`",
    ];
    match word {
        _ if text.starts_with(['“', '”', '„', '‘', '’']) => {
            diagnostic.help("replace the typographic quotes by `\"`")
        }
        _ if words.starts_with("invalid input") && text.starts_with(char::is_alphabetic) => {
            diagnostic.help("names have the letters `a` to `z`, digits and `_`")
        }
        _ if words.contains("new indentation block, expected") => {
            diagnostic.help("begin the line without blanks")
        }
        _ if words.contains(", expected new indentation block") => {
            diagnostic.help("indent the body of the block")
        }
        _ if words.contains("incorrect indentation") => {
            diagnostic.help("indent the line like one of the blocks around it")
        }
        _ if words.contains("unfinished string") => {
            diagnostic.help("close the string on its line, or use `\"\"\"` for several lines")
        }
        _ if words.contains("cannot have leading 0") => diagnostic
            .help("write it in quotes if it is an account id, or with `0o` if it is octal"),
        _ if words.contains("positional argument after") => {
            diagnostic.help("name this argument as well, or move it before the named ones")
        }
        _ if is_value && closes.iter().any(|closes| words.contains(closes)) => {
            diagnostic.help("is a comma missing before it?")
        }
        "while" => diagnostic.help("Starlark has no `while`; use `for … in range(…)`"),
        "class" => diagnostic.help("Starlark has no classes; use functions and dictionaries"),
        "import" | "from" => {
            diagnostic.help("Starlark has no `import`; use `load(\"file\", \"name\")`")
        }
        "try" | "except" | "raise" | "with" | "assert" | "del" | "global" | "nonlocal"
        | "yield" | "async" | "await" | "is" | "finally" | "as" => {
            diagnostic.help(format!("Starlark has no `{word}`"))
        }
        _ => diagnostic,
    }
}

/// The parser's quotes as ours.
fn quoted(words: &str) -> String {
    let mut quoted = String::with_capacity(words.len());
    let letters: Vec<char> = words.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1);
        let is_quote = *letter == '\''
            && (before.is_none_or(|it| it == ' ')
                || after.is_none_or(|it| matches!(it, ' ' | ',')));
        quoted.push(if is_quote { '`' } else { *letter });
    }
    quoted
}

/// A merge left both sides, and its mark at `span`.
pub(crate) fn conflict(span: Span) -> Diagnostic {
    RULE.at(span, "a merge conflict is not resolved")
        .help("keep what is right of both sides, and remove the marks")
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
