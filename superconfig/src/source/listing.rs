//! What stands in a directory, listed once: asking for each name of four extensions costs more.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::document::{EXTENSIONS, two_files};
use crate::error::Problem;

/// The files of some stems in one directory.
#[derive(Debug)]
pub(super) struct Listing {
    directory: PathBuf,
    /// Names, and whether each is a link.
    files: Vec<(String, bool)>,
    /// Whether something of this name is there, for each of the names that were asked for.
    pub(super) has: Vec<bool>,
}

/// A file that a listing holds.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) is_link: bool,
}

impl Listing {
    /// Lists the files of a directory whose names begin with one of `stems` and a dot, and says
    /// which of `others` are there.
    pub(super) fn of(
        directory: &Path,
        stems: &[&str],
        profiles: &[String],
        others: &[&str],
    ) -> io::Result<Self> {
        // A relative path without a known working directory has an empty parent.
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        let mut listing = Self {
            directory: directory.to_owned(),
            files: Vec::new(),
            has: vec![false; others.len()],
        };
        match fs::read_dir(directory) {
            Ok(entries) => {
                for entry in entries {
                    let entry = entry?;
                    let name = entry.file_name();
                    let Some(name) = name.to_str() else { continue };
                    if let Some(other) = others.iter().position(|other| *other == name) {
                        listing.has[other] = true;
                    } else if stems.iter().any(|stem| is_of(name, stem)) {
                        let is_link = entry.file_type()?.is_symlink();
                        listing.files.push((name.to_owned(), is_link));
                    }
                }
            }
            // A directory that may be entered and not listed is asked for each name.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                listing.probe(stems, profiles, others, error)?;
            }
            Err(error) => return Err(error),
        }
        Ok(listing)
    }

    /// Takes every file for a link, where the directory is one: each may stand elsewhere.
    pub(super) fn behind_link(mut self) -> Self {
        if self.directory.is_symlink() {
            self.files.iter_mut().for_each(|(_, is_link)| *is_link = true);
        }
        self
    }

    fn probe(
        &mut self,
        stems: &[&str],
        profiles: &[String],
        others: &[&str],
        denied: io::Error,
    ) -> io::Result<()> {
        let exists = |name: &str| match fs::symlink_metadata(self.directory.join(name)) {
            Ok(metadata) => Ok(Some(metadata.is_symlink())),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(()),
            Err(_) => Ok(None),
        };
        for (has, other) in self.has.iter_mut().zip(others) {
            let Ok(there) = exists(other) else { return Err(denied) };
            *has = there.is_some();
        }
        let mut files = Vec::new();
        for stem in stems {
            let bare = std::iter::once((*stem).to_owned());
            let beside = profiles.iter().map(|profile| format!("{stem}.{profile}"));
            for stem in bare.chain(beside) {
                for extension in EXTENSIONS {
                    let name = format!("{stem}.{extension}");
                    match exists(&name) {
                        Ok(Some(is_link)) => files.push((name, is_link)),
                        Ok(None) => {}
                        Err(()) => return Err(denied),
                    }
                }
            }
        }
        self.files = files;
        Ok(())
    }

    /// The one file of a stem; two are a problem.
    pub(super) fn one(&self, stem: &str) -> Result<Option<Found>, Problem> {
        let mut found = EXTENSIONS.iter().filter_map(|extension| {
            let is = |(name, _): &&(String, bool)| {
                name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.')) == Some(*extension)
            };
            let found = |(name, is_link): &(String, bool)| Found {
                path: self.directory.join(name),
                is_link: *is_link,
            };
            self.files.iter().find(is).map(found)
        });
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => Err(two_files(&first.path, &second.path)),
            (first, _) => Ok(first),
        }
    }
}

fn is_of(name: &str, stem: &str) -> bool {
    name.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::super::testing::World;
    use super::*;

    fn denied() -> io::Error {
        ErrorKind::PermissionDenied.into()
    }

    fn listed(world: &World) -> Listing {
        Listing::of(&world.path(""), &["app"], &[], &[".git"]).expect("it may be listed")
    }

    /// The same without being listed: each name is asked for.
    fn probed(world: &World, profiles: &[String]) -> Listing {
        let mut listing =
            Listing { directory: world.path(""), files: Vec::new(), has: vec![false] };
        listing.probe(&["app"], profiles, &[".git"], denied()).expect("it may be entered");
        listing
    }

    fn name(found: Option<Found>) -> Option<String> {
        Some(found?.path.file_name()?.to_str()?.to_owned())
    }

    #[test]
    fn what_may_not_be_listed_is_asked_for_by_name() {
        let world = World::new()
            .file("app.toml", "")
            .file("app.prod.yaml", "")
            .file("app.dev.yaml", "")
            .directory(".git");
        for listing in [listed(&world), probed(&world, &["prod".to_owned()])] {
            assert_eq!(listing.has, [true]);
            assert_eq!(name(listing.one("app").expect("one file")).as_deref(), Some("app.toml"));
            let prod = listing.one("app.prod").expect("one file");
            assert_eq!(name(prod).as_deref(), Some("app.prod.yaml"));
            assert!(listing.one("ap").expect("no file").is_none());
        }
        // Only the names of selected profiles are asked for.
        let listing = probed(&world, &[]);
        assert!(listing.one("app.prod").expect("no file").is_none());
        assert!(!probed(&World::new(), &[]).has[0]);
    }

    #[test]
    fn two_files_of_one_name_are_a_problem_however_they_were_found() {
        let world = World::new().file("app.toml", "").file("app.json", "{}");
        for listing in [listed(&world), probed(&world, &[])] {
            let problem = listing.one("app").expect_err("which one is meant?");
            assert_eq!(problem.code, crate::error::Code::TwoFiles);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_known_for_one_and_so_is_all_behind_one() {
        let world = World::new()
            .file("real/app.toml", "")
            .link("app.toml", "real/app.toml")
            .link("linked", "real");
        for listing in [listed(&world), probed(&world, &[])] {
            assert!(listing.one("app").expect("one file").expect("a file").is_link);
        }
        let behind = |directory: &str| {
            let listing = Listing::of(&world.path(directory), &["app"], &[], &[]);
            let listing = listing.expect("it may be listed").behind_link();
            listing.one("app").expect("one file").expect("a file").is_link
        };
        assert!(behind("linked"));
        assert!(!behind("real"));
    }
}
