//! Modules that scripts can `load`.

mod base64;
mod csv;
pub(super) mod filesystem;
mod hash;
pub(super) mod json;
mod math;
pub(super) mod re;
mod text;
pub(super) mod time;
mod yaml;

pub(super) use text::Written;

use starlark::values::{Heap, Value};

use super::{ArgType, Attribute, Evidence, Object, ReturnType, builtin};

/// A module that comes with the language.
#[derive(Debug)]
#[non_exhaustive]
pub struct Module {
    /// The string in `load(…)`.
    pub path: &'static str,
    /// What it exports; its name is the name of the export.
    pub export: Object,
    /// How it is known.
    pub evidence: Evidence,
    /// Why what it gives is not known off the cluster, for a module that reaches out
    /// of it.
    pub(crate) offline: Option<&'static str>,
    /// Its members that are no functions, by name.
    pub(crate) constant: Option<for<'v> fn(&str, Heap<'v>) -> Option<Value<'v>>>,
}

/// Declares modules of which only the names of the members are known.
macro_rules! inferred {
    ($($path:literal => $export:literal [$($member:literal),*] $documentation:literal $(, offline: $reason:literal)?;)+) => {
        &[$(Module {
            path: $path,
            export: Object {
                name: $export,
                global: None,
                documentation: $documentation,
                attributes: &[$(member($member)),*],
                methods: &[],
                item: None,
                is_open: true,
            },
            evidence: Evidence::Inferred,
            offline: $crate::rule::optional!($($reason)?),
            constant: None,
        }),+]
    };
}

/// A member of which only the name is known.
const fn member(name: &'static str) -> Attribute {
    Attribute {
        name,
        documentation: "",
        value: ReturnType::Any,
        evidence: Evidence::Inferred,
        replacement: None,
    }
}

static DECLARED: &[&Module] = &[
    &filesystem::MODULE,
    &json::MODULE,
    &yaml::MODULE,
    &base64::MODULE,
    &csv::MODULE,
    &hash::MODULE,
    &math::MODULE,
    &re::MODULE,
    &time::MODULE,
];

static INFERRED: &[Module] = inferred! {
    "http.star" => "http" [] "HTTP requests. None is made here: what they would give is unknown.\n",
        offline: "it makes requests over the network";
    "xlsx.star" => "xlsx" ["get_url"] "Spreadsheets. None is fetched here: what they hold is unknown.\n",
        offline: "it makes requests over the network";
    "html.star" => "html" [] "HTML.\n";
    "bsoup.star" => "bsoup" [] "HTML.\n";
    "geo.star" => "geo" [] "Geography.\n";
    "zipfile.star" => "ZipFile" [] "Zip archives.\n";
    "compress/gzip.star" => "gzip" [] "Compression.\n";
    "dataframe.star" => "dataframe" [] "Tables.\n";
};

impl Module {
    /// Every module.
    pub fn all() -> impl Iterator<Item = &'static Self> + Clone {
        DECLARED.iter().copied().chain(INFERRED)
    }

    /// The module that `load(path)` names.
    #[must_use]
    pub fn find(path: &str) -> Option<&'static Self> {
        Self::all().find(|module| module.path == path)
    }
}
