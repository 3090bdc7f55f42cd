//! What the programs have in common.

use std::process::ExitCode;

/// Does what the words of the command line say, or says which ones there are.
pub fn of(usage: &str, run: fn(&[&str]) -> Option<()>) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if run(&words).is_some() {
        ExitCode::SUCCESS
    } else {
        eprintln!("{usage}");
        ExitCode::FAILURE
    }
}
