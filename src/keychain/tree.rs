//! Keys by the labels of their hosts, from the last one on.

use std::collections::HashMap;

use super::RegistryKey;
use super::glob::Glob;
use super::prefix::PrefixIndex;

/// How many labels a host may have. No name in the DNS has more.
const MAX_LABELS: usize = 127;

/// Values by key: of an image, the values of all keys that serve it.
///
/// A lookup goes down one level for each label of the host: to the child of this very
/// label, and to those whose pattern takes it. These are found by the letters that their
/// pattern begins or ends with, so that what is looked at hardly grows with their number.
#[derive(Clone, Debug)]
pub(super) struct KeyTree<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Clone, Debug)]
struct Node<T> {
    /// Children by their label.
    literals: HashMap<String, usize>,
    /// Children whose label is a pattern that begins with letters, by these.
    by_prefix: PrefixIndex<(Glob, usize)>,
    /// The others, by the letters that their pattern ends with, from the last on.
    by_suffix: PrefixIndex<(Glob, usize)>,
    /// What keys that end here stand for: by port, then by path.
    ends: HashMap<String, PrefixIndex<T>>,
}

impl<T: Copy> KeyTree<T> {
    pub(super) fn new<'k>(keys: impl IntoIterator<Item = (&'k RegistryKey, T)>) -> Self {
        let mut growing = vec![Growing::default()];
        for (key, value) in keys {
            if key.labels().len() > MAX_LABELS {
                continue;
            }
            let mut at = 0;
            for label in key.labels().iter().rev() {
                let next = growing.len();
                at = match growing[at].children.get(label.text()) {
                    Some((_, child)) => *child,
                    None => {
                        let child = (label.clone(), next);
                        growing[at].children.insert(label.text().to_owned(), child);
                        growing.push(Growing::default());
                        next
                    }
                };
            }
            let port = key.port().unwrap_or_default().to_owned();
            let ends = growing[at].ends.entry(port).or_default();
            ends.push((key.path().to_owned(), value));
        }
        Self {
            nodes: growing.into_iter().map(Growing::grown).collect(),
        }
    }

    /// Adds the values of all keys that serve the image at `host`, `port` and `path`.
    pub(super) fn find(&self, (host, port, path): (&str, Option<&str>, &str), found: &mut Vec<T>) {
        if let Some(root) = self.nodes.first() {
            let image = (port.unwrap_or_default(), path);
            self.descend(root, Some(host), image, found);
        }
    }

    // A level for each label of a key, which has no more than `MAX_LABELS`.
    fn descend(&self, node: &Node<T>, host: Option<&str>, image: (&str, &str), found: &mut Vec<T>) {
        let Some(host) = host else {
            if let Some(paths) = node.ends.get(image.0) {
                found.extend(paths.beginnings(image.1.bytes()));
            }
            return;
        };
        let (rest, label) = match host.rsplit_once('.') {
            Some((rest, label)) => (Some(rest), label),
            None => (None, host),
        };
        if let Some(child) = node.literals.get(label) {
            self.descend(&self.nodes[*child], rest, image, found);
        }
        let by_prefix = node.by_prefix.beginnings(label.bytes());
        let by_suffix = node.by_suffix.beginnings(label.bytes().rev());
        for (glob, child) in by_prefix.chain(by_suffix) {
            if glob.matches(label) {
                self.descend(&self.nodes[*child], rest, image, found);
            }
        }
    }
}

/// A node that keys are still added to.
struct Growing<T> {
    children: HashMap<String, (Glob, usize)>,
    ends: HashMap<String, Vec<(String, T)>>,
}

impl<T> Default for Growing<T> {
    fn default() -> Self {
        Self {
            children: HashMap::new(),
            ends: HashMap::new(),
        }
    }
}

impl<T> Growing<T> {
    fn grown(self) -> Node<T> {
        let mut literals = HashMap::new();
        let (mut by_prefix, mut by_suffix) = (Vec::new(), Vec::new());
        for (text, (glob, child)) in self.children {
            if glob.is_literal() {
                literals.insert(text, child);
                continue;
            }
            match glob.prefix() {
                prefix if prefix.is_empty() => {
                    by_suffix.push((glob.reversed_suffix(), (glob, child)));
                }
                prefix => by_prefix.push((prefix, (glob, child))),
            }
        }
        let ends = self.ends.into_iter();
        Node {
            literals,
            by_prefix: PrefixIndex::new(by_prefix),
            by_suffix: PrefixIndex::new(by_suffix),
            ends: ends
                .map(|(port, paths)| (port, PrefixIndex::new(paths)))
                .collect(),
        }
    }
}
