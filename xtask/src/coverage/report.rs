//! From counts of lines to what people read.

use std::collections::BTreeMap;

use super::lcov::Counts;
use crate::{
    Outcome,
    modules::{TestModules, module_of},
    rust_text::{TestParts, tokens, without_tests},
    workspace::Workspace,
};

/// The crates that users build on, and how much of each we aim to run.
const CRATES: [&str; 2] = ["superconfig", "superconfig-derive"];
const AIM: &str = "95";

const BEGIN: &str = "<!-- coverage: begin, written by `cargo xtask coverage` -->";
const END: &str = "<!-- coverage: end -->";

/// What was counted in one crate.
pub(super) struct Crate {
    name: &'static str,
    /// For each file, its lines with code, and whether each ran.
    files: BTreeMap<String, BTreeMap<usize, bool>>,
}

impl Crate {
    /// How many lines have code, and how many of them ran.
    fn total(&self) -> (usize, usize) {
        let lines = || self.files.values().flat_map(BTreeMap::values);
        (lines().count(), lines().filter(|ran| **ran).count())
    }
}

/// Sorts the counts by crate, without the tests that stand in the same files: they run anyway, and
/// would make the figure better than it is.
pub(super) fn measure(workspace: &Workspace, counts: &Counts) -> Outcome<Vec<Crate>> {
    let mut crates = Vec::new();
    for name in CRATES {
        let folder = format!("{name}/src/");
        let within = format!("{}/{folder}", workspace.root.display());
        let mut sources = Vec::new();
        for (path, lines) in counts {
            if let Some(file) = path.replace('\\', "/").strip_prefix(&within.replace('\\', "/")) {
                let (_, parts) = without_tests(&tokens(&workspace.read(&(folder.clone() + file))?));
                sources.push((file.to_owned(), parts, lines));
            }
        }
        crates.push(Crate { name, files: without_test_lines(&folder, &sources) });
    }
    Ok(crates)
}

fn without_test_lines(
    folder: &str,
    sources: &[(String, TestParts, &BTreeMap<usize, u64>)],
) -> BTreeMap<String, BTreeMap<usize, bool>> {
    let tests = TestModules::of(sources.iter().map(|(file, parts, _)| (file.as_str(), parts)));
    let mut files = BTreeMap::new();
    for (file, parts, lines) in sources {
        if !tests.contain(&module_of(file)) {
            let tested = lines.iter().filter(|(line, _)| !parts.contains(**line));
            let ran = tested.map(|(line, count)| (*line, *count > 0)).collect();
            files.insert(format!("{folder}{file}"), ran);
        }
    }
    files
}

/// The figures as a table in Markdown.
pub(super) fn table(crates: &[Crate]) -> String {
    let head = "| crate | lines with code | of them run by the tests | share |\n\
                | --- | ---: | ---: | ---: |\n";
    let rows = crates.iter().map(|one| {
        let (lines, ran) = one.total();
        format!("| `{}` | {lines} | {ran} | {} |\n", one.name, share(lines, ran))
    });
    format!("{head}{}\nThe aim is {AIM} % of each.\n", rows.collect::<String>())
}

/// Cut, not rounded: 100 % is said of all lines and of nothing less.
fn share(lines: usize, ran: usize) -> String {
    match (ran * 1000).checked_div(lines) {
        Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
        None => "no code yet".to_owned(),
    }
}

/// The lines that no test runs, file by file.
pub(super) fn misses(crates: &[Crate]) -> String {
    let files = crates.iter().flat_map(|one| &one.files).filter_map(|(file, lines)| {
        let missed = lines.iter().filter(|(_, ran)| !**ran).map(|(line, _)| *line);
        let missed: Vec<usize> = missed.collect();
        (!missed.is_empty()).then(|| format!("{file}: not run: {}\n", ranges(&missed)))
    });
    files.collect()
}

/// `3-5, 9` for 3, 4, 5 and 9.
fn ranges(numbers: &[usize]) -> String {
    let groups = numbers.chunk_by(|left, right| left + 1 == *right);
    let words = groups.map(|group| match group {
        [first, .., last] => format!("{first}-{last}"),
        _ => group[0].to_string(),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Puts the table between the two marks of the document.
pub(super) fn replace_figures(document: &str, table: &str) -> Outcome<String> {
    replace_between(document, BEGIN, END, table)
}

/// Puts figures between two marks of a document.
pub(crate) fn replace_between(
    document: &str,
    begin: &str,
    end: &str,
    figures: &str,
) -> Outcome<String> {
    let marks = || {
        let (head, rest) = document.split_once(begin)?;
        let (_, tail) = rest.split_once(end)?;
        Some((head, tail))
    };
    let (head, tail) =
        marks().ok_or_else(|| format!("the figures go between {begin} and {end}"))?;
    Ok(format!("{head}{begin}\n{figures}{end}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Crate {
        let parts = |lines: &[(usize, usize)], files: &[&str]| TestParts {
            lines: lines.to_vec(),
            files: files.iter().map(|name| (*name).to_owned()).collect(),
        };
        let counts = BTreeMap::from([(1, 4), (2, 0), (3, 0), (9, 0), (20, 7)]);
        let sources = [
            ("path.rs".to_owned(), parts(&[(19, 30)], &["tests"]), &counts),
            ("path/tests.rs".to_owned(), parts(&[], &[]), &counts),
        ];
        Crate { name: "superconfig", files: without_test_lines("superconfig/src/", &sources) }
    }

    #[test]
    fn tests_do_not_count_as_tested() {
        assert_eq!(example().total(), (4, 1));
    }

    #[test]
    fn figures_and_misses() {
        let crates = [example(), Crate { name: "superconfig-derive", files: BTreeMap::new() }];
        let table = table(&crates);
        assert!(table.contains("| `superconfig` | 4 | 1 | 25.0 % |\n"), "{table}");
        assert!(table.contains("| `superconfig-derive` | 0 | 0 | no code yet |\n"), "{table}");
        assert_eq!(misses(&crates), "superconfig/src/path.rs: not run: 2-3, 9\n");
        assert_eq!(share(2000, 1999), "99.9 %");
    }

    #[test]
    fn the_document_keeps_the_rest() {
        let document = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let expected = format!("before\n{BEGIN}\nnew\n{END}\nafter\n");
        assert_eq!(replace_figures(&document, "new\n"), Ok(expected));
        assert!(replace_figures("nothing", "new").is_err());
    }
}
