//! Comments that are written for diagnostics silence them, and nothing else.

use raftt_config::fix::ignore;
use raftt_config::{Analysis, Diagnostic, OverlaySources, analyze};

use crate::cases::{Case, run};

/// How many diagnostics of a case are silenced one by one.
const SINGLE: usize = 5;

#[test]
fn everything_can_be_ignored_and_stays_so() {
    run(|case| {
        let before = case.analyze();
        let open: Vec<String> = before
            .diagnostics
            .iter()
            .filter(|it| before.ignore_edit(it).is_none())
            .map(|it| it.message.clone())
            .collect();
        let written = ignore(
            &case.sources,
            &case.options,
            before,
            |_, _| true,
            Some("why"),
        );
        let mut sources = OverlaySources::new(&case.sources);
        for change in &written.changes {
            sources.replace(change.path.as_str(), change.after.as_slice());
        }
        let after = analyze(&sources, &case.options);
        if let Some(left) = after
            .diagnostics
            .iter()
            .find(|it| !open.contains(&it.message))
        {
            return Err(format!(
                "it is still reported: {}",
                shown(&after, left, &written.changes)
            ));
        }
        let again = ignore(&sources, &case.options, after, |_, _| true, None);
        match again.changes.first() {
            Some(change) => Err(format!("a second run changes {}", change.path)),
            None => Ok(()),
        }
    });
}

#[test]
fn one_diagnostic_is_ignored_and_the_others_are_not() {
    run(|case| {
        let before = case.analyze();
        let step = (before.diagnostics.len() / SINGLE).max(1);
        for diagnostic in before.diagnostics.iter().step_by(step) {
            one(case, &before, diagnostic)?;
        }
        Ok(())
    });
}

fn one(case: &Case, before: &Analysis, diagnostic: &Diagnostic) -> Result<(), String> {
    if before.ignore_edit(diagnostic).is_none() {
        return Ok(());
    }
    let path = |analysis: &Analysis, it: &Diagnostic| {
        let file = analysis.sources.file(it.span.file);
        file.path.clone()
    };
    let is_unwanted = |_: &Analysis, it: &Diagnostic| {
        it.span == diagnostic.span
            && it.rule.name == diagnostic.rule.name
            && it.message == diagnostic.message
    };
    let before = before.clone();
    let after = ignore(
        &case.sources,
        &case.options,
        before.clone(),
        is_unwanted,
        None,
    );
    // Equal mistakes may stand on equal lines.
    let count = |analysis: &Analysis| {
        let all = analysis.diagnostics.iter();
        let same = all.filter(|it| {
            it.rule.name == diagnostic.rule.name
                && it.message == diagnostic.message
                && path(analysis, it) == path(&before, diagnostic)
        });
        same.count()
    };
    if count(&after.analysis) >= count(&before) {
        let shown = shown(&before, diagnostic, &after.changes);
        return Err(format!("it is still reported: {shown}"));
    }
    Ok(())
}

fn shown(analysis: &Analysis, it: &Diagnostic, changes: &[raftt_config::fix::Change]) -> String {
    let file = analysis.sources.file(it.span.file);
    let place = file.position(it.span.start as usize);
    let changes = changes
        .iter()
        .map(|it| String::from_utf8_lossy(&it.after).into_owned());
    let texts: Vec<_> = changes.collect();
    format!(
        "{}:{}:{} [{}] {}\n{}",
        file.path,
        place.line,
        place.column,
        it.rule.name,
        it.message,
        texts.join("\n---\n")
    )
}
