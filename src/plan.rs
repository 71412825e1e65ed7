//! The registry-access plan: what the environment controller should do for
//! every registry, and where that was decided.
//!
//! `Plan::of` is total and silent: it takes what is right and names what it
//! had to leave out; rules look at the same facts and report.

mod calls;
mod helpers;
mod images;
mod keychain;
mod mirror;
mod place;
mod read;
mod reasons;
pub mod render;
mod requirements;
mod resolve;
mod standing;

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::keychain::PullSecrets;
use crate::kubernetes::Namespace;
use crate::names::ServiceAccountName;
use crate::project_file::ProjectFile;
use crate::script::ScriptFacts;
use crate::source::{Digest, SourceMap};
use place::Places;
use requirements::Identity;

pub(crate) use crate::names::Provider;
pub(crate) use calls::{ReadCall, ReadHost, is_same_place, read_calls, read_calls_elsewhere};
pub use helpers::{CredentialHelper, EcrRegistry, PlannedRegistry, RegistryKind};
pub use images::{Coverage, CredentialSource, PlannedImage, UsedBy};
pub use keychain::{Keychain, Puller, SecretGroup};
pub(crate) use mirror::{Backing, mirrors};
pub use place::Place;
pub use read::ReadPlanError;
pub use reasons::{Reason, ReasonKind};
pub use requirements::{Requirement, RequirementKind, Subject};
#[cfg(feature = "cli")]
pub(crate) use resolve::text as resolve_text;
pub use resolve::{PassedOver, Resolution, Resolutions, ResolvedImage, resolve};
pub(crate) use standing::Standing;

/// What the environment controller should do to read the metadata of the
/// environment's images, and where that was decided.
///
/// A plan names credential sources; it never holds a secret's value. Readers
/// take any plan of the same major version, so they must expect fields and
/// words that they do not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Plan {
    /// The version of this form.
    pub api_version: ApiVersion,
    /// What kind of document this is.
    pub kind: Kind,
    /// Whether credential helpers and controller settings are known in full.
    pub status: Status,
    /// Why the plan is partial; empty when it is complete.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// The files that the plan follows from: the project's in the order in which they
    /// were read, then those of the snapshot of the namespace.
    pub inputs: Vec<Input>,
    /// How the controller itself is deployed.
    pub controller: Controller,
    /// The credential helpers that the controller asks.
    pub credential_helpers: Vec<CredentialHelper>,
    /// The credential sources that apply, in the order in which they are tried.
    pub keychain: Vec<KeychainSource>,
    /// What a Docker `config.json` needs to ask the same helpers.
    pub docker_config: DockerConfig,
    /// The images of the environment's workloads.
    pub images: Vec<PlannedImage>,
    /// Whether `images` lists every image. It does not while workloads are known
    /// only to the cluster, or images only at run time.
    pub images_complete: bool,
    /// What the plan relies on and no file of the project can provide.
    pub requirements: Vec<Requirement>,
    /// What has to be done before the plan is in force.
    pub takes_effect: TakesEffect,
}

/// The version of the plan's form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub enum ApiVersion {
    /// The first version.
    #[default]
    #[serde(rename = "registry-access/v1")]
    V1,
}

/// The kind of document that a plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub enum Kind {
    /// A registry-access plan.
    #[default]
    RegistryAccessPlan,
}

/// Whether credential helpers and controller settings are known in full, and no
/// image depends on what is only known at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// They are.
    Complete,
    /// Something is wrong, or only known at run time; `reasons` say what.
    Partial,
}

/// A file that the plan follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Input {
    /// Its path from the project's root, `/` between the parts. A file of the snapshot
    /// has the path that it was given by.
    pub path: String,
    /// The SHA-256 digest of its bytes, in hexadecimal.
    pub sha256: String,
}

/// How the environment controller is deployed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Controller {
    /// The Kubernetes service account that it runs as; none is the namespace's own default.
    pub service_account_name: Option<String>,
    /// Whether it looks for images in the node's own image store.
    pub search_local_images: bool,
    /// Where the service account was decided, or else the search for local images.
    pub declared_at: Option<Place>,
    /// Where the search for local images was decided.
    #[serde(default)]
    pub search_local_images_declared_at: Option<Place>,
}

/// A place where credentials for an image, or the image itself, can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum KeychainSource {
    /// The image pull secrets that the pod names.
    PodImagePullSecrets,
    /// The image pull secrets of the pod's service account.
    ServiceAccountImagePullSecrets,
    /// Every other image pull secret of the namespace, by name.
    NamespaceImagePullSecrets,
    /// The credential helpers of this plan.
    CredentialHelpers,
    /// The node's own image store. For `imagePullPolicy: Never` it comes first.
    LocalImages,
    /// No credentials at all.
    Anonymous,
    /// A source of a later version.
    #[serde(other)]
    Other,
}

/// The part of a Docker `config.json` that asks the plan's credential helpers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DockerConfig {
    /// The helper of each registry host. Mirrors are left out, because the
    /// helpers themselves refuse them; so are patterns, because Docker knows
    /// exact hosts only.
    pub cred_helpers: BTreeMap<String, String>,
}

/// What has to be done before the plan is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TakesEffect {
    /// The commands, in order; none when the plan changes nothing about the
    /// environment controller.
    pub requires: Vec<String>,
    /// What needs them, as paths into this plan: the controller's settings and the
    /// credential helpers.
    pub because: Vec<String>,
}

