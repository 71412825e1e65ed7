//! Which entries of which image pull secrets serve an image, as the kubelet
//! decides it, and what is wrong with the secrets.
//!
//! Source: Kubernetes, `pkg/credentialprovider/keyring.go` and `config.go`.

mod auth;
mod content;
mod docker;
mod fault;
mod flaw;
mod glob;
mod google_key;
mod index;
mod key;
mod key_mistake;
mod misfit;
mod prefix;
mod secret;
mod tree;

pub use auth::{AuthError, decode_auth};
pub use docker::docker_finds;
pub use fault::Fault;
pub(crate) use flaw::Flaw;
pub(crate) use google_key::GoogleKeyFault;
pub use index::{Match, PullSecrets};
pub use key::RegistryKey;
pub(crate) use key::split_image;
pub(crate) use key_mistake::{KeyMistake, KeyMistakeKind};
pub(crate) use misfit::Misfit;
pub(crate) use secret::SecretFlaw;
pub use secret::{BrokenSecret, PullSecret, PullSecretEntry};
