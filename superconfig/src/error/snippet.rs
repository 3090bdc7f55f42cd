//! The line that a problem stands in, cut to what a terminal shows.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// Lines are shown up to this many columns, the marks of a cut not counted.
pub(super) const WIDTH: usize = 120;
/// So many columns before the place are shown of a line that is cut.
const BEFORE: usize = WIDTH / 3;
/// Stands where a line is cut.
const CUT: char = '…';

/// A line of a source, to be shown under a problem. It is small, however long the line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snippet {
    /// The line, or the part of it around the place.
    pub(super) line: String,
    /// What to point at, in bytes of `line`.
    pub(super) place: Range<usize>,
}

impl Snippet {
    /// The line of `text` that `range` begins in. Of a range over several lines the first is
    /// pointed at, as far as it goes.
    pub(super) fn of(text: &str, range: Range<usize>) -> Option<Self> {
        let before = text.get(..range.start)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let rest = &text[line_start..];
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let start = (range.start - line_start).min(line.len());
        let end = floor(line, (range.end.max(range.start) - line_start).min(line.len()));
        Some(Self::cut(line, start..end))
    }

    /// A part of the line around the place, or all of it where it is short enough.
    fn cut(line: &str, place: Range<usize>) -> Self {
        let from = if fits(line) { 0 } else { back(line, place.start) };
        let to = from + forth(&line[from..]);
        let mut cut = Self { line: String::new(), place: 0..0 };
        if from > 0 {
            cut.line.push(CUT);
        }
        for (at, c) in line[from..to].char_indices().map(|(at, c)| (from + at, c)) {
            if at == place.start {
                cut.place.start = cut.line.len();
            }
            // Without a width of its own a mark that nobody sees would move the caret.
            if c != '\u{feff}' {
                cut.line.push(if c.is_control() && c != '\t' {
                    char::REPLACEMENT_CHARACTER
                } else {
                    c
                });
            }
            if at < place.end {
                cut.place.end = cut.line.len();
            }
        }
        if place.start >= to {
            cut.place.start = cut.line.len();
        }
        cut.place.end = cut.place.end.max(cut.place.start);
        if to < line.len() {
            cut.line.push(CUT);
        }
        cut
    }
}

/// How many columns a character takes on a terminal.
pub(crate) fn columns(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{feff}' => 0,
        c if c.is_control() => 1,
        c => c.width().unwrap_or(1),
    }
}

/// Whether all of a line can be shown. Only as much of it is looked at as that takes, for what has
/// no width is bounded as well.
fn fits(line: &str) -> bool {
    forth(line) == line.len()
}

/// The end of what can be shown of a line.
fn forth(line: &str) -> usize {
    let (mut column, mut count) = (0, 0);
    for (at, c) in line.char_indices() {
        (column, count) = (column + columns(c), count + 1);
        if column > WIDTH || count > 4 * WIDTH {
            return at;
        }
    }
    line.len()
}

/// Where a line that is cut begins, a little before the place.
fn back(line: &str, place: usize) -> usize {
    let (mut column, mut from) = (0, place);
    for (count, (at, c)) in line[..place].char_indices().rev().enumerate() {
        column += columns(c);
        if column > BEFORE || count > BEFORE {
            break;
        }
        from = at;
    }
    from
}

/// The character boundary at or before a byte.
fn floor(line: &str, mut at: usize) -> usize {
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The snippet of the first `what` in a text.
    fn around(text: &str, what: &str) -> Snippet {
        let at = text.find(what).expect("it is there");
        Snippet::of(text, at..at + what.len()).expect("inside of the text")
    }

    #[test]
    fn the_line_is_that_of_the_place() {
        let snippet = around("a = 1\r\n\tport = \"eighty\"\r\nb = 2", "\"eighty\"");
        assert_eq!(snippet.line, "\tport = \"eighty\"");
        assert_eq!(&snippet.line[snippet.place], "\"eighty\"");
    }

    #[test]
    fn a_mark_at_the_beginning_is_no_part_of_the_line() {
        let snippet = around("\u{feff}port = x", "x");
        assert_eq!((snippet.line.as_str(), snippet.place), ("port = x", 7..8));
    }

    #[test]
    fn control_characters_are_replaced() {
        let snippet = around("a\u{1b}[2J\u{9b} = x", "x");
        assert_eq!(snippet.line, "a\u{fffd}[2J\u{fffd} = x");
        assert_eq!(&snippet.line[snippet.place], "x");
    }

    #[test]
    fn of_several_lines_the_first_is_pointed_at() {
        let snippet = around("a = [\r\n 1,\n]\n", "[\r\n 1,\n]");
        assert_eq!((snippet.line.as_str(), snippet.place), ("a = [", 4..5));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("a = '{}' oops {}", "x".repeat(10_000), "y".repeat(10_000));
        let snippet = around(&text, "oops");
        assert_eq!(&snippet.line[snippet.place], "oops");
        assert_eq!(snippet.line.chars().count(), WIDTH + 2);
        assert!(snippet.line.starts_with('…') && snippet.line.ends_with('…'), "{}", snippet.line);
    }

    #[test]
    fn the_end_of_a_long_line_can_be_pointed_at() {
        let text = "é".repeat(10_000);
        let snippet = Snippet::of(&text, text.len()..text.len()).expect("inside of the text");
        assert_eq!(snippet.place, snippet.line.len()..snippet.line.len());
        assert_eq!(snippet.line.chars().count(), BEFORE + 1);
    }

    #[test]
    fn a_long_place_is_cut_too() {
        let text = format!("a = '{}'", "x".repeat(10_000));
        let snippet = around(&text, &text[4..]);
        assert_eq!(snippet.line.chars().count(), WIDTH + 1);
        assert_eq!(snippet.place, 4..WIDTH);
    }

    #[test]
    fn wide_characters_count_twice_and_combining_ones_not_at_all() {
        let snippet = around(&"日".repeat(100), "日");
        assert_eq!(snippet.line.chars().count(), WIDTH / 2 + 1);
        let accents = format!("a{}", "\u{301}".repeat(100_000));
        assert!(around(&accents, "a").line.len() < 2_000);
    }

    #[test]
    fn what_is_no_place_in_the_text_has_no_snippet() {
        assert_eq!(Snippet::of("é", 1..2), None);
        assert_eq!(Snippet::of("a", 2..3), None);
        let backwards = Snippet::of("abc", Range { start: 2, end: 1 }).expect("the line is there");
        assert_eq!(backwards.place, 2..2);
        let inside = Snippet::of("aé", 0..2).expect("the line is there");
        assert_eq!(inside.place, 0..1);
    }
}
