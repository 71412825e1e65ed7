//! Every case of `testdata/cases`, through the protocol: an editor shows what the
//! command line prints.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use lsp_server::Message;
use raftt_config::{Analysis, DiskSources, Severity, analyze};
use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::cases::{Case, run};

/// Path, place, severity, rule and words of a diagnostic.
type Found = (String, [usize; 4], u64, String, String);

#[test]
fn every_case_says_the_same_in_an_editor() {
    run(|case| {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        for (path, content) in &case.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().ok_or("no folder")?)
                .and_then(|()| fs::write(path, content))
                .map_err(|error| error.to_string())?;
        }
        let mut options = case.options.clone();
        // The settings of an editor are no place for secrets.
        options.secrets.clear();
        let analysis = analyze(&DiskSources::new(folder.path()), &options);
        let expected = expected(&analysis);
        let file = options.script.as_deref().unwrap_or(&options.project_file);
        let Ok(content) = fs::read(folder.path().join(file)) else {
            // There is nothing to open.
            return Ok(());
        };
        let Ok(text) = String::from_utf8(content) else {
            // An editor has no bytes for what is no text.
            return Ok(());
        };
        for kind in ["push", "pull"] {
            let actual = found(case, folder.path(), file, &text, kind)?;
            if actual != expected {
                let only = |a: &BTreeSet<Found>, b| a.difference(b).cloned().collect::<Vec<_>>();
                return Err(format!(
                    "{kind}: in the editor only: {:#?}\non the command line only: {:#?}",
                    only(&actual, &expected),
                    only(&expected, &actual)
                ));
            }
        }
        Ok(())
    });
}

fn expected(analysis: &Analysis) -> BTreeSet<Found> {
    let diagnostics = analysis.diagnostics.iter();
    diagnostics
        .map(|it| {
            let file = analysis.sources.file(it.span.file);
            // Lines and bytes from 0; a lone carriage return ends a line in the protocol.
            let place = |offset: u32| {
                let mark = if file.text.starts_with('\u{feff}') {
                    3
                } else {
                    0
                };
                let before = &file.text[..offset as usize];
                let unified = before.replace("\r\n", "\n\n").replace('\r', "\n");
                let line = before.replace("\r\n", "\n").replace('\r', "\n");
                let line = line.matches('\n').count();
                let start = unified.rfind('\n').map_or(0, |at| at + 1);
                let mark = if line == 0 { mark } else { 0 };
                [line, (before.len() - start).saturating_sub(mark)]
            };
            let [start, end] = [it.span.start, it.span.end].map(place);
            let help = it.help.as_ref();
            let help = help.map_or(String::new(), |it| format!("\nhelp: {it}"));
            let severity = match it.severity {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Advice => 3,
            };
            (
                file.path.clone(),
                [start[0], start[1], end[0], end[1]],
                severity,
                it.rule.name.to_owned(),
                format!("{}{help}", it.message),
            )
        })
        .collect()
}

/// What an editor is told that opens `file`.
fn found(
    case: &Case,
    folder: &Path,
    file: &str,
    text: &str,
    kind: &str,
) -> Result<BTreeSet<Found>, String> {
    let mut client = Client::new(folder);
    let utf8 = json!({
        "general": {"positionEncodings": ["utf-8"]},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true},
            "diagnostic": (kind == "pull").then_some(json!({})),
        },
    });
    let settings = json!({"capabilities": utf8, "initializationOptions": case.settings()});
    client.start(kind, folder, settings);
    // An editor keeps a byte order mark to itself.
    client.open(
        &uri(&folder.join(file)),
        text.trim_start_matches('\u{feff}'),
    );
    if kind == "pull" {
        client.ask("workspace/diagnostic", json!({"previousResultIds": []}));
    }
    client.settle()?;
    let mut reports: Vec<(String, Value)> = Vec::new();
    for message in client.received() {
        let mut add = |mut report: Value, key: &str| {
            let uri = report["uri"].as_str().unwrap_or_default().to_owned();
            reports.retain(|it| it.0 != uri);
            reports.push((uri, report[key].take()));
        };
        match message {
            Message::Notification(it) if it.method == "window/showMessage" => {
                return Err(it.params.to_string());
            }
            Message::Notification(it) => add(it.params, "diagnostics"),
            Message::Response(response) => {
                let result = response.response_result.map_err(|error| error.message)?;
                for report in result["items"].as_array().into_iter().flatten() {
                    add(report.clone(), "items");
                }
            }
            Message::Request(_) => {}
        }
    }
    let mut found = BTreeSet::new();
    for (uri, items) in &reports {
        let path = uri.strip_prefix(&super::uri(folder)).unwrap_or(uri);
        for item in items.as_array().into_iter().flatten() {
            let number = |path: &str| {
                let value = item
                    .pointer(path)
                    .and_then(Value::as_u64)
                    .unwrap_or(u64::MAX);
                usize::try_from(value).unwrap_or(usize::MAX)
            };
            let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
            found.insert((
                path.trim_start_matches('/').to_owned(),
                [
                    number("/range/start/line"),
                    number("/range/start/character"),
                    number("/range/end/line"),
                    number("/range/end/character"),
                ],
                item["severity"].as_u64().unwrap_or_default(),
                text("code"),
                text("message"),
            ));
        }
    }
    Ok(found)
}
