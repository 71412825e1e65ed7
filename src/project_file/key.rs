//! What is known of a key, and the macro that declares a mapping's keys.

use schemars::{Schema, SchemaGenerator};

use crate::project_file::reader::{At, Reader};

/// A key that is known at one place of `raftt.yml`.
#[derive(Debug)]
pub(crate) struct Key {
    /// The name as it is documented.
    pub(crate) name: &'static str,
    pub(crate) status: Status,
    /// What it does, in Markdown.
    pub(crate) docs: &'static str,
    /// What its value is the path of, if it is one.
    #[cfg_attr(not(feature = "lsp"), allow(dead_code, reason = "editors lead there"))]
    pub(crate) file: Option<NamedFile>,
    /// Values that show what it may hold.
    pub(crate) examples: &'static [&'static str],
    /// All values that are documented, where these are a few words.
    pub(crate) choices: &'static [&'static str],
    /// What its text must match to be possible at all, as a regular expression.
    pub(crate) pattern: Option<&'static str>,
    /// What its value may be.
    pub(crate) schema: fn(&mut SchemaGenerator) -> Schema,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedFile {
    /// A script.
    Script,
    /// Another file, or a folder.
    Other,
}

/// Whether a key should be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// It is documented and in use.
    Current,
    /// It was documented once; here is what took its place.
    Legacy(&'static str),
    /// It was seen in the oldest files only; here is what is known of its fate.
    Obsolete(&'static str),
    /// It is seen in real files, but no page is known to describe it.
    Undocumented,
}

impl Status {
    /// What to write in the place of a key that should no longer be used.
    pub(crate) fn replacement(self) -> Option<&'static str> {
        match self {
            Self::Legacy(instead) | Self::Obsolete(instead) => Some(instead),
            Self::Current | Self::Undocumented => None,
        }
    }
}

/// What an unknown key at a place means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// All keys are known: it is a mistake, and what it was meant to do does not happen.
    Error,
    /// It is probably a mistake.
    Warning,
    /// The documentation of this place is not complete: nothing is said unless it
    /// is close to a known key.
    Accepted,
}

/// A mapping whose keys are known.
pub(crate) trait Mapping: Sized {
    /// Where it stands, as a path with `*` for names that are the user's own.
    const PATH: &'static str;
    /// What it is, in Markdown.
    const DOCS: &'static str;
    const KEYS: &'static [Key];
    const UNKNOWN: Unknown;

    /// Reads the value of `Self::KEYS[index]`.
    fn set(&mut self, index: usize, reader: &mut Reader<'_>, at: At);
}

/// Something that the value of a key is read into.
pub(crate) trait FromNode: Sized {
    /// Reads the value at `at`. What cannot be read is reported and leaves `self` as it is.
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At);

    /// What the value may be.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// Declares a struct with what is known beside its keys (`with`) and its keys:
/// their field, name, status and documentation. Reading, the table of known keys
/// and the schema follow.
macro_rules! mapping {
    (
        $(#[doc = $struct_doc:literal])+
        $name:ident at $path:literal, unknown: $unknown:ident {
            with {
                $($(#[doc = $own_doc:literal])+ $own:ident: $own_type:ty,)*
            }
            $(
                $(#[doc = $doc:literal])+
                $field:ident: $type:ty = $key:literal, $status:expr
                    $(, file: $file:ident)? $(, choices: $choices:expr)? $(, pattern: $pattern:expr)? $(, examples: $examples:expr)?;
            )+
        }
    ) => {
        $(#[doc = $struct_doc])+
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[doc = $own_doc])+ pub $own: $own_type,)*
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl $name {
            /// One without any key.
            pub(crate) fn new($($own: $own_type),*) -> Self {
                Self {
                    $($own,)*
                    $($field: Default::default(),)+
                }
            }
        }

        impl $crate::project_file::key::Mapping for $name {
            const PATH: &'static str = $path;
            const DOCS: &'static str = concat!($($struct_doc, "\n"),+);
            const UNKNOWN: $crate::project_file::key::Unknown =
                $crate::project_file::key::Unknown::$unknown;
            const KEYS: &'static [$crate::project_file::key::Key] = &[$(
                $crate::project_file::key::Key {
                    name: $key,
                    status: $status,
                    docs: concat!($($doc, "\n"),+),
                    file: $crate::rule::optional!($($crate::project_file::key::NamedFile::$file)?),
                    examples: $crate::project_file::key::list!($($examples)?),
                    choices: $crate::project_file::key::list!($($choices)?),
                    pattern: $crate::rule::optional!($($pattern)?),
                    schema: <$type as $crate::project_file::key::FromNode>::schema,
                },
            )+];

            fn set(
                &mut self,
                index: usize,
                reader: &mut $crate::project_file::reader::Reader<'_>,
                at: $crate::project_file::reader::At,
            ) {
                let key = &Self::KEYS[index];
                match key.name {
                    $($key => $crate::project_file::key::FromNode::read(&mut self.$field, reader, key, at),)+
                    // Every key of the list has its arm.
                    _ => {}
                }
            }
        }
    };
}

/// The list that is given, or an empty one.
macro_rules! list {
    () => {
        &[]
    };
    ($list:expr) => {
        &$list
    };
}

pub(crate) use list;
pub(crate) use mapping;
