//! Secrets of a type that nobody takes for an image pull secret.

use super::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::keychain::{Misfit, PullSecrets};
use crate::kubernetes::Value;
use crate::rule::declare_rule;

declare_rule! {
    /// A secret holds Docker's configuration and is no image pull secret.
    ///
    /// ## Why is this wrong?
    /// The kubelet and the environment controller read secrets of the types
    /// `kubernetes.io/dockerconfigjson`, with the key `.dockerconfigjson`, and
    /// `kubernetes.io/dockercfg`, with the key `.dockercfg`. Any other type, and any other
    /// pair, is passed over without a word, and pulls fail with a 401. `kubectl create secret
    /// generic` makes the type `Opaque` unless `--type` is given. A secret that only
    /// programs mount may have any type, so where no pod names it this is a warning.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github
    /// type: Opaque  # warning: "so it is no image pull secret"
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"username": "shop", "password": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "pull-secret-of-wrong-type" {
        severity: Error, since: "0.1.0", catalogue: ["S01", "S02"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(secrets) = context.held.secrets else {
        return;
    };
    for misfit in secrets.misfits() {
        let Misfit {
            name, ty, field, ..
        } = misfit;
        let ty = match ty {
            Some(ty) => format!("the type `{ty}`"),
            None => "no type, which means `Opaque`".to_owned(),
        };
        let message =
            format!("the secret `{name}` has `{field}` and {ty}, so it is no image pull secret");
        let help = match misfit.field_of_type {
            Some(own) => format!(
                "with this type the data is `{own}`; with `{field}` the type is `{}`",
                misfit.type_of_field
            ),
            None => format!(
                "delete it and make it anew with `--type={}`: a secret keeps its type",
                misfit.type_of_field
            ),
        };
        let is_certain = misfit.field_of_type.is_some() || context.held.is_named(name);
        let severity = match is_certain {
            true => Severity::Error,
            false => Severity::Warning,
        };
        let diagnostic = RULE.at(misfit.at, message).severity(severity).help(help);
        diagnostics.push(context.held.with_namers(diagnostic, name));
    }
    others(context, secrets, diagnostics);
}

/// Secrets that pods name and that hold nothing of the kind.
fn others(context: &Context<'_>, secrets: &PullSecrets, diagnostics: &mut Vec<Diagnostic>) {
    for object in context.namespace.iter().flat_map(|it| it.secrets.iter()) {
        let name = &object.name;
        let ty = object.value.get("type");
        let text = ty.and_then(Value::text).unwrap_or("Opaque");
        let is_reported = secrets.misfits().iter().any(|it| it.name == *name);
        let is_right = text.starts_with("kubernetes.io/dockerc");
        if !context.held.is_named(name) || is_right || is_reported {
            continue;
        }
        let message = format!("the secret `{name}` is no image pull secret: its type is `{text}`");
        let at = ty.map_or(object.value.at, |it| it.at);
        let diagnostic = RULE
            .at(at, message)
            .help("make one with `kubectl create secret docker-registry`");
        diagnostics.push(context.held.with_namers(diagnostic, name));
    }
}
