//! `cargo xtask build-cost`: what the derive and the whole of it cost to compile, and what is added to a
//! program, beside the peers and what one writes by hand.
//!
//! A package for each contender is written below the target directory, with the settings of the benches
//! ([`settings`]) in the shape that it needs ([`contender`]) and the versions of the lock file, and is built there ([`package`]).
//! Machines are noisy, so what counts are ratios and sizes.

mod contender;
mod package;
mod settings;

use std::fmt::Write;
use std::process::Command;

use crate::{Outcome, bench, coverage::replace_between, lock, workspace::Workspace};
use contender::{ALL, BY_HAND, Contender};
use package::Package;
use settings::Settings;

const ROUNDS: usize = 5;
const DOCUMENT: &str = "docs/PERFORMANCE.md";
const BEGIN: &str = "<!-- build-cost: begin, written by `cargo xtask build-cost` -->";
const END: &str = "<!-- build-cost: end -->";

/// The file of the few settings, two variables over it, and the sum that is printed.
const FILE: &str = "benches/data/small/config.toml";
const VARIABLES: [(&str, &str); 2] = [("APP_WORKERS", "8"), ("APP_SERVER__PORT", "9090")];
const SUM: &str = "9098";

/// Measures, prints, and writes the figures to `docs/PERFORMANCE.md`.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    let small = Settings::parse(&workspace.read("benches/src/small.rs")?)?;
    let medium = Settings::parse(&workspace.read("benches/src/medium.rs")?)?;
    let package = |contender| Ok((contender, Package::of(workspace, contender, &small, &medium)?));
    let packages = ALL.iter().map(package).collect::<Outcome<Vec<_>>>()?;
    let mut text = programs(workspace, &Package::empty(workspace)?, &packages)?;
    text += &derives(&packages, &medium)?;
    text += &versions(workspace)?;
    text += &bench::machine::description();
    println!("\n{text}");
    let document = workspace.read(DOCUMENT)?;
    workspace.write(DOCUMENT, &replace_between(&document, BEGIN, END, &text)?)
}

type Packages<'w> = [(&'static Contender, Package<'w>)];

/// The table of whole programs: crates, a build from nothing, and sizes.
fn programs(
    workspace: &Workspace,
    empty: &Package<'_>,
    packages: &Packages<'_>,
) -> Outcome<String> {
    empty.cold()?;
    let nothing = empty.size()?;
    let mut rows = Vec::new();
    for (contender, package) in packages.iter().filter(|(contender, _)| contender.program) {
        let (seconds, crates, size) = (package.cold()?, package.crates()?, package.size()?);
        let printed = package.printed(&workspace.path(FILE), &VARIABLES)?;
        if printed != SUM {
            return Err(format!("{} printed {printed} instead of {SUM}", contender.name));
        }
        println!("{}: {crates} crates, {seconds:.1} s, {size} bytes", contender.name);
        rows.push((contender.name, crates, seconds, size));
    }
    let mut text = String::from(
        "\n### A program\n\n| | crates | build from nothing | size |\n| --- | ---: | ---: | ---: |\n",
    );
    let by_hand = rows.iter().find(|(name, ..)| *name == BY_HAND);
    let unit = by_hand.map_or(f64::NAN, |(_, _, seconds, _)| *seconds);
    for (name, crates, seconds, size) in rows {
        let (ratio, size) = (seconds / unit, kib(size.saturating_sub(nothing)));
        let _ =
            writeln!(text, "| {name} | {crates} | **{ratio:.2}**, {seconds:.1} s | +{size} KiB |");
    }
    let _ = writeln!(
        text,
        "\nThe empty program has {} KiB. All programs printed the same.",
        kib(nothing)
    );
    Ok(text)
}

/// The table of what derives cost.
fn derives(packages: &Packages<'_>, settings: &Settings) -> Outcome<String> {
    const PROFILES: [(&str, &[&str]); 3] =
        [("check", &["check"]), ("debug", &["build"]), ("release", &["build", "--release"])];
    let packages: Vec<_> =
        packages.iter().filter(|(contender, _)| !contender.derives.is_empty()).collect();
    let mut columns = Vec::new();
    for (profile, words) in PROFILES {
        let mut times = vec![Vec::new(); packages.len()];
        for round in 0..=ROUNDS {
            for ((_, package), times) in packages.iter().zip(&mut times) {
                let seconds = package.again(words)?;
                // The first round builds the dependencies.
                if round > 0 {
                    times.push(seconds);
                }
            }
        }
        columns.push(times.into_iter().map(median).collect::<Vec<f64>>());
        println!("{profile}: {:.2?} s", columns.last().into_iter().flatten().collect::<Vec<_>>());
    }
    let heads = PROFILES.map(|(profile, _)| profile).join(" | ");
    let mut text =
        format!("\n### The derive\n\n| | derives | {heads} |\n| --- | --- | --- | --- | --- |\n");
    let unit = packages.iter().position(|(contender, _)| contender.name == BY_HAND).unwrap_or(0);
    for (index, (contender, _)) in packages.iter().enumerate() {
        let cell = |column: &Vec<f64>| {
            format!("**{:.2}**, {:.2} s", column[index] / column[unit], column[index])
        };
        let cells = columns.iter().map(cell).collect::<Vec<_>>().join(" | ");
        let _ = writeln!(text, "| {} | {} | {cells} |", contender.name, contender.derives);
    }
    let (fields, structs) = (settings.fields(), settings.structs.len() + settings.elements.len());
    let _ = writeln!(
        text,
        "\n{fields} fields in {structs} structs and 4 levels; medians of {ROUNDS} builds in turn, by what one \
         writes by hand."
    );
    Ok(text)
}

/// What was compared.
fn versions(workspace: &Workspace) -> Outcome<String> {
    let locked = workspace.read("Cargo.lock")?;
    let peers = ["toml", "serde", "confique", "schematic", "figment", "config", "conf"];
    let version = |peer| {
        let version = lock::version(&locked, lock::BENCHES, peer)?;
        Some(format!("{peer} {}", version.split('+').next()?))
    };
    Ok(format!("\n{}.\n", peers.into_iter().filter_map(version).collect::<Vec<_>>().join(", ")))
}

fn kib(bytes: u64) -> u64 {
    bytes.div_ceil(1024)
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
