//! What a scalar that is not quoted means by the rules of YAML 1.1, as Go's
//! `yaml.v2` reads it.

use num_bigint::BigInt;

use crate::script::values::Plain;

/// What `text`, which is not quoted, means.
pub(super) fn resolve(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Plain::None,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Plain::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Plain::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Plain::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Plain::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Plain::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let is_numeric = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    let number = if is_numeric { number(text) } else { None };
    number.unwrap_or_else(|| Plain::Text(text.to_owned()))
}

fn number(text: &str) -> Option<Plain> {
    if text.starts_with('.') {
        let value: f64 = text.parse().ok()?;
        return (value.is_finite() && is_decimal(text)).then_some(Plain::Float(value));
    }
    let digits = text.replace('_', "");
    if let Some(whole) = whole(&digits) {
        return Some(Plain::Int(whole));
    }
    let value: f64 = digits.parse().ok()?;
    (value.is_finite() && is_decimal(&digits)).then_some(Plain::Float(value))
}

/// A whole number of up to 64 bits, in base 2, 8, 10 or 16.
fn whole(text: &str) -> Option<BigInt> {
    let is_negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let lower = unsigned.to_ascii_lowercase();
    let (radix, digits) = match lower.get(..2) {
        Some("0x") => (16, &lower[2..]),
        Some("0o") => (8, &lower[2..]),
        Some("0b") => (2, &lower[2..]),
        _ if lower.len() > 1 && lower.starts_with('0') => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    let value = u64::from_str_radix(digits, radix)
        .ok()
        .filter(|_| is_number)?;
    let value = i128::from(value) * if is_negative { -1 } else { 1 };
    (value >= i128::from(i64::MIN)).then(|| value.into())
}

/// Whether `text` is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_mantissa = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && are_digits(fraction),
        Some((whole, fraction)) => are_digits(whole) && are_digits(fraction),
        None => !mantissa.is_empty() && are_digits(mantissa),
    };
    is_mantissa
        && exponent.is_none_or(|exponent| {
            let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !digits.is_empty() && are_digits(digits)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_mean_what_yaml_1_1_says() {
        let int = |value: i64| Plain::Int(value.into());
        let cases = [
            ("yes", Plain::Bool(true)),
            ("Off", Plain::Bool(false)),
            ("yEs", Plain::Text("yEs".into())),
            ("~", Plain::None),
            ("12", int(12)),
            ("+12", int(12)),
            ("010", int(8)),
            ("0x1F", int(31)),
            ("0b101", int(5)),
            ("1_000", int(1000)),
            ("08", Plain::Float(8.0)),
            ("1.5", Plain::Float(1.5)),
            ("1.", Plain::Float(1.0)),
            (".5", Plain::Float(0.5)),
            ("1e3", Plain::Float(1000.0)),
            ("-.inf", Plain::Float(f64::NEG_INFINITY)),
            ("22:22", Plain::Text("22:22".into())),
            ("2001-12-14", Plain::Text("2001-12-14".into())),
            ("1.2.3", Plain::Text("1.2.3".into())),
            ("-", Plain::Text("-".into())),
            ("infinity", Plain::Text("infinity".into())),
            ("18446744073709551615", Plain::Int(u64::MAX.into())),
        ];
        for (text, expected) in cases {
            assert_eq!(resolve(text), expected, "{text}");
        }
    }
}
