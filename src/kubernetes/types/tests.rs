use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::*;

fn kind(api_version: &str, kind: &str) -> &'static ObjectType {
    similar_kind(api_version, kind).unwrap_or_else(|| panic!("{api_version} {kind} is not there"))
}

/// The type at the end of a script's path: `spec.template.spec.containers[0].command`.
fn ty(object: &'static ObjectType, path: &str) -> Type {
    let mut ty = Type::Object(object);
    for part in path.replace("[0]", ".0").split('.') {
        ty = match ty {
            Type::Object(object) => {
                let field = object.field(part);
                field
                    .unwrap_or_else(|| panic!("{part} in {}", object.name))
                    .ty
            }
            Type::List(items) | Type::Map(items) => items.ty(),
            _ => panic!("{part} in {ty:?}"),
        };
    }
    ty
}

#[test]
fn scripts_reach_every_depth() {
    let deployment = kind("apps/v1", "Deployment");
    let text = |path| ty(deployment, &format!("spec.template.spec.{path}"));
    assert_eq!(text("containers[0].working_dir"), Type::Text);
    assert_eq!(text("containers[0].resources.limits.cpu"), Type::Quantity);
    assert_eq!(
        text("containers[0].liveness_probe.http_get.port"),
        Type::IntOrText
    );
    assert_eq!(text("security_context.fs_group"), Type::Int);
    assert_eq!(text("host_aliases[0].ip"), Type::Text);
    assert_eq!(text("share_process_namespace"), Type::Bool);
    let Type::List(command) = text("containers[0].command") else {
        panic!("a command is a list");
    };
    assert_eq!(command.ty(), Type::Text);
    assert_eq!(text("init_containers[0]"), Type::Object(container()));
    assert_eq!(text("node_selector.disk"), Type::Text);
    assert_eq!(ty(kind("v1", "Pod"), "spec"), Type::Object(pod_spec()));
    let cron_job = "spec.job_template.spec.template.spec";
    assert_eq!(
        ty(kind("batch/v1", "CronJob"), cron_job),
        Type::Object(pod_spec())
    );
}

#[test]
fn names_are_what_a_person_would_write() {
    let cases = [
        ("hostIPs", "host_ips"),
        ("hostIP", "host_ip"),
        ("clusterIP", "cluster_ip"),
        ("clusterIPs", "cluster_ips"),
        ("externalIPs", "external_ips"),
        ("podCIDR", "pod_cidr"),
        ("fsGroup", "fs_group"),
        ("hostPID", "host_pid"),
        ("setHostnameAsFQDN", "set_hostname_as_fqdn"),
        ("nonResourceURLs", "non_resource_urls"),
        ("nonResourceURLsX", "non_resource_urls_x"),
        ("caBundle", "ca_bundle"),
        ("awsElasticBlockStore", "aws_elastic_block_store"),
        ("diskURI", "disk_uri"),
        ("tcpSocket", "tcp_socket"),
        ("IPBlock", "ip_block"),
    ];
    for (field, expected) in cases {
        assert_eq!(snake_case(field), expected);
        assert!(is_snake_case_of(expected, field), "{expected}");
    }
    for (name, field) in [
        ("host_i_ps", "hostIPs"),
        ("from_", "from"),
        ("_from", "from"),
    ] {
        assert!(is_snake_case_of(name, field), "{name}");
    }
    for (name, field) in [
        ("hostIPs", "hostIPs"),
        ("_name", "name"),
        ("livenes_probe", "livenessProbe"),
    ] {
        assert!(!is_snake_case_of(name, field), "{name}");
    }
}

#[test]
fn no_two_fields_of_a_type_have_one_name() {
    for object in TYPES.iter() {
        let names: BTreeSet<_> = object.fields().map(|it| it.snake()).collect();
        assert_eq!(names.len(), object.fields().count(), "{}", object.name);
        for field in object.fields() {
            let found = object.field(&field.snake()).map(|it| it.name);
            assert_eq!(found, Some(field.name), "{}", object.name);
        }
    }
}

#[test]
fn the_table_is_sorted_and_complete() {
    assert!(TYPES.is_sorted_by(|a, b| a.name < b.name));
    for line in TYPES.iter().flat_map(|it| it.lines.lines()) {
        let code = line.split('\t').nth(1).unwrap_or_default();
        let bare = code.trim_start_matches(['[', '{']);
        let is_known = named(bare).is_some();
        assert!(
            is_known || !bare.contains('.') && !bare.is_empty(),
            "{line}"
        );
    }
    assert_eq!(container().short_name(), "Container");
}

#[test]
fn kinds_are_found_in_every_version() {
    let known = [
        (
            "v1",
            "Pod ReplicationController ConfigMap Secret Service PersistentVolumeClaim PersistentVolume ServiceAccount PodTemplate Namespace",
        ),
        ("apps/v1", "Deployment StatefulSet DaemonSet ReplicaSet"),
        (
            "apps/v1beta2",
            "Deployment StatefulSet DaemonSet ReplicaSet",
        ),
        ("extensions/v1beta1", "Deployment DaemonSet ReplicaSet"),
        ("batch/v1", "Job CronJob"),
        ("batch/v1beta1", "CronJob"),
        ("networking.k8s.io/v1", "Ingress NetworkPolicy"),
        ("rbac.authorization.k8s.io/v1", "Role RoleBinding"),
        ("autoscaling/v1", "HorizontalPodAutoscaler"),
        ("autoscaling/v2", "HorizontalPodAutoscaler"),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler"),
        ("policy/v1", "PodDisruptionBudget"),
        ("policy/v1beta1", "PodDisruptionBudget"),
        ("storage.k8s.io/v1", "StorageClass"),
    ];
    for (api_version, kinds) in known {
        for name in kinds.split(' ') {
            kind(api_version, name);
            // The fields of older versions are not known.
            let is_known = !api_version.contains("beta");
            assert_eq!(
                of_kind(api_version, name).is_some(),
                is_known,
                "{api_version}"
            );
        }
    }
    let unknown = [
        ("v1", "Container"),
        ("v1", "Deployment"),
        ("apps.openshift.io/v1", "Deployment"),
        ("argoproj.io/v1alpha1", "Rollout"),
        ("networking.k8s.io/v1beta1", "Ingress"),
        ("gateway.networking.k8s.io/v1", "Ingress"),
        ("", ""),
    ];
    for (api_version, kind) in unknown {
        assert!(of_kind(api_version, kind).is_none(), "{api_version} {kind}");
    }
}

#[test]
fn fields_that_are_gone_are_still_known() {
    assert!(kind("v1", "Service").field("spec").is_some());
    assert!(named("core.v1.ServiceSpec").is_some_and(|it| it.field("topology_keys").is_some()));
}

#[test]
fn the_table_is_read_at_once() {
    let started = Instant::now();
    LazyLock::force(&TYPES);
    assert!(started.elapsed() < Duration::from_millis(50));
}
