//! Whole projects with what is expected of them: every folder below
//! `testdata/cases/` that holds files is one.
//!
//! `diagnostics.txt` and `plan.json` are what comes out, `fixed/` holds the files
//! that safe fixes change. Where there is a `plan.txt`, `plan.yaml`,
//! `docker-config.json` or `deployment-patch.yaml`, the plan is shown in that
//! form too. `case.toml` may hold options:
//!
//! ```toml
//! script = "alone.raftt"          # check this script without a project file
//! project_file = "other.yml"
//! snapshot = "namespace.yaml"     # what the namespace has
//! namespace = "shop"              # the one to take, if there are several
//! [values]                        # what only the cluster knows
//! env_id = "a1b2"
//! [secrets]
//! token = "not shown anywhere"
//! ```

mod options;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use raftt_config::fix::fix;
use raftt_config::plan::render::PlanFormat;
use raftt_config::plan::{self, Plan};
use raftt_config::reference::SCHEMAS;
use raftt_config::render::{self, Checked as CheckedProject, Report};
use raftt_config::{
    Analysis, CredHelperCall, Diagnostic, MemorySources, Options, OverlaySources, Registries,
    Safety, Severity, Span, analyze,
};

use crate::golden::{Checked, check, check_all, is_update, repository};
use crate::helm::helm;
use options::options;

#[test]
fn every_case_gives_what_is_expected() {
    run(|case| {
        let Some(analysis) = case.analyze_with_helm() else {
            return Ok(());
        };
        check(&case.folder.join("diagnostics.txt"), &shown(&analysis))?;
        check_plan(case, &analysis)
    });
}

#[test]
fn every_case_gives_the_same_twice() {
    run(|case| {
        let [first, second] = [case.analyze(), case.analyze()].map(|it| {
            let plan = it.plan.to_json();
            json(case, it) + &plan
        });
        if first == second {
            Ok(())
        } else {
            Err(format!("first:\n{first}\nthen:\n{second}"))
        }
    });
}

#[test]
fn every_case_gives_json_that_fits_its_schema() {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| schema("diagnostics"));
    run(|case| fits(&SCHEMA, &json(case, case.analyze())));
}

#[test]
fn every_case_survives_being_cut_off_at_any_line() {
    run(|case| {
        for (path, content) in &case.files {
            let lines = content.split_inclusive(|byte| *byte == b'\n');
            let mut end = 0;
            // A file of thousands of lines is cut off at some of them.
            let step = (lines.clone().count() / 100).max(1);
            for (index, line) in lines.enumerate() {
                if index % step == 0 {
                    let mut sources = OverlaySources::new(&case.sources);
                    sources.replace(path.as_str(), &content[..end]);
                    let analysis = analyze(&sources, &case.options);
                    _ = json(case, analysis);
                }
                end += line.len();
            }
        }
        Ok(())
    });
}

#[test]
fn every_case_is_fixed_as_expected() {
    run(|case| {
        let before = case.analyze();
        let fixed = fix(&case.sources, &case.options, before, Safety::Safe);
        let folder = case.folder.join("fixed");
        if is_update() && folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
        for change in &fixed.changes {
            let after = String::from_utf8_lossy(&change.after);
            check(&folder.join(&change.path), &after)?;
        }
        let expected = files_below(&folder, &folder);
        let unexpected = |path: &&String| fixed.changes.iter().all(|it| it.path != ***path);
        match expected.keys().find(unexpected) {
            Some(path) => Err(format!("fixed/{path} is there, but no safe fix changes it")),
            None => Ok(()),
        }
    });
}

/// What is expected of all cases together, as text.
pub(crate) fn diagnostics() -> String {
    let folders = folders().into_iter();
    let texts = folders.map(|it| fs::read_to_string(it.join("diagnostics.txt")));
    texts.map(Result::unwrap_or_default).collect()
}

/// A folder below `testdata/cases/`.
pub(crate) struct Case {
    pub(crate) folder: PathBuf,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) sources: MemorySources,
    pub(crate) options: Options,
}

impl Case {
    fn read(folder: &Path) -> Self {
        let files: BTreeMap<_, _> = files_below(folder, folder)
            .into_iter()
            .filter(|(path, _)| !is_about_the_case(path))
            .collect();
        let mut sources = MemorySources::default();
        for (path, content) in &files {
            sources = sources.with(path.as_str(), content.as_slice());
        }
        Self {
            folder: folder.to_owned(),
            files,
            sources,
            options: options(&folder.join("case.toml")),
        }
    }

