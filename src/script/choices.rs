//! Which way a script goes where that depends on a value that is only known at
//! run time, and the values that the caller gave.
//!
//! The truth and the attributes of an unknown value are asked for without an
//! evaluator at hand, so the choices of a run go through the thread: an
//! evaluation stays on one.

use std::cell::RefCell;

use crate::script::secret::Secret;
use crate::source::Span;
use crate::unknown::Unknown;

/// How many choices of one run are remembered.
const MAX_CHOICES: usize = 8;

/// A place where a run could have gone another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The statement that asks.
    pub(crate) statement: Span,
    /// The value that it depends on.
    pub(crate) unknown: Unknown,
    /// The way that was taken.
    pub(crate) outcome: bool,
}

#[derive(Default)]
struct Run {
    /// The ways to take, in the order in which they come up; then always `true`.
    planned: Vec<bool>,
    taken: Vec<Choice>,
    statement: Option<Span>,
    /// The values that the caller gave for what is known at run time, by name.
    given: Vec<(String, String)>,
    /// The values that the caller gave for secrets, by name.
    secrets: Vec<(String, Secret)>,
}

thread_local! {
    static RUN: RefCell<Run> = RefCell::default();
}

/// Starts a run that takes the ways `planned`, with the values `given`, and those of
/// `secrets`.
pub(crate) fn start(planned: Vec<bool>, given: &[(String, String)], secrets: &[(String, Secret)]) {
    RUN.with_borrow_mut(|run| {
        *run = Run {
            planned,
            given: given.to_vec(),
            secrets: secrets.to_vec(),
            ..Run::default()
        };
    });
}

/// The choices of the run so far.
pub(crate) fn taken() -> Vec<Choice> {
    RUN.with_borrow(|run| run.taken.clone())
}

/// Remembers the statement that runs now.
pub(crate) fn set_statement(statement: Span) {
    RUN.with_borrow_mut(|run| run.statement = Some(statement));
}

/// The value that the caller gave for what is known at run time as `name`.
pub(crate) fn given(name: &str) -> Option<String> {
    RUN.with_borrow(|run| {
        let mut given = run.given.iter();
        given.find_map(|(known, value)| (known == name).then(|| value.clone()))
    })
}

/// The value that the caller gave for the secret `name`.
pub(crate) fn secret(name: &str) -> Option<Secret> {
    RUN.with_borrow(|run| {
        let mut secrets = run.secrets.iter();
        secrets.find_map(|(known, value)| (known == name).then(|| value.clone()))
    })
}

/// The statement that runs now.
pub(crate) fn statement() -> Option<Span> {
    RUN.with_borrow(|run| run.statement)
}

/// Which way to go where that depends on `unknown`. One place goes the same way
/// every time, so that a loop is one choice.
pub(crate) fn choose(unknown: &Unknown) -> bool {
    RUN.with_borrow_mut(|run| {
        let Some(statement) = run.statement else {
            return true;
        };
        let mut taken = run.taken.iter();
        let earlier = taken.find(|it| it.statement == statement && it.unknown == *unknown);
        if let Some(earlier) = earlier {
            return earlier.outcome;
        }
        let outcome = run.planned.get(run.taken.len()).copied().unwrap_or(true);
        // What a reported mistake left open has no place to come from.
        if unknown.from.is_some() && run.taken.len() < MAX_CHOICES {
            run.taken.push(Choice {
                statement,
                unknown: unknown.clone(),
                outcome,
            });
        }
        outcome
    })
}
