use super::*;
use crate::kubernetes::read::read;
use crate::source::SourceMap;

/// The workloads in `text`, each as `Kind/name: images`.
fn shown(text: &str) -> Vec<String> {
    let mut map = SourceMap::default();
    let file = map.add("a.yaml", text);
    let objects = read(file, text).objects;
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
fn containers_of_all_kinds_are_found() {
    let text = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  serviceAccount: old
  imagePullSecrets: [{name: one}, {name: two}, {}]
  ephemeralContainers: [{name: debug, image: e}]
  containers: [{name: main, image: m, imagePullPolicy: Never}, {name: none}]
  initContainers: [{name: first, image: i}]
";
    assert_eq!(shown(text), ["Pod/a: i m Absent e"]);
    let mut map = SourceMap::default();
    let file = map.add("a.yaml", text);
    let found = &workloads(&read(file, text).objects)[0];
    let account = found.service_account.as_ref().map(|it| it.value.as_str());
    assert_eq!(account, Some("old"));
    let secrets: Vec<_> = found
        .image_pull_secrets
        .iter()
        .map(|it| &it.value)
        .collect();
    assert_eq!(secrets, ["one", "two"]);
    let policy = found.containers[1].image_pull_policy.as_ref();
    assert_eq!(policy.map(|it| it.value.as_str()), Some("Never"));
    assert_eq!(&text[found.at.range()], "a");
}

#[test]
fn every_kind_that_runs_pods_is_a_workload() {
    let kinds = [
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "ReplicaSet",
        "ReplicationController",
        "Job",
        "CronJob",
        "Rollout",
        "Pod",
    ];
    for kind in kinds {
        let text = object(kind, "a", None, "", &["x"]);
        assert_eq!(shown(&text), [format!("{kind}/a: x")]);
    }
    let none = "kind: Service\napiVersion: v1\nmetadata: {name: a}\nspec: {ports: []}\n";
    assert!(shown(none).is_empty());
    let other = "kind: Template\nmetadata: {name: a}\nspec: {template: {spec: {image: x}}}\n";
    assert!(shown(other).is_empty());
}
