//! Why a plan is partial.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::Places;
use super::{Place, Provider, ReadCall};
use crate::kubernetes::Image;
use crate::names::ServiceAccountName;
use crate::project_file::ProjectFile;
use crate::script::{Registries, ScriptFacts};
use crate::unknown::Unknown;

/// Something that the plan leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reason {
    /// What kind of thing is left out.
    pub kind: ReasonKind,
    /// What is left out, in words.
    pub text: String,
    /// Where it stands; none when no file could be read.
    pub declared_at: Option<Place>,
}

/// What kind of thing a plan leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReasonKind {
    /// A value that is only known at run time.
    UnknownValue,
    /// A registry that is written wrong.
    InvalidRegistry,
    /// A call that names no provider, or nothing that it can be asked for.
    InvalidCall,
    /// A setting of the controller that is written wrong.
    InvalidSetting,
    /// The project file, or a part of it, could not be read.
    ProjectFileNotRead,
    /// A branch on a value that is only known at run time.
    BranchOnUnknown,
    /// The script could not be read, or did not run to its end.
    ScriptNotFinished,
    /// Something of a later version.
    #[serde(other)]
    Other,
}

/// Everything that the plan leaves out, in the order of the files.
pub(super) fn of(
    project_file: Option<&ProjectFile>,
    script: &ScriptFacts,
    calls: &[ReadCall<'_>],
    places: &Places<'_>,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    of_project_file(project_file, places, &mut reasons);
    of_script(project_file, script, places, &mut reasons);
    for call in calls {
        of_call(call, places, &mut reasons);
    }
    let of_registries = script.branches.iter();
    let of_registries = of_registries.filter(|it| !it.here.is_empty() || !it.there.is_empty());
    reasons.extend(of_registries.map(|branch| Reason {
        kind: ReasonKind::BranchOnUnknown,
        text: format!(
            "which registries are configured depends on `{}`",
            branch.unknown.what
        ),
        declared_at: Some(places.of(branch.span)),
    }));
    of_images(script, places, &mut reasons);
    reasons
}

/// Images that are only known at run time: the plan cannot say who serves them.
fn of_images(script: &ScriptFacts, places: &Places<'_>, reasons: &mut Vec<Reason>) {
    for workload in &script.workloads {
        for container in &workload.containers {
            let Image::Unknown(image) = &container.image else {
                continue;
            };
            let kind = workload.kind.to_ascii_lowercase();
            let name = &workload.name;
            reasons.push(Reason {
                kind: ReasonKind::UnknownValue,
                text: format!(
                    "the image of {kind} {name:?} depends on `{}`",
                    image.value.what
                ),
                declared_at: Some(places.of(image.span)),
            });
        }
    }
}

fn of_project_file(
    project_file: Option<&ProjectFile>,
    places: &Places<'_>,
    reasons: &mut Vec<Reason>,
) {
    let Some(project_file) = project_file else {
        reasons.push(Reason {
            kind: ReasonKind::ProjectFileNotRead,
            text: "no project file could be read, so the controller's settings are unknown"
                .to_owned(),
            declared_at: None,
        });
        return;
    };
    for key in &project_file.repeated {
        reasons.push(Reason {
            kind: ReasonKind::InvalidSetting,
            text: format!(
                "`{}` is given twice, so it is open which one counts",
                key.value
            ),
            declared_at: Some(places.of(key.span)),
        });
    }
    if !project_file.is_complete && project_file.repeated.is_empty() {
        reasons.push(Reason {
            kind: ReasonKind::ProjectFileNotRead,
            text: "a part of the project file could not be read".to_owned(),
            declared_at: None,
        });
    }
    let options = project_file.direct_options.as_ref();
    let service_account = options.and_then(|it| it.workload_identity_service_account.as_ref());
    if let Some(entry) = service_account
        && ServiceAccountName::parse(&entry.value.value).is_err()
    {
        reasons.push(Reason {
            kind: ReasonKind::InvalidSetting,
            text: format!("`{}` is no name of a service account", entry.value.value),
            declared_at: Some(places.of(entry.value.span)),
        });
    }
}

fn of_script(
    project_file: Option<&ProjectFile>,
    script: &ScriptFacts,
    places: &Places<'_>,
    reasons: &mut Vec<Reason>,
) {
    if script.has_more_branches {
        reasons.push(Reason {
            kind: ReasonKind::BranchOnUnknown,
            text: "the script branches on more values that are only known at run time than are \
                   followed"
                .to_owned(),
            declared_at: None,
        });
    }
    if script.is_complete {
        return;
    }
    let named = project_file.and_then(|file| file.env_definition.as_ref());
    let (text, declared_at) = if script.scripts.is_empty() {
        // A project without a script has nothing to ask a helper for.
        let Some(named) = named else { return };
        let text = format!("the script `{}` could not be read", named.value.value);
        (text, Some(places.of(named.value.span)))
    } else {
        let text = "a part of the script could not be run";
        (text.to_owned(), None)
    };
    reasons.push(Reason {
        kind: ReasonKind::ScriptNotFinished,
        text,
        declared_at,
    });
}

fn of_call(call: &ReadCall<'_>, places: &Places<'_>, reasons: &mut Vec<Reason>) {
    let fact = call.fact;
    let mut leave_out = |kind, text: String, span| {
        reasons.push(Reason {
            kind,
            text,
            declared_at: Some(places.of(span)),
        });
    };
    let Some(provider) = call.provider else {
        if let Some(unknown) = &fact.unknown_provider {
            let (kind, text) = of_unknown(&unknown.value);
            leave_out(kind, text, unknown.span);
            return;
        }
        let (text, span) = match &fact.provider {
            Some(provider) => (
                format!("`{}` is no provider", provider.value),
                provider.span,
            ),
            None => ("the provider is not known".to_owned(), fact.span),
        };
        leave_out(ReasonKind::InvalidCall, text, span);
        return;
    };
    if provider == Provider::Ecr && call.is_without_registries() {
        let text = "`ecr` is enabled for no registry".to_owned();
        leave_out(ReasonKind::InvalidCall, text, fact.span);
    }
    match &fact.registries {
        Registries::Absent => {}
        Registries::Invalid => {
            let text = "`registries` could not be read".to_owned();
            leave_out(ReasonKind::InvalidCall, text, fact.span);
        }
        Registries::List {
            span,
            has_invalid,
            unknown,
            ..
        } => {
            if *has_invalid {
                let text = "`registries` has elements that are no hosts".to_owned();
                leave_out(ReasonKind::InvalidRegistry, text, *span);
            }
            for value in unknown {
                let (kind, text) = of_unknown(&value.value);
                leave_out(kind, text, value.span);
            }
        }
    }
    for host in &call.hosts {
        if !host.standing.is_served() {
            let text = format!(
                "`{}` is no registry that `{}` serves",
                host.text.value,
                provider.name()
            );
            leave_out(ReasonKind::InvalidRegistry, text, host.text.span);
        }
    }
}

fn of_unknown(value: &Unknown) -> (ReasonKind, String) {
    let what = &value.what;
    match value.from {
        Some(_) => (
            ReasonKind::UnknownValue,
            format!("`{what}` is only known at run time"),
        ),
        None => (
            ReasonKind::InvalidCall,
            format!("`{what}` is left open by a mistake"),
        ),
    }
}
