//! Keeps scripts from using up time, memory or stack.
//!
//! The engine looks at its limits only once in a thousand steps, and one step
//! can ask for gigabytes: `"a" * 2000000000`. So the steps whose result can be
//! far larger than what they are given are weighed before they are taken, and
//! the limits are looked at before every statement and in every turn of a
//! comprehension. Values nested too deep or shared too often to be walked are
//! refused before anything native walks them.

use std::fmt;

use allocative::Allocative;
use starlark::eval::{Arguments, Evaluator};
use starlark::starlark_simple_value;
use starlark::values::dict::DictRef;
use starlark::values::list::{AllocList, ListRef};
use starlark::values::structs::StructRef;
use starlark::values::tuple::TupleRef;
use starlark::values::{
    FrozenValue, NoSerialize, ProvidesStaticType, StarlarkPagablePanic, StarlarkValue, Value,
    starlark_value,
};

use crate::script::record::{Limit, Recorder};
use crate::script::values::{UnknownValue, format, unknown};
use crate::script::{call, choices, model};
use crate::source::Span;

/// The longest string that an operator or method may make, in bytes.
const MAX_STRING: usize = 1 << 20;
/// The longest list that an operator may make.
const MAX_LIST: usize = 100_000;
/// The longest `range`.
const MAX_RANGE: i64 = 100_000;
/// How many values one value may be made of before it is compared or printed.
const MAX_PARTS: usize = 200_000;
/// How deep values may be nested before they are compared or printed.
const MAX_DEPTH: usize = 1_000;

/// Looks at the limits on time and memory.
pub(crate) fn check(eval: &Evaluator<'_, '_, '_>) -> starlark::Result<()> {
    let Some(recorder) = Recorder::of(eval) else {
        return Ok(());
    };
    let objects = model::with(|model| model.size());
    match recorder.exceeded(eval.heap().allocated_bytes() + objects) {
        Some(limit) => Err(refuse(limit, eval)),
        None => Ok(()),
    }
}

/// Ends the evaluation because of `limit`.
pub(crate) fn refuse(limit: Limit, eval: &Evaluator<'_, '_, '_>) -> starlark::Error {
    if let Some(recorder) = Recorder::of(eval) {
        recorder.exceed(limit, eval);
    }
    starlark::Error::new_other(limit)
}

/// What a value is made of, at most.
pub(crate) struct Weight {
    /// The bytes of its strings.
    pub(crate) text: usize,
    /// The number of its parts.
    pub(crate) parts: usize,
}

/// Weighs a value; none when it is made of too much to be walked.
pub(crate) fn weigh(value: Value<'_>) -> Option<Weight> {
    let mut weight = Weight { text: 0, parts: 0 };
    let mut pending = vec![(value, 0_usize)];
    while let Some((value, depth)) = pending.pop() {
        weight.parts += 1;
        if weight.parts > MAX_PARTS || depth > MAX_DEPTH {
            return None;
        }
        let depth = depth + 1;
        if let Some(text) = value.unpack_str() {
            weight.text += text.len();
        } else if let Some(list) = ListRef::from_value(value) {
            pending.extend(list.iter().map(|item| (item, depth)));
        } else if let Some(tuple) = TupleRef::from_value(value) {
            pending.extend(tuple.content().iter().map(|item| (*item, depth)));
        } else if let Some(dict) = DictRef::from_value(value) {
            pending.extend(dict.iter().flat_map(|(k, v)| [(k, depth), (v, depth)]));
        } else if let Some(fields) = StructRef::from_value(value) {
            pending.extend(fields.iter().map(|(_, item)| (item, depth)));
        } else {
            // Numbers, functions and what is unknown print in few letters.
            weight.text += 64;
        }
        // A list of one million entries is heavy before its entries are looked at.
        if pending.len() > MAX_PARTS {
            return None;
        }
    }
    Some(weight)
}

/// Weighs a value that is about to be walked by native code.
pub(crate) fn walkable(value: Value<'_>, eval: &Evaluator<'_, '_, '_>) -> starlark::Result<Weight> {
    weigh(value).ok_or_else(|| refuse(Limit::Value, eval))
}

/// Refuses a result of `length` bytes or entries.
pub(crate) fn fits_string(length: usize, eval: &Evaluator<'_, '_, '_>) -> starlark::Result<()> {
    if length > MAX_STRING {
        return Err(refuse(Limit::Value, eval));
    }
    Ok(())
}

