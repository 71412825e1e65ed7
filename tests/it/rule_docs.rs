//! The examples in the rules' documentation do what it says.

use raftt_config::fix::fix;
use raftt_config::reference::options;
use raftt_config::{Analysis, Example, OverlaySources, Rule, Safety, Severity, analyze};

use crate::cases;
use crate::expectations::{self, Expectation};
use crate::golden::{Checked, check_all};

#[test]
fn every_rule_has_its_parts() {
    let shown_by_cases = cases::diagnostics();
    check(|rule| {
        let markdown = rule.markdown();
        let has = |heading: &str| markdown.lines().any(|line| line == heading);
        let mut problems = Vec::new();
        if !has("## Why is this wrong?") {
            problems.push("the heading `## Why is this wrong?` is missing".to_owned());
        }
        let is_shown = rule.example().is_some() && rule.use_instead().is_some();
        // Some mistakes cannot be written as text: bytes that are none, folders.
        let has_case = shown_by_cases.contains(&format!("[{}]", rule.name));
        if !is_shown && (has("## Example") || has("## Use instead") || !has_case) {
            problems.push("`## Example` and `## Use instead` need code, or a case shows it".into());
        }
        if !rule.summary().ends_with('.') {
            problems.push("the summary is no sentence".to_owned());
        }
        is_empty(&problems)
    });
}

#[test]
fn every_example_has_the_mistake() {
    check(|rule| {
        let Some(example) = rule.example() else {
            return Ok(());
        };
        if expectations_of(&example)?.is_empty() {
            return Err("no comment says what is expected".to_owned());
        }
        agrees(&example, rule)
    });
}

#[test]
fn every_replacement_is_right() {
    check(|rule| rule.use_instead().map_or(Ok(()), |it| agrees(&it, rule)));
}

#[test]
fn every_safe_fix_mends_its_example() {
    check(|rule| {
        if rule.fix != Some(Safety::Safe) {
            return Ok(());
        }
        let Some(example) = rule.example() else {
            return Ok(());
        };
        let sources = example.sources();
        let options = options(&example);
        let fixed = fix(
            &sources,
            &options,
            analyze(&sources, &options),
            Safety::Safe,
        );
        let mut after = OverlaySources::new(&sources);
        for change in fixed.changes {
            after.replace(change.path, change.after);
        }
        let left = messages(&analyze(&after, &options), rule);
        if left.is_empty() {
            Ok(())
        } else {
            Err(format!(
                "after the safe fixes there is still: {}",
                left.join("; ")
            ))
        }
    });
}

fn check(check: impl Fn(&Rule) -> Checked + Sync) {
    let rules = raftt_config::rules();
    let named = rules.into_iter().map(|rule| (rule.name.to_owned(), rule));
    check_all("rules", named, |rule| check(rule));
}

/// Whether what is found in `example` is what its comments expect.
fn agrees(example: &Example, rule: &Rule) -> Checked {
    is_empty(&expectations::differences(
        &analyze(&example.sources(), &options(example)),
        &expectations_of(example)?,
        rule.name,
        |it| it.severity > Severity::Advice || it.rule.name == rule.name,
    ))
}

fn expectations_of(example: &Example) -> Result<Vec<Expectation>, String> {
    let mut all = Vec::new();
    for file in &example.files {
        all.extend(expectations::parse(&file.path, &file.text)?);
    }
    Ok(all)
}

fn messages(analysis: &Analysis, rule: &Rule) -> Vec<String> {
    let own = analysis
        .diagnostics
        .iter()
        .filter(|it| it.rule.name == rule.name);
    own.map(|it| it.message.clone()).collect()
}

fn is_empty(problems: &[String]) -> Checked {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}
