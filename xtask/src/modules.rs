//! Which module a source file is, and which files exist for tests only.

use std::collections::BTreeSet;

use crate::rust_text::TestParts;

/// A module by its names from the crate's root; the root itself has none.
pub(crate) type Module<'a> = Vec<&'a str>;

/// `["layer", "list"]` for `layer/list.rs` as well as for `layer/list/mod.rs`; nothing for `lib.rs`.
pub(crate) fn module_of(file: &str) -> Module<'_> {
    let mut module: Module<'_> = file.trim_end_matches(".rs").split('/').collect();
    if matches!(module[..], [.., "mod"] | ["lib"]) {
        module.pop();
    }
    module
}

/// The modules in files of their own that are declared under `#[cfg(test)]`.
pub(crate) struct TestModules<'a>(BTreeSet<Module<'a>>);

impl<'a> TestModules<'a> {
    /// Gathers them from every file of a crate.
    pub(crate) fn of(files: impl IntoIterator<Item = (&'a str, &'a TestParts)>) -> Self {
        let declared = files.into_iter().flat_map(|(file, parts)| {
            parts.files.iter().map(move |name| [&module_of(file)[..], &[name.as_str()]].concat())
        });
        Self(declared.collect())
    }

    /// Whether a module is one of them or inside one.
    pub(crate) fn contain(&self, module: &[&str]) -> bool {
        self.0.iter().any(|test| module.starts_with(test))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_their_modules() {
        assert_eq!(module_of("lib.rs"), [""; 0]);
        assert_eq!(module_of("path.rs"), ["path"]);
        assert_eq!(module_of("layer/mod.rs"), ["layer"]);
        assert_eq!(module_of("layer/list.rs"), ["layer", "list"]);
    }

    #[test]
    fn test_modules_include_what_is_in_them() {
        let parts = TestParts { lines: Vec::new(), files: vec!["tests".to_owned()] };
        let tests = TestModules::of([("layer/mod.rs", &parts)]);
        assert!(tests.contain(&["layer", "tests", "deep"]));
        assert!(!tests.contain(&["layer"]) && !tests.contain(&["tests"]));
    }
}
