//! From objects to the workloads in them.

use super::types;
use super::{Container, ContainerRole, Data, Image, Object, Value, Workload};
use crate::source::Located;
use crate::unknown::Unknown;

/// The workloads among `objects`: whatever runs containers, of a kind that is known
/// or not.
pub(crate) fn workloads(objects: &[Object]) -> Vec<Workload> {
    objects.iter().filter_map(workload).collect()
}

/// Where a pod's spec has its containers, in the order in which they start.
pub(super) const CONTAINER_LISTS: [&str; 3] =
    ["initContainers", "containers", "ephemeralContainers"];

/// Where objects of a kind hold the spec of their pods. None for what runs no pods;
/// for a kind that is not known, where the kinds that are known mostly have it.
pub(crate) fn pod_spec_path(kind: &str) -> &'static [&'static str] {
    match kind {
        "Pod" => &["spec"],
        "CronJob" | "ScheduledJob" => &["spec", "jobTemplate", "spec", "template", "spec"],
        _ => &["spec", "template", "spec"],
    }
}

/// The spec of the pods that `object` runs, if it runs any.
pub(super) fn pod_spec(object: &Object) -> Option<&Value> {
    let spec = object.value.at_path(pod_spec_path(&object.kind))?;
    let has_containers = spec.get("containers").is_some();
    let is_known = || types::similar_kind(&object.api_version, &object.kind).is_some();
    (has_containers || is_known()).then_some(spec)
}

/// The workload that `object` is, if it is one.
pub(crate) fn workload(object: &Object) -> Option<Workload> {
    let spec = pod_spec(object)?;
    let named = object.value.at_path(&["metadata", "name"]);
    Some(Workload {
        kind: object.kind.clone(),
        name: object.name.clone(),
        at: named.map_or(object.value.at, |it| it.at),
        service_account: service_account(spec),
        image_pull_secrets: pull_secrets(spec),
        is_idle: is_idle(object),
        containers: containers(spec).map(container).collect(),
    })
}

/// Whether `object` says that it runs no pods and will start none.
fn is_idle(object: &Object) -> bool {
    let at = |path: &[&str]| object.value.at_path(path).map(|it| &it.data);
    if object.kind == "Pod" {
        let phase = object.value.at_path(&["status", "phase"]);
        return matches!(phase.and_then(Value::text), Some("Succeeded" | "Failed"));
    }
    let is_suspended = matches!(at(&["spec", "suspend"]), Some(Data::Bool(true)));
    let has_none = matches!(at(&["spec", "replicas"]), Some(Data::Int(0)));
    is_suspended || has_none || has_ended(object)
}

/// Whether a job is complete or failed.
fn has_ended(object: &Object) -> bool {
    let conditions = object.value.at_path(&["status", "conditions"]);
    let mut conditions = conditions.map(Value::items).unwrap_or_default().iter();
    let is = |condition: &Value, field, expected: &[&str]| {
        let text = condition.get(field).and_then(Value::text);
        text.is_some_and(|it| expected.contains(&it))
    };
    object.kind == "Job"
        && conditions
            .any(|it| is(it, "type", &["Complete", "Failed"]) && is(it, "status", &["True"]))
}

/// The containers of a pod, each with the part it plays: the init containers first,
/// the ephemeral ones last.
pub(super) fn containers(spec: &Value) -> impl Iterator<Item = (ContainerRole, &Value)> {
    let roles = [
        ContainerRole::Init,
        ContainerRole::Main,
        ContainerRole::Ephemeral,
    ];
    let lists = CONTAINER_LISTS.into_iter().zip(roles);
    let containers = lists.flat_map(|(list, role)| {
        let items = spec.get(list).map(Value::items).unwrap_or_default();
        items.iter().map(move |item| (role, item))
    });
    containers.filter(|(_, it)| matches!(it.data, Data::Map(_)))
}

/// Has `change` change the images of the containers that `object` runs.
pub(crate) fn for_each_image(object: &mut Object, mut change: impl FnMut(&mut Value)) {
    let path = pod_spec_path(&object.kind);
    let spec = path
        .iter()
        .try_fold(&mut object.value, |it, name| it.get_mut(name));
    let Some(spec) = spec else { return };
    for list in CONTAINER_LISTS {
        if let Some(Data::List(items)) = spec.get_mut(list).map(|it| &mut it.data) {
            let images = items.iter_mut().filter_map(|it| it.get_mut("image"));
            images.for_each(&mut change);
        }
    }
}

/// The image of a container.
pub(super) fn image_text(container: &Value) -> Option<&str> {
    container.get("image")?.text().filter(|it| !it.is_empty())
}

fn container((role, value): (ContainerRole, &Value)) -> Container {
    let is_injected = is_injected(value);
    Container {
        role,
        name: value
            .get("name")
            .and_then(Value::text)
            .unwrap_or_default()
            .to_owned(),
        image: match value.get("image") {
            Some(image) if is_injected => Image::Unknown(Located::new(
                Unknown {
                    what: "what the mesh injects".to_owned(),
                    from: None,
                },
                image.at,
            )),
            Some(value) => image(value),
            None => Image::Absent,
        },
        image_pull_policy: text(value.get("imagePullPolicy")),
    }
}

/// Whether a mesh puts its own image in: `auto` is what Istio's gateways say.
fn is_injected(container: &Value) -> bool {
    let is = |field, text| container.get(field).and_then(Value::text) == Some(text);
    is("name", "istio-proxy") && is("image", "auto")
}

fn image(value: &Value) -> Image {
    match &value.data {
        Data::Unknown(unknown) => Image::Unknown(Located::new(unknown.clone(), value.at)),
        // OpenShift's templates write a blank where a trigger fills the image in.
        Data::Text(text) if text.trim().is_empty() => Image::Absent,
        _ => text(Some(value)).map_or(Image::Absent, Image::Reference),
    }
}

/// The service account, by its name of today or by the one that it had before.
fn service_account(spec: &Value) -> Option<Located<String>> {
    let current = text(spec.get("serviceAccountName"));
    current.or_else(|| text(spec.get("serviceAccount")))
}

/// The image pull secrets that a pod's spec, or a service account, names.
pub(crate) fn pull_secrets(value: &Value) -> Vec<Located<String>> {
    let secrets = value.get("imagePullSecrets").map(Value::items);
    let names = secrets.unwrap_or_default().iter();
    names.filter_map(|it| text(it.get("name"))).collect()
}

/// A text that says something.
fn text(value: Option<&Value>) -> Option<Located<String>> {
    let text = value?.located_text()?;
    (!text.value.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
