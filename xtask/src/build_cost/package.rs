//! A package below the target directory, and what it takes to build it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::contender::Contender;
use super::settings::Settings;
use crate::{Outcome, command, lock, workspace::Workspace};

/// The program with few settings, whose size is told.
pub(super) const SMALL: &str = "small";
/// The program with many settings, whose own compilation is timed.
pub(super) const MEDIUM: &str = "medium";

/// Nothing is kept that only a debugger needs.
const PROFILE: &str = "\n[profile.release]\nstrip = true\n";

/// A package with a program for each workload.
pub(super) struct Package<'w> {
    workspace: &'w Workspace,
    name: &'static str,
    folder: PathBuf,
}

impl<'w> Package<'w> {
    /// Writes a contender's package, and downloads what it depends on.
    pub(super) fn of(
        workspace: &'w Workspace,
        contender: &Contender,
        small: &Settings,
        medium: &Settings,
    ) -> Outcome<Self> {
        let locked = workspace.read("Cargo.lock")?;
        let mut dependencies = String::new();
        for (name, features) in contender.dependencies {
            let place = if *name == "superconfig" {
                format!("path = {:?}", workspace.path(name).display().to_string())
            } else {
                let version = lock::version(&locked, lock::BENCHES, name);
                let version = version.ok_or_else(|| format!("the benches do not use {name}"))?;
                format!("version = \"={}\"", version.split('+').next().unwrap_or(version))
            };
            let features = if features.is_empty() { "" } else { &format!(", {features}") };
            let _ = writeln!(dependencies, "{name} = {{ {place}{features} }}");
        }
        let programs = [(SMALL, contender.program(small)), (MEDIUM, contender.program(medium))];
        Self::written(workspace, contender.name, contender.folder, &dependencies, &programs)
    }

    /// A package whose program does nothing.
    pub(super) fn empty(workspace: &'w Workspace) -> Outcome<Self> {
        let program = (SMALL, "fn main() {}\n".to_owned());
        Self::written(workspace, "the empty program", "empty", "", &[program])
    }

    fn written(
        workspace: &'w Workspace,
        name: &'static str,
        folder: &str,
        dependencies: &str,
        programs: &[(&str, String)],
    ) -> Outcome<Self> {
        let folder = workspace.target().join("build-cost").join(folder);
        let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
        let sources = folder.join("src/bin");
        fs::create_dir_all(&sources).map_err(fail)?;
        let manifest = format!(
            "[package]\nname = \"build-cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{dependencies}{PROFILE}"
        );
        fs::write(folder.join("Cargo.toml"), manifest).map_err(fail)?;
        // The versions that the benches measure; cargo takes out what this package does not need.
        fs::copy(workspace.path("Cargo.lock"), folder.join("Cargo.lock")).map_err(fail)?;
        for (name, text) in programs {
            fs::write(sources.join(name).with_extension("rs"), text).map_err(fail)?;
        }
        let package = Self { workspace, name, folder };
        command::run(&mut package.cargo(&["fetch", "--quiet"]))?;
        Ok(package)
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let mut cargo = command::cargo(self.workspace, words.iter().copied());
        cargo
            .current_dir(&self.folder)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", self.target());
        // What a developer changes in profiles for the workspace's sake is not measured.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PROFILE_") {
                cargo.env_remove(name);
            }
        }
        cargo
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// How many crates are compiled for it, those for building alone included.
    pub(super) fn crates(&self) -> Outcome<usize> {
        let words = ["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
        let output = self.cargo(&words).output().map_err(|error| error.to_string())?;
        let listed = String::from_utf8_lossy(&output.stdout);
        let mut crates: Vec<&str> = listed
            .lines()
            .map(|line| line.trim_end_matches(" (*)"))
            .filter(|l| !l.is_empty())
            .collect();
        crates.sort_unstable();
        crates.dedup();
        // Without the package itself.
        crates.len().checked_sub(1).ok_or_else(|| format!("cargo lists no crates of {}", self.name))
    }

    /// Seconds of processor time of the first build of all, as a user has it.
    pub(super) fn cold(&self) -> Outcome<f64> {
        if self.target().exists() {
            let fail = |error: std::io::Error| format!("{}: {error}", self.target().display());
            fs::remove_dir_all(self.target()).map_err(fail)?;
        }
        self.build(&["build", "--release"], SMALL)
    }

    /// Seconds of processor time of compiling the program with many settings, which takes that of its
    /// dependencies, too, the first time.
    pub(super) fn again(&self, words: &[&str]) -> Outcome<f64> {
        // Cargo looks at the time of the file.
        let program = self.folder.join("src/bin").join(MEDIUM).with_extension("rs");
        let text = fs::read_to_string(&program).map_err(|error| error.to_string())?;
        fs::write(&program, text).map_err(|error| error.to_string())?;
        self.build(words, MEDIUM)
    }

    /// Bytes of the program with few settings.
    pub(super) fn size(&self) -> Outcome<u64> {
        let program = self.small();
        let described = fs::metadata(&program);
        described.map(|d| d.len()).map_err(|error| format!("{}: {error}", program.display()))
    }

    /// What the program with few settings prints.
    pub(super) fn printed(&self, file: &Path, variables: &[(&str, &str)]) -> Outcome<String> {
        let mut program = Command::new(self.small());
        let output = program.arg(file).env_clear().envs(variables.iter().copied()).output();
        let output = output.map_err(|error| error.to_string())?;
        let text = [output.stdout, output.stderr].concat();
        Ok(String::from_utf8_lossy(&text).trim().to_owned())
    }

    fn small(&self) -> PathBuf {
        self.target().join("release").join(SMALL)
    }

    fn build(&self, words: &[&str], program: &str) -> Outcome<f64> {
        let before = children_seconds()?;
        let mut cargo = self.cargo(words);
        cargo.args(["--quiet", "--bin", program]);
        let status = cargo.status().map_err(|error| error.to_string())?;
        if !status.success() {
            return Err(format!("{} did not build", self.name));
        }
        Ok(children_seconds()? - before)
    }
}

/// Processor time of the children that have ended, as Linux counts it.
fn children_seconds() -> Outcome<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat")
        .map_err(|error| format!("processor times are read from /proc, as on Linux: {error}"))?;
    // The name in parentheses may hold anything, so fields are counted behind it.
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let ticks = |index: usize| fields.split(' ').nth(index).and_then(|t| t.parse::<f64>().ok());
    match (ticks(13), ticks(14)) {
        (Some(user), Some(system)) => Ok((user + system) / TICKS_PER_SECOND),
        _ => Err("/proc/self/stat has another form than expected".to_owned()),
    }
}
