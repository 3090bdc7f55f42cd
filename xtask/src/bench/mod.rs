//! `cargo xtask bench`: this library beside its peers, into `docs/PERFORMANCE.md` and the README.
//!
//! The programs are those of `benches/`. Each is started with exactly the variables of its
//! workload, because how many there are is part of the job. [`programs`] runs them, [`table`],
//! [`reading`] and [`plot`] show what they printed.

pub(crate) mod machine;
pub(crate) mod node;
mod plot;
mod programs;
pub(crate) mod python;
mod reading;
mod table;
pub(crate) mod threads;

use crate::{Outcome, coverage::replace_between, workspace::Workspace};
use programs::Programs;

const WORKLOADS: [&str; 3] = ["S", "M", "L"];
const FORMATS: [&str; 3] = ["toml", "json", "yaml"];
const DOCUMENT: &str = "docs/PERFORMANCE.md";
const README: &str = "README.md";
const PLOT: &str = "docs/performance.svg";
const BEGIN: &str = "<!-- bench: begin, written by `cargo xtask bench` -->";
const END: &str = "<!-- bench: end -->";

/// How one contender did on one workload in one format.
#[derive(Debug, Clone, Default)]
struct Figures {
    contender: String,
    format: &'static str,
    workload: &'static str,
    /// Lower quartile, median and upper quartile of the time by that of F1.
    ratio: [f64; 3],
    microseconds: f64,
    thousand_instructions: Option<f64>,
    allocations: f64,
    bytes: f64,
}

/// Measures and prints; all of it, and into the documents, unless it shall be quick.
pub(crate) fn run(workspace: &Workspace, quick: bool) -> Outcome {
    let programs = Programs::build(workspace)?;
    let rounds = if quick { 9 } else { 60 };
    let mut results = Vec::new();
    for workload in WORKLOADS {
        for format in FORMATS {
            programs.check(workload, format)?;
            for mut result in programs.time(workload, format, rounds)? {
                let ours = ["superconfig", "by hand"].contains(&result.contender.as_str());
                if programs.can_count && (ours || !quick) {
                    result.thousand_instructions = Some(programs.instructions(&result)?);
                }
                results.push(result);
            }
        }
        println!("{workload} is measured");
    }
    let mut text = table::contenders(&results);
    text += &table::building(programs.build_to_extract(rounds)?);
    text += &table::crowd(&programs.crowd(rounds)?);
    text += &reading::section(&programs, rounds)?;
    println!("reading is measured");
    if !quick {
        text += &table::curves(&programs.curves()?);
        text += &programs.versions(workspace)?;
    }
    text += &machine::description();
    println!("\n{text}");
    if quick {
        return Ok(());
    }
    for (name, text) in [(DOCUMENT, text), (README, table::summary(&results, "M"))] {
        let document = workspace.read(name)?;
        workspace.write(name, &replace_between(&document, BEGIN, END, &text)?)?;
    }
    workspace.write(PLOT, &plot::ratios(&results))
}
