//! Roles that cannot be taken.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::EcrHost;
use crate::rule::declare_rule;

declare_rule! {
    /// The role of the service account is no ARN of an IAM role, or of another partition.
    ///
    /// ## Why is this wrong?
    /// The annotation `eks.amazonaws.com/role-arn` names the role as
    /// `arn:aws:iam::ACCOUNT:role/NAME`. With anything else, taking the role fails, and
    /// the helper says only that it found no credentials. A role of one partition (`aws`,
    /// `aws-cn`, `aws-us-gov`) has no access to registries of another.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller  # error: "is no ARN of an IAM role"
    /// ```
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: raftt-controller
    ///   annotations:
    ///     eks.amazonaws.com/role-arn: arn:aws:iam::ACCOUNT_ID:role/raftt
    /// ```
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: raftt-controller
    ///   annotations:
    ///     eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/raftt
    /// ```
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    "invalid-role-arn" {
        severity: Error, since: "0.1.0", needs: Namespace, catalogue: ["K04"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some((entry, annotations)) = context.annotations() else {
        return;
    };
    let mut annotations = annotations.iter();
    let role = annotations.find(|(key, _)| key.name == "eks.amazonaws.com/role-arn");
    let Some((_, value)) = role else { return };
    let text = value.text().unwrap_or_default();
    // Charts leave it empty for other clouds, which counts as not set.
    if text.is_empty() {
        return;
    }
    let account = &entry.value.value;
    let Some(partition) = partition(text) else {
        diagnostics.push(
            RULE.at(
                entry.value.span,
                format!("the role of `{account}`, `{text}`, is no ARN of an IAM role"),
            )
            .help("write `arn:aws:iam::ACCOUNT:role/NAME` with the 12 digits of the account")
            .also(value.at, "it is set here"),
        );
        return;
    };
    let other = context
        .listed
        .iter()
        .filter(|it| it.is_planned)
        .find_map(|listed| {
            let host = EcrHost::parse(&listed.clean())?;
            let registry = host.partition().name;
            (registry != partition).then_some((listed, registry))
        });
    if let Some((listed, registry)) = other {
        diagnostics.push(
            RULE.at(
                entry.value.span,
                format!(
                    "the role of `{account}` is of the partition `{partition}`, the registry of `{registry}`"
                ),
            )
            .help(format!("use a role of the partition `{registry}`"))
            .also(value.at, "the role")
            .also(listed.text().span, "the registry"),
        );
    }
}

/// The partition of the ARN of an IAM role; none for anything else.
fn partition(arn: &str) -> Option<&str> {
    let rest = arn.strip_prefix("arn:")?;
    let (partition, rest) = rest.split_once(":iam::")?;
    let (account, role) = rest.split_once(":role/")?;
    let is_account = account.len() == 12 && account.bytes().all(|it| it.is_ascii_digit());
    let is_partition = partition == "aws" || partition.starts_with("aws-");
    (is_partition && is_account && !role.is_empty()).then_some(partition)
}
