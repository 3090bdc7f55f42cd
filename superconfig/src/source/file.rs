//! Files that the program names.

use std::path::{Path, PathBuf};

use super::document::Outcome;
use super::listing::{Found, Listing};
use super::trust::Trust;
use super::{Loading, Source, read};
use crate::format::Format;

/// One file or several, each with the files of the selected profiles beside it.
///
/// | path | is read as |
/// | --- | --- |
/// | `config.toml` | what its extension says |
/// | `orders.conf`, `config` | what its content says |
/// | `config`, where there is no such file | `config.toml`, `.yaml`, `.yml` or `.json`, of which there may be one |
///
/// For a selected profile `production`, `config.production.toml` is read after `config.toml`, if
/// it is there, or one of the same name in another format. Links are followed, for whoever wrote
/// the path chose where it leads.
///
/// ```
/// use superconfig::source::File;
///
/// let both = File::optional("config.toml").and("local.toml");
/// ```
#[derive(Debug, Clone)]
pub struct File {
    paths: Vec<PathBuf>,
    required: bool,
}

impl File {
    /// A file that has to be there.
    pub fn required(path: impl Into<PathBuf>) -> Self {
        Self { paths: vec![path.into()], required: true }
    }

    /// A file that may be missing; every other trouble with it is an error still.
    pub fn optional(path: impl Into<PathBuf>) -> Self {
        Self { paths: vec![path.into()], required: false }
    }

    /// Another file, which wins over those before it.
    #[must_use]
    pub fn and(mut self, path: impl Into<PathBuf>) -> Self {
        self.paths.push(path.into());
        self
    }

    /// The paths as they were given.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    fn one(&self, loading: &mut Loading<'_>, given: &Path) {
        let path = loading.surroundings.resolved(given);
        let name = read::shown(given);
        match loading.document(name.clone(), &path, None, Trust::Named) {
            Outcome::Given => loading.siblings(given, &path, Trust::Named),
            Outcome::Failed => {}
            Outcome::Absent => {
                loading.looked_at(&*path, false);
                if Format::of_path(&path).is_none() && by_stem(loading, given, &path) {
                    return;
                }
                if self.required {
                    let mut problem = read::missing(&name, &path);
                    if Format::of_path(&path).is_none() {
                        // Before the advice that it may be missing.
                        let last = problem.help.len().saturating_sub(1);
                        let others = "nor is there one with .toml, .yaml, .yml or .json";
                        problem.help.insert(last, others.to_owned());
                    }
                    loading.problem(problem);
                } else {
                    loading.siblings(given, &path, Trust::Named);
                }
            }
        }
    }
}

/// Reads the one file with this stem; whether there was one.
fn by_stem(loading: &mut Loading<'_>, given: &Path, path: &Path) -> bool {
    let (Some(directory), Some(stem)) = (path.parent(), path.file_name().and_then(|n| n.to_str()))
    else {
        return false;
    };
    let Ok(listing) = Listing::of(directory, &[stem], &[], &[]) else { return false };
    match listing.one(stem) {
        Ok(None) => {
            loading.looked_at(directory.join(format!("{stem}.*")), false);
            false
        }
        Ok(Some(Found { path: file, .. })) => {
            let name = given.with_file_name(file.file_name().unwrap_or_default());
            let outcome = loading.document(read::shown(&name), &file, None, Trust::Named);
            if outcome == Outcome::Given {
                loading.siblings(&name, &file, Trust::Named);
            }
            outcome != Outcome::Absent
        }
        Err(problem) => {
            loading.problem(problem);
            true
        }
    }
}

impl Source for File {
    fn name(&self) -> String {
        let paths: Vec<_> = self.paths.iter().map(|path| read::text(path)).collect();
        paths.join(", ")
    }

    fn load(&self, loading: &mut Loading<'_>) {
        for path in &self.paths {
            self.one(loading, path);
        }
    }
}

#[cfg(all(test, feature = "toml", feature = "yaml", feature = "json"))]
mod tests;
