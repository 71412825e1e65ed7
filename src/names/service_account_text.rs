//! A text where the name of a service account is wanted, and what it is instead.

use std::ops::Range;

use super::service_account::{ServiceAccountError, ServiceAccountName};

/// What a text that should name a Kubernetes service account is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServiceAccountText {
    /// A name.
    Name(ServiceAccountName),
    /// A text from a document, to be filled in.
    Placeholder,
    /// The ARN of an IAM role or user.
    Arn,
    /// The e-mail address of a Google service account.
    Email,
    /// A name with its namespace: `namespace/name`, or the name of its user,
    /// `system:serviceaccount:namespace:name`. The ranges are bytes of the text.
    Namespaced {
        /// The namespace.
        namespace: Range<usize>,
        /// The name alone.
        name: Range<usize>,
    },
    /// Nothing that is known by itself.
    Invalid(ServiceAccountError),
}

impl ServiceAccountText {
    /// Tells what `text` is.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let trimmed = text.trim();
        if is_placeholder(trimmed) {
            return Self::Placeholder;
        }
        if trimmed.starts_with("arn:") {
            return Self::Arn;
        }
        if trimmed.contains('@') {
            return Self::Email;
        }
        if let Some(namespaced) = namespaced(text) {
            return namespaced;
        }
        ServiceAccountName::parse(text).map_or_else(Self::Invalid, Self::Name)
    }
}

/// `namespace/name`, and with `system:serviceaccount:`, `serviceaccount/` and the like before it.
fn namespaced(text: &str) -> Option<ServiceAccountText> {
    let separator = text.rfind(['/', ':'])?;
    let name = separator + 1..text.len();
    let before = &text[..separator];
    let start = before.rfind(['/', ':']).map_or(0, |at| at + 1);
    Some(ServiceAccountText::Namespaced {
        namespace: start..separator,
        name,
    })
}

fn is_placeholder(text: &str) -> bool {
    if text.contains(['<', '>', '{', '}', '$', '%']) {
        return true;
    }
    let words: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let words = words.to_ascii_lowercase();
    let words: Vec<_> = words.split_whitespace().collect();
    // Real accounts may be named `service-account`; capitals say that it is to be replaced.
    let is_label = text.contains(|c: char| c.is_ascii_uppercase())
        && !text.contains(|c: char| c.is_ascii_lowercase());
    let is_general = |word: &&str| {
        let general = [
            "service",
            "account",
            "serviceaccount",
            "name",
            "sa",
            "ksa",
            "k8s",
            "kubernetes",
        ];
        general.contains(word)
    };
    is_label && words.iter().all(is_general)
        || words
            .first()
            .is_some_and(|it| ["your", "changeme", "todo", "fixme", "placeholder"].contains(it))
        || words == ["change", "me"]
        || words == ["name", "of", "service", "account"]
}

#[cfg(test)]
mod tests {
    use super::ServiceAccountText::{self, Arn, Email, Invalid, Name, Namespaced, Placeholder};

    #[test]
    fn texts_are_told_apart() {
        let kind = |text| match ServiceAccountText::of(text) {
            Name(_) => "name",
            Placeholder => "placeholder",
            Arn => "arn",
            Email => "email",
            Namespaced { name, .. } => &text[name],
            Invalid(_) => "invalid",
        };
        let cases = [
            ("raftt-ecr", "name"),
            ("default", "name"),
            ("service-account", "name"),
            ("your-team.reader", "placeholder"),
            ("yours", "name"),
            ("<name of service account>", "placeholder"),
            ("${SERVICE_ACCOUNT}", "placeholder"),
            ("SERVICE_ACCOUNT_NAME", "placeholder"),
            ("change-me", "placeholder"),
            ("name of service account", "placeholder"),
            ("arn:aws:iam::123456789012:role/x", "arn"),
            ("arn:aws-cn:iam::123456789012:role/a/b", "arn"),
            ("reader@example.iam.gserviceaccount.com", "email"),
            ("my-ns/my-sa", "my-sa"),
            ("system:serviceaccount:ns:sa", "sa"),
            ("serviceaccount/sa", "sa"),
            ("ecr_reader", "invalid"),
            ("Ecr-Reader", "invalid"),
            ("ECR_READER", "invalid"),
            ("-x", "invalid"),
            ("", "invalid"),
        ];
        for (text, expected) in cases {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
