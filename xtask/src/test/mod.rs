//! `cargo xtask test`: every check, one after another, and a list at the end of how each of them went.
//!
//! A failed step does not end the run, so that one run shows everything there is to mend. All steps
//! share one target directory and the `dev` profile, so that nothing is built twice.

pub(crate) mod examples;
mod features;
pub(crate) mod node;
pub(crate) mod python;
mod rust;
pub(crate) mod transcript;

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::{Outcome, tidy, workspace::Workspace};

/// One check.
struct Step {
    name: &'static str,
    about: &'static str,
    /// What has to be installed besides Rust, in words, where it is not.
    needs: fn() -> Outcome,
    run: fn(&Workspace) -> Outcome,
}

/// A step that Rust alone is enough for.
const fn rust_step(
    name: &'static str,
    about: &'static str,
    run: fn(&Workspace) -> Outcome,
) -> Step {
    Step { name, about, needs: || Ok(()), run }
}

/// All checks: the quick ones first, then in the order in which a failure of one explains the next.
const STEPS: &[Step] = &[
    rust_step("format", "rustfmt has nothing to change", rust::format),
    rust_step("tidy", "the house rules hold", tidy::run),
    rust_step("clippy", "clippy and rustc have nothing to say", rust::clippy),
    rust_step("tests", "unit, integration and ui tests pass", rust::tests),
    rust_step("models", "what threads share holds in every order of their steps", rust::models),
    rust_step("doctests", "the code in the documentation works", rust::doctests),
    rust_step("examples", "the examples print what they should", examples::check),
    rust_step("docs", "the documentation builds without warnings", rust::docs),
    rust_step(
        "features",
        "superconfig builds with each feature alone, and its unit tests pass with all",
        features::check,
    ),
    Step {
        name: "node",
        about: "the Node.js package builds, and its tests and types are right",
        needs: node::needs,
        run: node::check,
    },
    Step {
        name: "python",
        about: "the Python package builds, and its tests and types are right",
        needs: python::needs,
        run: python::check,
    },
];

/// How a step went.
struct Report {
    name: &'static str,
    went: Went,
    time: Duration,
}

enum Went {
    Well,
    Wrong(String),
    /// What it needs is not installed.
    Nowhere(String),
}

impl Step {
    fn go(&self, workspace: &Workspace) -> Went {
        if let Err(missing) = (self.needs)() {
            return Went::Nowhere(missing);
        }
        match (self.run)(workspace) {
            Ok(()) => Went::Well,
            Err(message) => Went::Wrong(message),
        }
    }
}

/// Runs the steps that the options name, all of them without any.
pub(crate) fn run(workspace: &Workspace, options: &[&str]) -> Outcome {
    let Some(steps) = chosen(options)? else {
        for step in STEPS {
            println!("{:10} {}", step.name, step.about);
        }
        return Ok(());
    };
    let mut reports = Vec::new();
    for step in steps {
        println!("\n=== {}: {}", step.name, step.about);
        let start = Instant::now();
        let went = step.go(workspace);
        if let Went::Wrong(message) | Went::Nowhere(message) = &went {
            println!("{message}");
        }
        reports.push(Report { name: step.name, went, time: start.elapsed() });
    }
    print!("\n{}", closing(&reports));
    let failed = reports.iter().any(|report| matches!(report.went, Went::Wrong(_)));
    if failed { Err(String::new()) } else { Ok(()) }
}

/// The steps to run, or `None` where they are only to be listed.
fn chosen(options: &[&str]) -> Outcome<Option<Vec<&'static Step>>> {
    let mut names = Vec::new();
    let mut rest = options;
    while let [option, further @ ..] = rest {
        rest = further;
        let name = match (*option, further) {
            ("--list", _) => return Ok(None),
            ("--only", [name, further @ ..]) => {
                rest = further;
                *name
            }
            ("--only", []) => return Err("`--only` needs the name of a step".to_owned()),
            (other, _) => other.strip_prefix("--only=").ok_or_else(|| {
                format!(
                    "`{other}` is not an option of `cargo xtask test`; there are --only and --list"
                )
            })?,
        };
        if !STEPS.iter().any(|step| step.name == name) {
            return Err(format!(
                "no step is called `{name}`; `cargo xtask test --list` names them"
            ));
        }
        names.push(name);
    }
    let steps = STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name));
    Ok(Some(steps.collect()))
}

/// A line for each step, its trouble under it, and the count as the very last line.
fn closing(reports: &[Report]) -> String {
    let mut counts = [0_usize; 3];
    let mut text = String::new();
    for Report { name, went, time } in reports {
        let (kind, word, trouble) = match went {
            Went::Well => (0, "ok", None),
            Went::Wrong(trouble) => (1, "FAILED", Some(trouble)),
            Went::Nowhere(missing) => (2, "left out", Some(missing)),
        };
        counts[kind] += 1;
        let trouble = trouble.map(|trouble| format!("\n{trouble}")).unwrap_or_default();
        let trouble = trouble.trim_end().replace('\n', "\n           ");
        let seconds = time.as_secs_f64();
        let _ = writeln!(text, "{name:10} {word:8} {seconds:6.1} s{trouble}");
    }
    let [passed, failed, left_out] = counts;
    let _ = write!(text, "{passed} passed, {failed} failed");
    if left_out > 0 {
        let _ = write!(text, ", {left_out} left out because something is not installed");
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(options: &[&str]) -> Outcome<Option<Vec<&'static str>>> {
        Ok(chosen(options)?.map(|steps| steps.iter().map(|step| step.name).collect()))
    }

    #[test]
    fn steps_are_chosen_in_their_own_order() {
        assert_eq!(names(&[]).unwrap().unwrap().len(), STEPS.len());
        assert_eq!(names(&["--only", "docs", "--only=tidy"]), Ok(Some(vec!["tidy", "docs"])));
        assert_eq!(names(&["--list"]), Ok(None));
        for wrong in [&["--only"][..], &["--only", "nothing"], &["--fast"]] {
            assert!(names(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_count_is_the_last_line() {
        let report = |name, went| Report { name, went, time: Duration::from_millis(1250) };
        let wrong = || report("docs", Went::Wrong("a\nb".to_owned()));
        let text = closing(&[report("tidy", Went::Well), wrong()]);
        assert_eq!(
            text,
            "tidy       ok          1.2 s\ndocs       FAILED      1.2 s\n           a\n           b\n\
             1 passed, 1 failed\n"
        );
        let missing = report("node", Went::Nowhere("install it".to_owned()));
        let text = closing(&[report("tidy", Went::Well), missing]);
        assert_eq!(
            text,
            "tidy       ok          1.2 s\nnode       left out    1.2 s\n           install it\n\
             1 passed, 0 failed, 1 left out because something is not installed\n"
        );
    }
}
