//! The repository is as its documents say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::golden::repository;

/// The longest source file, in lines. A longer one is two files.
const MAX_LINES: usize = 400;

/// The modules from the lowest layer up: a module uses its own layer and lower ones.
const LAYERS: &[&[&str]] = &[
    &["child", "source", "suggest", "unknown"],
    &["diagnostic", "rule", "names", "yaml"],
    &["kubernetes"],
    &["options"],
    &["project_file", "compose", "keychain"],
    &["script"],
    &["plan", "mention", "listed", "used", "lost", "held"],
    &["suppress"],
    &["rules"],
    &["analyze"],
    &["fix", "sandbox", "guarded", "projects", "render", "write"],
    &["settings"],
    &["reference", "ide"],
    &["lsp"],
    &["cli"],
];

/// Mistakes of the catalogue that could be seen and are not reported, and why.
const NOT_JUDGED: &[(&str, &str)] = &[
    (
        "K02",
        "a service account without a role may be right: Pod Identity needs no annotation; \
         the plan's requirements say it",
    ),
    (
        "I06",
        "whether a registry still takes a password is known to the registry alone",
    ),
    (
        "S26",
        "several secrets for one host are all tried, in an order that the plan and `resolve` show",
    ),
    (
        "S29",
        "a secret and a credential helper for one host are both tried, in an order that the plan \
         and `resolve` show",
    ),
];

/// The folders with one rule in each file.
const RULE_FOLDERS: &[&str] = &[
    "src/compose/rules",
    "src/kubernetes/rules",
    "src/rules",
    "src/script/rules",
    "src/project_file/rules",
    "src/suppress/rules",
];

#[test]
fn modules_use_lower_layers_only() {
    let layer = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let mut problems = Vec::new();
    for (path, text) in rust_files("src") {
        let module = path.split('/').nth(1).unwrap_or_default();
        let module = module.trim_end_matches(".rs");
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let Some(own) = layer(module) else {
            problems.push(format!(
                "{path}: `{module}` has no layer; add it to `LAYERS`"
            ));
            continue;
        };
        let program = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
        for (index, line) in program.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for (at, word) in code.match_indices("crate::") {
                let used: String = code[at + word.len()..]
                    .chars()
                    .take_while(|it| it.is_alphanumeric() || *it == '_')
                    .collect();
                // Macros and the names that `lib.rs` re-exports are no modules.
                if layer(&used).is_some_and(|used| used > own) {
                    let line = index + 1;
                    problems.push(format!(
                        "{path}:{line}: `{module}` uses `{used}`, which is above"
                    ));
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_source_file_is_too_long() {
    let files = rust_files("src").into_iter().chain(rust_files("tests"));
    let long: Vec<_> = files
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MAX_LINES)
        .collect();
    assert!(long.is_empty(), "longer than {MAX_LINES} lines: {long:#?}");
}

#[test]
fn every_rule_has_a_file_of_its_name() {
    let mut problems = Vec::new();
    let mut from_files = BTreeSet::new();
    for folder in RULE_FOLDERS {
        let files: Vec<String> = file_stems(folder);
        let list = format!("{folder}.rs");
        let text = fs::read_to_string(repository(&list)).unwrap_or_default();
        let listed = listed(&text);
        if listed != files {
            problems.push(format!(
                "{list} lists {listed:#?}\n{folder} holds {files:#?}"
            ));
        }
        for stem in files {
            let path = format!("{folder}/{stem}.rs");
            let text = fs::read_to_string(repository(&path)).unwrap_or_default();
            let name = stem.replace('_', "-");
            if !text.contains(&format!("\n    \"{name}\" {{")) {
                problems.push(format!("{path} does not declare the rule `{name}`"));
            }
            if !from_files.insert(name.clone()) {
                problems.push(format!("two files declare `{name}`"));
            }
        }
    }
    let known: BTreeSet<_> = raftt_config::rules()
        .iter()
        .map(|it| it.name.to_owned())
        .collect();
    if known != from_files {
        let difference: Vec<_> = known.symmetric_difference(&from_files).collect();
        problems.push(format!(
            "in files or in `rules()`, but not in both: {difference:?}"
        ));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_mistake_is_claimed_by_two_rules() {
    let catalogue = catalogue();
    let mut problems = Vec::new();
    for (id, rules) in claims() {
        if !catalogue.contains_key(&id) {
            problems.push(format!(
                "{rules:?} claim `{id}`, which is not in the catalogue"
            ));
        } else if rules.len() > 1 {
            problems.push(format!("{id} is claimed by {rules:?}"));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_mistake_in_the_two_files_is_claimed() {
    let claims = claims();
    let visible = catalogue().into_iter().filter(|(_, visible)| {
        // `A`: seen in the two files alone. `A/R`: in part only at run time. `M`: seen
        // with the workloads or a snapshot. `S`: seen in a secret of the snapshot.
        ["A", "A/R", "A+S", "M", "S", "S/doc"].contains(&visible.as_str())
    });
    let open: Vec<_> = visible
        .map(|it| it.0)
        .filter(|id| !claims.contains_key(id) && !NOT_JUDGED.iter().any(|it| it.0 == id))
        .collect();
    assert!(open.is_empty(), "no rule claims {open:?}");
}

/// The modules in a file's list of rules, in the list's order.
fn listed(text: &str) -> Vec<String> {
    let openings = ["\nchecks! {", "&[&Rule] = &["];
    let Some(rest) = openings.iter().find_map(|it| Some(text.split_once(it)?.1)) else {
        return Vec::new();
    };
    let list = rest.split(['}', ']']).next().unwrap_or("");
    let entries = list.split(',').map(str::trim).filter(|it| !it.is_empty());
    entries
        .map(|entry| {
            let module = entry.trim_end_matches("::RULE");
            module
                .rsplit("::")
                .next()
                .unwrap_or(module)
                .trim_start_matches('&')
                .to_owned()
        })
        .collect()
}

/// The rules that claim each mistake of the catalogue.
fn claims() -> BTreeMap<String, Vec<&'static str>> {
    let mut claims: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for rule in raftt_config::rules() {
        for id in rule.catalogue {
            claims.entry((*id).to_owned()).or_default().push(rule.name);
        }
    }
    claims
}

/// The ids of the catalogue, and where each mistake is visible.
fn catalogue() -> BTreeMap<String, String> {
    let text = fs::read_to_string(repository("testdata/mistakes.json"));
    let catalogue: serde_json::Value = serde_json::from_str(&text.expect("the catalogue is there"))
        .expect("the catalogue is JSON");
    let cases = catalogue["cases"].as_array().expect("`cases` is a list");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    cases
        .iter()
        .map(|it| (text(&it["id"]), text(&it["visible"])))
        .collect()
}

/// The Rust files of a folder, without their ending, sorted.
fn file_stems(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repository(folder))
        .into_iter()
        .flatten()
        .flatten();
    let mut stems: Vec<_> = entries
        .filter_map(|it| {
            it.file_name()
                .to_str()?
                .strip_suffix(".rs")
                .map(str::to_owned)
        })
        .collect();
    stems.sort();
    stems
}

/// The Rust files below a folder, as path and text.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![repository(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = fs::read_to_string(&path).expect("the file can be read");
                files.push((relative(&path), text));
            }
        }
    }
    files.sort();
    files
}

fn relative(path: &Path) -> String {
    let path = path.strip_prefix(repository("")).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}
