//! The images that workloads use, each with whether it can be read.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Container, Image, Workload};
use crate::mention::{Mention, worded};
use crate::names::{ImageReference, ReferenceError, RegistryMistake, mistakes_of_image_host};
use crate::plan::{Coverage, Plan};
use crate::rule::Rule;
use crate::script::ScriptFacts;
use crate::source::{Located, SourceMap, Span};

/// An image that a container uses, as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Used<'a> {
    pub(crate) workload: &'a Workload,
    pub(crate) container: &'a Container,
    pub(crate) image: &'a Located<String>,
    pub(crate) reference: Result<ImageReference, ReferenceError>,
    pub(crate) status: Coverage,
    /// What is wrong with the host of its registry.
    pub(crate) mistakes: Vec<RegistryMistake>,
}

/// Every image of every container, apart from what is built or not known.
pub(crate) fn used<'a>(script: &'a ScriptFacts, plan: &Plan) -> Vec<Used<'a>> {
    let mut statuses = HashMap::new();
    for image in &plan.images {
        for by in &image.used_by {
            let key = (&*by.kind, &*by.name, &*by.container, &*image.reference);
            statuses.insert(key, image.status);
        }
    }
    let containers = script.workloads.iter().flat_map(|workload| {
        let containers = workload.containers.iter();
        containers.map(move |container| (workload, container))
    });
    let used = containers.filter_map(|(workload, container)| {
        let Image::Reference(image) = &container.image else {
            return None;
        };
        let reference = ImageReference::parse(&image.value);
        let canonical = reference.as_ref().map(ImageReference::canonical);
        let canonical = canonical.unwrap_or_default();
        let key = (
            &*workload.kind,
            &*workload.name,
            &*container.name,
            canonical.as_str(),
        );
        let host = reference.as_ref().map_or("", |it| it.registry.as_str());
        let is_written = image.value.starts_with(host);
        let mistakes = is_written.then(|| mistakes_of_image_host(host));
        Some(Used {
            workload,
            container,
            image,
            status: statuses.get(&key).copied().unwrap_or(Coverage::Unknown),
            mistakes: mistakes.unwrap_or_default(),
            reference,
        })
    });
    used.collect()
}

impl Used<'_> {
    /// The registry that the image comes from, unless it is no image reference.
    pub(crate) fn registry(&self) -> Option<&str> {
        self.reference.as_ref().ok().map(|it| it.registry.as_str())
    }

    /// The host of its registry, as the image mentions it.
    pub(crate) fn mention<'a>(&'a self, sources: &'a SourceMap) -> Mention<'a> {
        let host = self.registry().unwrap_or_default();
        Mention {
            text: self.image,
            mistakes: &self.mistakes,
            host: (0, host.split(':').next().map_or(0, str::len)),
            owner: self.owner(),
            trace: &[],
            sources,
        }
    }

    /// A diagnostic about the whole image.
    pub(crate) fn at(&self, rule: &'static Rule, message: String) -> Diagnostic {
        rule.at(self.image.span, worded(message, self.owner()))
            .decided_at(self.image.origin)
    }

    /// The workload, where the place of the image does not show which it is: the images
    /// of a chart all stand at its name.
    fn owner(&self) -> Option<&Workload> {
        (self.image.span == self.workload.at).then_some(self.workload)
    }

    /// Where the image was decided.
    pub(crate) fn decided(&self) -> Span {
        self.image.origin.unwrap_or(self.image.span)
    }
}

/// Adds the places of `used` to a diagnostic: a few, and how many more there are.
pub(crate) fn with_places(
    mut diagnostic: Diagnostic,
    used: &[&Used<'_>],
    what: &str,
) -> Diagnostic {
    const FEW: usize = 3;
    let mut known = HashSet::from([diagnostic.span]);
    let mut places: Vec<Span> = used.iter().map(|it| it.decided()).collect();
    places.retain(|it| known.insert(*it));
    let more = places.len().saturating_sub(FEW);
    for (index, place) in places.iter().take(FEW).enumerate() {
        let is_last = index + 1 == places.len().min(FEW);
        let words = match more {
            0 => what.to_owned(),
            _ if !is_last => what.to_owned(),
            1 => format!("{what}, and 1 more does"),
            _ => format!("{what}, and {more} more do"),
        };
        diagnostic = diagnostic.also(*place, words);
    }
    diagnostic
}
