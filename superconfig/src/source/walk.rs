//! The walk of a glob. `glob`'s own follows every link and says nothing of names that are not
//! UTF-8, so only its patterns are used.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ::glob::{MatchOptions, Pattern};

use super::read::{cannot, is_absent, unreadable};
use crate::error::{Code, Problem, dialect};
use crate::origin::Origin;

/// One step of a pattern.
#[derive(Debug)]
enum Part {
    /// `**`: any number of directories.
    Any,
    /// The name of a file or directory.
    One(Pattern),
}

/// A pattern, cut into its steps.
#[derive(Debug)]
pub(super) struct Steps {
    /// What stands before the first wildcard: this is a path and never read as a pattern.
    pub(super) base: PathBuf,
    /// Whether the base leads out of the directory that the pattern is applied in.
    pub(super) leaves: bool,
    parts: Vec<Part>,
    /// The last step as written.
    last: String,
}

/// A file that matches.
#[derive(Debug)]
pub(super) struct Match {
    /// The file.
    pub(super) path: PathBuf,
    /// Where it stands below the base.
    pub(super) below: PathBuf,
    pub(super) size: u64,
    pub(super) modified: Option<SystemTime>,
}

/// Hidden files are matched by a pattern that says the dot.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// What editors and package managers leave behind.
const LEFT_BEHIND: [&str; 12] = [
    "~",
    ".swp",
    ".swo",
    ".bak",
    ".orig",
    ".rej",
    ".dpkg-old",
    ".dpkg-dist",
    ".dpkg-new",
    ".rpmsave",
    ".rpmnew",
    "#",
];

/// Why a pattern cannot be used, and at which character.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadPattern {
    pub(super) message: &'static str,
    pub(super) at: usize,
    pub(super) help: &'static str,
}

impl Steps {
    /// Cuts a pattern into its steps. `..` is for those who ask for it.
    pub(super) fn of(pattern: &str, parents: bool) -> Result<Self, BadPattern> {
        let bad = |message, at, help| Err(BadPattern { message, at, help });
        let mut steps = Self {
            base: PathBuf::new(),
            leaves: Path::new(pattern).has_root(),
            parts: Vec::new(),
            last: String::new(),
        };
        if pattern.starts_with(std::path::is_separator) {
            steps.base.push("/");
        }
        let mut at = 0;
        let mut names = pattern.split(std::path::is_separator).peekable();
        while let Some(name) = names.next() {
            let here = at;
            at += name.chars().count() + 1;
            match name {
                "" | "." => continue,
                ".." if !steps.parts.is_empty() => {
                    return bad(
                        "`..` behind a wildcard",
                        here,
                        "write the directory that is meant",
                    );
                }
                ".." if !parents => {
                    let whole = "write the whole path of the directory that is meant";
                    let help = dialect::in_rust("`Glob::with_parents` allows it", whole);
                    return bad("`..` leaves the directory", here, help);
                }
                ".." => {
                    steps.leaves = true;
                    steps.base.push("..");
                }
                "**" => steps.parts.push(Part::Any),
                _ => {
                    if let Some(brace) = braces(name) {
                        let help = "give each pattern to a step of its own, or write `[{]` for the character";
                        return bad("braces are no part of patterns", here + brace, help);
                    }
                    let literal = !name.contains(['*', '?', '[']);
                    // The last step is looked for in its directory, wildcard or not.
                    if literal && steps.parts.is_empty() && names.peek().is_some() {
                        let drive = cfg!(windows) && name.ends_with(':');
                        steps.base.push(if drive { format!("{name}\\") } else { name.to_owned() });
                    } else {
                        match Pattern::new(name) {
                            Ok(pattern) => steps.parts.push(Part::One(pattern)),
                            Err(error) => {
                                let help = if name.contains("**") {
                                    "write `**` alone between slashes, and `*` in names"
                                } else {
                                    "a `[` that is a character is written `[[]`"
                                };
                                return bad(error.msg, here + error.pos, help);
                            }
                        }
                    }
                }
            }
            name.clone_into(&mut steps.last);
        }
        if steps.parts.is_empty() {
            return bad("no file is named", 0, "write a pattern such as `conf.d/*.toml`");
        }
        Ok(steps)
    }

    /// Whether the last step is a name and no pattern.
    pub(super) fn names_one(&self) -> bool {
        !self.last.contains(['*', '?', '['])
    }

    /// The steps that may come next, where these may come now: `**` may stand for nothing.
    fn with_empty(&self, mut states: Vec<usize>) -> Vec<usize> {
        let mut index = 0;
        while let Some(state) = states.get(index).copied() {
            if matches!(self.parts.get(state), Some(Part::Any)) && !states.contains(&(state + 1)) {
                states.push(state + 1);
            }
            index += 1;
        }
        states
    }

