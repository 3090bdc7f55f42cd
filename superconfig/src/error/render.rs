//! The report, in the manner of a compiler.
//!
//! ```text
//! error[SC0102]: `port`: expected an integer from 0 to 65535, found the string "eighty"
//!  --> config.toml:4:8
//!   |
//! 4 | port = "eighty"
//!   |        ^^^^^^^^
//!   = ORDERS_PORT or PORT would override it, once it is corrected
//! ```
//!
//! `annotate-snippets` draws the headline and the frame, and knows how wide characters are. The
//! place and the advice are written here: a place may name a profile, and has a column of the file
//! even where the line is cut; and the library sets advice apart by a line more.
//!
//! **Problems that share a frame.** Problems that follow each other, stand in the same line, have
//! the same code and the same advice, and whose places do not overlap are shown in one frame: first
//! the headline and the place of each, then the line once with all carets, then the advice once.
//! Nothing is lost that belongs to one of them alone.

use std::fmt::{self, Display, Write};

use annotate_snippets::renderer::{DEFAULT_LINE_NUM_STYLE, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer};

use super::{ConfigError, Problem, Severity, Snippet};
use crate::origin::{Clean, Origin};
use crate::terminal::Color;

/// How a report is rendered.
///
/// ```
/// use superconfig::error::{Color, RenderOptions};
///
/// let options = RenderOptions::new().color(Color::Always);
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct RenderOptions {
    /// Whether it is coloured; where standard error is a terminal, if nothing else is said.
    pub color: Color,
}

impl RenderOptions {
    /// Coloured where standard error is a terminal.
    pub fn new() -> Self {
        Self::default()
    }

    /// Without colours: for files and logs.
    pub fn plain() -> Self {
        Self::new().color(Color::Never)
    }

    /// With this choice of colours.
    #[must_use]
    pub fn color(mut self, color: Color) -> Self {
        self.color = color;
        self
    }
}

/// Renders warnings alone, in the same manner as [`ConfigError::render`]; without any, nothing.
///
/// ```
/// use superconfig::error::{RenderOptions, render_warnings};
/// use superconfig::{Format, SuperConfig};
///
/// #[derive(SuperConfig)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let settings = SuperConfig::<Settings>::new()
///     .with_named_text("app.toml", Format::Toml, "prot = 80")
///     .build()?;
/// assert_eq!(
///     render_warnings(settings.warnings(), RenderOptions::plain()),
///     "\
/// warning[SC0203]: `prot`: unknown key
///  --> app.toml:1:1
///   |
/// 1 | prot
///   | ^^^^
///   = did you mean `port`?
///
/// 1 warning"
/// );
/// # Ok(())
/// # }
/// ```
pub fn render_warnings(warnings: &[Problem], options: RenderOptions) -> String {
    if warnings.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    Page::new(options).problems(warnings, Severity::Warning, &mut out);
    out.push_str(&count(warnings.len(), "warning"));
    out
}

/// Everything there is to say.
pub(super) fn report(error: &ConfigError, options: RenderOptions) -> String {
    let page = Page::new(options);
    let mut out = String::new();
    page.problems(error.problems(), Severity::Error, &mut out);
    page.problems(error.warnings(), Severity::Warning, &mut out);
    for context in error.context() {
        let _ = writeln!(out, "{}", Clean(context));
    }
    out.push_str(&count(error.problems().len(), "error"));
    if !error.warnings().is_empty() {
        out.push_str(", ");
        out.push_str(&count(error.warnings().len(), "warning"));
    }
    out
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// How many problems there are, and what was being done, for who shows them one by one.
#[cfg(feature = "miette")]
pub(super) fn counted(error: &ConfigError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "the configuration has {}", count(error.problems().len(), "error"))?;
    if !error.warnings().is_empty() {
        write!(f, " and {}", count(error.warnings().len(), "warning"))?;
    }
    contexts(error, f)
}

/// One line for each problem, and what was being done behind the last.
pub(super) fn short(error: &ConfigError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, problem) in error.problems().iter().enumerate() {
        if index > 0 {
            f.write_str("\n")?;
        }
        line(problem, f)?;
    }
    contexts(error, f)
}

fn contexts(error: &ConfigError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    error.context().iter().try_for_each(|context| write!(f, " ({})", Clean(context)))
}

