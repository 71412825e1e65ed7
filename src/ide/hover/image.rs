//! Images: which reference it is, and who serves it.

use super::paragraphs;
use crate::ide::View;
use crate::ide::infer::Inference;
use crate::ide::syntax::{NodeId, NodeKind, StatementKind};
use crate::names::ImageReference;
use crate::plan::{Coverage, CredentialSource, Keychain, PlannedImage, Puller};

pub(super) fn hover(inference: &Inference<'_, '_>, node: NodeId, value: &str) -> Option<String> {
    let view = inference.view;
    let reference = ImageReference::parse(value).ok()?;
    let canonical = reference.canonical();
    let planned: Vec<_> = view
        .analysis
        .plan
        .images
        .iter()
        .filter(|it| it.reference == canonical)
        .collect();
    let is_named = value.contains(['/', ':', '@']) && !planned.is_empty();
    if !is_named && !is_image(inference, node) {
        return None;
    }
    let mut parts = vec![format!("**Image** `{canonical}`")];
    match planned.as_slice() {
        [] => {
            let keychain = Keychain::new(&view.analysis.plan, view.options.snapshot.as_deref());
            let sources = keychain.sources(&reference, &Puller::default());
            parts.push(of_sources(&sources));
        }
        several => parts.extend(several.iter().map(|it| of_planned(it))),
    }
    if view.options.snapshot.is_none() {
        parts.push("The namespace's image pull secrets are not known.".to_owned());
    }
    let parts: Vec<_> = parts.iter().map(String::as_str).collect();
    Some(paragraphs(&parts))
}

fn of_planned(image: &PlannedImage) -> String {
    let users = image
        .used_by
        .iter()
        .map(|it| format!("{} `{}`", it.kind.to_lowercase(), it.name));
    let mut users: Vec<_> = users.collect();
    users.dedup();
    let more = users.len().saturating_sub(5);
    users.truncate(5);
    let mut by = match users.is_empty() {
        true => String::new(),
        false => format!("Used by {}", users.join(", ")),
    };
    if more > 0 {
        by.push_str(&format!(" and {more} more"));
    }
    if !by.is_empty() {
        by.push('.');
    }
    let status = match image.status {
        Coverage::Covered => "",
        Coverage::Public => "It is public.",
        Coverage::Uncovered => "**Nothing gives access to it.**",
        Coverage::Built => "The environment builds it: no registry is asked for it.",
        Coverage::Unknown => "Whether it needs credentials is not known.",
    };
    paragraphs(&[&by, status, &of_sources(&image.sources)])
}

fn of_sources(sources: &[CredentialSource]) -> String {
    let lines = sources.iter().enumerate();
    let lines: Vec<_> = lines
        .map(|(index, it)| format!("{}. {}", index + 1, it.in_words()))
        .collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!(
            "Credentials are tried in this order:\n\n{}",
            lines.join("\n")
        ),
    }
}

/// Whether the string stands where an image does: `image = "…"`, `pod.image = "…"`.
pub(crate) fn is_image(inference: &Inference<'_, '_>, node: NodeId) -> bool {
    let tree = &inference.script.tree;
    if let Some(parent) = tree.node(node).parent {
        let NodeKind::Call(call) = &tree.node(parent).kind else {
            return false;
        };
        let mut own = call.arguments.iter().filter(|it| it.value == node);
        return own.any(|it| {
            it.name
                .as_ref()
                .is_some_and(|it| tree.written(it) == "image")
        });
    }
    let statement = tree.statement_at(tree.node(node).range.start);
    let Some(StatementKind::Assign { targets, value, .. }) =
        statement.map(|it| &tree.statement(it).kind)
    else {
        return false;
    };
    let NodeKind::Dot { name, .. } = &tree.node(*targets).kind else {
        return false;
    };
    *value == node && tree.written(name) == "image"
}

impl View<'_> {
    /// Whether there is a file or folder at `path`.
    pub(crate) fn is_there(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        if path.is_empty() {
            return true;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let names = self.sources.list(folder);
        names.iter().any(|it| it.trim_end_matches('/') == name)
    }
}
