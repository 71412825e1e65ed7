//! The reference of the rules, from their own documentation.

use std::fmt::Write as _;

use crate::analyze::analyze;
use crate::diagnostic::Safety;
use crate::render::{Checked, Report, Terminal, full};
use crate::rule::{Example, Rule};

/// `docs/rules.md`: every rule with its documentation and real output.
pub(super) fn page() -> String {
    let rules = crate::rules::all();
    let mut page = String::from(
        "# Rules\n\n\
         What `raftt-config check` finds. `raftt-config explain RULE` shows the same in a terminal.\n\n\
         | rule | severity | fix | |\n|---|---|---|---|\n",
    );
    for rule in &rules {
        // Writing to a string cannot fail.
        _ = writeln!(
            page,
            "| [{name}](#{name}) | {} | {} | {} |",
            rule.severity.name(),
            rule.fix.map_or("", Safety::name),
            rule.summary().replace('|', "\\|"),
            name = rule.name,
        );
    }
    for rule in rules {
        let entry = entry(rule).replace("\n```raftt\n", "\n```python\n");
        page.push_str("\n#");
        // Below the page's own heading, everything is one level deeper.
        page.push_str(&deeper(&entry));
    }
    page
}

/// A rule's documentation with the real output of its example, in Markdown.
pub(crate) fn entry(rule: &'static Rule) -> String {
    let mut facts = vec![format!("Severity: {}", rule.severity.name())];
    match rule.fix {
        Some(Safety::Safe) => facts.push("`check --fix` mends it".to_owned()),
        Some(Safety::Unsafe) => facts.push("`check --fix --unsafe-fixes` mends it".to_owned()),
        None => {}
    }
    facts.push(format!("since {}", rule.since));
    if !rule.catalogue.is_empty() {
        facts.push(format!("catalogue: {}", rule.catalogue.join(", ")));
    }
    let markdown = rule.markdown();
    let documentation = match rule.example() {
        Some(example) => with_output(&markdown, &output(&example)),
        None => markdown,
    };
    format!(
        "# {}\n\n{}\n\n{documentation}",
        rule.name,
        facts.join(" · ")
    )
}

/// `markdown` with `output` at the end of its section `## Example`.
fn with_output(markdown: &str, output: &str) -> String {
    let shown = format!("`raftt-config check` says:\n\n```text\n{output}```\n");
    let example = markdown.find("## Example").unwrap_or(0);
    match markdown[example..].find("\n## ") {
        Some(at) => {
            let (before, after) = markdown.split_at(example + at + 1);
            format!("{}\n\n{shown}\n{after}", before.trim_end())
        }
        None => format!("{}\n\n{shown}", markdown.trim_end()),
    }
}

/// What `check` prints for a project.
fn output(example: &Example) -> String {
    let example = &example.without_expectations();
    let sources = example.sources();
    let projects = [Checked {
        folder: String::new(),
        file: "raftt.yml".to_owned(),
        analysis: analyze(&sources, &super::options(example)),
    }];
    full(&Report::new(&projects), Terminal::PLAIN)
}

/// `markdown` with every heading one level deeper.
fn deeper(markdown: &str) -> String {
    let mut is_code = false;
    let mut text = String::new();
    for (index, line) in markdown.lines().enumerate() {
        is_code ^= line.starts_with("```");
        if index > 0 && !is_code && line.starts_with('#') {
            text.push('#');
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}
