//! Rules that judge a whole project, one file each.

mod account_of_other_cloud;
mod ambiguous_mirror;
mod availability_zone_as_region;
mod aws_partition_mismatch;
mod branch_on_unknown;
mod broken_google_key;
mod cloud_registry_with_port;
mod container_registry_host;
mod contradicting_auth;
mod cut_robot_name;
mod default_service_account;
mod direct_options_without_direct_host;
mod docker_hub_registry;
mod docker_hub_secret_key;
mod doubly_encoded_secret;
mod duplicate_registry;
mod ecr_api_as_registry;
mod ecr_public_registry;
mod ecr_without_identity;
mod ecr_without_registries;
mod empty_registry;
mod encoded_google_key;
mod equal_registries;
mod google_account_as_service_account;
mod identity_token_in_secret;
mod image_as_registry;
mod image_that_is_never_pulled;
mod image_without_repository;
mod incomplete_ecr_host;
mod invalid_auth_field;
mod invalid_aws_account_id;
mod invalid_google_account;
mod invalid_image;
mod invalid_pull_secret;
mod invalid_registry;
mod invalid_role_arn;
mod invalid_service_account_name;
mod joined_registries;
mod local_registry;
mod local_search_for_google;
mod malformed_artifact_registry_host;
mod mirror_without_backing;
mod mismatched_registry;
mod mismatched_secret_key;
mod misplaced_auths;
mod missing_env_definition;
mod missing_fips_endpoint;
mod missing_pull_secret;
mod missing_service_account;
mod misspelt_account_annotation;
mod misspelt_image_host;
mod mixed_ecr_endpoint;
mod namespaced_service_account;
mod needless_local_search;
mod new_ecr_host_form;
mod non_ascii_registry;
mod password_with_line_break;
mod placeholder_host;
mod placeholder_in_secret;
mod placeholder_registry;
mod placeholder_service_account;
mod plain_google_key;
mod provider_host_mismatch;
mod public_registry;
mod pull_secret_in_other_namespace;
mod pull_secret_of_wrong_type;
mod pull_secret_without_credentials;
mod registry_of_two_providers;
mod registry_with_path;
mod registry_with_scheme;
mod registry_with_trailing_slash;
mod registry_with_user;
mod registry_with_white_space;
mod registry_without_dot;
mod repeated_provider;
mod role_as_service_account;
mod secret_for_docker_hub;
mod secret_key_within_name;
mod secret_without_password;
mod service_account_without_cred_helper;
mod several_ecr_accounts;
mod static_ecr_token;
mod static_google_token;
mod uncovered_image;
mod undeclared_secret;
mod unknown_artifact_registry_location;
mod unknown_aws_region;
mod unknown_image;
mod unknown_provider;
mod unknown_registry;
mod unmatchable_secret_key;
mod unpadded_auth;
mod unreached_cred_helper;
mod unrendered_image;
mod unsupported_registry;
mod unused_registry;
mod upper_case_registry;
mod web_page_as_image;
mod wildcard_registry;

use crate::diagnostic::{Diagnostic, Severity};
use crate::held::Held;
use crate::kubernetes::{Data, Key, Namespace, Object, Value};
use crate::listed::Listed;
use crate::lost::{self, Lost};
use crate::mention::Mention;
use crate::plan::{Plan, Provider, ReadCall};
use crate::project_file::{Entry, ProjectFile};
use crate::rule::Rule;
use crate::script::{CredHelperCall, ScriptFacts};
use crate::source::SourceMap;
use crate::used::Used;

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub(crate) struct Context<'a> {
    /// The texts, for pointing into strings.
    pub sources: &'a SourceMap,
    /// `raftt.yml`, as far as it could be read; none when a script is checked alone.
    pub project_file: Option<&'a ProjectFile>,
    /// What the scripts did.
    pub script: &'a ScriptFacts,
    /// What is in the namespace of the environment; none when no snapshot was given.
    pub namespace: Option<&'a Namespace>,
    /// The image pull secrets of that namespace, with what is wrong with them.
    pub held: Held<'a>,
    /// The calls of `configure_cred_helper`, read once for all rules.
    pub calls: &'a [ReadCall<'a>],
    /// The plan that follows from both.
    pub plan: &'a Plan,
    /// The registries that the scripts list, each with its mistakes.
    pub listed: &'a [Listed<'a>],
    /// The images that workloads use.
    pub images: &'a [Used<'a>],
    /// Those that lose access by a mistake in a registry.
    pub lost: &'a [Lost<'a>],
}

