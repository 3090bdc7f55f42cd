//! Sources: where settings come from. A source gives pieces of text and values; it does not decode.
//!
//! | source | gives |
//! | --- | --- |
//! | [`File`], [`Glob`], [`Discovery`], [`Memory`] | documents |
//! | [`Dotenv`], [`Environment`] | variables |
//! | [`Args`], [`Overrides`] | single settings |
//!
//! Files are read in one place, `read`: only regular files, never more than the limit, and by the
//! rules of `trust` about who may have written them.
//!
//! **Invariant:** what comes from the process (variables, working directory, the file system's
//! root) is taken from [`Surroundings`] alone.

// A problem is made once, on the way out of a loading; boxing each would only hide it.
#![allow(clippy::result_large_err)]

mod args;
mod discovery;
mod document;
mod dotenv;
mod env;
mod file;
mod glob;
mod listing;
pub(crate) mod name;
mod overrides;
pub(crate) mod read;
mod setting;
#[cfg(test)]
#[allow(dead_code)] // not every set of features has every test
mod testing;
mod text;
#[cfg_attr(not(unix), allow(dead_code))] // owners and modes are those of Unix
pub(crate) mod trust;
mod walk;
mod wanted;

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::decode::Tree;
use crate::error::{Code, Problem};
use crate::format::{Format, Limits};
use crate::origin::{Location, Origin};
use crate::path::KeyPath;
use crate::schema::{Op, Schema};
use crate::texts::{SharedText, Texts};

pub use args::Args;
pub use discovery::Discovery;
pub use dotenv::Dotenv;
pub use env::Environment;
pub use file::File;
pub use glob::{Glob, GlobOptions, GlobOrder};
pub use overrides::{OverrideValue, Overrides};
pub use text::Memory;
pub(crate) use wanted::{Told, Variables, Wanted};

/// Something that settings come from.
///
/// ```
/// use superconfig::{Format, Loading, Source};
///
/// /// A source that has one line of text.
/// struct Motto;
///
/// impl Source for Motto {
///     fn name(&self) -> String {
///         "the motto".to_owned()
///     }
///
///     fn load(&self, loading: &mut Loading<'_>) {
///         loading.text("the motto", Format::Toml, "motto = 'never a value tree'");
///     }
/// }
/// ```
pub trait Source: Send + Sync {
    /// How it is called in messages.
    fn name(&self) -> String;

    /// Reads it. Trouble is reported to `loading` and ends nothing: the other sources are read too.
    fn load(&self, loading: &mut Loading<'_>);

    /// How a person gives a setting by it, where that can be said: `--port`. A required setting that
    /// is missing names it: "set `port` in config.toml, or `--port`". Files and variables need not
    /// answer: the loading knows them.
    fn how_to_set(&self, _schema: &'static Schema, _path: &KeyPath) -> Option<String> {
        None
    }
}

/// A source that may not be there; `None` gives nothing.
impl<S: Source> Source for Option<S> {
    fn name(&self) -> String {
        self.as_ref().map_or("no source".to_owned(), Source::name)
    }

    fn load(&self, loading: &mut Loading<'_>) {
        if let Some(source) = self {
            source.load(loading);
        }
    }

    fn how_to_set(&self, schema: &'static Schema, path: &KeyPath) -> Option<String> {
        self.as_ref()?.how_to_set(schema, path)
    }
}

/// Sources of several types behind one, `Box<dyn Source>`.
impl<S: Source + ?Sized> Source for Box<S> {
    fn name(&self) -> String {
        (**self).name()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        (**self).load(loading);
    }

