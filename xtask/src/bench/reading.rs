//! Tables of reading, of reloads, and of the memory of handles.

use std::fmt::Write;

use super::programs::{Programs, output};
use super::table::time;
use crate::Outcome;

/// Who else is there while a thread reads: the word of the program, and the head of the column.
const SCENES: [(&str, &str); 3] =
    [("alone", "one thread"), ("two", "two threads"), ("written", "beside a writer each ms")];

/// The section, with the tables of all three.
pub(super) fn section(programs: &Programs, rounds: usize) -> Outcome<String> {
    let rounds = rounds.to_string();
    let mut scenes = Vec::new();
    for (scene, _) in SCENES {
        let (text, _) = output(programs.command("reads").args(["time", scene, &rounds]))?;
        scenes.push(text);
    }
    let mut text = format!("\n### Reading\n\n{}", reading(&scenes));
    text += "\n### Reloads\n\n| | on M in TOML, by one `build` | |\n| --- | --- | ---: |\n";
    let (reloads, _) = output(&mut programs.reloads(&rounds)?)?;
    for cells in reloads.lines().map(cells) {
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            cell(&cells, 0),
            ratio(&cells, 2),
            time(number(&cells, 1))
        );
    }
    text += "\n### Memory of handles\n\n| | bytes |\n| --- | ---: |\n";
    let (handles, _) = output(&mut programs.command("handles"))?;
    for cells in handles.lines().map(cells) {
        let _ = writeln!(text, "| {} | {:.0} |", cell(&cells, 0), number(&cells, 1));
    }
    Ok(text)
}

/// A row for each way to read, and a column for each scene.
fn reading(scenes: &[String]) -> String {
    let heads = SCENES.map(|(_, head)| head).join(" | ");
    let mut text = format!("| | {heads} |");
    text += " by | wanted |\n| --- | --- | --- | --- | --- | ---: |\n";
    let scenes: Vec<Vec<Vec<&str>>> =
        scenes.iter().map(|scene| scene.lines().map(cells).collect()).collect();
    for (index, way) in scenes.first().into_iter().flatten().enumerate() {
        let _ = write!(text, "| {} |", cell(way, 0));
        for scene in &scenes {
            let cells = scene.get(index).map_or(&[][..], Vec::as_slice);
            let _ = write!(text, " {}, {:.1} ns |", ratio(cells, 2), number(cells, 1));
        }
        let wanted = match cell(way, 6) {
            "" => String::new(),
            wanted => format!("≤ {wanted}"),
        };
        let _ = writeln!(text, " {} | {wanted} |", cell(way, 5));
    }
    text
}

fn cells(line: &str) -> Vec<&str> {
    line.split('\t').collect()
}

fn cell<'c>(cells: &[&'c str], index: usize) -> &'c str {
    cells.get(index).copied().unwrap_or_default()
}

fn number(cells: &[&str], index: usize) -> f64 {
    cell(cells, index).parse().unwrap_or(f64::NAN)
}

/// The median and the quartiles that stand from this cell on.
fn ratio(cells: &[&str], first: usize) -> String {
    let [median, low, high] = [0, 1, 2].map(|at| number(cells, first + at));
    format!("**{median:.2}** ({low:.2}–{high:.2})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_to_read_has_one_row_with_a_cell_for_each_scene() {
        let scene = "`get`\t4.70\t1.05\t1.02\t1.10\t`load`\t1\nother\t9.0\t2\t1\t3\t`load`\t";
        let table = reading(&[scene.to_owned(), scene.to_owned(), scene.to_owned()]);
        let cell = "**1.05** (1.02–1.10), 4.7 ns";
        assert!(table.contains(&format!("| `get` | {cell} | {cell} | {cell} | `load` | ≤ 1 |")));
        assert!(table.contains("| `load` |  |\n"), "{table}");
    }
}
