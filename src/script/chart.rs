//! Charts that a script renders: their files, and `helm`, on the side of the thread
//! that waits for the evaluation.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::kubernetes;
use crate::source::{
    ChartError, ChartRequest, Digest, ReadError, SourceMap, Sources, Span, Text, normalize_path,
};

/// How long all charts of one evaluation may take together. It does not count
/// against the time of the script.
const MAX_TIME: Duration = Duration::from_secs(20);
/// How many files a chart has at most.
const MAX_FILES: usize = 2_000;
/// How large they are together at most, in bytes.
const MAX_SIZE: usize = 32 << 20;
/// How deep its folders are nested at most.
const MAX_DEPTH: usize = 20;

/// A chart that a script asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Chart {
    pub(crate) release: String,
    /// Its folder, from the project's root, as the script writes it.
    pub(crate) folder: String,
    /// From the project's root.
    pub(crate) values_files: Vec<String>,
    /// Values that count more than those of all files, as JSON.
    pub(crate) values: String,
}

/// Why a chart is not rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoChart {
    /// Its folder cannot be read.
    Folder(ReadError),
    /// It is a file.
    IsFile,
    /// A file in it cannot be read.
    File(String, ReadError),
    /// The folder has no `Chart.yaml`. These folders in it have one.
    NoMetadata(Vec<String>),
    /// The values file with this index cannot be read.
    Values(usize, ReadError),
    /// `helm` refuses it, and says where: in a file of the chart.
    Refused(String, Option<Span>),
    /// It is not rendered for this reason.
    Not(ChartError),
}

/// A chart that was rendered.
#[derive(Clone, Debug)]
pub(crate) struct Rendered {
    /// What `helm` writes.
    pub(crate) text: String,
    /// The files that it was made of.
    pub(crate) files: Arc<[Text]>,
}

/// The charts of one evaluation, each rendered once.
#[derive(Debug, Default)]
pub(super) struct Charts {
    rendered: HashMap<Chart, Result<Rendered, NoChart>>,
    spent: Duration,
}

impl Charts {
    /// What becomes of `chart`.
    pub(super) fn render(
        &mut self,
        chart: Chart,
        sources: &dyn Sources,
        map: &mut SourceMap,
    ) -> Result<Rendered, NoChart> {
        if let Some(rendered) = self.rendered.get(&chart) {
            return rendered.clone();
        }
        let started = Instant::now();
        let result = match self.spent > MAX_TIME {
            true => Err(NoChart::Not(ChartError::TooSlow)),
            false => render(&chart, sources, map),
        };
        self.spent += started.elapsed();
        self.rendered.insert(chart, result.clone());
        result
    }
}

fn render(chart: &Chart, sources: &dyn Sources, map: &mut SourceMap) -> Result<Rendered, NoChart> {
    let folder = normalize_path(&chart.folder);
    let folder = folder.ok_or(NoChart::Folder(ReadError::OutsideProject))?;
    let files = files(&folder, sources)?;
    if !files.contains_key("Chart.yaml") {
        return Err(NoChart::NoMetadata(charts_within(&files)));
    }
    let mut values_files = Vec::new();
    for (index, path) in chart.values_files.iter().enumerate() {
        let unreadable = |error| NoChart::Values(index, error);
        let path = normalize_path(path).ok_or(unreadable(ReadError::OutsideProject))?;
        let content = sources.read(&path).map_err(unreadable)?;
        keep(map, &path, &content);
        values_files.push((path, content));
    }
    for (path, content) in &files {
        keep(map, &join(&folder, path), content);
    }
    let request = ChartRequest {
        release: chart.release.clone(),
        folder: folder.clone(),
        files,
        values_files,
        values: chart.values.clone(),
    };
    let text = sources
        .render_chart(&request)
        .map_err(|error| match error {
            ChartError::Refused(words) => {
                let (words, place) = explain(&words, &folder, map);
                NoChart::Refused(words, place)
            }
            error => NoChart::Not(error),
        })?;
    let paths = request.files.keys().map(|path| join(&folder, path));
    let paths = paths.chain(request.values_files.into_iter().map(|it| it.0));
    let files = paths.filter_map(|path| {
        let file = map.find(&path)?;
        let text = map.file(file).text.clone();
        Some(Text { file, text })
    });
    Ok(Rendered {
        text,
        files: files.collect(),
    })
}

