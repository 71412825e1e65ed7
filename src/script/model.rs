//! The objects that a script makes and changes: resources, workloads, the parts
//! of Kubernetes objects, volumes.
//!
//! All of one run stand in one list and refer to each other by number, so the
//! engine's values are mere handles, a change is seen wherever the object is
//! used, and what the script made of everything can be read when it has ended.
//! Attributes are looked up without an evaluator at hand, so the list goes
//! through the thread: an evaluation stays on one.

mod attributes;
mod deployed;
mod environment;
mod kind;
mod part;
mod place;
mod resources;
mod volume;
mod workload;

use std::cell::RefCell;
use std::sync::Arc;

use crate::kubernetes::Namespace;
use crate::script::builtins::Object;
use crate::source::{Located, Span};
use crate::unknown::Unknown;

pub(crate) use deployed::{Deployed, Purpose};
pub(crate) use kind::{Kind, kind_of_collection};
pub(crate) use part::{Fields, Item, Items, Map, Part};
pub(crate) use resources::{Lookup, Resources, Source};
pub(crate) use volume::{Volume, VolumeKind};
pub(crate) use workload::{Mount, PortMapping, Workload};

/// Names an object of the current run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(u32);

/// An object of the current run.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// What the language reference says about it.
    pub(crate) object: &'static Object,
    /// The object in code, as the script would write it.
    pub(crate) what: String,
    /// Where the script asked for it.
    pub(crate) from: Option<Span>,
    /// The attributes that were written, or asked for and not known.
    pub(crate) attributes: Vec<(String, Slot)>,
    pub(crate) thing: Thing,
}

/// What an object is.
#[derive(Clone, Debug)]
pub(crate) enum Thing {
    /// A clone: nothing but what its declaration says.
    Plain,
    /// A file or folder of the repository, as the script names it.
    File(Located<String>),
    /// A regular expression, as it is written.
    Regex(String),
    Resources(Resources),
    /// The objects of one kind, of the resources named.
    Collection(Id, Kind),
    Workload(Workload),
    /// The named volumes of the resources named.
    Volumes(Id),
    Volume(Volume),
    /// A part of a Kubernetes object.
    Part(Part),
}

/// What an attribute, a field, an item holds, and where that was decided.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) content: Content,
    /// Where it was written, or the place in its file.
    pub(crate) at: Span,
    /// Where it was decided first, when that is another place.
    pub(crate) origin: Option<Span>,
}

/// A value that an object holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Unknown(Unknown),
    Object(Id),
}

/// The objects of one run.
#[derive(Debug, Default)]
pub(crate) struct Model {
    entries: Vec<Entry>,
    pub(crate) deployed: Vec<Deployed>,
    /// Whether something is deployed that is known only at run time.
    pub(crate) deploys_unknown: bool,
    /// What `namespace_resources` gave; it gives the same every time.
    pub(crate) namespace_resources: Option<Id>,
    /// The parts whose fields were written, and the statements that did so.
    pub(crate) changed_parts: Vec<(Id, Span)>,
    /// The names that `build_image` was given.
    pub(crate) built_images: Vec<String>,
    /// The calls that build images under names that are only known at run time.
    pub(crate) built_by: Vec<Span>,
    namespace: Option<Arc<Namespace>>,
    /// How much memory the objects take, in bytes, more or less.
    size: usize,
    /// Names that were looked up in vain, were reported, and are taken anyway.
    accepted: Vec<Lookup>,
    /// The last lookup that was refused.
    refused: Option<Lookup>,
}

/// The longest name of an object in code, in bytes.
const MAX_WHAT: usize = 300;

thread_local! {
    static MODEL: RefCell<Model> = RefCell::default();
}

/// Starts a run with no objects but those of `namespace`, if that is known.
pub(crate) fn start(namespace: Option<Arc<Namespace>>, accepted: &[Lookup]) {
    MODEL.with_borrow_mut(|model| {
        *model = Model {
            namespace,
            accepted: accepted.to_vec(),
            ..Model::default()
        };
    });
}

/// Looks at the objects of the current run, or changes them.
pub(crate) fn with<T>(change: impl FnOnce(&mut Model) -> T) -> T {
    MODEL.with_borrow_mut(change)
}

impl Model {
    /// Adds an object.
    pub(crate) fn add(
        &mut self,
        object: &'static Object,
        what: impl Into<String>,
        from: Option<Span>,
        thing: Thing,
    ) -> Id {
        let id = Id(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let mut what = what.into();
        if what.len() > MAX_WHAT {
            // What is made of what is made of … is recognised by its end, too.
            let start = what.len() - MAX_WHAT;
            let start = (start..what.len()).find(|at| what.is_char_boundary(*at));
            what = format!("…{}", &what[start.unwrap_or(what.len())..]);
        }
        self.weigh(size_of::<Entry>() + what.len());
        self.entries.push(Entry {
            object,
            what,
            from,
            attributes: Vec::new(),
            thing,
        });
        id
    }

    /// Counts `bytes` more.
    pub(crate) fn weigh(&mut self, bytes: usize) {
        self.size = self.size.saturating_add(bytes);
    }

    /// How much memory the objects take, in bytes, more or less.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn entry(&self, id: Id) -> &Entry {
        &self.entries[id.0 as usize]
    }

    pub(crate) fn entry_mut(&mut self, id: Id) -> &mut Entry {
        &mut self.entries[id.0 as usize]
    }

    /// The objects, with their names.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (Id, &Entry)> {
        let ids = (0..).map(Id);
        ids.zip(&self.entries)
    }

    /// The object as a value that is only known at run time.
    pub(crate) fn unknown(&self, id: Id) -> Unknown {
        let entry = self.entry(id);
        Unknown {
            what: entry.what.clone(),
            from: entry.from,
        }
    }

    pub(crate) fn namespace(&self) -> Option<Arc<Namespace>> {
        self.namespace.clone()
    }

    /// The lookup that was refused last.
    pub(crate) fn take_refused(&mut self) -> Option<Lookup> {
        self.refused.take()
    }
}

impl Entry {
    /// What was written to the attribute `name`.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Slot> {
        let mut written = self.attributes.iter();
        written.find_map(|(known, slot)| (known == name).then_some(slot))
    }

    /// Writes to the attribute `name`.
    pub(crate) fn set_attribute(&mut self, name: &str, slot: Slot) {
        match self.attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, written)) => *written = slot,
            None => self.attributes.push((name.to_owned(), slot)),
        }
    }
}

impl Slot {
    pub(crate) fn new(content: Content, at: Span) -> Self {
        Self {
            content,
            at,
            origin: None,
        }
    }
}
