//! Generated files in the repository are what the program generates.

use crate::golden::{check, check_all, repository};

#[test]
fn generated_files_are_up_to_date() {
    let mut files = raftt_config::reference::files();
    #[cfg(feature = "cli")]
    files.push((
        "docs/cli.md".to_owned(),
        raftt_config::cli::reference_page(),
    ));
    check_all(
        "generated files",
        files
            .into_iter()
            .map(|(path, text)| (path.clone(), (path, text))),
        |(path, text)| check(&repository(path), text),
    );
}
