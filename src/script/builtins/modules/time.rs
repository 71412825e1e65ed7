//! `time`, as the Go implementation of Starlark has it. Times and durations are known
//! at run time only: no environment's registries depend on them. What cannot be read
//! as one is known before.

use starlark::values::Value;

use super::text::{self, Problem};
use super::{ArgType, Evidence, Module, Object, ReturnType, builtin};
use crate::script::builtins::attributes;
use crate::script::call::Call;

const DURATION: ReturnType = ReturnType::Object(duration);
const TIME: ReturnType = ReturnType::Object(time);

pub(super) static MODULE: Module = Module {
    path: "time.star",
    export: Object {
        name: "time",
        global: None,
        documentation: "Times and durations.\n",
        attributes: attributes! {
            /// A nanosecond.
            nanosecond -> DURATION, Inferred;
            /// A microsecond.
            microsecond -> DURATION, Inferred;
            /// A millisecond.
            millisecond -> DURATION, Inferred;
            /// A second.
            second -> DURATION, Inferred;
            /// A minute.
            minute -> DURATION, Inferred;
            /// An hour.
            hour -> DURATION, Inferred;
        },
        methods: &[
            builtin! {
                /// The time of a Unix timestamp.
                from_timestamp(
                    /// Seconds since 1970.
                    sec: ArgType::Int,
                    /// Nanoseconds beyond them.
                    nsec = "0": ArgType::Int,
                ) -> TIME, Inferred
            },
            builtin! {
                /// Whether there is a time zone of that name.
                is_valid_timezone(
                    /// The name: `Europe/Berlin`.
                    loc: ArgType::Str,
                ) -> ReturnType::Any, Inferred
            },
            builtin! {
                /// The time at which the script runs.
                now() -> TIME, Inferred
            },
            builtin! {
                /// A duration from its text.
                parse_duration(
                    /// Numbers with their units: `1h30m`.
                    d: ArgType::OneOf(&[ArgType::Str, ArgType::Object(duration)]),
                ) -> DURATION, Inferred, run: parse_duration
            },
            builtin! {
                /// A time from its text.
                parse_time(
                    /// The text.
                    x: ArgType::Str,
                    /// How Go would write its reference time; that of RFC 3339 if not given.
                    format = "\"2006-01-02T15:04:05Z07:00\"": ArgType::Str,
                    /// The time zone of texts that do not say theirs.
                    location = "\"UTC\"": ArgType::Str,
                ) -> TIME, Inferred, run: parse_time
            },
            builtin! {
                /// A time from its parts.
                time(
                    /// The year.
                    year = "0": ArgType::Int,
                    /// The month, from 1.
                    month = "0": ArgType::Int,
                    /// The day of the month, from 1.
                    day = "0": ArgType::Int,
                    /// The hour, from 0.
                    hour = "0": ArgType::Int,
                    /// The minute.
                    minute = "0": ArgType::Int,
                    /// The second.
                    second = "0": ArgType::Int,
                    /// Nanoseconds beyond it.
                    nanosecond = "0": ArgType::Int,
                    /// The time zone.
                    location = "\"UTC\"": ArgType::Str,
                ) -> TIME, Inferred
            },
        ],
        item: None,
        is_open: true,
    },
    evidence: Evidence::Inferred,
    constant: None,
    offline: None,
};

fn duration() -> &'static Object {
    &DURATION_OBJECT
}

fn time() -> &'static Object {
    &TIME_OBJECT
}

/// The difference of two times. Operators on times and durations give either, which
/// is why neither refuses an attribute.
pub(in crate::script::builtins) static DURATION_OBJECT: Object = Object {
    name: "Duration",
    global: None,
    documentation: "The difference of two times.\n",
    attributes: attributes! {
        /// The duration in hours.
        hours -> ReturnType::Any, Inferred;
        /// The duration in minutes.
        minutes -> ReturnType::Any, Inferred;
        /// The duration in seconds.
        seconds -> ReturnType::Any, Inferred;
        /// The duration in whole milliseconds.
        milliseconds -> ReturnType::Any, Inferred;
        /// The duration in whole microseconds.
        microseconds -> ReturnType::Any, Inferred;
        /// The duration in whole nanoseconds.
        nanoseconds -> ReturnType::Any, Inferred;
    },
    methods: &[],
    item: None,
    is_open: true,
};

