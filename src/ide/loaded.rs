//! Names of what scripts load: of workloads, volumes, service accounts.

use super::infer::Type;
use super::{Location, View};
use crate::script::{LoadedName, LoadedResources};
use crate::source::is_script;

/// Something that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Loaded {
    pub(crate) name: String,
    /// Where it is declared, if that is in a file of the project.
    pub(crate) location: Option<Location>,
}

impl View<'_> {
    /// The names that `owner[…]` takes.
    pub(crate) fn names_in(&self, owner: &Type) -> Vec<Loaded> {
        let (from, collection) = match owner {
            Type::Collection(kind, from) => (from, kind.collection.as_str()),
            Type::Volumes(from) => (from, "namedvolumes"),
            _ => return Vec::new(),
        };
        let names = self.names_from(from.as_ref()).into_iter();
        let names = names.filter(|it| it.collection == collection);
        // A volume that was asked for in vain is declared by nothing but that.
        let names = names.filter(|it| collection != "namedvolumes" || !self.is_in_script(it));
        let mut names: Vec<_> = names.map(|it| self.loaded(it)).collect();
        names.sort_by(|a, b| a.name.cmp(&b.name));
        names.dedup_by(|a, b| a.name == b.name);
        names
    }

    /// The collections and names of what the call at `from` loads.
    pub(crate) fn loaded_from(&self, from: Option<&Location>) -> Vec<(String, String)> {
        let names = self.names_from(from).into_iter();
        // A volume that was asked for in vain has no place but that.
        let names = names.filter(|it| it.collection != "namedvolumes" || !self.is_in_script(it));
        names
            .map(|it| (it.collection.clone(), it.name.value.clone()))
            .collect()
    }

    /// What the call at `from` loads; what all calls do, where that is not known.
    fn names_from(&self, from: Option<&Location>) -> Vec<&LoadedName> {
        let all = &self.analysis.script.loaded;
        let by_call: Vec<_> = all.iter().filter(|it| self.is_from(it, from)).collect();
        // An edit moves the calls below it until they run again.
        let loaded = match by_call.is_empty() {
            true => all.iter().collect(),
            false => by_call,
        };
        loaded.iter().flat_map(|it| &it.names).collect()
    }

    fn is_in_script(&self, name: &LoadedName) -> bool {
        is_script(&self.analysis.sources.file(name.name.span.file).path)
    }

    /// The names of the service accounts that are known.
    pub(crate) fn service_accounts(&self) -> Vec<String> {
        let loaded = self.analysis.script.loaded.iter().flat_map(|it| &it.names);
        let loaded = loaded.filter(|it| it.collection == "serviceaccounts");
        let mut names: Vec<_> = loaded.map(|it| it.name.value.clone()).collect();
        if let Some(namespace) = self.options.namespace() {
            names.extend(
                namespace
                    .of_kind("ServiceAccount")
                    .map(|it| it.name.clone()),
            );
        }
        names.sort();
        names.dedup();
        names
    }

    fn is_from(&self, loaded: &LoadedResources, call: Option<&Location>) -> bool {
        let Some(call) = call else { return false };
        let file = self.analysis.sources.file(loaded.span.file);
        file.path == call.path && loaded.span.range().start == call.range.start
    }

    fn loaded(&self, name: &LoadedName) -> Loaded {
        let span = name.name.span;
        let file = self.analysis.sources.file(span.file);
        // What the snapshot holds is no file of the project.
        let is_own = self.analysis.sources.find(&file.path) == Some(span.file);
        Loaded {
            name: name.name.value.clone(),
            location: is_own.then(|| Location {
                path: file.path.clone(),
                range: span.range(),
            }),
        }
    }
}
