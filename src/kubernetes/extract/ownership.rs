//! Which objects were made by others: a deployment makes replica sets, and those
//! make pods.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::{containers, image_text, pod_spec};
use crate::kubernetes::{Data, Object, Value};

/// How many owners are followed from a copy to what it is a copy of.
const MAX_STEPS: usize = 4;

/// Objects, found by kind and name.
pub(super) struct Owners<'o> {
    objects: &'o [Object],
    by_name: HashMap<(&'o str, &'o str, Option<&'o str>), usize>,
    images: RefCell<HashMap<usize, BTreeSet<String>>>,
}

impl<'o> Owners<'o> {
    pub(super) fn new(objects: &'o [Object]) -> Self {
        let named = objects.iter().enumerate();
        let named = named.map(|(index, it)| {
            let namespace = it.namespace.as_deref();
            ((it.kind.as_str(), it.name.as_str(), namespace), index)
        });
        Self {
            objects,
            by_name: named.collect(),
            images: RefCell::default(),
        }
    }

    /// The objects that are no copies of others. A copy that uses an image that
    /// its owner does not (a sidecar that the cluster adds) stands for all copies
    /// of that owner with the same images.
    pub(super) fn without_copies(&self) -> impl Iterator<Item = &'o Object> {
        let mut seen = HashSet::new();
        let objects = self.objects.iter().enumerate();
        objects.filter_map(move |(index, object)| {
            let Some(owner) = self.first_owner(object) else {
                return Some(object);
            };
            if is_scaled_to_nothing(object) || self.uses_no_other_images(index, owner) {
                return None;
            }
            let images = self.images(index);
            seen.insert((owner, images)).then_some(object)
        })
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
        let owners = owners.items().iter();
        owners.filter_map(|it| self.referred(object, it)).next()
    }

    fn referred(&self, object: &Object, reference: &Value) -> Option<usize> {
        let text = |name| reference.get(name).and_then(Value::text);
        let (kind, name) = (text("kind")?, text("name")?);
        let namespace = object.namespace.as_deref();
        let found = self.by_name.get(&(kind, name, namespace)).copied();
        let found = found.or_else(|| {
            // The replica set between a pod and its deployment is mostly not there.
            let hash = ["metadata", "labels", "pod-template-hash"];
            let hash = object.value.at_path(&hash).and_then(Value::text)?;
            let deployment = name.strip_suffix(hash)?.strip_suffix('-')?;
            let key = ("Deployment", deployment, namespace);
            (kind == "ReplicaSet").then(|| self.by_name.get(&key).copied())?
        })?;
        let owner = &self.objects[found];
        let uid = owner
            .value
            .at_path(&["metadata", "uid"])
            .and_then(Value::text);
        let is_same = owner.kind != kind || uid.zip(text("uid")).is_none_or(|(a, b)| a == b);
        (is_same && pod_spec(owner).is_some()).then_some(found)
    }

    fn uses_no_other_images(&self, copy: usize, owner: usize) -> bool {
        self.images(copy).is_subset(&self.images(owner))
    }

    fn images(&self, index: usize) -> BTreeSet<String> {
        let mut known = self.images.borrow_mut();
        let images = known.entry(index).or_insert_with(|| {
            let spec = pod_spec(&self.objects[index]).into_iter();
            let images = spec.flat_map(containers).filter_map(image_text);
            images.map(|it| it.into_owned()).collect()
        });
        images.clone()
    }
}

/// Deployments keep their old replica sets, which run nothing.
fn is_scaled_to_nothing(object: &Object) -> bool {
    let replicas = object.value.at_path(&["spec", "replicas"]);
    object.kind == "ReplicaSet" && matches!(replicas.map(|it| &it.data), Some(Data::Int(0)))
}
