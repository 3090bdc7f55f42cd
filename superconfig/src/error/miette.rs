//! What `miette` asks of a diagnostic.

use std::error::Error;
use std::fmt::{self, Display};

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use super::{ConfigError, Problem, Severity, render};
use crate::origin::{Clean, Origin};

/// A [`ConfigError`] as `miette` shows it.
///
/// The text of a `ConfigError` has a line for each problem, and `miette` would print it above the
/// problems themselves. So this one is what `miette` is given: the only problem as it is, or of
/// several how many they are, with each of them below; warnings come last. `?` makes a
/// `miette::Report` of a `ConfigError` by way of it:
///
/// ```
/// # use superconfig::SuperConfig;
/// #[derive(SuperConfig)]
/// struct Settings {
///     port: u16,
///     url: String,
/// }
///
/// fn load() -> miette::Result<Settings> {
///     Ok(SuperConfig::new().extract()?)
/// }
///
/// let report = load().err().expect("nothing sets them");
/// assert_eq!(report.to_string(), "the configuration has 2 errors");
/// ```
#[derive(Debug, Clone)]
pub struct Diagnosis(ConfigError);

impl Diagnosis {
    /// The error itself.
    pub fn error(&self) -> &ConfigError {
        &self.0
    }

    /// The problem, where it is the only one and nothing is said besides.
    fn only(&self) -> Option<&Problem> {
        match self.0.problems() {
            [only] if self.0.context().is_empty() => Some(only),
            _ => None,
        }
    }
}

impl From<ConfigError> for Diagnosis {
    fn from(error: ConfigError) -> Self {
        Self(error)
    }
}

impl From<ConfigError> for miette::Report {
    fn from(error: ConfigError) -> Self {
        Self::new(Diagnosis(error))
    }
}

impl Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.only() {
            Some(problem) => problem.fmt(f),
            None => render::counted(&self.0, f),
        }
    }
}

impl Error for Diagnosis {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl Diagnostic for Diagnosis {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.only()?.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Diagnostic::help(self.only()?)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.only()?.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.only()?.labels()
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let problems = if self.only().is_some() { &[] } else { self.0.problems() };
        let mut related = problems.iter().chain(self.0.warnings()).peekable();
        related.peek()?;
        Some(Box::new(related.map(|problem| problem as &dyn Diagnostic)))
    }
}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    /// The place, where there is no line to point at, and the advice.
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        let place = self.origin.as_ref().filter(|_| self.snippet.is_none());
        let lines = place.map(|origin| format!("see {origin}"));
        let lines = lines.into_iter().chain(self.help.iter().map(|help| Clean(help).to_string()));
        let lines: Vec<_> = lines.collect();
        if lines.is_empty() { None } else { Some(Box::new(lines.join("\n"))) }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.is_some().then_some(self as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let place = self.snippet.as_ref()?.place.clone();
        let label = LabeledSpan::new_primary_with_span(None, place);
        Some(Box::new(std::iter::once(label)))
    }
}

