//! What running a script brought to light, in the order in which it happened.
//!
//! Builtins only record facts here; rules judge them.

use crate::diagnostic::Frame;
use crate::kubernetes::Workload;
use crate::source::{FileId, Located, Span};
use crate::unknown::Unknown;

/// The facts of one project's scripts.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ScriptFacts {
    /// The scripts that were evaluated: the environment script first, then
    /// what it loads. Empty when there is none.
    pub scripts: Vec<FileId>,
    /// The calls of `configure_cred_helper`, in the order in which they ran.
    pub cred_helpers: Vec<CredHelperCall>,
    /// Calls of `configure_cred_helper` in the text that were not reached.
    pub unreached_cred_helpers: Vec<Span>,
    /// Parts of the scripts that no run evaluated, or perhaps none. Of scripts with
    /// comments that are meant for this program only.
    pub unreached: Vec<Span>,
    /// The calls that run on another way through the script only, where it
    /// branches on a value that is only known at run time.
    pub elsewhere: Vec<CredHelperCall>,
    /// Branches on values that are only known at run time, whose two ways
    /// configure different registries or use different images.
    pub branches: Vec<Branch>,
    /// Whether the script branches on more such values than were followed, so that not
    /// all that it may configure is known.
    pub has_more_branches: bool,
    /// The workloads that are deployed, as they are when the script ends.
    pub workloads: Vec<Workload>,
    /// Whether `workloads` are all that the environment runs: they are not while
    /// the namespace's own are unknown.
    pub workloads_are_complete: bool,
    /// What the calls that load resources gave, in the order in which they ran.
    pub loaded: Vec<LoadedResources>,
    /// The names of the secrets that were asked for.
    pub secrets: Vec<Located<String>>,
    /// The names of the Kubernetes secrets that are deployed with the workloads.
    pub deployed_secrets: Vec<String>,
    /// Whether the scripts ran to their end as they are written. A syntax
    /// error, a name that is not defined, `fail()` or an exceeded limit leaves
    /// the facts incomplete.
    pub is_complete: bool,
}

impl ScriptFacts {
    /// These facts, which came after those of the lifecycle hooks' script. Its
    /// workloads run the hooks and are gone before the environment is made.
    pub(crate) fn after(self, hooks: Self) -> Self {
        Self {
            scripts: join(self.scripts, hooks.scripts),
            cred_helpers: join(hooks.cred_helpers, self.cred_helpers),
            unreached_cred_helpers: join(hooks.unreached_cred_helpers, self.unreached_cred_helpers),
            unreached: join(hooks.unreached, self.unreached),
            elsewhere: join(hooks.elsewhere, self.elsewhere),
            branches: join(hooks.branches, self.branches),
            loaded: join(hooks.loaded, self.loaded),
            has_more_branches: hooks.has_more_branches || self.has_more_branches,
            secrets: join(hooks.secrets, self.secrets),
            is_complete: hooks.is_complete && self.is_complete,
            ..self
        }
    }

    /// The calls of `configure_cred_helper` on every way through the script.
    pub(crate) fn calls_on_all_ways(&self) -> impl Iterator<Item = &CredHelperCall> {
        self.cred_helpers.iter().chain(&self.elsewhere)
    }
}

fn join<T>(mut first: Vec<T>, second: Vec<T>) -> Vec<T> {
    first.extend(second);
    first
}

/// One call of `configure_cred_helper`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CredHelperCall {
    /// The whole call.
    pub span: Span,
    /// The calls that led to it, outermost first; empty at the top level.
    pub trace: Vec<Frame>,
    /// The provider. `None` when it is missing or no string, which was reported,
    /// or only known at run time.
    pub provider: Option<Located<String>>,
    /// The provider, when it is only known at run time.
    pub unknown_provider: Option<Located<Unknown>>,
    /// The registries.
    pub registries: Registries,
}

/// The argument `registries` of `configure_cred_helper`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Registries {
    /// It is not given.
    Absent,
    /// It is given, but is nothing that could be read; that was reported.
    Invalid,
    /// A list of strings. Elements that are no strings were reported and left out.
    List {
        /// The argument, whole.
        span: Span,
        /// The strings, as written.
        hosts: Vec<Located<String>>,
        /// Whether the list held elements that were reported and left out.
        has_invalid: bool,
        /// The elements, or the whole list, that are only known at run time.
        unknown: Vec<Located<Unknown>>,
    },
}

/// What one call gave: `load_docker_compose(…)`, for example.
#[derive(Clone, Debug)]
pub struct LoadedResources {
    /// The call.
    pub span: Span,
    /// The objects and named volumes.
    pub names: Vec<LoadedName>,
}

/// An object that was loaded.
#[derive(Clone, Debug)]
pub struct LoadedName {
    /// The attribute of the resources that holds it: `deployments`, `namedvolumes`.
    pub collection: String,
    /// Its name, and where it is declared. A chart's objects stand in no file: their
    /// place is the call's.
    pub name: Located<String>,
}

/// A branch on a value that is only known at run time, whose two ways configure
/// different registries or use different images. The facts are those of one of
/// them, with the images of both.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Branch {
    /// The statement that branches.
    pub span: Span,
    /// The value that it depends on.
    pub unknown: Unknown,
    /// What is configured on the way that the facts follow and not on the other.
    pub here: Vec<String>,
    /// What is configured on the other way alone.
    pub there: Vec<String>,
    /// The images that are used on the way that the facts follow and not on the other.
    pub images_here: Vec<String>,
    /// The images that are used on the other way alone.
    pub images_there: Vec<String>,
}
