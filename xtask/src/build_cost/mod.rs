//! What the derive costs to compile, beside serde's derives on the same structs.
//!
//! Two small crates are written below the target directory: one derives `SuperConfig`, the other
//! `Deserialize` and `Serialize`, and each uses what it derived. Their dependencies are built once;
//! then the crates alone are built again and again, in turn, and the processor time of cargo and
//! what it starts is taken. Machines are noisy, so what counts is the ratio of the medians.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, command, coverage::replace_between, workspace::Workspace};

const SETTINGS: &str = include_str!("settings.txt");
const ROUNDS: usize = 7;
const BEGIN: &str = "<!-- build-cost: begin, written by `cargo xtask build-cost` -->";
const END: &str = "<!-- build-cost: end -->";

const OURS: &str = "
fn main() {
    let text = std::env::args().nth(1).unwrap_or_default();
    let settings = superconfig::SuperConfig::<S>::new()
        .with_text(superconfig::Format::Toml, text)
        .with_env(None)
        .extract();
    println!(\"{}\", settings.map_or(0, |settings| settings.workers));
}
";

const SERDES: &str = "
fn main() {
    let text = std::env::args().nth(1).unwrap_or_default();
    let settings: Result<S, _> = toml::from_str(&text);
    let Ok(settings) = settings else { return };
    println!(\"{}\", serde_json::to_string(&settings).unwrap_or_default());
}
";

/// One of the two crates.
struct Contender {
    name: &'static str,
    folder: PathBuf,
}

/// Measures, prints, and writes the figures to `docs/PERFORMANCE.md`.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    let target = workspace.path("target/build-cost");
    let ours = Contender { name: "SuperConfig", folder: target.join("superconfig") };
    let serdes = Contender { name: "Deserialize + Serialize", folder: target.join("serde") };
    let path = workspace.root.join("superconfig");
    write_crate(
        &ours.folder,
        &format!("superconfig = {{ path = {:?} }}", path.display().to_string()),
        &format!(
            "use std::collections::BTreeMap;\nuse superconfig::SuperConfig;\n{SETTINGS}{OURS}"
        ),
    )?;
    let plain: String = SETTINGS.lines().filter(|line| !line.contains("#[config(")).fold(
        String::new(),
        |all, line| {
            all + &line.replace("derive(SuperConfig)", "derive(Deserialize, Serialize)") + "\n"
        },
    );
    write_crate(
        &serdes.folder,
        "serde = { version = \"1\", features = [\"derive\"] }\ntoml = \"1\"\nserde_json = \"1\"",
        &format!(
            "use serde::{{Deserialize, Serialize}};\nuse std::collections::BTreeMap;\n{plain}{SERDES}"
        ),
    )?;
    let mut table = String::from(
        "| profile | `SuperConfig` | `Deserialize` + `Serialize` | ratio |\n| --- | ---: | ---: | ---: |\n",
    );
    for (profile, option) in
        [("check", "check"), ("debug", "build"), ("release", "build --release")]
    {
        let mut times = [Vec::new(), Vec::new()];
        for round in 0..=ROUNDS {
            for (contender, times) in [&ours, &serdes].into_iter().zip(&mut times) {
                let seconds = contender.build(workspace, option)?;
                // The first round builds the dependencies.
                if round > 0 {
                    times.push(seconds);
                }
            }
        }
        let [ours, serdes] = times.map(median);
        let row = format!("| {profile} | {ours:.2} s | {serdes:.2} s | {:.2} |", ours / serdes);
        println!("{row}");
        let _ = writeln!(table, "{row}");
    }
    let _ = writeln!(
        table,
        "\n109 fields in 21 structs and 4 levels; processor time of the crate alone, without its \
         dependencies and without incremental compilation; medians of {ROUNDS} builds in turn; {}.",
        rustc_version()
    );
    let document = workspace.read("docs/PERFORMANCE.md")?;
    let document = replace_between(&document, BEGIN, END, &table)?;
    workspace.write("docs/PERFORMANCE.md", &document)
}

fn write_crate(folder: &Path, dependencies: &str, main: &str) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder.join("src")).map_err(fail)?;
    let manifest = format!(
        "[package]\nname = \"build-cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{dependencies}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).map_err(fail)?;
    fs::write(folder.join("src/main.rs"), main).map_err(fail)
}

impl Contender {
    /// Builds the crate anew and says how many seconds of processor time that took.
    fn build(&self, workspace: &Workspace, option: &str) -> Outcome<f64> {
        let main = self.folder.join("src/main.rs");
        let text = fs::read_to_string(&main).map_err(|error| error.to_string())?;
        fs::write(&main, text).map_err(|error| error.to_string())?;
        let before = children_seconds()?;
        let mut cargo = command::cargo(workspace, option.split(' ').chain(["--quiet"]));
        cargo
            .current_dir(&self.folder)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", self.folder.join("target"));
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

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

pub(crate) fn rustc_version() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output.map_or_else(
        |_| "rustc".to_owned(),
        |o| String::from_utf8_lossy(&o.stdout).trim().to_owned(),
    )
}
