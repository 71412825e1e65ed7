//! Paths that scripts name: whether they lead to something.

use crate::diagnostic::Severity;
use crate::script::call::{Argument, Call};
use crate::script::rules::missing_path;
use crate::source::{Located, ReadError, Text, normalize_path};
use crate::suggest::nearest;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// The evaluation reads it: without it there is no environment.
    Evaluation,
    /// A later step reads it: a build, a hook, the seeding of a database.
    Later,
    /// The evaluation reads it, and something else may make it before.
    MayBeMade,
}

/// The text of the file that `argument` names. What cannot be read is reported.
pub(super) fn read<'a, 'v>(call: &Call<'a, 'v>, argument: &Argument<'a, 'v>) -> Option<Text> {
    let path = argument.value.unpack_str()?;
    match call.recorder.with_texts(|texts| texts.read(path)) {
        Ok(text) => Some(text),
        Err(error) => {
            report(call, argument, &error, Use::Evaluation);
            None
        }
    }
}

/// Whether `path`, from the repository's root, leads to a file or folder.
pub(super) fn exists(call: &Call<'_, '_>, path: &str) -> Result<(), ReadError> {
    let path = normalize_path(path).ok_or(ReadError::OutsideProject)?;
    if path.is_empty() {
        return Ok(());
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let names = call.recorder.with_texts(|texts| texts.list(folder));
    match names.iter().any(|it| it.trim_end_matches('/') == name) {
        true => Ok(()),
        false => Err(ReadError::NotFound),
    }
}

/// Looks whether `argument`, if it is a path of this repository, leads somewhere.
pub(super) fn check(call: &Call<'_, '_>, name: &str, purpose: Use) {
    let Some(argument) = call.argument(name) else {
        return;
    };
    let Some(path) = argument.value.unpack_str() else {
        return;
    };
    if let Err(error) = exists(call, path) {
        report(call, argument, &error, purpose);
    }
}

/// Reports that what `argument` names cannot be had.
pub(super) fn report<'a, 'v>(
    call: &Call<'a, 'v>,
    argument: &Argument<'a, 'v>,
    error: &ReadError,
    purpose: Use,
) {
    let Some(path) = argument.value.unpack_str() else {
        return;
    };
    let located = call.locate(path.to_owned(), argument);
    report_at(call, &located, error, purpose);
}

/// Reports that what `path` names cannot be had.
pub(super) fn report_at(
    call: &Call<'_, '_>,
    path: &Located<String>,
    error: &ReadError,
    purpose: Use,
) {
    let meant = match error {
        ReadError::NotFound => similar(call, &path.value),
        _ => None,
    };
    let is_made = call.recorder.has_hooks() || purpose == Use::MayBeMade;
    let may_be_made = is_made && *error == ReadError::NotFound;
    let mut missing = missing_path::diagnostic(path, error, meant.as_deref(), may_be_made);
    if purpose == Use::Later && !may_be_made {
        missing.severity = Severity::Warning;
    }
    call.recorder.report(missing.trace(&call.trace));
}

/// A path like `path` that leads somewhere.
fn similar(call: &Call<'_, '_>, path: &str) -> Option<String> {
    let path = normalize_path(path)?;
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let list = |folder: &str| call.recorder.with_texts(|texts| texts.list(folder));
    let join = |folder: &str, name: &str| match folder {
        "" => name.to_owned(),
        _ => format!("{folder}/{name}"),
    };
    let within = list(folder);
    let names = within.iter().map(|it| it.trim_end_matches('/'));
    if let Some(meant) = nearest(name, names) {
        return Some(join(folder, meant));
    }
    // A folder above may be misspelt, or left out.
    let top = list("");
    let folders: Vec<_> = top.iter().filter_map(|it| it.strip_suffix('/')).collect();
    folders.into_iter().take(MAX_FOLDERS).find_map(|other| {
        let has = list(other)
            .iter()
            .any(|it| it.trim_end_matches('/') == name);
        has.then(|| join(other, name))
    })
}

/// How many folders are searched for a name.
const MAX_FOLDERS: usize = 50;
