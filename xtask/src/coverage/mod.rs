//! `cargo xtask coverage`: which lines the tests run, on the stable toolchain.
//!
//! The derive is measured like the runtime: it runs inside rustc while the tests are built, and
//! rustc writes the counters of the macro it has loaded.

mod lcov;
mod report;

use std::path::Path;
use std::process::Command;

use crate::{
    Outcome,
    command::{cargo, require, run as run_command, show, works},
    workspace::Workspace,
};

/// Where the figures are written.
const DOCUMENT: &str = "docs/TESTING.md";

/// Runs the tests with counters, prints the figures and writes them down.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    require(workspace, "llvm-cov", "cargo install cargo-llvm-cov --locked")?;
    let tools = Tools::find(workspace)?;
    run_command(&mut tools.command(
        workspace,
        &["--workspace", "--exclude", "xtask", "--no-report", "--no-fail-fast"],
    ))?;
    let crates = report::measure(workspace, &lcov::parse(&export(workspace, &tools)?))?;
    let table = report::table(&crates);
    let document = report::replace_figures(&workspace.read(DOCUMENT)?, &table)
        .map_err(|problem| format!("{DOCUMENT}: {problem}"))?;
    workspace.write(DOCUMENT, &document)?;
    print!("\n{}\n{table}", report::misses(&crates));
    println!("\nThe table is in {DOCUMENT} now.");
    Ok(())
}

/// The counters of the run before, in the lcov format.
fn export(workspace: &Workspace, tools: &Tools) -> Outcome<String> {
    let mut command = tools.command(workspace, &["report", "--lcov"]);
    println!("$ {}", show(&command));
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("no report:\n{}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// LLVM's programs that read the counters; they must be of rustc's own LLVM version.
enum Tools {
    /// cargo-llvm-cov finds them: its variables are set, or rustup installed them.
    Known,
    /// On the search path, with the version in their names.
    Versioned(String),
}

impl Tools {
    fn find(workspace: &Workspace) -> Outcome<Self> {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if set("LLVM_COV") && set("LLVM_PROFDATA") {
            return Ok(Self::Known);
        }
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let says = |arguments: &[&str]| {
            let output =
                Command::new(&rustc).args(arguments).current_dir(&workspace.root).output().ok()?;
            String::from_utf8(output.stdout).ok()
        };
        let about = says(&["-vV"]).ok_or("`rustc -vV` could not run")?;
        let version = llvm_version(&about).ok_or("`rustc -vV` names no LLVM version")?;
        let installed =
            |name: &str| works(Command::new(format!("llvm-{name}-{version}")).arg("--version"));
        if installed("cov") && installed("profdata") {
            return Ok(Self::Versioned(version.to_owned()));
        }
        let component = says(&["--print", "target-libdir"]).is_some_and(|folder| {
            let programs = Path::new(folder.trim()).with_file_name("bin");
            programs.join(format!("llvm-cov{}", std::env::consts::EXE_SUFFIX)).is_file()
        });
        if component {
            return Ok(Self::Known);
        }
        Err(format!(
            "LLVM {version}'s tools read what rustc {version_of_rustc} counts and are missing. Install them with \
             `rustup component add llvm-tools` or `apt-get install --no-install-recommends \
             llvm-{version}`, or name others in LLVM_COV and LLVM_PROFDATA",
            version_of_rustc = about.split(' ').nth(1).unwrap_or_default(),
        ))
    }

    fn command(&self, workspace: &Workspace, arguments: &[&str]) -> Command {
        let mut command = cargo(workspace, ["llvm-cov"]);
        command.args(arguments);
        if let Self::Versioned(version) = self {
            command.env("LLVM_COV", format!("llvm-cov-{version}"));
            command.env("LLVM_PROFDATA", format!("llvm-profdata-{version}"));
        }
        command
    }
}

/// The major version of LLVM in what `rustc -vV` prints.
fn llvm_version(about: &str) -> Option<&str> {
    let version = about.lines().find_map(|line| line.strip_prefix("LLVM version: "))?;
    version.split('.').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rustc_names_its_llvm() {
        assert_eq!(llvm_version("rustc 1.95.0 (x)\nLLVM version: 22.1.2\n"), Some("22"));
        assert_eq!(llvm_version("rustc 1.95.0 (x)\n"), None);
    }
}
