//! Bugs of ours that panic: they cost one result, not all of them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use crate::rule::REPOSITORY;

/// Where the last panic happened.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Does `work`, which messages call `doing`; a panic is a message.
pub(crate) fn guarded<T>(doing: &str, work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| our_bug(&*panic, doing))
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
fn our_bug(panic: &(dyn Any + Send), doing: &str) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let place = LAST_PANIC.lock().ok().and_then(|mut it| it.take());
    format!(
        "{doing} failed because of a bug in raftt-config: {} at {}; please report it at {REPOSITORY}/issues",
        text.unwrap_or("a panic"),
        place.as_deref().unwrap_or("an unknown place"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_says_that_it_is_ours() {
        let result = guarded::<()>("checking `a/raftt.yml`", || {
            panic!("index {} out of range", 3)
        });
        let message = result.expect_err("it panics");
        assert!(message.contains("checking `a/raftt.yml` failed because of a bug"));
        assert!(message.contains("index 3 out of range"));
        assert!(message.ends_with("/issues"));
    }
}