/// `config.toml:4:8: error[SC0102]: what is wrong`, as editors and CI recognise it. A profile and a
/// variable of a file stand at the end, where they do not disturb them.
pub(super) fn line(problem: &Problem, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let location = problem.origin.as_ref().and_then(Origin::location);
    match (location, &problem.origin) {
        (Some(at), _) => write!(f, "{}:{}:{}: ", Clean(&at.name), at.line, at.column)?,
        (None, Some(origin)) => write!(f, "{origin}: ")?,
        (None, None) => {}
    }
    write!(f, "{}[{}]: {}", problem.severity.as_str(), problem.code, Headline(problem))?;
    if let Some(profile) = location.and_then(|location| location.profile.as_ref()) {
        write!(f, " (profile {})", Clean(profile))?;
    }
    if let Some(Origin::Dotenv { name, .. }) = &problem.origin {
        write!(f, " (variable {})", Clean(name))?;
    }
    Ok(())
}

/// What is wrong, after the setting that it is about.
pub(super) struct Headline<'p>(pub(super) &'p Problem);

impl Display for Headline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = self.0.path.as_ref().filter(|path| !path.is_empty()) {
            write!(f, "`{}`: ", Clean(&path.to_string()))?;
        }
        write!(f, "{}", Clean(&self.0.message))
    }
}

/// What a report is drawn with.
struct Page {
    renderer: Renderer,
    /// The style of all that is drawn around the text of the source.
    frame: Style,
}

impl Page {
    fn new(options: RenderOptions) -> Self {
        let (renderer, frame) = if options.color.is_on() {
            (Renderer::styled(), DEFAULT_LINE_NUM_STYLE)
        } else {
            (Renderer::plain(), Style::new())
        };
        // Lines come cut, so the library is not to cut them again.
        Self { renderer: renderer.term_width(4 * super::snippet::WIDTH), frame }
    }

    /// All problems of a grade, each frame with an empty line behind it.
    fn problems(&self, problems: &[Problem], severity: Severity, out: &mut String) {
        for together in problems.chunk_by(share_a_frame) {
            let _ = self.framed(together, severity, out);
            out.push('\n');
        }
    }

    /// Problems that share a frame; usually it is one.
    fn framed(&self, problems: &[Problem], severity: Severity, out: &mut String) -> fmt::Result {
        let Some(first) = problems.first() else { return Ok(()) };
        let line = first.origin.as_ref().and_then(Origin::location).map_or(0, |at| at.line);
        let margin = " ".repeat(line.to_string().len());
        let frame = self.frame;
        for problem in problems {
            writeln!(out, "{}", self.title(problem, severity))?;
            if let Some(origin) = &problem.origin {
                writeln!(out, "{margin}{frame}-->{frame:#} {origin}")?;
            }
        }
        if let Some(snippet) = &first.snippet {
            let snippets = problems.iter().filter_map(|problem| problem.snippet.as_ref());
            writeln!(out, "{}", self.source(&snippet.line, line, snippets, severity))?;
        }
        let mut note = |text: &str| writeln!(out, "{margin} {frame}={frame:#} {}", Clean(text));
        first.help.iter().try_for_each(|help| note(help))?;
        first.causes().try_for_each(|cause| note(&format!("because: {cause}")))
    }

    fn title(&self, problem: &Problem, severity: Severity) -> String {
        let title = severity.level().primary_title(Headline(problem).to_string());
        self.renderer.render(&[Group::with_title(title.id(problem.code.as_str()))])
    }

    /// A line with its number and carets.
    fn source<'s>(
        &self,
        line: &str,
        number: usize,
        snippets: impl Iterator<Item = &'s Snippet>,
        severity: Severity,
    ) -> String {
        let carets = snippets.map(|snippet| AnnotationKind::Primary.span(snippet.place.clone()));
        let source = annotate_snippets::Snippet::source(line)
            .line_start(number)
            .annotations(carets.collect::<Vec<_>>());
        self.renderer.render(&[Group::with_level(severity.level()).element(source)])
    }
}

impl Severity {
    fn level(self) -> Level<'static> {
        match self {
            Self::Error => Level::ERROR,
            Self::Warning => Level::WARNING,
        }
    }
}

/// Whether a problem is shown in the frame of the one before it; see the top of this file.
fn share_a_frame(one: &Problem, next: &Problem) -> bool {
    let (Some(Origin::Text(here)), Some(Origin::Text(there))) = (&one.origin, &next.origin) else {
        return false;
    };
    let (Some(shown), Some(behind)) = (&one.snippet, &next.snippet) else { return false };
    (&here.name, here.line, &here.profile) == (&there.name, there.line, &there.profile)
        && shown.line == behind.line
        && shown.place.end <= behind.place.start
        && (one.code, &one.help) == (next.code, &next.help)
        && one.source.is_none()
        && next.source.is_none()
}

#[cfg(test)]
mod tests;
