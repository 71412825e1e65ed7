//! `str.format` for the forms that scripts use.
//!
//! The engine's own `format` is right, too, but the first method of a string
//! makes the engine build all of them with their documentation, which takes
//! longer than everything else that a short script does.

/// `template.format(positional, named)`, where every placeholder is `{}`,
/// `{0}` or `{name}`. None where it is anything else, which is left to the engine.
pub(crate) fn format(
    template: &str,
    positional: &[String],
    named: &[(&str, String)],
) -> Option<String> {
    let mut formatted = String::with_capacity(template.len());
    let mut rest = template;
    let mut next = 0;
    let mut is_numbered = None;
    while let Some(at) = rest.find(['{', '}']) {
        formatted.push_str(&rest[..at]);
        let brace = &rest[at..at + 1];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            formatted.push_str(brace);
            rest = after;
            continue;
        }
        if brace == "}" {
            return None;
        }
        let (name, after) = rest.split_once('}')?;
        rest = after;
        let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        if name.is_empty() || is_number {
            // Counting by itself and by number do not go together.
            if is_numbered
                .replace(is_number)
                .is_some_and(|before| before != is_number)
            {
                return None;
            }
            let index = if is_number { name.parse().ok()? } else { next };
            next = index + 1;
            formatted.push_str(positional.get(index)?);
        } else {
            let (_, value) = named.iter().find(|(known, _)| *known == name)?;
            formatted.push_str(value);
        }
    }
    formatted.push_str(rest);
    Some(formatted)
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn simple_placeholders_are_filled_in() {
        let values = ["a".to_owned(), "b".to_owned()];
        let named = [("x", "c".to_owned())];
        let format = |template| format(template, &values, &named);
        assert_eq!(format("{}-{}").as_deref(), Some("a-b"));
        assert_eq!(format("{1}{0}{x}").as_deref(), Some("bac"));
        assert_eq!(format("{{{}}}").as_deref(), Some("{a}"));
        assert_eq!(format("none").as_deref(), Some("none"));
    }

    #[test]
    fn everything_else_is_left_to_the_engine() {
        for template in [
            "{", "}", "{!r}", "{}{0}", "{y}", "{2}", "{} {} {}", "{x.y}", "{x[0]}",
        ] {
            assert_eq!(format(template, &["a".to_owned()], &[]), None, "{template}");
        }
    }
}
