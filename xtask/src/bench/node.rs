//! `cargo xtask bench --node`: the Node.js package beside its peers, into `docs/PERFORMANCE.md`.

use std::process::Command;

use super::DOCUMENT;
use crate::{
    Outcome, command,
    coverage::replace_between,
    test::node::{install, npm},
    workspace::Workspace,
};

const PACKAGE: &str = "superconfig-napi";
const BENCHES: &str = "superconfig-napi/benches";
const BEGIN: &str = "<!-- bench node: begin, written by `cargo xtask bench --node` -->";
const END: &str = "<!-- bench node: end -->";

/// Builds the package, measures, prints, and writes the tables unless it shall be quick.
pub(crate) fn run(workspace: &Workspace, quick: bool) -> Outcome {
    install(workspace, BENCHES)?;
    npm(workspace, PACKAGE, &["run", "build"])?;
    let mut measure = Command::new("node");
    measure.args(["--expose-gc", "run.mjs"]).args(quick.then_some("--quick"));
    let output = measure.current_dir(workspace.path(BENCHES)).output();
    let output = output.map_err(|error| format!("node could not start: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{}` failed: {said}", command::show(&measure)));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("\n{text}");
    if quick {
        return Ok(());
    }
    let document = workspace.read(DOCUMENT)?;
    let text = format!("\n{text}");
    workspace.write(DOCUMENT, &replace_between(&document, BEGIN, END, &text)?)
}
