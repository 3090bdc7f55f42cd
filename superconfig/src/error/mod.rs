//! Errors: everything that is wrong, each with its place and its cure.

mod code;
pub(crate) mod dialect;
mod json;
#[cfg(feature = "miette")]
mod miette;
mod render;
mod snippet;

use std::error::Error;
use std::fmt;
use std::sync::Arc;

#[cfg(feature = "miette")]
pub use self::miette::Diagnosis;
pub use code::{Code, Kind};
pub use dialect::Dialect;
pub use json::warnings_to_json;
pub use render::{RenderOptions, render_warnings};
pub(crate) use snippet::{Snippet, columns};

use crate::origin::Origin;
use crate::path::{KeyPath, Segment};
pub use crate::terminal::Color;
use crate::verbosity::DebugMessage;

/// Whether a [`Problem`] is in the way of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// There is no configuration because of it.
    Error,
    /// There is one all the same.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that is wrong.
///
/// `{}` is what is wrong in a few words, with the setting that it is about; `{:#}` is one line with
/// the place and the code as well, as editors and CI recognise it:
/// ``config.toml:4:8: error[SC0102]: `port`: expected …``.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Problem {
    /// Its stable code, `SC0102`.
    pub code: Code,
    /// The setting, where it is about one.
    pub path: Option<KeyPath>,
    /// Where it stands.
    pub origin: Option<Origin>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it, one piece of advice a line.
    pub help: Vec<String>,
    /// What caused it, where that is an error of its own (input and output).
    pub source: Option<Arc<dyn Error + Send + Sync>>,
    /// The line that it stands in and what is to be pointed at, unless it is a secret's.
    pub(crate) snippet: Option<Snippet>,
    pub(crate) severity: Severity,
    /// How many sources had been read before the one that it is about: reports are in the order of
    /// the sources. Without one it is about no source, and stands at the end.
    pub(crate) turn: Option<usize>,
}

impl Problem {
    /// A problem of this kind.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            path: None,
            origin: None,
            message: message.into(),
            help: Vec::new(),
            source: None,
            snippet: None,
            severity: Severity::Error,
            turn: None,
        }
    }

    /// About this setting.
    #[must_use]
    pub fn at(mut self, path: KeyPath) -> Self {
        self.path = Some(path);
        self
    }

    /// In this place.
    #[must_use]
    pub fn from(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Because of this.
    #[must_use]
    pub fn because(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// With the line of `text` that `range` begins in.
    #[must_use]
    pub(crate) fn showing(mut self, text: &str, range: std::ops::Range<usize>) -> Self {
        self.snippet = Snippet::of(text, range);
        self
    }

    /// About what is in the source that so many were read before.
    #[must_use]
    pub(crate) fn in_turn(mut self, turn: usize) -> Self {
        self.turn = Some(turn);
        self
    }

    /// The kind of its code.
    pub fn kind(&self) -> Kind {
        self.code.kind()
    }

    /// Whether it is in the way of the configuration.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What caused it, and what caused that, in words.
    pub fn causes(&self) -> impl Iterator<Item = String> {
        let first = self.source.as_deref().map(|source| source as &(dyn Error + 'static));
        std::iter::successors(first, |cause| (*cause).source()).map(ToString::to_string)
    }

    /// Whether a pattern of `suppress_warnings` means this: its code, its key, a pattern of keys
    /// with `*` for one level and a last `**` for any number, or a part of its text. Keys that hold
    /// a dot stand in quotes there, as they do in messages. An empty pattern means nothing: every
    /// text has it as a part.
    pub(crate) fn matches(&self, pattern: &str) -> bool {
        if pattern.is_empty() {
            return false;
        }
        if self.code.as_str() == pattern || self.message.contains(pattern) {
            return true;
        }
        let Some(path) = &self.path else { return false };
        let pattern = KeyPath::parse(pattern);
        let is = |key: &Segment, text: &str| matches!(key, Segment::Key(key) if key == text);
        // A position belongs to the key before it: `servers[0]` is one level, and `servers.*` is below.
        let (mut path, mut pattern) = (levels(path), levels(&pattern));
        loop {
            match (path.next(), pattern.next()) {
                (None, None) => return true,
                (Some(_), Some([last])) if is(last, "**") => return true,
                (Some(_), Some([any])) if is(any, "*") => {}
                (Some(level), Some(expected)) if level == expected => {}
                _ => return false,
            }
        }
    }
}

/// The levels of a path, each a key and the positions behind it.
fn levels(path: &KeyPath) -> impl Iterator<Item = &[Segment]> {
    path.segments().chunk_by(|_, next| matches!(next, Segment::Index(_)))
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { render::line(self, f) } else { render::Headline(self).fmt(f) }
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_deref()?)
    }
}

/// Puts problems of a grade in the order of a report: that of the sources, from the lowest
/// precedence to the highest, and inside of a source by line and column. What is about no source
/// comes last. Sources that gave nothing have the turn of the next one, so files are told apart.
pub(crate) fn sort(problems: &mut Vec<Problem>, severity: Severity) {
    let file = |problem: &Problem| {
        let path = problem.origin.as_ref().and_then(Origin::path);
        (problem.turn.unwrap_or(usize::MAX), path.map(ToOwned::to_owned))
    };
    let files: Vec<_> = problems.iter().map(file).collect();
    let mut keyed: Vec<_> = (problems.drain(..).zip(&files))
        .map(|(problem, file)| {
            let first = files.iter().position(|known| known == file);
            let place = problem.origin.as_ref().and_then(Origin::location);
            let place = place.map(|place| (place.line, place.column));
            ((file.0, first, place), Problem { severity, ..problem })
        })
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    problems.extend(keyed.into_iter().map(|(_, problem)| problem));
}

/// Everything that is wrong with a configuration.
///
/// | how | what |
/// | --- | --- |
/// | `{}` | a line for each problem, `file:line:column: error[SC0102]: message`, as editors and CI recognise it |
/// | `{:#}`, [`render`](Self::render) | the full report in the manner of a compiler, without colours |
/// | [`render_with`](Self::render_with), [`print_chain`](Self::print_chain) | the same, coloured where a terminal shows it |
/// | `{:?}` | the full report, so that `main() -> Result<(), ConfigError>` and `unwrap` say all there is |
/// | [`to_json`](Self::to_json) | for programs |
/// | [`problems`](Self::problems), [`warnings`](Self::warnings) | one by one |
///
/// With the feature `miette` it becomes a `miette::Report` by `?`, and each [`Problem`] is a
/// `miette::Diagnostic`.
///
/// ```
/// use superconfig::{Code, SuperConfig};
///
/// #[derive(SuperConfig)]
/// struct Settings {
///     port: u16,
/// }
///
/// let error = SuperConfig::<Settings>::new().extract().err().expect("nothing sets the port");
/// assert_eq!(error.problems()[0].code, Code::Missing);
/// assert!(error.render().contains("`port`: required, and no source sets it"));
/// ```
#[derive(Clone)]
pub struct ConfigError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    context: Vec<String>,
    messages: Vec<DebugMessage>,
}

