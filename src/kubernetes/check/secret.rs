//! What is wrong with a secret. No message points into one: what stands around is
//! shown, too.

use super::Check;
use crate::kubernetes::rules::wrong_manifest_value as wrong;
use crate::kubernetes::{Data, Object, Value};

impl Check<'_> {
    /// Tells of values that the API server does not take, by their names alone.
    pub(super) fn secret(&mut self, object: &Object) {
        let Data::Map(entries) = &object.value.data else {
            return;
        };
        let Some((kind, _)) = entries.iter().find(|(key, _)| key.name == "kind") else {
            return;
        };
        let line_of = |at: usize| self.text.get(..at).map(|it| it.matches('\n').count());
        let shown = line_of(kind.at.range().start);
        for list in ["data", "stringData"] {
            let Some(values) = object.value.get(list) else {
                continue;
            };
            let Data::Map(fields) = &values.data else {
                continue;
            };
            // A secret on a line of its own would be shown with it.
            if line_of(values.at.range().start) == shown || object.api_version != "v1" {
                return;
            }
            for (key, value) in fields {
                let mistake = match &value.data {
                    Data::Int(_) | Data::Float(_) => "a number",
                    Data::Bool(_) => "a boolean",
                    Data::List(_) => "a list",
                    Data::Map(_) => "a mapping",
                    Data::Text(_) if list == "data" && !is_base64(value) => {
                        self.diagnostics.push(wrong::no_base64(&key.name, kind.at));
                        continue;
                    }
                    _ => continue,
                };
                let diagnostic = wrong::secret((list, &key.name), mistake, kind.at);
                self.diagnostics.push(diagnostic);
            }
        }
    }
}

/// Whether the API server can decode a value, or something else will be put in for it.
fn is_base64(value: &Value) -> bool {
    let text = value.text().unwrap_or_default();
    // `ENC[` begins what SOPS encrypted.
    if text.contains(['$', '{', '<', '(', '%', '@']) || text.starts_with("ENC[") {
        return true;
    }
    let letters: Vec<u8> = text
        .bytes()
        .filter(|it| !matches!(it, b'\r' | b'\n'))
        .collect();
    let padding = letters.iter().rev().take_while(|it| **it == b'=').count();
    let digits = &letters[..letters.len() - padding];
    let is_digit = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/');
    letters.len().is_multiple_of(4) && padding <= 2 && digits.iter().all(is_digit)
}
