//! The sample that the README shows: with mistakes, and without.

use raftt_config::plan::RegistryKind;
use raftt_config::{Analysis, DiskSources, Options, Severity, analyze};

use crate::golden::repository;

fn sample(name: &str) -> Analysis {
    let sources = DiskSources::new(repository(&format!("testdata/{name}")));
    analyze(&sources, &Options::default())
}

#[test]
fn the_sample_has_mistakes_in_both_files() {
    let analysis = sample("sample");
    for path in ["raftt.yml", "env.raftt"] {
        let mut errors = analysis.diagnostics.iter().filter(|it| {
            let is_there = analysis.sources.file(it.span.file).path == path;
            is_there && it.severity == Severity::Error
        });
        assert!(errors.next().is_some(), "{path} has no error");
    }
}

#[test]
fn the_corrected_sample_is_clean_and_planned_in_full() {
    let analysis = sample("sample-fixed");
    let messages: Vec<_> = analysis.diagnostics.iter().map(|it| &it.message).collect();
    assert!(messages.is_empty(), "{messages:#?}");

    let plan = analysis.plan;
    assert!(plan.reasons.is_empty(), "{:#?}", plan.reasons);
    let service_account = plan.controller.service_account_name.as_deref();
    assert_eq!(service_account, Some("shop-image-reader"));
    let backing = RegistryKind::Mirror {
        backing: Some("123456789012.dkr.ecr.us-east-1.amazonaws.com".to_owned()),
    };
    assert_eq!(plan.credential_helpers[0].registries[1].kind, backing);
}
