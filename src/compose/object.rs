//! What a service becomes in Kubernetes.

use super::Target;
use std::collections::HashSet;

use super::port::{self, Ports};
use super::service::{Mount, MountSource, Service, Setting};
use crate::kubernetes::{Data, Key, Object, Value};
use crate::source::Span;
use crate::unknown::Unknown;

/// How many ports of a range are listed.
const MAX_PORTS: usize = 1000;

/// The object that `service` becomes: a pod, or a deployment of it, with one container.
/// Beside it the name of its image, if that is built. `variables` are those that files set.
pub(super) fn of(
    service: &Service<'_>,
    variables: Vec<Setting>,
    target: Target,
) -> (Object, Option<String>) {
    let at = service.at;
    let (image, built) = image(service);
    let mut metadata = vec![("name", text(service.name, at))];
    let labels = service.settings("labels");
    if !labels.is_empty() {
        let labels = labels.into_iter().map(|label| {
            let Setting { name, at, value } = label;
            (Key { name, at }, as_text(value))
        });
        let labels = Value::new(Data::Map(labels.collect()), at);
        metadata.push(("labels", labels));
    }
    let metadata = map(metadata, at);
    let pod = pod(service, image, variables);
    let (api_version, kind, spec) = match target {
        Target::Pods => ("v1", "Pod", pod),
        Target::Deployments => {
            let template = map(vec![("metadata", metadata.clone()), ("spec", pod)], at);
            (
                "apps/v1",
                "Deployment",
                map(vec![("template", template)], at),
            )
        }
    };
    let value = map(
        vec![
            ("apiVersion", text(api_version, at)),
            ("kind", text(kind, at)),
            ("metadata", metadata),
            ("spec", spec),
        ],
        at,
    );
    let object = Object {
        api_version: api_version.to_owned(),
        kind: kind.to_owned(),
        name: service.name.to_owned(),
        namespace: None,
        value,
    };
    (object, built)
}

/// The image, and its name if it is built.
fn image(service: &Service<'_>) -> (Option<Value>, Option<String>) {
    let named = service.get("image").cloned();
    if service.get("build").is_none() {
        return (named, None);
    }
    let image = named.unwrap_or_else(|| text(service.name, service.at));
    let built = image.text().map(str::to_owned);
    (Some(image), built)
}

fn pod(service: &Service<'_>, image: Option<Value>, variables: Vec<Setting>) -> Value {
    let at = service.at;
    let mounts = service.mounts();
    let mut container = vec![("name", text(service.name, at))];
    let mut add = |name, value: Option<Value>| container.extend(value.map(|it| (name, it)));
    add("image", image);
    add("imagePullPolicy", pull_policy(service));
    add("command", service.words("entrypoint"));
    add("args", service.words("command"));
    add("workingDir", service.get("working_dir").cloned());
    add("env", environment(service, variables));
    add("ports", ports(service));
    add("volumeMounts", volume_mounts(&mounts, at));
    let containers = Value::new(Data::List(vec![map(container, at)]), at);
    let mut pod = vec![("containers", containers)];
    pod.extend(service.get("hostname").map(|it| ("hostname", it.clone())));
    pod.extend(volumes(&mounts, at).map(|it| ("volumes", it)));
    map(pod, at)
}

fn pull_policy(service: &Service<'_>) -> Option<Value> {
    let value = service.get("pull_policy")?;
    let policy = match value.text()? {
        "always" => "Always",
        "never" => "Never",
        "missing" | "if_not_present" => "IfNotPresent",
        _ => return None,
    };
    Some(text(policy, value.at))
}

/// The variables: those of files, and what is set beside them. One without a value is
/// taken from where compose would run.
fn environment(service: &Service<'_>, mut variables: Vec<Setting>) -> Option<Value> {
    let own = service.settings("environment");
    variables.retain(|it| own.iter().all(|set| set.name != it.name));
    let at = service.get("environment").or(service.get("env_file"))?.at;
    let variables = variables.into_iter().chain(own).map(|setting| {
        let Setting { name, at, value } = setting;
        let value = match value.data {
            Data::Null => unknown(&name, at),
            _ => as_text(value),
        };
        map(vec![("name", text(&name, at)), ("value", value)], at)
    });
    Some(Value::new(Data::List(variables.collect()), at))
}

