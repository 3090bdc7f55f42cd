//! `cargo xtask bench --threads`: many files by one thread and by two, into `docs/PERFORMANCE.md`.

use std::fmt::Write;

use super::programs::{Programs, output};
use super::table::time;
use super::{DOCUMENT, machine};
use crate::{Outcome, coverage::replace_between, workspace::Workspace};

const BEGIN: &str = "<!-- bench threads: begin, written by `cargo xtask bench --threads` -->";
const END: &str = "<!-- bench threads: end -->";

/// Measures and prints; also into the document, unless it shall be quick.
pub(crate) fn run(workspace: &Workspace, quick: bool) -> Outcome {
    let rounds = if quick { "20" } else { "300" };
    let programs = Programs::build(workspace)?;
    let mut text = String::new();
    for (busy, meanwhile) in [(0, "cores idle"), (machine::cores(), "cores busy")] {
        let (rows, _) = output(&mut programs.threads(rounds, busy))?;
        text += &table(&rows, meanwhile)?;
        text.push('\n');
    }
    text += machine::description().trim_start();
    println!("{text}");
    if quick {
        return Ok(());
    }
    let document = workspace.read(DOCUMENT)?;
    workspace.write(DOCUMENT, &replace_between(&document, BEGIN, END, &text)?)
}

/// A row for each number of files, a column for each way.
fn table(printed: &str, meanwhile: &str) -> Outcome<String> {
    let rows: Vec<Vec<&str>> = printed.lines().map(|line| line.split('\t').collect()).collect();
    let mut text = String::new();
    for of_count in rows.chunk_by(|one, next| one.first() == next.first()) {
        let mut heads = format!("| files of 100 settings, {meanwhile} |");
        let mut cells = String::new();
        for row in of_count {
            let [count, how, numbers @ ..] = row.as_slice() else { continue };
            let numbers: Vec<f64> = numbers.iter().filter_map(|cell| cell.parse().ok()).collect();
            let [taken, median, low, high] = numbers[..] else {
                return Err(format!("{count} files, {how}: four numbers were expected"));
            };
            if cells.is_empty() {
                let _ = write!(cells, "| {} |", if *count == "0" { "none" } else { count });
            }
            let _ = write!(heads, " {how} |");
            let _ = write!(cells, " **{median:.2}** ({low:.2}–{high:.2}), {} |", time(taken));
        }
        if text.is_empty() {
            text = format!("{heads}\n| ---: |{}\n", " --- |".repeat(of_count.len()));
        }
        text += &(cells + "\n");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_files_has_one_row_with_a_cell_for_each_way() {
        let printed = "0\talone\t500\t1\t1\t1\n0\ttwo\t29500\t59\t50\t60\n\
                       20\talone\t280000\t1\t1\t1\n20\ttwo\t170000\t0.61\t0.6\t0.7\n";
        let expected = "\
| files of 100 settings, cores idle | alone | two |
| ---: | --- | --- |
| none | **1.00** (1.00–1.00), 0.5 µs | **59.00** (50.00–60.00), 29.5 µs |
| 20 | **1.00** (1.00–1.00), 280.0 µs | **0.61** (0.60–0.70), 170.0 µs |
";
        assert_eq!(table(printed, "cores idle").as_deref(), Ok(expected));
    }

    #[test]
    fn a_row_without_its_numbers_is_told() {
        assert_eq!(
            table("5\ttwo\t1\n", ""),
            Err("5 files, two: four numbers were expected".to_owned())
        );
    }
}
