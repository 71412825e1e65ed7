//! What `gcp` relies on.

use super::{Identity, Requirement, RequirementKind, Subject};

pub(super) fn require(identity: Identity<'_>, requirements: &mut Vec<Requirement>) {
    let mut push = |kind, text| {
        requirements.push(Requirement {
            kind,
            subject: Subject::Gcp,
            text,
        });
    };
    let who = match identity {
        Identity::ServiceAccount(name) => {
            push(
                RequirementKind::ServiceAccount,
                format!("the service account `{name}` exists in the environment's namespace"),
            );
            push(RequirementKind::WorkloadIdentity, workload_identity(name));
            "that Google identity"
        }
        Identity::Node => {
            push(
                RequirementKind::NodeMetadata,
                "pods reach the metadata server of their node, since no service account is set and \
                 the node's own Google service account is used; its access scopes include \
                 `cloud-platform` or `devstorage.read_only`"
                    .to_owned(),
            );
            "the Google service account of the nodes"
        }
        Identity::Unknown => "the Google identity of the environment controller",
    };
    push(
        RequirementKind::GoogleRole,
        format!(
            "{who} has `roles/artifactregistry.reader` on the repositories; `gcr.io` is served by \
             Artifact Registry too"
        ),
    );
}

fn workload_identity(name: &str) -> String {
    format!(
        "the cluster has Workload Identity, and the service account stands for a Google identity: \
         either its annotation `iam.gke.io/gcp-service-account` names a Google service account that \
         grants `roles/iam.workloadIdentityUser` to \
         `serviceAccount:PROJECT.svc.id.goog[NAMESPACE/{name}]`, or, without any annotation, it is \
         granted roles directly as `principal://iam.googleapis.com/projects/NUMBER/locations/global/\
         workloadIdentityPools/PROJECT.svc.id.goog/subject/ns/NAMESPACE/sa/{name}`"
    )
}