/// The files of the chart in `folder`, by their path within it.
fn files(folder: &str, sources: &dyn Sources) -> Result<BTreeMap<String, Vec<u8>>, NoChart> {
    let mut files = BTreeMap::new();
    let mut size = 0;
    let mut pending = vec![(String::new(), 0)];
    match sources.read(folder) {
        Err(ReadError::IsDirectory) => {}
        Ok(_) => return Err(NoChart::IsFile),
        Err(error) => return Err(NoChart::Folder(error)),
    }
    while let Some((below, depth)) = pending.pop() {
        for name in sources.list(&join(folder, &below)) {
            let path = join(&below, name.trim_end_matches('/'));
            // The history of the repository is no part of a chart that is its root.
            if name.ends_with('/') {
                if path != ".git" && depth < MAX_DEPTH {
                    pending.push((path, depth + 1));
                }
                continue;
            }
            match sources.read(&join(folder, &path)) {
                Ok(content) => {
                    size += content.len();
                    files.insert(path, content);
                }
                // A link to a folder.
                Err(ReadError::IsDirectory) if depth < MAX_DEPTH => pending.push((path, depth + 1)),
                Err(ReadError::IsDirectory | ReadError::NotAFile | ReadError::SymlinkLoop) => {}
                Err(ReadError::TooLarge) => return Err(NoChart::Not(ChartError::TooLarge)),
                Err(error) => return Err(NoChart::File(join(folder, &path), error)),
            }
            if size > MAX_SIZE || files.len() + pending.len() > MAX_FILES {
                return Err(NoChart::Not(ChartError::TooLarge));
            }
        }
    }
    Ok(files)
}

/// The folders below that are charts themselves.
fn charts_within(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let metadata = files.keys().filter_map(|it| it.strip_suffix("/Chart.yaml"));
    metadata.map(str::to_owned).collect()
}

/// Remembers that the file at `path` was read, and its text, if it is one.
fn keep(map: &mut SourceMap, path: &str, content: &[u8]) {
    if map.find(path).is_none() {
        match std::str::from_utf8(content) {
            Ok(text) => _ = map.add(path, text),
            Err(_) => map.add_bytes(path, Digest::of(content)),
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", path) | (path, "") => path.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}

/// What `helm` says, without where, and the place in the chart that it speaks of.
///
/// It names templates by the chart's name, not its folder:
/// `template: web/templates/a.yaml:9:18: executing "web/templates/a.yaml" at <.x>: …`.
fn explain(words: &str, folder: &str, map: &SourceMap) -> (String, Option<Span>) {
    let Some(name) = chart_name(folder, map) else {
        return (words.to_owned(), None);
    };
    let prefix = format!("{name}/");
    let mut found = None;
    // The innermost template comes last.
    for (at, _) in words.match_indices(&prefix) {
        let rest = &words[at + prefix.len()..];
        let path = rest
            .split([':', ' ', '"', ')', ',', '\n'])
            .next()
            .unwrap_or("");
        if let Some(file) = map.find(&join(folder, path)) {
            let (place, after) = place(&rest[path.len()..]);
            if place.is_some() || found.is_none() {
                found = Some((file, place, at + prefix.len() + path.len() + after));
            }
        }
    }
    let Some((file, place, end)) = found else {
        return (words.to_owned(), None);
    };
    let file_text = map.file(file);
    let range = match place {
        Some((line, _)) if line <= file_text.line_count() => {
            let line = file_text.line_range(line);
            let written = &file_text.text[line.clone()];
            let start = line.start + written.len() - written.trim_start().len();
            start..start + written.trim().len()
        }
        _ => 0..0,
    };
    let after = words[end..].trim_start_matches([':', ')', ' ']);
    let after = match after.strip_prefix("executing \"") {
        Some(rest) => rest.split_once("\" ").map_or(after, |(_, rest)| rest),
        None => after,
    };
    let message = match after.is_empty() {
        true => words.to_owned(),
        false => after.to_owned(),
    };
    (message, Some(Span::new(file, range)))
}

/// The line and column in `:9:18: …`, and how long they are.
fn place(text: &str) -> (Option<(usize, usize)>, usize) {
    let mut numbers = Vec::new();
    let mut length = 0;
    while let Some(rest) = text[length..].strip_prefix(':') {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match rest[..digits].parse() {
            Ok(number) if numbers.len() < 2 => numbers.push(number),
            _ => break,
        }
        length += 1 + digits;
    }
    let line = numbers.first().copied();
    let column = numbers.get(1).copied().unwrap_or(1);
    (line.map(|line| (line, column)), length)
}

/// The name that the chart gives itself.
fn chart_name(folder: &str, map: &SourceMap) -> Option<String> {
    let file = map.find(&join(folder, "Chart.yaml"))?;
    let (value, _) = kubernetes::read_value(file, &map.file(file).text);
    Some(value?.get("name")?.text()?.to_owned())
}
