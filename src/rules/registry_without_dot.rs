//! Names that no image's registry can be.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is a name without a dot and without a port.
    ///
    /// ## Why is this wrong?
    /// What stands before the first slash of an image is a registry only if it has a dot or a
    /// port, or is `localhost`. `harbor/app` is the repository `harbor/app` of Docker Hub, so
    /// an entry `harbor` is never found, even where the cluster knows a service of that name.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "harbor",  # error: "no image can name the registry `harbor`"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "harbor.example.com",
    ///     ],
    /// )
    /// ```
    "registry-without-dot" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::WithoutDot => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let host = listed.name();
            let message = format!(
                "no image can name the registry `{host}`: `{host}/app` is an image of Docker Hub"
            );
            diagnostics.push(listed.at(&RULE, range, message).help(format!(
                "write the host as your images do, with a dot or a port: `{host}.example.com`, \
                 `{host}:5000`"
            )));
        }
    }
}