    /// The steps that may come behind this name.
    fn behind(&self, states: &[usize], name: &str) -> Vec<usize> {
        let mut next = Vec::new();
        for state in states {
            match self.parts.get(*state) {
                Some(Part::Any) if !name.starts_with('.') => next.push(*state),
                Some(Part::One(pattern)) if pattern.matches_with(name, OPTIONS) => {
                    next.push(state + 1);
                }
                _ => {}
            }
        }
        self.with_empty(next)
    }

    fn is_left_behind(&self, name: &str) -> bool {
        LEFT_BEHIND.iter().any(|end| name.ends_with(end) && !self.last.ends_with(end))
    }
}

/// Where a brace with alternatives begins, in characters.
fn braces(name: &str) -> Option<usize> {
    let open = name.find('{').filter(|at| !name[..*at].ends_with('['))?;
    let inside = name[open..].find('}').map(|close| &name[open..open + close])?;
    inside.contains(',').then(|| name[..open].chars().count())
}

/// How to walk.
#[derive(Debug)]
pub(super) struct Walk<'w> {
    pub(super) steps: &'w Steps,
    /// Inside of what links may lead, unless they are followed anywhere.
    boundaries: [&'w Path; 2],
    /// The same as real paths, once there is a link.
    inside: OnceCell<Vec<PathBuf>>,
    pub(super) follow_links: bool,
    /// Whether sizes and times are asked for; they cost a call for each file.
    pub(super) facts: bool,
    pub(super) max_depth: usize,
    /// How many matches are enough.
    pub(super) limit: usize,
    pub(super) matches: Vec<Match>,
    pub(super) problems: Vec<Problem>,
    /// The directories that were looked into, there or not.
    pub(super) visited: Vec<PathBuf>,
    seen: HashSet<PathBuf>,
    links: Vec<Visit>,
}

/// A directory that is to be listed.
#[derive(Debug)]
struct Visit {
    path: PathBuf,
    below: PathBuf,
    states: Vec<usize>,
    depth: usize,
}

impl<'w> Walk<'w> {
    /// A walk in `base`, from which links may lead anywhere inside of `boundary`.
    pub(super) fn new(steps: &'w Steps, base: &'w Path, boundary: &'w Path) -> Self {
        Self {
            steps,
            boundaries: [base, boundary],
            inside: OnceCell::new(),
            follow_links: false,
            facts: false,
            max_depth: 0,
            limit: 0,
            matches: Vec::new(),
            problems: Vec::new(),
            visited: Vec::new(),
            seen: HashSet::new(),
            links: Vec::new(),
        }
    }

    /// Finds everything below `base`, as far as the limit.
    pub(super) fn run(&mut self, base: &Path) {
        let states = self.steps.with_empty(vec![0]);
        let start = Visit { path: base.to_owned(), below: PathBuf::new(), states, depth: 0 };
        let mut waiting = vec![start];
        while let Some(visit) = waiting.pop().or_else(|| self.next_link()) {
            if self.follow_links && !self.is_new(&visit.path) {
                continue;
            }
            self.visited.push(visit.path.clone());
            match fs::read_dir(&visit.path) {
                Ok(entries) => {
                    for entry in entries {
                        match entry {
                            Ok(entry) => self.entry(&visit, &entry, &mut waiting),
                            Err(error) => self.unreadable(&visit.path, error),
                        }
                        if self.matches.len() > self.limit {
                            return;
                        }
                    }
                }
                // What is gone since its directory was listed is not there.
                Err(error) if is_absent(&error) => {}
                Err(error) => self.unreadable(&visit.path, error),
            }
        }
    }

    fn entry(&mut self, visit: &Visit, entry: &fs::DirEntry, waiting: &mut Vec<Visit>) {
        let os_name = entry.file_name();
        let name = os_name.to_string_lossy();
        let states = self.steps.behind(&visit.states, &name);
        if states.is_empty() {
            return;
        }
        let is_match =
            states.contains(&self.steps.parts.len()) && !self.steps.is_left_behind(&name);
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { return };
        let target = if kind.is_symlink() { fs::metadata(&path).ok() } else { None };
        let is_directory = kind.is_dir() || target.as_ref().is_some_and(fs::Metadata::is_dir);
        if is_directory {
            let goes_on = states.iter().any(|state| *state < self.steps.parts.len());
            let followed = !kind.is_symlink() || self.follow_links;
            if goes_on && followed && visit.depth < self.max_depth && is_utf8(&os_name) {
                let below = visit.below.join(&os_name);
                let visit = Visit { path, below, states, depth: visit.depth + 1 };
                if kind.is_symlink() { self.links.push(visit) } else { waiting.push(visit) }
            } else if goes_on && followed && !is_utf8(&os_name) {
                self.not_utf8(&path);
            }
        } else if is_match {
            if !is_utf8(&os_name) {
                return self.not_utf8(&path);
            }
            if kind.is_symlink()
                && let Err(problem) = check_link(&path, self.inside())
            {
                let help = "`GlobOptions { follow_links: true, .. }` follows links anywhere";
                let outside = problem.code == Code::Unreadable
                    && problem.source.is_none()
                    && !self.follow_links;
                return self.problems.push(if outside { problem.help(help) } else { problem });
            }
            let metadata = if self.facts { target.or_else(|| entry.metadata().ok()) } else { None };
            self.matches.push(Match {
                below: visit.below.join(&os_name),
                size: metadata.as_ref().map_or(0, fs::Metadata::len),
                modified: metadata.and_then(|metadata| metadata.modified().ok()),
                path,
            });
        }
    }

