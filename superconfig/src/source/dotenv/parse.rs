//! The grammar of `.env` files, line by line.

use crate::format::without_bom;

/// A place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// One variable.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) name: &'t str,
    pub(super) value: String,
    /// Where the value stands.
    pub(super) place: Place,
}

/// What is wrong with a line, without a word of the line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) message: &'static str,
    pub(super) help: &'static str,
    pub(super) place: Place,
}

/// The variables of a text, and what is wrong with lines that hold none.
pub(super) fn lines(text: &str) -> Lines<'_> {
    let start = text.len() - without_bom(text).len();
    Lines { text, at: start, line: 1, line_start: start }
}

/// See [`lines`].
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    line_start: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = Result<Entry<'t>, Wrong>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip_blanks();
            match self.peek()? {
                '\n' => self.newline(),
                '\r' if self.rest()[1..].starts_with('\n') => self.at += 1,
                '#' => self.skip_line(),
                _ => {
                    let result = self.entry();
                    if result.is_err() {
                        self.skip_line();
                    }
                    return Some(result);
                }
            }
        }
    }
}

impl<'t> Lines<'t> {
    fn entry(&mut self) -> Result<Entry<'t>, Wrong> {
        let exported = self.rest().strip_prefix("export");
        if let Some(rest) = exported.filter(|rest| rest.starts_with([' ', '\t'])) {
            let name = rest.trim_start_matches([' ', '\t']);
            // `export = x` sets a variable of that name.
            if !name.starts_with('=') {
                self.at = self.text.len() - name.len();
            }
        }
        let from = self.at;
        let line = self.line_end();
        let Some(equals) = self.text[from..line].find('=') else {
            let place = self.place(from, line);
            return Err(Wrong {
                message: "a line without `=`",
                help: "write `NAME=value`, and `#` before a comment",
                place,
            });
        };
        let name = self.text[from..from + equals].trim_end_matches([' ', '\t']);
        let place = self.place(from, from + equals);
        if name.is_empty() {
            return Err(Wrong {
                message: "no name stands before the `=`",
                help: "write `NAME=value`",
                place,
            });
        }
        if !is_name(name) {
            return Err(Wrong {
                message: "not the name of a variable",
                help: "a name is made of letters, digits and `_`, and does not begin with a digit",
                place,
            });
        }
        self.at = from + equals + 1;
        self.skip_blanks();
        match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                let (value, place) = self.quoted(quote)?;
                Ok(Entry { name, value, place })
            }
            _ => self.bare().map(|(value, place)| Entry { name, value, place }),
        }
    }

    /// A value without quotes: up to the end of the line or a comment.
    fn bare(&mut self) -> Result<(String, Place), Wrong> {
        let (from, end) = (self.at, self.line_end());
        let line = &self.text[from..end];
        // White space before the value was skipped, but it is there for a comment to follow.
        let spaced = self.text[..from].ends_with([' ', '\t']);
        let comment = line
            .char_indices()
            .filter(|(_, c)| *c == '#')
            .find(|(at, _)| if *at == 0 { spaced } else { line[..*at].ends_with([' ', '\t']) })
            .map_or(line.len(), |(at, _)| at);
        let value = line[..comment].trim_end_matches([' ', '\t']);
        let odd = value.find(['\r', '\0']).map(|at| from + at);
        if let Some(at) = odd {
            let place = self.place(at, at + 1);
            return Err(Wrong {
                message: "a control character that no value holds",
                help: "end lines with LF or CRLF; `\\r` can be written in double quotes",
                place,
            });
        }
        let place = self.place(from, from + value.len());
        self.at = end;
        Ok((value.to_owned(), place))
    }

    /// A value in quotes, which may go over several lines.
    fn quoted(&mut self, quote: char) -> Result<(String, Place), Wrong> {
        let mut place = self.place(self.at, self.at + 1);
        let mut value = String::new();
        let mut chars = self.text[self.at + 1..].char_indices().peekable();
        let base = self.at + 1;
        let mut lines = (self.line, self.line_start);
        let closed = loop {
            let Some((at, c)) = chars.next() else { break None };
            match c {
                _ if c == quote => break Some(base + at + 1),
                '\\' if quote == '"' => {
                    let escaped = chars.peek().and_then(|(_, c)| unescape(*c));
                    // What is no escape is kept with its backslash, as shells do.
                    value.push(escaped.unwrap_or('\\'));
                    if escaped.is_some() {
                        chars.next();
                    }
                }
                '\r' if matches!(chars.peek(), Some((_, '\n'))) => {}
                '\0' => {
                    (self.line, self.line_start) = lines;
                    self.at = base + at;
                    let place = self.place(self.at, self.at + 1);
                    return Err(Wrong {
                        message: "a NUL byte, which no variable holds",
                        help: "is this a text file?",
                        place,
                    });
                }
                c => {
                    if c == '\n' {
                        lines = (lines.0 + 1, base + at + 1);
                    }
                    value.push(c);
                }
            }
        };
        let Some(closed) = closed else {
            self.at = self.text.len();
            let (message, help) = if quote == '"' {
                (
                    "a double quote that is never closed",
                    "close it, or write `\\\"` for a quote inside of the value",
                )
            } else {
                (
                    "a single quote that is never closed",
                    "close it, or put the value in double quotes",
                )
            };
            return Err(Wrong { message, help, place });
        };
        place.end = closed;
        self.at = closed;
        (self.line, self.line_start) = lines;
        self.skip_blanks();
        if !matches!(self.peek(), None | Some('\n' | '#')) && !self.rest().starts_with("\r\n") {
            let place = self.place(self.at, self.line_end());
            return Err(Wrong {
                message: "something stands behind the closing quote",
                help: "put the whole value in quotes, and `#` before a comment",
                place,
            });
        }
        self.skip_line();
        Ok((value, place))
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t']).len();
    }

    /// The end of the line, before its CRLF or LF.
    fn line_end(&self) -> usize {
        let newline = self.rest().find('\n').map_or(self.text.len(), |length| self.at + length);
        let cr = newline < self.text.len() && self.text[self.at..newline].ends_with('\r');
        newline - usize::from(cr)
    }

    /// Goes to the newline, or to the end.
    fn skip_line(&mut self) {
        self.at = self.rest().find('\n').map_or(self.text.len(), |length| self.at + length);
    }

    fn newline(&mut self) {
        self.at += 1;
        self.line += 1;
        self.line_start = self.at;
    }

    /// A place on the line that is being read.
    fn place(&self, start: usize, end: usize) -> Place {
        let column = self.text[self.line_start..start].chars().count() + 1;
        Place { line: self.line, column, start, end }
    }
}

