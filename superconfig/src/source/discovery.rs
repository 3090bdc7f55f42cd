//! The conventional places: the system's, the user's and the project's.

use std::path::{Path, PathBuf};

use super::document::Outcome;
use super::listing::Listing;
use super::read::{cannot, is_absent, shown};
use super::trust::Trust;
use super::walk::check_link;
use super::{Loading, Source, name};
use crate::error::{Code, Problem, dialect};
use crate::origin::Origin;

/// The configuration of an application in the conventional places; later ones win.
///
/// | whose | where |
/// | --- | --- |
/// | the system's | `config.*` in `/etc/xdg/APP` and the like (`$XDG_CONFIG_DIRS`, where it is set), then in `/etc/APP` |
/// | the user's | `config.*` in `$XDG_CONFIG_HOME/APP`, or in `$HOME/.config/APP` |
/// | the project's | `APP.*`, `.APP.*` and `.config/APP.*` in each directory from the project's root down to the working directory |
///
/// macOS has `Library/Application Support/APP` besides, under `/` and under `$HOME`; Windows has
/// `%PROGRAMDATA%\APP` and `%APPDATA%\APP` instead. The extensions are toml, yaml, yml and json; two
/// files of one stem in one directory are an error. Beside each file, those of the selected
/// profiles are read (`APP.production.toml`).
///
/// The project's root is the nearest directory upwards that holds `.git`, `.hg` or `.jj`. Without
/// one, the search goes up as far as the file system and the owner stay the same and the directory
/// above may not be written by everyone.
///
/// A link is followed where it leads to a file: in the project only within the project's root,
/// elsewhere anywhere, for those directories belong to who runs the program (and on some systems
/// hold nothing but links).
#[derive(Debug, Clone)]
pub struct Discovery {
    app: String,
}

/// What marks the root of a project.
const MARKERS: [&str; 3] = [".git", ".hg", ".jj"];

/// More directories upwards than anybody works in.
const LEVELS: usize = 128;

/// Whose directory it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    System,
    User,
    Project,
}

impl Discovery {
    /// The places of this application.
    pub fn new(app: impl Into<String>) -> Self {
        Self { app: app.into() }
    }

    fn system(&self, loading: &mut Loading<'_>) {
        let root = loading.surroundings.root.clone();
        let mut directories = Vec::new();
        if cfg!(windows) {
            directories.extend(absolute(loading, "PROGRAMDATA"));
        } else {
            if cfg!(target_vendor = "apple") {
                directories.push(root.join("Library/Application Support"));
            }
            if let Some(listed) = loading.surroundings.variable("XDG_CONFIG_DIRS") {
                // The first of them matters most.
                let listed: Vec<_> =
                    std::env::split_paths(listed).filter(|p| p.is_absolute()).collect();
                directories.extend(listed.into_iter().rev());
            }
            directories.push(root.join("etc"));
        }
        for directory in directories {
            self.conventional(loading, &directory, Layer::System);
        }
    }

    fn user(&self, loading: &mut Loading<'_>) {
        let home = absolute(loading, "HOME");
        if cfg!(target_vendor = "apple")
            && let Some(home) = &home
        {
            self.conventional(loading, &home.join("Library/Application Support"), Layer::User);
        }
        let directory = if cfg!(windows) {
            absolute(loading, "APPDATA")
        } else {
            absolute(loading, "XDG_CONFIG_HOME").or_else(|| home.map(|home| home.join(".config")))
        };
        if let Some(directory) = directory {
            self.conventional(loading, &directory, Layer::User);
        } else {
            // There is no such place; the list says why.
            let place = if cfg!(windows) { "%APPDATA%" } else { "$HOME/.config" };
            loading.looked_at(Path::new(place).join(&self.app).join("config.*"), false);
        }
    }

    /// `config.*` in the application's directory.
    fn conventional(&self, loading: &mut Loading<'_>, parent: &Path, layer: Layer) {
        let directory = parent.join(&self.app);
        match Listing::of(&directory, &["config"], loading.profiles, &[]) {
            Ok(listing) => stem(loading, &directory, &directory, &listing, "config", None),
            Err(error) => {
                let place = directory.join("config.*");
                unlisted(loading, &directory, error, layer);
                loading.looked_at(place, false);
            }
        }
    }

    fn project(&self, loading: &mut Loading<'_>) {
        let Some(start) = loading.surroundings.directory.clone() else {
            return loading.looked_at(format!("{}.*", self.app), false);
        };
        let hidden = format!(".{}", self.app);
        let stems = [self.app.as_str(), &hidden];
        let others = [MARKERS[0], MARKERS[1], MARKERS[2], ".config"];
        let mut found = Vec::new();
        for directory in Upwards::new(&start, &loading.surroundings.root) {
            match Listing::of(&directory, &stems, loading.profiles, &others) {
                Ok(listing) => {
                    let is_root = listing.has[..MARKERS.len()].contains(&true);
                    found.push((directory, Some(listing)));
                    if is_root {
                        break;
                    }
                }
                Err(error) => {
                    unlisted(loading, &directory, error, Layer::Project);
                    found.push((directory, None));
                }
            }
        }
        let Some(root) = found.last().map(|(directory, _)| directory.clone()) else { return };
        for (directory, listing) in found.into_iter().rev() {
            // A file in the working directory is called by its bare name.
            let given = if directory == start { PathBuf::new() } else { directory.clone() };
            let below = directory.join(".config");
            let has_below = listing.as_ref().is_some_and(|listing| listing.has[MARKERS.len()]);
            for name in stems {
                match &listing {
                    Some(listing) => stem(loading, &directory, &given, listing, name, Some(&root)),
                    None => loading.looked_at(directory.join(format!("{name}.*")), false),
                }
            }
            let name = self.app.as_str();
            if has_below {
                match Listing::of(&below, &[name], loading.profiles, &[]) {
                    Ok(listing) => {
                        let listing = listing.behind_link();
                        let given = given.join(".config");
                        stem(loading, &below, &given, &listing, name, Some(&root));
                        continue;
                    }
                    Err(error) => unlisted(loading, &below, error, Layer::Project),
                }
            }
            loading.looked_at(below.join(format!("{name}.*")), false);
        }
    }
}

