//! `cargo xtask coverage`: which lines the tests run, on the stable toolchain.
//!
//! The derive is measured like the runtime: it runs inside rustc while the tests are built, and
//! rustc writes the counters of the macro it has loaded.

mod lcov;
mod report;

pub(crate) use report::replace_between;

use std::path::Path;
use std::process::Command;

use crate::{
    Outcome,
    command::{cargo, require, run as run_command, works},
    workspace::Workspace,
};

/// Where the figures are written.
const DOCUMENT: &str = "docs/TESTING.md";

/// Runs the tests with counters, prints the figures and writes them down.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    require(workspace, "llvm-cov", "cargo install cargo-llvm-cov --locked")?;
    let tools = Tools::find(workspace)?;
    // A target directory of its own: the compile-time tests build the derive once more, where cargo
    // would take one without counters for one with them, and the other way round.
    let target = workspace.target().join("coverage");
    let counts = target.join("lcov.info");
    // What serves the library and is not it.
    let others = ["--exclude", "xtask", "--exclude", "superconfig-benches"];
    let mut command = cargo(workspace, ["llvm-cov", "--workspace"]);
    command.args(others).arg("--lcov");
    command.arg("--output-path").arg(&counts).env("CARGO_TARGET_DIR", &target);
    tools.name_in(&mut command);
    run_command(&mut command)?;
    let counts = std::fs::read_to_string(&counts)
        .map_err(|error| format!("cargo-llvm-cov left no report: {error}"))?;
    let crates = report::measure(workspace, &lcov::parse(&counts))?;
    let table = report::table(&crates);
    let document = report::replace_figures(&workspace.read(DOCUMENT)?, &table)
        .map_err(|problem| format!("{DOCUMENT}: {problem}"))?;
    workspace.write(DOCUMENT, &document)?;
    print!("\n{}\n{table}", report::misses(&crates));
    println!("\nThe table is in {DOCUMENT} now.");
    Ok(())
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
            "what this rustc counts is read with LLVM {version}'s tools, and they are missing; \
             install them with `rustup component add llvm-tools` or `apt-get install \
             --no-install-recommends llvm-{version}`, or name them in LLVM_COV and LLVM_PROFDATA"
        ))
    }

    /// Tells cargo-llvm-cov where they are, if it does not find them without being told.
    fn name_in(&self, command: &mut Command) {
        if let Self::Versioned(version) = self {
            command.env("LLVM_COV", format!("llvm-cov-{version}"));
            command.env("LLVM_PROFDATA", format!("llvm-profdata-{version}"));
        }
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
