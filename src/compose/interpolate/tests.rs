use super::{Interpolated, Missing, Mistake, MistakeKind, Variables, interpolate};

fn variables() -> Variables {
    let mut variables = Variables::default();
    variables.set("TAG".to_owned(), Some("1.2".to_owned()));
    variables.set("EMPTY".to_owned(), Some(String::new()));
    variables.set("LATER".to_owned(), None);
    variables
}

fn known(text: &str) -> String {
    match interpolate(text, &variables()) {
        Ok(Interpolated::Known(value)) => value,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn variables_and_defaults_are_filled_in() {
    let cases = [
        ("no variable", "no variable"),
        ("app:$TAG", "app:1.2"),
        ("app:${TAG}-x", "app:1.2-x"),
        ("$TAG/$TAG", "1.2/1.2"),
        ("${NONE:-a}${NONE-b}", "ab"),
        ("${EMPTY:-a}${EMPTY-b}", "a"),
        ("${TAG:-a}${TAG-b}", "1.21.2"),
        ("${NONE:-${TAG}}", "1.2"),
        ("${NONE:-${OTHER:-a}b}c", "abc"),
        ("${TAG:?not set}${EMPTY?not set}", "1.2"),
        ("${TAG:+a}${TAG+b}${EMPTY:+c}${EMPTY+d}", "abd"),
        ("$$TAG $${TAG} $$", "$TAG ${TAG} $"),
        ("${NONE:-{}", "{"),
    ];
    for (text, value) in cases {
        assert_eq!(known(text), value, "{text}");
    }
}

#[test]
fn what_no_file_sets_is_left_to_the_run() {
    let cases = [
        ("app:${NONE}", "NONE", 4..11),
        ("$NONE", "NONE", 0..5),
        ("${NONE:?not set}", "NONE", 0..16),
        ("${NONE:+a}", "NONE", 0..10),
        ("${LATER:-a}", "LATER", 0..11),
        ("${NONE:-x$OTHER}", "OTHER", 9..15),
        ("${EMPTY:?not set}", "EMPTY", 0..17),
    ];
    for (text, name, range) in cases {
        let name = name.to_owned();
        let expected = Interpolated::Unknown(Missing { name, range });
        assert_eq!(interpolate(text, &variables()), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_no_variable_is_pointed_at() {
    let cases = [
        ("a $ b", MistakeKind::Lone, 2..3),
        ("$(ls)", MistakeKind::Lone, 0..1),
        ("$1", MistakeKind::Lone, 0..1),
        ("cost: 5$", MistakeKind::Lone, 7..8),
        ("a${TAG", MistakeKind::Unclosed, 1..6),
        ("${}", MistakeKind::NoVariable, 0..3),
        ("${TAG:x}", MistakeKind::NoVariable, 0..8),
        ("é${1}", MistakeKind::NoVariable, 2..6),
    ];
    for (text, kind, range) in cases {
        let expected = Mistake { kind, range };
        assert_eq!(interpolate(text, &variables()), Err(expected), "{text}");
    }
}

#[test]
fn deep_nesting_ends() {
    let text = format!("{}{}", "${A:-".repeat(50_000), "}".repeat(50_000));
    assert!(matches!(
        interpolate(&text, &variables()),
        Ok(Interpolated::Unknown(_))
    ));
}
