//! Why a snapshot cannot be used.

use std::fmt;

use super::MAX_SNAPSHOT_FILE;
use crate::suggest::nearest;

/// Why a snapshot cannot be used. Shown, it says so, and what to do, without
/// repeating what the files hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SnapshotError {
    /// A file is larger than 64 MiB.
    TooLarge {
        /// Which.
        path: String,
    },
    /// A file is no UTF-8 text.
    NotText {
        /// Which.
        path: String,
    },
    /// A file is neither YAML nor JSON.
    NotYaml {
        /// Which.
        path: String,
        /// The line with the first mistake, from 1.
        line: usize,
    },
    /// The aliases of a file stand for more than is followed.
    TooManyAliases {
        /// Which.
        path: String,
        /// The line of the alias, from 1.
        line: usize,
    },
    /// A file holds something that is no Kubernetes object.
    NoObject {
        /// Which.
        path: String,
        /// Its line, from 1.
        line: usize,
    },
    /// The files hold several namespaces, and none was chosen.
    SeveralNamespaces(Vec<String>),
    /// The files do not hold the namespace that was chosen.
    NoSuchNamespace {
        /// Its name.
        wanted: String,
        /// The names of those that they hold.
        known: Vec<String>,
    },
}

/// How many names of namespaces are shown.
const MAX_NAMES: usize = 20;

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { path } => {
                let limit = MAX_SNAPSHOT_FILE >> 20;
                write!(f, "the snapshot `{path}` is larger than {limit} MiB")
            }
            Self::NotText { path } => write!(f, "the snapshot `{path}` is no UTF-8 text"),
            Self::NotYaml { path, line } => write!(
                f,
                "the snapshot `{path}` is neither YAML nor JSON: see line {line}"
            ),
            Self::TooManyAliases { path, line } => write!(
                f,
                "the snapshot `{path}` has more aliases (`*name`) than are followed: see line {line}"
            ),
            Self::NoObject { path, line } => write!(
                f,
                "the snapshot `{path}` holds something without a `kind` in line {line}; \
                 write it with `kubectl get deploy,sts,ds,job,cronjob,pod,sa,secret -o yaml`"
            ),
            Self::SeveralNamespaces(names) => {
                let names = listed(names);
                write!(
                    f,
                    "the snapshot holds several namespaces; choose one with `--namespace`: {names}"
                )
            }
            Self::NoSuchNamespace { wanted, known } => {
                write!(f, "the snapshot does not hold the namespace `{wanted}`; ")?;
                match nearest(wanted, known.iter().map(String::as_str)) {
                    Some(name) => write!(f, "did you mean `{name}`?"),
                    None => write!(f, "it holds {}", listed(known)),
                }
            }
        }
    }
}

impl std::error::Error for SnapshotError {}

fn listed(names: &[String]) -> String {
    let shown = names.iter().take(MAX_NAMES).map(|it| format!("`{it}`"));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MAX_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
