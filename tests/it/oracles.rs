//! What the field's own tools answer, as tables: every case is met, or is one
//! of the few that are deliberately not followed, with the reason.

use raftt_config::names::{
    EcrHost, GoogleHost, ImageReference, Partition, RegistryHost, RegistryKind, RegistryText,
    parse_any, parse_reference,
};
use serde_json::{Value, json};

use crate::golden::repository;

mod kubelet;

/// Runs every case of `file` through `answer`, which gives what the case should expect
/// for its function and its text; see [`check_cases`].
fn check(
    file: &str,
    not_followed: &[(&str, &str)],
    answer: impl Fn(&str, &str, &Value) -> Option<Value>,
) {
    check_cases(file, not_followed, |case| {
        let function = case["fn"].as_str().unwrap_or_default();
        let input = case["input"].as_str().unwrap_or_default();
        answer(function, input, &case["expected"])
    });
}

/// Runs every case of `file` through `answer`, which gives what the case should
/// expect, or nothing to leave the case to `not_followed`: reasons by the function that
/// the case is about. A reason without a case is a failure.
fn check_cases(
    file: &str,
    not_followed: &[(&str, &str)],
    answer: impl Fn(&Value) -> Option<Value>,
) {
    let oracle = read(file);
    let mut failures = Vec::new();
    let mut skipped = vec![false; not_followed.len()];
    let cases = oracle["cases"].as_array().expect("the oracle has cases");
    assert!(!cases.is_empty());
    for case in cases {
        let function = case["fn"].as_str().unwrap_or_default();
        let (input, expected) = (&case["input"], &case["expected"]);
        match answer(case) {
            Some(given) if given == *expected => {}
            Some(given) => {
                failures.push(format!("{function}({input}): {given}, expected {expected}"));
            }
            None => match not_followed
                .iter()
                .position(|(name, _)| function.contains(name))
            {
                Some(reason) => skipped[reason] = true,
                None => failures.push(format!("{function}({input}): no answer")),
            },
        }
    }
    for ((name, reason), was_needed) in not_followed.iter().zip(skipped) {
        if !was_needed {
            failures.push(format!("nothing is left of `{name}`: {reason}"));
        }
    }
    assert!(failures.is_empty(), "{file}:\n{}", failures.join("\n"));
}

fn read(file: &str) -> Value {
    let path = repository(&format!("testdata/oracles/{file}.json"));
    let text = std::fs::read_to_string(path).expect("the oracle is there");
    serde_json::from_str(&text).expect("the oracle is JSON")
}

/// The host of a text as the ECR credential helper reads it: one `https://`
/// is taken off, and port and path do not count.
fn helper_host(input: &str) -> Option<&str> {
    let parts = RegistryText::of(input);
    match parts.scheme {
        Some(scheme) if &input[scheme.clone()] != "https://" => None,
        _ => Some(&input[parts.host]),
    }
}

#[test]
fn ecr_hosts() {
    check(
        "ecr_hosts",
        &[(
            "parseHostFromImageReference",
            "white space around a host is a mistake of its own here, and the words of Go's URL parser are not ours",
        )],
        |function, input, _| {
            let host = helper_host(input).unwrap_or_default();
            let ecr = EcrHost::parse(host);
            match function {
                "ExtractRegistry" => Some(match (ecr, RegistryHost::parse(host)) {
                    (Some(ecr), _) => json!({
                        "id": ecr.account_id, "region": ecr.region, "fips": ecr.fips, "service": "ecr",
                    }),
                    (None, Ok(host)) if host.kind() == RegistryKind::EcrPublic => {
                        json!({"name": host.as_str(), "service": "ecr-public"})
                    }
                    _ => json!({"error": true}),
                }),
                "ecrPrivateHostPattern.MatchString" => {
                    Some(json!({"isEcrPrivate": EcrHost::parse(input).is_some()}))
                }
                "parseRegionFromECRPrivateHost" => {
                    Some(json!({"region": ecr.map_or(String::new(), |ecr| ecr.region)}))
                }
                "parseHostFromImageReference" => {
                    let is_clean = RegistryText::of(input).trimmed == (0..input.len());
                    is_clean.then(|| json!({"host": host}))
                }
                _ => {
                    let region = match (&ecr, RegistryKind::of(host)) {
                        (Some(ecr), _) => ecr.region.clone(),
                        (None, RegistryKind::EcrPublic) => host.to_owned(),
                        _ => String::new(),
                    };
                    Some(json!({"valid": !region.is_empty(), "cacheKeyRegion": region}))
                }
            }
        },
    );
}