impl ConfigError {
    /// An error of these problems; there is at least one.
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        let (warnings, context, messages) = (Vec::new(), Vec::new(), Vec::new());
        Self(Box::new(Inner { problems, warnings, context, messages }))
    }

    /// An error of these problems, in the order of a report.
    ///
    /// ```
    /// use superconfig::{Code, ConfigError, KeyPath, Problem};
    ///
    /// let refused = |path, why| Problem::new(Code::Invalid, why).at(KeyPath::parse(path));
    /// let error = ConfigError::of(refused("port", "too low"), [refused("host", "no such host")]);
    /// assert_eq!(error.problems().len(), 2);
    /// ```
    pub fn of(first: Problem, more: impl IntoIterator<Item = Problem>) -> Self {
        let mut problems = vec![first];
        problems.extend(more);
        sort(&mut problems, Severity::Error);
        Self::new(problems)
    }

    /// With the steps of the loading that failed.
    pub(crate) fn with_messages(mut self, messages: Vec<DebugMessage>) -> Self {
        self.0.messages = messages;
        self
    }

    /// With what was worth a warning besides: a misspelt key may be why another is missing.
    pub(crate) fn with_warnings(mut self, warnings: Vec<Problem>) -> Self {
        self.0.warnings = warnings;
        self.0.warnings.iter_mut().for_each(|warning| warning.severity = Severity::Warning);
        self
    }

    /// Everything that is wrong, in the order of the sources, from the lowest precedence to the
    /// highest, and in a file by line and column; what is about no source comes last.
    pub fn problems(&self) -> &[Problem] {
        &self.0.problems
    }

    /// What was worth a warning besides.
    pub fn warnings(&self) -> &[Problem] {
        &self.0.warnings
    }

    /// The steps of the loading that failed, at every level, whatever its verbosity was: what each
    /// source gave, where it was looked. They are no part of the report.
    pub fn debug_messages(&self) -> &[DebugMessage] {
        &self.0.messages
    }

    /// What was being done, innermost first.
    pub fn context(&self) -> &[String] {
        &self.0.context
    }

    /// Says what was being done when this happened.
    #[must_use]
    pub fn with_context(mut self, context: impl Into<String>) -> Self {
        self.0.context.push(context.into());
        self
    }

    /// Says which file was being worked on.
    #[must_use]
    pub fn with_file_context(self, path: impl AsRef<std::path::Path>) -> Self {
        self.with_context(format!("in file {}", path.as_ref().display()))
    }

    /// Says which setting was being worked on.
    #[must_use]
    pub fn with_key_context(self, path: impl Into<KeyPath>) -> Self {
        self.with_context(format!("in setting `{}`", path.into()))
    }

    /// The full report, without colours.
    pub fn render(&self) -> String {
        self.render_with(RenderOptions::plain())
    }

    /// The full report.
    ///
    /// ```
    /// # use superconfig::SuperConfig;
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// # let error = SuperConfig::<Settings>::new().extract().err().expect("nothing sets the port");
    /// use superconfig::error::{Color, RenderOptions};
    ///
    /// let coloured = error.render_with(RenderOptions::new().color(Color::Always));
    /// assert!(coloured.contains("\u{1b}["));
    /// ```
    pub fn render_with(&self, options: RenderOptions) -> String {
        render::report(self, options)
    }

    /// Prints the report, with what caused each problem, to standard error; coloured where that is
    /// a terminal (see [`Color::Auto`]).
    pub fn print_chain(&self) {
        eprintln!("{}", self.render_with(RenderOptions::new()));
    }
}

/// Prints warnings to standard error, as a report shows them.
pub(crate) fn print_warnings(warnings: &[Problem]) {
    if !warnings.is_empty() {
        eprintln!("{}", render_warnings(warnings, RenderOptions::new()));
    }
}

impl From<Problem> for ConfigError {
    fn from(problem: Problem) -> Self {
        Self::new(vec![problem])
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { f.write_str(&self.render()) } else { render::short(self, f) }
    }
}

/// The full report, so that `main() -> Result<(), ConfigError>` and `unwrap` say all there is.
impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\n")?;
        f.write_str(&self.render())
    }
}

impl Error for ConfigError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.problems.iter().find_map(Error::source)
    }
}
