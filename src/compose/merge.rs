//! What a service becomes that is built upon another one.

use std::collections::{HashMap, HashSet};

use super::service::{Service, Setting};
use crate::kubernetes::{Data, Key, Value};

/// The keys whose list, or line, replaces the other one as a whole.
const REPLACED: [&str; 4] = ["command", "entrypoint", "test", "profiles"];

/// The keys that are maps, or lists of `name=value`.
const SETTINGS: [&str; 3] = ["environment", "labels", "annotations"];

/// `own`, built upon `base`.
pub(super) fn merge_service(base: Value, own: &Value) -> Value {
    let mut merged = merge_maps(base, own);
    if let Data::Map(entries) = &mut merged.data {
        entries.retain(|(key, _)| key.name != "extends");
    }
    merged
}

fn merge_maps(base: Value, own: &Value) -> Value {
    let mut merged = own.clone();
    let (Data::Map(base), Data::Map(own)) = (base.data, &own.data) else {
        return merged;
    };
    let mut left: HashMap<&str, &(Key, Value)> = HashMap::with_capacity(own.len());
    left.extend(own.iter().map(|entry| (entry.0.name.as_str(), entry)));
    let mut entries: Vec<(Key, Value)> = Vec::with_capacity(base.len() + own.len());
    for (key, value) in base {
        entries.push(match left.remove(key.name.as_str()) {
            Some((own_key, own)) => (own_key.clone(), merge(&key, value, own)),
            None => (key, value),
        });
    }
    let is_left = |(key, _): &&(Key, Value)| left.contains_key(key.name.as_str());
    entries.extend(own.iter().filter(is_left).cloned());
    merged.data = Data::Map(entries);
    merged
}

fn merge(key: &Key, base: Value, own: &Value) -> Value {
    let name = key.name.as_str();
    if SETTINGS.contains(&name) {
        return merge_settings(key, &base, own);
    }
    match (&base.data, &own.data) {
        _ if REPLACED.contains(&name) => own.clone(),
        (Data::Map(_), Data::Map(_)) => merge_maps(base, own),
        (Data::List(_), Data::List(_)) if name == "volumes" => merge_mounts(base, own),
        (Data::List(before), Data::List(behind)) => {
            let items = before.iter().chain(behind).cloned().collect();
            Value::new(Data::List(items), own.at)
        }
        (_, Data::Null) => base,
        _ => own.clone(),
    }
}

fn merge_settings(key: &Key, base: &Value, own: &Value) -> Value {
    let read = |value: &Value| {
        let data = Data::Map(vec![(key.clone(), value.clone())]);
        let value = Value::new(data, own.at);
        let service = Service {
            name: "",
            at: own.at,
            value: &value,
        };
        service.settings(&key.name)
    };
    let own_settings = read(own);
    let mut settings = read(base);
    let names: HashSet<&str> = own_settings.iter().map(|it| it.name.as_str()).collect();
    settings.retain(|it| !names.contains(it.name.as_str()));
    let settings = settings.into_iter().chain(own_settings);
    let entries = settings.map(|Setting { name, at, value }| (Key { name, at }, value));
    Value::new(Data::Map(entries.collect()), own.at)
}

/// Of two mounts at the same path in the container, the own one counts.
fn merge_mounts(base: Value, own: &Value) -> Value {
    let targets: HashSet<String> = own.items().iter().filter_map(target).collect();
    let is_kept = |it: &&Value| target(it).is_none_or(|it| !targets.contains(&it));
    let items = base.items().iter().filter(is_kept).chain(own.items());
    Value::new(Data::List(items.cloned().collect()), own.at)
}

fn target(mount: &Value) -> Option<String> {
    super::service::mount(mount).map(|it| it.target)
}

#[cfg(test)]
mod tests {
    use super::super::entries;
    use super::merge_service;
    use crate::kubernetes::{Data, Value, read_value};
    use crate::source::FileId;

    fn value(text: &str) -> Value {
        read_value(FileId::from_index(0), text).0.expect("a value")
    }

    #[test]
    fn lists_grow_and_texts_are_replaced() {
        let base = value(
            "{image: a, command: x, ports: [1], environment: [A=1, B=2], volumes: ['aa:/a', 'bb:/b']}",
        );
        let own = value(
            "{command: z, ports: [2], environment: {B: '3'}, volumes: ['cc:/a'], extends: base}",
        );
        let merged = merge_service(base, &own);
        let names: Vec<_> = entries(Some(&merged))
            .iter()
            .map(|it| it.0.name.as_str())
            .collect();
        assert_eq!(
            names,
            ["image", "command", "ports", "environment", "volumes"]
        );
        let text = |path: &[&str]| merged.at_path(path).and_then(Value::text);
        assert_eq!(text(&["command"]), Some("z"));
        assert_eq!(text(&["environment", "A"]), Some("1"));
        assert_eq!(text(&["environment", "B"]), Some("3"));
        let items = |name| merged.get(name).map(Value::items).unwrap_or_default();
        assert!(
            matches!(items("ports"), [one, two] if matches!((&one.data, &two.data), (Data::Int(1), Data::Int(2))))
        );
        let mounts: Vec<_> = items("volumes").iter().filter_map(Value::text).collect();
        assert_eq!(mounts, ["bb:/b", "cc:/a"]);
    }
}