    /// The options as an editor has them.
    #[cfg(feature = "lsp")]
    pub(crate) fn settings(&self) -> serde_json::Value {
        let text = fs::read_to_string(self.folder.join("case.toml")).unwrap_or_default();
        let table: toml::Table = text.parse().unwrap_or_default();
        serde_json::json!({
            "namespaceSnapshot": table.get("snapshot"),
            "namespace": table.get("namespace"),
            "set": table.get("values"),
        })
    }

    /// Charts are not rendered: that takes too long for what is done many times.
    pub(crate) fn analyze(&self) -> Analysis {
        analyze(&self.sources, &self.options)
    }

    /// None where the case has a chart and there is no `helm`.
    fn analyze_with_helm(&self) -> Option<Analysis> {
        if !self.files.keys().any(|it| it.ends_with("Chart.yaml")) {
            return Some(self.analyze());
        }
        let sources = self.sources.clone().with_helm(helm()?);
        Some(analyze(&sources, &self.options))
    }
}

/// Runs `check` on every case.
pub(crate) fn run(check: impl Fn(&Case) -> Checked + Sync) {
    let root = repository("testdata/cases");
    let named = folders().into_iter().map(|folder| {
        let name = folder.strip_prefix(&root).unwrap_or(&folder);
        (name.display().to_string(), folder)
    });
    check_all("cases", named, |folder| check(&Case::read(folder)));
}

/// The folder of every case.
fn folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    find_cases(&repository("testdata/cases"), &mut folders);
    folders.sort();
    folders
}

/// The case folders below `folder`: the topmost that hold files.
fn find_cases(folder: &Path, cases: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    if paths.iter().any(|path| path.is_file()) {
        cases.push(folder.to_owned());
    } else {
        paths.iter().for_each(|path| find_cases(path, cases));
    }
}

/// Whether the file says what is expected and is no part of the project.
fn is_about_the_case(path: &str) -> bool {
    ["case.toml", "diagnostics.txt", "plan.json"].contains(&path)
        || PLAN_FORMS.iter().any(|it| it.0 == path)
        || path.starts_with("fixed/")
}

fn files_below(root: &Path, folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.append(&mut files_below(root, &path));
        } else {
            let name = path.strip_prefix(root).expect("the path is below the root");
            let name = name.to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path).expect("the file can be read"));
        }
    }
    files
}

/// Every diagnostic with all its parts, one line each.
fn shown(analysis: &Analysis) -> String {
    let diagnostics = analysis.diagnostics.iter();
    let mut text: String = diagnostics.map(|it| shown_one(analysis, it)).collect();
    for suppressed in &analysis.suppressed {
        let diagnostic = &suppressed.diagnostic;
        _ = writeln!(
            text,
            "{} suppressed[{}] by {}{}",
            place(analysis, diagnostic.span),
            diagnostic.rule.name,
            place(analysis, suppressed.comment),
            suppressed
                .reason
                .as_ref()
                .map_or(String::new(), |it| format!(": {it}")),
        );
    }
    text
}

fn shown_one(analysis: &Analysis, diagnostic: &Diagnostic) -> String {
    let place = |span| place(analysis, span);
    let mut text = format!(
        "{} {}[{}] {}\n",
        range(analysis, diagnostic.span),
        diagnostic.severity.name(),
        diagnostic.rule.name,
        diagnostic.message
    );
    if let Some(label) = &diagnostic.label {
        _ = writeln!(text, "    here: {label}");
    }
    for label in &diagnostic.labels {
        _ = writeln!(text, "    label {}: {}", place(label.span), label.message);
    }
    for frame in &diagnostic.trace {
        _ = writeln!(text, "    called {}: {}", place(frame.span), frame.function);
    }
    if let Some(help) = &diagnostic.help {
        _ = writeln!(text, "    help: {help}");
    }
    if let Some(fix) = &diagnostic.fix {
        _ = writeln!(text, "    fix({}): {}", fix.safety.name(), fix.message);
        for edit in &fix.edits {
            _ = writeln!(text, "      {} {:?}", range(analysis, edit.span), edit.text);
        }
    }
    text
}

