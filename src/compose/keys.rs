//! The keys that compose files may have.
//!
//! Source: the Compose Specification. Keys that begin with `x-` are free.

use super::entries;
use super::rules::unknown_compose_key as unknown;
use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Value};
use crate::suggest::nearest;

/// The keys at the top level.
const TOP: &[&str] = &[
    "configs", "include", "models", "name", "networks", "secrets", "services", "version", "volumes",
];

/// The keys of a service.
const SERVICE: &[&str] = &[
    "annotations",
    "attach",
    "blkio_config",
    "build",
    "cap_add",
    "cap_drop",
    "cgroup",
    "cgroup_parent",
    "command",
    "configs",
    "container_name",
    "cpu_count",
    "cpu_percent",
    "cpu_period",
    "cpu_quota",
    "cpu_rt_period",
    "cpu_rt_runtime",
    "cpu_shares",
    "cpus",
    "cpuset",
    "credential_spec",
    "depends_on",
    "deploy",
    "develop",
    "device_cgroup_rules",
    "devices",
    "dns",
    "dns_opt",
    "dns_search",
    "domainname",
    "driver_opts",
    "entrypoint",
    "env_file",
    "environment",
    "expose",
    "extends",
    "external_links",
    "extra_hosts",
    "gpus",
    "group_add",
    "healthcheck",
    "hostname",
    "image",
    "init",
    "ipc",
    "isolation",
    "label_file",
    "labels",
    "links",
    "logging",
    "mac_address",
    "mem_limit",
    "mem_reservation",
    "mem_swappiness",
    "memswap_limit",
    "models",
    "network_mode",
    "networks",
    "oom_kill_disable",
    "oom_score_adj",
    "pid",
    "pids_limit",
    "platform",
    "ports",
    "post_start",
    "pre_stop",
    "privileged",
    "profiles",
    "provider",
    "pull_policy",
    "pull_refresh_after",
    "read_only",
    "restart",
    "runtime",
    "scale",
    "secrets",
    "security_opt",
    "shm_size",
    "stdin_open",
    "stop_grace_period",
    "stop_signal",
    "storage_opt",
    "sysctls",
    "tmpfs",
    "tty",
    "ulimits",
    "use_api_socket",
    "user",
    "userns_mode",
    "uts",
    "volumes",
    "volumes_from",
    "working_dir",
];

/// Reports the keys of the file `root` that are probably misspelt or misplaced.
/// A key that is like none that is known may be newer than this list.
pub(super) fn check(root: &Value, diagnostics: &mut Vec<Diagnostic>) {
    let has_services = matches!(root.get("services").map(|it| &it.data), Some(Data::Map(_)));
    for (key, _) in entries(Some(root)) {
        let name = key.name.as_str();
        if TOP.contains(&name) || name.starts_with("x-") {
            continue;
        }
        if has_services && SERVICE.contains(&name) {
            diagnostics.push(unknown::outside_services(name, key.at));
        } else if let Some(meant) = meant(name, root, TOP) {
            diagnostics.push(unknown::diagnostic(name, meant, None, key.at));
        }
    }
    for (service, value) in entries(root.get("services")) {
        for (key, _) in entries(Some(value)) {
            let name = key.name.as_str();
            if SERVICE.contains(&name) || name.starts_with("x-") {
                continue;
            }
            if let Some(meant) = meant(name, value, SERVICE) {
                let service = Some(service.name.as_str());
                diagnostics.push(unknown::diagnostic(name, meant, service, key.at));
            }
        }
    }
}

/// The key that `name` is probably meant to be: one that the mapping lacks.
fn meant(name: &str, mapping: &Value, known: &'static [&'static str]) -> Option<&'static str> {
    nearest(name, known.iter().copied()).filter(|it| mapping.get(it).is_none())
}
