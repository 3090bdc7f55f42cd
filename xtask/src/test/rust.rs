//! The steps that are one cargo command each.

use crate::{
    Outcome,
    command::{cargo, require, run, works},
    workspace::Workspace,
};

/// What holds tests. Doctests and examples have steps of their own; `--examples` here would build
/// each of them a second time, as a test.
///
/// Nothing here says `--workspace`: the default members are looked at, and `benches` is none of
/// them, because all our peers would be built with it. `cargo xtask bench` builds it.
const TESTED: [&str; 3] = ["--lib", "--bins", "--tests"];

pub(super) fn format(workspace: &Workspace) -> Outcome {
    require(workspace, "fmt", "rustup component add rustfmt")?;
    run(&mut cargo(workspace, ["fmt", "--all", "--check"]))
        .map_err(|message| message + "\n`cargo fmt --all` mends it")
}

/// Warnings are denied behind `--`, where they concern our own crates only and, unlike `RUSTFLAGS`,
/// do not make cargo build every dependency a second time.
pub(super) fn clippy(workspace: &Workspace) -> Outcome {
    require(workspace, "clippy", "rustup component add clippy")?;
    run(&mut cargo(workspace, ["clippy", "--all-targets", "--", "-D", "warnings"]))
}

pub(super) fn tests(workspace: &Workspace) -> Outcome {
    if works(&mut cargo(workspace, ["nextest", "--version"])) {
        run(cargo(workspace, ["nextest", "run", "--no-fail-fast"]).args(TESTED))
    } else {
        println!("cargo-nextest is not installed; cargo's own runner does the same, more slowly");
        run(cargo(workspace, ["test", "--no-fail-fast"]).args(TESTED))
    }
}

/// No default member: `--lib` above would build unit tests that want the real primitives.
pub(super) fn models(workspace: &Workspace) -> Outcome {
    const MODELS: &str = "superconfig-concurrency";
    let clippy = ["clippy", "--package", MODELS, "--all-targets", "--", "-D", "warnings"];
    run(&mut cargo(workspace, clippy))?;
    run(&mut cargo(workspace, ["test", "--package", MODELS, "--no-fail-fast"]))
}

pub(super) fn doctests(workspace: &Workspace) -> Outcome {
    run(&mut cargo(workspace, ["test", "--doc", "--no-fail-fast"]))
}

pub(super) fn docs(workspace: &Workspace) -> Outcome {
    run(cargo(workspace, ["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}
