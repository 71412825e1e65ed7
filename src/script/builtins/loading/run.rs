//! What the functions that load resources do.

use std::sync::Arc;

use starlark::values::Value;

use crate::kubernetes::Object;
use crate::script::builtins::objects::resources;
use crate::script::builtins::paths;
use crate::script::call::Call;
use crate::script::model::{self, Id, Resources, Source, Thing};
use crate::script::values::ObjectValue;

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
    let id = add(call, Source::Compose, compose_file(call, "Deployment"));
    Some(call.heap.alloc(ObjectValue::new(id)))
}

/// `docker_compose(path)`: services become pods.
pub(super) fn docker_compose<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let id = add(call, Source::Compose, compose_file(call, "Pod"));
    Some(call.heap.alloc(ObjectValue::new(id)))
}

/// `helm_local_chart(release_name, chart_path, …)`.
pub(super) fn helm_local_chart<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let id = add(call, Source::Chart, None);
    Some(call.heap.alloc(ObjectValue::new(id)))
}

/// The services of the compose file that is loaded, as objects of `kind`.
fn compose_file(call: &Call<'_, '_>, kind: &str) -> Option<Arc<Vec<Object>>> {
    let text = paths::read(call, call.argument("path")?)?;
    let tree = crate::yaml::parse(text.file, &text.text);
    let mut budget = crate::yaml::Budget::new(10_000);
    let root = tree.documents.first()?.root;
    let mut find = |id, name: &str| {
        let entries = tree.entries(id, &mut budget);
        let mut entries = entries.into_iter();
        entries.find_map(|it| (tree.name(it.key) == Some(name)).then_some(it.value))
    };
    let services = find(root, "services")?;
    let mut objects = Vec::new();
    let entries = tree.entries(services, &mut crate::yaml::Budget::new(10_000));
    for service in entries {
        let name = tree.name(service.key)?.to_owned();
        let at = tree.span(service.key);
        let image = find(service.value, "image");
        let map = |entries: Vec<(&str, crate::kubernetes::Value)>| {
            let entries = entries.into_iter().map(|(name, value)| {
                let name = name.to_owned();
                (crate::kubernetes::Key { name, at }, value)
            });
            crate::kubernetes::Value::new(crate::kubernetes::Data::Map(entries.collect()), at)
        };
        let text = |text: &str, at| {
            crate::kubernetes::Value::new(crate::kubernetes::Data::Text(text.to_owned()), at)
        };
        let mut container = vec![("name", text(&name, at))];
        if let Some(image) = image {
            container.push(("image", text(tree.name(image)?, tree.span(image))));
        }
        let containers = crate::kubernetes::Data::List(vec![map(container)]);
        let containers = crate::kubernetes::Value::new(containers, at);
        let pod = map(vec![("containers", containers)]);
        let spec = match kind {
            "Pod" => pod,
            _ => map(vec![("template", map(vec![("spec", pod)]))]),
        };
        let metadata = map(vec![("name", text(&name, at))]);
        objects.push(Object {
            api_version: if kind == "Pod" { "v1" } else { "apps/v1" }.to_owned(),
            kind: kind.to_owned(),
            name,
            namespace: None,
            value: map(vec![("metadata", metadata), ("spec", spec)]),
        });
    }
    Some(Arc::new(objects))
}

/// Adds resources that hold `objects`; what only the run knows if there are none.
fn add(call: &Call<'_, '_>, source: Source, objects: Option<Arc<Vec<Object>>>) -> Id {
    let is_open = objects.is_none();
    let loaded = Resources::new(source, objects.unwrap_or_default(), is_open);
    let (what, from) = (call.what(), Some(call.span));
    model::with(|model| model.add(resources(), what, from, Thing::Resources(loaded)))
}
