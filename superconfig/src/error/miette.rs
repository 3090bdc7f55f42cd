//! What `miette` asks of a diagnostic.

use std::fmt::Display;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use super::{ConfigError, Problem, Severity};
use crate::origin::{Clean, Origin};

/// The problems, and then the warnings, are related diagnostics.
impl Diagnostic for ConfigError {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let all = self.problems().iter().chain(self.warnings());
        Some(Box::new(all.map(|problem| problem as &dyn Diagnostic)))
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

    #[test]
    fn problems_and_warnings_are_related() {
        let error = ConfigError::from(problem())
            .with_warnings(vec![Problem::new(Code::UnknownKey, "unknown key")]);
        let related = error.related().expect("there is always a problem");
        let related: Vec<_> = related.map(|one| (one.to_string(), one.severity())).collect();
        assert_eq!(
            related,
            [
                ("`port`: expected an integer".to_owned(), Some(miette::Severity::Error)),
                ("unknown key".to_owned(), Some(miette::Severity::Warning)),
            ]
        );
    }

    #[test]
    fn the_narration_of_miette_names_the_place() {
        let mut said = String::new();
        miette::NarratableReportHandler::new()
            .render_report(&mut said, &ConfigError::from(problem()))
            .expect("writing to memory");
        assert!(said.contains("Begin snippet for app.toml starting at line 2, column 1"), "{said}");
        assert!(said.contains("snippet line 2: port = \"eighty\""), "{said}");
        assert!(said.contains("diagnostic code: SC0102"), "{said}");
    }
}