impl<'a> Context<'a> {
    /// The registry hosts that files mention: those that are listed, then those of images.
    fn mentions(&self) -> impl Iterator<Item = Mention<'a>> {
        let (sources, images) = (self.sources, self.images.iter());
        let mistaken = images.filter(|it| !it.mistakes.is_empty());
        let listed = self.listed.iter().map(|it| **it);
        listed.chain(mistaken.map(move |it| it.mention(sources)))
    }

    /// The service account that the project file sets, be it valid or not.
    fn service_account(&self) -> Option<&'a Entry<String>> {
        let options = self.project_file?.direct_options.as_ref()?;
        options.workload_identity_service_account.as_ref()
    }

    /// The service account that the project file sets, as the snapshot has it.
    fn account(&self) -> Option<(&'a Entry<String>, &'a Object)> {
        let entry = self.service_account()?;
        let mut accounts = self.namespace?.of_kind("ServiceAccount");
        let account = accounts.find(|it| it.name == entry.value.value)?;
        Some((entry, account))
    }

    /// The annotations of that service account.
    fn annotations(&self) -> Option<(&'a Entry<String>, Annotations<'a>)> {
        let (entry, account) = self.account()?;
        let annotations = account.value.at_path(&["metadata", "annotations"])?;
        match &annotations.data {
            Data::Map(annotations) => Some((entry, annotations)),
            _ => None,
        }
    }

    /// Whether the project file certainly sets no service account.
    fn has_no_service_account(&self) -> bool {
        // The key may be one that could not be read.
        self.service_account().is_none() && self.project_file.is_some_and(|it| it.is_complete)
    }

    /// The setting that has local images searched, if it does.
    fn local_search(&self) -> Option<&'a Entry<bool>> {
        let options = self.project_file?.direct_options.as_ref()?;
        let search = options.search_local_docker_registry.as_ref()?;
        search.value.value.then_some(search)
    }

    /// What an image without credentials weighs: without a snapshot a pull secret
    /// may serve it.
    fn certain(&self) -> Severity {
        match self.namespace {
            Some(_) => Severity::Error,
            None => Severity::Warning,
        }
    }

    /// The first call for `provider`.
    fn first_call(&self, provider: Provider) -> Option<&'a CredHelperCall> {
        let mut calls = self.calls.iter();
        let call = calls.find(|it| it.provider == Some(provider))?;
        Some(call.fact)
    }
}

/// The annotations of an object, by name.
type Annotations<'a> = &'a [(Key, Value)];

type Check = fn(&Context<'_>, &mut Vec<Diagnostic>);

/// Lists the rules of this folder. The `mod` lines stay outside, where rustfmt sees them.
macro_rules! checks {
    ($($module:ident),* $(,)?) => {
        const CHECKS: &[(&Rule, Check)] = &[$((&$module::RULE, $module::check)),*];
    };
}

checks! {
    account_of_other_cloud,
    ambiguous_mirror,
    availability_zone_as_region,
    aws_partition_mismatch,
    branch_on_unknown,
    broken_google_key,
    cloud_registry_with_port,
    container_registry_host,
    contradicting_auth,
    cut_robot_name,
    default_service_account,
    direct_options_without_direct_host,
    docker_hub_registry,
    docker_hub_secret_key,
    doubly_encoded_secret,
    duplicate_registry,
    ecr_api_as_registry,
    ecr_public_registry,
    ecr_without_identity,
    ecr_without_registries,
    empty_registry,
    encoded_google_key,
    equal_registries,
    google_account_as_service_account,
    identity_token_in_secret,
    image_as_registry,
    image_that_is_never_pulled,
    image_without_repository,
    incomplete_ecr_host,
    invalid_auth_field,
    invalid_aws_account_id,
    invalid_google_account,
    invalid_image,
    invalid_pull_secret,
    invalid_registry,
    invalid_role_arn,
    invalid_service_account_name,
    joined_registries,
    local_registry,
    local_search_for_google,
    malformed_artifact_registry_host,
    mirror_without_backing,
    mismatched_registry,
    mismatched_secret_key,
    misplaced_auths,
    missing_env_definition,
    missing_fips_endpoint,
    missing_pull_secret,
    missing_service_account,
    misspelt_account_annotation,
    misspelt_image_host,
    mixed_ecr_endpoint,
    namespaced_service_account,
    needless_local_search,
    new_ecr_host_form,
    non_ascii_registry,
    password_with_line_break,
    placeholder_host,
    placeholder_in_secret,
    placeholder_registry,
    placeholder_service_account,
    plain_google_key,
    provider_host_mismatch,
    public_registry,
    pull_secret_in_other_namespace,
    pull_secret_of_wrong_type,
    pull_secret_without_credentials,
    registry_of_two_providers,
    registry_with_path,
    registry_with_scheme,
    registry_with_trailing_slash,
    registry_with_user,
    registry_with_white_space,
    registry_without_dot,
    repeated_provider,
    role_as_service_account,
    secret_for_docker_hub,
    secret_key_within_name,
    secret_without_password,
    service_account_without_cred_helper,
    several_ecr_accounts,
    static_ecr_token,
    static_google_token,
    uncovered_image,
    undeclared_secret,
    unknown_artifact_registry_location,
    unknown_aws_region,
    unknown_image,
    unknown_provider,
    unknown_registry,
    unmatchable_secret_key,
    unpadded_auth,
    unreached_cred_helper,
    unrendered_image,
    unsupported_registry,
    unused_registry,
    upper_case_registry,
    web_page_as_image,
    wildcard_registry,
}

/// Runs every rule.
#[must_use]
pub(crate) fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (_, check) in CHECKS {
        check(context, &mut diagnostics);
    }
    lost::show(context.lost, context.certain(), &mut diagnostics);
    diagnostics
}

/// Every rule of every stage, by name.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = CHECKS.iter().map(|(rule, _)| *rule).collect();
    rules.extend(crate::script::RULES);
    rules.extend(crate::compose::RULES);
    rules.extend(crate::kubernetes::RULES);
    rules.extend(crate::project_file::RULES);
    rules.extend(crate::suppress::RULES);
    rules.sort_by_key(|rule| rule.name);
    rules
}
