//! Helm charts: what is to be rendered, and why it may not be.

use std::collections::BTreeMap;
use std::fmt;

/// All that rendering a chart needs. It is complete in itself: whoever renders it
/// reads no other file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChartRequest {
    /// The name of the release.
    pub release: String,
    /// The chart's folder, from the project's root, for messages.
    pub folder: String,
    /// The chart's files, by their path within the folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The values files, in the order in which they count: their paths from the
    /// project's root, for messages, and what they hold.
    pub values_files: Vec<(String, Vec<u8>)>,
    /// Values that count more than those of all files, as JSON.
    pub values: String,
}

/// Why a chart is not rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartError {
    /// There is no `helm` here.
    Unavailable,
    /// `helm` refuses the chart or its values, in its own words; with the project's
    /// paths in them.
    Refused(String),
    /// `helm` takes too long.
    TooSlow,
    /// The chart, or what is made of it, is too large.
    TooLarge,
    /// The system's own words for anything else.
    Other(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable => f.write_str("there is no `helm` here"),
            Self::Refused(words) | Self::Other(words) => f.write_str(words),
            Self::TooSlow => f.write_str("`helm` takes too long"),
            Self::TooLarge => f.write_str("the chart, or what is made of it, is too large"),
        }
    }
}

impl std::error::Error for ChartError {}
