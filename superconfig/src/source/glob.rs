//! Files that a pattern matches.

use std::cmp::{Ordering, Reverse};
use std::path::{Path, PathBuf};

use super::trust::Trust;
use super::walk::{Match, Steps, Walk};
use super::{Loading, Source, read};
use crate::error::{Code, Problem, dialect};
use crate::origin::Origin;

/// In which order the files of a [`Glob`] are read; later ones win.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub enum GlobOrder {
    /// By path, byte by byte: `10-base.toml`, `20-site.toml`, `9-x.toml`. Of several roots, all
    /// files of the first come first.
    #[default]
    Name,
    /// The other way round.
    Reverse,
    /// The smallest first.
    Size,
    /// The oldest first.
    Modified,
    /// The files of outer directories before those of inner ones, and by name within one directory: what is
    /// nearer wins.
    Depth,
    /// By a function of the program's, which compares the paths as they are shown. What is equal stays in
    /// the order of names.
    Custom(fn(&Path, &Path) -> Ordering),
}

/// How a [`Glob`] looks for files.
#[derive(Debug, Clone, Default)]
pub struct GlobOptions {
    /// In which order the files are read.
    pub order: GlobOrder,
    /// The directories in which the pattern is applied, instead of the working directory.
    pub roots: Vec<PathBuf>,
    /// How many directories deep `**` goes; 16 where it is not said.
    pub max_depth: Option<usize>,
    /// Whether links are followed wherever they lead, also to directories. Otherwise a link counts
    /// where it leads to a file below the directory that the pattern is applied in.
    pub follow_links: bool,
}

/// How many directories deep `**` goes.
const DEPTH: usize = 16;

/// The files that a pattern matches.
///
/// `*` and `?` stand for characters of a name, `[ab]` for one of some, `**` for directories. What
/// stands before the first of them is a path. Hidden files are matched by patterns that say the
/// dot, and what editors and package managers leave behind (`a.toml~`, `a.toml.dpkg-old`) by those
/// that end so. That nothing matches is no error.
///
/// A file whose name holds a profile, `db.production.toml`, is that profile's: it is read after
/// all others if the profile is selected, and not at all otherwise.
///
/// ```
/// use superconfig::source::{Glob, GlobOptions, GlobOrder};
///
/// let options = GlobOptions { order: GlobOrder::Modified, ..GlobOptions::default() };
/// let newest_wins = Glob::new("conf.d/*.toml").with_options(options);
/// ```
#[derive(Debug, Clone)]
pub struct Glob {
    pattern: String,
    options: GlobOptions,
    parents: bool,
}

impl Glob {
    /// The files that match, in the order of their names.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self { pattern: pattern.into(), options: GlobOptions::default(), parents: false }
    }

    /// With these options.
    #[must_use]
    pub fn with_options(mut self, options: GlobOptions) -> Self {
        self.options = options;
        self
    }

    /// Allows `..` at the beginning of the pattern.
    #[must_use]
    pub fn with_parents(mut self) -> Self {
        self.parents = true;
        self
    }

    fn bad(&self, message: impl std::fmt::Display, help: &str) -> Problem {
        Problem::new(Code::BadGlob, format!("`{}`: {message}", self.pattern)).help(help)
    }

    /// What matches below the roots; the shown path beside each.
    fn find(
        &self,
        loading: &mut Loading<'_>,
        steps: &Steps,
    ) -> Option<Vec<(usize, PathBuf, Match)>> {
        let roots = match &*self.options.roots {
            [] => vec![PathBuf::new()],
            roots => roots.to_vec(),
        };
        let limit = loading.limits.glob_files;
        let mut found = Vec::new();
        for (index, root) in roots.iter().enumerate() {
            let boundary = loading.surroundings.resolve(root);
            let base = boundary.join(&steps.base);
            // A pattern that leaves the directory has its own beginning for a boundary.
            let boundary = if steps.leaves { &base } else { &boundary };
            let mut walk = Walk::new(steps, &base, boundary);
            walk.follow_links = self.options.follow_links;
            walk.facts = matches!(self.options.order, GlobOrder::Size | GlobOrder::Modified);
            walk.max_depth = self.options.max_depth.unwrap_or(DEPTH);
            walk.limit = limit.saturating_sub(found.len());
            walk.run(&base);
            loading.problems.append(&mut walk.problems);
            loading.dependencies.directories.append(&mut walk.visited);
            let shown = root.join(&steps.base);
            found.extend(walk.matches.into_iter().map(|m| (index, shown.join(&m.below), m)));
            if found.len() > limit {
                let message = format!("`{}` matches more than {limit} files", self.pattern);
                loading.problem(
                    Problem::new(Code::TooLarge, message)
                        .from(Origin::Path(base))
                        .help(format!("narrow the pattern, or {}", dialect::raise("glob_files"))),
                );
                return None;
            }
            if !found.iter().any(|(of, ..)| *of == index) {
                loading.looked_at(loading.surroundings.resolve(root).join(&self.pattern), false);
            }
        }
        Some(found)
    }
}

