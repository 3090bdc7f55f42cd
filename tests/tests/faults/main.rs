//! Bad input: what each fault of `docs/FAULTS.md` comes to, by its row. What is refused is compared
//! word for word, for these are the words that somebody reads when the service does not start.
#![allow(missing_docs)]

mod aliases;
mod discovery;
mod environment;
mod everything;
mod files;
mod globs;
mod integers;
mod json;
mod keys;
mod names;
mod nesting;
mod reports;
mod secrets;
mod size;
mod text;
mod toml;
mod values;
mod yaml;

use std::fs;
use std::path::Path;

use superconfig::{Config, Format, SuperConfig};
use superconfig_tests::{line, refused};
use tempfile::TempDir;

/// A setting of each shape.
#[derive(SuperConfig, Debug, Clone, PartialEq)]
#[config(app = "orders", env_prefix = "APP", profiles("staging", "production"))]
pub(crate) struct Settings {
    #[config(default = "nobody")]
    pub(crate) name: String,
    #[config(default = 1)]
    pub(crate) port: u16,
    #[config(default)]
    pub(crate) debug: bool,
    #[config(default)]
    pub(crate) tags: Vec<String>,
    pub(crate) note: Option<String>,
    #[config(nested)]
    pub(crate) database: Database,
}

#[derive(SuperConfig, Debug, Clone, PartialEq)]
pub(crate) struct Database {
    #[config(default = "none")]
    pub(crate) url: String,
    #[config(default = 10)]
    pub(crate) pool: u32,
}

/// One setting of any type.
#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
pub(crate) struct One<T> {
    pub(crate) v: T,
}

/// What the cases of a row came to. All that differ are shown at once, each with its name.
pub(crate) struct Row {
    number: u32,
    differences: Vec<String>,
}

impl Row {
    pub(crate) fn new(number: u32) -> Self {
        Self { number, differences: Vec::new() }
    }

    /// A configuration whose loading says this to who started it: the whole report.
    pub(crate) fn says<T: Config>(&mut self, case: &str, config: SuperConfig<T>, expected: &str) {
        self.equal(case, &report(config), &expected);
    }

    /// A configuration that is refused in these words, one line for each problem.
    pub(crate) fn refused<T: Config>(
        &mut self,
        case: &str,
        config: SuperConfig<T>,
        expected: &[&str],
    ) {
        let found = match config.extract() {
            Ok(_) => vec!["loaded".to_owned()],
            Err(error) => refused(&error),
        };
        self.equal(case, &found, &expected);
    }

    /// A configuration that loads, with these warnings.
    pub(crate) fn warned<T: Config>(
        &mut self,
        case: &str,
        config: SuperConfig<T>,
        expected: &[&str],
    ) {
        let found = match config.build() {
            Ok(handle) => handle.warnings().iter().map(line).collect(),
            Err(error) => refused(&error),
        };
        self.equal(case, &found, &expected);
    }

    /// A configuration that loads, and what it holds.
    pub(crate) fn loaded<T: Config, V: PartialEq<E> + std::fmt::Debug, E: std::fmt::Debug>(
        &mut self,
        case: &str,
        config: SuperConfig<T>,
        value: impl FnOnce(T) -> V,
        expected: E,
    ) {
        match config.extract() {
            Ok(loaded) => self.equal(case, &value(loaded), &expected),
            Err(error) => self.differ(case, &refused(&error), &expected),
        }
    }

    pub(crate) fn equal<V: PartialEq<E> + std::fmt::Debug, E: std::fmt::Debug>(
        &mut self,
        case: &str,
        found: &V,
        expected: &E,
    ) {
        if found != expected {
            self.differ(case, found, expected);
        }
    }

    fn differ(&mut self, case: &str, found: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug) {
        self.differences
            .push(format!("  {case:?}\n    expected {expected:?}\n    found    {found:?}"));
    }

    /// # Panics
    ///
    /// When any case differed.
    pub(crate) fn end(self) {
        let Self { number, differences } = self;
        assert!(
            differences.is_empty(),
            "row {number} of docs/FAULTS.md:\n{}",
            differences.join("\n")
        );
    }
}

/// A configuration of one text, called `a.toml`, `a.yaml`, `a.json` or `a.jsonc` in messages.
pub(crate) fn text<T: Config>(format: Format, text: impl Into<String>) -> SuperConfig<T> {
    let name = match format {
        Format::Toml => "a.toml",
        Format::Yaml => "a.yaml",
        Format::Json => "a.json",
        _ => "a.jsonc",
    };
    SuperConfig::new().with_named_text(name, format, text)
}

/// No variables, whatever the process has.
pub(crate) const NOTHING: [(&str, &str); 0] = [];

/// A directory with these files.
pub(crate) fn directory<C: AsRef<[u8]>>(files: &[(&str, C)]) -> TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    for (name, content) in files {
        write(directory.path(), name, content);
    }
    directory
}

pub(crate) fn write(directory: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
    fs::write(path, content).expect("a file");
}

/// A configuration that sees nothing but this directory.
pub(crate) fn within(directory: &Path) -> SuperConfig<Settings> {
    SuperConfig::new().with_env_vars(NOTHING).with_directory(directory).with_root(directory)
}

/// The whole report of a configuration that is refused.
pub(crate) fn report<T: Config>(config: SuperConfig<T>) -> String {
    match config.extract() {
        Ok(_) => "loaded".to_owned(),
        Err(error) => error.render(),
    }
}
