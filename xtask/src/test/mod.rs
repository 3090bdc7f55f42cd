//! `cargo xtask test`: every check, one after another, and a list at the end of how each of them went.
//!
//! A failed step does not end the run, so that one run shows everything there is to mend. All steps
//! share one target directory and the `dev` profile, so that nothing is built twice.

pub(crate) mod examples;
mod features;
mod rust;
pub(crate) mod transcript;

use std::time::{Duration, Instant};

use crate::{Outcome, tidy, workspace::Workspace};

/// One check.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Workspace) -> Outcome,
}

/// All checks: the quick ones first, then in the order in which a failure of one explains the next.
const STEPS: &[Step] = &[
    Step { name: "format", about: "rustfmt has nothing to change", run: rust::format },
    Step { name: "tidy", about: "the house rules hold", run: tidy::run },
    Step { name: "clippy", about: "clippy and rustc have nothing to say", run: rust::clippy },
    Step { name: "tests", about: "unit, integration and ui tests pass", run: rust::tests },
    Step { name: "doctests", about: "the code in the documentation works", run: rust::doctests },
    Step { name: "examples", about: "the examples print what they should", run: examples::check },
    Step { name: "docs", about: "the documentation builds without warnings", run: rust::docs },
    Step {
        name: "features",
        about: "superconfig builds with each feature alone, and its unit tests pass with all",
        run: features::check,
    },
];

/// How a step went.
struct Report {
    name: &'static str,
    outcome: Outcome,
    time: Duration,
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
        let outcome = (step.run)(workspace);
        if let Err(message) = &outcome {
            println!("{message}");
        }
        reports.push(Report { name: step.name, outcome, time: start.elapsed() });
    }
    print!("\n{}", closing(&reports));
    if reports.iter().all(|report| report.outcome.is_ok()) { Ok(()) } else { Err(String::new()) }
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
    let lines = reports.iter().map(|Report { name, outcome, time }| {
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        let trouble = outcome.as_ref().err().map(|message| format!("\n{message}"));
        let trouble = trouble.unwrap_or_default().trim_end().replace('\n', "\n           ");
        format!("{name:10} {word:6} {:8.1} s{trouble}\n", time.as_secs_f64())
    });
    let lines: String = lines.collect();
    let failed = reports.iter().filter(|report| report.outcome.is_err()).count();
    format!("{lines}{} passed, {failed} failed\n", reports.len() - failed)
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
        let report = |name, outcome| Report { name, outcome, time: Duration::from_millis(1250) };
        let text = closing(&[report("tidy", Ok(())), report("docs", Err("a\nb".to_owned()))]);
        assert_eq!(
            text,
            "tidy       ok          1.2 s\ndocs       FAILED      1.2 s\n           a\n           b\n\
             1 passed, 1 failed\n"
        );
    }
}
