//! `cargo xtask soak --minutes N`: whether memory grows, into `docs/PERFORMANCE.md`.
//!
//! The program is that of `soak/`; it prints what it measures while it goes on.

use crate::{
    Outcome,
    command::{cargo, run as run_command},
    coverage::replace_between,
    workspace::Workspace,
};

const DOCUMENT: &str = "docs/PERFORMANCE.md";
const BEGIN: &str = "<!-- soak: begin, written by `cargo xtask soak` -->";
const END: &str = "<!-- soak: end -->";

/// Runs the program for some minutes, and writes its table down, unless memory grew.
pub(crate) fn run(workspace: &Workspace, minutes: &str) -> Outcome {
    let table = std::env::temp_dir().join(format!("superconfig-soak-{}.md", std::process::id()));
    let words = ["run", "--release", "--package", "superconfig-soak", "--", "--minutes", minutes];
    let mut program = cargo(workspace, words);
    let outcome = run_command(program.arg("--table").arg(&table));
    let text = std::fs::read_to_string(&table);
    // It may never have been written.
    let _ = std::fs::remove_file(&table);
    outcome?;
    let text = text.map_err(|error| format!("the soak left no table: {error}"))?;
    let document = workspace.read(DOCUMENT)?;
    workspace.write(DOCUMENT, &replace_between(&document, BEGIN, END, &text)?)
}