    /// Inside of what links may lead; `None` for anywhere.
    fn inside(&self) -> Option<&[PathBuf]> {
        let real = || self.boundaries.iter().filter_map(|path| path.canonicalize().ok()).collect();
        (!self.follow_links).then(|| self.inside.get_or_init(real).as_slice())
    }

    /// The first of the links to directories. They are visited behind all directories, so that a
    /// directory with two names has the same one in every run.
    fn next_link(&mut self) -> Option<Visit> {
        self.links.sort_by(|a, b| b.below.cmp(&a.below));
        self.links.pop()
    }

    /// Whether a directory has not been visited under another name: links may be loops.
    fn is_new(&mut self, path: &Path) -> bool {
        // What has no real path cannot be listed either, and that is reported there.
        path.canonicalize().map_or(true, |path| self.seen.insert(path))
    }

    fn not_utf8(&mut self, path: &Path) {
        let message = "the pattern matches this name, which is not UTF-8";
        let problem = Problem::new(Code::NotUtf8, message).from(Origin::Path(path.to_owned()));
        self.problems.push(problem.help("rename it"));
    }

    fn unreadable(&mut self, directory: &Path, error: io::Error) {
        let message = format!("a directory of the pattern: {}", cannot(&error));
        let problem = Problem::new(Code::Unreadable, message)
            .from(Origin::Path(directory.to_owned()))
            .because(error);
        self.problems.push(problem);
    }
}

fn is_utf8(name: &OsStr) -> bool {
    name.to_str().is_some()
}

/// Refuses a link that leads out of all of `inside` (`None` is everything), or nowhere.
pub(super) fn check_link(path: &Path, inside: Option<&[PathBuf]>) -> Result<(), Problem> {
    let problem =
        |code, message: String| Problem::new(code, message).from(Origin::Path(path.to_owned()));
    match path.canonicalize() {
        Ok(target)
            if inside.is_none_or(|all| all.iter().any(|inside| target.starts_with(inside))) =>
        {
            Ok(())
        }
        Ok(target) => Err(problem(
            Code::Unreadable,
            format!("a link that leads out of the directory, to {}", target.display()),
        )),
        Err(error) if is_absent(&error) => {
            Err(problem(Code::FileNotFound, "a link that leads nowhere".to_owned())
                .help("remove it, or correct where it leads"))
        }
        Err(error) => Err(unreadable(path, error, problem)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let steps = Steps::of(pattern, false).expect(pattern);
        let Some(rest) = path.strip_prefix(&*steps.base.to_string_lossy()) else { return false };
        let mut states = steps.with_empty(vec![0]);
        for name in rest.split('/').filter(|name| !name.is_empty()) {
            states = steps.behind(&states, name);
        }
        states.contains(&steps.parts.len())
    }

    #[test]
    fn steps_match_as_patterns_do() {
        for (pattern, path) in [
            ("*.toml", "a.toml"),
            ("conf.d/*.toml", "conf.d/a.toml"),
            ("./conf.d/a.toml", "conf.d/a.toml"),
            ("**/*.toml", "a.toml"),
            ("**/*.toml", "x/y/a.toml"),
            ("x/**/y/*.toml", "x/y/a.toml"),
            ("x/**/y/*.toml", "x/z/y/y/a.toml"),
            ("x/**", "x/y/a.toml"),
            (".*", ".a"),
            ("[ab]?.toml", "ax.toml"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("*.toml", ".a.toml"),
            ("*.toml", "x/a.toml"),
            ("*.toml", "a.TOML"),
            ("**/*.toml", ".git/a.toml"),
            ("x/**", "x/.y/a.toml"),
            ("x/*/a", "x/a"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn a_bad_pattern_is_told_where() {
        let at = |pattern| Steps::of(pattern, false).map(|_| ()).expect_err(pattern);
        assert_eq!(at("conf.d/é[a.toml").at, 8);
        assert_eq!(at("a/b**").at, 2);
        assert_eq!(at("a/../b").at, 2);
        assert_eq!(at("a/*.{toml,yaml}").at, 4);
        assert_eq!(at("").message, "no file is named");
        assert_eq!(at("*/../x").message, "`..` behind a wildcard");
        assert!(Steps::of("../*.toml", true).is_ok_and(|steps| steps.leaves));
    }
}