    fn how_to_set(&self, schema: &'static Schema, path: &KeyPath) -> Option<String> {
        (**self).how_to_set(schema, path)
    }
}

/// What a source gave.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A document.
    Document(Text),
    /// Values, with one origin for all.
    Values { tree: Tree<'static>, origin: Origin },
    /// Single settings.
    Settings(Vec<Setting>),
    /// Variables.
    Variables(Vec<Variable>),
}

/// A document's text, kept for as long as somebody may ask about it.
#[allow(clippy::struct_field_names)] // a text's text
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    /// Its name in messages.
    pub(crate) name: Arc<str>,
    /// The format, where it is known; otherwise it is found by content.
    pub(crate) format: Option<Format>,
    /// The text.
    pub(crate) text: SharedText,
    /// Set where the whole text is one profile's section (`config.production.toml`).
    pub(crate) profile: Option<String>,
}

/// One setting by its path.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) path: KeyPath,
    pub(crate) op: Op,
    pub(crate) tree: Tree<'static>,
    pub(crate) origin: Origin,
}

/// One variable.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub(crate) name: OsString,
    pub(crate) value: OsString,
    /// Where it stands, for a file of variables.
    pub(crate) location: Option<Location>,
}

/// A place that was looked at, whether or not something was found there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The path.
    pub path: PathBuf,
    /// Whether a file was found there and read.
    pub found: bool,
}

/// What a loading depended on besides the places that it tells of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Dependencies {
    /// Files that are named by what was read: those of secrets.
    pub(crate) files: Vec<PathBuf>,
    /// Directories all of whose entries matter: those that patterns lead into.
    pub(crate) directories: Vec<PathBuf>,
}

/// So many problems, and so many warnings, are told; of the rest the number is. To find the line of
/// each of a hundred thousand would take a time that grows with their square.
pub(crate) const TOLD: usize = 100;

/// One loading, as a source sees it.
pub struct Loading<'l> {
    /// The description of the configuration.
    pub schema: &'static Schema,
    /// The selected profiles; the last one wins.
    pub profiles: &'l [String],
    /// How much of anything is accepted.
    pub limits: &'l Limits,
    /// The process's surroundings.
    pub surroundings: &'l Surroundings,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) warnings: Vec<Problem>,
    /// How many problems, and how many warnings, there are beyond those.
    pub(crate) untold: (usize, usize),
    pub(crate) places: Vec<Place>,
    pub(crate) dependencies: Dependencies,
    /// The names of the files that everyone may read.
    pub(crate) exposed: Vec<Arc<str>>,
    /// Whether a file that others may write is refused; `None` leaves it to what the process is
    /// (see `trust`).
    pub(crate) strict_permissions: Option<bool>,
    /// Whether lines that cannot be read are shown as they are.
    pub(crate) show_source: bool,
    /// Where texts are shared with other loadings.
    pub(crate) texts: Option<&'l Texts>,
    pub(crate) tally: Tally,
    /// Whether nobody asks where it was looked.
    pub(crate) value_alone: bool,
}

/// What a source had to read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) files: usize,
    /// How many of the files did not have to be read, as their text was in the cache.
    pub(crate) cached: usize,
    /// The size of the texts that are no documents.
    pub(crate) bytes: u64,
}

/// What a loading takes from the process; tests give their own.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Surroundings {
    /// The variables. They are read once for each loading; see `docs/LIMITS.md` about `set_var` in
    /// another thread. Where the program adds no sources of its own, these are only the ones that
    /// may be settings or are asked for by name.
    pub variables: Arc<Vec<(OsString, OsString)>>,
    /// The working directory, where it can be told.
    pub directory: Option<PathBuf>,
    /// The directory that discovery takes for the file system's root (`/`).
    pub root: PathBuf,
    /// Whether settings are looked up in the process, and not among `variables`.
    pub(crate) asks_process: bool,
}

impl Surroundings {
    /// Those of the process.
    pub fn of_process() -> Self {
        Self::with_variables(Arc::new(std::env::vars_os().collect()))
    }

    /// Those of the process, with other variables.
    pub fn with_variables(variables: Arc<Vec<(OsString, OsString)>>) -> Self {
        Self { directory: std::env::current_dir().ok(), ..Self::anywhere(variables) }
    }

