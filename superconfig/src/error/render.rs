//! The report, in the manner of a compiler.

use std::fmt::{self, Write};
use std::ops::Range;

use super::{ConfigError, Problem, Snippet};
use crate::origin::Clean;

/// Lines are shown up to this many characters.
const WIDTH: usize = 120;

/// One line for each problem.
pub(super) fn short(error: &ConfigError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, problem) in error.problems().iter().enumerate() {
        if index > 0 {
            f.write_str("\n")?;
        }
        if let Some(origin) = &problem.origin {
            write!(f, "{origin}: ")?;
        }
        f.write_str(&headline(problem))?;
    }
    for context in error.context() {
        write!(f, " ({context})")?;
    }
    Ok(())
}

fn headline(problem: &Problem) -> String {
    match &problem.path {
        Some(path) if !path.is_empty() => format!("`{path}`: {}", Clean(&problem.message)),
        _ => Clean(&problem.message).to_string(),
    }
}

/// Everything there is to say.
pub(super) fn report(error: &ConfigError) -> String {
    let mut out = String::new();
    for problem in error.problems() {
        let _ = one("error", problem, &mut out);
        out.push('\n');
    }
    for warning in error.warnings() {
        let _ = one("warning", warning, &mut out);
        out.push('\n');
    }
    for context in error.context() {
        let _ = writeln!(out, "{context}");
    }
    out.push_str(&count(error.problems().len(), "error"));
    if !error.warnings().is_empty() {
        out.push_str(", ");
        out.push_str(&count(error.warnings().len(), "warning"));
    }
    out
}

/// Warnings without an error.
pub(super) fn warnings(warnings: &[Problem]) -> String {
    let mut out = String::new();
    for warning in warnings {
        let _ = one("warning", warning, &mut out);
        out.push('\n');
    }
    out
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn one(grade: &str, problem: &Problem, out: &mut String) -> fmt::Result {
    writeln!(out, "{grade}[{}]: {}", problem.code, headline(problem))?;
    let number = problem.origin.as_ref().and_then(|o| o.location()).map(|l| l.line.to_string());
    let margin = " ".repeat(number.as_ref().map_or(1, String::len));
    if let Some(origin) = &problem.origin {
        writeln!(out, "{margin}--> {origin}")?;
    }
    if let (Some(number), Some(snippet)) = (&number, &problem.snippet) {
        writeln!(out, "{margin} |")?;
        writeln!(out, "{number} | {}", snippet.line)?;
        let (from, len) = (snippet.from, snippet.len.max(1));
        writeln!(out, "{margin} | {}{}", " ".repeat(from), "^".repeat(len))?;
    }
    for help in &problem.help {
        writeln!(out, "{margin} = {}", Clean(help))?;
    }
    if let Some(source) = &problem.source {
        writeln!(out, "{margin} = because: {}", Clean(&source.to_string()))?;
    }
    Ok(())
}

/// The line that `range` begins in, cut to a width that a terminal shows, with tabs as spaces and
/// control characters replaced, and where to point in it.
pub(super) fn snippet(text: &str, range: Range<usize>) -> Option<Snippet> {
    let head = text.get(..range.start)?;
    let start = head.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = &text[start..];
    let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let offset = range.start - start;
    let length = text
        .get(range.clone())
        .map_or(0, |marked| marked.split(['\n', '\r']).next().unwrap_or_default().chars().count());
    let before = line.get(..offset.min(line.len()))?.chars().count();
    // A long line is shown from a little before what matters.
    let skip = if line.chars().count() > WIDTH { before.saturating_sub(WIDTH / 3) } else { 0 };
    let mut shown = String::new();
    let (mut from, mut len, mut column) = (0, 0, 0);
    for (index, c) in line.chars().enumerate().skip(skip) {
        if c == '\u{feff}' {
            continue;
        }
        if index == before {
            from = column;
        }
        if column >= WIDTH {
            break;
        }
        let drawn = draw(c);
        column += width(&drawn);
        shown.push_str(&drawn);
        if (before..before + length).contains(&index) {
            len = column.saturating_sub(from);
        }
    }
    if before >= skip + shown.chars().count() {
        from = column;
    }
    Some(Snippet { line: shown, from, len })
}

fn draw(c: char) -> String {
    match c {
        '\t' => "    ".to_owned(),
        c if c.is_control() => '\u{fffd}'.to_string(),
        c => c.to_string(),
    }
}

fn width(drawn: &str) -> usize {
    drawn.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_value() {
        let text = "a = 1\r\n\tport = \"eighty\"\r\n";
        let at = text.find("\"eighty\"").expect("it is there");
        let snippet = snippet(text, at..at + 8).expect("inside the text");
        assert_eq!(snippet.line, "    port = \"eighty\"");
        assert_eq!((snippet.from, snippet.len), (11, 8));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("a = \"{}\" oops", "x".repeat(10_000));
        let at = text.find("oops").expect("it is there");
        let snippet = snippet(&text, at..at + 4).expect("inside the text");
        assert!(snippet.line.chars().count() <= WIDTH, "{}", snippet.line.len());
        assert!(snippet.line[snippet.from..].starts_with("oops"), "{snippet:?}");
    }

    #[test]
    fn the_end_of_the_text_can_be_pointed_at() {
        let snippet = snippet("a =", 3..3).expect("inside the text");
        assert_eq!((snippet.line.as_str(), snippet.from, snippet.len), ("a =", 3, 0));
    }
}
