//! Values that a place takes: one of a few words, a name of something.

use std::ops::Range;

use super::{Completion, CompletionKind};
use crate::ide::context::Wanted;
use crate::ide::hover::paragraphs;
use crate::ide::infer::{Inference, Type};
use crate::ide::syntax::NodeId;
use crate::names::{ImageReference, RegistryKind};
use crate::plan::Coverage;
use crate::script::ArgType;

/// A text that a place takes.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) kind: CompletionKind,
    pub(super) detail: String,
    pub(super) documentation: String,
}

/// The values that are wanted, as they are written.
pub(super) fn of_wanted(
    inference: &Inference<'_, '_>,
    wanted: &Wanted<'_>,
    word: &Range<usize>,
) -> Vec<Completion> {
    let mut found: Vec<_> = texts(inference, wanted)
        .into_iter()
        .map(|it| quoted(it, word))
        .collect();
    if let Wanted::Argument {
        parameter,
        is_item: false,
        ..
    } = wanted
        && (parameter.takes.is_some_and(takes_bool) || matches!(parameter.ty, Type::Bool))
    {
        let values = ["True", "False"];
        found.extend(
            values.map(|it| Completion::new(it, CompletionKind::Constant, word.clone()).rank(0)),
        );
    }
    found
}

fn takes_bool(takes: &ArgType) -> bool {
    match takes {
        ArgType::Bool => true,
        ArgType::OneOf(several) => several.iter().any(takes_bool),
        _ => false,
    }
}

/// The names that `object[…]` takes, as they are written.
pub(super) fn of_lookup(
    inference: &Inference<'_, '_>,
    object: NodeId,
    word: &Range<usize>,
) -> Vec<Completion> {
    let names = lookups(inference, object).into_iter();
    names.map(|it| quoted(it, word)).collect()
}

/// The names that `object[…]` takes.
pub(super) fn lookups(inference: &Inference<'_, '_>, object: NodeId) -> Vec<Text> {
    let owner = inference.of(object);
    let names = inference.view.names_in(&owner).into_iter();
    let names = names.map(|it| {
        let declared = it.location.map(|it| format!("Declared in `{}`.", it.path));
        Text {
            text: it.name,
            kind: CompletionKind::Name,
            detail: String::new(),
            documentation: declared.unwrap_or_default(),
        }
    });
    names.collect()
}

fn quoted(text: Text, word: &Range<usize>) -> Completion {
    let written = format!("\"{}\"", text.text);
    Completion::new(&written, text.kind, word.clone())
        .detail(text.detail)
        .documentation(text.documentation)
        .rank(0)
}

/// The texts that are wanted.
pub(super) fn texts(inference: &Inference<'_, '_>, wanted: &Wanted<'_>) -> Vec<Text> {
    let name = |text: &str, detail: &str| Text {
        text: text.to_owned(),
        kind: CompletionKind::Name,
        detail: detail.to_owned(),
        documentation: String::new(),
    };
    let (parameter, callee) = match wanted {
        Wanted::Attribute("service_account_name") => return accounts(inference),
        Wanted::Attribute(_) => return Vec::new(),
        Wanted::Argument {
            parameter, callee, ..
        } => (parameter, *callee),
    };
    match (callee, parameter.name.as_str()) {
        ("get_secret", "name") => secrets(inference),
        ("configure_cred_helper", "registries") => registries(inference),
        (_, "service_account_name") => accounts(inference),
        (_, "container") if parameter.takes.is_some() => {
            let workloads = inference.view.analysis.script.workloads.iter();
            let containers =
                workloads.flat_map(|it| it.containers.iter().map(move |one| (it, one)));
            let mut names: Vec<Text> = containers
                .map(|(workload, one)| name(&one.name, &format!("of `{}`", workload.name)))
                .collect();
            names.sort_by(|a, b| a.text.cmp(&b.text));
            names.dedup_by(|a, b| a.text == b.text);
            names
        }
        _ => match parameter.takes {
            Some(takes) => choices(takes, &parameter.documentation),
            None => Vec::new(),
        },
    }
}

fn choices(takes: &ArgType, documentation: &str) -> Vec<Text> {
    match takes {
        ArgType::Choice(choices) => {
            let texts = choices.iter().map(|it| Text {
                text: (*it).to_owned(),
                kind: CompletionKind::Value,
                detail: about_choice(it).to_owned(),
                documentation: documentation.to_owned(),
            });
            texts.collect()
        }
        ArgType::List(item) => choices(item, documentation),
        ArgType::OneOf(several) => several
            .iter()
            .flat_map(|it| choices(it, documentation))
            .collect(),
        _ => Vec::new(),
    }
}

fn about_choice(choice: &str) -> &'static str {
    match choice {
        "ecr" => "Amazon ECR",
        "gcp" => "Google Artifact Registry and Container Registry",
        _ => "",
    }
}

/// The secrets that the project file declares.
fn secrets(inference: &Inference<'_, '_>) -> Vec<Text> {
    let file = inference.view.analysis.project_file.as_ref();
    let secrets = file.map_or(&[] as &[_], |it| it.secrets.as_slice()).iter();
    let secrets = secrets.map(|secret| {
        let command = secret.input_command.as_ref();
        let command = command.map(|it| format!("Printed by `{}`.", it.value.value));
        let path = &inference.view.options.project_file;
        Text {
            text: secret.name.value.clone(),
            kind: CompletionKind::Name,
            detail: format!("declared in {path}"),
            documentation: command.unwrap_or_default(),
        }
    });
    secrets.collect()
}

fn accounts(inference: &Inference<'_, '_>) -> Vec<Text> {
    let names = inference.view.service_accounts().into_iter();
    let names = names.map(|text| Text {
        text,
        kind: CompletionKind::Name,
        detail: "service account".to_owned(),
        documentation: String::new(),
    });
    names.collect()
}

/// The registries of images that may need credentials and have none.
fn registries(inference: &Inference<'_, '_>) -> Vec<Text> {
    let images = inference.view.analysis.plan.images.iter();
    let open = images.filter(|it| matches!(it.status, Coverage::Uncovered | Coverage::Unknown));
    let mut found: Vec<Text> = Vec::new();
    for image in open {
        let Ok(reference) = ImageReference::parse(&image.reference) else {
            continue;
        };
        let host = reference.registry;
        let bare = host.split(':').next().unwrap_or(&host);
        // A helper serves its own cloud's registries, and mirrors.
        let can_be_served = matches!(
            RegistryKind::of(bare),
            RegistryKind::EcrPrivate(_) | RegistryKind::Google(_) | RegistryKind::Other
        );
        if can_be_served && !found.iter().any(|it| it.text == host) {
            found.push(Text {
                text: host,
                kind: CompletionKind::Name,
                detail: "of an image that nothing gives access to".to_owned(),
                documentation: paragraphs(&[&format!("Used by `{}`.", image.reference)]),
            });
        }
    }
    found
}
