//! The language reference: every function, object, method and module, declared
//! once. Binding of arguments, hover, completion and the reference page come
//! from these declarations.

mod building;
mod configure_cred_helper;
mod deploying;
mod hooks;
mod loading;
mod modules;
mod objects;
mod paths;
mod standard;

use crate::script::call::Call;

pub use modules::Module;
pub(crate) use objects::{
    collection, fields_object, is_working_tree, items_object, map_object, volume, volumes, workload,
};
#[cfg(feature = "lsp")]
pub(crate) use standard::global_objects;
pub(crate) use standard::{CONSTANTS, STANDARD_NAMES, bind, constants, global_names};

/// A function or method of the language.
#[derive(Debug)]
#[non_exhaustive]
pub struct Builtin {
    /// The name that scripts use.
    pub name: &'static str,
    /// What it does, in Markdown.
    pub documentation: &'static str,
    /// The parameters, in their order.
    pub parameters: &'static [Parameter],
    /// What a call gives.
    pub returns: ReturnType,
    /// How it is known.
    pub evidence: Evidence,
    /// What to use instead of it, for names that are no longer used.
    pub replacement: Option<&'static str>,
    /// What a call does beyond giving a value that is known at run time.
    pub(crate) run: Option<for<'v> fn(&Call<'_, 'v>) -> Option<starlark::values::Value<'v>>>,
}

/// A parameter of a [`Builtin`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// The name for keyword arguments.
    pub name: &'static str,
    /// What it means, in Markdown.
    pub documentation: &'static str,
    /// What it takes.
    pub takes: ArgType,
    /// Its default as the script would write it; none when it must be given.
    /// `...` stands for a default that is not known.
    pub default: Option<&'static str>,
}

/// How a name of the language is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evidence {
    /// The product's documentation describes it in full.
    Documented,
    /// Real scripts use it; what they do not show is not known.
    Seen,
    /// It is inferred from its surroundings.
    Inferred,
}

impl Evidence {
    /// The word for it in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Seen => "seen in use",
            Self::Inferred => "inferred",
        }
    }
}

/// What a parameter takes. A value that is only known at run time fits all.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ArgType {
    /// Anything.
    Any,
    /// A string.
    Str,
    /// The path of a file or folder of the repository, from its root: a string.
    Path,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A whole number.
    Int,
    /// A whole number or a fraction.
    Number,
    /// `True` or `False`.
    Bool,
    /// A list or tuple.
    List(&'static ArgType),
    /// A dictionary with string keys.
    Dict(&'static ArgType),
    /// An object of the language.
    Object(fn() -> &'static Object),
    /// One of these.
    OneOf(&'static [ArgType]),
}

impl ArgType {
    /// Whether a string that is given, or one of a list of them, is a path.
    #[cfg(feature = "lsp")]
    pub(crate) fn is_path(&self) -> bool {
        match self {
            Self::Path => true,
            Self::List(item) => item.is_path(),
            Self::OneOf(several) => several.iter().any(Self::is_path),
            _ => false,
        }
    }
}

/// What a call or an attribute gives.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ReturnType {
    /// `None`.
    None,
    /// A string.
    Str,
    /// An object of the language.
    Object(fn() -> &'static Object),
    /// Something the reference does not describe.
    Any,
}

impl ReturnType {
    /// The name of the type, for the reference page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Str => "str",
            Self::Object(object) => object().name,
            Self::Any => "value",
        }
    }
}

/// A kind of object: what it has, and what its items are.
#[derive(Debug)]
#[non_exhaustive]
pub struct Object {
    /// The name of the type.
    pub name: &'static str,
    /// The global name that holds the object, for the ones that scripts do not make.
    pub global: Option<&'static str>,
    /// What it is, in Markdown.
    pub documentation: &'static str,
    /// What can be read from it or written to it.
    pub attributes: &'static [Attribute],
    /// What can be called on it.
    pub methods: &'static [Builtin],
    /// What `object[…]` and iteration give.
    pub item: Option<fn() -> &'static Object>,
    /// Whether names that are not listed are as good as listed ones: the
    /// reference describes only a part of it.
    pub is_open: bool,
}

/// An attribute of an [`Object`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What it means, in Markdown.
    pub documentation: &'static str,
    /// What it holds.
    pub value: ReturnType,
    /// How it is known.
    pub evidence: Evidence,
    /// What to use instead of it.
    pub replacement: Option<&'static str>,
}

impl Object {
    /// The method `name`.
    #[must_use]
    pub fn method(&self, name: &str) -> Option<&'static Builtin> {
        self.methods.iter().find(|method| method.name == name)
    }

    /// The attribute `name`.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }

    /// The names of its attributes and methods.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let attributes = self.attributes.iter().map(|attribute| attribute.name);
        attributes.chain(self.methods.iter().map(|method| method.name))
    }
}

/// The functions that every script can call.
pub fn functions() -> impl Iterator<Item = &'static Builtin> {
    [
        std::slice::from_ref(&configure_cred_helper::CONFIGURE_CRED_HELPER),
        loading::FUNCTIONS,
        deploying::FUNCTIONS,
        building::FUNCTIONS,
        hooks::FUNCTIONS,
    ]
    .into_iter()
    .flatten()
}

/// The kinds of objects.
#[must_use]
pub fn objects() -> &'static [&'static Object] {
    objects::ALL
}

/// The name of an identifier that Rust may have to write as `r#name`.
const fn bare_name(identifier: &'static str) -> &'static str {
    match identifier.as_bytes() {
        [b'r', b'#', ..] => identifier.split_at(2).1,
        _ => identifier,
    }
}

/// Declares a function or method: the doc comments are its documentation.
///
/// ```text
/// builtin! {
///     /// Mounts a volume.
///     mount(
///         /// The volume.
///         volume: ArgType::Object(objects::volume),
///         /// Whether it is initialised again on rebuild.
///         init_on_rebuild = "False": ArgType::Bool,
///     ) -> ReturnType::None, Seen
/// }
/// ```
/// After the evidence may follow `replacement: "…"` and `run: function`.
macro_rules! builtin {
    (
        $(#[doc = $doc:literal])+
        $name:ident(
            $(
                $(#[doc = $param_doc:literal])+
                $param:ident $(= $default:literal)?: $takes:expr
            ),* $(,)?
        ) -> $returns:expr, $evidence:ident
        $(, replacement: $replacement:literal)?
        $(, run: $run:expr)?
    ) => {
        $crate::script::builtins::Builtin {
            name: $crate::script::builtins::bare_name(stringify!($name)),
            documentation: concat!($($doc, "\n"),+),
            parameters: &[$(
                $crate::script::builtins::Parameter {
                    name: $crate::script::builtins::bare_name(stringify!($param)),
                    documentation: concat!($($param_doc, "\n"),+),
                    takes: $takes,
                    default: $crate::rule::optional!($($default)?),
                }
            ),*],
            returns: $returns,
            evidence: $crate::script::builtins::Evidence::$evidence,
            replacement: $crate::rule::optional!($($replacement)?),
            run: $crate::rule::optional!($($run)?),
        }
    };
}

/// Declares attributes of an object, in the manner of [`builtin!`].
macro_rules! attributes {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident -> $value:expr, $evidence:ident $(, replacement: $replacement:literal)?
    );* $(;)?) => {
        &[$(
            $crate::script::builtins::Attribute {
                name: stringify!($name),
                documentation: concat!($($doc, "\n"),+),
                value: $value,
                evidence: $crate::script::builtins::Evidence::$evidence,
                replacement: $crate::rule::optional!($($replacement)?),
            }
        ),*]
    };
}

use attributes;
use builtin;
