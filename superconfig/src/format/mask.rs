//! Lines that cannot be read, masked.
//!
//! Which setting a broken line is about is not known, so neither is whether it is a secret's. What
//! is shown of it is what the program declares itself, where a key may stand: known keys with what
//! is written around them, up to the first thing that is anything else. From there on, everything
//! is `*`, blanks and punctuation too, so that nothing can be read off the shape of a password. In
//! JSON, where keys are in quotes, more of them are found behind values.
//!
//! ```text
//! database.url = "postgres://me:hunter2@db     →  database.url = "**************************
//! {"port": 80 "url": "x"}                      →  {"port": ***"url": "***
//! hunter2                                      →  *******
//! ```
//!
//! The rule does not ask whether the line is inside of a string of several lines that began before
//! it: what it shows is no secret anywhere.

use std::ops::Range;

use super::Format;
use crate::error::columns;

/// What a line is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// That of a format.
    Of(Format),
    /// That of a file of variables.
    Variables,
}

/// The line of `text` that `place` begins in, masked as one line of that grammar, and the place in
/// it. `known` says which words are keys.
pub(crate) fn masked(
    text: &str,
    place: Range<usize>,
    grammar: Grammar,
    known: &dyn Fn(&str) -> bool,
) -> Option<(String, Range<usize>)> {
    let before = text.get(..place.start)?;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let place = place.start - line_start..place.end.max(place.start) - line_start;
    let shown = shown(line, grammar, known);
    let mut out = String::new();
    let mut moved = 0..0;
    let mut shown = shown.iter().peekable();
    for (at, c) in line.char_indices() {
        if at == place.start {
            moved.start = out.len();
        }
        while shown.next_if(|part| part.end <= at).is_some() {}
        if shown.peek().is_some_and(|part| part.contains(&at)) {
            out.push(c);
        } else {
            out.extend(std::iter::repeat_n('*', columns(c)));
        }
        if at < place.end {
            moved.end = out.len();
        }
    }
    if place.start >= line.len() {
        moved.start = out.len();
    }
    moved.end = moved.end.max(moved.start);
    Some((out, moved))
}

/// The parts of a line that may be shown, in order.
fn shown(line: &str, grammar: Grammar, known: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let first = Keys { line, grammar, known }.from(0);
    let mut parts: Vec<_> = std::iter::once(0..first).collect();
    if matches!(grammar, Grammar::Of(Format::Json | Format::Jsonc)) {
        let mut at = first;
        while let Some(quote) = line[at..].find('"').map(|found| at + found) {
            let keys = Keys { line, grammar, known };
            let is_key = keys.quoted(quote).is_some_and(|end| keys.separator(end).is_some());
            at = if is_key { keys.from(quote) } else { quote + 1 };
            if is_key {
                parts.push(quote..at);
            }
        }
    }
    parts
}

/// Known keys, with what is written around them.
struct Keys<'l> {
    line: &'l str,
    grammar: Grammar,
    known: &'l dyn Fn(&str) -> bool,
}

impl Keys<'_> {
    /// The end of what may be shown from a byte on.
    fn from(&self, mut at: usize) -> usize {
        // Behind a separator there are values, until a table opens.
        let mut is_value = false;
        // What closes is shown where nothing but that, and what opens, stands before it.
        let mut is_bare = at == 0;
        while let Some(c) = self.line[at..].chars().next() {
            let next = at + c.len_utf8();
            match c {
                ' ' | '\t' | '\u{feff}' => at = next,
                '{' if self.grammar != Grammar::Variables => (at, is_value) = (next, false),
                '[' if self.grammar != Grammar::Variables => at = next,
                '}' | ']' | ',' if is_bare => at = next,
                '-' | '?' if !is_value && self.is_indicator(next) => at = next,
                // The opening quote says that a string begins, and nothing of it.
                '"' | '\'' if is_value => return next,
                _ if is_value => return at,
                _ => match self.key(at) {
                    Some(end) => {
                        (at, is_value) = self.behind(end);
                        is_bare = false;
                    }
                    None => return at,
                },
            }
        }
        at
    }

    /// The end of the known key that begins here, if it stands where one ends a line or has a
    /// separator, a `.` or a `]` behind it.
    fn key(&self, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        if self.grammar == Grammar::Variables
            && let Some(name) = rest.strip_prefix("export ")
            && !name.trim_start().starts_with('=')
        {
            return Some(self.line.len() - name.len());
        }
        let end = self.quoted(at).or_else(|| {
            let word = word(rest);
            (self.known)(word).then_some(at + word.len())
        })?;
        let behind = self.line[end..].trim_start_matches([' ', '\t']);
        let ends = match self.grammar {
            Grammar::Variables => behind.starts_with('='),
            Grammar::Of(Format::Toml) => behind.is_empty() || behind.starts_with(['=', '.', ']']),
            Grammar::Of(_) => behind.is_empty() || behind.starts_with(':'),
        };
        ends.then_some(end)
    }

    /// The end of the known word in quotes that begins here.
    fn quoted(&self, at: usize) -> Option<usize> {
        let quote = self.line[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inner = &self.line[at + 1..];
        let word = word(inner);
        let closed = inner[word.len()..].starts_with(quote);
        (closed && (self.known)(word)).then_some(at + word.len() + 2)
    }

    /// What may be shown behind a key, and whether a value comes then.
    fn behind(&self, end: usize) -> (usize, bool) {
        if let Some(separator) = self.separator(end) {
            return (separator, true);
        }
        let rest = &self.line[end..];
        let marks = rest.len() - rest.trim_start_matches([' ', '\t', '.', ']']).len();
        (end + marks, false)
    }

    /// The end of the separator behind a key.
    fn separator(&self, end: usize) -> Option<usize> {
        let rest = self.line[end..].trim_start_matches([' ', '\t']);
        let is_one = match self.grammar {
            Grammar::Of(Format::Toml) | Grammar::Variables => rest.starts_with('='),
            Grammar::Of(_) => rest.starts_with(':'),
        };
        is_one.then(|| self.line.len() - rest.len() + 1)
    }

    /// Whether a `-` or `?` that ends here begins an item or a key in YAML.
    fn is_indicator(&self, end: usize) -> bool {
        let rest = &self.line[end..];
        self.grammar == Grammar::Of(Format::Yaml)
            && (rest.is_empty() || rest.starts_with([' ', '\t']))
    }
}

