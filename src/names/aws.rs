//! AWS partitions and regions.
//!
//! Source of the tables: botocore 1.44.5, `partitions.json` and
//! `endpoints.json`; of the dual-stack suffixes: the ECR credential helper's
//! host pattern.

/// A part of AWS that has its own regions, accounts and domain names.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// The name, as in ARNs: `aws`, `aws-cn`.
    pub name: &'static str,
    /// What its ECR hosts end in.
    pub suffix: &'static str,
    /// What its dual-stack ECR hosts end in, if it has any.
    pub dual_stack_suffix: Option<&'static str>,
    /// What its regions begin with: all parts but the last two.
    region_prefixes: &'static [&'static str],
    /// The regions that are known. New ones come faster than this list.
    pub regions: &'static [&'static str],
    /// The regions that have ECR endpoints with FIPS 140 cryptography.
    pub fips_regions: &'static [&'static str],
}

/// Every partition.
static PARTITIONS: &[Partition] = &[
    Partition {
        name: "aws",
        suffix: "amazonaws.com",
        dual_stack_suffix: Some("on.aws"),
        region_prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        regions: &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "me-west-1",
            "mx-central-1",
            "sa-east-1",
            "sa-west-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
        fips_regions: &["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
    },
    Partition {
        name: "aws-cn",
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: Some("on.amazonwebservices.com.cn"),
        region_prefixes: &["cn"],
        regions: &["cn-north-1", "cn-northwest-1"],
        fips_regions: &[],
    },
    Partition {
        name: "aws-eusc",
        suffix: "amazonaws.eu",
        dual_stack_suffix: None,
        region_prefixes: &["eusc-de"],
        regions: &["eusc-de-east-1"],
        fips_regions: &[],
    },
    Partition {
        name: "aws-iso",
        suffix: "c2s.ic.gov",
        dual_stack_suffix: None,
        region_prefixes: &["us-iso"],
        regions: &["us-iso-east-1", "us-iso-west-1"],
        fips_regions: &[],
    },
    Partition {
        name: "aws-iso-b",
        suffix: "sc2s.sgov.gov",
        dual_stack_suffix: None,
        region_prefixes: &["us-isob"],
        regions: &["us-isob-east-1", "us-isob-west-1"],
        fips_regions: &[],
    },
    Partition {
        name: "aws-iso-e",
        suffix: "cloud.adc-e.uk",
        dual_stack_suffix: None,
        region_prefixes: &["eu-isoe"],
        regions: &["eu-isoe-west-1"],
        fips_regions: &[],
    },
    Partition {
        name: "aws-iso-f",
        suffix: "csp.hci.ic.gov",
        dual_stack_suffix: None,
        region_prefixes: &["us-isof"],
        regions: &["us-isof-east-1", "us-isof-south-1"],
        fips_regions: &[],
    },
    Partition {
        name: "aws-us-gov",
        suffix: "amazonaws.com",
        dual_stack_suffix: Some("on.aws"),
        region_prefixes: &["us-gov"],
        regions: &["us-gov-east-1", "us-gov-west-1"],
        fips_regions: &["us-gov-east-1", "us-gov-west-1"],
    },
];

impl Partition {
    /// Every partition.
    #[must_use]
    pub fn all() -> &'static [Self] {
        PARTITIONS
    }

    /// The partition whose regions look like `region`, known or not:
    /// `word-word-digits` after one of its prefixes.
    #[must_use]
    pub fn of_region(region: &str) -> Option<&'static Self> {
        let (rest, number) = region.rsplit_once('-')?;
        let (prefix, word) = rest.rsplit_once('-')?;
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let is_word =
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !is_number || !is_word {
            return None;
        }
        PARTITIONS
            .iter()
            .find(|partition| partition.region_prefixes.contains(&prefix))
    }

    /// Whether `region` is a region that is known.
    #[must_use]
    pub fn is_known_region(region: &str) -> bool {
        Self::regions().any(|known| known == region)
    }

    /// Every region that is known.
    pub fn regions() -> impl Iterator<Item = &'static str> {
        PARTITIONS.iter().flat_map(|it| it.regions).copied()
    }

    /// The region of an availability zone: `us-east-1` for `us-east-1a`.
    #[must_use]
    pub fn region_of_zone(zone: &str) -> Option<&str> {
        let region = zone.strip_suffix(|letter: char| letter.is_ascii_lowercase())?;
        region
            .ends_with(|letter: char| letter.is_ascii_digit())
            .then_some(())?;
        Self::of_region(region).map(|_| region)
    }
}
