//! Operators as functions: they weigh what they make, pass unknown values on,
//! and report a mistake without ending the evaluation.

use std::fmt;

use allocative::Allocative;
use starlark::eval::{Arguments, Evaluator};
use starlark::starlark_simple_value;
use starlark::syntax::ast::AssignOp;
use starlark::values::dict::DictRef;
use starlark::values::list::ListRef;
use starlark::values::tuple::TupleRef;
use starlark::values::{
    NoSerialize, ProvidesStaticType, StarlarkPagablePanic, StarlarkValue, Value, starlark_value,
};

use crate::script::guard;
use crate::script::record::Recorder;
use crate::script::values::{ObjectValue, UnknownValue, compare, percent, unknown};

/// An operator between two values, apart from `and` and `or`.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    ProvidesStaticType,
    NoSerialize,
    StarlarkPagablePanic,
    Allocative,
)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    In,
    NotIn,
    Subtract,
    Add,
    Multiply,
    Percent,
    Divide,
    FloorDivide,
    BitAnd,
    BitOr,
    BitXor,
    LeftShift,
    RightShift,
}

starlark_simple_value!(Operator);

impl Operator {
    /// Every operator.
    pub(crate) const ALL: &[Self] = &[
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::Greater,
        Self::LessOrEqual,
        Self::GreaterOrEqual,
        Self::In,
        Self::NotIn,
        Self::Subtract,
        Self::Add,
        Self::Multiply,
        Self::Percent,
        Self::Divide,
        Self::FloorDivide,
        Self::BitAnd,
        Self::BitOr,
        Self::BitXor,
        Self::LeftShift,
        Self::RightShift,
    ];

