//! The lcov format, as far as lines go.

use std::collections::BTreeMap;

/// For each file, for each of its lines that has code, how often it ran.
pub(super) type Counts = BTreeMap<String, BTreeMap<usize, u64>>;

/// Reads a report. A file may occur several times, as the derive does that several builds compiled.
pub(super) fn parse(report: &str) -> Counts {
    let mut counts = Counts::new();
    let mut file = String::new();
    for line in report.lines() {
        if let Some(name) = line.strip_prefix("SF:") {
            name.clone_into(&mut file);
        } else if let Some((number, count)) = line.strip_prefix("DA:").and_then(numbers) {
            *counts.entry(file.clone()).or_default().entry(number).or_default() += count;
        }
    }
    counts
}

fn numbers(line: &str) -> Option<(usize, u64)> {
    let mut fields = line.split(',');
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_one_file_add_up() {
        let report = "SF:a.rs\nFN:1,f\nDA:1,2\nDA:2,0\nend_of_record\nSF:b.rs\nDA:7,1,sum\n\
                      SF:a.rs\nDA:2,3\n";
        let counts = parse(report);
        assert_eq!(counts["a.rs"], BTreeMap::from([(1, 2), (2, 3)]));
        assert_eq!(counts["b.rs"], BTreeMap::from([(7, 1)]));
    }
}
