//! Imports in the runtime crate go one way.
//!
//! [`ARROWS`] is the whole rule. A new module gets a row there, in the order in which data flows.

use std::collections::BTreeSet;

use super::{Finding, paths::mentions};
use crate::modules::{TestModules, module_of};
use crate::rust_text::{tokens, without_tests};

/// What a module may import.
enum Sees {
    /// Everything: the stages are put together here.
    All,
    /// These modules and what they see in turn, [`KNOWN_TO_ALL`], and nothing else.
    After(&'static [&'static str]),
    /// Exactly these modules.
    Only(&'static [&'static str]),
}
use Sees::{After, All, Only};

/// Where something stands and what went wrong with it: vocabulary of every stage.
const KNOWN_TO_ALL: [&str; 4] = ["path", "origin", "error", "verbosity"];

/// Every module at the top of `superconfig/src`, and what it may import. Modules that name each
/// other form one stage.
const ARROWS: &[(&str, Sees)] = &[
    // The vocabulary.
    ("path", Only(&["origin"])),
    ("origin", Only(&["path"])),
    // How much is told of a loading, and what is told: an error carries the steps that led to it.
    ("verbosity", Only(&["origin"])),
    ("error", Only(&["path", "origin", "verbosity", "terminal"])),
    // What the process says about its terminal, which `error` itself may not ask.
    ("terminal", Only(&[])),
    // From text to the user's struct.
    ("schema", After(&[])),
    ("decode", After(&["schema"])),
    ("layer", After(&["decode", "config"])),
    // A configuration names the static slot that its derive generates.
    ("config", After(&["layer", "slot", "heap"])),
    ("format", After(&["layer"])),
    ("texts", Only(&[])),
    ("source", After(&["format", "texts"])),
    ("diagnose", After(&["format"])),
    ("assign", After(&["decode"])),
    ("stack", After(&["layer"])),
    ("load", After(&["source", "diagnose", "assign", "stack", "value"])),
    // What a loading took, for those who ask and for the program's recorder.
    ("meter", After(&["load"])),
    ("telemetry", After(&["meter"])),
    // What was loaded, read again for those who ask where a value came from.
    ("trace", After(&["load"])),
    ("builder", All),
    ("entry", All),
    // From the user's struct to its readers.
    // What a value points to, which the derive of any configuration asks.
    ("heap", Only(&[])),
    ("sync", Only(&[])),
    ("publish", After(&["sync"])),
    ("guard", After(&["publish", "config"])),
    ("directory", After(&["publish", "texts", "telemetry"])),
    ("slot", After(&["publish"])),
    // How a configuration lives on; what loads it again is handed to it.
    ("reload", After(&["trace", "config", "publish", "directory"])),
    ("watch", After(&["reload"])),
    ("handle", After(&["slot", "config", "source", "trace", "reload", "watch", "guard", "reader"])),
    ("reader", After(&["handle"])),
    ("registry", All),
    // When memory runs low.
    ("pressure", After(&["registry", "directory"])),
    // What people read.
    ("reference", After(&["schema"])),
    ("template", After(&["reference", "format"])),
    ("json_schema", After(&["reference", "format", "diagnose", "value"])),
    ("clap", After(&["reference", "source", "config"])),
    // Configuration without a struct, for the bindings.
    ("value", After(&["layer"])),
    // For generated code, which may need anything. Nothing else imports it.
    ("__private", All),
];

/// Modules of pure functions: what they know was handed to them.
const WITHOUT_IO: &[&str] = &[
    "path",
    "origin",
    "error",
    "verbosity",
    "schema",
    "decode",
    "layer",
    "config",
    "assign",
    "stack",
    "diagnose",
];
/// The parts of the standard library that reach outside the program. `std::net` is not among them:
/// an address is a value.
const IO: &[&str] = &["env", "fs", "process"];

/// Checks the files of the crate, each named from its `src/`, which is `folder` in messages.
pub(super) fn check(folder: &str, files: &[(String, String)]) -> Vec<Finding> {
    let files: Vec<_> = files
        .iter()
        .map(|(name, source)| (name.as_str(), without_tests(&tokens(source))))
        .collect();
    let tests = TestModules::of(files.iter().map(|(name, (_, parts))| (*name, parts)));
    let mut findings = Vec::new();
    for (name, (tokens, _)) in &files {
        let module = module_of(name);
        // `lib.rs` has no module above it and sees everything.
        let Some(top) = module.first() else { continue };
        if tests.contain(&module) {
            continue;
        }
        let file = format!("{folder}{name}");
        if !ARROWS.iter().any(|(known, _)| known == top) {
            let message = format!("`{top}` has no row in ARROWS (xtask/src/tidy/arrows.rs)");
            findings.push(Finding::new(&file, 0, message));
            continue;
        }
        for mention in mentions(tokens) {
            let message = match mention.root_path(&module) {
                Some(target) => wrong_arrow(top, target.first().copied().unwrap_or("*")),
                None => wrong_io(top, &mention.path),
            };
            findings.extend(message.map(|message| Finding::new(&file, mention.line, message)));
        }
    }
    findings.dedup();
    findings
}

