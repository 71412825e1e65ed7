//! Ports behind the hosts of clouds.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// The host of an ECR or Google registry has a port.
    ///
    /// ## Why is this wrong?
    /// These registries answer on the standard port, and their images name no port. `host:443`
    /// is another entry than `host`, and is never found.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com:443",  # error: "no port"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "cloud-registry-with-port" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::CloudPort => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let host = mention.name();
            let diagnostic = mention
                .at(
                    &RULE,
                    range.clone(),
                    format!("`{host}` has no port in image names"),
                )
                .help(format!("write `{host}`"));
            diagnostics.push(mention.fix(diagnostic, "remove the port", &[(range, "")]));
        }
    }
}
