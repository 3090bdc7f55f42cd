//! Errors: everything that is wrong, each with its place and its cure.

mod code;
mod render;

use std::error::Error;
use std::fmt;
use std::sync::Arc;

pub use code::{Code, Kind};

use crate::origin::Origin;
use crate::path::{KeyPath, Segment};
use crate::verbosity::DebugMessage;

/// One thing that is wrong.
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
}

/// A line of a source, to be shown under a problem.
#[derive(Debug, Clone)]
pub(crate) struct Snippet {
    pub(crate) line: String,
    /// What to point at, in characters of the line.
    pub(crate) from: usize,
    pub(crate) len: usize,
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
        self.snippet = render::snippet(text, range);
        self
    }

    /// The kind of its code.
    pub fn kind(&self) -> Kind {
        self.code.kind()
    }

    /// Whether a pattern of `suppress_warnings` means this: its code, its key, a pattern of keys
    /// with `*` for one level and a last `**` for any number, or a part of its text. Keys that hold
    /// a dot stand in quotes there, as they do in messages.
    pub(crate) fn matches(&self, pattern: &str) -> bool {
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

/// Everything that is wrong with a configuration.
///
/// `{}` is a line for each problem, `{:#}` and [`render`](Self::render) are the full report in the
/// manner of a compiler.
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

    /// With the steps of the loading that failed.
    pub(crate) fn with_messages(mut self, messages: Vec<DebugMessage>) -> Self {
        self.0.messages = messages;
        self
    }

    /// With what was worth a warning besides: a misspelt key may be why another is missing.
    pub(crate) fn with_warnings(mut self, warnings: Vec<Problem>) -> Self {
        self.0.warnings = warnings;
        self
    }

    /// Everything that is wrong, in the order of the sources.
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

    /// The full report.
    pub fn render(&self) -> String {
        render::report(self)
    }

    /// Prints the report and what caused it to standard error.
    pub fn print_chain(&self) {
        eprintln!("{}", self.render());
    }
}

/// Prints warnings to standard error, as a report shows them.
pub(crate) fn print_warnings(warnings: &[Problem]) {
    let _ =
        std::io::Write::write_all(&mut std::io::stderr(), render::warnings(warnings).as_bytes());
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
        let source = self.0.problems.iter().find_map(|problem| problem.source.as_deref())?;
        Some(source)
    }
}
