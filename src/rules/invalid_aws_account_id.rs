//! AWS account ids of the wrong length.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// The AWS account id in an ECR host has not 12 digits.
    ///
    /// ## Why is this wrong?
    /// An AWS account id is a text of exactly 12 digits. Zeros at its beginning count; they
    /// are lost when the id was a number on its way, in a spreadsheet, in YAML or in a script.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "12345678901.dkr.ecr.us-east-1.amazonaws.com",  # error: "11 digits"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "012345678901.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "invalid-aws-account-id" {
        severity: Error, since: "0.1.0", catalogue: ["H10", "H11"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::AccountId => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let account = &mention.text.value[range.clone()];
            let digits = account.bytes().filter(u8::is_ascii_digit).count();
            let message = if digits < account.len() {
                format!("`{account}` is no AWS account id: it has 12 digits and nothing else")
            } else {
                format!("`{account}` has {digits} digits, but an AWS account id has 12")
            };
            let diagnostic = mention.at(&RULE, range.clone(), message);
            let plain = account.replace('-', "");
            let is_account = plain.len() == 12 && plain.bytes().all(|it| it.is_ascii_digit());
            if is_account {
                let diagnostic = diagnostic.help(format!("write `{plain}`"));
                diagnostics.push(mention.guess(
                    diagnostic,
                    "write the digits alone",
                    &[(range, &plain)],
                ));
                continue;
            }
            diagnostics.push(if digits == 11 && account.len() == 11 {
                let padded = format!("0{account}");
                let diagnostic = diagnostic.help(format!(
                    "was it a number once? a zero at its beginning is lost then: `{padded}`"
                ));
                mention.guess(diagnostic, "add the zero", &[(range, &padded)])
            } else {
                diagnostic.help("`aws sts get-caller-identity` prints your account id")
            });
        }
    }
}
