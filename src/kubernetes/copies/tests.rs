use super::*;
use crate::kubernetes::read::read;
use crate::kubernetes::{Container, Image, Workload, workloads};
use crate::source::SourceMap;

/// The workloads in `text` that are no copies, each as `Kind/name: images`.
fn shown(text: &str) -> Vec<String> {
    let mut map = SourceMap::default();
    let file = map.add("a.yaml", text);
    let objects = without_copies(read(file, text).objects);
    let image = |it: &Container| match &it.image {
        Image::Reference(it) => it.value.clone(),
        other => format!("{other:?}"),
    };
    let shown = |it: &Workload| {
        let images: Vec<_> = it.containers.iter().map(image).collect();
        format!("{}/{}: {}", it.kind, it.name, images.join(" "))
    };
    workloads(&objects).iter().map(shown).collect()
}

/// An object whose pods run `images`.
fn object(
    kind: &str,
    name: &str,
    owner: Option<(&str, &str)>,
    more: &str,
    images: &[&str],
) -> String {
    let owner = owner.map_or(String::new(), |(kind, name)| {
        format!("  ownerReferences: [{{kind: {kind}, name: {name}, uid: {name}-1}}]\n")
    });
    let containers = images.iter().enumerate();
    let containers: String = containers
        .map(|(i, it)| format!("{{name: c{i}, image: {it}}}, "))
        .collect();
    let pod = format!("{{containers: [{containers}]}}");
    let spec = match kind {
        "Pod" => pod,
        "CronJob" => format!("{{jobTemplate: {{spec: {{template: {{spec: {pod}}}}}}}}}"),
        _ => format!("{{{more}template: {{spec: {pod}}}}}"),
    };
    format!(
        "---\nkind: {kind}\nmetadata:\n  name: {name}\n  uid: {name}-1\n  labels: {{pod-template-hash: '5d8f'}}\n{owner}spec: {spec}\n"
    )
}

#[test]
fn copies_are_their_owners() {
    let text = [
        object("Deployment", "web", None, "", &["x:2"]),
        object(
            "ReplicaSet",
            "web-5d8f",
            Some(("Deployment", "web")),
            "replicas: 2, ",
            &["x:2"],
        ),
        object(
            "ReplicaSet",
            "web-old",
            Some(("Deployment", "web")),
            "replicas: 0, ",
            &["x:1"],
        ),
        object(
            "Pod",
            "web-5d8f-a",
            Some(("ReplicaSet", "web-5d8f")),
            "",
            &["x:2"],
        ),
        object("CronJob", "nightly", None, "", &["nn"]),
        object(
            "Job",
            "nightly-1",
            Some(("CronJob", "nightly")),
            "",
            &["nn"],
        ),
        object(
            "Pod",
            "nightly-1-a",
            Some(("Job", "nightly-1")),
            "",
            &["nn"],
        ),
        object("StatefulSet", "db", None, "", &["d"]),
        object("Pod", "db-0", Some(("StatefulSet", "db")), "", &["d"]),
        object("Pod", "alone", None, "", &["yy"]),
        object(
            "Pod",
            "stray",
            Some(("ReplicaSet", "gone-5d8f")),
            "",
            &["z"],
        ),
    ];
    let expected = [
        "Deployment/web: x:2",
        "CronJob/nightly: nn",
        "StatefulSet/db: d",
        "Pod/alone: yy",
        "Pod/stray: z",
    ];
    assert_eq!(shown(&text.concat()), expected);
}

#[test]
fn the_replica_set_between_may_be_left_out() {
    let text = [
        object("Deployment", "web", None, "", &["x"]),
        object(
            "Pod",
            "web-5d8f-a",
            Some(("ReplicaSet", "web-5d8f")),
            "",
            &["x"],
        ),
        object(
            "Pod",
            "web-5d8f-b",
            Some(("ReplicaSet", "web-5d8f")),
            "",
            &["x", "sidecar"],
        ),
        object(
            "Pod",
            "web-5d8f-c",
            Some(("ReplicaSet", "web-5d8f")),
            "",
            &["x", "sidecar"],
        ),
    ];
    let expected = ["Deployment/web: x", "Pod/web-5d8f-b: sidecar"];
    assert_eq!(shown(&text.concat()), expected);
}

#[test]
fn an_owner_of_another_life_is_none() {
    let text = [
        object("StatefulSet", "db", None, "", &["d"]),
        object("Pod", "db-0", Some(("StatefulSet", "db")), "", &["d"])
            .replace("uid: db-1}", "uid: db-0}"),
    ];
    assert_eq!(shown(&text.concat()), ["StatefulSet/db: d", "Pod/db-0: d"]);
}

#[test]
fn owners_in_a_circle_own_nothing() {
    let text = [
        object("Job", "a", Some(("Job", "b")), "", &["x"]),
        object("Job", "b", Some(("Job", "a")), "", &["x"]),
    ];
    assert_eq!(shown(&text.concat()), ["Job/a: x", "Job/b: x"]);
}