/// A point in time.
pub(in crate::script::builtins) static TIME_OBJECT: Object = Object {
    name: "Time",
    global: None,
    documentation: "A point in time, in a time zone.\n",
    attributes: attributes! {
        /// The year.
        year -> ReturnType::Any, Inferred;
        /// The month, from 1.
        month -> ReturnType::Any, Inferred;
        /// The day of the month, from 1.
        day -> ReturnType::Any, Inferred;
        /// The hour, from 0.
        hour -> ReturnType::Any, Inferred;
        /// The minute.
        minute -> ReturnType::Any, Inferred;
        /// The second.
        second -> ReturnType::Any, Inferred;
        /// Nanoseconds beyond it.
        nanosecond -> ReturnType::Any, Inferred;
        /// Seconds since 1970.
        unix -> ReturnType::Any, Inferred;
        /// Nanoseconds since 1970.
        unix_nano -> ReturnType::Any, Inferred;
    },
    methods: &[
        builtin! {
            /// The same time in another time zone.
            in_location(
                /// The time zone.
                locstr: ArgType::Str,
            ) -> TIME, Inferred
        },
        builtin! {
            /// The time as a text.
            format(
                /// How Go would write its reference time: `2006-01-02`.
                x: ArgType::Str,
            ) -> ReturnType::Str, Inferred
        },
    ],
    item: None,
    is_open: true,
};

fn parse_duration<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("d")?;
    let problem = wrong_duration(argument.value.unpack_str()?)?;
    Some(text::undecodable(call, argument, "duration", problem))
}

/// What keeps `text` from being a duration in Go: an optional sign, then numbers, each
/// with its unit. `0` needs none.
fn wrong_duration(text: &str) -> Option<Problem> {
    const UNITS: &[&str] = &["ns", "us", "\u{b5}s", "\u{3bc}s", "ms", "s", "m", "h"];
    let at = |at, message: &str| {
        let message = message.to_owned();
        Some(Problem::At { at, message })
    };
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "0" {
        return None;
    }
    if unsigned.is_empty() {
        return at(0, "it is empty; write a number and its unit, such as `90s`");
    }
    let mut rest = unsigned;
    while !rest.is_empty() {
        let place = text.len() - rest.len();
        let is_number = |it: char| it.is_ascii_digit() || it == '.';
        let after = rest.trim_start_matches(is_number);
        let number = &rest[..rest.len() - after.len()];
        if !number.contains(|it: char| it.is_ascii_digit()) || number.matches('.').count() > 1 {
            return at(
                place,
                "a number is expected here, such as the `90` of `90s`",
            );
        }
        let end = after.find(is_number).unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        if unit.is_empty() {
            return at(
                place,
                "the number has no unit; write `s`, `m` or `h` after it",
            );
        }
        if !UNITS.contains(&unit) {
            let place = place + number.len();
            return at(
                place,
                "this is no unit; units are `h`, `m`, `s`, `ms`, `us`, `ns`, without spaces",
            );
        }
        rest = next;
    }
    None
}

fn parse_time<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    // What a format of the author's reads is Go's to say.
    if call.argument("format").is_some() || call.was_refused("format") {
        return None;
    }
    let argument = call.argument("x")?;
    let text = argument.value.unpack_str()?;
    if is_rfc3339(text) {
        return None;
    }
    let message = "it does not read like `2006-01-02T15:04:05Z`; give its `format`";
    let problem = Problem::At {
        at: 0,
        message: message.to_owned(),
    };
    Some(text::undecodable(call, argument, "time", problem))
}

/// Whether Go's parser may read `text` as RFC 3339: what it takes beyond that, such as
/// hours of one digit, counts as read.
fn is_rfc3339(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let within = |text: &str, most: u32| {
        let number = text.parse::<u32>();
        text.bytes().all(|it| it.is_ascii_digit()) && number.is_ok_and(|it| it <= most)
    };
    let date: Vec<_> = date.split('-').collect();
    let is_date = matches!(date[..], [year, month, day]
        if year.len() == 4 && within(year, 9999) && within(month, 12) && within(day, 31));
    let end = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(end);
    let time: Vec<_> = time.split(':').collect();
    let is_time = matches!(time[..], [hour, minute, second]
        if within(hour, 23) && within(minute, 59)
            && within(second.split(['.', ',']).next().unwrap_or(""), 59));
    let is_zone = zone == "Z" || (zone.len() == 6 && zone.as_bytes()[3] == b':');
    is_date && is_time && is_zone
}
