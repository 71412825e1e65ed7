//! Writes comments for what should not be reported.

use std::collections::BTreeMap;

use super::{Fixed, Pass, changes};
use crate::analyze::{Analysis, analyze};
use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::options::Options;
use crate::source::{OverlaySources, Sources};
use crate::suppress;

/// Writes a comment `# raftt: ignore[…]` for every diagnostic of `analysis` that
/// `is_unwanted`, one for all rules of a line; `reason` stands behind the names. Nothing
/// is written to `sources`.
///
/// What the comments would change beyond that is left as it is: a file whose comments
/// brought up other mistakes gets none.
#[must_use]
pub fn ignore(
    sources: &dyn Sources,
    options: &Options,
    analysis: Analysis,
    is_unwanted: impl Fn(&Analysis, &Diagnostic) -> bool,
    reason: Option<&str>,
) -> Fixed {
    let unwanted = analysis.diagnostics.iter();
    let unwanted: Vec<&Diagnostic> = unwanted.filter(|it| is_unwanted(&analysis, it)).collect();
    let edits = suppress::ignore(&analysis.sources, &analysis.script, &unwanted, reason);
    let fixes: Vec<Fix> = edits
        .into_iter()
        .map(|edit| Fix {
            message: String::new(),
            safety: Safety::Safe,
            edits: vec![edit],
        })
        .collect();
    let mut overlay = OverlaySources::new(sources);
    let pass = Pass::of(&overlay, &analysis, fixes.iter());
    for (path, content) in pass.files {
        overlay.replace(path, content);
    }
    if pass.count == 0 {
        return Fixed {
            changes: Vec::new(),
            count: 0,
            analysis,
        };
    }
    let after = analyze(&overlay, options);
    let (had, has) = (by_rule(&analysis), by_rule(&after));
    let is_worse = has
        .iter()
        .any(|(rule, count)| had.get(rule).is_none_or(|it| it < count));
    if is_worse {
        return Fixed {
            changes: Vec::new(),
            count: 0,
            analysis,
        };
    }
    Fixed {
        changes: changes(sources, &overlay),
        count: analysis
            .diagnostics
            .len()
            .saturating_sub(after.diagnostics.len()),
        analysis: after,
    }
}

/// How many diagnostics there are of each rule.
fn by_rule(analysis: &Analysis) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in &analysis.diagnostics {
        *counts.entry(diagnostic.rule.name).or_default() += 1;
    }
    counts
}
