//! Parts of an object that have to be there, or to fit each other.

use super::{Check, field};
use crate::kubernetes::extract::CONTAINER_LISTS;
use crate::kubernetes::rules::{
    incomplete_manifest as incomplete, inconsistent_manifest as inconsistent,
};
use crate::kubernetes::types::ObjectType;
use crate::kubernetes::{Data, Key, Value};
use crate::suggest::nearest;

/// The specs of what keeps pods running, and finds them by their labels.
const CONTROLLERS: [&str; 4] = [
    "apps.v1.DaemonSetSpec",
    "apps.v1.DeploymentSpec",
    "apps.v1.ReplicaSetSpec",
    "apps.v1.StatefulSetSpec",
];

impl Check<'_> {
    /// Judges how the fields of `value`, which is of the type `ty`, fit together.
    pub(super) fn parts(&mut self, ty: &'static ObjectType, value: &Value, is_meant: bool) {
        match ty.name {
            "core.v1.PodSpec" => self.containers(value, is_meant),
            "batch.v1.JobSpec" => self.job(value, is_meant),
            name if CONTROLLERS.contains(&name) => self.controller(ty, value, is_meant),
            _ => {}
        }
    }

    fn containers(&mut self, pod: &Value, is_meant: bool) {
        let lists = CONTAINER_LISTS.iter().filter_map(|it| pod.get(it));
        let containers: Vec<&Value> = lists.flat_map(Value::items).collect();
        let mut seen: Vec<&Value> = Vec::new();
        for container in &containers {
            let Data::Map(entries) = &container.data else {
                continue;
            };
            let Some(name) = container.get("name") else {
                let at = entries.first().map_or(container.at, |(key, _)| key.at);
                let diagnostic = incomplete::container_without_name(at, is_meant);
                self.diagnostics.push(diagnostic);
                continue;
            };
            let Some(text) = name.text().filter(|it| !is_placeholder(it)) else {
                continue;
            };
            self.container_name(name);
            match seen.iter().find(|it| it.text() == Some(text)) {
                Some(first) => {
                    let diagnostic = inconsistent::same_name(text, name.at, first.at, is_meant);
                    self.diagnostics.push(diagnostic);
                }
                None => seen.push(name),
            }
        }
        self.mounts(pod, &containers);
    }

    /// Containers mount the volumes of their pod, which scripts may add to.
    fn mounts(&mut self, pod: &Value, containers: &[&Value]) {
        let volumes = pod.get("volumes");
        let listed = volumes.map(Value::items).unwrap_or_default();
        let names: Option<Vec<&str>> = listed
            .iter()
            .map(|it| it.get("name").and_then(Value::text))
            .collect();
        let is_readable = volumes.is_none_or(|it| matches!(it.data, Data::List(_) | Data::Null));
        let Some(mut names) =
            names.filter(|it| is_readable && !it.iter().any(|name| is_placeholder(name)))
        else {
            return;
        };
        let claims = std::mem::take(&mut self.claims);
        names.extend(claims.iter().map(String::as_str));
        for container in containers {
            let mounts = container.get("volumeMounts").map(Value::items);
            for mount in mounts.unwrap_or_default() {
                let Some(name) = mount.get("name") else {
                    continue;
                };
                let Some(text) = name.text().filter(|it| !is_placeholder(it)) else {
                    continue;
                };
                if !names.contains(&text) {
                    let meant = nearest(text, names.iter().copied());
                    let diagnostic = inconsistent::no_volume(text, meant, name.at);
                    self.diagnostics.push(diagnostic);
                }
            }
        }
        self.claims = claims;
    }

    /// The pods of jobs come to an end.
    fn job(&mut self, spec: &Value, is_meant: bool) {
        let Some(pod) = spec.at_path(&["template", "spec"]) else {
            return;
        };
        let Data::Map(entries) = &pod.data else {
            return;
        };
        match pod.get("restartPolicy").map(|it| (&it.data, it)) {
            None | Some((Data::Null, _)) => {
                let at = entries.first().map_or(pod.at, |(key, _)| key.at);
                let diagnostic = incomplete::job_without_policy(at, is_meant);
                self.diagnostics.push(diagnostic);
            }
            Some((Data::Text(text), policy)) if text.eq_ignore_ascii_case("Always") => {
                self.word("restartPolicy", &["OnFailure", "Never"], policy);
            }
            _ => {}
        }
    }

    /// Whether `text` is a restart policy, in whatever case, that the pods here do not take,
    /// which is told with what they are of.
    pub(super) fn takes_other_policies(&self, text: &str) -> bool {
        let is_around = |name: &str| self.around.iter().any(|(ty, _)| ty.name == name);
        let is_always = text.eq_ignore_ascii_case("Always");
        let is_known = is_always
            || ["OnFailure", "Never"]
                .iter()
                .any(|it| it.eq_ignore_ascii_case(text));
        match is_around("batch.v1.JobSpec") {
            true => is_always,
            false => is_known && !is_always && CONTROLLERS.iter().any(|it| is_around(it)),
        }
    }

    fn controller(&mut self, ty: &'static ObjectType, spec: &Value, is_meant: bool) {
        let Data::Map(entries) = &spec.data else {
            return;
        };
        let policy = spec.at_path(&["template", "spec", "restartPolicy"]);
        let is_of_jobs = |text: &str| {
            let policies = ["OnFailure", "Never"];
            policies.iter().any(|it| it.eq_ignore_ascii_case(text))
        };
        if let Some(policy) = policy.filter(|it| it.text().is_some_and(is_of_jobs)) {
            self.word("restartPolicy", &["Always"], policy);
        }
        let labels = spec.at_path(&["template", "metadata", "labels"]);
        let selector = spec.get("selector");
        let Some(selector) = selector.filter(|it| !matches!(it.data, Data::Null)) else {
            let at = entries.first().map_or(spec.at, |(key, _)| key.at);
            let words = field::words(ty);
            let what = words.trim_end_matches(" spec");
            let labels = labels.and_then(|it| self.text.get(it.at.range()));
            let labels = labels.filter(|it| it.starts_with('{') && !it.contains('\n'));
            let diagnostic = incomplete::without_selector(what, labels, at, is_meant);
            self.diagnostics.push(diagnostic);
            return;
        };
        let wanted = match selector.get("matchLabels").map(|it| &it.data) {
            Some(Data::Map(wanted)) => wanted.as_slice(),
            _ => &[],
        };
        let given: &[(Key, Value)] = match labels.map(|it| &it.data) {
            Some(Data::Map(given)) => given,
            None | Some(Data::Null) => &[],
            _ => return,
        };
        let is_open = |(key, value): &(Key, Value)| {
            is_placeholder(&key.name) || value.text().is_none_or(is_placeholder)
        };
        if wanted.iter().chain(given).any(is_open) {
            return;
        }
        for (key, value) in wanted {
            let label = given.iter().find(|(label, _)| label.name == key.name);
            let label = label.map(|(_, label)| label);
            if label.and_then(Value::text) != value.text() {
                let wanted = format!("{}: {}", key.name, value.text().unwrap_or_default());
                let diagnostic = inconsistent::selector(&wanted, value.at, label, is_meant);
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// Remembers the claims of a stateful set, which its pods have as volumes.
    pub(super) fn remember_claims(&mut self, ty: &ObjectType, value: &Value) {
        if ty.name != "apps.v1.StatefulSetSpec" {
            return;
        }
        let claims = value.get("volumeClaimTemplates").map(Value::items);
        let names = claims.unwrap_or_default().iter();
        let names = names.filter_map(|it| it.at_path(&["metadata", "name"])?.text());
        self.claims = names.map(str::to_owned).collect();
    }
}

fn is_placeholder(text: &str) -> bool {
    text.contains(['$', '{', '<', '%'])
}
