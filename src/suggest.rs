//! "Did you mean".

/// The candidate that `name` is probably a misspelling of.
///
/// Letters may be swapped, missing or wrong in up to a third of the name, the
/// case and the separators `_`, `-` and `.` do not count, and a shared beginning
/// counts for more: `registry` is close to `registries`.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // Comparing takes time in the square of the length.
    if name.is_empty() || name.len() > 80 {
        return None;
    }
    let folded = fold(name);
    let allowed = folded.chars().count() / 3;
    let rated = candidates.into_iter().filter_map(|candidate| {
        let other = fold(candidate);
        let distance = strsim::damerau_levenshtein(&folded, &other);
        let is_close = distance <= allowed || strsim::jaro_winkler(&folded, &other) >= 0.9;
        is_close.then_some((distance, candidate))
    });
    // The first of equals, so that the order of the candidates decides.
    rated
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The candidate that `name` certainly stands for: it differs by a slip of the
/// fingers, or by words that are written out or cut short. `script_volume_initializer`
/// is close to `postgres_volume_initializer`, but it is another name.
pub(crate) fn misspelt<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    if name.is_empty() || name.len() > 80 {
        return None;
    }
    let folded = fold(name);
    let rated = candidates.into_iter().filter_map(|candidate| {
        let other = fold(candidate);
        let distance = strsim::damerau_levenshtein(&folded, &other);
        let is_swap = distance == 1 && have_same_letters(&folded, &other);
        let is_meant = is_swap || distance <= slips(&folded) || has_same_words(name, candidate);
        is_meant.then_some((distance, candidate))
    });
    rated
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters of a word are wrong by a slip.
fn slips(word: &str) -> usize {
    match word.chars().count() {
        0..5 => 0,
        5..12 => 1,
        _ => 2,
    }
}

/// Whether the words differ in the order of their letters at most.
pub(crate) fn have_same_letters(one: &str, other: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    letters(one) == letters(other)
}

/// Whether the names have the same words, some written out or cut short:
/// `credential` for `cred`.
fn has_same_words(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> { name.split('_').map(fold).collect() };
    let (one, other) = (words(one), words(other));
    let is_same = |(one, other): (&String, &String)| {
        let is_cut = one.len().min(other.len()) >= 3
            && (one.starts_with(&**other) || other.starts_with(&**one));
        is_cut || strsim::damerau_levenshtein(one, other) <= slips(one)
    };
    let has_equal = one.iter().zip(&other).any(|(one, other)| one == other);
    one.len() == other.len() && has_equal && one.iter().zip(&other).all(is_same)
}

fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | '.'));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{misspelt, nearest};

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["provider", "registries"];
        assert_eq!(nearest("registry", names), Some("registries"));
        assert_eq!(nearest("providers", names), Some("provider"));
        assert_eq!(nearest("Provider", names), Some("provider"));
        assert_eq!(nearest("porvider", names), Some("provider"));
        assert_eq!(nearest("hosts", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("z", ["x"]), None);
        assert_eq!(nearest("load_compose", ["load_docker_compose"]), None);
        assert_eq!(nearest("buildimage", ["build_image"]), Some("build_image"));
    }
    #[test]
    fn a_slip_is_told_from_another_name() {
        let names = [
            "build_image",
            "configure_cred_helper",
            "deploy",
            "fail",
            "load_docker_compose",
            "postgres_volume_initializer",
            "resources",
        ];
        for (name, meant) in [
            ("configure_cred_helpr", Some("configure_cred_helper")),
            ("configure_credential_helper", Some("configure_cred_helper")),
            ("configureCredHelper", Some("configure_cred_helper")),
            ("deplpy", Some("deploy")),
            ("resource", Some("resources")),
            ("script_volume_initializer", None),
            ("load_compose", None),
            ("load_helm_chart", None),
            ("employ", None),
            ("fial", Some("fail")),
            ("pail", None),
        ] {
            assert_eq!(misspelt(name, names), meant, "{name}");
        }
    }
}