/// What is wrong with an import of `to` in the module `from`.
fn wrong_arrow(from: &str, to: &str) -> Option<String> {
    if from == to || allowed(from).is_none_or(|allowed| allowed.contains(to)) {
        return None;
    }
    Some(if ARROWS.iter().any(|(known, _)| *known == to) {
        format!("`{from}` may not import `{to}`: the arrow goes the other way")
    } else {
        format!("`crate::{to}` is a re-export of the crate's root; name the module it lives in")
    })
}

/// What a module may import besides itself; `None` if that is everything.
fn allowed(module: &str) -> Option<BTreeSet<&'static str>> {
    let (_, sees) = ARROWS.iter().find(|(known, _)| *known == module)?;
    match sees {
        All => None,
        Only(modules) => Some(modules.iter().copied().collect()),
        After(modules) => {
            let mut found = BTreeSet::from(KNOWN_TO_ALL);
            let mut open = modules.to_vec();
            while let Some(next) = open.pop() {
                if found.insert(next)
                    && let Some((_, After(further))) =
                        ARROWS.iter().find(|(known, _)| *known == next)
                {
                    open.extend(*further);
                }
            }
            Some(found)
        }
    }
}

/// What is wrong with a path into the standard library.
fn wrong_io(from: &str, path: &[&str]) -> Option<String> {
    let part = path.get(1).filter(|part| path[0] == "std" && IO.contains(part))?;
    WITHOUT_IO
        .contains(&from)
        .then(|| format!("`{from}` does no I/O; what it needs of `std::{part}` is handed to it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The findings of one or more files, as `file:line`.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> =
            files.iter().map(|(name, source)| ((*name).to_owned(), (*source).to_owned())).collect();
        let findings = check("", &files);
        findings.into_iter().map(|found| format!("{}:{}", found.file, found.line)).collect()
    }

    #[test]
    fn the_table_names_modules_that_it_has() {
        for (module, sees) in ARROWS {
            let (After(named) | Only(named)) = sees else { continue };
            for name in *named {
                assert!(ARROWS.iter().any(|(known, _)| known == name), "{module} names {name}");
            }
        }
        for name in WITHOUT_IO {
            assert!(ARROWS.iter().any(|(known, _)| known == name), "{name}");
        }
    }

    #[test]
    fn arrows_go_one_way() {
        let chain = ["path", "schema", "decode", "layer", "format", "source", "load"];
        for (index, right) in chain.iter().enumerate() {
            for left in &chain[..index] {
                let name = format!("{right}.rs");
                assert_eq!(found(&[(&name, &format!("use crate::{left}::X;"))]), [""; 0]);
                let name = format!("{left}.rs");
                let expected = format!("{left}.rs:1");
                assert_eq!(found(&[(&name, &format!("use crate::{right}::X;"))]), [expected]);
            }
        }
    }

    #[test]
    fn every_spelling_of_an_import_counts() {
        let source = "use crate::{path::KeyPath, layer::{self, Leaf}};\nfn f() -> super::format::X {\n\
                      crate::source::read()\n}\n// crate::builder\n";
        assert_eq!(
            found(&[("decode/mod.rs", source)]),
            ["decode/mod.rs:1", "decode/mod.rs:2", "decode/mod.rs:3"]
        );
        assert_eq!(found(&[("decode/seed.rs", "use super::super::layer;")]), ["decode/seed.rs:1"]);
        assert_eq!(found(&[("decode/seed.rs", "use super::tree; use self::x;")]), [""; 0]);
    }

    #[test]
    fn tests_may_import_anything() {
        let declared =
            "#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod inline { use crate::builder::X; }";
        let tests = "use crate::builder::X;";
        assert_eq!(found(&[("schema/mod.rs", declared), ("schema/tests.rs", tests)]), [""; 0]);
        assert_eq!(found(&[("schema/tests.rs", tests)]), ["schema/tests.rs:1"]);
    }

    #[test]
    fn the_root_is_not_a_way_around() {
        assert_eq!(found(&[("error/mod.rs", "use crate::ConfigError;")]), ["error/mod.rs:1"]);
        assert_eq!(found(&[("error/mod.rs", "use crate::*;")]), ["error/mod.rs:1"]);
        assert_eq!(found(&[("schema.rs", "use super::*;")]), ["schema.rs:1"]);
        assert_eq!(
            found(&[("lib.rs", "use crate::builder::X; pub use crate::error::Y;")]),
            [""; 0]
        );
    }

    #[test]
    fn the_vocabulary_stands_alone() {
        assert_eq!(found(&[("error/mod.rs", "use crate::{path::X, origin::Y};")]), [""; 0]);
        assert_eq!(found(&[("error/mod.rs", "use crate::schema::X;")]), ["error/mod.rs:1"]);
        assert_eq!(found(&[("path.rs", "use crate::error::X;")]), ["path.rs:1"]);
        assert_eq!(found(&[("slot.rs", "use crate::{error::X, verbosity::Y};")]), [""; 0]);
    }

    #[test]
    fn a_new_module_needs_a_row() {
        assert_eq!(found(&[("misc.rs", "")]), ["misc.rs:0"]);
    }

    #[test]
    fn pure_modules_do_no_io() {
        let source = "use std::{collections::BTreeMap, fs};\nuse std::env::var;";
        assert_eq!(found(&[("assign.rs", source)]), ["assign.rs:1", "assign.rs:2"]);
        assert_eq!(found(&[("source/file.rs", source)]), [""; 0]);
    }
}
