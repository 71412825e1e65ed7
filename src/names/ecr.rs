//! Hosts of private ECR registries.
//!
//! Source: the host pattern of amazon-ecr-credential-helper
//! (`ecr-login/api/client.go`), which the kubelet's ECR credential provider
//! uses as well. It accepts more than AWS documents: any region, and both
//! spellings with either kind of suffix.

use super::aws::Partition;

/// What the hosts of private ECR registries end in.
const SUFFIXES: &[&str] = &[
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.eu",
    "on.aws",
    "on.amazonwebservices.com.cn",
    "sc2s.sgov.gov",
    "c2s.ic.gov",
    "cloud.adc-e.uk",
    "csp.hci.ic.gov",
];

/// The hosts of ECR Public.
pub(super) const PUBLIC_HOSTS: &[&str] = &["public.ecr.aws", "ecr-public.aws.com"];

/// The host of a private ECR registry: `ACCOUNT.dkr.ecr.REGION.SUFFIX`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EcrHost {
    /// The AWS account: twelve digits.
    pub account_id: String,
    /// The region, as written; see [`EcrHost::partition`].
    pub region: String,
    /// What the host ends in.
    pub suffix: &'static str,
    /// Whether it is the endpoint with FIPS 140 cryptography.
    pub fips: bool,
    /// Whether it is spelt `dkr-ecr`, as dual-stack hosts are.
    pub has_hyphen: bool,
}

impl EcrHost {
    /// Takes `host` apart, if it is the host of a private ECR registry. It has
    /// no port.
    #[must_use]
    pub fn parse(host: &str) -> Option<Self> {
        let (account_id, rest) = host.split_once('.')?;
        let is_account = account_id.len() == 12 && account_id.bytes().all(|b| b.is_ascii_digit());
        let (rest, has_hyphen) = match rest.strip_prefix("dkr.ecr") {
            Some(rest) => (rest, false),
            None => (rest.strip_prefix("dkr-ecr")?, true),
        };
        let (rest, fips) = match rest.strip_prefix("-fips") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let (region, suffix) = rest.strip_prefix('.')?.split_once('.')?;
        let is_region = region.starts_with(|c: char| c.is_ascii_alphanumeric())
            && region
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let suffix = SUFFIXES.iter().find(|known| **known == suffix)?;
        (is_account && is_region).then(|| Self {
            account_id: account_id.to_owned(),
            region: region.to_owned(),
            suffix,
            fips,
            has_hyphen,
        })
    }

    /// The partition that the region belongs to by its form, else the one that
    /// the suffix belongs to.
    #[must_use]
    pub fn partition(&self) -> &'static Partition {
        let by_suffix = || {
            Partition::all().iter().find(|partition| {
                partition.suffix == self.suffix || partition.dual_stack_suffix == Some(self.suffix)
            })
        };
        // The suffixes are all some partition's, so the first is never taken.
        Partition::of_region(&self.region)
            .or_else(by_suffix)
            .unwrap_or(&Partition::all()[0])
    }

    /// Whether the suffix is one for dual-stack hosts, which answer over IPv6 too.
    #[must_use]
    pub fn is_dual_stack(&self) -> bool {
        Partition::all()
            .iter()
            .any(|partition| partition.dual_stack_suffix == Some(self.suffix))
    }

    /// The suffix that the region's partition has for this kind of host; none
    /// where the partition has no dual-stack hosts.
    #[must_use]
    pub fn expected_suffix(&self) -> Option<&'static str> {
        let partition = self.partition();
        if self.is_dual_stack() {
            partition.dual_stack_suffix
        } else {
            Some(partition.suffix)
        }
    }

    /// Whether ECR has a FIPS endpoint in the region.
    #[must_use]
    pub fn has_fips_endpoint(&self) -> bool {
        self.partition()
            .fips_regions
            .contains(&self.region.as_str())
    }

    /// The first version of the credential helper that knows such hosts, for
    /// kinds that came after its first releases. Source: its CHANGELOG.
    #[must_use]
    pub fn minimum_helper_version(&self) -> Option<&'static str> {
        match self.partition().name {
            _ if self.has_hyphen || self.is_dual_stack() => Some("0.10.0"),
            "aws-eusc" => Some("0.11.0"),
            "aws-iso-e" | "aws-iso-f" => Some("0.9.0"),
            "aws-iso" | "aws-iso-b" => Some("0.8.0"),
            _ => None,
        }
    }
}
