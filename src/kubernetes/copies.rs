//! What other objects of a cluster made: a deployment makes replica sets, and those
//! make pods. They run the images of their owners, and no others of their own.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::extract::{CONTAINER_LISTS, containers, image_text, pod_spec, pod_spec_path};
use super::{Data, Object, Value};

/// How many owners are followed from a copy to what it is a copy of.
const MAX_STEPS: usize = 4;

/// `objects` without the copies that others of them made.
///
/// The cluster may have added containers to a copy (a proxy beside each pod). Of all
/// copies with the same additions one is kept, with these containers alone.
pub(super) fn without_copies(mut objects: Vec<Object>) -> Vec<Object> {
    let mut keep = Vec::with_capacity(objects.len());
    let mut added = Vec::new();
    let owners = Owners::new(&objects);
    let mut seen = HashSet::new();
    for (index, object) in objects.iter().enumerate() {
        let Some(owner) = owners.first_owner(object) else {
            keep.push(true);
            continue;
        };
        let known = images(&objects[owner]);
        let new: BTreeSet<_> = images(object).difference(&known).cloned().collect();
        let is_kept = !new.is_empty() && !is_scaled_to_nothing(object) && seen.insert((owner, new));
        if is_kept {
            added.push((index, known));
        }
        keep.push(is_kept);
    }
    for (index, known) in added {
        remove_containers(&mut objects[index], &known);
    }
    let mut keep = keep.into_iter();
    objects.retain(|_| keep.next().unwrap_or(true));
    objects
}

/// Objects, found by kind, name and namespace.
struct Owners<'o> {
    objects: &'o [Object],
    by_name: HashMap<(&'o str, &'o str, Option<&'o str>), usize>,
}

impl<'o> Owners<'o> {
    fn new(objects: &'o [Object]) -> Self {
        let named = objects.iter().enumerate().map(|(index, it)| {
            let namespace = it.namespace.as_deref();
            ((it.kind.as_str(), it.name.as_str(), namespace), index)
        });
        Self {
            objects,
            by_name: named.collect(),
        }
    }

    /// What `object` is, in the end, a copy of.
    fn first_owner(&self, object: &Object) -> Option<usize> {
        let mut owner = self.owner(object)?;
        for _ in 0..MAX_STEPS {
            match self.owner(&self.objects[owner]) {
                Some(next) => owner = next,
                None => return Some(owner),
            }
        }
        // They own each other.
        None
    }

    /// The object that made `object`, if it is there and runs pods.
    fn owner(&self, object: &Object) -> Option<usize> {
        let owners = object.value.at_path(&["metadata", "ownerReferences"])?;
        let mut owners = owners.items().iter();
        owners.find_map(|it| self.referred(object, it))
    }

    fn referred(&self, object: &Object, reference: &Value) -> Option<usize> {
        let text = |name| reference.get(name).and_then(Value::text);
        let (kind, name) = (text("kind")?, text("name")?);
        let namespace = object.namespace.as_deref();
        let found = |kind, name| self.by_name.get(&(kind, name, namespace)).copied();
        let index = found(kind, name).or_else(|| {
            // The replica set between a pod and its deployment is mostly not there.
            let hash = ["metadata", "labels", "pod-template-hash"];
            let hash = object.value.at_path(&hash).and_then(Value::text)?;
            let deployment = name.strip_suffix(hash)?.strip_suffix('-')?;
            found("Deployment", deployment).filter(|_| kind == "ReplicaSet")
        })?;
        let owner = &self.objects[index];
        let uid = owner.value.at_path(&["metadata", "uid"]);
        let uids = uid.and_then(Value::text).zip(text("uid"));
        let is_it = owner.kind != kind || uids.is_none_or(|(its, named)| its == named);
        (is_it && pod_spec(owner).is_some()).then_some(index)
    }
}

/// The images of an object's containers.
fn images(object: &Object) -> BTreeSet<String> {
    let containers = pod_spec(object).into_iter().flat_map(containers);
    let images = containers.filter_map(|(_, container)| image_text(container));
    images.map(str::to_owned).collect()
}

/// Deployments keep their old replica sets, which run nothing.
fn is_scaled_to_nothing(object: &Object) -> bool {
    let replicas = object.value.at_path(&["spec", "replicas"]);
    object.kind == "ReplicaSet" && matches!(replicas.map(|it| &it.data), Some(Data::Int(0)))
}

/// Removes the containers whose images are `known`.
fn remove_containers(object: &mut Object, known: &BTreeSet<String>) {
    let path = pod_spec_path(&object.kind);
    let Some(spec) = object.value.at_path_mut(path) else {
        return;
    };
    for list in CONTAINER_LISTS {
        if let Some(list) = spec.at_path_mut(&[list])
            && let Data::List(items) = &mut list.data
        {
            items.retain(|it| image_text(it).is_none_or(|image| !known.contains(image)));
        }
    }
}

#[cfg(test)]
mod tests;