/// `path:line:col`
fn place(analysis: &Analysis, span: Span) -> String {
    let file = analysis.sources.file(span.file);
    let start = file.position(span.start as usize);
    format!("{}:{}:{}", file.path, start.line, start.column)
}

/// `path:line:col-line:col`
fn range(analysis: &Analysis, span: Span) -> String {
    let file = analysis.sources.file(span.file);
    let end = file.position(span.end as usize);
    format!("{}-{}:{}", place(analysis, span), end.line, end.column)
}

fn json(case: &Case, analysis: Analysis) -> String {
    let projects = [CheckedProject {
        folder: String::new(),
        file: case.options.project_file.clone(),
        analysis,
    }];
    render::json(&Report::new(&projects))
}

/// The other forms of a plan, which are compared in the cases that have the file.
const PLAN_FORMS: &[(&str, PlanFormat)] = &[
    ("plan.txt", PlanFormat::Text),
    ("plan.yaml", PlanFormat::Yaml),
    ("docker-config.json", PlanFormat::DockerConfig),
    ("deployment-patch.yaml", PlanFormat::DeploymentPatch),
];

/// The plan is what is expected, fits its schema, and is read back as it is.
fn check_plan(case: &Case, analysis: &Analysis) -> Checked {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| schema("plan"));
    let text = analysis.plan.to_json();
    check(&case.folder.join("plan.json"), &text)?;
    fits(&SCHEMA, &text)?;
    let read = Plan::from_json(&text).map_err(|error| error.to_string())?;
    if read != analysis.plan {
        return Err(format!("the plan is read back as\n{}", read.to_json()));
    }
    for (name, format) in PLAN_FORMS {
        let path = case.folder.join(name);
        if path.exists() {
            check(&path, &plan::render::render(&analysis.plan, *format).text)?;
        }
    }
    let yaml = plan::render::render(&analysis.plan, PlanFormat::Yaml).text;
    let yaml: serde_json::Value = serde_yaml::from_str(&yaml).map_err(|it| it.to_string())?;
    if serde_json::from_str::<serde_json::Value>(&text).ok() != Some(yaml) {
        return Err("the plan says something else as YAML".to_owned());
    }
    no_mistake_is_planned(analysis)
}

/// A registry is in the plan, or something is said about it.
fn no_mistake_is_planned(analysis: &Analysis) -> Checked {
    let helpers = analysis.plan.credential_helpers.iter();
    let planned: Vec<_> = helpers.flat_map(|it| &it.registries).collect();
    for call in &analysis.script.cred_helpers {
        let Registries::List { hosts, .. } = &call.registries else {
            continue;
        };
        for host in hosts {
            let at = place(analysis, host.span);
            let is_planned = planned.iter().any(|it| it.declared_at.to_string() == at);
            let is_merged = planned.iter().any(|it| it.host == host.value);
            let suppressed = analysis.suppressed.iter().map(|it| &it.diagnostic);
            let severity = analysis
                .diagnostics
                .iter()
                .chain(suppressed)
                .filter(|it| host.span.contains(it.span))
                .map(|it| it.severity)
                .max();
            let is_wrong = severity == Some(Severity::Error);
            let is_told = severity.is_some() || call.provider.is_none();
            if is_planned && is_wrong {
                return Err(format!(
                    "{at}: `{}` is planned in spite of an error",
                    host.value
                ));
            }
            if !is_planned && !is_merged && !is_told && !is_provider_wrong(analysis, call) {
                return Err(format!("{at}: `{}` is left out in silence", host.value));
            }
        }
    }
    Ok(())
}

fn is_provider_wrong(analysis: &Analysis, call: &CredHelperCall) -> bool {
    let provider = call.provider.as_ref().map(|it| it.span);
    let mut diagnostics = analysis.diagnostics.iter();
    diagnostics.any(|it| it.severity == Severity::Error && provider == Some(it.span))
}

fn schema(name: &str) -> Validator {
    let schema = SCHEMAS.iter().find(|it| it.name == name);
    let text = schema.expect("the schema is published").text();
    let schema = serde_json::from_str(&text).expect("a schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is valid")
}

fn fits(schema: &Validator, text: &str) -> Checked {
    let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let problems: Vec<_> = schema
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}
