//! Expectations in comments: `# error: "part of message"`, also `# warning:` and
//! `# advice:`, optionally with `[rule-name]` before the quoted text.
//!
//! A comment after code speaks of its own line; comments on lines of their own
//! speak of the next line that is none.

use std::fmt;

use raftt_config::{Analysis, Diagnostic, Severity};

/// A diagnostic that must be there.
#[derive(Debug)]
pub(crate) struct Expectation {
    path: String,
    line: usize,
    severity: Severity,
    rule: Option<String>,
    part: String,
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            severity,
            rule,
            part,
        } = self;
        let rule = rule.as_deref().unwrap_or("…");
        write!(f, "{path}:{line}: {}[{rule}] …{part}…", severity.name())
    }
}

/// The expectations in the comments of `text`.
pub(crate) fn parse(path: &str, text: &str) -> Result<Vec<Expectation>, String> {
    let mut expectations = Vec::new();
    let mut waiting = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let found = in_line(path, index + 1, line)?;
        if line.trim_start().starts_with('#') && !found.is_empty() {
            waiting.extend(found);
        } else {
            let above = waiting.drain(..).map(|it| Expectation {
                line: index + 1,
                ..it
            });
            expectations.extend(above.chain(found));
        }
    }
    match waiting.first() {
        Some(it) => Err(format!("no line follows the expectation {it}")),
        None => Ok(expectations),
    }
}

fn in_line(path: &str, line: usize, text: &str) -> Result<Vec<Expectation>, String> {
    let severities = [Severity::Error, Severity::Warning, Severity::Advice];
    let mut found = Vec::new();
    for severity in severities {
        let word = format!("# {}: ", severity.name());
        for (at, _) in text.match_indices(&word) {
            let rest = text[at + word.len()..].trim_start();
            let expectation = rest_of(path, line, severity, rest);
            found.push(expectation.ok_or_else(|| {
                format!("{path}:{line}: expected `{word}\"part of message\"`, found `{rest}`")
            })?);
        }
    }
    Ok(found)
}

fn rest_of(path: &str, line: usize, severity: Severity, rest: &str) -> Option<Expectation> {
    let (rule, rest) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (rule, rest) = rest.split_once(']')?;
            (Some(rule.to_owned()), rest.trim_start())
        }
        None => (None, rest),
    };
    let part = quoted(rest)?;
    Some(Expectation {
        path: path.to_owned(),
        line,
        severity,
        rule,
        part,
    })
}

/// The text between the first two quotes; `\"` is a quote in it.
fn quoted(text: &str) -> Option<String> {
    let mut part = String::new();
    let mut characters = text.strip_prefix('"')?.chars();
    loop {
        match characters.next()? {
            '"' => return Some(part),
            '\\' => part.push(characters.next()?),
            character => part.push(character),
        }
    }
}

/// How `analysis` and the expectations differ; empty when they agree. Expectations
/// without a rule mean `default_rule`. Diagnostics that are not expected count
/// where `is_relevant`.
pub(crate) fn differences(
    analysis: &Analysis,
    expectations: &[Expectation],
    default_rule: &str,
    is_relevant: impl Fn(&Diagnostic) -> bool,
) -> Vec<String> {
    let mut open: Vec<&Expectation> = expectations.iter().collect();
    let mut problems = Vec::new();
    for diagnostic in &analysis.diagnostics {
        let file = analysis.sources.file(diagnostic.span.file);
        let line = file.position(diagnostic.span.start as usize).line;
        let meets = |it: &&Expectation| {
            it.path == file.path
                && it.line == line
                && it.severity == diagnostic.severity
                && it.rule.as_deref().unwrap_or(default_rule) == diagnostic.rule.name
                && diagnostic.message.contains(&it.part)
        };
        match open.iter().position(meets) {
            Some(at) => _ = open.remove(at),
            None if is_relevant(diagnostic) => problems.push(format!(
                "unexpected: {}:{line}: {}[{}] {}",
                file.path,
                diagnostic.severity.name(),
                diagnostic.rule.name,
                diagnostic.message
            )),
            None => {}
        }
    }
    problems.extend(open.iter().map(|it| format!("not met: {it}")));
    problems
}

#[test]
fn comments_speak_of_their_own_line_or_the_next() {
    let text = "# error: \"one\"\n# advice: [b] \"two\"\nx = 1  # warning: \"th\\\"ree\"\n";
    let shown: Vec<_> = parse("f", text)
        .expect("the comments are well formed")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        shown,
        [
            "f:3: error[…] …one…",
            "f:3: advice[b] …two…",
            "f:3: warning[…] …th\"ree…"
        ]
    );
    assert!(parse("f", "x # error: one").is_err());
    assert!(parse("f", "# error: \"one\"").is_err());
}
