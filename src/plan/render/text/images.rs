//! The images of a plan, for people.

use crate::plan::{Coverage, CredentialSource, Plan, PlannedImage};

/// The images, a line each; none when no workloads are known.
pub(super) fn images(plan: &Plan) -> Option<String> {
    if plan.images.is_empty() {
        return None;
    }
    let images = plan.images.iter();
    let rows = images.map(|image| [served(image), used_by(image), image.reference.clone()]);
    let more = match plan.images_complete {
        true => "",
        false => "  and others: the cluster has workloads that are not known here\n",
    };
    let table = super::table(rows.collect());
    Some(format!("images\n{table}{more}"))
}

/// How the image can be read.
fn served(image: &PlannedImage) -> String {
    match image.status {
        Coverage::Built => return "built here".to_owned(),
        Coverage::Public => return "public".to_owned(),
        _ => {}
    }
    let mut words: Vec<String> = image.sources.iter().filter_map(source).collect();
    match image.status {
        Coverage::Uncovered => words.push("no credentials".to_owned()),
        Coverage::Unknown => words.push("no credentials, if it needs none".to_owned()),
        _ => {}
    }
    words.join(", then ")
}

fn source(source: &CredentialSource) -> Option<String> {
    match source {
        CredentialSource::ImagePullSecret { secret, .. } => Some(format!("secret {secret}")),
        CredentialSource::CredentialHelper {
            helper, backing, ..
        } => Some(match backing {
            Some(backing) => format!("{helper} through {backing}"),
            None => helper.clone(),
        }),
        CredentialSource::LocalImages => Some("local images".to_owned()),
        CredentialSource::Anonymous | CredentialSource::Other => None,
    }
}

/// The first container that uses the image, and how many others do.
fn used_by(image: &PlannedImage) -> String {
    let Some(first) = image.used_by.first() else {
        return String::new();
    };
    let kind = first.kind.to_ascii_lowercase();
    let more = match image.used_by.len() - 1 {
        0 => String::new(),
        1 => " and 1 more".to_owned(),
        more => format!(" and {more} more"),
    };
    let container = match first.container == first.name || first.container.is_empty() {
        true => String::new(),
        false => format!("/{}", first.container),
    };
    format!("{kind} {}{container}{more}", first.name)
}
