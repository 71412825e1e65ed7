//! `lsp`: serves an editor.

use super::{Console, Exit, Failure};
use crate::lsp::{Ended, serve_stdio};

/// Serves the editor that started this program.
pub(crate) fn lsp(console: &Console) -> Result<Exit, Failure> {
    match serve_stdio(&console.folder) {
        Ok(Ended::Properly) => Ok(Exit::Clean),
        // So says the protocol.
        Ok(Ended::Abruptly) => Ok(Exit::Found),
        Err(error) => Err(Failure::failed(format!(
            "the editor cannot be served: {error}"
        ))),
    }
}
