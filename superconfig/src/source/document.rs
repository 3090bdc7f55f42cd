//! Documents: a file's format, its reading, and the files of profiles beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::listing::Listing;
use super::trust::Trust;
use super::{Loading, Piece, Text, name, read};
use crate::error::{Code, Problem, dialect};
use crate::format::Format;
use crate::origin::Origin;

/// The extensions of files that a search finds, in the order of messages.
pub(super) const EXTENSIONS: [&str; 4] = ["toml", "yaml", "yml", "json"];

/// Extensions of formats that are not read. Guessing by content could take an INI file for TOML, so
/// these are refused; a name like `orders.conf` says nothing and is left to its content.
const FOREIGN: [&str; 10] =
    ["ini", "properties", "xml", "plist", "ron", "hcl", "kdl", "hjson", "cue", "dhall"];

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was read and given.
    Given,
    /// It is not there.
    Absent,
    /// It is there and cannot be read; the problem has been reported.
    Failed,
}

impl Loading<'_> {
    /// Reads a document and gives it. That it is not there is not reported.
    pub(super) fn document(
        &mut self,
        name: Arc<str>,
        path: &Path,
        profile: Option<&str>,
        trust: Trust,
    ) -> Outcome {
        let format = match format_of(path) {
            Ok(format) => format,
            Err(problem) => {
                self.problem(problem.from(Origin::Path(PathBuf::from(&*name))));
                return Outcome::Failed;
            }
        };
        match self.read_document(&name, path, trust) {
            Ok(Some(text)) => {
                self.looked_at(path, true);
                self.pieces.push(Piece::Document(Text {
                    name,
                    format,
                    text,
                    profile: profile.map(str::to_owned),
                }));
                Outcome::Given
            }
            Ok(None) => Outcome::Absent,
            Err(problem) => {
                self.looked_at(path, true);
                self.problem(problem);
                Outcome::Failed
            }
        }
    }

    /// Reads the files of the selected profiles beside a file: `config.production.toml` or
    /// `config.production.yaml` beside `config.toml`, each only if it is there.
    pub(super) fn siblings(&mut self, given: &Path, path: &Path, trust: Trust) {
        for profile in self.profiles {
            let Some(same) = sibling(path, profile) else { continue };
            let file = match in_any_format(&same) {
                Ok(file) => file.unwrap_or(same),
                Err(problem) => {
                    self.problem(problem);
                    continue;
                }
            };
            let name = given.with_file_name(file.file_name().unwrap_or_default());
            let outcome = self.document(read::shown(&name), &file, Some(profile), trust);
            if outcome == Outcome::Absent {
                self.looked_at(file, false);
            }
        }
    }
}

/// `config.production.toml` for `config.toml`. A name that could lead elsewhere has no file; it is
/// reported where profiles are selected.
fn sibling(path: &Path, profile: &str) -> Option<PathBuf> {
    name::check("the profile", profile).ok()?;
    let mut file = path.file_stem()?.to_owned();
    file.push(".");
    file.push(profile);
    if let Some(extension) = path.extension() {
        file.push(".");
        file.push(extension);
    }
    Some(path.with_file_name(file))
}

/// The one file with the stem of this one, whatever its format. A directory that cannot be listed
/// is none of our business here: the file itself is tried then.
fn in_any_format(file: &Path) -> Result<Option<PathBuf>, Problem> {
    let stem = file.file_stem().and_then(|stem| stem.to_str());
    let (Some(_), Some(stem), Some(directory)) = (Format::of_path(file), stem, file.parent())
    else {
        return Ok(None);
    };
    match Listing::of(directory, &[stem], &[], &[]) {
        Ok(listing) => Ok(listing.one(stem)?.map(|found| found.path)),
        Err(_) => Ok(None),
    }
}

/// The format that a file's name says; `None` leaves it to the content.
pub(super) fn format_of(path: &Path) -> Result<Option<Format>, Problem> {
    match Format::of_path(path) {
        Some(format) if format.is_enabled() => Ok(Some(format)),
        Some(format) => Err(Problem::new(
            Code::UnknownFormat,
            format!("{} files cannot be read: superconfig was built without them", format.name()),
        )
        .help(format!("turn on the feature `{}` of superconfig", format.feature()))),
        None => {
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if FOREIGN.contains(&&*extension.to_ascii_lowercase()) {
                return Err(Problem::new(
                    Code::UnknownFormat,
                    format!("`.{extension}` files cannot be read"),
                )
                .help(format!("the extensions that are known are {}", supported())));
            }
            Ok(None)
        }
    }
}

/// The extensions that can be read, for messages.
pub(super) fn supported() -> String {
    let all = [".toml", ".yaml", ".yml", ".json", ".jsonc", ".json5"];
    let enabled = all.into_iter().filter(|extension| {
        Format::of_path(Path::new(&format!("x{extension}"))).is_some_and(Format::is_enabled)
    });
    let names: Vec<_> = enabled.collect();
    if names.is_empty() { "none: no format's feature is on".to_owned() } else { names.join(", ") }
}

/// The problem of two files of one stem in one directory.
pub(super) fn two_files(first: &Path, second: &Path) -> Problem {
    let file = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let message = format!(
        "`{}` and `{}` are both here, and neither comes before the other",
        file(first),
        file(second)
    );
    Problem::new(Code::TwoFiles, message).from(Origin::Path(first.to_owned())).help(format!(
        "keep one of them, or name both with {} in the order that is meant",
        dialect::step("with_file")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_stands_before_the_extension() {
        let of = |path: &str, profile| sibling(Path::new(path), profile);
        assert_eq!(of("a/config.toml", "eu"), Some(PathBuf::from("a/config.eu.toml")));
        assert_eq!(of("a/config", "eu"), Some(PathBuf::from("a/config.eu")));
        assert_eq!(of("a/v1.2.yaml", "eu"), Some(PathBuf::from("a/v1.2.eu.yaml")));
        assert_eq!(of("a/config.toml", "../../etc/x"), None);
    }

    #[test]
    fn foreign_formats_are_named_with_what_is_known() {
        let problem = format_of(Path::new("a.INI")).expect_err("not read");
        assert_eq!(problem.code, Code::UnknownFormat);
        assert_eq!(problem.message, "`.INI` files cannot be read");
        assert!(problem.help[0].starts_with("the extensions that are known are "), "{problem:?}");
        assert!(matches!(format_of(Path::new("a.conf")), Ok(None)));
        assert!(matches!(format_of(Path::new("a")), Ok(None)));
    }

    #[cfg(not(feature = "yaml"))]
    #[test]
    fn a_format_that_is_off_names_its_feature() {
        let problem = format_of(Path::new("a.yml")).expect_err("off");
        assert_eq!(
            problem.message,
            "YAML files cannot be read: superconfig was built without them"
        );
        assert_eq!(problem.help, ["turn on the feature `yaml` of superconfig"]);
    }
}
