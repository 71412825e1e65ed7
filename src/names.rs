//! Names of the field, parsed: registry hosts, image references, providers and
//! service accounts. No I/O and no places.

mod aws;
mod azure;
mod ecr;
mod google;
mod image;
mod local;
mod mistake;
mod provider;
mod registry;
mod registry_text;
mod service_account;
mod service_account_text;

pub use aws::Partition;
pub use ecr::EcrHost;
pub use google::GoogleHost;
pub use image::{ImageReference, ReferenceError, ReferenceParts, parse_any, parse_reference};
pub use local::LocalHost;
pub use mistake::{MistakeKind, RegistryMistake, mistakes, mistakes_of_image_host};
pub use provider::Provider;
pub use registry::{HostError, RegistryHost, RegistryKind};
pub use registry_text::RegistryText;
pub(crate) use registry_text::is_blank;
pub use service_account::{ServiceAccountError, ServiceAccountName};
pub use service_account_text::ServiceAccountText;
