//! Rules about plain text: white space, and nothing that is true on one machine only.

use std::path::Path;

use super::Finding;
use crate::rust_text::{TestParts, tokens, without_tests};

/// How cargo writes its own registry, after the name of whatever server it is.
const OWN_REGISTRY: &str = "/rust-lang/";
/// Folders that exist on the machine of whoever wrote the line. Settings under `/etc` are fair.
const MACHINE_FOLDERS: [&str; 4] = ["home", "root", "work", "tmp"];
/// In a comment on a line, or on the line before it, this allows the path there. Not in documents.
const PATH_ALLOWED: &str = "tidy: absolute path";

/// Kinds of files that people write here; input files of tests may be as odd as they like.
pub(super) fn is_ours(file: &str) -> bool {
    let kinds = ["rs", "md", "sh", "py", "js", "mjs", "cjs", "ts", "mts", "cts", "yml"];
    let written = kinds.iter().any(|e| has_extension(file, e));
    let named = ["Cargo.toml", "Cargo.lock", "clippy.toml", "deny.toml", "rustfmt.toml"];
    written
        || named.iter().any(|name| file.ends_with(name))
        || file == ".cargo/config.toml"
        || file.starts_with(".ci/")
}

pub(super) fn has_extension(file: &str, extension: &str) -> bool {
    Path::new(file).extension().is_some_and(|found| found == extension)
}

/// No tabs, no trailing white space, no carriage returns, and a newline at the end.
pub(super) fn whitespace(file: &str, source: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in source.split('\n').enumerate() {
        if line.contains('\t') {
            findings.push(Finding::new(file, index + 1, "a tab"));
        }
        if line.ends_with(char::is_whitespace) {
            findings.push(Finding::new(file, index + 1, "white space at the end of the line"));
        }
    }
    if !source.is_empty() && !source.ends_with('\n') {
        findings.push(Finding::new(file, 0, "the last line does not end"));
    }
    findings
}

/// No absolute path of somebody's machine; unit tests may use one as a value like any other.
pub(super) fn machine_paths(file: &str, source: &str) -> Vec<Finding> {
    let document = has_extension(file, "md");
    let tests = if has_extension(file, "rs") {
        without_tests(&tokens(source)).1
    } else {
        TestParts::default()
    };
    let mut findings = Vec::new();
    let mut before = "";
    for (index, line) in source.lines().enumerate() {
        let marked = [line, before].iter().any(|text| text.contains(PATH_ALLOWED));
        let allowed = (marked && !document) || tests.contains(index + 1);
        if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| names_folder(line, folder))
            && !allowed
        {
            let message = format!("an absolute path under `{folder}` at the root of a machine");
            findings.push(Finding::new(file, index + 1, message));
        }
        before = line;
    }
    findings
}

/// Whether a line has the folder, at the root and not inside a longer path or address.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(&format!("/{folder}")).any(|(at, found)| {
        let inside =
            line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-~/})]>$*".contains(c));
        let longer =
            line[at + found.len()..].starts_with(|c: char| c.is_alphanumeric() || "_-".contains(c));
        !inside && !longer
    })
}

/// Dependencies come from cargo's own registry, and no file of ours redirects it.
pub(super) fn registries(file: &str, source: &str) -> Vec<Finding> {
    let bad = |line: &str| {
        if file == "Cargo.lock" {
            line.strip_prefix("source = ").is_some_and(|source| {
                !(source.starts_with("\"registry+") && source.contains(OWN_REGISTRY))
            })
        } else if has_extension(file, "toml") {
            ["[source.", "[source]", "[registr", "registry ="]
                .iter()
                .any(|start| line.starts_with(start))
        } else {
            false
        }
    };
    source
        .lines()
        .enumerate()
        .filter(|(_, line)| bad(line.trim()))
        .map(|(index, _)| {
            Finding::new(file, index + 1, "dependencies come from cargo's own registry alone")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(findings: Vec<Finding>) -> Vec<usize> {
        findings.into_iter().map(|found| found.line).collect()
    }

    #[test]
    fn white_space() {
        assert_eq!(lines(whitespace("a.rs", "a\n\tb\nc \nd\r\ne\n")), [2, 3, 4]);
        assert_eq!(lines(whitespace("a.rs", "a")), [0]);
        assert!(whitespace("a.rs", "").is_empty());
    }

    #[test]
    fn paths_of_a_machine() {
        let say = |folder: &str| format!("see /{folder}/x");
        assert_eq!(lines(machine_paths("a.md", &say("home"))), [1]);
        assert_eq!(lines(machine_paths("a.md", &format!("`/{}`", "tmp"))), [1]);
        for fine in ["/etc/x", "docs/work/x", "https://example.com/home/", "/homely", "~/.config/x"]
        {
            assert!(machine_paths("a.md", fine).is_empty(), "{fine}");
        }
        let marked = format!("// {PATH_ALLOWED}\n{}", say("work"));
        assert!(machine_paths("tests/tests/a.rs", &marked).is_empty());
        assert_eq!(lines(machine_paths("docs/a.md", &marked)), [2]);
        let in_tests = format!("#[cfg(test)]\nmod tests {{\n\"/{}\"\n}}\n", "tmp");
        assert!(machine_paths("superconfig/src/a.rs", &in_tests).is_empty());
    }

    #[test]
    fn where_dependencies_come_from() {
        let lock = "source = \"registry+https://host/rust-lang/index\"\nsource = \"git+https://host/rust-lang/x\"\n";
        assert_eq!(lines(registries("Cargo.lock", lock)), [2]);
        assert_eq!(lines(registries(".cargo/config.toml", "[source.crates-io]\n")), [1]);
        assert!(registries("deny.toml", "[sources]\n").is_empty());
    }

    #[test]
    fn input_files_are_left_alone() {
        assert!(is_ours("superconfig/Cargo.toml") && is_ours(".ci/run") && is_ours("README.md"));
        assert!(!is_ours("tests/data/tabs.yaml") && !is_ours("examples/quickstart/config.toml"));
    }
}