#[test]
fn google_hosts() {
    check(
        "gcp_hosts",
        &[
            (
                "flux",
                "the host of S3NS, a sovereign cloud, is none of the hosts that `docker-credential-gcr` serves",
            ),
            (
                "cloud-provider-gcp",
                "patterns, and a host that is no registry; the plan's own patterns are tested with the plan",
            ),
        ],
        |function, input, _| {
            let google = GoogleHost::parse(input);
            match function {
                "flux gcp ParseArtifactRepository" => {
                    let is_s3ns = input.starts_with("docker.s3nsregistry.fr");
                    (!is_s3ns).then(|| json!({"valid": google.is_some()}))
                }
                "docker-credential-gcr configure-docker" => {
                    let by_default = matches!(
                        input,
                        "gcr.io" | "us.gcr.io" | "eu.gcr.io" | "asia.gcr.io" | "marketplace.gcr.io"
                    );
                    let location = google.and_then(GoogleHost::location);
                    let is_known = location.is_some_and(GoogleHost::is_known_location);
                    Some(match (by_default, is_known) {
                        (true, _) => json!({"configuredByConfigureDocker": "default"}),
                        (_, true) => {
                            json!({"configuredByConfigureDocker": "with --include-artifact-registry"})
                        }
                        _ => json!({"configuredByConfigureDocker": false}),
                    })
                }
                function if function.starts_with("ggcr") => {
                    Some(json!({"isGoogle": google.is_some()}))
                }
                _ => None,
            }
        },
    );
}

#[test]
fn azure_hosts() {
    check(
        "acr_hosts",
        &[
            (
                "flux",
                "suffixes of private Azure clouds are a setting there, and unknown here",
            ),
            (
                "--registry-mirror",
                "mirrors of Azure registries are a setting there, and unknown here",
            ),
        ],
        |function, input, expected| {
            let host = &input[RegistryText::of(input).host];
            let is_azure = matches!(RegistryKind::of(host), RegistryKind::Azure(_));
            if function.starts_with("flux") {
                if expected.get("withSuffix").is_some() {
                    return None;
                }
                return Some(if is_azure {
                    json!({"valid": true, "registry": host})
                } else {
                    json!({"valid": false})
                });
            }
            if function.contains("--registry-mirror") {
                return (!is_mirror(expected))
                    .then(|| json!({"loginServer": host, "mirrorOf": ""}));
            }
            if expected["loginServer"]
                .as_str()
                .is_some_and(|it| it.ends_with(".my.cloud"))
            {
                return None;
            }
            Some(json!({"loginServer": if is_azure { host } else { "" }}))
        },
    );
}

fn is_mirror(expected: &Value) -> bool {
    expected["mirrorOf"]
        .as_str()
        .is_some_and(|it| !it.is_empty())
}

#[test]
fn registry_host_syntax() {
    check("registry_host_syntax", &[], |_, input, _| {
        Some(json!({"isDomain": RegistryHost::parse(input).is_ok()}))
    });
}

