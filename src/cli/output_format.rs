//! The forms in which `check` prints diagnostics.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::render::{
    Report, Terminal, checkstyle, concise, full, github, gitlab, json, json_lines, junit, plain,
    rdjson, sarif,
};
use crate::suggest::nearest;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// With the source they are about.
    #[default]
    Full,
    /// One line each.
    Concise,
    /// Sentences without drawing or colours, for screen readers.
    Plain,
    /// For programs.
    Json,
    /// For programs, one line for each diagnostic.
    JsonLines,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// A code quality report of GitLab.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// The format of reviewdog.
    Rdjson,
}

impl OutputFormat {
    /// Whether people read it.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self, Self::Full | Self::Concise | Self::Plain)
    }

    pub(crate) fn render(self, report: &Report<'_>, terminal: Terminal) -> String {
        match self {
            Self::Full => full(report, terminal),
            Self::Concise => concise(report, terminal.has_color),
            Self::Plain => plain(report),
            Self::Json => json(report),
            Self::JsonLines => json_lines(report),
            Self::Sarif => sarif(report),
            Self::Github => github(report),
            Self::Gitlab => gitlab(report),
            Self::Junit => junit(report),
            Self::Checkstyle => checkstyle(report),
            Self::Rdjson => rdjson(report),
        }
    }
}

/// Reads `FORMAT=PATH`.
pub(crate) fn file_report(text: &str) -> Result<(OutputFormat, PathBuf), String> {
    let (format, path) = text.split_once('=').ok_or("expected FORMAT=PATH")?;
    if path.is_empty() {
        return Err("expected FORMAT=PATH".to_owned());
    }
    let format = OutputFormat::from_str(format, false).map_err(|_| {
        let names = OutputFormat::value_variants().iter();
        let names = names.filter_map(ValueEnum::to_possible_value);
        let names: Vec<_> = names.map(|it| it.get_name().to_owned()).collect();
        match nearest(format, names.iter().map(String::as_str)) {
            Some(meant) => format!("there is no format `{format}`; did you mean `{meant}`?"),
            None => format!("there is no format `{format}`; known: {}", names.join(", ")),
        }
    })?;
    Ok((format, path.into()))
}