fn unescape(c: char) -> Option<char> {
    Some(match c {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '\\' | '"' | '$' => c,
        _ => return None,
    })
}

/// Dots and dashes are in no setting's name, but other programs' variables may hold them.
fn is_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    first && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        lines(text)
            .map(|line| line.expect("a variable"))
            .map(|entry| (entry.name.to_owned(), entry.value))
            .collect()
    }

    #[test]
    fn values_are_what_is_written() {
        let cases = [
            ("A=1", "1"),
            ("\u{feff}A=1\r\n", "1"),
            ("export A=1", "1"),
            ("export\tA=1", "1"),
            ("  A = a b  ", "a b"),
            ("A=", ""),
            ("A= # note", ""),
            ("A=#1f", "#1f"),
            ("A=a#b # c", "a#b"),
            ("A=a # b # c", "a"),
            ("A=pa$$word", "pa$$word"),
            ("A=${B}", "${B}"),
            ("A=C:\\new", "C:\\new"),
            ("A='a # $b\\n'", "a # $b\\n"),
            ("A='' # note", ""),
            ("A=\"a\\nb\\t\\\"\\\\\\$c\\x\"", "a\nb\t\"\\$c\\x"),
            ("A=\"a\"# note", "a"),
            ("A=\"x\r\ny\"\r\n", "x\ny"),
            ("A=it's", "it's"),
            ("A=a=b", "a=b"),
            ("A=é", "é"),
        ];
        for (text, value) in cases {
            assert_eq!(read(text), [("A".to_owned(), value.to_owned())], "{text:?}");
        }
    }

    #[test]
    fn a_key_in_pem_goes_over_several_lines() {
        let text = "# key\nKEY=\"-----BEGIN-----\nab+/=\n-----END-----\n\" # done\n\nB=2\n";
        let names = read(text);
        assert_eq!(names[0].1, "-----BEGIN-----\nab+/=\n-----END-----\n");
        assert_eq!(names[1], ("B".to_owned(), "2".to_owned()));
        let place = lines(text).last().expect("two").expect("a variable").place;
        assert_eq!((place.line, place.column, &text[place.start..place.end]), (7, 3, "2"));
    }

    #[test]
    fn a_variable_may_be_called_export() {
        assert_eq!(read("export=1"), [("export".to_owned(), "1".to_owned())]);
        assert_eq!(read("export = 1"), [("export".to_owned(), "1".to_owned())]);
        assert_eq!(read("exported=1"), [("exported".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn reading_goes_on_behind_a_wrong_line() {
        let text = "é x\nA=1\n'B'=2\nC=3\rD=4\nE=5\0\nF=6";
        let wrong: Vec<_> =
            lines(text).filter_map(Result::err).map(|w| (w.place.line, w.place.column)).collect();
        assert_eq!(wrong, [(1, 1), (3, 1), (4, 4), (5, 4)]);
        assert_eq!(lines(text).filter_map(Result::ok).count(), 2);
        assert!(lines("A=\"x\0\"\nB=1").next().is_some_and(|line| line.is_err()));
    }

    #[test]
    fn nothing_makes_it_panic() {
        let parts =
            ["A", "=", "\"", "'", "\\", "\n", "\r", "#", " ", "export ", "é", "\u{feff}", "\0"];
        let mut seed = 1_u32;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..8 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(parts[(seed >> 16) as usize % parts.len()]);
            }
            for line in lines(&text) {
                let place = match line {
                    Ok(entry) => entry.place,
                    Err(wrong) => wrong.place,
                };
                assert!(place.start <= place.end && place.end <= text.len(), "{text:?} {place:?}");
            }
        }
    }
}
