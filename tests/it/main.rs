//! All integration tests, in one binary.
//!
//! `UPDATE_GOLDEN=1 cargo test` rewrites what is expected; `ONLY=part cargo test`
//! runs the cases and rules whose names contain `part`.

#![allow(
    clippy::disallowed_methods,
    reason = "tests look at the repository itself"
)]

#[cfg(feature = "cli")]
mod canary;
mod cases;
#[cfg(feature = "cli")]
mod cli;
mod expectations;
mod golden;
mod helm;
#[cfg(feature = "lsp")]
mod ide;
mod ignoring;
mod library;
#[cfg(all(feature = "cli", feature = "lsp"))]
mod lsp;
mod modules;
mod oracles;
#[cfg(feature = "cli")]
mod pre_commit;
mod project_schema;
mod properties;
#[cfg(feature = "cli")]
mod readme;
mod reference;
#[cfg(feature = "cli")]
mod render;
mod rule_docs;
mod sample;
#[cfg(all(feature = "cli", target_os = "linux"))]
mod sandbox;
mod sarif;
mod secrets;
mod tidy;
mod unknowns;
