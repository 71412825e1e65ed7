//! Which entries of which image pull secrets serve an image, as the kubelet
//! decides it.
//!
//! Source: Kubernetes, `pkg/credentialprovider/keyring.go` and `config.go`.

mod auth;
mod index;
mod key;
mod secret;

pub use auth::{AuthError, decode_auth};
pub use index::{Match, PullSecrets};
pub use key::RegistryKey;
pub use secret::{BrokenSecret, PullSecret, PullSecretEntry};

#[cfg(test)]
mod tests;
