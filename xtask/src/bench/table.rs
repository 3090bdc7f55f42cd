//! Tables of what was measured, in Markdown.

use std::fmt::Write;

use super::programs::Curve;
use super::{FORMATS, Figures, WORKLOADS};

/// A table for each format: what each contender took by F1's time, its instructions and allocations.
pub(super) fn contenders(results: &[Figures]) -> String {
    let mut text = String::new();
    for format in FORMATS {
        let of_format = |result: &&Figures| result.format == format;
        let all: Vec<&Figures> = results.iter().filter(of_format).collect();
        let _ = write!(
            text,
            "\n### {}\n\n| | S | M | L | instructions: S | M | L | allocations (kB): S | M | L |\n\
             | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
            format.to_uppercase()
        );
        for name in names(all.iter().copied()) {
            let cell = |shown: &dyn Fn(&Figures) -> String| {
                WORKLOADS.map(|workload| {
                    let found = all
                        .iter()
                        .find(|result| result.contender == name && result.workload == workload);
                    found.map_or(String::new(), |result| shown(result))
                })
            };
            let cells = [cell(&ratio), cell(&instructions), cell(&allocations)].concat();
            let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
        }
    }
    text
}

/// What each contender took on one workload, by F1's time alone; without those that nobody would
/// choose and that are there to compare with.
pub(super) fn summary(results: &[Figures], workload: &str) -> String {
    let is_choice = |name: &str| !["round trips", "parser alone"].contains(&name);
    let of_workload = |result: &&Figures| result.workload == workload;
    let all = || results.iter().filter(of_workload).filter(|result| is_choice(&result.contender));
    let mut text = String::from("| | TOML | JSON | YAML |\n| --- | ---: | ---: | ---: |\n");
    for name in names(all()) {
        let cells = FORMATS.map(|format| {
            let found = all().find(|result| result.contender == name && result.format == format);
            found.map_or(String::new(), |result| format!("{:.2}", result.ratio[1]))
        });
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    }
    text
}

/// The contenders, in their order.
fn names<'r>(results: impl Iterator<Item = &'r Figures>) -> Vec<&'r str> {
    let mut names: Vec<&str> = Vec::new();
    for Figures { contender, .. } in results {
        if !names.contains(&contender.as_str()) {
            names.push(contender);
        }
    }
    names
}

fn ratio(result: &Figures) -> String {
    let [low, median, high] = result.ratio;
    format!("**{median:.2}** ({low:.2}–{high:.2}), {}", time(result.microseconds * 1000.0))
}

fn instructions(result: &Figures) -> String {
    result.thousand_instructions.map_or_else(|| "–".to_owned(), |count| format!("{count:.0} k"))
}

fn allocations(result: &Figures) -> String {
    format!("{} ({:.0})", result.allocations, result.bytes / 1000.0)
}

/// What it costs that one can ask later where values came from.
pub(super) fn building([low, median, high]: [f64; 3]) -> String {
    format!(
        "\n`build()`, which keeps what `origin` and `explain` read, by `extract()`, which does not, \
         on M in TOML: {median:.2} ({low:.2}–{high:.2}).\n"
    )
}

/// What a load of many variables takes, beside what nobody can do without.
pub(super) fn crowd(times: &[(String, f64)]) -> String {
    let shown: Vec<String> =
        times.iter().map(|(name, taken)| format!("{name} {}", time(*taken))).collect();
    format!("\n100 variables set of 1,500, 80 settings and a map: {}.\n", shown.join(", "))
}

/// What one load takes at each size, and how that grows.
pub(super) fn curves(curves: &[Curve]) -> String {
    let mut text =
        String::from("\n### Growth\n\n| | at each size | exponent |\n| --- | --- | ---: |\n");
    for Curve { name, points } in curves {
        let shown: Vec<String> =
            points.iter().map(|(size, taken)| format!("{size}: {}", time(*taken))).collect();
        let _ = writeln!(text, "| {name} | {} | {:.2} |", shown.join(", "), exponent(points));
    }
    text
}

pub(super) fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        few if few < 1e6 => format!("{:.1} µs", few / 1e3),
        many => format!("{:.1} ms", many / 1e6),
    }
}

/// The slope of the line through the logarithms, from the second size on: what a load costs before
/// it reads anything would make it look better.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let tail = points.get(1..).filter(|tail| tail.len() > 1).unwrap_or(points);
    let points: Vec<(f64, f64)> =
        tail.iter().map(|(size, taken)| (size.ln(), taken.ln())).collect();
    let count = points.iter().map(|_| 1.0).sum::<f64>();
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (middle, height) = (mean(&|point| point.0), mean(&|point| point.1));
    let rise = mean(&|(x, y)| (x - middle) * (y - height));
    rise / mean(&|(x, _)| (x - middle).powi(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_grows_with_exponent_two() {
        let points: Vec<(f64, f64)> = [1.0, 10.0, 100.0, 1000.0].map(|n| (n, 3.0 * n * n)).to_vec();
        assert!((exponent(&points) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_contender_has_one_row_and_gaps_where_it_was_not_measured() {
        let result = Figures {
            contender: "ours".to_owned(),
            format: "toml",
            workload: "M",
            ratio: [0.5, 0.6, 0.7],
            microseconds: 12.0,
            thousand_instructions: Some(99.6),
            allocations: 7.0,
            bytes: 1500.0,
        };
        let table = contenders(&[result]);
        let row = "| ours |  | **0.60** (0.50–0.70), 12.0 µs |  |  | 100 k |  |  | 7 (2) |  |";
        assert!(table.contains(row), "{table}");
        let result =
            || Figures { contender: "ours".to_owned(), workload: "M", ..Default::default() };
        let results = [("toml", 0.6), ("yaml", 1.25)].map(|(format, ratio)| Figures {
            format,
            ratio: [0.0, ratio, 0.0],
            ..result()
        });
        let table = summary(&results, "M");
        assert!(table.ends_with("| ours | 0.60 |  | 1.25 |\n"), "{table}");
    }
}
