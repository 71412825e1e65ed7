//! Modules that scripts can `load`.

use super::objects::file;
use super::{ArgType, Attribute, Evidence, Object, ReturnType, builtin};

/// A module that comes with the language.
#[derive(Debug)]
pub struct Module {
    /// The string in `load(…)`.
    pub path: &'static str,
    /// What it exports; its name is the name of the export.
    pub export: Object,
    /// How it is known.
    pub evidence: Evidence,
}

/// Declares modules of which only the names of the members are known.
macro_rules! inferred {
    ($($path:literal => $export:literal [$($member:literal),*] $documentation:literal;)+) => {
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

static SEEN: &[Module] = &[
    Module {
        path: "filesystem.star",
        export: Object {
            name: "fs",
            global: None,
            documentation: "Files of the repository.\n",
            attributes: &[],
            methods: &[builtin! {
                /// A file or folder.
                File(
                    /// The path from the repository's root.
                    path: ArgType::Str,
                ) -> ReturnType::Object(file), Seen
            }],
            item: None,
            is_open: false,
        },
        evidence: Evidence::Seen,
    },
    Module {
        path: "encoding/json.star",
        export: Object {
            name: "json",
            global: None,
            documentation: "JSON.\n",
            attributes: &[member("encode"), member("indent"), member("encode_indent")],
            methods: &[builtin! {
                /// The value that a JSON text stands for.
                decode(
                    /// The text.
                    x: ArgType::Str,
                    /// What to give for a text that is no JSON.
                    default = "...": ArgType::Any,
                ) -> ReturnType::Any, Seen
            }],
            item: None,
            is_open: false,
        },
        evidence: Evidence::Seen,
    },
    Module {
        path: "encoding/yaml.star",
        export: Object {
            name: "yaml",
            global: None,
            documentation: "YAML.\n",
            attributes: &[],
            methods: &[
                builtin! {
                    /// The value that a YAML text stands for.
                    loads(
                        /// The text.
                        source: ArgType::Str,
                    ) -> ReturnType::Any, Seen
                },
                builtin! {
                    /// A value as YAML.
                    dumps(
                        /// The value.
                        source: ArgType::Any,
                    ) -> ReturnType::Str, Inferred
                },
            ],
            item: None,
            is_open: false,
        },
        evidence: Evidence::Seen,
    },
];

static INFERRED: &[Module] = inferred! {
    "encoding/base64.star" => "base64" ["encode", "decode"] "Base64.\n";
    "encoding/csv.star" => "csv" ["read_all", "write_all"] "Comma-separated values.\n";
    "hash.star" => "hash" ["md5", "sha1", "sha256"] "Digests.\n";
    "math.star" => "math" [
        "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "ceil", "copysign", "cos",
        "cosh", "degrees", "e", "exp", "fabs", "floor", "gamma", "hypot", "log", "mod", "pi",
        "pow", "radians", "remainder", "round", "sin", "sinh", "sqrt", "tan", "tanh"
    ] "Mathematics.\n";
    "time.star" => "time" [
        "from_timestamp", "hour", "is_valid_timezone", "microsecond", "millisecond", "minute",
        "nanosecond", "now", "parse_duration", "parse_time", "second", "time"
    ] "Times and durations.\n";
    "re.star" => "re" [
        "compile", "escape", "findall", "finditer", "fullmatch", "match", "search", "split",
        "sub", "subn"
    ] "Regular expressions.\n";
    "http.star" => "http" [] "HTTP requests.\n";
    "html.star" => "html" [] "HTML.\n";
    "bsoup.star" => "bsoup" [] "HTML.\n";
    "geo.star" => "geo" [] "Geography.\n";
    "xlsx.star" => "xlsx" [] "Spreadsheets.\n";
    "zipfile.star" => "zipfile" [] "Zip archives.\n";
    "compress/gzip.star" => "gzip" [] "Compression.\n";
    "dataframe.star" => "dataframe" [] "Tables.\n";
};

impl Module {
    /// Every module.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        SEEN.iter().chain(INFERRED)
    }

    /// The module that `load(path)` names.
    #[must_use]
    pub fn find(path: &str) -> Option<&'static Self> {
        Self::all().find(|module| module.path == path)
    }
}
