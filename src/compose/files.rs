//! The files that services name: what images are built from, and what sets variables.

use std::collections::BTreeMap;

use super::interpolate::Variables;
use super::project::Project;
use super::rules::missing_compose_file as missing;
use super::service::{Service, Setting};
use super::{beside, dotenv, entries, is_remote};
use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Value};
use crate::source::{ReadError, Texts};
use crate::suggest::nearest;

/// Reports the files that `service` is built from or takes variables from, and that are
/// not there.
pub(super) fn check(
    texts: &mut dyn Texts,
    project: &Project,
    service: &Service<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.extend(build(texts, project, service));
    for (name, is_required) in variable_files(service) {
        let Some((written, path)) = place(project, name).filter(|_| is_required) else {
            continue;
        };
        if matches!(texts.read(&path), Err(ReadError::NotFound)) {
            diagnostics.push(missing::variables(written, name.at));
        }
    }
}

/// The variables that the files of `env_file` set, by name: a later file sets them anew.
pub(super) fn variables(
    texts: &mut dyn Texts,
    project: &Project,
    service: &Service<'_>,
) -> Vec<Setting> {
    let mut all = BTreeMap::new();
    for (file, _) in variable_files(service) {
        let text = place(project, file).map(|(_, path)| texts.read(&path));
        let Some(Ok(text)) = text else { continue };
        let mut variables = Variables::default();
        dotenv::read(&text.text, &mut variables);
        for (name, value) in variables.into_values() {
            // What has no value is taken from where compose would run.
            let data = value.map_or(Data::Null, Data::Text);
            let setting = Setting {
                name: name.clone(),
                at: file.at,
                value: Value::new(data, file.at),
            };
            all.insert(name, setting);
        }
    }
    all.into_values().collect()
}

/// What is wrong with the folder and the Dockerfile that the image is built from.
fn build(texts: &mut dyn Texts, project: &Project, service: &Service<'_>) -> Option<Diagnostic> {
    let build = service.get("build")?;
    let context = match build.data {
        Data::Map(_) => build.get("context"),
        _ => Some(build),
    };
    let (at, (written, folder)) = match context {
        Some(context) => (context.at, place(project, context)?),
        // A misspelt key was told.
        None if entries(Some(build))
            .iter()
            .any(|(key, _)| nearest(&key.name, ["context"]).is_some()) =>
        {
            return None;
        }
        // The folder of the compose file.
        None => (build.at, (".", beside(project.path_of(build)?, ".")?)),
    };
    match is_folder(texts, &folder) {
        None => return Some(missing::context(written, at)),
        Some(false) => return Some(missing::no_folder(written, at)),
        Some(true) => {}
    }
    if build.get("dockerfile_inline").is_some() {
        return None;
    }
    let named = build.get("dockerfile");
    let name = named.map_or(Some("Dockerfile"), Value::text)?;
    if is_remote(name) || name.starts_with('/') {
        return None;
    }
    let path = beside(&format!("{folder}/Dockerfile"), name)?;
    let is_missing = is_folder(texts, &path).is_none();
    is_missing.then(|| missing::dockerfile(&path, named.map_or(at, |it| it.at), named.is_some()))
}

/// Whether what stands at `path` is a folder; none where nothing does.
fn is_folder(texts: &mut dyn Texts, path: &str) -> Option<bool> {
    if path.is_empty() {
        return Some(true);
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let names = texts.list(folder);
    let has = |name: &str| names.iter().any(|it| it == name);
    if has(&format!("{name}/")) {
        return Some(true);
    }
    // A link may lead to a folder.
    has(name).then(|| !texts.list(path).is_empty())
}

/// The entries of `env_file`, each with whether it has to be there.
fn variable_files<'s>(service: &Service<'s>) -> Vec<(&'s Value, bool)> {
    let files = service.get("env_file");
    let files = match files.map(|it| &it.data) {
        Some(Data::List(files)) => files.as_slice(),
        _ => files.map_or(&[][..], std::slice::from_ref),
    };
    let files = files.iter().map(|file| {
        let required = file.get("required").map(|it| &it.data);
        let is_required = !matches!(required, Some(Data::Bool(false)));
        (file.get("path").unwrap_or(file), is_required)
    });
    files.collect()
}

/// What `value` names, as it is written and as a path from the project's root. None for
/// what is not known, or lies elsewhere.
fn place<'v>(project: &Project, value: &'v Value) -> Option<(&'v str, String)> {
    let written = value.text().filter(|it| !is_remote(it))?;
    let is_elsewhere = written.starts_with(['/', '~', '\\']);
    let path = beside(project.path_of(value)?, written).filter(|_| !is_elsewhere)?;
    Some((written, path))
}
