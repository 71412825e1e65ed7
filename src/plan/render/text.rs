//! A plan for people: what is asked for what, where each line was decided,
//! what has to be there, and what happens next.

mod images;

use std::fmt::Write as _;

use super::super::{
    CredentialHelper, KeychainSource, Place, Plan, PlannedRegistry, ReasonKind, RegistryKind,
    Status, Subject,
};
use super::quoted;

/// The width that paragraphs are broken at, in characters.
const WIDTH: usize = 88;

pub(super) fn render(plan: &Plan) -> String {
    let mut sections = vec![status(plan), controller(plan)];
    sections.extend(plan.credential_helpers.iter().map(helper));
    sections.extend(images::images(plan));
    sections.push(keychain(plan));
    sections.extend(requirements(plan));
    sections.push(next(plan));
    sections.join("\n")
}

fn status(plan: &Plan) -> String {
    match plan.status {
        Status::Complete => "registry-access plan: complete\n".to_owned(),
        Status::Partial => {
            let reasons = plan.reasons.iter();
            let rows = reasons.map(|it| [it.text.clone(), words(it.declared_at.as_ref())]);
            format!(
                "registry-access plan: partial, because\n{}",
                table(rows.collect())
            )
        }
    }
}

fn controller(plan: &Plan) -> String {
    let controller = &plan.controller;
    let (name, place) = match &controller.service_account_name {
        Some(name) => (name.as_str(), controller.declared_at.as_ref()),
        None if is_unread(plan) => ("not known", None),
        None => ("the one it is deployed with", None),
    };
    let search = match controller.search_local_images {
        true => "searched",
        false => "not searched",
    };
    let search_place = controller.search_local_images_declared_at.as_ref();
    let rows = [
        ["service account", name, &words(place)],
        ["local images", search, &words(search_place)],
    ];
    let rows = rows.map(|row| row.map(str::to_owned));
    format!("environment controller\n{}", table(rows.into()))
}

/// Whether settings of the controller may be there that could not be read.
fn is_unread(plan: &Plan) -> bool {
    let mut reasons = plan.reasons.iter();
    reasons.any(|it| {
        let kinds = [ReasonKind::ProjectFileNotRead, ReasonKind::InvalidSetting];
        kinds.contains(&it.kind)
    })
}

fn helper(helper: &CredentialHelper) -> String {
    let place = helper.declared_at.to_string();
    let patterns = helper.registry_patterns.iter();
    let patterns = patterns.map(|it| [it.clone(), "pattern".to_owned(), place.clone()]);
    let registries = helper.registries.iter();
    let registries =
        registries.map(|it| [it.host.clone(), registry(it), it.declared_at.to_string()]);
    let mut rows: Vec<_> = patterns.chain(registries).collect();
    if rows.is_empty() {
        rows.push(["no registry is known".to_owned(), String::new(), place]);
    }
    format!(
        "{}: {}, tokens last {}\n{}",
        helper.provider,
        helper.binary,
        duration(helper.token_lifetime_seconds),
        table(rows)
    )
}

fn registry(registry: &PlannedRegistry) -> String {
    let mut words = match &registry.kind {
        RegistryKind::EcrPrivate(ecr) => {
            let mut words = format!("account {}, {}", ecr.account_id, ecr.region);
            if ecr.fips {
                words.push_str(", FIPS");
            }
            if ecr.dual_stack {
                words.push_str(", dual-stack");
            }
            words
        }
        RegistryKind::EcrPublic => "Amazon ECR Public".to_owned(),
        RegistryKind::ContainerRegistry => "Container Registry".to_owned(),
        RegistryKind::ArtifactRegistry { location } => format!("Artifact Registry, {location}"),
        RegistryKind::Mirror {
            backing: Some(host),
        } => format!("mirror of {host}"),
        RegistryKind::Mirror { backing: None } => "mirror of an unknown registry".to_owned(),
        RegistryKind::Other => "of a later version".to_owned(),
    };
    if let Some(version) = &registry.minimum_helper_version {
        let _ = write!(words, ", helper {version} or later");
    }
    words
}

fn keychain(plan: &Plan) -> String {
    let mut text = "for each image, in this order\n".to_owned();
    for (index, source) in plan.keychain.iter().enumerate() {
        let words = match source {
            KeychainSource::PodImagePullSecrets => "the pod's image pull secrets",
            KeychainSource::ServiceAccountImagePullSecrets => {
                "the image pull secrets of the pod's service account"
            }
            KeychainSource::NamespaceImagePullSecrets => {
                "the namespace's other image pull secrets, by name"
            }
            KeychainSource::CredentialHelpers => "the credential helper of the image's registry",
            KeychainSource::LocalImages => {
                "the node's own image store (first for `imagePullPolicy: Never`)"
            }
            KeychainSource::Anonymous => "no credentials",
            KeychainSource::Other => "a source of a later version",
        };
        let _ = writeln!(text, "  {}. {words}", index + 1);
    }
    text
}

fn requirements(plan: &Plan) -> Option<String> {
    let paragraphs = plan.requirements.iter().map(|requirement| {
        let subject = match requirement.subject {
            Subject::Ecr => "ecr: ",
            Subject::Gcp => "gcp: ",
            Subject::LocalImages => "local images: ",
            Subject::Other => "",
        };
        paragraph(&format!("{subject}{}", requirement.text))
    });
    let paragraphs: String = paragraphs.collect();
    (!paragraphs.is_empty()).then(|| format!("what has to be there\n{paragraphs}"))
}

fn next(plan: &Plan) -> String {
    let effect = &plan.takes_effect;
    if effect.requires.is_empty() {
        return "next\n  `raftt connect` evaluates the script; nothing else is needed\n".to_owned();
    }
    let because = quoted(&effect.because);
    let because = match because.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        all => all.concat(),
    };
    let commands = quoted(&effect.requires).join(" and then ");
    format!("next\n  run {commands}, for {because} to take effect\n")
}

fn duration(seconds: u32) -> String {
    match (seconds / 3600, seconds % 3600) {
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        _ => format!("{} minutes", seconds / 60),
    }
}

fn words(place: Option<&Place>) -> String {
    place.map(Place::to_string).unwrap_or_default()
}

/// Rows in aligned columns, indented.
fn table<const N: usize>(rows: Vec<[String; N]>) -> String {
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(widths);
        let line: String = cells
            .map(|(cell, width)| format!("  {cell:width$}"))
            .collect();
        format!("{}\n", line.trim_end())
    });
    lines.collect()
}

/// A point of a list, broken into lines between words.
fn paragraph(text: &str) -> String {
    let mut broken = "  -".to_owned();
    let mut width = broken.len();
    for word in text.split(' ') {
        let length = word.chars().count();
        if width + 1 + length > WIDTH {
            broken.push_str("\n   ");
            width = 3;
        }
        broken.push(' ');
        broken.push_str(word);
        width += 1 + length;
    }
    broken.push('\n');
    broken
}
