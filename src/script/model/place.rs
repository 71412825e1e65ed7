//! Where an attribute is that a script looks for too high up.

use super::{Id, Model, Part, Thing};
use crate::kubernetes::types::{ObjectType, Type};

/// How many steps further down an attribute is looked for.
const MAX_STEPS: usize = 6;

impl Model {
    /// How the attribute `name` is reached from the object `id`, which has none itself:
    /// `spec.template.spec.containers` of a deployment, `["web"]` of the deployments.
    pub(crate) fn place_of(&self, id: Id, name: &str) -> Option<String> {
        match &self.entry(id).thing {
            Thing::Part(Part::Fields(fields)) => below(fields.ty?, name),
            Thing::Workload(workload) => match self.part(workload.root) {
                Some(Part::Fields(fields)) => below(fields.ty?, name),
                _ => None,
            },
            Thing::Collection(resources, kind) => {
                let names = self.resources(*resources)?.names(&kind.collection);
                let is_there = names.iter().any(|it| it == name);
                is_there.then(|| format!("[{name:?}]"))
            }
            _ => None,
        }
    }
}

/// The shortest way from an object of the type `ty` to a field `name` below it, through
/// objects and the first container. A name that is there twice leads nowhere.
fn below(ty: &'static ObjectType, name: &str) -> Option<String> {
    let mut level = vec![(String::new(), ty)];
    for _ in 0..MAX_STEPS {
        let mut next = Vec::new();
        let mut found = Vec::new();
        for (path, ty) in level {
            for field in ty.fields() {
                let path = match path.as_str() {
                    "" => field.snake(),
                    path => format!("{path}.{}", field.snake()),
                };
                if field.snake() == name && path.contains('.') {
                    found.push(path.clone());
                }
                match field.ty {
                    Type::Object(below) => next.push((path, below)),
                    Type::List(items) if field.name == "containers" => {
                        if let Type::Object(below) = items.ty() {
                            next.push((format!("{path}[0]"), below));
                        }
                    }
                    _ => {}
                }
            }
        }
        match found.as_slice() {
            [] => level = next,
            [only] => return Some(only.clone()),
            _ => return None,
        }
    }
    None
}
