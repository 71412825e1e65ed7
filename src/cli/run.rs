//! Analyzes projects: one on this thread, several on all, none able to take the
//! others' results away.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use super::Console;
use super::projects::Target;
use crate::analyze::{Analysis, analyze};
use crate::guarded;

/// How long a run is silent before it shows how far it is.
const SILENCE: Duration = Duration::from_secs(1);

/// Analyzes `targets`, in their order. A bug of ours costs one project its result.
pub(crate) fn analyze_all(
    targets: &mut [Target],
    console: &Console,
) -> Vec<Result<Analysis, String>> {
    let take = |target: &mut Target| match target.analysis.take() {
        Some(analysis) => Ok(analysis),
        None => analyze_guarded(target),
    };
    // The threads of a pool take longer to start than one project takes.
    if let [target] = targets {
        return vec![take(target)];
    }
    let progress = Progress::new(targets.len(), console);
    let results = targets.par_iter_mut().map(|target| {
        let result = take(target);
        progress.advance();
        result
    });
    let results = results.collect();
    progress.bar.finish_and_clear();
    results
}

/// Analyzes one project; a panic is a message.
pub(crate) fn analyze_guarded(target: &Target) -> Result<Analysis, String> {
    guarded(target, || {
        target.with_sources(|sources| analyze(sources, &target.options))
    })
}

/// Does something for a project; a panic is a message.
pub(crate) fn guarded<T>(target: &Target, work: impl FnOnce() -> T) -> Result<T, String> {
    guarded::guarded(&format!("checking `{}`", target.path()), work)
}

/// A bar on the terminal, once a run has taken long enough to ask for one.
struct Progress {
    bar: ProgressBar,
    start: Instant,
    is_watched: bool,
}

impl Progress {
    fn new(count: usize, console: &Console) -> Self {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("checking {pos}/{len} projects {wide_bar}");
        Self {
            bar: bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())),
            start: Instant::now(),
            is_watched: console.is_watched(),
        }
    }

    fn advance(&self) {
        if self.is_watched && self.bar.is_hidden() && self.start.elapsed() > SILENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }
}
