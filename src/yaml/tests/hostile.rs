//! Texts that nobody would write, and texts that are being typed.

use std::time::{Duration, Instant};

use super::{show, source};
use crate::yaml::{Budget, parse};

/// Nothing that is typed makes the reader panic, or gives places outside the text.
#[test]
fn any_text_can_be_read() {
    let texts = [
        "a: &x {b: [1, 'ä'], \"c\\n\": 2} # d\r\ne:\r\n  - |\r\n    f\r\n  - *x\r\n---\n? g\n: !!str h\n",
        "\u{feff}a:\n\tb: c\n  d: e\n f: [\n世界: \"x\n- g\n<<<<<<< h\n",
    ];
    let inserts = [
        "", "\t", "\n", ":", " ", "\"", "'", "[", "}", "&", "*", "-", "ü", "\u{feff}", "#", "|",
        "%", "\r", "---\n",
    ];
    for text in texts {
        for (at, _) in text.char_indices() {
            for insert in inserts {
                let changed = format!("{}{insert}{}", &text[..at], &text[at..]);
                check_places(&changed);
            }
            check_places(&text[..at]);
            check_places(&text[at..]);
        }
    }
}

fn check_places(text: &str) {
    let (map, file) = source(text);
    let tree = parse(file, text);
    let ends = |end: u32| text.is_char_boundary(end as usize);
    for node in &tree.nodes {
        assert!(ends(node.span.start) && ends(node.span.end), "{text:?}");
    }
    for problem in &tree.problems {
        let edits = problem.fix.iter().flat_map(|fix| &fix.edits);
        for span in edits.map(|edit| edit.span).chain([problem.span]) {
            assert!(
                ends(span.start) && ends(span.end) && span.start <= span.end,
                "{text:?} {problem:?}"
            );
        }
    }
    for document in &tree.documents {
        _ = tree.to_json(document.root, &mut Budget::new(1000));
        show(&map, &tree, document.root, &mut String::new());
    }
}

#[test]
fn hostile_texts_end_soon() {
    let lines = |line: &str| line.repeat(300_000 / line.len());
    let deep = |open: &str, count| open.repeat(count);
    let cases: Vec<(&str, String, usize)> = vec![
        ("brackets", deep("[", 100_000), 1),
        ("braces", deep("{a: ", 250_000), 1),
        ("a million brackets", deep("[", 1_000_000), 1),
        ("dashes", deep("- ", 500_000), 1),
        ("question marks", deep("? ", 500_000), 1),
        (
            "indentation",
            (0..1300)
                .map(|n| format!("{}a:\n", " ".repeat(n)))
                .collect(),
            1,
        ),
        ("one line", format!("a: {}", "x".repeat(1_000_000)), 0),
        ("one line of words", format!("a: {}", lines("word ")), 0),
        ("one line of list", format!("a: [{}]", lines("1, ")), 0),
        ("one long key", format!("{}: a", "x".repeat(1_000_000)), 0),
        (
            "keys",
            (0..30_000).map(|n| format!("k{n}: 1\n")).collect(),
            0,
        ),
        ("same keys", lines("a: 1\n"), 0),
        ("broken lines", lines("a b\n"), 1),
        ("broken keys", format!("a: b\n{}", lines("a b\n")), 20),
        ("open quotes", lines("a: \"\n"), 20),
        ("open brackets", lines("a: [\n"), 20),
        ("anchors", lines("- &a 1\n"), 0),
        ("aliases", format!("- &a 1\n{}", lines("- *a\n")), 0),
        ("missing anchors", lines("- *a\n"), 20),
        ("comments", lines("# comment\n"), 0),
        ("blank lines", lines("\n"), 0),
        ("documents", lines("---\n"), 0),
        ("tabs", lines("\t"), 20),
        ("tab lines", format!("a:\n{}", lines("\tb: 1\n")), 20),
        ("conflicts", lines("<<<<<<< a\n"), 20),
        ("colons", lines(": "), 20),
        ("carriage returns", lines("a: b\r"), 20),
        ("emoji", lines("😀: 😀\n"), 0),
    ];
    for (name, text, most) in cases {
        let (_, file) = source(&text);
        let start = Instant::now();
        let tree = parse(file, &text);
        let took = start.elapsed();
        let count = tree.problems.len();
        assert!(count <= most, "{name}: {count} problems");
        assert!(took < Duration::from_secs(3), "{name}: {took:?}");
    }
}