/// The line that the problem stands in, by its number in the file. Spans count the bytes of the
/// line as it is shown, for nothing else of the file is kept.
impl SourceCode for Problem {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        _context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let snippet = self.snippet.as_ref().ok_or(MietteError::OutOfBounds)?;
        let end = span.offset().checked_add(span.len()).ok_or(MietteError::OutOfBounds)?;
        let wanted = snippet.line.get(span.offset()..end).ok_or(MietteError::OutOfBounds)?;
        let place = self.origin.as_ref().and_then(Origin::location);
        let line = place.map_or(0, |place| place.line.saturating_sub(1));
        // Without lines around it the span alone is asked for, to name its place.
        let (data, span, column) = if context_lines_before == 0 {
            (wanted, *span, place.map_or(0, |place| place.column.saturating_sub(1)))
        } else {
            (snippet.line.as_str(), (0, snippet.line.len()).into(), 0)
        };
        let data = data.as_bytes();
        let name = place.map(|place| Clean(&place.name).to_string());
        Ok(Box::new(match name {
            Some(name) => MietteSpanContents::new_named(name, data, span, line, column, 1),
            None => MietteSpanContents::new(data, span, line, column, 1),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::origin::Location;

    fn problem() -> Problem {
        let text = "a = 1\nport = \"eighty\"\n";
        let place = text.find("\"eighty\"").expect("it is there");
        let range = place..place + 8;
        Problem::new(Code::WrongType, "expected an integer")
            .at("port".into())
            .from(Origin::Text(Location::of("app.toml".into(), text, range.clone())))
            .help("first")
            .help("second")
            .showing(text, range)
    }

    /// A trait's method has the name of a field's setter.
    fn help(problem: &Problem) -> Option<String> {
        Diagnostic::help(problem).map(|help| help.to_string())
    }

    #[test]
    fn a_problem_has_its_code_its_advice_and_its_line() {
        let problem = problem();
        assert_eq!(problem.to_string(), "`port`: expected an integer");
        assert_eq!(problem.code().map(|code| code.to_string()).as_deref(), Some("SC0102"));
        assert_eq!(Diagnostic::severity(&problem), Some(miette::Severity::Error));
        assert_eq!(help(&problem).as_deref(), Some("first\nsecond"));
        let labels: Vec<_> = problem.labels().expect("it points at something").collect();
        let [label] = labels.as_slice() else { panic!("{labels:?}") };
        assert!(label.primary());
        let source = problem.source_code().expect("its line is known");
        for (context, data, column) in [(0, "\"eighty\"", 7), (1, "port = \"eighty\"", 0)] {
            let contents = source.read_span(label.inner(), context, context).expect("inside");
            assert_eq!(contents.data(), data.as_bytes());
            assert_eq!((contents.line(), contents.column()), (1, column));
            assert_eq!(contents.name(), Some("app.toml"));
        }
    }

    #[test]
    fn what_is_outside_of_the_line_is_refused() {
        let problem = problem();
        for span in [(0, 100), (100, 0), (usize::MAX, usize::MAX)] {
            let read = problem.read_span(&span.into(), 1, 1);
            assert!(matches!(read, Err(MietteError::OutOfBounds)), "{span:?}");
        }
    }

    #[test]
    fn a_place_without_a_line_is_named_in_the_advice() {
        let origin = Origin::Variable { name: "APP_PORT".to_owned() };
        let problem = Problem::new(Code::WrongType, "expected an integer").from(origin);
        assert_eq!(help(&problem).as_deref(), Some("see variable APP_PORT"));
        assert!(problem.source_code().is_none() && problem.labels().is_none());
        assert_eq!(help(&Problem::new(Code::Usage, "x")), None);
    }

    fn related(diagnosis: &Diagnosis) -> Vec<(String, Option<miette::Severity>)> {
        let related = diagnosis.related().into_iter().flatten();
        related.map(|one| (one.to_string(), one.severity())).collect()
    }

    fn warned(problems: Vec<Problem>) -> Diagnosis {
        let warning = Problem::new(Code::UnknownKey, "unknown key");
        ConfigError::new(problems).with_warnings(vec![warning]).into()
    }

    #[test]
    fn one_problem_is_the_diagnostic_and_warnings_are_related() {
        let diagnosis = warned(vec![problem()]);
        assert_eq!(diagnosis.to_string(), "`port`: expected an integer");
        assert_eq!(diagnosis.code().map(|code| code.to_string()).as_deref(), Some("SC0102"));
        assert_eq!(diagnosis.help().map(|h| h.to_string()).as_deref(), Some("first\nsecond"));
        assert!(diagnosis.source_code().is_some() && diagnosis.labels().is_some());
        let warning = ("unknown key".to_owned(), Some(miette::Severity::Warning));
        assert_eq!(related(&diagnosis), [warning]);
        assert!(Diagnosis::from(ConfigError::from(problem())).related().is_none());
    }

    #[test]
    fn several_problems_are_counted_and_each_is_related_once() {
        let other = Problem::new(Code::Missing, "required").at("url".into());
        let diagnosis = warned(vec![problem(), other]);
        assert_eq!(diagnosis.to_string(), "the configuration has 2 errors and 1 warning");
        let error = |text: &str| (text.to_owned(), Some(miette::Severity::Error));
        let warning = ("unknown key".to_owned(), Some(miette::Severity::Warning));
        assert_eq!(
            related(&diagnosis),
            [error("`port`: expected an integer"), error("`url`: required"), warning]
        );
        assert!(diagnosis.code().is_none() && diagnosis.help().is_none());
    }

    #[test]
    fn what_was_being_done_is_said_above_the_problems() {
        let error = ConfigError::from(problem()).with_context("in file a\u{1b}b");
        let diagnosis = Diagnosis::from(error);
        assert_eq!(diagnosis.to_string(), "the configuration has 1 error (in file a\\u{1b}b)");
        assert_eq!(related(&diagnosis).len(), 1);
    }

    #[test]
    fn no_line_of_miettes_report_says_what_another_says() {
        let other = Problem::new(Code::Missing, "required").at("url".into());
        let report = miette::Report::from(ConfigError::new(vec![problem(), other]));
        let mut said = String::new();
        miette::NarratableReportHandler::new()
            .render_report(&mut said, report.as_ref())
            .expect("writing to memory");
        for once in ["the configuration has 2 errors", "expected an integer", "`url`: required"] {
            assert_eq!(said.matches(once).count(), 1, "{once} in {said}");
        }
    }

    #[test]
    fn the_narration_of_miette_names_the_place() {
        let mut said = String::new();
        miette::NarratableReportHandler::new()
            .render_report(&mut said, &Diagnosis::from(ConfigError::from(problem())))
            .expect("writing to memory");
        assert!(said.contains("Begin snippet for app.toml starting at line 2, column 1"), "{said}");
        assert!(said.contains("snippet line 2: port = \"eighty\""), "{said}");
        assert!(said.contains("diagnostic code: SC0102"), "{said}");
    }
}
