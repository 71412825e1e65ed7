//! What is known of keys.

use super::{FILE, KNOWN, is_known_of_services, service};

#[test]
fn the_known_keys_are_read_whole() {
    let names: Vec<_> = FILE.names().collect();
    assert!(names.is_sorted(), "{names:?}");
    let sections = [
        "configs", "include", "networks", "secrets", "services", "volumes",
    ];
    assert!(sections.iter().all(|it| names.contains(it)), "{names:?}");
    let service = service().expect("services are known");
    let build = service.key("build").expect("it is a key of services");
    assert!(build.names().any(|it| it == "dockerfile_inline"));
    assert_eq!(build.words(), "a text or a map");
    assert!(is_known_of_services("depends_on") && is_known_of_services("x-pre-build"));
    assert!(!is_known_of_services("imgae"));
}

#[test]
fn lines_follow_the_notation() {
    let lines = KNOWN.lines().filter(|it| !it.starts_with('#'));
    for line in lines {
        let (name, kinds) = line.trim().split_once(' ').expect("a key and its kinds");
        assert!(!name.is_empty(), "{line}");
        assert!(kinds.chars().all(|it| "snblmM?".contains(it)), "{line}");
    }
}
