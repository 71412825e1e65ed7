//! Analyzes projects: one on this thread, several on all, none able to take the
//! others' results away.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use super::Console;
use super::projects::Target;
use crate::analyze::{Analysis, analyze};
use crate::rule::REPOSITORY;

/// How long a run is silent before it shows how far it is.
const SILENCE: Duration = Duration::from_secs(1);

/// Where the last panic happened.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

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
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|panic| our_bug(&*panic, &format!("checking `{}`", target.path())))
}

/// Keeps where a panic happened instead of printing it: whoever catches it
/// says what it means.
pub(crate) fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        if let Ok(mut last) = LAST_PANIC.lock() {
            *last = info.location().map(ToString::to_string);
        }
    }));
}

/// Says that `doing` failed because of a bug.
pub(crate) fn our_bug(panic: &(dyn Any + Send), doing: &str) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let place = LAST_PANIC.lock().ok().and_then(|mut it| it.take());
    format!(
        "{doing} failed because of a bug in raftt-config: {} at {}; please report it at {REPOSITORY}/issues",
        text.unwrap_or("a panic"),
        place.as_deref().unwrap_or("an unknown place"),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_says_that_it_is_ours() {
        let panic = catch_unwind(|| panic!("index {} out of range", 3)).expect_err("it panics");
        let message = our_bug(&*panic, "checking `a/raftt.yml`");
        assert!(message.contains("checking `a/raftt.yml` failed because of a bug"));
        assert!(message.contains("index 3 out of range"));
        assert!(message.ends_with("/issues"));
    }
}
