//! The forms in which a plan is shown.

mod deployment_patch;
mod docker_config;
mod text;

use serde::Serialize;

use super::Plan;

/// A form in which a plan is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanFormat {
    /// The plan itself.
    Json,
    /// The plan itself, as YAML.
    Yaml,
    /// For people.
    Text,
    /// A Docker `config.json` that asks the same credential helpers.
    DockerConfig,
    /// A strategic-merge patch for the environment controller's Deployment.
    DeploymentPatch,
}

impl PlanFormat {
    /// Every form.
    pub const ALL: [Self; 5] = [
        Self::Json,
        Self::Yaml,
        Self::Text,
        Self::DockerConfig,
        Self::DeploymentPatch,
    ];

    /// The word for it on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Text => "text",
            Self::DockerConfig => "docker-config",
            Self::DeploymentPatch => "deployment-patch",
        }
    }
}

/// A plan in one of its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenderedPlan {
    /// The text, which ends in a line break.
    pub text: String,
    /// What the form cannot express, for people: not a part of the text.
    pub notes: Vec<String>,
}

/// Shows `plan` in the form `format`.
#[must_use]
pub fn render(plan: &Plan, format: PlanFormat) -> RenderedPlan {
    let (text, notes) = match format {
        PlanFormat::Json => (json(plan), Vec::new()),
        PlanFormat::Yaml => (yaml(plan), Vec::new()),
        PlanFormat::Text => (text::render(plan), Vec::new()),
        PlanFormat::DockerConfig => docker_config::render(plan),
        PlanFormat::DeploymentPatch => deployment_patch::render(plan),
    };
    RenderedPlan { text, notes }
}

/// `value` as JSON, with a line break at the end.
pub(crate) fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    let mut text = text.expect("a plan's types have string keys only, so they serialize");
    text.push('\n');
    text
}

/// `value` as YAML that readers of YAML 1.1 and 1.2 understand alike.
fn yaml(value: &impl Serialize) -> String {
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    serde_saphyr::to_string_with_options(value, options)
        .expect("a plan's types have string keys only, so they serialize")
}

/// The items in code quotes.
fn quoted(items: &[String]) -> Vec<String> {
    items.iter().map(|it| format!("`{it}`")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;
    use crate::script::{CredHelperCall, Registries, ScriptFacts};
    use crate::source::{Located, SourceMap, Span};

    fn plan(service_account: &str) -> Plan {
        let mut plan = Plan::of(&Default::default(), None, &Default::default(), None);
        plan.controller.service_account_name = Some(service_account.to_owned());
        plan
    }

    /// A reader of YAML 1.1 takes these for booleans, numbers and times unless
    /// they are quoted. All but the last are valid names of service accounts.
    #[test]
    fn yaml_keeps_text_text_for_every_reader() {
        for name in [
            "yes", "on", "no", "y", "n", "null", "012", "1e3", "1.5", "0x1f", "22:22",
        ] {
            for format in [PlanFormat::Yaml, PlanFormat::DeploymentPatch] {
                let text = render(&plan(name), format).text;
                let quoted = [format!("\"{name}\""), format!("'{name}'")];
                let is_quoted = quoted
                    .iter()
                    .any(|it| text.contains(&format!("erviceAccountName: {it}\n")));
                assert!(is_quoted, "{name}:\n{text}");
            }
        }
    }

    #[test]
    fn yaml_and_json_say_the_same() {
        let plan = plan("registry-reader");
        let yaml: serde_json::Value =
            serde_yaml::from_str(&render(&plan, PlanFormat::Yaml).text).expect("it is YAML");
        let json: serde_json::Value =
            serde_json::from_str(&render(&plan, PlanFormat::Json).text).expect("it is JSON");
        assert_eq!(yaml, json);
    }

    #[test]
    fn what_docker_cannot_be_told_is_a_note() {
        let mut sources = SourceMap::default();
        let span = Span::new(sources.add("env.raftt", ""), 0..0);
        let call = |provider: &str, registries| CredHelperCall {
            span,
            trace: Vec::new(),
            provider: Some(Located::new(provider.to_owned(), span)),
            unknown_provider: None,
            registries,
        };
        let hosts = [
            "123456789012.dkr.ecr.us-east-1.amazonaws.com",
            "mirror.internal.com",
        ];
        let script = ScriptFacts {
            cred_helpers: vec![
                call("gcp", Registries::Absent),
                call(
                    "ecr",
                    Registries::List {
                        span,
                        hosts: hosts.map(|it| Located::new(it.to_owned(), span)).into(),
                        has_invalid: false,
                        unknown: Vec::new(),
                    },
                ),
            ],
            ..ScriptFacts::default()
        };
        let plan = Plan::of(&sources, None, &script, None);
        let rendered = render(&plan, PlanFormat::DockerConfig);
        assert_eq!(
            rendered.text,
            format!(
                "{{\n  \"credHelpers\": {{\n    \"{}\": \"ecr-login\"\n  }}\n}}\n",
                hosts[0]
            )
        );
        let notes = rendered.notes.join("\n");
        for missing in ["mirror.internal.com", "*-docker.pkg.dev"] {
            assert!(notes.contains(missing), "{notes}");
        }
    }

    #[test]
    fn a_patch_without_a_service_account_changes_nothing_and_says_so() {
        let mut plan = plan("");
        plan.controller.service_account_name = None;
        let rendered = render(&plan, PlanFormat::DeploymentPatch);
        assert_eq!(rendered.text, "{}\n");
        assert!(rendered.notes[0].contains("workloadIdentityServiceAccount"));
    }
}
