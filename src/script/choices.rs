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
const MAX_CHOICES: usize = 32;

/// A place where a run could have gone another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The statement that asks.
    pub(crate) statement: Span,
    /// The value that it depends on.
    pub(crate) unknown: Unknown,
    /// Where the value is compared: each comparison may come out in another way.
    compared_at: Option<Span>,
    /// The way that was taken.
    pub(crate) outcome: bool,
}

impl Choice {
    /// Whether both are made at the same place.
    pub(crate) fn is_at_place_of(&self, other: &Self) -> bool {
        self.is_at(other.statement, &other.unknown, other.compared_at)
    }

    fn is_at(&self, statement: Span, unknown: &Unknown, compared_at: Option<Span>) -> bool {
        self.statement == statement && self.unknown == *unknown && self.compared_at == compared_at
    }
}

#[derive(Default)]
struct Run {
    /// The ways to take, in the order in which they come up.
    planned: Vec<bool>,
    /// The ways to take after that, at the same places; else it is `true`.
    usual: Vec<Choice>,
    taken: Vec<Choice>,
    /// Whether there were more choices than are remembered.
    has_more: bool,
    /// Whether lists or dictionaries may hold less or more than they will.
    is_absorbed: bool,
    /// How many statements ran.
    steps: usize,
    statement: Option<Span>,
    /// The values that the caller gave for what is known at run time, by name.
    given: Vec<(String, String)>,
    /// The values that the caller gave for secrets, by name.
    secrets: Vec<(String, Secret)>,
}

thread_local! {
    static RUN: RefCell<Run> = RefCell::default();
}

/// Starts a run that takes the ways `planned`, then the `usual` ones, with the values
/// `given`, and those of `secrets`.
pub(crate) fn start(
    planned: Vec<bool>,
    usual: &[Choice],
    given: &[(String, String)],
    secrets: &[(String, Secret)],
) {
    RUN.with_borrow_mut(|run| {
        *run = Run {
            planned,
            usual: usual.to_vec(),
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

/// Whether the run so far came to more choices than are remembered.
pub(crate) fn has_more() -> bool {
    RUN.with_borrow(|run| run.has_more)
}

/// How many statements the run took so far.
pub(crate) fn steps() -> usize {
    RUN.with_borrow(|run| run.steps)
}

/// Remembers that elements of a value that is not known went somewhere: from now on
/// what is missing in a list or dictionary may be there at run time.
pub(crate) fn absorb() {
    RUN.with_borrow_mut(|run| run.is_absorbed = true);
}

/// How much of what holds in this run is only assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assumed {
    /// A condition that is not known was taken to be met, or not.
    pub(crate) any: bool,
    /// One was taken not to be met.
    pub(crate) unmet: bool,
    /// See [`absorb`].
    pub(crate) absorbed: bool,
}

/// What the run assumed so far.
pub(crate) fn assumed() -> Assumed {
    RUN.with_borrow(|run| Assumed {
        any: !run.taken.is_empty(),
        unmet: run.taken.iter().any(|it| !it.outcome),
        absorbed: run.is_absorbed,
    })
}

/// Remembers the statement that runs now.
pub(crate) fn set_statement(statement: Span) {
    RUN.with_borrow_mut(|run| {
        run.statement = Some(statement);
        run.steps += 1;
    });
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

/// Which way to go where that depends on `unknown`, or on what it is found to be
/// `compared_at` a place. One place goes the same way every time, so that a loop is one
/// choice.
pub(crate) fn choose(unknown: &Unknown, compared_at: Option<Span>) -> bool {
    RUN.with_borrow_mut(|run| {
        let Some(statement) = run.statement else {
            return true;
        };
        let mut taken = run.taken.iter();
        let earlier = taken.find(|it| it.is_at(statement, unknown, compared_at));
        if let Some(earlier) = earlier {
            return earlier.outcome;
        }
        // What a reported mistake left open has no place to come from.
        if unknown.from.is_none() {
            return true;
        }
        if run.taken.len() >= MAX_CHOICES {
            run.has_more = true;
            return true;
        }
        let planned = run.planned.get(run.taken.len()).copied();
        let outcome = planned.unwrap_or_else(|| {
            let mut usual = run.usual.iter();
            let usual = usual.find(|it| it.is_at(statement, unknown, compared_at));
            usual.is_none_or(|it| it.outcome)
        });
        run.taken.push(Choice {
            statement,
            unknown: unknown.clone(),
            compared_at,
            outcome,
        });
        outcome
    })
}