impl Plan {
    /// The plan that follows from a project file, what its scripts did, and what
    /// is in the namespace, if that is known.
    ///
    /// What is wrong stays out of it: a plan is partial rather than wrong.
    #[must_use]
    pub(crate) fn of(
        sources: &SourceMap,
        project_file: Option<&ProjectFile>,
        script: &ScriptFacts,
        known: Option<(&Namespace, &Arc<PullSecrets>)>,
    ) -> Self {
        let places = Places::new(sources);
        let calls = read_calls(script);
        let controller = controller(project_file, &places);
        let credential_helpers = helpers::of(&calls, &places);
        let reasons = reasons::of(project_file, script, &calls, &places);
        let searches_locally = controller.search_local_images;
        let (images, are_all) = images::of(
            script,
            known,
            (&credential_helpers, searches_locally),
            &places,
        );
        // In connect mode the namespace has workloads of its own.
        let has_more =
            known.is_none() && (script.workloads.is_empty() || is_connect_mode(project_file));
        Self {
            api_version: ApiVersion::V1,
            kind: Kind::RegistryAccessPlan,
            status: if reasons.is_empty() {
                Status::Complete
            } else {
                Status::Partial
            },
            reasons,
            inputs: inputs(sources),
            keychain: keychain(&controller, &credential_helpers),
            docker_config: docker_config(&credential_helpers),
            images,
            images_complete: are_all && !has_more,
            requirements: requirements::of(
                &controller,
                identity(project_file, &controller),
                &credential_helpers,
            ),
            takes_effect: takes_effect(&controller, &credential_helpers),
            controller,
            credential_helpers,
        }
    }
}

/// Whether the environment is one that other tools deploy: then the namespace
/// has workloads that no file of the project names.
fn is_connect_mode(project_file: Option<&ProjectFile>) -> bool {
    let host = project_file.and_then(|file| file.host.as_ref());
    host.is_some_and(|host| host.value.value.eq_ignore_ascii_case("direct"))
}

/// The project's own files, then those of the snapshot.
fn inputs(sources: &SourceMap) -> Vec<Input> {
    let (given, own): (Vec<_>, Vec<_>) = sources
        .iter()
        .map(|(_, file)| file)
        .partition(|file| file.given.is_some());
    let files = own.into_iter().chain(given).map(|file| Input {
        path: file.path.clone(),
        sha256: file
            .given
            .or(file.bytes)
            .unwrap_or_else(|| Digest::of(file.text.as_bytes()))
            .to_string(),
    });
    files.collect()
}

fn controller(project_file: Option<&ProjectFile>, places: &Places<'_>) -> Controller {
    let options = project_file.and_then(|file| file.direct_options.as_ref());
    let service_account = options.and_then(|it| it.workload_identity_service_account.as_ref());
    let service_account =
        service_account.filter(|it| ServiceAccountName::parse(&it.value.value).is_ok());
    let local_search = options.and_then(|it| it.search_local_docker_registry.as_ref());
    let service_account_at = service_account.map(|it| places.of(it.value.span));
    let local_search_at = local_search.map(|it| places.of(it.value.span));
    Controller {
        service_account_name: service_account.map(|it| it.value.value.clone()),
        search_local_images: local_search.is_some_and(|it| it.value.value),
        declared_at: service_account_at.or_else(|| local_search_at.clone()),
        search_local_images_declared_at: local_search_at,
    }
}

/// Whom the controller is to a cloud. A service account that is written wrong
/// was meant to be one.
fn identity<'a>(project_file: Option<&ProjectFile>, controller: &'a Controller) -> Identity<'a> {
    let options = project_file.and_then(|file| file.direct_options.as_ref());
    let is_set = options.is_some_and(|it| it.workload_identity_service_account.is_some());
    match &controller.service_account_name {
        Some(name) => Identity::ServiceAccount(name),
        None if is_set || !project_file.is_some_and(|it| it.is_complete) => Identity::Unknown,
        None => Identity::Node,
    }
}

fn keychain(controller: &Controller, helpers: &[CredentialHelper]) -> Vec<KeychainSource> {
    let mut keychain = vec![
        KeychainSource::PodImagePullSecrets,
        KeychainSource::ServiceAccountImagePullSecrets,
        KeychainSource::NamespaceImagePullSecrets,
    ];
    if !helpers.is_empty() {
        keychain.push(KeychainSource::CredentialHelpers);
    }
    if controller.search_local_images {
        keychain.push(KeychainSource::LocalImages);
    }
    keychain.push(KeychainSource::Anonymous);
    keychain
}

fn docker_config(helpers: &[CredentialHelper]) -> DockerConfig {
    let cred_helpers = helpers.iter().flat_map(|helper| {
        let hosts = helper.registries.iter();
        let hosts = hosts.filter(|it| !matches!(it.kind, RegistryKind::Mirror { .. }));
        hosts.map(|it| (it.host.clone(), helper.helper.clone()))
    });
    DockerConfig {
        cred_helpers: cred_helpers.collect(),
    }
}

/// The controller's settings and the credential helpers are part of its Deployment,
/// which only `raftt connect` after `raftt cleanup` writes anew.
fn takes_effect(controller: &Controller, helpers: &[CredentialHelper]) -> TakesEffect {
    let settings = [
        (
            "controller.serviceAccountName",
            controller.service_account_name.is_some(),
        ),
        (
            "controller.searchLocalImages",
            controller.search_local_images,
        ),
        ("credentialHelpers", !helpers.is_empty()),
    ];
    let because: Vec<String> = settings
        .into_iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(path, _)| path.to_owned())
        .collect();
    let requires = if because.is_empty() {
        Vec::new()
    } else {
        vec!["raftt cleanup".to_owned(), "raftt connect".to_owned()]
    };
    TakesEffect { requires, because }
}
