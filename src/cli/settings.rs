//! `check --show-settings`.

use super::projects::Target;
use super::{Console, Exit, Failure};
use crate::projects::below;
use crate::render::text::safe_lines;

/// Prints the settings of each project, and where they come from.
pub(super) fn show_settings(targets: &[Target], console: &Console) -> Result<Exit, Failure> {
    let mut text = String::new();
    for target in targets {
        let path = target.path();
        match &target.settings {
            None => text.push_str(&format!("{path}: no settings\n")),
            Some(settings) => {
                let file = below(&console.folder, &settings.path);
                let file = file.unwrap_or_else(|| settings.path.display().to_string());
                text.push_str(&format!("{path}: {file}\n"));
                for line in settings.lines() {
                    text.push_str(&format!("  {line}\n"));
                }
            }
        }
    }
    console.print(&safe_lines(&text))?;
    Ok(Exit::Clean)
}
