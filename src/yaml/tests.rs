//! Trees of all kinds of texts.

mod hostile;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{Budget, Kind, NodeId, Tree, Value, parse};
use crate::source::{FileId, SourceMap};

/// A tree as one line: keys and values as they stand in the text.
fn shown(text: &str) -> String {
    let (map, file) = source(text);
    let tree = parse(file, text);
    let mut out = String::new();
    for (index, document) in tree.documents.iter().enumerate() {
        if index > 0 {
            out.push_str(" --- ");
        }
        show(&map, &tree, document.root, &mut out);
    }
    for problem in &tree.problems {
        let at = map.text(problem.span);
        _ = write!(out, " !{at:?} {}", problem.message);
    }
    out.trim_start().to_owned()
}

fn show(map: &SourceMap, tree: &Tree, id: NodeId, out: &mut String) {
    let node = tree.node(id);
    let text = map.text(node.span);
    match &node.kind {
        Kind::Scalar(scalar) => {
            let value = match scalar.value() {
                Value::Null => "null".to_owned(),
                Value::Bool(value) => value.to_string(),
                Value::Number(value) => value.to_string(),
                Value::Text(value) => format!("{value:?}"),
            };
            _ = write!(out, "{value}@{text:?}");
        }
        Kind::Sequence(items) => {
            out.push('[');
            for item in items {
                show(map, tree, *item, out);
                out.push(' ');
            }
            out.push(']');
        }
        Kind::Mapping(pairs) => {
            out.push('{');
            for pair in pairs {
                out.push_str(map.text(tree.span(pair.key)));
                out.push('=');
                show(map, tree, pair.value, out);
                out.push(' ');
            }
            out.push('}');
        }
        Kind::Alias(_) => _ = write!(out, "alias@{text}"),
        Kind::Unresolved => _ = write!(out, "unresolved@{text}"),
    }
}

fn source(text: &str) -> (SourceMap, FileId) {
    let mut map = SourceMap::default();
    let file = map.add("file.yml", text);
    (map, file)
}

fn json(text: &str, budget: usize) -> Option<String> {
    let (_, file) = source(text);
    let tree = parse(file, text);
    assert!(tree.problems.is_empty(), "{text}: {:?}", tree.problems);
    let root = tree.documents.first()?.root;
    let json = tree.to_json(root, &mut Budget::new(budget))?;
    Some(json.to_string())
}