/// Refuses a list of `length` entries.
pub(crate) fn fits_list(length: usize, eval: &Evaluator<'_, '_, '_>) -> starlark::Result<()> {
    if length > MAX_LIST {
        return Err(refuse(Limit::Value, eval));
    }
    Ok(())
}

/// The methods of Starlark's values whose result can be far larger than their
/// receiver and arguments.
pub(crate) const METHODS: &[&str] = &["extend", "format", "join", "replace", "update"];

/// The methods of strings that the engine does not have, though Starlark in Go does.
pub(crate) const ORDINALS: &[&str] = &["codepoint_ords", "elem_ords"];

/// Calls `receiver.name(args)`, one of [`METHODS`], after weighing it.
pub(crate) fn call_method<'v>(
    receiver: Value<'v>,
    name: &str,
    args: &Arguments<'v, '_>,
    eval: &mut Evaluator<'v, '_, '_>,
) -> starlark::Result<Value<'v>> {
    check(eval)?;
    let heap = eval.heap();
    let positional: Vec<_> = args.positions(heap)?.collect();
    let named = args.names_map()?;
    if positional.iter().any(|it| unknown(*it).is_some()) {
        choices::absorb();
    }
    if let Some(text) = receiver.unpack_str() {
        let all = || positional.iter().copied().chain(named.values().copied());
        if let Some(unknown) = all().find_map(unknown_within) {
            return Ok(heap.alloc(unknown));
        }
        let mut weight = Weight { text: 0, parts: 0 };
        for value in all() {
            let one = walkable(value, eval)?;
            weight.text = weight.text.saturating_add(one.text);
            weight.parts += one.parts;
        }
        let times = match name {
            "join" => (text.len() * weight.parts).saturating_add(weight.text),
            // Every letter of the text may be a placeholder for all arguments.
            "format" => text.len() + text.matches('{').count() * (weight.text + weight.parts * 4),
            "replace" => text.len() + (text.len() + 1) * weight.text,
            _ => 0,
        };
        // `replace` seldom replaces every letter: count before refusing.
        let length = match (name, positional.as_slice()) {
            ("replace", [old, new, ..]) => replaced_length(text, *old, *new).unwrap_or(times),
            _ => times,
        };
        fits_string(length, eval)?;
        if name == "format" {
            let positional: Vec<_> = positional.iter().map(|value| value.to_str()).collect();
            let named = named
                .iter()
                .map(|(name, value)| (name.as_str(), value.to_str()));
            let named: Vec<_> = named.collect();
            if let Some(formatted) = format(text, &positional, &named) {
                return Ok(heap.alloc_str(&formatted).to_value());
            }
        }
    } else if let Some(argument) = positional.first() {
        // Which keys it brings is not known.
        if name == "update" && unknown(*argument).is_some() {
            return Ok(Value::new_none());
        }
        // A list or dictionary that grows by what it is given.
        let own = receiver.length().unwrap_or(0).unsigned_abs() as usize;
        let added = argument.length().unwrap_or(0).unsigned_abs() as usize;
        if ListRef::from_value(receiver).is_some() {
            fits_list(own + added, eval)?;
        }
    }
    if let (Some(text), true) = (receiver.unpack_str(), ORDINALS.contains(&name)) {
        fits_list(text.len(), eval)?;
        return Ok(match name {
            "elem_ords" => heap.alloc(AllocList(text.bytes().map(i32::from))),
            _ => heap.alloc(AllocList(text.chars().map(|it| it as u32))),
        });
    }
    let method = receiver.get_attr_error(name, heap)?;
    let named: Vec<_> = named.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    eval.eval_function(method, &positional, &named)
}

fn replaced_length(text: &str, old: Value<'_>, new: Value<'_>) -> Option<usize> {
    let (old, new) = (old.unpack_str()?, new.unpack_str()?);
    let times = if old.is_empty() {
        text.chars().count() + 1
    } else {
        text.matches(old).count()
    };
    Some(text.len() + times * new.len())
}

/// The unknown value that `value` is, or holds directly.
fn unknown_within(value: Value<'_>) -> Option<UnknownValue> {
    unknown(value).or_else(|| {
        let list = ListRef::from_value(value)?;
        list.iter().find_map(unknown)
    })
}

