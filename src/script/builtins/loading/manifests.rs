//! `k8s_manifests`: objects from files of the repository.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use starlark::values::Value;

use crate::kubernetes::{Manifests, NoManifests, manifests};
use crate::script::arg_type::items;
use crate::script::builtins::objects::resources;
use crate::script::builtins::paths::{self, Use};
use crate::script::call::{Argument, Call};
use crate::script::model::{self, Resources, Source, Thing};
use crate::script::rules::missing_path;
use crate::script::values::ObjectValue;

/// The objects in the files. What could not be read leaves the resources open.
pub(super) fn run<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let arguments = arguments(call);
    let named: Vec<_> = arguments
        .iter()
        .filter_map(|argument| Some((argument, argument.value.unpack_str()?)))
        .collect();
    let paths: Vec<&str> = named.iter().map(|(_, path)| *path).collect();
    let found = load(call, &paths);
    for missing in &found.missing {
        report(call, named[missing.index].0, &missing.reason);
    }
    for diagnostic in &found.diagnostics {
        call.recorder.report(diagnostic.clone());
    }
    let is_open = found.is_partial || !found.missing.is_empty() || named.len() < arguments.len();
    let is_open = is_open || arguments.is_empty();
    let loaded = Resources::new(Source::Manifests, found.objects.clone(), is_open);
    let (what, from) = (call.what(), Some(call.span));
    let id = model::with(|model| model.add(resources(), what, from, Thing::Resources(loaded)));
    Some(call.heap.alloc(ObjectValue::new(id)))
}

thread_local! {
    /// What was loaded, by its paths. An evaluation has a thread of its own, on which
    /// scripts run again and again; files stay what they are.
    static LOADED: RefCell<HashMap<Vec<String>, Rc<Manifests>>> = RefCell::default();
}

fn load(call: &Call<'_, '_>, paths: &[&str]) -> Rc<Manifests> {
    let key: Vec<String> = paths.iter().map(|it| (*it).to_owned()).collect();
    if let Some(known) = LOADED.with_borrow(|it| it.get(&key).cloned()) {
        return known;
    }
    let found = call.recorder.while_loading(|texts| manifests(texts, paths));
    let found = Rc::new(found);
    LOADED.with_borrow_mut(|it| it.insert(key, found.clone()));
    found
}

/// The paths: one, or the elements of a list.
fn arguments<'a, 'v>(call: &Call<'a, 'v>) -> Vec<Argument<'a, 'v>> {
    let Some(argument) = call.argument("path") else {
        return Vec::new();
    };
    let Some(items) = items(argument.value) else {
        return vec![argument.clone()];
    };
    let length = items.len();
    let items = items.into_iter().enumerate();
    let items = items.map(|(index, item)| call.element(argument, index, length, item));
    items.collect()
}

/// Says why `argument` leads to no manifest.
fn report<'a, 'v>(call: &Call<'a, 'v>, argument: &Argument<'a, 'v>, reason: &NoManifests) {
    let Some(path) = argument.value.unpack_str() else {
        return;
    };
    if let NoManifests::Unreadable { error, .. } = reason {
        return paths::report(call, argument, error, Use::Evaluation);
    }
    let located = call.locate(path.to_owned(), argument);
    let help = match reason {
        NoManifests::EmptyFolder { has_folders: true } => {
            let folder = path.trim_end_matches('/');
            format!("the folders in it are read with `{folder}/**`")
        }
        NoManifests::TooMany | NoManifests::TooMuch | NoManifests::EmptyFolder { .. } => {
            "name the files that are meant".to_owned()
        }
        _ => "paths begin at the repository's root".to_owned(),
    };
    let diagnostic = missing_path::no_manifests(&located, &reason.to_string(), help);
    call.recorder.report(diagnostic.trace(&call.trace));
}