    /// The same where nobody asks which directory the process works in.
    pub(crate) fn anywhere(variables: Arc<Vec<(OsString, OsString)>>) -> Self {
        Self { variables, directory: None, root: PathBuf::from("/"), asks_process: false }
    }

    /// The value of a variable.
    pub fn variable(&self, name: &str) -> Option<&OsString> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// A path as the process understands it: relative ones are in the working directory.
    pub fn resolve(&self, path: &Path) -> PathBuf {
        self.resolved(path).into_owned()
    }

    /// The same, without a copy where it need not be one.
    pub(crate) fn resolved<'p>(&self, path: &'p Path) -> Cow<'p, Path> {
        match &self.directory {
            Some(directory) if path.is_relative() => Cow::Owned(directory.join(path)),
            _ => Cow::Borrowed(path),
        }
    }
}

impl<'l> Loading<'l> {
    pub(crate) fn new(
        schema: &'static Schema,
        profiles: &'l [String],
        limits: &'l Limits,
        surroundings: &'l Surroundings,
    ) -> Self {
        Self {
            schema,
            profiles,
            limits,
            surroundings,
            pieces: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
            untold: (0, 0),
            places: Vec::new(),
            dependencies: Dependencies::default(),
            exposed: Vec::new(),
            strict_permissions: None,
            show_source: false,
            texts: None,
            tally: Tally::default(),
            value_alone: false,
        }
    }

    /// Gives a text.
    pub fn text(&mut self, name: impl Into<Arc<str>>, format: Format, text: impl Into<Arc<str>>) {
        self.pieces.push(Piece::Document(Text {
            name: name.into(),
            format: Some(format),
            text: SharedText::Given(text.into()),
            profile: None,
        }));
    }

    /// Gives values.
    pub fn values(&mut self, name: impl Into<String>, tree: Tree<'static>) {
        self.pieces.push(Piece::Values { tree, origin: Origin::Custom { name: name.into() } });
    }

    /// Gives variables.
    pub fn variables<N: Into<OsString>, V: Into<OsString>>(
        &mut self,
        variables: impl IntoIterator<Item = (N, V)>,
    ) {
        let variable = |(name, value): (N, V)| Variable {
            name: name.into(),
            value: value.into(),
            location: None,
        };
        self.pieces.push(Piece::Variables(variables.into_iter().map(variable).collect()));
    }

    /// Says that something went wrong; the loading will fail, after everything has been read.
    pub fn fail(&mut self, message: impl Into<Cow<'static, str>>) {
        self.problem(Problem::new(Code::SourceFailed, message.into()));
    }

    /// Says what went wrong; the loading will fail, after everything has been read.
    pub fn problem(&mut self, problem: Problem) {
        self.tell(true, |_| problem);
    }

    /// Says what is worth a warning.
    pub fn warn(&mut self, warning: Problem) {
        self.tell(false, |_| warning);
    }

    /// Says what went wrong, or is worth a warning, while there is little of it; else it is counted
    /// and not made. A file of megabytes may be wrong on every line.
    pub(crate) fn tell(&mut self, error: bool, problem: impl FnOnce(&Self) -> Problem) {
        let told = if error { self.problems.len() } else { self.warnings.len() };
        if told < TOLD {
            let problem = problem(self).in_turn(self.pieces.len());
            if error { self.problems.push(problem) } else { self.warnings.push(problem) }
        } else if error {
            self.untold.0 += 1;
        } else {
            self.untold.1 += 1;
        }
    }

    /// Says where it was looked. Whoever watches the configuration watches this place, found or
    /// not.
    pub fn looked_at(&mut self, path: impl Into<PathBuf>, found: bool) {
        if !self.value_alone {
            self.places.push(Place { path: path.into(), found });
        }
    }

    /// Says that any entry of a directory would have counted. Whoever watches the configuration
    /// watches for new ones.
    pub fn looked_in(&mut self, directory: impl Into<PathBuf>) {
        self.dependencies.directories.push(directory.into());
    }
}
