//! What the user sets: as the options of the command line, in the client's
//! `initializationOptions` or under `raftt` in its configuration.

use std::path::PathBuf;

use serde_json::Value;

use crate::suggest::nearest;

/// What the user sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `--namespace-snapshot`
    pub(crate) snapshot: Vec<PathBuf>,
    /// `--namespace`
    pub(crate) namespace: Option<String>,
    /// `--set`
    pub(crate) values: Vec<(String, String)>,
}

const NAMES: [&str; 3] = ["namespaceSnapshot", "namespace", "set"];

impl Settings {
    /// Reads settings, and says what is wrong with them.
    pub(crate) fn read(given: &Value) -> (Self, Vec<String>) {
        let mut settings = Self::default();
        let mut problems = Vec::new();
        let entries = given.as_object().into_iter().flatten();
        for (name, value) in entries.filter(|it| !it.1.is_null()) {
            let wanted = match name.as_str() {
                "namespaceSnapshot" => match texts(value) {
                    Some(paths) => {
                        settings.snapshot = paths.into_iter().map(PathBuf::from).collect();
                        continue;
                    }
                    None => "is a path or a list of paths",
                },
                "namespace" => match value.as_str() {
                    Some(name) => {
                        settings.namespace = Some(name.to_owned());
                        continue;
                    }
                    None => "is a name",
                },
                "set" => match pairs(value) {
                    Some(values) => {
                        settings.values = values;
                        continue;
                    }
                    None => "holds names with texts, such as `{\"env_id\": \"dev\"}`",
                },
                _ => {
                    problems.push(match nearest(name, NAMES) {
                        Some(meant) => {
                            format!("there is no setting `{name}`; did you mean `{meant}`?")
                        }
                        None => format!(
                            "there is no setting `{name}`; there are `{}`",
                            NAMES.join("`, `")
                        ),
                    });
                    continue;
                }
            };
            problems.push(format!("the setting `{name}` {wanted}"));
        }
        if !given.is_object() && !given.is_null() {
            problems.push("the settings are no object".to_owned());
        }
        (settings, problems)
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(items) => {
            let texts = items.iter().map(|it| it.as_str().map(str::to_owned));
            texts.collect()
        }
        _ => None,
    }
}

fn pairs(value: &Value) -> Option<Vec<(String, String)>> {
    let entries = value.as_object()?.iter();
    let pairs = entries.map(|(name, value)| {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            _ => return None,
        };
        Some((name.clone(), text))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_read_as_options_are() {
        let (settings, problems) = Settings::read(&json!({
            "namespaceSnapshot": "a.yaml",
            "namespace": "shop",
            "set": {"env_id": "dev", "count": 3},
        }));
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(settings.snapshot, [PathBuf::from("a.yaml")]);
        assert_eq!(settings.namespace.as_deref(), Some("shop"));
        assert_eq!(settings.values.len(), 2);
        assert_eq!(
            Settings::read(&Value::Null),
            (Settings::default(), Vec::new())
        );
    }

    #[test]
    fn wrong_settings_are_told() {
        let problem = |given| Settings::read(&given).1.concat();
        assert!(
            problem(json!({"namespaceSnapshots": "a"}))
                .contains("did you mean `namespaceSnapshot`")
        );
        assert!(problem(json!({"set": ["a=b"]})).contains("such as"));
        assert!(problem(json!([])).contains("no object"));
    }
}
