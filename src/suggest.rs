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

fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | '.'));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

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
}
