//! Hosts of the developer's machine.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{LocalHost, MistakeKind};
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is listed that is local to a machine.
    ///
    /// ## Why is this wrong?
    /// The environment controller runs in a pod. There, `localhost` is the pod itself, and
    /// private addresses and names like `host.docker.internal` are not the machine that they
    /// are at home. Images built into minikube's own Docker are in no registry at all: for
    /// them, `searchLocalDockerRegistry` has the controller look in the node's image store.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "localhost:5000",  # error: "localhost"
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "registry.example.com:5000",
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "local-registry" {
        severity: Error, since: "0.1.0", catalogue: ["H23"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::Local(local) => Some(*local),
            _ => None,
        });
        for (found, range) in found {
            let host = listed.clean();
            let what = match found {
                LocalHost::Loopback => "is the pod itself when the controller asks for it",
                LocalHost::PrivateAddress => {
                    "is a private address, which means another machine in the cluster"
                }
                LocalHost::DeveloperMachine => {
                    "names your own machine, which the cluster does not reach"
                }
            };
            diagnostics.push(listed.at(&RULE, range, format!("`{host}` {what}")).help(
                "list a name that the cluster reaches; for images built into minikube's Docker, set \
                 `searchLocalDockerRegistry: true` instead",
            ));
        }
    }
}