#[test]
fn aws_partitions() {
    let oracle = read("aws_partitions");
    let cases = oracle["cases"].as_array().expect("the oracle has cases");
    assert_eq!(cases.len(), Partition::all().len());
    for case in cases {
        let name = case["partition"].as_str().expect("a partition has a name");
        let ours = Partition::all().iter().find(|it| it.name == name);
        let ours = ours.unwrap_or_else(|| panic!("{name} is missing"));
        assert_eq!(json!(ours.suffix), case["dnsSuffix"], "{name}");
        assert_eq!(json!(ours.regions), case["regions"], "{name}");
        assert_eq!(json!(ours.fips_regions), case["ecrFips"], "{name}");
        for region in ours.regions {
            assert_eq!(Partition::of_region(region), Some(ours), "{region}");
        }
    }
}

#[test]
fn image_references() {
    check("image_reference", &[], |function, input, expected| {
        let image = ImageReference::parse(input);
        if function.starts_with("Parse (") {
            return Some(match parse_reference(input) {
                Ok(parts) => json!({
                    "repository": parts.name,
                    "domain": parts.registry.unwrap_or_default(),
                    "tag": parts.tag.unwrap_or_default(),
                    "digest": parts.digest.unwrap_or_default(),
                }),
                Err(error) => json!({"error": go_error(error)}),
            });
        }
        if function == "ParseAnyReference" {
            return Some(match parse_any(input) {
                Ok(canonical) => json!({"canonical": canonical}),
                Err(_) => json!({"error": true}),
            });
        }
        if function.starts_with("WithName") {
            return parse_reference(input).ok().map(|parts| {
                json!({"domain": parts.registry.unwrap_or_default(), "path": parts.repository})
            });
        }
        Some(match image {
            Err(_) => json!({"valid": false}),
            Ok(_) if expected.get("valid").is_some() => json!({"valid": true}),
            Ok(image) if function.starts_with("ParseDockerRef") => {
                json!({"canonical": image.canonical()})
            }
            Ok(image) => {
                let mut given = json!({"domain": image.registry, "path": image.repository});
                if expected.get("canonical").is_some() {
                    given["canonical"] = json!(image.name());
                    given["familiar"] = json!(image.familiar_name());
                }
                given
            }
        })
    });
}

fn go_error(error: raftt_config::names::ReferenceError) -> &'static str {
    use raftt_config::names::ReferenceError;
    match error {
        ReferenceError::Empty => "ErrNameEmpty",
        ReferenceError::UpperCase => "ErrNameContainsUppercase",
        ReferenceError::TooLong => "ErrNameTooLong",
        ReferenceError::DigestAlgorithm => "digest.ErrDigestUnsupported",
        ReferenceError::DigestLength => "digest.ErrDigestInvalidLength",
        _ => "ErrReferenceInvalidFormat",
    }
}

#[test]
fn go_containerregistry_names() {
    let reason = "go-containerregistry takes an empty registry for Docker Hub and calls Docker Hub \
                  `index.docker.io`, and its strict mode wants the registry written out";
    check(
        "ggcr_names",
        &[("name.", reason)],
        |function, input, expected| {
            if function.starts_with("Registry.Scheme") {
                let host = RegistryHost::parse(input).ok()?;
                let scheme = if host.is_plain_http() {
                    "http"
                } else {
                    "https"
                };
                return Some(json!({"scheme": scheme}));
            }
            if function.starts_with("Registry.isRFC1918") {
                let host = RegistryHost::parse(input).ok()?;
                let address = host.host().parse::<std::net::Ipv4Addr>();
                return Some(json!({"isRFC1918": address.is_ok_and(|it| it.is_private())}));
            }
            // What its weak mode takes, and we do.
            let is_valid = match function {
                "name.NewRegistry" => RegistryHost::parse(input).is_ok(),
                _ => ImageReference::parse(input).is_ok(),
            };
            let weak = expected.get("validWeak")?;
            if input.is_empty() && function == "name.NewRegistry" {
                return None;
            }
            (json!(is_valid) == *weak).then(|| expected.clone())
        },
    );
}
