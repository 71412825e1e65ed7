//! A service as it is written, its several spellings read into one.

use super::{entries, inside, words};
use crate::kubernetes::{Data, Value};
use crate::source::Span;

/// A service as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service<'c> {
    pub(super) name: &'c str,
    /// Where its name is written.
    pub(super) at: Span,
    pub(super) value: &'c Value,
}

/// A setting with a name: a variable, a label.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) at: Span,
    /// Null if only the run knows it.
    pub(super) value: Value,
}

/// A mount of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mount {
    pub(super) source: MountSource,
    /// The path in the container.
    pub(super) target: String,
    pub(super) at: Span,
    pub(super) is_read_only: bool,
}

/// What is mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MountSource {
    /// A named volume of the file.
    Named(String),
    /// A folder or file beside the compose file.
    Bind(String),
    /// A volume without a name, or one in memory.
    Anonymous,
    /// What is written is known only at run time.
    Unknown,
}

impl<'c> Service<'c> {
    /// The value of the key `name`, unless it is null.
    pub(super) fn get(&self, name: &str) -> Option<&'c Value> {
        let value = self.value.get(name)?;
        (!matches!(value.data, Data::Null)).then_some(value)
    }

    /// `command` and `entrypoint`: a list, or a line that is split like a shell's.
    pub(super) fn words(&self, name: &str) -> Option<Value> {
        let value = self.get(name)?;
        let Some(line) = value.text() else {
            return Some(value.clone());
        };
        let words = words::split(line)?;
        let words = words.into_iter();
        let words = words.map(|word| Value::new(Data::Text(word), value.at));
        Some(Value::new(Data::List(words.collect()), value.at))
    }

    /// The settings of `environment` or `labels`: a map, or a list of `name=value`.
    pub(super) fn settings(&self, name: &str) -> Vec<Setting> {
        let Some(value) = self.get(name) else {
            return Vec::new();
        };
        let from_map = entries(Some(value)).iter().map(|(key, value)| Setting {
            name: key.name.clone(),
            at: key.at,
            value: value.clone(),
        });
        let from_list = value.items().iter().filter_map(|item| {
            let text = item.text()?;
            let (name, data) = match text.split_once('=') {
                Some((name, value)) => (name, Data::Text(value.to_owned())),
                None => (text, Data::Null),
            };
            Some(Setting {
                name: name.to_owned(),
                at: item.at,
                value: Value::new(data, item.at),
            })
        });
        from_map.chain(from_list).collect()
    }

    /// Whether the service is started when `profiles` are active.
    pub(super) fn is_active(&self, profiles: &[String]) -> bool {
        let own = self.get("profiles").map(Value::items).unwrap_or_default();
        let is_active = |it: &Value| {
            it.text()
                .is_none_or(|it| profiles.iter().any(|active| active == it))
        };
        own.is_empty() || profiles.iter().any(|active| active == "*") || own.iter().any(is_active)
    }

    /// What is mounted.
    pub(super) fn mounts(&self) -> Vec<Mount> {
        let mounts = self.get("volumes").map(Value::items).unwrap_or_default();
        mounts.iter().filter_map(mount).collect()
    }
}

/// The mount that an entry of `volumes` is.
pub(super) fn mount(value: &Value) -> Option<Mount> {
    match &value.data {
        Data::Text(text) => Some(short_mount(text, value.at)),
        Data::Unknown(_) => Some(Mount {
            source: MountSource::Unknown,
            target: String::new(),
            at: value.at,
            is_read_only: false,
        }),
        Data::Map(_) => long_mount(value),
        _ => None,
    }
}

/// `source:target:mode`, `source:target` or `target`.
fn short_mount(text: &str, at: Span) -> Mount {
    // The colon of a drive (`C:\folder`) separates nothing.
    let drive = usize::from(is_drive(text)) * 2;
    let (source, rest) = match text[drive..].find(':') {
        Some(colon) => (&text[..drive + colon], Some(&text[drive + colon + 1..])),
        None => (text, None),
    };
    let Some(rest) = rest else {
        return Mount {
            source: MountSource::Anonymous,
            target: source.to_owned(),
            at,
            is_read_only: false,
        };
    };
    let (target, mode) = rest.split_once(':').unwrap_or((rest, ""));
    let source_at = inside(at, text, 0..source.len());
    Mount {
        source: match is_path(source) {
            true => MountSource::Bind(source.to_owned()),
            false => MountSource::Named(source.to_owned()),
        },
        target: target.to_owned(),
        at: source_at,
        is_read_only: mode.split(',').any(|it| it == "ro"),
    }
}

fn long_mount(value: &Value) -> Option<Mount> {
    let source = value.get("source");
    let at = source.map_or(value.at, |it| it.at);
    let name = source.and_then(Value::text);
    let source = match (value.get("type")?.text()?, name) {
        ("volume", Some(name)) => MountSource::Named(name.to_owned()),
        ("bind", Some(path)) => MountSource::Bind(path.to_owned()),
        _ if source.is_some() => MountSource::Unknown,
        _ => MountSource::Anonymous,
    };
    Some(Mount {
        source,
        target: value.get("target").and_then(Value::text)?.to_owned(),
        at,
        is_read_only: matches!(
            value.get("read_only").map(|it| &it.data),
            Some(Data::Bool(true))
        ),
    })
}

/// What is wrong with a mount that is written in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrongMount {
    /// There is nothing.
    Empty,
    /// Nothing stands before, behind or between its colons.
    EmptyPart,
    /// It has too many colons.
    Colons,
    /// The path in the container is not absolute.
    Relative,
}

/// What is wrong with `text` as a mount: it is `source:target:mode`, `source:target` or
/// `target`. Unknown modes are passed over, as the tools of compose do.
pub(super) fn wrong_mount(text: &str) -> Option<WrongMount> {
    if text.is_empty() {
        return Some(WrongMount::Empty);
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = text;
    loop {
        // The colon of a drive (`C:\folder`) separates nothing.
        let drive = usize::from(is_drive(rest)) * 2;
        match rest[drive..].find(':') {
            Some(colon) => {
                parts.push(&rest[..drive + colon]);
                rest = &rest[drive + colon + 1..];
            }
            None => break parts.push(rest),
        }
    }
    let target = parts.get(1).or(parts.first())?;
    if parts.iter().any(|it| it.is_empty()) {
        Some(WrongMount::EmptyPart)
    } else if parts.len() > 3 {
        Some(WrongMount::Colons)
    } else if !target.starts_with('/') && !is_drive(target) {
        Some(WrongMount::Relative)
    } else {
        None
    }
}

/// Whether `source` is a path and no volume's name, as the tools of compose tell.
fn is_path(source: &str) -> bool {
    source.starts_with(['.', '/', '~', '\\']) || is_drive(source)
}

fn is_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}
