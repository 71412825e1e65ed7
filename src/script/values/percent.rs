//! `template % values` for the conversions that the engine does not know.
//!
//! Source: the Starlark specification, "String interpolation".

use starlark::values::dict::DictRef;
use starlark::values::float::StarlarkFloat;
use starlark::values::tuple::TupleRef;
use starlark::values::{Heap, Value};

/// `template % right`; else why not, in words.
pub(crate) fn percent<'v>(
    template: &str,
    right: Value<'v>,
    heap: Heap<'v>,
) -> Result<String, String> {
    let values = match TupleRef::from_value(right) {
        Some(tuple) => tuple.content().to_vec(),
        None => vec![right],
    };
    let mut next = 0;
    let mut is_by_name = false;
    let mut formatted = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        formatted.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            formatted.push('%');
            rest = after;
            continue;
        }
        let value = if let Some(named) = rest.strip_prefix('(') {
            let (name, after) = named.split_once(')').ok_or("a `%(` has no `)`")?;
            rest = after;
            is_by_name = true;
            let dict = DictRef::from_value(right);
            let dict = dict.ok_or_else(|| format!("`%({name})` takes a dictionary"))?;
            let value = dict.get_str(name);
            value.ok_or_else(|| format!("the dictionary has no `{name}`"))?
        } else {
            let value = values.get(next).copied();
            next += 1;
            value.ok_or("there are more placeholders than values")?
        };
        let conversion = rest
            .chars()
            .next()
            .ok_or("the `%` at the end is no placeholder")?;
        rest = &rest[conversion.len_utf8()..];
        formatted.push_str(&converted(conversion, value, heap)?);
    }
    formatted.push_str(rest);
    if !is_by_name && next < values.len() {
        return Err("there are more values than placeholders".to_owned());
    }
    Ok(formatted)
}

fn converted<'v>(conversion: char, value: Value<'v>, heap: Heap<'v>) -> Result<String, String> {
    // The engine knows how to write numbers.
    let by_engine = |conversion: char, value: Value<'v>| {
        let template = heap.alloc_str(&format!("%{conversion}")).to_value();
        let written = template.percent(value, heap).ok()?;
        Some(written.unpack_str()?.to_owned())
    };
    let kind = value.get_type();
    match conversion {
        's' => Ok(value.to_str()),
        'r' => Ok(value.to_repr()),
        'c' => {
            let letter = match value.unpack_str() {
                Some(text) => Some(text)
                    .filter(|it| it.chars().count() == 1)
                    .map(str::to_owned),
                None => {
                    let code = value.unpack_i32().and_then(|it| u32::try_from(it).ok());
                    code.and_then(char::from_u32).map(String::from)
                }
            };
            letter.ok_or_else(|| "`%c` takes a letter, or its number".to_owned())
        }
        'd' | 'i' | 'o' | 'x' | 'X' => {
            let conversion = if conversion == 'i' { 'd' } else { conversion };
            by_engine(conversion, value)
                .ok_or_else(|| format!("`%{conversion}` takes a whole number, not a {kind}"))
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let value = match value.unpack_i32() {
                Some(number) => heap.alloc(StarlarkFloat(f64::from(number))),
                None => value,
            };
            // The engine has no capitals for some.
            by_engine(conversion, value)
                .or_else(|| {
                    let small = by_engine(conversion.to_ascii_lowercase(), value)?;
                    Some(small.to_uppercase())
                })
                .ok_or_else(|| format!("`%{conversion}` takes a number, not a {kind}"))
        }
        other => Err(format!("`%{other}` is no placeholder that Starlark has")),
    }
}
