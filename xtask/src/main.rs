//! `cargo xtask …`: what a developer and the continuous integration run. `cargo xtask help` lists it.
//!
//! Reading order: [`workspace`] (where things are), [`command`] (running other programs), then one
//! module per task: [`mod@test`], [`tidy`], [`coverage`], [`bless`],
//! [`mod@bench`], [`build_cost`], [`soak`], [`sanitize`]. Only the standard library is
//! used, so that the checks are there before anything else has been built.

mod bench;
mod bless;
mod build_cost;
mod command;
mod coverage;
mod lock;
mod manifest;
mod modules;
mod rust_text;
mod sanitize;
mod soak;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

/// What a task or a step says when it is done: nothing, or what is wrong in words for a person.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
cargo xtask TASK

  test              every check: format, tidy, clippy, tests, models, doctests, examples, docs, features, node, python
    --list          name the checks and stop
    --only STEP     run this check alone (may be given several times)
  tidy              the house rules alone: import arrows, file sizes, whitespace, left-overs
  bless             rewrite expected output: of the cases, the derive, the examples and the ui-tests
    cases|derive|examples|ui   only these
  coverage          lines covered by the tests, printed and written to docs/TESTING.md
  bench             this library beside its peers, printed and written to docs/PERFORMANCE.md and README.md
    --quick         fewer rounds, printed only
    --python        the Python package beside its own peers instead
    --node          the Node.js package beside its peers instead
    --threads       many files by one thread and by two instead
  build-cost        what the derive and the whole cost to compile, and what is added to a program, printed and written to docs/PERFORMANCE.md
  soak              configurations live and die, and memory is measured, printed and written to docs/PERFORMANCE.md
    --minutes N     for so long
  sanitize          tests with the address and leak sanitizers
  help              this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    let (task, rest) = words.split_first().unwrap_or((&"help", &[]));
    match (*task, rest) {
        ("test", options) => test::run(&Workspace::find()?, options),
        ("tidy", []) => tidy::run(&Workspace::find()?),
        ("bless", what) => bless::run(&Workspace::find()?, what),
        ("coverage", []) => coverage::run(&Workspace::find()?),
        ("bench", []) => bench::run(&Workspace::find()?, false),
        ("bench", ["--quick"]) => bench::run(&Workspace::find()?, true),
        ("bench", ["--python"]) => bench::python::run(&Workspace::find()?, false),
        ("bench", ["--python", "--quick"]) => bench::python::run(&Workspace::find()?, true),
        ("bench", ["--node"]) => bench::node::run(&Workspace::find()?, false),
        ("bench", ["--node", "--quick"]) => bench::node::run(&Workspace::find()?, true),
        ("bench", ["--threads"]) => bench::threads::run(&Workspace::find()?, false),
        ("bench", ["--threads", "--quick"]) => bench::threads::run(&Workspace::find()?, true),
        ("build-cost", []) => build_cost::run(&Workspace::find()?),
        ("sanitize", []) => sanitize::run(&Workspace::find()?),
        ("soak", ["--minutes", minutes]) => soak::run(&Workspace::find()?, minutes),
        ("help" | "--help" | "-h", []) => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("`cargo xtask {}` is not a task\n\n{HELP}", words.join(" "))),
    }
}
