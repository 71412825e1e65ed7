//! The modules of the language, held against what the original implementation
//! gives for the same expressions.

use raftt_config::{MemorySources, Options, Severity, analyze};
use serde_json::Value;

const LOADS: &str = r#"
load("encoding/base64.star", "base64")
load("encoding/csv.star", "csv")
load("encoding/json.star", "json")
load("encoding/yaml.star", "yaml")
load("hash.star", "hash")
load("math.star", "math")
load("re.star", "re")
load("time.star", "time")
"#;

/// What the original has and this one has not, with the reason.
const NOT_FOLLOWED: &[(&str, &str)] = &[
    ("!!binary", "a tag that environments have no use for"),
    ("\\ta: 1", "YAML 1.2 takes a tab before the first key"),
];

#[test]
fn expressions_give_what_the_original_gives() {
    let path = crate::golden::repository("testdata/oracles/starlark_modules.json");
    let text = std::fs::read_to_string(path).expect("the oracle is there");
    let oracle: Value = serde_json::from_str(&text).expect("the oracle is JSON");
    let cases = oracle["cases"].as_array().expect("the oracle has cases");
    assert!(cases.len() > 50);
    let mut failures = Vec::new();
    for case in cases {
        let expression = case["expression"].as_str().expect("it has an expression");
        if NOT_FOLLOWED
            .iter()
            .any(|(part, _)| expression.contains(part))
        {
            continue;
        }
        let given = evaluate(expression, case["value"].as_str());
        let expected = match case["error"].as_str() {
            Some(_) => Given::Mistake,
            None => Given::Same,
        };
        if given != expected {
            failures.push(format!("{expression}: {given:?}\n    expected {case}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[derive(Debug, PartialEq)]
enum Given {
    /// The value that is expected.
    Same,
    /// Another value.
    Other(String),
    /// The expression is wrong, and that is said.
    Mistake,
}

/// What `expression` gives, seen from `expected`.
fn evaluate(expression: &str, expected: Option<&str>) -> Given {
    let expected = expected.unwrap_or("None");
    let script = format!(
        "{LOADS}value = {expression}\nexpected = {expected}\n\
         fail(\"same\" if repr(value) == repr(expected) else repr(value))\n"
    );
    let sources = MemorySources::default().with("env.raftt", script);
    let mut options = Options::default();
    options.script = Some("env.raftt".to_owned());
    let analysis = analyze(&sources, &options);
    let mut given = Given::Other(format!("{:?}", analysis.diagnostics));
    for diagnostic in &analysis.diagnostics {
        let message = &diagnostic.message;
        if diagnostic.severity == Severity::Error && diagnostic.rule.name != "script-failed" {
            return Given::Mistake;
        }
        if let Some(value) = message.strip_prefix("the script fails: ") {
            given = match value {
                "same" => Given::Same,
                other => Given::Other(other.to_owned()),
            };
        }
    }
    given
}

#[test]
fn what_would_be_too_large_is_refused() {
    let shared = "[[1]]".to_owned();
    let bomb = (0..24).fold(shared, |value, _| format!("(lambda v: [v, v])({value})"));
    for expression in [
        format!("json.encode({bomb})"),
        format!("yaml.dumps({bomb})"),
        "json.decode(\"[\" * 100000)".to_owned(),
        "json.decode(\"[\" + \"1,\" * 300000 + \"1]\")".to_owned(),
        "json.encode_indent([[[[[[1]]]]]], indent = \" \" * 1000000)".to_owned(),
        "base64.encode(\"x\" * 1000000)".to_owned(),
    ] {
        let script = format!("{LOADS}value = {expression}\n");
        let sources = MemorySources::default().with("env.raftt", script);
        let mut options = Options::default();
        options.script = Some("env.raftt".to_owned());
        let analysis = analyze(&sources, &options);
        let errors = analysis
            .diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error);
        let rules: Vec<_> = errors.map(|it| it.rule.name).collect();
        assert_eq!(rules, ["limit-exceeded"], "{expression}");
    }
}