/// The letters, digits, `-` and `_` that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: Grammar = Grammar::Of(Format::Toml);
    const YAML: Grammar = Grammar::Of(Format::Yaml);
    const JSON: Grammar = Grammar::Of(Format::Json);

    fn known(word: &str) -> bool {
        ["port", "database", "url", "APP_KEY"].contains(&word)
    }

    fn line(grammar: Grammar, text: &str) -> String {
        masked(text, 0..0, grammar, &known).expect("the beginning is inside").0
    }

    #[test]
    fn known_keys_are_shown_and_everything_else_is_not() {
        let cases = [
            (TOML, "port = 80 80", "port = *****"),
            (TOML, "port = = 80", "port = ****"),
            (TOML, "port = \"hunter2", "port = \"*******"),
            (TOML, "database.url = 'a' b", "database.url = '****"),
            (TOML, "\"database\".\"url\" = 'a", "\"database\".\"url\" = '*"),
            (TOML, "[database", "[database"),
            (TOML, "[database.hunter2]", "[database.********"),
            (TOML, "[[database]] x", "[[database]] *"),
            (TOML, "database = { url = \"a, port = b", "database = { url = \"***********"),
            (TOML, "hunter2 = 1", "***********"),
            (TOML, "port hunter2", "************"),
            (TOML, "# hunter2", "*********"),
            (TOML, "database = [\"hunter2\", 1", "database = [\"***********"),
            (YAML, "  - port: hunter2: x", "  - port: **********"),
            (YAML, "- hunter2", "- *******"),
            (YAML, "-hunter2", "********"),
            (YAML, "\tport: 1", "\tport: *"),
            (YAML, "port:hunter2", "port:*******"),
            (YAML, "url: {port: hunter2", "url: {port: *******"),
            (YAML, "? hunter2", "? *******"),
            (YAML, "port", "port"),
            (JSON, "{\"port\": 80 \"url\": \"x\"}", "{\"port\": ***\"url\": \"***"),
            (JSON, "{\"port\": \"a, \"url\": b", "{\"port\": \"***\"url\": *"),
            (JSON, "{\"hunter2\": \"port\"}", "{******************"),
            (JSON, "  },", "  },"),
            (JSON, "]}", "]}"),
            (Grammar::Variables, "export APP_KEY=\"hunter2\" x", "export APP_KEY=\"**********"),
            (Grammar::Variables, "APP_KEY={[hunter2", "APP_KEY=*********"),
            (Grammar::Variables, "hunter2", "*******"),
            (Grammar::Variables, "APP_KEY", "*******"),
            (Grammar::Variables, "JBSWY3DPEHPK3PXP=", "*****************"),
        ];
        for (grammar, text, expected) in cases {
            assert_eq!(line(grammar, text), expected, "{text}");
        }
    }

    #[test]
    fn the_place_stays_under_its_column() {
        let text = "a\nport = 日本\u{301}\tx 'y'\r\n";
        let at = text.find('x').expect("it is there");
        let (line, place) = masked(text, at..at + 1, TOML, &known).expect("inside");
        assert_eq!((line.as_str(), place), ("port = *************", 15..16));
        let (line, place) = masked("port", 4..4, TOML, &known).expect("inside");
        assert_eq!((line.as_str(), place), ("port", 4..4));
    }

    #[test]
    fn no_line_makes_it_panic() {
        let parts =
            ["port", "é", "\"", "'", "=", ":", ".", "[", "]", "{", "-", " ", "\t", "export "];
        let mut lines = vec![String::new()];
        for _ in 0..4 {
            let longer = lines.iter().flat_map(|line| parts.map(|part| format!("{line}{part}")));
            lines = longer.collect();
            for line in &lines {
                for grammar in [TOML, YAML, JSON, Grammar::Variables] {
                    for at in (0..=line.len()).filter(|at| line.is_char_boundary(*at)) {
                        let (_, place) =
                            masked(line, at..line.len(), grammar, &known).expect("inside");
                        assert!(place.start <= place.end, "{line:?}");
                    }
                }
            }
        }
    }
}
