//! Mistakes that are none for certain: they hang on what a run only assumed.

use crate::diagnostic::Diagnostic;
use crate::script::choices;
use crate::script::rules::{evaluation_error, unknown_attribute, wrong_argument_type};

/// Whether what the engine says in `words` may be due to what the run assumed.
///
/// A function that searches what is not known gives `None` where nothing is found; a
/// list that is filled from it may hold more. Neither is the author's mistake, as long
/// as nobody knows that the search will fail.
pub(crate) fn is_open(words: &str) -> bool {
    let assumed = choices::assumed();
    let is_of_none = ["NoneType", "`None`", "indexed with"];
    let is_of_elements = ["was not found", "out of bound", "npacked "];
    let is_of = |telling: &[&str]| telling.iter().any(|it| words.contains(it));
    (is_of(&is_of_none) && (assumed.any || assumed.absorbed))
        || (is_of(&is_of_elements) && (assumed.unmet || assumed.absorbed))
}

/// Whether `diagnostic`, of what a value cannot do, may be due to what the run assumed.
pub(crate) fn covers(diagnostic: &Diagnostic) -> bool {
    let of_values = [
        &raw const evaluation_error::RULE,
        &raw const unknown_attribute::RULE,
        &raw const wrong_argument_type::RULE,
    ];
    of_values
        .iter()
        .any(|it| std::ptr::eq(diagnostic.rule, *it))
        && is_open(&diagnostic.message)
}
