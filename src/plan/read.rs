//! Reading a plan back.

use std::fmt;

use serde_json::Value;

use super::Plan;

/// The group that plans belong to; `/vMAJOR` follows.
const GROUP: &str = "registry-access";

/// The version that is read and written.
const VERSION: &str = "registry-access/v1";

/// Why a plan could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadPlanError {
    /// The text is not JSON, or lacks a field that every plan has.
    Invalid(serde_json::Error),
    /// The text is JSON of another kind; it says which.
    NotAPlan {
        /// Its `kind`, if it has one.
        kind: Option<String>,
    },
    /// The plan is of a version that cannot be read.
    UnsupportedVersion {
        /// Its `apiVersion`, if it has one.
        found: Option<String>,
    },
}

impl fmt::Display for ReadPlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => write!(f, "the plan cannot be read: {error}"),
            Self::NotAPlan { kind: Some(kind) } => {
                write!(f, "this is a `{kind}`, not a `RegistryAccessPlan`")
            }
            Self::NotAPlan { kind: None } => {
                f.write_str("this is no plan: it has no `kind: RegistryAccessPlan`")
            }
            Self::UnsupportedVersion { found: Some(found) } => {
                write!(
                    f,
                    "the plan is of version `{found}`; `{VERSION}` can be read"
                )
            }
            Self::UnsupportedVersion { found: None } => {
                write!(f, "the plan has no `apiVersion`; `{VERSION}` can be read")
            }
        }
    }
}

impl std::error::Error for ReadPlanError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Invalid(error) => Some(error),
            _ => None,
        }
    }
}

impl Plan {
    /// Reads a plan of any version `registry-access/v1` or `registry-access/v1.x`.
    /// Fields that are not known are left out; words that are not known become `Other`.
    ///
    /// # Errors
    /// When the text is no plan, or one of another major version.
    pub fn from_json(text: &str) -> Result<Self, ReadPlanError> {
        let mut value: Value = serde_json::from_str(text).map_err(ReadPlanError::Invalid)?;
        let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let kind = field("kind");
        if kind.as_deref() != Some("RegistryAccessPlan") {
            return Err(ReadPlanError::NotAPlan { kind });
        }
        let version = field("apiVersion");
        if !version.as_deref().is_some_and(is_readable) {
            return Err(ReadPlanError::UnsupportedVersion { found: version });
        }
        value["apiVersion"] = VERSION.into();
        serde_json::from_value(value).map_err(ReadPlanError::Invalid)
    }

    /// The plan as JSON, with a line break at the end. Equal plans give equal bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        super::render::json(self)
    }
}

/// Whether `version` is `registry-access/v1`, or a later form of it that only adds.
fn is_readable(version: &str) -> bool {
    let Some(("v1", minor)) = version
        .strip_prefix(GROUP)
        .and_then(|rest| rest.strip_prefix('/'))
        .map(|rest| rest.split_once('.').unwrap_or((rest, "0")))
    else {
        return false;
    };
    !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(field: &str, value: Value) -> String {
        let plan = Plan::of(&Default::default(), None, &Default::default(), None);
        let mut json = serde_json::to_value(plan).expect("plans serialize");
        json[field] = value;
        json.to_string()
    }

    #[test]
    fn later_forms_of_the_same_major_version_are_read() {
        let text = with("apiVersion", "registry-access/v1.7".into());
        assert!(Plan::from_json(&text).is_ok());
        let text = with("fieldOfTheFuture", true.into());
        assert!(Plan::from_json(&text).is_ok());
        let text = with("keychain", serde_json::json!(["anonymous", "vault"]));
        let plan = Plan::from_json(&text).expect("it is of version 1");
        assert_eq!(plan.keychain.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_reason() {
        let refused = |text: &str| Plan::from_json(text).expect_err(text).to_string();
        for version in [
            "registry-access/v2",
            "registry-access/v1beta1",
            "v1",
            "registry-access/v1.",
        ] {
            let message = refused(&with("apiVersion", version.into()));
            let expected =
                format!("the plan is of version `{version}`; `registry-access/v1` can be read");
            assert_eq!(message, expected);
        }
        let message = refused(&with("apiVersion", Value::Null));
        assert!(message.contains("no `apiVersion`"), "{message}");
        let message = refused(&with("kind", "Pod".into()));
        assert_eq!(message, "this is a `Pod`, not a `RegistryAccessPlan`");
        assert!(refused("[]").starts_with("this is no plan"));
        assert!(refused("{").starts_with("the plan cannot be read"));
        let message = refused(&with("images", Value::Null));
        assert!(message.starts_with("the plan cannot be read"), "{message}");
    }
}
