//! The program `manyi`: everything is in the library.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match manyi::cli::main() {
        Ok(exit) => exit.into(),
        Err(error) => {
            // Where stderr is closed there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "{error}");
            manyi::cli::Exit::Nothing.into()
        }
    }
}
