//! Two arguments of which each is given for the other.

use super::binder::Given;
use crate::diagnostic::Diagnostic;
use crate::script::arg_type::fits;
use crate::script::builtins::Builtin;
use crate::script::parsed::Script;
use crate::script::rules::wrong_argument_type;

/// Exchanges two values that fit each other's parameter and not their own.
pub(super) fn put_right(
    builtin: &Builtin,
    script: &Script,
    given: &mut [Given<'_, '_>],
) -> Option<Diagnostic> {
    let is_wrong = |one: &Given<'_, '_>| !fits(one.value, &one.parameter.takes);
    let wrong: Vec<usize> = (0..given.len())
        .filter(|it| is_wrong(&given[*it]))
        .collect();
    let [one, other] = *wrong else { return None };
    let (first, second) = (given[one], given[other]);
    let fit_each_other =
        fits(first.value, &second.parameter.takes) && fits(second.value, &first.parameter.takes);
    if !fit_each_other || !first.is_shown || !second.is_shown {
        return None;
    }
    given[one] = Given {
        parameter: first.parameter,
        ..second
    };
    given[other] = Given {
        parameter: second.parameter,
        ..first
    };
    let places = [first.expression?, second.expression?].map(|it| script.span(it.span));
    let names = [first.parameter.name, second.parameter.name];
    Some(wrong_argument_type::swapped(builtin, script, names, places))
}
