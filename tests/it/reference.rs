//! Generated files in the repository are what the program generates.

use crate::golden::{check, check_all, repository};

#[test]
fn generated_files_are_up_to_date() {
    let files = raftt_config::reference::files().into_iter();
    check_all(
        "generated files",
        files.map(|(path, text)| (path.clone(), (path, text))),
        |(path, text)| check(&repository(path), text),
    );
}
