//! `cargo xtask bench --python`: the Python package beside its peers, into `docs/PERFORMANCE.md`.
//!
//! `superconfig-py/benches` measures and writes the tables; here its environment is made, and what it
//! printed is put where it belongs.

use super::{DOCUMENT, machine};
use crate::coverage::replace_between;
use crate::test::python::Environment;
use crate::{Outcome, workspace::Workspace};

const BEGIN: &str = "<!-- bench python: begin, written by `cargo xtask bench --python` -->";
const END: &str = "<!-- bench python: end -->";

/// Measures and prints; also into the document, unless it shall be quick.
pub(crate) fn run(workspace: &Workspace, quick: bool) -> Outcome {
    let requirements = "superconfig-py/benches/requirements.txt";
    let environment = Environment::with(workspace, "benches", requirements)?;
    environment.build(workspace, &["--release"])?;
    let mut bench = environment.python(workspace);
    bench.arg("benches/bench.py").args(quick.then_some("--quick"));
    let output = bench.output().map_err(|error| format!("the bench could not start: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text += &machine::description();
    println!("{text}");
    if quick {
        return Ok(());
    }
    let document = workspace.read(DOCUMENT)?;
    workspace.write(DOCUMENT, &replace_between(&document, BEGIN, END, &text)?)
}
