//! Hosts of AWS.

use super::{Found, MistakeKind, RegistryMistake};
use crate::names::aws::Partition;
use crate::names::ecr::EcrHost;
use crate::suggest::nearest;

/// Looks at the parts of a private ECR host that begins at byte `at`.
pub(super) fn of_registry(ecr: &EcrHost, host: &str, at: usize, found: &mut Found) {
    // The region and the suffix stand at the end of the host.
    let suffix = at + host.len() - ecr.suffix.len()..at + host.len();
    let region = suffix.start - 1 - ecr.region.len()..suffix.start - 1;
    if let Some(meant) = Partition::region_of_zone(&ecr.region) {
        let meant = meant.to_owned();
        found.add(MistakeKind::Zone { region: meant }, region);
        return;
    }
    if !Partition::is_known_region(&ecr.region) {
        found.add(MistakeKind::Region, region.clone());
    }
    let partition = Partition::of_region(&ecr.region);
    if let Some(partition) = partition
        && ecr.expected_suffix() != Some(ecr.suffix)
    {
        let kind = MistakeKind::Partition {
            partition: partition.name,
            suffix: ecr.expected_suffix(),
        };
        found.add(kind, suffix);
        return;
    }
    if ecr.has_hyphen != ecr.is_dual_stack() {
        let meant = MistakeKind::MixedEndpoint {
            meant: documented(ecr),
        };
        found.add(meant, at..at + host.len());
        return;
    }
    if ecr.fips && Partition::is_known_region(&ecr.region) && !ecr.has_fips_endpoint() {
        if let Some(fips) = host.find("-fips") {
            found.add(MistakeKind::NoFips, at + fips..at + fips + "-fips".len());
        }
        return;
    }
    if let Some(version) = ecr.minimum_helper_version() {
        found.add(MistakeKind::NewHelper { version }, at..at + host.len());
    }
}

/// The host with the spelling that AWS documents for its suffix.
fn documented(ecr: &EcrHost) -> String {
    let separator = if ecr.is_dual_stack() { '-' } else { '.' };
    let fips = if ecr.fips { "-fips" } else { "" };
    let EcrHost {
        account_id,
        region,
        suffix,
        ..
    } = ecr;
    format!("{account_id}.dkr{separator}ecr{fips}.{region}.{suffix}")
}

/// What is wrong with a host that is no ECR host but looks like one.
pub(super) fn of_other(host: &str, at: usize) -> Option<RegistryMistake> {
    let labels: Vec<&str> = host.split('.').collect();
    let whole = at..at + host.len();
    let is_aws = host.ends_with("amazonaws.com")
        || host.ends_with("amazonaws.com.cn")
        || host.ends_with("amazonaws.eu")
        || host.ends_with(".on.aws");
    let is_ecr_label =
        |label: &&str| matches!(*label, "ecr" | "ecr-fips" | "dkr-ecr" | "dkr-ecr-fips");
    let has_ecr = labels.iter().any(is_ecr_label);
    let has_dkr = labels
        .iter()
        .any(|label| *label == "dkr" || label.starts_with("dkr-ecr"));
    let first_is_account =
        labels[0].len() >= 8 && labels[0].bytes().all(|byte| byte.is_ascii_digit());

    let is_api = labels[0] == "api" || is_ecr_label(&labels[0]);
    if is_aws && has_ecr && is_api && !has_dkr {
        let region = labels
            .iter()
            .find(|label| Partition::of_region(label).is_some());
        let region = region.map(|region| (*region).to_owned());
        return Some(RegistryMistake {
            kind: MistakeKind::EcrApi { region },
            range: whole,
        });
    }
    // An account id of the wrong length in a host that is right otherwise.
    let with_account = format!("000000000000.{}", labels[1..].join("."));
    if EcrHost::parse(&with_account).is_some() {
        return Some(RegistryMistake {
            kind: MistakeKind::AccountId,
            range: at..at + labels[0].len(),
        });
    }
    let looks_like_ecr = (has_dkr && has_ecr && !has_other_domain(&labels))
        || (is_aws && (has_dkr || has_ecr || first_is_account));
    looks_like_ecr.then(|| RegistryMistake {
        kind: MistakeKind::IncompleteEcr {
            meant: complete(&labels),
        },
        range: whole,
    })
}

/// Whether the host is spelt as those of ECR are, below a domain that is not Amazon's, as
/// the hosts of LocalStack are: `000000000000.dkr.ecr.us-east-1.localhost.localstack.cloud`.
fn has_other_domain(labels: &[&str]) -> bool {
    let region = labels.iter().position(|it| Partition::is_known_region(it));
    let domain = region.map_or(&[][..], |it| &labels[it + 1..]).join(".");
    let own = [
        "amazonaws.com",
        "amazonaws.com.cn",
        "amazonaws.eu",
        "on.aws",
    ];
    domain.contains('.') && !domain.contains("amazon") && nearest(&domain, own).is_none()
}

/// The host of the registry that the ARN of an ECR repository names.
pub(super) fn of_arn(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", _, "ecr", region, account, _] = *parts else {
        return None;
    };
    complete(&[account, region])
}

/// The ECR host that the account and the region among `labels` make.
fn complete(labels: &[&str]) -> Option<String> {
    let is_account = |label: &&&str| label.len() == 12 && label.bytes().all(|b| b.is_ascii_digit());
    let account = labels.iter().find(is_account)?;
    let region = labels
        .iter()
        .find(|label| Partition::is_known_region(label))?;
    let partition = Partition::of_region(region)?;
    Some(format!("{account}.dkr.ecr.{region}.{}", partition.suffix))
}
