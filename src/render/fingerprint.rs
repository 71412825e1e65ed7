//! What makes a diagnostic the same one in the next run, wherever its line went.

use std::collections::HashMap;

use super::json::DiagnosticRecord;
use crate::source::Digest;

/// A fingerprint for each of `records`. Equal ones are told apart by their order.
pub(super) fn fingerprints(records: &[DiagnosticRecord]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let fingerprints = records.iter().map(|record| {
        let text = format!(
            "{}\n{}\n{}",
            record.location.path, record.rule, record.message
        );
        let count = seen.entry(text.clone()).or_default();
        *count += 1;
        let digest = Digest::of(text.as_bytes()).to_string();
        format!("{}:{count}", &digest[..32])
    });
    fingerprints.collect()
}