/// Reads the one file of a stem, and those of the profiles beside it. `given` is the directory as
/// it is shown, and `inside` is where links have to stay.
fn stem(
    loading: &mut Loading<'_>,
    directory: &Path,
    given: &Path,
    listing: &Listing,
    name: &str,
    inside: Option<&Path>,
) {
    let mut any = false;
    let mut one = |loading: &mut Loading<'_>, name: &str, profile: Option<&str>| {
        match listing.one(name) {
            Ok(None) => {}
            Ok(Some(found)) => {
                any = true;
                let path = found.path;
                let file = path.file_name().unwrap_or_default();
                if found.is_link
                    && let Err(problem) = check(&path, inside)
                {
                    loading.looked_at(&path, true);
                    return loading.problem(problem);
                }
                let outcome =
                    loading.document(shown(&given.join(file)), &path, profile, Trust::Found);
                // It was there a moment ago; so it is absent, as if it had never been.
                if outcome == Outcome::Absent {
                    loading.looked_at(path, false);
                }
            }
            Err(problem) => {
                any = true;
                loading.problem(problem);
            }
        }
    };
    one(loading, name, None);
    for profile in loading.profiles {
        // A name that could lead elsewhere is reported where profiles are selected.
        if name::check("the profile", profile).is_ok() {
            one(loading, &format!("{name}.{profile}"), Some(profile));
        }
    }
    if !any {
        loading.looked_at(directory.join(format!("{name}.*")), false);
    }
}

/// Checks where a link leads.
fn check(path: &Path, inside: Option<&Path>) -> Result<(), Problem> {
    let inside = inside.map(|root| root.canonicalize().into_iter().collect::<Vec<_>>());
    check_link(path, inside.as_deref()).map_err(|problem| {
        let outside = problem.code == Code::Unreadable && problem.source.is_none();
        if !outside {
            return problem;
        }
        problem.help(format!("{} reads it wherever it leads", dialect::step("with_file")))
    })
}

/// A directory that is there and cannot be looked into. In the system's places this is an error;
/// a user's home or a working directory may be closed to a service on purpose.
fn unlisted(loading: &mut Loading<'_>, directory: &Path, error: std::io::Error, layer: Layer) {
    if is_absent(&error) {
        return;
    }
    let problem = Problem::new(Code::Unreadable, format!("a directory: {}", cannot(&error)))
        .from(Origin::Path(directory.to_owned()))
        .because(error);
    if layer == Layer::System { loading.problem(problem) } else { loading.warn(problem) }
}

/// The variables that are asked for.
pub(super) const VARIABLES: [&str; 5] =
    ["HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "APPDATA", "PROGRAMDATA"];

/// The path in a variable. One that is relative would mean another place in each directory, so the
/// specification of XDG tells to ignore it.
fn absolute(loading: &Loading<'_>, variable: &str) -> Option<PathBuf> {
    loading.surroundings.variable(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}

impl Source for Discovery {
    fn name(&self) -> String {
        format!("the places of {}", self.app)
    }

    fn load(&self, loading: &mut Loading<'_>) {
        if let Err(problem) = name::check("the application", &self.app) {
            return loading.problem(problem);
        }
        self.system(loading);
        self.user(loading);
        self.project(loading);
    }
}

/// The working directory and those above it, as far as they may belong to one project.
struct Upwards {
    next: Option<PathBuf>,
    root: PathBuf,
    left: usize,
    #[cfg(unix)]
    start: Option<std::fs::Metadata>,
}

impl Upwards {
    fn new(start: &Path, root: &Path) -> Self {
        Self {
            next: Some(start.to_owned()),
            root: root.to_owned(),
            left: LEVELS,
            #[cfg(unix)]
            start: std::fs::metadata(start).ok(),
        }
    }

    #[cfg(unix)]
    fn is_same_place(&self, above: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let (Some(start), Ok(above)) = (&self.start, std::fs::metadata(above)) else {
            return false;
        };
        above.dev() == start.dev() && above.uid() == start.uid() && above.mode() & 0o002 == 0
    }

    #[cfg(not(unix))]
    fn is_same_place(&self, above: &Path) -> bool {
        above.is_dir()
    }
}

impl Iterator for Upwards {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        let directory = self.next.take()?;
        self.left -= 1;
        self.next = directory
            .parent()
            .filter(|_| self.left > 0 && directory != self.root)
            .filter(|above| self.is_same_place(above))
            .map(Path::to_owned);
        Some(directory)
    }
}

#[cfg(all(test, feature = "toml", feature = "yaml", feature = "json"))]
mod tests;
