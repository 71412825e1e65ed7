//! `explain` and `rules`: the rules' documentation.

use serde::Serialize;

use super::terminal::{Stream, terminal};
use super::{Console, Exit, Failure, ListFormat};
use crate::diagnostic::Safety;
use crate::reference;
use crate::render::markdown::markdown;
use crate::render::paint::{Ink, Paint};
use crate::suggest::nearest;

/// Prints a rule's documentation with the real output of its example.
pub(crate) fn explain(name: &str, console: &Console) -> Result<Exit, Failure> {
    let rules = crate::rules::all();
    let Some(rule) = rules.iter().find(|rule| rule.name == name) else {
        let names = rules.iter().map(|rule| rule.name);
        return Err(Failure::usage(match nearest(name, names) {
            Some(nearest) => format!("there is no rule `{name}`; did you mean `{nearest}`?"),
            None => format!("there is no rule `{name}`; `raftt-config rules` lists all"),
        }));
    };
    let page = reference::rule_entry(rule);
    let terminal = terminal(console.color, Stream::Output);
    console.print(&markdown(&page, terminal))?;
    Ok(Exit::Clean)
}

/// A rule in the list for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleRecord {
    name: &'static str,
    severity: &'static str,
    summary: &'static str,
    since: &'static str,
    fix: Option<&'static str>,
    url: String,
}

/// Lists all rules.
pub(crate) fn rules(format: ListFormat, console: &Console) -> Result<Exit, Failure> {
    let rules = crate::rules::all();
    let text = match format {
        ListFormat::Json => {
            let records = rules.iter().map(|rule| RuleRecord {
                name: rule.name,
                severity: rule.severity.name(),
                summary: rule.summary(),
                since: rule.since,
                fix: rule.fix.map(Safety::name),
                url: rule.url(),
            });
            let records: Vec<_> = records.collect();
            let text = serde_json::to_string_pretty(&records);
            let text = text.map_err(|error| Failure::failed(error.to_string()))?;
            format!("{text}\n")
        }
        ListFormat::Full => {
            let paint = Paint::new(terminal(console.color, Stream::Output).has_color);
            let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            let line = |rule: &&crate::rule::Rule| {
                let name = format!("{:width$}", rule.name);
                let severity = format!("{:7}", rule.severity.name());
                format!(
                    "{}  {severity}  {}\n",
                    paint.on(&name, Ink::Bold),
                    rule.summary()
                )
            };
            rules.iter().map(line).collect()
        }
    };
    console.print(&text)?;
    Ok(Exit::Clean)
}
