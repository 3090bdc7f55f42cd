//! A world for the unit tests of sources: a directory of their own, and what one loading gave.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::setting::tests::OUTER;
use super::{Loading, Piece, Place, Setting, Source, Surroundings, Text, Variable};
use crate::error::Problem;
use crate::format::Limits;

pub(super) struct World {
    directory: TempDir,
    surroundings: Surroundings,
    profiles: Vec<String>,
    pub(super) limits: Limits,
    pub(super) strict: Option<bool>,
    pieces: Vec<Piece>,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
    pub(super) untold: (usize, usize),
    places: Vec<Place>,
}

impl World {
    /// An empty directory, which is also the working directory and the file system's root.
    pub(super) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let root = directory.path().canonicalize().expect("it exists");
        let anywhere = Surroundings::anywhere(Arc::default());
        let surroundings = Surroundings { directory: Some(root.clone()), root, ..anywhere };
        Self {
            directory,
            surroundings,
            profiles: Vec::new(),
            limits: Limits::default(),
            strict: None,
            pieces: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
            untold: (0, 0),
            places: Vec::new(),
        }
    }

    pub(super) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.surroundings.root.join(path)
    }

    pub(super) fn directory(self, path: &str) -> Self {
        fs::create_dir_all(self.path(path)).expect("a directory");
        self
    }

    pub(super) fn file(self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
        self
    }

    #[cfg(unix)]
    pub(super) fn link(self, path: &str, target: impl AsRef<Path>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        std::os::unix::fs::symlink(target, path).expect("a link");
        self
    }

    #[cfg(unix)]
    pub(super) fn mode(self, path: &str, mode: u32) -> Self {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(self.path(path), fs::Permissions::from_mode(mode)).expect("our file");
        self
    }

    /// Gives a path to another user; whether that was possible (it takes root).
    #[cfg(unix)]
    pub(super) fn give_away(&self, path: &str) -> bool {
        std::os::unix::fs::chown(self.path(path), Some(12_345), Some(12_345)).is_ok()
    }

    /// With this working directory, which is made.
    pub(super) fn at(self, path: &str) -> Self {
        self.directory(path).inside(path)
    }

    /// With this working directory.
    pub(super) fn inside(mut self, path: &str) -> Self {
        self.surroundings.directory = Some(self.path(path));
        self
    }

    /// With a variable; `~` in the value is the root of this world.
    pub(super) fn variable(mut self, name: &str, value: &str) -> Self {
        let value = value.replace('~', &self.surroundings.root.to_string_lossy());
        let variables = Arc::make_mut(&mut self.surroundings.variables);
        variables.push((OsString::from(name), OsString::from(value)));
        self
    }

    pub(super) fn profiles(mut self, profiles: &[&str]) -> Self {
        self.profiles = profiles.iter().map(|profile| (*profile).to_owned()).collect();
        self
    }

    pub(super) fn load(mut self, source: &dyn Source) -> Self {
        let mut loading = Loading::new(&OUTER, &self.profiles, &self.limits, &self.surroundings);
        loading.strict_permissions = self.strict;
        source.load(&mut loading);
        let Loading { pieces, problems, warnings, untold, places, .. } = loading;
        self.untold = untold;
        (self.pieces, self.problems, self.warnings, self.places) =
            (pieces, problems, warnings, places);
        self
    }

    #[track_caller]
    pub(super) fn assert_fine(&self) {
        assert!(self.problems.is_empty(), "{:?}", self.problems);
        assert!(self.warnings.is_empty(), "{:?}", self.warnings);
    }

    /// The only problem.
    #[track_caller]
    pub(super) fn problem(&self) -> &Problem {
        match &*self.problems {
            [problem] => problem,
            other => panic!("not one problem: {other:?}"),
        }
    }

    /// The report on all problems, with the directory left out.
    pub(super) fn report(&self) -> String {
        let report = crate::ConfigError::new(self.problems.clone()).render();
        let root = format!("{}/", self.surroundings.root.display());
        report.replace(&root, "~/")
    }

    pub(super) fn documents(&self) -> impl Iterator<Item = &Text> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Document(text) => Some(text),
            _ => None,
        })
    }

    /// The names of all documents with their profiles: `config.toml config.eu.toml@eu`.
    pub(super) fn names(&self) -> String {
        let root = format!("{}/", self.surroundings.root.display());
        let names = self.documents().map(|text| {
            let name = text.name.replace(&root, "~/");
            text.profile.as_ref().map_or(name.clone(), |profile| format!("{name}@{profile}"))
        });
        names.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn settings(&self) -> impl Iterator<Item = &Setting> {
        self.pieces.iter().flat_map(|piece| match piece {
            Piece::Settings(settings) => settings.as_slice(),
            _ => &[],
        })
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.pieces.iter().flat_map(|piece| match piece {
            Piece::Variables(variables) => variables.as_slice(),
            _ => &[],
        })
    }

    /// Where it was looked: `+` before what was found.
    pub(super) fn looked(&self) -> Vec<String> {
        let _ = &self.directory;
        let shown = |place: &Place| {
            let path = place.path.strip_prefix(&self.surroundings.root).unwrap_or(&place.path);
            format!("{}{}", if place.found { '+' } else { '-' }, path.display())
        };
        self.places.iter().map(shown).collect()
    }
}
