//! The step for the Node.js package: built by cargo, tested by Node.js' own runner.
//!
//! Dependencies of the tests come from the lock file, into `superconfig-napi/node_modules`, and again only when
//! that file has changed. The lock file names no server, so they come from the one that npm is told to use.

use std::fs;
use std::process::Command;

use crate::{
    Outcome,
    command::{cargo, run, works},
    workspace::Workspace,
};

const FOLDER: &str = "superconfig-napi";
const EXAMPLE: &str = "examples/node";
/// The oldest version that the package is for.
const OLDEST: [u32; 2] = [20, 12];

/// What is missing for the step.
pub(super) fn needs() -> Outcome {
    let install = format!(
        "install Node.js {}.{} or later with npm, from your system's packages or from nodejs.org",
        OLDEST[0], OLDEST[1]
    );
    let output = Command::new("node").arg("--version").output();
    let version = output.map_err(|_| format!("Node.js is missing; {install}"))?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    if !is_new_enough(&version) {
        return Err(format!("Node.js is {version}; {install}"));
    }
    if works(Command::new("npm").arg("--version")) {
        Ok(())
    } else {
        Err(format!("npm is missing; {install}"))
    }
}

fn is_new_enough(version: &str) -> bool {
    let numbers = version.trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or(0));
    numbers.collect::<Vec<u32>>().as_slice() >= &OLDEST[..]
}

pub(super) fn check(workspace: &Workspace) -> Outcome {
    let clippy = ["clippy", "--package", FOLDER, "--", "-D", "warnings"];
    run(&mut cargo(workspace, clippy))?;
    install(workspace, FOLDER)?;
    npm(workspace, FOLDER, &["run", "build", "--", "--dev"])?;
    npm(workspace, FOLDER, &["run", "types"])?;
    npm(workspace, FOLDER, &["test"])?;
    install(workspace, EXAMPLE)?;
    npm(workspace, EXAMPLE, &["test"])
}

/// Installs what the lock file of a folder says, unless that has been done.
pub(crate) fn install(workspace: &Workspace, folder: &str) -> Outcome {
    let lock = workspace.read(&format!("{folder}/package-lock.json"))?;
    let installed = format!("{folder}/node_modules/.installed.json");
    if workspace.read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    npm(workspace, folder, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    // A package without dependencies leaves no folder behind.
    fs::create_dir_all(workspace.path(&format!("{folder}/node_modules")))
        .map_err(|error| format!("{folder}/node_modules: {error}"))?;
    workspace.write(&installed, &lock)
}

pub(crate) fn npm(workspace: &Workspace, folder: &str, arguments: &[&str]) -> Outcome {
    run(Command::new("npm").args(arguments).current_dir(workspace.path(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_numbers() {
        for enough in ["v20.12.0", "v20.20.2", "v22.0.0", "v100.1.0"] {
            assert!(is_new_enough(enough), "{enough}");
        }
        for old in ["v20.9.0", "v18.20.0", "v8.0.0", "", "nonsense"] {
            assert!(!is_new_enough(old), "{old}");
        }
    }
}
