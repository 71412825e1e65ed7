//! One analysis of one project, on a thread of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::Sender;
use gen_lsp_types as lsp;

use super::dependencies::{Dependencies, Recording};
use super::diagnostics::{View, diagnostics, of_settings};
use crate::analyze::{Analysis, analyze};
use crate::guarded::guarded;
use crate::options::Options;
use crate::projects::{Buffers, KnownSnapshots, Members};
use crate::settings;
use crate::source::Sources;

/// What is to be analyzed, and how its results are to be written.
pub(crate) struct Job {
    /// The number that the result bears.
    pub(crate) number: u64,
    /// The project's root.
    pub(crate) root: PathBuf,
    /// What to analyze in it, before its settings file has its say.
    pub(crate) options: Options,
    /// The snapshots that settings files name.
    pub(crate) snapshots: KnownSnapshots,
    /// The project's files on disk.
    pub(crate) disk: Arc<dyn Sources + Send>,
    /// The files that are open.
    pub(crate) buffers: Buffers,
    pub(crate) view: View,
}

/// What came of a job.
pub(crate) struct Outcome {
    pub(crate) number: u64,
    /// The result, or the words about a bug of ours.
    pub(crate) result: Result<Evaluated, String>,
}

/// All that is known of a project at one moment.
#[derive(Debug, Default)]
pub(crate) struct Evaluated {
    /// None where a bug of ours left nothing.
    pub(crate) analysis: Option<Analysis>,
    /// What the analysis was made with.
    pub(crate) options: Options,
    pub(crate) members: Members,
    pub(crate) dependencies: Dependencies,
    /// Where settings files may lie, and the snapshot that they name, by whole path.
    pub(crate) outside: BTreeSet<PathBuf>,
    /// What is there to say, by whole path.
    pub(crate) diagnostics: BTreeMap<PathBuf, Vec<lsp::Diagnostic>>,
}

/// Starts `job`; its outcome goes to `outcomes`.
pub(crate) fn start(job: Job, outcomes: Sender<Outcome>) {
    thread::spawn(move || {
        let number = job.number;
        let outcome = Outcome {
            number,
            result: run(&job),
        };
        // When the server has ended, nobody waits.
        let _ = outcomes.send(outcome);
    });
}

fn run(job: &Job) -> Result<Evaluated, String> {
    guarded(
        &format!("checking `{}`", shown(&job.root, &job.options)),
        || {
            let overlay = job.buffers.over(&*job.disk, &job.root);
            let recording = Recording::new(&overlay);
            let Configured {
                options,
                wrong,
                outside,
            } = configured(job);
            let analysis = analyze(&recording, &options);
            let mut diagnostics = diagnostics(&analysis, &job.root, &job.view);
            diagnostics.extend(wrong.map(|(path, it)| (path, vec![it])));
            Evaluated {
                options,
                members: Members::of(&analysis),
                dependencies: recording.into_seen(),
                outside,
                diagnostics,
                analysis: Some(analysis),
            }
        },
    )
}

/// How a project is to be analyzed.
struct Configured {
    options: Options,
    /// What is wrong with the settings file, and its path.
    wrong: Option<(PathBuf, lsp::Diagnostic)>,
    outside: BTreeSet<PathBuf>,
}

/// The options of `job`, as its settings file has them.
fn configured(job: &Job) -> Configured {
    let mut options = job.options.clone();
    let mut outside: BTreeSet<_> = settings::candidates(&job.root).collect();
    let mut wrong = None;
    if let Some(file) = settings::find(&job.root) {
        let read = settings::read(&file, &job.view.folder, &job.snapshots);
        outside.extend(read.snapshot);
        match read.outcome {
            Ok(settings) => settings.apply(&job.root, &mut options),
            Err(it) => wrong = Some((file, of_settings(&it, job.view.encoding))),
        }
    }
    Configured {
        options,
        wrong,
        outside,
    }
}

fn shown(root: &Path, options: &Options) -> String {
    let file = options.script.as_deref().unwrap_or(&options.project_file);
    root.join(file).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{MemorySources, ReadError};

    /// Files whose reading is a bug.
    struct Broken;

    impl Sources for Broken {
        fn read(&self, _: &str) -> Result<Vec<u8>, ReadError> {
            panic!("no such thing")
        }

        fn list(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }

    #[test]
    fn a_bug_is_an_outcome() {
        let (sender, outcomes) = crossbeam_channel::unbounded();
        let job = |number, disk| Job {
            number,
            root: "/p".into(),
            options: Options::default(),
            snapshots: KnownSnapshots::default(),
            disk,
            buffers: Buffers::default(),
            view: View::default(),
        };
        start(job(1, Arc::new(Broken)), sender.clone());
        let outcome = outcomes.recv().expect("there is an outcome");
        let message = outcome.result.map(|_| ()).expect_err("it panics");
        assert!(message.contains("no such thing"), "{message}");
        let files = MemorySources::default().with("raftt.yml", "host: nonsense\n");
        start(job(2, Arc::new(files)), sender);
        let outcome = outcomes.recv().expect("there is an outcome");
        assert_eq!(outcome.number, 2);
        let found = outcome.result.expect("it is analyzed").diagnostics;
        assert!(found.contains_key(Path::new("/p/raftt.yml")));
    }
}
