//! `math`, as the Go implementation of Starlark has it.

use std::f64::consts::{E, PI};

use starlark::values::float::StarlarkFloat;
use starlark::values::{Heap, Value, ValueLike as _};

use super::text;
use super::{ArgType, Evidence, Module, Object, ReturnType, builtin, member};
use crate::script::call::Call;

/// Declares a function of one number.
macro_rules! unary {
    ($doc:literal, $name:ident, $function:expr) => {
        builtin! {
            #[doc = $doc]
            $name(
                /// The number.
                x: ArgType::Number,
            ) -> ReturnType::Any, Inferred, run: {
                fn run<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
                    let function: fn(f64) -> f64 = $function;
                    Some(call.heap.alloc(function(number(call, "x")?)))
                }
                run
            }
        }
    };
}

/// Declares a function of two numbers.
macro_rules! binary {
    ($doc:literal, $name:ident, $function:expr) => {
        builtin! {
            #[doc = $doc]
            $name(
                /// The first number.
                x: ArgType::Number,
                /// The second number.
                y: ArgType::Number,
            ) -> ReturnType::Any, Inferred, run: {
                fn run<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
                    let function: fn(f64, f64) -> f64 = $function;
                    Some(call.heap.alloc(function(number(call, "x")?, number(call, "y")?)))
                }
                run
            }
        }
    };
}

pub(super) static MODULE: Module = Module {
    path: "math.star",
    export: Object {
        name: "math",
        global: None,
        documentation: "Mathematics.\n",
        // The Gamma function is known at run time only: no environment has use for it.
        attributes: &[member("e"), member("gamma"), member("pi")],
        methods: &[
            builtin! {
                /// The smallest whole number that is not less than a number.
                ceil(
                    /// The number.
                    x: ArgType::Number,
                ) -> ReturnType::Any, Inferred, run: ceil
            },
            builtin! {
                /// The largest whole number that is not more than a number.
                floor(
                    /// The number.
                    x: ArgType::Number,
                ) -> ReturnType::Any, Inferred, run: floor
            },
            builtin! {
                /// The logarithm of a number.
                log(
                    /// The number.
                    x: ArgType::Number,
                    /// The base; `e` without it.
                    base = "math.e": ArgType::Number,
                ) -> ReturnType::Any, Inferred, run: log
            },
            unary!(" `e` raised to a power.", exp, f64::exp),
            unary!(" The square root of a number.", sqrt, f64::sqrt),
            unary!(" A number without its sign.", fabs, f64::abs),
            unary!(
                " The nearest whole number, as a fraction; halves go away from zero.",
                round,
                f64::round
            ),
            unary!(" The arc cosine of a number, in radians.", acos, f64::acos),
            unary!(" The arc sine of a number, in radians.", asin, f64::asin),
            unary!(" The arc tangent of a number, in radians.", atan, f64::atan),
            unary!(" The cosine of an angle in radians.", cos, f64::cos),
            unary!(" The sine of an angle in radians.", sin, f64::sin),
            unary!(" The tangent of an angle in radians.", tan, f64::tan),
            unary!(" An angle in radians, in degrees.", degrees, |x| 360.0 * x
                / (2.0 * PI)),
            unary!(" An angle in degrees, in radians.", radians, |x| 2.0
                * PI
                * x
                / 360.0),
            unary!(
                " The inverse hyperbolic cosine of a number.",
                acosh,
                f64::acosh
            ),
            unary!(
                " The inverse hyperbolic sine of a number.",
                asinh,
                f64::asinh
            ),
            unary!(
                " The inverse hyperbolic tangent of a number.",
                atanh,
                f64::atanh
            ),
            unary!(" The hyperbolic cosine of a number.", cosh, f64::cosh),
            unary!(" The hyperbolic sine of a number.", sinh, f64::sinh),
            unary!(" The hyperbolic tangent of a number.", tanh, f64::tanh),
            binary!(
                " The angle of the point whose coordinates these are, in radians.",
                atan2,
                f64::atan2
            ),
            binary!(
                " The first number with the sign of the second.",
                copysign,
                f64::copysign
            ),
            binary!(
                " The length of the vector with these coordinates.",
                hypot,
                f64::hypot
            ),
            binary!(
                " What is left of the first number divided by the second, with the sign of the first.",
                mod,
                |x, y| x % y
            ),
            binary!(" The first number raised to the second.", pow, f64::powf),
            binary!(
                " What is left of the first number divided by the second, as IEEE 754 has it.",
                remainder,
                remainder
            ),
        ],
        item: None,
        is_open: true,
    },
    evidence: Evidence::Inferred,
    constant: Some(constant),
    offline: None,
};

fn constant<'v>(name: &str, heap: Heap<'v>) -> Option<Value<'v>> {
    match name {
        "e" => Some(heap.alloc(E)),
        "pi" => Some(heap.alloc(PI)),
        _ => None,
    }
}

/// The number of the parameter `name`. None when only the run knows it.
fn number(call: &Call<'_, '_>, name: &str) -> Option<f64> {
    let value = call.argument(name)?.value;
    if let Some(fraction) = value.downcast_ref::<StarlarkFloat>() {
        return Some(fraction.0);
    }
    match value.get_type() {
        "int" => value.to_str().parse().ok(),
        _ => None,
    }
}

fn ceil<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    whole(call, f64::ceil)
}

fn floor<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    whole(call, f64::floor)
}

/// A whole number that `round` makes of the argument. Later versions of the original
/// give an `int`, which is what replicas and ports want to be.
fn whole<'v>(call: &Call<'_, 'v>, round: fn(f64) -> f64) -> Option<Value<'v>> {
    let argument = call.argument("x")?.value;
    if argument.get_type() == "int" {
        return Some(argument);
    }
    let rounded = round(number(call, "x")?);
    // Beyond these, a fraction does not hold every whole number.
    let is_exact = rounded.abs() <= 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is in range")]
    is_exact.then(|| call.heap.alloc(rounded as i64))
}

fn log<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let base = match call.argument("base") {
        Some(_) => number(call, "base")?,
        None if call.was_refused("base") => return None,
        None => E,
    };
    #[expect(clippy::float_cmp, reason = "the original asks for this very number")]
    if base == 1.0 {
        return Some(text::refused(call, "base", "no logarithm has the base 1"));
    }
    Some(call.heap.alloc(number(call, "x")?.ln() / base.ln()))
}

/// The remainder of IEEE 754: that of the nearest multiple of `y`, the even one
/// where two are as near.
fn remainder(x: f64, y: f64) -> f64 {
    if !x.is_finite() || y.is_nan() || y == 0.0 {
        return f64::NAN;
    }
    if y.is_infinite() {
        return x;
    }
    let y = y.abs();
    let mut rest = match y <= f64::MAX / 2.0 {
        true => x.abs() % (y + y),
        false => x.abs(),
    };
    let half = y / 2.0;
    if rest > half {
        rest -= y;
        if rest >= half {
            rest -= y;
        }
    }
    if x.is_sign_negative() { -rest } else { rest }
}
