//! Names that no service account can have.

use super::Context;
use crate::diagnostic::{Diagnostic, Safety};
use crate::names::{ServiceAccountError, ServiceAccountName, ServiceAccountText};
use crate::rule::declare_rule;

declare_rule! {
    /// No service account can have this name.
    ///
    /// ## Why is this wrong?
    /// Kubernetes takes lower-case letters, digits, `-` and `.` in the names of service
    /// accounts, up to 253 of them, and each part between dots begins and ends with a
    /// letter or digit. An account of another name cannot exist.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: ECR_Reader  # error: "`E` is no lower-case letter"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "invalid-service-account-name" {
        severity: Error, since: "0.1.0", catalogue: ["Y09"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(entry) = context.service_account() else {
        return;
    };
    let written = &entry.value.value;
    let ServiceAccountText::Invalid(error) = ServiceAccountText::of(written) else {
        return;
    };
    let shown = match written.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written.clone(),
    };
    let wrong = match error {
        ServiceAccountError::BadCharacter { character, at } => at..at + character.len_utf8(),
        ServiceAccountError::BadEdge { at } if at < written.len() => at..at + 1,
        _ => 0..written.len(),
    };
    let span = context.sources.inside(entry.value.span, written, wrong);
    let message = format!("`{shown}` cannot name a service account: {error}");
    let diagnostic = RULE.at(span.unwrap_or(entry.value.span), message);
    let guess = guess(written);
    diagnostics.push(match guess {
        Some(guess) => diagnostic
            .help(format!(
                "is it `{guess}`? `kubectl get serviceaccounts` lists the accounts"
            ))
            .fix(
                Safety::Unsafe,
                format!("write `{guess}`"),
                entry.value.span,
                guess,
            ),
        None => diagnostic.help("`kubectl get serviceaccounts` lists the accounts"),
    });
}

/// A valid name that is spelled alike.
fn guess(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let guess: String = lower
        .chars()
        .map(|c| if c == '_' || c == ' ' { '-' } else { c })
        .collect();
    let guess = guess.trim_matches(['-', '.', '“', '”', '‘', '’', '"', '\'']);
    ServiceAccountName::parse(guess)
        .is_ok()
        .then(|| guess.to_owned())
}
