//! What the functions that load resources do.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use starlark::values::Value;

use crate::compose::{self, Compose, Target};
use crate::kubernetes::Object;
use crate::script::builtins::objects::resources;
use crate::script::builtins::paths;
use crate::script::builtins::volume as volume_object;
use crate::script::call::Call;
use crate::script::model::{self, Id, Resources, Source, Thing, Volume, VolumeKind};
use crate::script::values::ObjectValue;
use crate::source::{Text, Texts};

/// `namespace_resources()`: the same resources every time.
pub(super) fn namespace_resources<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let earlier = model::with(|model| model.namespace_resources);
    let id = earlier.unwrap_or_else(|| {
        let namespace = model::with(|model| model.namespace());
        let objects = namespace.map(|namespace| namespace.objects.clone());
        let id = add(call, Source::Namespace, objects);
        model::with(|model| model.namespace_resources = Some(id));
        id
    });
    Some(call.heap.alloc(ObjectValue::new(id)))
}

/// `load_docker_compose(path)`: services become deployments.
pub(super) fn load_docker_compose<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    compose_file(call, Target::Deployments)
}

/// `docker_compose(path)`: services become pods.
pub(super) fn docker_compose<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    compose_file(call, Target::Pods)
}

/// The services and volumes of the compose file that is loaded.
fn compose_file<'v>(call: &Call<'_, 'v>, target: Target) -> Option<Value<'v>> {
    let argument = call.argument("path");
    let Some(text) = argument.and_then(|argument| paths::read(call, argument)) else {
        let id = add(call, Source::Compose, None);
        return Some(call.heap.alloc(ObjectValue::new(id)));
    };
    let path = argument
        .and_then(|it| it.value.unpack_str())
        .unwrap_or_default();
    let compose = load(call, path, &text, target);
    for diagnostic in &compose.diagnostics {
        call.recorder.report(diagnostic.clone());
    }
    let mut objects = Vec::with_capacity(compose.services.len());
    let mut built = Vec::new();
    let mut inactive = HashSet::new();
    for service in &compose.services {
        built.extend(service.built.clone());
        if !service.is_active {
            inactive.insert(service.object.name.clone());
        }
        objects.push(service.object.clone());
    }
    let mut loaded = Resources::new(Source::Compose, Arc::new(objects), compose.is_partial);
    loaded.built = built;
    loaded.inactive = inactive;
    let (what, from) = (call.what(), Some(call.span));
    let id = model::with(|model| {
        for (name, at) in compose.volumes.iter().cloned() {
            let what = format!("{what}.namedvolumes[{name:?}]");
            let volume = Volume {
                kind: VolumeKind::Compose(name.clone()),
                at,
                is_mounted: false,
            };
            let volume = model.add(volume_object(), what, Some(at), Thing::Volume(volume));
            loaded.volumes.push((name, volume));
        }
        model.add(resources(), what, from, Thing::Resources(loaded))
    });
    Some(call.heap.alloc(ObjectValue::new(id)))
}

thread_local! {
    /// The compose files that were loaded. An evaluation has a thread of its own, on
    /// which scripts run again and again; files stay what they are.
    static LOADED: RefCell<HashMap<(String, Target), Rc<Compose>>> = RefCell::default();
}

fn load(call: &Call<'_, '_>, path: &str, text: &Text, target: Target) -> Rc<Compose> {
    let key = (path.to_owned(), target);
    if let Some(known) = LOADED.with_borrow(|it| it.get(&key).cloned()) {
        return known;
    }
    let load = |texts: &mut dyn Texts| compose::load(texts, path, text, target);
    let loaded = Rc::new(call.recorder.while_loading(load));
    LOADED.with_borrow_mut(|it| it.insert(key, loaded.clone()));
    loaded
}

/// Adds resources that hold `objects`; what only the run knows if there are none.
fn add(call: &Call<'_, '_>, source: Source, objects: Option<Arc<Vec<Object>>>) -> Id {
    let is_open = objects.is_none();
    let loaded = Resources::new(source, objects.unwrap_or_default(), is_open);
    let (what, from) = (call.what(), Some(call.span));
    model::with(|model| model.add(resources(), what, from, Thing::Resources(loaded)))
}
