//! What the methods of workloads do.

use starlark::values::Value;
use starlark::values::dict::DictRef;

use crate::kubernetes::types::Type;
use crate::script::call::Call;
use crate::script::model::{self, Content, Id, Item, Map, Mount, Part, PortMapping, Slot, Thing};
use crate::script::rules::{
    duplicate_mount, invalid_port, relative_container_path, unknown_container,
};
use crate::script::values::{ObjectValue, content};

/// `workload.mount(volume, dst, …)`.
pub(super) fn mount<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let workload = call.receiver?;
    if let Some(volume) = call.argument("volume")
        && let Some(volume) = ObjectValue::from_value(volume.value)
    {
        model::with(|model| model.set_mounted(volume.id));
    }
    let container = container(call, workload);
    let argument = call.argument("dst")?;
    let path = call.locate(argument.value.unpack_str()?.to_owned(), argument);
    if !path.value.starts_with('/') {
        let relative = relative_container_path::mount(&path);
        call.recorder.report(relative.trace(&call.trace));
    }
    let earlier = model::with(|model| {
        let workload = model.workload_mut(workload)?;
        let mut mounts = workload.mounts.iter();
        let same = mounts.find(|it| {
            it.path.trim_end_matches('/') == path.value.trim_end_matches('/')
                && it.container == container
        });
        let earlier = same.map(|it| it.at);
        workload.changed.get_or_insert(call.span);
        workload.mounts.push(Mount {
            path: path.value.clone(),
            container,
            at: path.span,
        });
        earlier
    });
    if let Some(earlier) = earlier {
        let twice = duplicate_mount::diagnostic(&path, earlier);
        call.recorder.report(twice.trace(&call.trace));
    }
    None
}

/// `workload.map_port(local, remote)`.
pub(super) fn map_port<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let workload = call.receiver?;
    for name in ["local", "remote"] {
        if let Some(argument) = call.argument(name)
            && let Some(port) = argument.value.unpack_i32()
            && !(1..=65_535).contains(&port)
        {
            let invalid = invalid_port::out_of_range(port, argument.span);
            call.recorder.report(invalid.trace(&call.trace));
        }
    }
    let argument = call.argument("local")?;
    let local = i64::from(argument.value.unpack_i32()?);
    let earlier = model::with(|model| {
        let all = model.entries().filter_map(|(_, entry)| match &entry.thing {
            Thing::Workload(workload) => Some(&workload.ports),
            _ => None,
        });
        let earlier = all.flatten().find(|it| it.local == local).map(|it| it.at);
        if let Some(workload) = model.workload_mut(workload) {
            workload.changed.get_or_insert(call.span);
            workload.ports.push(PortMapping {
                local,
                at: argument.span,
            });
        }
        earlier
    });
    if let Some(earlier) = earlier {
        // A call in a loop or helper stands for several workloads.
        let twice = invalid_port::mapped_twice(local, argument.span, earlier);
        call.recorder.report(twice.trace(&call.trace));
    }
    None
}

/// `workload.add_env_vars(vars)`: they are seen in the first container.
pub(super) fn add_env_vars<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let workload = call.receiver?;
    let argument = call.argument("vars")?;
    let dict = DictRef::from_value(argument.value)?;
    let variables: Vec<(String, Content)> = dict
        .iter()
        .filter_map(|(key, value)| {
            let key = key.unpack_str()?.to_owned();
            Some((key, content::of_value(value, argument.span)))
        })
        .collect();
    let at = argument.span;
    model::with(|model| {
        if let Some(workload) = model.workload_mut(workload) {
            workload.changed.get_or_insert(call.span);
        }
        let Some(container) = model.first_container(workload, at) else {
            return;
        };
        let Some(Part::Fields(fields)) = model.part(container) else {
            return;
        };
        let Some((field, ty @ Type::List(_))) = fields.resolve("env") else {
            return;
        };
        let Content::Object(env) = model.read_field(container, &field, ty, at) else {
            return;
        };
        for (name, value) in variables {
            let entries = vec![
                ("name".to_owned(), Slot::new(Content::Text(name), at)),
                ("value".to_owned(), Slot::new(value, at)),
            ];
            let map = Part::Map(Map {
                value: Type::Any,
                entries,
                is_open: false,
            });
            let variable = Content::Object(model.add_part("a variable", Some(at), map));
            let Some(Part::Items(list)) = model.part(env) else {
                return;
            };
            let slot = model.fitted(&Slot::new(variable, at), list.item);
            if let Some(Part::Items(list)) = model.part_mut(env) {
                list.items.push(Item { index: None, slot });
            }
        }
    });
    None
}

/// `workload.add_raftt_cli(container)`.
pub(super) fn add_raftt_cli<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let workload = call.receiver?;
    container(call, workload);
    model::with(|model| {
        if let Some(workload) = model.workload_mut(workload) {
            workload.changed.get_or_insert(call.span);
        }
    });
    None
}

/// The argument `container`, which is reported if `workload` has no such container.
pub(in crate::script::builtins::objects) fn container(
    call: &Call<'_, '_>,
    workload: Id,
) -> Option<String> {
    let argument = call.argument("container")?;
    let name = call.locate(argument.value.unpack_str()?.to_owned(), argument);
    let (owner, known) = model::with(|model| {
        let owner = model.in_words(workload);
        (owner, model.container_names(workload, name.span))
    });
    // A container whose name is not known may be the one.
    if let Some(known) = known
        && !known.contains(&name.value)
    {
        let missing = unknown_container::diagnostic(&name, &owner, &known);
        call.recorder.report(missing.trace(&call.trace));
    }
    Some(name.value)
}
