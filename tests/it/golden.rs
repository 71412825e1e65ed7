//! Expected texts in files, and many checks in one test.

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What went wrong, in words for a person.
pub(crate) type Checked = Result<(), String>;

/// The file or folder at `path` in the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Whether expected files are rewritten.
pub(crate) fn is_update() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Whether the file at `path` holds exactly `actual`; writes it when updating.
pub(crate) fn check(path: &Path, actual: &str) -> Checked {
    let expected = fs::read_to_string(path);
    if expected.as_deref().is_ok_and(|expected| expected == actual) {
        return Ok(());
    }
    let shown = path.strip_prefix(repository("")).unwrap_or(path).display();
    if is_update() {
        let folder = path.parent().ok_or("the file has no folder")?;
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        return fs::write(path, actual).map_err(|error| format!("{shown}: {error}"));
    }
    Err(match expected {
        Ok(expected) => format!("{shown} differs:\n{}", difference(&expected, actual)),
        Err(error) => format!("{shown}: {error}; it would be:\n{actual}"),
    })
}

/// Runs `check` for every named input and fails with all that went wrong. A panic
/// is a failure of its input alone.
pub(crate) fn check_all<T: Sync>(
    what: &str,
    inputs: impl IntoIterator<Item = (String, T)>,
    check: impl Fn(&T) -> Checked + Sync,
) {
    let only = std::env::var("ONLY").unwrap_or_default();
    let inputs: Vec<_> = inputs
        .into_iter()
        .filter(|it| it.0.contains(&only))
        .collect();
    let failures = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((name, input)) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = catch_unwind(AssertUnwindSafe(|| check(input)));
            let result =
                result.unwrap_or_else(|panic| Err(format!("panicked: {}", words(&*panic))));
            if let Err(problem) = result {
                let mut failures = failures.lock().expect("no check holds the lock");
                failures.push((name.clone(), problem));
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut failures = failures.into_inner().expect("no check holds the lock");
    failures.sort();
    if failures.is_empty() {
        return;
    }
    let mut message = format!("{} of {} {what} failed", failures.len(), inputs.len());
    for (name, problem) in &failures {
        _ = write!(message, "\n\n--- {name}\n{}", problem.trim_end());
    }
    panic!("{message}\n\n(`ONLY=part` runs some; `UPDATE_GOLDEN=1` rewrites what is expected)");
}

/// The text of a panic.
pub(crate) fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

/// The lines that differ: `-` is expected, `+` is there.
fn difference(expected: &str, actual: &str) -> String {
    let expected: Vec<_> = expected.split_inclusive('\n').collect();
    let actual: Vec<_> = actual.split_inclusive('\n').collect();
    let same = |(a, b): &(&&str, &&str)| a == b;
    let start = expected.iter().zip(&actual).take_while(same).count();
    let (rest, new) = (&expected[start..], &actual[start..]);
    let end = rest
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(same)
        .count();
    let mut shown = format!("  from line {}:\n", start + 1);
    for (sign, lines) in [
        ('-', &rest[..rest.len() - end]),
        ('+', &new[..new.len() - end]),
    ] {
        for line in lines {
            _ = writeln!(shown, "{sign} {}", line.trim_end_matches('\n'));
        }
    }
    shown
}
