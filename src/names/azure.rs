//! Azure Container Registry.
//!
//! Source: the pattern of the kubelet's ACR credential provider
//! (cloud-provider-azure).

const SUFFIXES: &[&str] = &["azurecr.io", "azurecr.cn", "azurecr.de", "azurecr.us"];

/// The registry's name, if `host` is the login server of an Azure registry.
pub(super) fn registry_name(host: &str) -> Option<&str> {
    let (name, suffix) = host.split_once('.')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_name && SUFFIXES.contains(&suffix)).then_some(name)
}
