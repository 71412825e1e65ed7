//! `helm_local_chart`: what `helm` makes of a chart of the repository.

use std::collections::HashMap;
use std::sync::Arc;

use starlark::values::Value;

use crate::kubernetes::{self, Object};
use crate::script::arg_type::items;
use crate::script::builtins::modules::{Written, json};
use crate::script::builtins::objects::resources;
use crate::script::builtins::paths::{self, Use};
use crate::script::call::{Argument, Call};
use crate::script::chart::{Chart, NoChart, Rendered};
use crate::script::model::{self, Resources, Source, Thing};
use crate::script::rules::{broken_chart, helm_not_found};
use crate::script::values::ObjectValue;
use crate::source::{ChartError, FileId, Span, Text, normalize_path};

/// How many bytes of charts are searched for the images of their objects.
const MAX_SEARCHED: usize = 64 << 20;

/// The chart's resources. Only the run knows them where it cannot be rendered here.
pub(super) fn run<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let objects = render(call);
    let is_open = objects.is_none();
    let loaded = Resources::new(Source::Chart, objects.unwrap_or_default(), is_open);
    let (what, from) = (call.what(), Some(call.span));
    let id = model::with(|model| model.add(resources(), what, from, Thing::Resources(loaded)));
    Some(call.heap.alloc(ObjectValue::new(id)))
}

fn render(call: &Call<'_, '_>) -> Option<Arc<Vec<Object>>> {
    let folder = call.argument("chart_path")?;
    let release = call.argument("release_name")?.value.unpack_str()?;
    let values_files = values_files(call)?;
    let paths = values_files.iter().map(|it| it.value.unpack_str());
    let chart = Chart {
        release: release.to_owned(),
        folder: folder.value.unpack_str()?.to_owned(),
        values_files: paths
            .map(|it| it.map(str::to_owned))
            .collect::<Option<_>>()?,
        values: values(call)?,
    };
    match call.recorder.render(chart) {
        Ok(rendered) => Some(Arc::new(objects(&rendered, folder.span))),
        Err(reason) => {
            report(call, folder, &values_files, &reason);
            None
        }
    }
}

/// The objects in what `helm` writes. They stand in no file: `at` is their place. Where
/// an image comes from can mostly be told: it stands in one place of the chart.
fn objects(rendered: &Rendered, at: Span) -> Vec<Object> {
    let mut objects = kubernetes::read(FileId::from_index(0), &rendered.text).objects;
    objects.retain(|object| !object.kind.is_empty());
    let size: usize = rendered.files.iter().map(|it| it.text.len()).sum();
    let mut origins: HashMap<String, Option<Span>> = HashMap::new();
    for object in &mut objects {
        object.value.map_places(&|_| at);
        kubernetes::for_each_image(object, |image| {
            let Some(text) = image.text().map(str::to_owned) else {
                return;
            };
            if origins.len() * size < MAX_SEARCHED {
                let find = || origin(&rendered.files, &text);
                image.origin = *origins.entry(text.clone()).or_insert_with(find);
            }
        });
    }
    objects
}

/// The only place in `files` where `image` stands, or its name without tag and digest.
fn origin(files: &[Text], image: &str) -> Option<Span> {
    let slash = image.rfind('/').unwrap_or(0);
    let end = image[slash..].find([':', '@']);
    let name = &image[..end.map_or(image.len(), |at| slash + at)];
    [image, name].into_iter().find_map(|text| {
        let places = files.iter().flat_map(|it| {
            let places = it.text.match_indices(text);
            let whole = places.filter(|(at, _)| is_whole(&it.text, *at, text.len()));
            whole.map(|(at, _)| Span::new(it.file, at..at + text.len()))
        });
        let places: Vec<_> = places.take(2).collect();
        (places.len() == 1).then(|| places[0])
    })
}

/// Whether no more of a name stands around the part of `text` at `at`.
fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || "._-/:@{}".contains(it);
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    !before.is_some_and(is_part) && !after.is_some_and(is_part)
}

/// The values files: one, or the elements of a list. None when only the run knows.
fn values_files<'a, 'v>(call: &Call<'a, 'v>) -> Option<Vec<Argument<'a, 'v>>> {
    let Some(argument) = call.argument("values_files") else {
        return (!call.was_refused("values_files")).then(Vec::new);
    };
    if argument.value.unpack_str().is_some() {
        return Some(vec![argument.clone()]);
    }
    let items = items(argument.value)?;
    let length = items.len();
    let items = items.into_iter().enumerate();
    let items = items.map(|(index, item)| call.element(argument, index, length, item));
    Some(items.collect())
}

/// The values as JSON. None when only the run knows them, or they are no data.
fn values(call: &Call<'_, '_>) -> Option<String> {
    if call.argument("values").is_none() {
        return (!call.was_refused("values")).then(|| "{}".to_owned());
    }
    match json::write(call, "values") {
        Written::Text(text) => Some(text),
        Written::Instead(_) => None,
    }
}

/// Says why the chart in `folder` is not rendered.
fn report<'a, 'v>(
    call: &Call<'a, 'v>,
    folder: &Argument<'a, 'v>,
    values_files: &[Argument<'a, 'v>],
    reason: &NoChart,
) {
    let path = folder.value.unpack_str().unwrap_or_default();
    let located = call.locate(path.to_owned(), folder);
    let diagnostic = match reason {
        NoChart::Folder(error) => return paths::report(call, folder, error, Use::Evaluation),
        NoChart::Values(index, error) => {
            return paths::report(call, &values_files[*index], error, Use::Evaluation);
        }
        NoChart::Not(ChartError::Unavailable) => {
            if !call.recorder.is_first_without_helm() {
                return;
            }
            helm_not_found::diagnostic(&located)
        }
        // Whether a packaged chart is taken is not documented.
        NoChart::IsFile if path.ends_with(".tgz") => return,
        NoChart::IsFile => broken_chart::is_file(&located),
        NoChart::NoMetadata(charts) => broken_chart::no_metadata(&located, charts),
        NoChart::File(file, error) => broken_chart::unreadable(&located, file, error),
        NoChart::Refused(words, place) => match blamed(call, values_files, words) {
            Some(argument) => broken_chart::refused_argument(argument.span, words),
            None => broken_chart::refused(&located, words, *place),
        },
        NoChart::Not(error) => broken_chart::not_rendered(&located, error),
    };
    call.recorder.report(diagnostic.trace(&call.trace));
}

/// The argument that `helm` complains about, when it is not the chart.
fn blamed<'b, 'a, 'v>(
    call: &'b Call<'a, 'v>,
    values_files: &'b [Argument<'a, 'v>],
    words: &str,
) -> Option<&'b Argument<'a, 'v>> {
    if words.starts_with("release name") {
        return call.argument("release_name");
    }
    let file = words.strip_prefix("failed to parse ")?;
    values_files.iter().find(|argument| {
        let path = argument.value.unpack_str().and_then(normalize_path);
        path.is_some_and(|path| file.starts_with(&path))
    })
}
