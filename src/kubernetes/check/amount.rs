//! Amounts of a resource: `500m`, `2`, `256Mi`, `1e3`.

/// What may stand behind the number, beside an exponent.
const UNITS: [&str; 16] = [
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
];

/// Whether the API server reads `text` as an amount.
pub(super) fn is_amount(text: &str) -> bool {
    let Some((_, unit)) = split(text) else {
        return false;
    };
    let exponent = unit.strip_prefix(['e', 'E']).filter(|it| !it.is_empty());
    let is_exponent = exponent.is_some_and(|it| {
        let digits = it.strip_prefix(['+', '-']).unwrap_or(it);
        !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
    });
    UNITS.contains(&unit) || is_exponent
}

/// The amount of the resource `name` that was probably meant: `256Mi` of memory for
/// `256MB`, `500m` of processors for `500 m`.
pub(super) fn meant(name: &str, text: &str) -> Option<String> {
    let text = text.trim();
    if name == "cpu" || name.ends_with(".cpu") {
        let decimal = text.replacen(',', ".", 1);
        let number_end = split(&decimal)?.0;
        let (number, unit) = decimal.split_at(number_end);
        return match unit.trim_start().to_ascii_lowercase().as_str() {
            "m" | "mi" | "mb" | "mcpu" | "millicores" => Some(format!("{number}m")),
            "" | "c" | "core" | "cores" | "cpu" | "cpus" | "vcpu" => Some(number.to_owned()),
            _ => None,
        };
    }
    let number_end = split(text)?.0;
    let (number, unit) = text.split_at(number_end);
    let unit = unit.trim_start();
    let mut letters = unit.chars();
    let letter = letters.next()?.to_ascii_uppercase();
    let rest = letters.as_str().to_ascii_lowercase();
    let is_binary = ["", "b", "i", "ib"].contains(&rest.as_str());
    let is_prefix = matches!(letter, 'K' | 'M' | 'G' | 'T' | 'P' | 'E');
    (is_binary && is_prefix).then(|| format!("{number}{letter}i"))
}

/// Where the number ends, and what stands behind it.
fn split(text: &str) -> Option<(usize, &str)> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let unit = unsigned.trim_start_matches(is_number);
    let number = &unsigned[..unsigned.len() - unit.len()];
    let has_digit = number.contains(|c: char| c.is_ascii_digit());
    let is_decimal = number.matches('.').count() <= 1;
    (has_digit && is_decimal).then_some((text.len() - unit.len(), unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_what_the_api_server_takes() {
        for right in [
            "0", "1", "500m", "1.5", ".5", "2.", "256Mi", "1e3", "1E-3", "+1", "-1k", "1E",
        ] {
            assert!(is_amount(right), "{right}");
        }
        for wrong in [
            "", "m", "1 Gi", "256MB", "1kb", "1.2.3", "1e", "1e+", "half", "1K", "1mi",
        ] {
            assert!(!is_amount(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_people_write_is_understood() {
        let cases = [
            ("memory", "256MB", Some("256Mi")),
            ("memory", "1 GiB", Some("1Gi")),
            ("memory", "64kb", Some("64Ki")),
            ("memory", "1K", Some("1Ki")),
            ("memory", "512mb", Some("512Mi")),
            ("memory", "1µ", None),
            ("memory", "1 core", None),
            ("memory", "half", None),
            ("cpu", "500 m", Some("500m")),
            ("cpu", "100mi", Some("100m")),
            ("limits.cpu", "1core", Some("1")),
            ("cpu", "0,5", Some("0.5")),
            ("cpu", "1Gb", None),
            ("cpu", "half", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(meant(name, text).as_deref(), expected, "{name}: {text}");
        }
    }
}
