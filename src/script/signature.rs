//! Declarations as text.

use super::builtins::{ArgType, Builtin};

/// The call as a script would write it, with types.
pub(crate) fn signature(prefix: &str, builtin: &Builtin) -> String {
    let parameters = builtin.parameters.iter().map(|it| {
        let default = it.default.map(|it| format!(" = {it}")).unwrap_or_default();
        format!("{}: {}{default}", it.name, type_name(&it.takes))
    });
    let parameters = parameters.collect::<Vec<_>>().join(", ");
    format!(
        "{prefix}{}({parameters}) -> {}",
        builtin.name,
        builtin.returns.name()
    )
}

/// The type of an argument, for people.
pub(crate) fn type_name(takes: &ArgType) -> String {
    let either = |names: Vec<String>| names.join(" | ");
    match takes {
        ArgType::Any => "value".to_owned(),
        ArgType::Str | ArgType::Path => "str".to_owned(),
        ArgType::Choice(choices) => either(choices.iter().map(|it| format!("\"{it}\"")).collect()),
        ArgType::Int => "int".to_owned(),
        ArgType::Number => "int | float".to_owned(),
        ArgType::Bool => "bool".to_owned(),
        ArgType::List(element) => format!("list[{}]", type_name(element)),
        ArgType::Dict(value) => format!("dict[str, {}]", type_name(value)),
        ArgType::Object(object) => object().name.to_owned(),
        ArgType::OneOf(several) => either(several.iter().map(type_name).collect()),
    }
}

/// A doc comment without the blank before each line.
pub(crate) fn unindented(documentation: &str) -> String {
    let lines = documentation.lines();
    let lines: Vec<_> = lines.map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
    lines.join("\n").trim().to_owned()
}
