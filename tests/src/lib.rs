//! Integration tests: one file per behaviour. Here is what several of them need.

use superconfig::{Config, ConfigError, ConfigHandle, Format, Problem, SuperConfig};

/// A configuration of one TOML text, called `a.toml` in messages.
pub fn toml<T: Config>(text: &str) -> SuperConfig<T> {
    SuperConfig::new().with_named_text("a.toml", Format::Toml, text)
}

/// A configuration of one JSON text, called `a.json` in messages.
pub fn json<T: Config>(text: &str) -> SuperConfig<T> {
    SuperConfig::new().with_named_text("a.json", Format::Json, text)
}

/// A configuration of one YAML text, called `a.yaml` in messages.
pub fn yaml<T: Config>(text: &str) -> SuperConfig<T> {
    SuperConfig::new().with_named_text("a.yaml", Format::Yaml, text)
}

/// A configuration of these variables under the declared prefix.
pub fn vars<T: Config, const N: usize>(variables: [(&str, &str); N]) -> SuperConfig<T> {
    SuperConfig::new().with_env(None).with_env_vars(variables)
}

/// A problem or warning in one line: code, place, setting, message and advice.
#[allow(clippy::format_push_string)] // short lines, and plain
pub fn line(problem: &Problem) -> String {
    let mut line = problem.code.to_string();
    if let Some(origin) = &problem.origin {
        line += &format!(" {origin}:");
    }
    if let Some(path) = problem.path.as_ref().filter(|path| !path.is_empty()) {
        line += &format!(" `{path}`:");
    }
    line += &format!(" {}", problem.message);
    for help in &problem.help {
        line += &format!(" = {help}");
    }
    line
}

/// What was refused, a line for each problem.
pub fn refused(error: &ConfigError) -> Vec<String> {
    error.problems().iter().map(line).collect()
}

/// Why a configuration cannot be loaded, a line for each problem.
///
/// # Panics
///
/// When it can be loaded.
pub fn errors<T: Config>(config: SuperConfig<T>) -> Vec<String> {
    match config.extract() {
        Ok(_) => panic!("loaded, though it should not"),
        Err(error) => refused(&error),
    }
}

/// A configuration that loads, with its warnings, a line for each.
///
/// # Panics
///
/// When it cannot be loaded.
pub fn warned<T: Config>(config: SuperConfig<T>) -> (ConfigHandle<T>, Vec<String>) {
    let handle = config.build().unwrap_or_else(|error| panic!("{error:#}"));
    let warnings = handle.warnings().iter().map(line).collect();
    (handle, warnings)
}

/// The programs of the guide.
#[cfg(doctest)]
#[doc = include_str!("../../docs/GUIDE.md")]
pub mod guide {}

/// The program of the page on configurations without a struct.
#[cfg(doctest)]
#[doc = include_str!("../../docs/UNTYPED.md")]
pub mod untyped {}

/// The programs of the page for those who come from the first SuperConfig.
#[cfg(doctest)]
#[doc = include_str!("../../docs/MIGRATION.md")]
pub mod migration {}