/// A function of Starlark itself that behaves in its own way here.
#[derive(Clone, Copy, Debug, ProvidesStaticType, NoSerialize, StarlarkPagablePanic, Allocative)]
pub(crate) enum OwnFunction {
    /// Makes bytes of a string. The engine has no such type, so what is in them is
    /// left open.
    Bytes,
    /// Ends the script with a message.
    Fail,
    /// Shows values to the developer; here nobody looks.
    Print,
}

starlark_simple_value!(OwnFunction);

impl OwnFunction {
    pub(crate) const ALL: &[Self] = &[Self::Bytes, Self::Fail, Self::Print];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Fail => "fail",
            Self::Print => "print",
        }
    }
}

impl fmt::Display for OwnFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<built-in function {}>", self.name())
    }
}

#[starlark_value(type = "function")]
impl<'v> StarlarkValue<'v> for OwnFunction {
    fn name_for_call_stack(&self, _me: Value<'v>) -> String {
        self.name().to_owned()
    }

    fn invoke(
        &self,
        _me: Value<'v>,
        args: &Arguments<'v, '_>,
        eval: &mut Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        check(eval)?;
        match self {
            Self::Print => return Ok(Value::new_none()),
            Self::Bytes => {
                let sites = Recorder::of(eval).map(|it| call::sites(it, eval));
                let site = sites.and_then(|mut it| it.pop());
                let from = site.map(|it| Span::new(it.script.file, it.range));
                return Ok(eval.heap().alloc(UnknownValue::new("bytes(…)", from)));
            }
            Self::Fail => {}
        }
        let mut words = Vec::new();
        for value in args.positions(eval.heap())? {
            let weight = walkable(value, eval)?;
            fits_string(weight.text, eval)?;
            words.push(in_words(value));
        }
        for value in args.names_map()?.values() {
            walkable(*value, eval)?;
            words.push(in_words(*value));
        }
        let message = words.join(" ");
        if let Some(recorder) = Recorder::of(eval) {
            recorder.fail(&message, eval);
        }
        Err(starlark::Error::new_other(std::io::Error::other(message)))
    }
}

/// A value as `fail` says it.
fn in_words(value: Value<'_>) -> String {
    match UnknownValue::from_value(value) {
        Some(unknown) => format!("… `{}` …", unknown.what),
        None => value.to_str(),
    }
}

/// A function of Starlark itself, weighed before it is called.
#[derive(Clone, Copy, Debug, ProvidesStaticType, NoSerialize, StarlarkPagablePanic, Allocative)]
pub(crate) struct GuardedFunction {
    name: &'static str,
    #[allocative(skip)]
    inner: FrozenValue,
}

starlark_simple_value!(GuardedFunction);

impl GuardedFunction {
    pub(crate) fn new(name: &'static str, inner: FrozenValue) -> Self {
        Self { name, inner }
    }
}

impl fmt::Display for GuardedFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<built-in function {}>", self.name)
    }
}

#[starlark_value(type = "function")]
impl<'v> StarlarkValue<'v> for GuardedFunction {
    fn name_for_call_stack(&self, _me: Value<'v>) -> String {
        self.name.to_owned()
    }

    fn invoke(
        &self,
        _me: Value<'v>,
        args: &Arguments<'v, '_>,
        eval: &mut Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        check(eval)?;
        let heap = eval.heap();
        let positional: Vec<_> = args.positions(heap)?.collect();
        let named = args.names_map()?;
        if !matches!(self.name, "type" | "dir" | "hasattr" | "getattr" | "struct") {
            let all = || positional.iter().chain(named.values()).copied();
            if let Some(unknown) = all().find_map(unknown) {
                return Ok(heap.alloc(unknown));
            }
        }
        match self.name {
            "range" => {
                let bounds: Vec<i64> = positional
                    .iter()
                    .filter_map(|value| value.unpack_i32().map(i64::from))
                    .collect();
                let length = match bounds[..] {
                    [stop] => stop,
                    [start, stop] => stop - start,
                    [start, stop, step] if step != 0 => (stop - start) / step,
                    _ => 0,
                };
                if length > MAX_RANGE {
                    return Err(refuse(Limit::Value, eval));
                }
            }
            "str" | "repr" | "hash" | "sorted" | "min" | "max" | "set" | "dict" | "int"
            | "float" => {
                for value in &positional {
                    walkable(*value, eval)?;
                }
            }
            _ => {}
        }
        let named: Vec<_> = named.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        eval.eval_function(self.inner.to_value(), &positional, &named)
    }
}
