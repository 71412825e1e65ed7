//! What objects hold, as far as it is known.

use crate::ide::infer::{Inference, Type};
use crate::ide::{Location, View};
use crate::kubernetes::types::Type as Field;
use crate::script::Kind;
use crate::{Container, Image, Workload};

/// How many names are listed.
const MAX_NAMES: usize = 10;

/// What a value of a type holds, in Markdown.
pub(super) fn of(inference: &Inference<'_, '_>, ty: &Type) -> String {
    let view = inference.view;
    match ty {
        Type::Resources(object, from) => {
            let held = of_resources(view, from.as_ref());
            match held.is_empty() {
                true => crate::ide::prose(object.documentation),
                false => held,
            }
        }
        Type::Collection(..) | Type::Volumes(_) => {
            let names = view.names_in(ty).into_iter().map(|it| it.name);
            match listed(names.collect()) {
                names if names.is_empty() => String::new(),
                names => format!("It holds {names}."),
            }
        }
        Type::Object(object) => crate::ide::prose(object.documentation),
        Type::Workload(kind, Some(name)) => of_workload(view, kind, name),
        Type::Part(Field::Object(ty)) => ty.description.to_owned(),
        _ => String::new(),
    }
}

fn of_resources(view: View<'_>, from: Option<&Location>) -> String {
    let mut collections: Vec<(String, Vec<String>)> = Vec::new();
    for (collection, name) in view.loaded_from(from) {
        match collections.iter_mut().find(|it| it.0 == collection) {
            Some((_, names)) => names.push(name),
            None => collections.push((collection, vec![name])),
        }
    }
    let lines = collections
        .into_iter()
        .map(|(collection, names)| format!("- `{collection}`: {}", listed(names)));
    lines.collect::<Vec<_>>().join("\n")
}

fn listed(mut names: Vec<String>) -> String {
    names.sort();
    names.dedup();
    let more = names.len().saturating_sub(MAX_NAMES);
    let shown: Vec<_> = names
        .iter()
        .take(MAX_NAMES)
        .map(|it| format!("`{it}`"))
        .collect();
    let shown = shown.join(", ");
    match more {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn of_workload(view: View<'_>, kind: &Kind, name: &str) -> String {
    let workloads = view.analysis.script.workloads.iter();
    let mut own = workloads.filter(|it| it.kind == kind.kind && it.name == name);
    let lines = own.next().map_or_else(Vec::new, |it: &Workload| {
        it.containers.iter().filter_map(of_container).collect()
    });
    let is = format!("The {} `{name}`.", kind.kind.to_lowercase());
    match lines.is_empty() {
        true => is,
        false => format!("{is}\n\n{}", lines.join("\n")),
    }
}

fn of_container(container: &Container) -> Option<String> {
    let image = match &container.image {
        Image::Reference(image) => format!("runs the image `{}`", image.value),
        Image::Built(image) => format!("runs the image `{}`, which is built", image.value),
        _ => return None,
    };
    Some(format!("- container `{}` {image}", container.name))
}
