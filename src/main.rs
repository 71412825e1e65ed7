//! The command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    raftt_config::cli::main()
}