    /// How scripts write it.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::Greater => ">",
            Self::LessOrEqual => "<=",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::NotIn => "not in",
            Self::Subtract => "-",
            Self::Add => "+",
            Self::Multiply => "*",
            Self::Percent => "%",
            Self::Divide => "/",
            Self::FloorDivide => "//",
            Self::BitAnd => "&",
            Self::BitOr => "|",
            Self::BitXor => "^",
            Self::LeftShift => "<<",
            Self::RightShift => ">>",
        }
    }

    /// The name of its function.
    pub(crate) fn function_name(self) -> &'static str {
        match self {
            Self::Equal => "__raftt_equal",
            Self::NotEqual => "__raftt_not_equal",
            Self::Less => "__raftt_less",
            Self::Greater => "__raftt_greater",
            Self::LessOrEqual => "__raftt_less_or_equal",
            Self::GreaterOrEqual => "__raftt_greater_or_equal",
            Self::In => "__raftt_in",
            Self::NotIn => "__raftt_not_in",
            Self::Subtract => "__raftt_subtract",
            Self::Add => "__raftt_add",
            Self::Multiply => "__raftt_multiply",
            Self::Percent => "__raftt_percent",
            Self::Divide => "__raftt_divide",
            Self::FloorDivide => "__raftt_floor_divide",
            Self::BitAnd => "__raftt_bit_and",
            Self::BitOr => "__raftt_bit_or",
            Self::BitXor => "__raftt_bit_xor",
            Self::LeftShift => "__raftt_left_shift",
            Self::RightShift => "__raftt_right_shift",
        }
    }

    /// The operator of an augmented assignment.
    pub(crate) fn of_assignment(op: AssignOp) -> Self {
        match op {
            AssignOp::Add => Self::Add,
            AssignOp::Subtract => Self::Subtract,
            AssignOp::Multiply => Self::Multiply,
            AssignOp::Divide => Self::Divide,
            AssignOp::FloorDivide => Self::FloorDivide,
            AssignOp::Percent => Self::Percent,
            AssignOp::BitAnd => Self::BitAnd,
            AssignOp::BitOr => Self::BitOr,
            AssignOp::BitXor => Self::BitXor,
            AssignOp::LeftShift => Self::LeftShift,
            AssignOp::RightShift => Self::RightShift,
        }
    }

    /// How scripts write its augmented assignment.
    pub(crate) fn assignment(self) -> String {
        format!("{}=", self.symbol())
    }

    /// The unknown value among the values that `%` puts into a text.
    fn unknown_argument<'v>(self, right: Value<'v>) -> Option<&'v UnknownValue> {
        if self != Self::Percent {
            return None;
        }
        if let Some(dict) = DictRef::from_value(right) {
            return dict.iter().find_map(|(_, it)| UnknownValue::from_value(it));
        }
        let values = TupleRef::from_value(right)?;
        let mut values = values.content().iter().copied();
        values.find_map(UnknownValue::from_value)
    }

    /// The answer to a question about a secret whose value was given. It alone leaves
    /// the secret; the value stays within this call.
    fn ask_secret<'v>(
        self,
        left: Value<'v>,
        right: Value<'v>,
        eval: &Evaluator<'v, '_, '_>,
    ) -> Option<starlark::Result<Value<'v>>> {
        let is_question = matches!(self, Self::Equal | Self::NotEqual | Self::In | Self::NotIn);
        let secret = |value| UnknownValue::from_value(value).and_then(|it| it.secret.as_ref());
        if !is_question || (secret(left).is_none() && secret(right).is_none()) {
            return None;
        }
        let plain = |value: Value<'v>| match secret(value) {
            Some(secret) => Some(secret.as_value(eval.heap())),
            None => unknown(value).is_none().then_some(value),
        };
        let (left, right) = (plain(left)?, plain(right)?);
        if let Err(error) = self.weigh(left, right, eval) {
            return Some(Err(error));
        }
        // An error could show the value: what is no question for a text stays open.
        self.apply(left, right, eval).ok().map(Ok)
    }

    /// Whether it asks a question.
    fn compares(self) -> bool {
        matches!(
            self,
            Self::Equal
                | Self::NotEqual
                | Self::Less
                | Self::Greater
                | Self::LessOrEqual
                | Self::GreaterOrEqual
                | Self::In
                | Self::NotIn
        )
    }

    /// Whether the answer is certain though a side of it is not known: what a list
    /// was given is in it.
    fn is_certain<'v>(self, left: Value<'v>, right: Value<'v>) -> bool {
        matches!(self, Self::In | Self::NotIn)
            && UnknownValue::from_value(left).is_none()
            && ObjectValue::from_value(right).is_some()
            && right.is_in(left).unwrap_or(false)
    }

    fn apply<'v>(
        self,
        left: Value<'v>,
        right: Value<'v>,
        eval: &Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        let heap = eval.heap();
        let order = |wanted: fn(std::cmp::Ordering) -> bool| {
            left.compare(right)
                .map(|order| Value::new_bool(wanted(order)))
        };
        match self {
            Self::Equal => left.equals(right).map(Value::new_bool),
            Self::NotEqual => left.equals(right).map(|equal| Value::new_bool(!equal)),
            Self::Less => order(std::cmp::Ordering::is_lt),
            Self::Greater => order(std::cmp::Ordering::is_gt),
            Self::LessOrEqual => order(std::cmp::Ordering::is_le),
            Self::GreaterOrEqual => order(std::cmp::Ordering::is_ge),
            Self::In => right.is_in(left).map(Value::new_bool),
            Self::NotIn => right.is_in(left).map(|within| Value::new_bool(!within)),
            Self::Subtract => left.sub(right, heap),
            Self::Add => left.add(right, heap),
            Self::Multiply => left.mul(right, heap),
            Self::Percent => match left.unpack_str() {
                Some(template) => left.percent(right, heap).or_else(|_| {
                    let formatted = percent(template, right, heap);
                    let formatted = formatted.map(|it| heap.alloc_str(&it).to_value());
                    formatted
                        .map_err(|words| starlark::Error::new_other(std::io::Error::other(words)))
                }),
                None => left.percent(right, heap),
            },
            Self::Divide => left.div(right, heap),
            Self::FloorDivide => left.floor_div(right, heap),
            Self::BitAnd => left.bit_and(right, heap),
            Self::BitOr => match compare::merged(left, right, heap) {
                Some(merged) => Ok(merged),
                None => left.bit_or(right, heap),
            },
            Self::BitXor => left.bit_xor(right, heap),
            Self::LeftShift => left.left_shift(right, heap),
            Self::RightShift => left.right_shift(right, heap),
        }
    }

    /// Refuses what would take too much time, memory or stack.
    fn weigh<'v>(
        self,
        left: Value<'v>,
        right: Value<'v>,
        eval: &Evaluator<'v, '_, '_>,
    ) -> starlark::Result<()> {
        guard::check(eval)?;
        match self {
            Self::Add => {
                if let (Some(left), Some(right)) = (left.unpack_str(), right.unpack_str()) {
                    guard::fits_string(left.len() + right.len(), eval)?;
                } else if is_sequence(left) {
                    guard::fits_list(length(left) + length(right), eval)?;
                }
            }
            Self::Multiply => {
                for (value, times) in [(left, right), (right, left)] {
                    let times = match times.unpack_i32() {
                        Some(times) => usize::try_from(times).unwrap_or(0),
                        // A number that large multiplies no text.
                        None => usize::MAX,
                    };
                    if let Some(text) = value.unpack_str() {
                        guard::fits_string(text.len().saturating_mul(times), eval)?;
                    } else if is_sequence(value) {
                        guard::fits_list(length(value).saturating_mul(times), eval)?;
                    }
                }
            }
            Self::Percent => {
                if let Some(text) = left.unpack_str() {
                    let weight = guard::walkable(right, eval)?;
                    let placeholders = text.matches('%').count();
                    let printed = weight.text + weight.parts * 4;
                    guard::fits_string(text.len() + placeholders.saturating_mul(printed), eval)?;
                }
            }
            _ if self.compares() => {
                guard::walkable(left, eval)?;
                guard::walkable(right, eval)?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn is_sequence(value: Value<'_>) -> bool {
    ListRef::from_value(value).is_some() || TupleRef::from_value(value).is_some()
}

fn length(value: Value<'_>) -> usize {
    value
        .length()
        .map_or(0, |length| length.unsigned_abs() as usize)
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

#[starlark_value(type = "function")]
impl<'v> StarlarkValue<'v> for Operator {
    fn name_for_call_stack(&self, _me: Value<'v>) -> String {
        self.symbol().to_owned()
    }

    fn invoke(
        &self,
        _me: Value<'v>,
        args: &Arguments<'v, '_>,
        eval: &mut Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        let mut operands = args.positions(eval.heap())?;
        let (Some(left), Some(right)) = (operands.next(), operands.next()) else {
            return Ok(Value::new_none());
        };
        drop(operands);
        if let Some(answer) = self.ask_secret(left, right, eval) {
            return answer;
        }
        let unknown = unknown(left)
            .or_else(|| unknown(right))
            .or_else(|| self.unknown_argument(right).cloned());
        if let Some(unknown) = unknown.filter(|_| !self.is_certain(left, right)) {
            // A path in a clone is still a path in a clone.
            let object = unknown.object.filter(|_| *self == Self::Add);
            let what = unknown.what.clone();
            let compared_at = || {
                let place = eval.call_stack_top_location()?;
                Recorder::of(eval)?.span(&place)
            };
            return Ok(eval.heap().alloc(UnknownValue {
                object,
                compared_at: self.compares().then(compared_at).flatten(),
                ..UnknownValue::new(what, unknown.from)
            }));
        }
        self.weigh(left, right, eval)?;
        self.apply(left, right, eval)
            .or_else(|error| match Recorder::of(eval) {
                Some(recorder) => Ok(recorder.failed_operator(*self, (left, right), &error, eval)),
                None => Err(error),
            })
    }
}