/// The profile that a file's name holds, with the position among the selected ones.
fn profile_of(path: &Path, loading: &Loading<'_>) -> Option<(String, Option<usize>)> {
    let stem = Path::new(path.file_stem()?);
    let profile = stem.extension()?.to_str()?;
    // A file that is only called `.production` has no name before the profile.
    stem.file_stem().filter(|name| !name.is_empty())?;
    let selected = loading.profiles.iter().position(|selected| selected == profile);
    let declared = loading.schema.profiles.contains(&profile);
    (selected.is_some() || declared).then(|| (profile.to_owned(), selected))
}

impl Source for Glob {
    fn name(&self) -> String {
        self.pattern.clone()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let steps = match Steps::of(&self.pattern, self.parents) {
            Ok(steps) => steps,
            Err(bad) => {
                let message = format!("{} (character {})", bad.message, bad.at + 1);
                return loading.problem(self.bad(message, bad.help));
            }
        };
        if steps.base.is_absolute() && !self.options.roots.is_empty() {
            return loading.problem(
                self.bad("an absolute pattern has no place in `roots`", "leave out one of them"),
            );
        }
        let Some(mut found) = self.find(loading, &steps) else { return };
        let bytes = |m: &Match| m.below.as_os_str().as_encoded_bytes().to_vec();
        found.sort_by_cached_key(|(root, _, m)| (*root, bytes(m)));
        match self.options.order {
            GlobOrder::Name => {}
            GlobOrder::Reverse => {
                found.sort_by_cached_key(|(root, _, m)| (*root, Reverse(bytes(m))));
            }
            GlobOrder::Size => found.sort_by_key(|(.., m)| m.size),
            GlobOrder::Modified => found.sort_by_key(|(.., m)| m.modified),
            GlobOrder::Depth => {
                found.sort_by_key(|(root, _, m)| (*root, m.below.components().count()));
            }
            GlobOrder::Custom(compare) => found.sort_by(|(_, a, _), (_, b, _)| compare(a, b)),
        }
        let mut later = Vec::new();
        for (_, shown, m) in found {
            match profile_of(&m.path, loading).filter(|_| !steps.names_one()) {
                None => {
                    let name = read::shown(&shown);
                    loading.document(name, &m.path, None, Trust::Named);
                }
                Some((_, None)) => loading.looked_at(m.path, false),
                Some((profile, Some(position))) => later.push((position, profile, shown, m.path)),
            }
        }
        later.sort_by_key(|(position, ..)| *position);
        for (_, profile, shown, path) in later {
            loading.document(read::shown(&shown), &path, Some(&profile), Trust::Named);
        }
    }
}

#[cfg(all(test, feature = "toml"))]
mod tests;
