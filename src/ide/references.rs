//! Where a name is used.

use super::scope::ScopeId;
use super::target::{Target, Use};
use super::{Language, Location, View, project};
use crate::source::is_script;

/// The places that name what stands at `offset` of the file at `path`: in this script,
/// and for a name of the top level in every script that loads it. Those that bind the
/// name are among them if `with_bindings`.
#[must_use]
pub fn references(
    view: &View<'_>,
    path: &str,
    offset: usize,
    with_bindings: bool,
) -> Vec<Location> {
    let found = match view.language(path) {
        Some(Language::ProjectFile) => of_secret(view, path, offset, with_bindings),
        Some(Language::Script) => view.with_script(path, |script| {
            let offset = script.tree.text.floor_char_boundary(offset);
            if script.tree.is_comment(offset) {
                return None;
            }
            let target = Target::of(script, script.names.occurrence_at(offset)?);
            let uses = match &target {
                Target::Local { .. } => target.uses_in(script),
                Target::Global(_) | Target::Exported { .. } => everywhere(view, path, &target),
            };
            let wanted = uses
                .into_iter()
                .filter(|it| with_bindings || !it.is_binding);
            Some(wanted.map(|it| it.location).collect())
        }),
        None => None,
    };
    found.unwrap_or_default()
}

/// The places in all scripts that name `target`.
fn everywhere(view: &View<'_>, path: &str, target: &Target) -> Vec<Use> {
    let mut scripts = view.scripts(path);
    if let Target::Exported { path, .. } = target
        && !scripts.contains(path)
    {
        scripts.push(path.clone());
    }
    let uses = scripts
        .iter()
        .filter_map(|path| view.with_script(path, |it| Some(target.uses_in(it))));
    uses.flatten().collect()
}

/// Where the scripts ask for the secret that the project file declares there.
fn of_secret(
    view: &View<'_>,
    path: &str,
    offset: usize,
    with_bindings: bool,
) -> Option<Vec<Location>> {
    let text = view.text(path)?;
    let all = project::found(&project::tree(&text));
    let found = all.into_iter().find(|it| {
        it.place == "secrets" && it.key_range.start <= offset && offset <= it.key_range.end
    })?;
    let mut locations = Vec::new();
    if with_bindings {
        locations.push(Location {
            path: path.to_owned(),
            range: found.key_range,
        });
    }
    for script in view.scripts(path).iter().filter(|it| is_script(it)) {
        let asked = view.with_script(script, |script| {
            let nodes = script.tree.nodes();
            let texts = nodes.filter(|(id, _)| script.tree.string(*id) == Some(&found.name));
            let texts = texts.filter(|(_, node)| {
                let parent = node.parent.map(|it| &script.tree.node(it).kind);
                matches!(parent, Some(super::syntax::NodeKind::Call(call))
                    if script.tree.name(call.callee) == Some("get_secret")
                        && script.names.resolve(ScopeId::MODULE, "get_secret").is_none())
            });
            let locations = texts.map(|(_, node)| Location {
                path: script.path.to_owned(),
                range: node.range.clone(),
            });
            Some(locations.collect::<Vec<_>>())
        });
        locations.extend(asked.into_iter().flatten());
    }
    Some(locations)
}
