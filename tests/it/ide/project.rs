//! The project of a case.

use std::sync::Arc;

use raftt_config::ide::View;
use raftt_config::{Analysis, MemorySources, Options, Snapshot, SnapshotFile, analyze};

use crate::cases::Case;

/// A project with marks in its files.
pub(super) struct Project {
    pub(super) files: Vec<File>,
    pub(super) sources: MemorySources,
    pub(super) options: Options,
    pub(super) analysis: Analysis,
}

pub(super) struct File {
    pub(super) path: String,
    /// The text without its marks.
    pub(super) text: String,
    /// Where the marks stood.
    pub(super) marks: Vec<usize>,
}

const MARK: char = '‸';

impl Project {
    pub(super) fn read(case: &str) -> Self {
        let files: Vec<_> = split(case)
            .into_iter()
            .map(|(path, text)| unmarked(path, &text))
            .collect();
        let mut options = Options::default();
        let mut sources = MemorySources::default();
        for file in &files {
            if file.path == "namespace.yaml" {
                let file = SnapshotFile {
                    path: file.path.clone(),
                    content: file.text.clone().into_bytes(),
                };
                let snapshot = Snapshot::read(&[file], None).expect("the snapshot can be read");
                options.snapshot = Some(Arc::new(snapshot));
            } else {
                sources = sources.with(file.path.clone(), file.text.clone());
            }
        }
        if !files.iter().any(|it| it.path == "raftt.yml") {
            options.script = Some("env.raftt".to_owned());
        }
        Self {
            analysis: analyze(&sources, &options),
            files,
            sources,
            options,
        }
    }

    /// A project of the other tests.
    pub(super) fn of(case: &Case) -> Self {
        let files = case.files.iter().filter_map(|(path, content)| {
            let text = std::str::from_utf8(content).ok()?;
            let is_ours = path.ends_with(".raftt") || path.ends_with(".yml");
            is_ours.then(|| File {
                path: path.clone(),
                text: text.to_owned(),
                marks: Vec::new(),
            })
        });
        Self {
            files: files.collect(),
            sources: case.sources.clone(),
            options: case.options.clone(),
            analysis: case.analyze(),
        }
    }

    pub(super) fn view(&self) -> View<'_> {
        View {
            analysis: &self.analysis,
            options: &self.options,
            sources: &self.sources,
        }
    }

    /// The text of the file at `path`.
    pub(super) fn text(&self, path: &str) -> &str {
        let file = self.files.iter().find(|it| it.path == path);
        file.map_or("", |it| &it.text)
    }

    /// Line and column of a byte, from 1.
    pub(super) fn place(&self, path: &str, offset: usize) -> String {
        let before = &self.text(path)[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        format!("{line}:{column}")
    }
}

/// The files of a case, each with its path.
fn split(case: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in case.split_inclusive('\n') {
        let head = line
            .trim_end()
            .strip_prefix("==> ")
            .and_then(|it| it.strip_suffix(" <=="));
        match (head, files.last_mut()) {
            (Some(path), _) => files.push((path.to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => files.push(("env.raftt".to_owned(), line.to_owned())),
        }
    }
    if files.is_empty() {
        files.push(("env.raftt".to_owned(), String::new()));
    }
    files
}

/// A path behind `crlf ` is that of a file with the line breaks of Windows, and
/// `\EOF` at the end says that the file has no line break there.
fn unmarked(path: String, text: &str) -> File {
    let (path, text) = match path.strip_prefix("crlf ") {
        Some(path) => (path.to_owned(), text.replace('\n', "\r\n")),
        None => (path, text.to_owned()),
    };
    let text = match text.trim_end().strip_suffix("\\EOF") {
        Some(text) => text.trim_end_matches('\n').to_owned(),
        None => text,
    };
    let count = text.matches(MARK).count();
    let mut marks = Vec::new();
    let mut at = 0;
    for part in text.split(MARK).take(count) {
        at += part.len();
        marks.push(at);
    }
    File {
        path,
        text: text.replace(MARK, ""),
        marks,
    }
}
