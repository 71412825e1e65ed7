//! What is printed for code scanning, held against GitHub's rules by their own tool.

use std::process::Command;

use serde_json::Value;

use crate::golden::repository;

const TOOL: &str = "target/sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool";

#[test]
#[ignore = "needs the SARIF Multitool; `.ci/run` runs it"]
fn the_multitool_has_nothing_to_complain_about() {
    let tool = repository(TOOL);
    assert!(
        tool.exists(),
        "the SARIF Multitool is missing: npm install --prefix target/sarif \
         @microsoft/sarif-multitool@5.7.0"
    );
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (log, result) = (
        folder.path().join("log.sarif"),
        folder.path().join("result.sarif"),
    );
    let report = format!("--report=sarif={}", log.display());
    let status = Command::new(env!("CARGO_BIN_EXE_raftt-config"))
        .args(["check", "testdata/sample", "--exit-zero", &report])
        .current_dir(repository(""))
        .output()
        .expect("the program can be run");
    assert!(status.status.success(), "{status:?}");
    let output = Command::new(tool)
        .arg("validate")
        .arg(&log)
        .args([
            "--rule-kind",
            "Sarif;Ghas",
            "--level",
            "Error;Warning",
            "--log",
            "ForceOverwrite",
        ])
        .arg("--output")
        .arg(&result)
        .output()
        .expect("the tool can be run");
    // Its exit code says nothing of what it found.
    let text =
        std::fs::read_to_string(&result).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let found: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("it is JSON");
    let results = found["runs"][0]["results"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert!(results.is_empty(), "{results:#?}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 files scanned"), "{said}");
}