fn unknown(variable: &str, at: Span) -> Value {
    let unknown = Unknown {
        what: format!("${{{variable}}}"),
        from: Some(at),
    };
    Value::new(Data::Unknown(unknown), at)
}

fn ports(service: &Service<'_>) -> Option<Value> {
    let list = service.get("ports")?;
    let ports = list.items().iter().flat_map(|port| {
        let ports = container_ports(port);
        let protocol = ports.as_ref().map(|it| it.protocol.to_uppercase());
        let numbers = ports.into_iter().flat_map(|it| it.container);
        numbers.map(move |number| {
            let number = Value::new(Data::Int(i64::from(number)), port.at);
            let protocol = text(protocol.as_deref().unwrap_or("TCP"), port.at);
            map(
                vec![("containerPort", number), ("protocol", protocol)],
                port.at,
            )
        })
    });
    Some(Value::new(
        Data::List(ports.take(MAX_PORTS).collect()),
        list.at,
    ))
}

fn container_ports(value: &Value) -> Option<Ports> {
    let number = |value: &Value| match &value.data {
        Data::Int(number) => Some(number.to_string()),
        Data::Text(text) => Some(text.clone()),
        _ => None,
    };
    match value.get("target") {
        None => port::parse(&number(value)?).ok(),
        Some(target) => {
            let protocol = value.get("protocol").and_then(Value::text);
            let text = format!("{}/{}", number(target)?, protocol.unwrap_or("tcp"));
            port::parse(&text).ok()
        }
    }
}

fn volume_mounts(mounts: &[Mount], at: Span) -> Option<Value> {
    if mounts.is_empty() {
        return None;
    }
    let mounts = mounts.iter().enumerate().map(|(index, mount)| {
        let mut entries = vec![("name", text(&volume_name(index, mount), mount.at))];
        if mount.source != MountSource::Unknown {
            entries.push(("mountPath", text(&mount.target, mount.at)));
        }
        if mount.is_read_only {
            entries.push(("readOnly", Value::new(Data::Bool(true), mount.at)));
        }
        map(entries, mount.at)
    });
    Some(Value::new(Data::List(mounts.collect()), at))
}

fn volumes(mounts: &[Mount], at: Span) -> Option<Value> {
    if mounts.is_empty() {
        return None;
    }
    let mut seen = HashSet::new();
    let mut volumes = Vec::new();
    for (index, mount) in mounts.iter().enumerate() {
        let name = volume_name(index, mount);
        if !seen.insert(name.clone()) {
            continue;
        }
        let (field, source) = match &mount.source {
            MountSource::Named(_) => {
                let claim = ("claimName", text(&name, mount.at));
                ("persistentVolumeClaim", vec![claim])
            }
            MountSource::Bind(path) => ("hostPath", vec![("path", text(path, mount.at))]),
            MountSource::Anonymous | MountSource::Unknown => ("emptyDir", Vec::new()),
        };
        let source = map(source, mount.at);
        let volume = map(
            vec![("name", text(&name, mount.at)), (field, source)],
            mount.at,
        );
        volumes.push(volume);
    }
    Some(Value::new(Data::List(volumes), at))
}

fn volume_name(index: usize, mount: &Mount) -> String {
    match &mount.source {
        MountSource::Named(name) => name.clone(),
        _ => format!("mount-{index}"),
    }
}

/// Numbers and booleans are texts where Kubernetes knows only texts.
fn as_text(mut value: Value) -> Value {
    value.data = match value.data {
        Data::Null => Data::Text(String::new()),
        Data::Bool(it) => Data::Text(it.to_string()),
        Data::Int(it) => Data::Text(it.to_string()),
        Data::Float(it) => Data::Text(it.to_string()),
        other => other,
    };
    value
}

fn text(text: &str, at: Span) -> Value {
    Value::new(Data::Text(text.to_owned()), at)
}

fn map(entries: Vec<(&str, Value)>, at: Span) -> Value {
    let entries = entries.into_iter().map(|(name, value)| {
        let name = name.to_owned();
        (Key { name, at }, value)
    });
    Value::new(Data::Map(entries.collect()), at)
}