#[test]
fn keys_and_values_know_their_places() {
    let cases = [
        ("", ""),
        ("# nothing\n", ""),
        ("a: b", r#"{a="b"@"b" }"#),
        ("\u{feff}ä: 'ö'\r\n世: 1\r\n", r#"{ä="ö"@"'ö'" 世=1@"1" }"#),
        ("a:\n  b:\n\nc: ~\n", r#"{a={b=null@"" } c=null@"~" }"#),
        (
            "a:\n- 1\n- {b: c}\nd: [x, 'y']\n",
            r#"{a=[1@"1" {b="c"@"c" } ] d=["x"@"x" "y"@"'y'" ] }"#,
        ),
        (
            "a: |\n  b\n  c\n\nd: >-\n  e\n",
            r#"{a="b\nc\n"@"b\n  c" d="e"@"e" }"#,
        ),
        (
            "a: &x {b: 1}\nc: *x\n<<: *x\n",
            r#"{a={b=1@"1" } c=alias@*x <<=alias@*x }"#,
        ),
        ("a: 1\na: 2\n", r#"{a=1@"1" a=2@"2" }"#),
        (
            "a: 1\n---\nb\n...\n---\n",
            r#"{a=1@"1" } --- "b"@"b" --- null@"""#,
        ),
        (
            "a: !!str 1\nb: !!int '2'\nc: !x d\n",
            r#"{a="1"@"1" b=2@"'2'" c="d"@"d" }"#,
        ),
        ("? [a]\n: b\n", r#"{[a]="b"@"b" }"#),
        ("\"a\\tb\": \"\\u00e4\"", r#"{"a\tb"="ä"@"\"\\u00e4\"" }"#),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn scalars_mean_what_the_core_schema_says() {
    let cases = [
        ("true True TRUE", "true"),
        ("false False FALSE", "false"),
        ("~ null Null NULL", "null"),
        ("1 +1 0x1 0o1 1.0 1. 1e0", "1"),
        (".5 0.5 5e-1", "0.5"),
        ("-.inf -.Inf", "-inf"),
        (".nan", "NaN"),
    ];
    for (texts, expected) in cases {
        for text in texts.split(' ') {
            assert_eq!(shown(text), format!("{expected}@{text:?}"));
        }
    }
    for text in [
        "yes", "on", "y", "tRUE", "nUll", "0x", "0xg", "1_000", "inf", "nan", "1e", ".", "22:22",
        "+", "e1", "0o8",
    ] {
        let expected = format!("{{a={text:?}@{text:?} }}");
        assert_eq!(shown(&format!("a: {text} ")), expected);
        assert_eq!(
            shown(&format!("'{text}'")),
            format!("{text:?}@{:?}", format!("'{text}'"))
        );
    }
}

#[test]
fn comments_are_kept() {
    let mut text = "# above\na: b # right\n".to_owned();
    text.push_str(&"# many\n".repeat(500));
    let (map, file) = source(&text);
    let tree = parse(file, &text);
    assert_eq!(tree.comments.len(), 502);
    assert_eq!(map.text(tree.comments[1]), "# right");
    assert!(tree.problems.is_empty());
}

#[test]
fn aliases_and_merge_keys_are_followed() {
    let cases = [
        ("a: &x [1, 2]\nb: *x", r#"{"a":[1,2],"b":[1,2]}"#),
        (
            "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz: {<<: [*x, *y], a: 0}\n",
            r#"{"x":{"a":1,"b":2},"y":{"b":3,"c":4},"z":{"a":0,"b":2,"c":4}}"#,
        ),
        (
            "x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y}",
            r#"{"x":{"a":1},"y":{"b":2,"a":1},"z":{"b":2,"a":1}}"#,
        ),
        ("a: {'<<': 1}", r#"{"a":{"<<":1}}"#),
        ("a: 1\na: 2", r#"{"a":2}"#),
        (
            "a: {<<: 1}\nb: 0x10\nc: 18446744073709551615\nd: .nan\n1: e",
            r#"{"a":{},"b":16,"c":18446744073709551615,"d":".nan","1":"e"}"#,
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(json(text, 1000).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_aliases_expand_to_is_bounded() {
    // Each list holds the one before nine times: 9^9 values in 300 bytes.
    let mut bomb = "a0: &a0 [x]\n".to_owned();
    for level in 1..10 {
        let before = format!("*a{}, ", level - 1).repeat(9);
        _ = writeln!(bomb, "a{level}: &a{level} [{before}]");
    }
    let circle = "a: &a [*a]";
    let merge_circle = "a: &a {b: {<<: *a}, c: 1}";
    let start = Instant::now();
    for text in [bomb.as_str(), circle, merge_circle] {
        assert_eq!(json(text, 100_000), None, "{text}");
    }
    assert!(json("a: &a {b: 1, <<: *a}", 100).is_some());
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[test]
fn pointers_lead_to_places() {
    let text = "a:\n  - x\n  - {b/c: 1, d~e: 2}\nf: 1\nf: 2\ng: {<<: {h: 3}}\n";
    let (map, file) = source(text);
    let tree = parse(file, text);
    let root = tree.documents[0].root;
    let at = |pointer: &str| {
        let place = tree.locate(root, pointer)?;
        let key = place.key.map(|key| map.text(key));
        Some((key, map.text(place.value)))
    };
    assert_eq!(at("/a/0"), Some((None, "x")));
    assert_eq!(at("/a/1/b~1c"), Some((Some("b/c"), "1")));
    assert_eq!(at("/a/1/d~0e"), Some((Some("d~e"), "2")));
    assert_eq!(at("/f"), Some((Some("f"), "2")));
    assert_eq!(at("/g/h"), Some((Some("h"), "3")));
    assert_eq!(at("").map(|it| it.0), Some(None));
    for missing in ["/b", "/a/2", "/a/x", "/f/0", "/g/<<"] {
        assert_eq!(at(missing), None, "{missing}");
    }
}

#[test]
fn what_stands_around_a_mistake_is_read() {
    let cases = [
        (
            "a: 1\nb 2\nc: 3",
            r#"{a=1@"1" c=3@"3" } !"b 2" `b` and its value are separated by a space instead of `: `"#,
        ),
        (
            "b 2\nc: 3",
            r#"{c=3@"3" } !"b 2" `b` and its value are separated by a space instead of `: `"#,
        ),
        (
            "a: 1\nb\n  x: y\nc: 3",
            r#"{a=1@"1" c=3@"3" } !"b" a `:` is missing behind `b`"#,
        ),
        (
            "a:1\nc: 3",
            r#"{c=3@"3" } !"a:1" a space is missing behind `a:`"#,
        ),
        (
            "a: 'x\nb: 'y'\nc: 3",
            r#"{b="y"@"'y'" c=3@"3" } !"'x" the closing `'` is missing"#,
        ),
        (
            "a: [1, 2\nb: 2\nc: 3",
            r#"{b=2@"2" c=3@"3" } !"[" this `[` is not closed"#,
        ),
        (
            "a: {x: 1\nb: 2\n",
            r#"{b=2@"2" } !"{" this `{` is not closed"#,
        ),
        ("a: [1, 2", r#" !"[" this `[` is not closed"#),
        (
            "a:\n\tb: 1\n\tc: 2\nd: 3",
            "{a={b=1@\"1\" c=2@\"2\" } d=3@\"3\" } !\"\\t\" a tab indents this line, but YAML takes only spaces",
        ),
        (
            "a:\n  b: 1\n   c: 2\nd: 3",
            r#"{a={b=1@"1" } d=3@"3" } !"c: 2" `c` is indented deeper than `b`, which has a value"#,
        ),
        (
            "a:\n    b: 1\n  c: 2\nd: 3",
            r#"{a={b=1@"1" } d=3@"3" } !"c: 2" `c` is indented by 2 spaces, like no line above it"#,
        ),
        (
            "a: x: y\nb: 1",
            r#"{b=1@"1" } !"x: y" a text with `: ` in it needs quotes"#,
        ),
        (
            "a: 1\n- b\nc: 2",
            r#"{a=1@"1" c=2@"2" } !"- b" a list entry stands among keys"#,
        ),
        (
            "- 1\na: 2\n- 3",
            r#"[1@"1" 3@"3" ] !"a: 2" `a` stands in a list, but is no entry"#,
        ),
        (
            "a: \"\\q\"\nb: 1",
            r#"{b=1@"1" } !"\\q" `\q` means nothing in double quotes"#,
        ),
        (
            "a: %x\nb: 1",
            r#"{b=1@"1" } !"%x" a text that begins with `%` needs quotes"#,
        ),
        (
            " a: 1\nb: 2",
            r#"{b=2@"2" } !"a: 1" `a` is indented, but the lines below are not"#,
        ),
        (
            "a: *b\nc: 1",
            r#"{a=unresolved@*b c=1@"1" } !"*b" `*b` refers to the anchor `&b`, which is not set before"#,
        ),
        (
            "<<<<<<< a\nb: 1\n||||||| c\nb: 2\n=======\nb: 3\n>>>>>>> d\ne: 1",
            r#"{b=1@"1" e=1@"1" } !"<<<<<<< a" a merge conflict is not resolved"#,
        ),
        (
            "a: 1\n---\nb 2\nc: 3",
            r#"{a=1@"1" } --- {c=3@"3" } !"b 2" `b` and its value are separated by a space instead of `: `"#,
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected.trim_start(), "{text}");
    }
}
