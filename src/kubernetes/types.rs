//! The types of the Kubernetes API: which fields an object has, and what they hold.
//!
//! They stand in `types/table.txt`, which `tools/kubernetes-types` writes. A block
//! of it is only read when its type is asked for.

mod snake_case;

use std::sync::LazyLock;

pub(crate) use snake_case::{is_snake_case_of, snake_case};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Anything: the API does not look into it.
    Any,
    Text,
    Bool,
    Int,
    Float,
    /// A port, by number or name, for example.
    IntOrText,
    /// An amount, `500m` or `2`.
    Quantity,
    List(Items),
    /// From text to values.
    Map(Items),
    Object(&'static ObjectType),
}

/// What the items of a list, or the values of a map, are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Items(&'static str);

/// An object of the API, or a part of one.
#[derive(Debug)]
pub(crate) struct ObjectType {
    /// Its name with group and version: `core.v1.Container`.
    pub(crate) name: &'static str,
    /// What it is, in a sentence; may be empty.
    #[cfg_attr(not(feature = "lsp"), allow(dead_code, reason = "editors show it"))]
    pub(crate) description: &'static str,
    /// A line for each field.
    lines: &'static str,
}

/// A field of an [`ObjectType`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its name as the API spells it: `workingDir`.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) ty: Type,
    /// What it is, in a sentence; may be empty.
    #[cfg_attr(not(feature = "lsp"), allow(dead_code, reason = "editors show it"))]
    pub(crate) description: &'static str,
}

/// The types, by name.
static TYPES: LazyLock<Vec<ObjectType>> = LazyLock::new(|| {
    let blocks = include_str!("types/table.txt").split("\n\n");
    // The first block says what the file is.
    let types = blocks.skip(1).map(|block| {
        let (head, lines) = block.split_once('\n').unwrap_or((block, ""));
        let (name, description) = head.split_once('\t').unwrap_or((head, ""));
        ObjectType {
            name,
            description,
            lines,
        }
    });
    types.collect()
});

/// The type of the objects of a kind: `of_kind("apps/v1", "Deployment")`. None for
/// what the API itself does not define, and for versions of it whose fields are not
/// known.
pub(crate) fn of_kind(api_version: &str, kind: &str) -> Option<&'static ObjectType> {
    let (group, version) = match api_version.rsplit_once('/') {
        Some((group, version)) => (own_group(group)?, version),
        None => ("core", api_version),
    };
    kind_named(group, version, kind)
}

/// The type of the objects of a kind, as far as it can be told from the versions that
/// are known: older ones mostly have the same fields.
pub(crate) fn similar_kind(api_version: &str, kind: &str) -> Option<&'static ObjectType> {
    let (group, version) = api_version
        .rsplit_once('/')
        .unwrap_or(("core", api_version));
    let group = match group {
        // What was moved from one group to another is found where it is now.
        "extensions" if kind != "Ingress" && kind != "NetworkPolicy" => "apps",
        "core" => group,
        _ => own_group(group)?,
    };
    let is_older = version.contains("beta") || version.contains("alpha");
    let version = match (group, kind) {
        ("autoscaling", _) if is_older => "v2",
        // Its fields had other names.
        ("networking", "Ingress") if is_older => return None,
        _ if is_older => "v1",
        _ => version,
    };
    kind_named(group, version, kind)
}

/// How the table calls a group of Kubernetes' own.
fn own_group(group: &str) -> Option<&str> {
    match group {
        "apps" | "autoscaling" | "batch" | "policy" => Some(group),
        _ => {
            let group = group.strip_suffix(".k8s.io")?;
            Some(group.trim_end_matches(".authorization"))
        }
    }
}

fn kind_named(group: &str, version: &str, kind: &str) -> Option<&'static ObjectType> {
    let ty = named(&format!("{group}.{version}.{kind}"))?;
    ty.is_kind().then_some(ty)
}

/// The kinds of an `apiVersion` that are known.
pub(crate) fn kinds(api_version: &str) -> Vec<&'static str> {
    let types = TYPES.iter().filter(|it| it.is_kind());
    let kinds = types.map(ObjectType::short_name);
    let own = kinds.filter(|kind| of_kind(api_version, kind).is_some());
    own.collect()
}

/// Every type.
#[cfg(feature = "lsp")]
pub(crate) fn all() -> impl Iterator<Item = &'static ObjectType> {
    TYPES.iter()
}

/// The type of containers of pods.
pub(crate) fn container() -> &'static ObjectType {
    expected("core.v1.Container")
}

/// The type of what a pod, or a pod's template, has under `spec`.
#[cfg(test)]
pub(crate) fn pod_spec() -> &'static ObjectType {
    expected("core.v1.PodSpec")
}

/// The type with the name `core.v1.Container`.
pub(crate) fn named(name: &str) -> Option<&'static ObjectType> {
    let index = TYPES.binary_search_by(|it| it.name.cmp(name)).ok()?;
    Some(&TYPES[index])
}

/// The type with the short name `Container`. Where several groups have one, that
/// of `core`, or of the first group that does.
pub(crate) fn short_named(name: &str) -> Option<&'static ObjectType> {
    let core = named(&format!("core.v1.{name}"));
    core.or_else(|| TYPES.iter().find(|it| it.short_name() == name))
}

fn expected(name: &str) -> &'static ObjectType {
    named(name).expect("the table has the type, as a test checks")
}

impl ObjectType {
    /// `Container`.
    pub(crate) fn short_name(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// Its fields, by name.
    pub(crate) fn fields(&self) -> impl Iterator<Item = Field> + use<> {
        self.lines.lines().map(Field::read)
    }

    /// The field that a script calls `name`: `working_dir`.
    pub(crate) fn field(&self, name: &str) -> Option<Field> {
        self.fields().find(|it| is_snake_case_of(name, it.name))
    }

    /// The field that the API calls `name`: `workingDir`.
    pub(crate) fn api_field(&self, name: &str) -> Option<Field> {
        self.fields().find(|it| it.name == name)
    }

    /// Whether it is an object of its own, with a kind and a name.
    fn is_kind(&self) -> bool {
        self.api_field("kind").is_some() && self.api_field("metadata").is_some()
    }
}

impl Field {
    /// Its name as scripts write it: `working_dir`.
    pub(crate) fn snake(&self) -> String {
        snake_case(self.name)
    }

    fn read(line: &'static str) -> Self {
        let mut parts = line.split('\t');
        let mut next = || parts.next().unwrap_or_default();
        let name = next();
        Self {
            name: name.trim_end_matches('!'),
            ty: Type::read(next()),
            description: next(),
        }
    }
}

impl Type {
    fn read(code: &'static str) -> Self {
        match code {
            "text" => Self::Text,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            "int-or-text" => Self::IntOrText,
            "quantity" => Self::Quantity,
            _ => match (code.strip_prefix('['), code.strip_prefix('{')) {
                (Some(items), _) => Self::List(Items(items)),
                (_, Some(items)) => Self::Map(Items(items)),
                _ => named(code).map_or(Self::Any, Self::Object),
            },
        }
    }
}

impl Items {
    /// The type of one.
    pub(crate) fn ty(self) -> Type {
        Type::read(self.0)
    }
}

impl PartialEq for ObjectType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for ObjectType {}

#[cfg(test)]
mod tests;
