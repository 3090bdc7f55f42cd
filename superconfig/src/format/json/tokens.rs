//! The tokens of JSON, straight from the text.
//!
//! The verdict on a document is `serde_json`'s; what is accepted here, it accepts, and whatever
//! else there is (an error, half of a surrogate pair, a number beyond a float) is left to it. The
//! tests and a fuzz target compare the two.

use std::borrow::Cow;

use super::DEPTH;
use crate::decode::Scalar;
use crate::format::tokens::{Token, Tokens};
use crate::format::{Bail, bytes};

/// A text that is read from one end to the other.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// How many lists and tables are open.
    depth: usize,
    /// Whether no comma is due: the list or table in work has just begun, or its comma was read.
    fresh: bool,
}

impl<'t> Scanner<'t> {
    /// At the beginning of a text.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, fresh: false }
    }

    /// The next byte that is no white space.
    #[inline]
    fn next(&mut self) -> Result<u8, Bail> {
        match self.text.as_bytes().get(self.at) {
            Some(&byte) if byte > b' ' => Ok(byte),
            _ => self.next_behind_space(),
        }
    }

    fn next_behind_space(&mut self) -> Result<u8, Bail> {
        let bytes = self.text.as_bytes();
        loop {
            match *bytes.get(self.at).ok_or(Bail)? {
                // What follows is mostly the indentation.
                b'\n' => self.at = bytes::spaces(bytes, self.at + 1),
                b' ' | b'\t' | b'\r' => self.at += 1,
                byte => return Ok(byte),
            }
        }
    }

    /// Goes to the next item or key of what is open, behind its comma; false at the end.
    #[inline]
    fn advance(&mut self, end: u8) -> Result<bool, Bail> {
        let byte = self.next()?;
        let fresh = std::mem::take(&mut self.fresh);
        if byte == end {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if !fresh {
            if byte != b',' {
                return Err(Bail);
            }
            self.at += 1;
        }
        Ok(true)
    }

    fn open(&mut self) -> Result<(), Bail> {
        self.at += 1;
        self.depth += 1;
        self.fresh = true;
        if self.depth > DEPTH { Err(Bail) } else { Ok(()) }
    }

    /// Goes behind the colon of a key, and the space that mostly follows.
    #[inline]
    fn colon(&mut self) -> Result<(), Bail> {
        let b':' = self.next()? else { return Err(Bail) };
        self.at += 1;
        if self.text.as_bytes().get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Bail> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(Bail);
        }
        self.at += word.len();
        Ok(())
    }

    /// The string whose quote comes next.
    #[inline]
    fn string(&mut self) -> Result<Cow<'t, str>, Bail> {
        match self.plain() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped().map(Cow::Owned),
        }
    }

    /// The same if there are no escapes in it; else nothing is read.
    fn plain(&mut self) -> Option<&'t str> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let end = bytes::quoted(bytes, start);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// The same for any string.
    #[cold]
    fn escaped(&mut self) -> Result<String, Bail> {
        let mut string = String::new();
        self.at += 1;
        self.run(&mut string)?;
        while self.text.as_bytes()[self.at] == b'\\' {
            let escape = *self.text.as_bytes().get(self.at + 1).ok_or(Bail)?;
            self.at += 2;
            string.push(match escape {
                b'"' | b'\\' | b'/' => char::from(escape),
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.unicode()?,
                _ => return Err(Bail),
            });
            self.run(&mut string)?;
        }
        self.at += 1;
        Ok(string)
    }

    /// Goes to the next quote or backslash of a string, which holds no control characters.
    fn run(&mut self, string: &mut String) -> Result<(), Bail> {
        let end = bytes::quoted(self.text.as_bytes(), self.at);
        let Some(b'"' | b'\\') = self.text.as_bytes().get(end) else { return Err(Bail) };
        string.push_str(&self.text[self.at..end]);
        self.at = end;
        Ok(())
    }

    /// The character whose `\u` has just been read, which may take another one.
    fn unicode(&mut self) -> Result<char, Bail> {
        let mut unit = self.hex()?;
        if let 0xd800..0xdc00 = unit {
            if !self.text.as_bytes()[self.at..].starts_with(b"\\u") {
                return Err(Bail);
            }
            self.at += 2;
            let low @ 0xdc00..0xe000 = self.hex()? else { return Err(Bail) };
            unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(unit).ok_or(Bail)
    }

    fn hex(&mut self) -> Result<u32, Bail> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or(Bail)?;
        self.at += 4;
        digits.iter().try_fold(0, |unit, byte| {
            char::from(*byte).to_digit(16).map(|digit| unit * 16 + digit).ok_or(Bail)
        })
    }

    fn number(&mut self) -> Result<Token<'t>, Bail> {
        let start = self.at;
        let minus = self.text.as_bytes()[start] == b'-';
        let first = start + usize::from(minus);
        let (end, value) = self.digits(first)?;
        if end - first > 1 && self.text.as_bytes()[first] == b'0' {
            return Err(Bail);
        }
        self.at = end;
        if let Some(b'.' | b'e' | b'E') = self.text.as_bytes().get(end) {
            return self.float(start);
        }
        let scalar = if end - first < EXACT {
            let value = i128::from(value);
            Scalar::Integer(if minus { -value } else { value })
        } else {
            Scalar::integer(&self.text[start..end], 10)
        };
        Ok(Token::Scalar(scalar))
    }

    /// The number that begins at `start`, from the end of its whole part on.
    fn float(&mut self, start: usize) -> Result<Token<'t>, Bail> {
        let bytes = self.text.as_bytes();
        if bytes[self.at] == b'.' {
            self.at = self.digits(self.at + 1)?.0;
        }
        if let Some(b'e' | b'E') = bytes.get(self.at) {
            let sign = matches!(bytes.get(self.at + 1), Some(b'+' | b'-'));
            self.at = self.digits(self.at + 1 + usize::from(sign))?.0;
        }
        match self.text[start..self.at].parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Token::Scalar(Scalar::Float(value))),
            _ => Err(Bail),
        }
    }

    /// The end of the digits that begin there, at least one, and their value if they are few.
    fn digits(&self, from: usize) -> Result<(usize, u64), Bail> {
        let mut value = 0_u64;
        let mut at = from;
        while let Some(byte @ b'0'..=b'9') = self.text.as_bytes().get(at) {
            value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            at += 1;
        }
        if at == from { Err(Bail) } else { Ok((at, value)) }
    }
}

/// Integers of fewer digits fit into any integer here.
const EXACT: usize = 19;

impl<'t> Tokens<'t> for Scanner<'t> {
    #[inline]
    fn value(&mut self) -> Result<Token<'t>, Bail> {
        Ok(match self.next()? {
            b'"' => Token::Scalar(Scalar::Str(self.string()?)),
            b'{' => {
                self.open()?;
                Token::Table
            }
            b'[' => {
                self.open()?;
                Token::List
            }
            b'-' | b'0'..=b'9' => return self.number(),
            b't' => {
                self.word("true")?;
                Token::Scalar(Scalar::Bool(true))
            }
            b'f' => {
                self.word("false")?;
                Token::Scalar(Scalar::Bool(false))
            }
            b'n' => {
                self.word("null")?;
                Token::Scalar(Scalar::Null)
            }
            _ => return Err(Bail),
        })
    }

    #[inline]
    fn item(&mut self) -> Result<Token<'t>, Bail> {
        if self.advance(b']')? { self.value() } else { Ok(Token::End) }
    }

    #[inline]
    fn key(&mut self) -> Result<Option<Cow<'t, str>>, Bail> {
        if !self.advance(b'}')? {
            return Ok(None);
        }
        let b'"' = self.next()? else { return Err(Bail) };
        let key = self.string()?;
        self.colon()?;
        Ok(Some(key))
    }

    #[inline]
    fn next_is(&mut self, name: &str) -> Result<bool, Bail> {
        let mut byte = self.next()?;
        if !self.fresh {
            if byte != b',' {
                return Ok(false);
            }
            self.at += 1;
            self.fresh = true;
            byte = self.next()?;
            // No comma stands before the end.
            if byte != b'"' {
                return Err(Bail);
            }
        }
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let end = start + name.len();
        if byte != b'"' || bytes.get(end) != Some(&b'"') || &bytes[start..end] != name.as_bytes() {
            return Ok(false);
        }
        // A name that would have to be written with escapes does not stand there as it is.
        if bytes::quoted(bytes, start) != end {
            return Ok(false);
        }
        self.fresh = false;
        self.at = end + 1;
        self.colon()?;
        Ok(true)
    }

    fn end(&mut self) -> Result<(), Bail> {
        match self.next() {
            Ok(_) => Err(Bail),
            Err(Bail) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::verdict::verdict;
    use super::*;

    fn said(text: &str) -> Option<String> {
        crate::format::tokens::said(&mut Scanner::new(text))
    }

    #[test]
    fn values_are_what_is_written() {
        let cases = [
            (
                r#" {"a" : [ 1 , -2.5e+1 ], "b":{}} "#,
                r#"{ "a": [ Integer(1) Float(-25.0) ] "b": { } } "#,
            ),
            ("[true,false,null,[]]", "[ Bool(true) Bool(false) Null [ ] ] "),
            (
                r#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\uDE00z""#,
                "Str(\"a\\\"\\\\/\\u{8}\\u{c}\\n\\r\\té😀z\") ",
            ),
            ("-0", "Integer(0) "),
            ("-0.0", "Float(-0.0) "),
            ("999999999999999999", "Integer(999999999999999999) "),
            ("18446744073709551616", "Integer(18446744073709551616) "),
        ];
        for (text, expected) in cases {
            assert_eq!(said(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn it_accepts_what_serde_json_accepts() {
        let deep = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let texts = [
            "",
            " ",
            "{",
            "}",
            "[",
            "]",
            "{}",
            "[]",
            "{}{}",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1,,2]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{,}",
            "{\"a\":1 \"b\":2}",
            "{a:1}",
            "{1:1}",
            "[}",
            "{]",
            "tru",
            "truex",
            "true false",
            "nul",
            "True",
            "01",
            "-01",
            "-",
            "+1",
            "1.",
            ".5",
            "1e",
            "1e+",
            "1e999",
            "-1e999",
            "1.5e-400",
            "0x1",
            "1_0",
            "NaN",
            "\"",
            "\"a",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\ud800\"",
            "\"\\ud800\\n\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"\\u0000\"",
            "\"\u{1}\"",
            "\"\t\"",
            "\"\u{7f}\u{e9}\"",
            "\u{feff}1",
            "\u{a0}1",
            "1//",
            "'a'",
            "[1]\n\t\r ",
            "0",
            "0.0",
            "1E5",
            "\u{c}1",
        ];
        let texts = texts.map(str::to_owned).into_iter().chain([deep(127), deep(128)]);
        for text in texts {
            assert_eq!(said(&text).is_some(), verdict(&text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn whatever_is_written_the_verdict_is_serde_jsons() {
        let parts = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ", ",
            ":",
            ": ",
            "\"a\"",
            "\"b\": ",
            "\"",
            "\\",
            "\\u",
            "d83d",
            "\\ude00",
            "0",
            "1",
            "23",
            "-",
            "+",
            ".",
            "e",
            "E5",
            "4.5",
            "true",
            "false",
            "null",
            "nul",
            " ",
            "\n  ",
            "\r",
            "\t",
            "\u{c}",
            "\u{e9}",
            "\u{1}",
            "[6, 7]",
            "{\"c\": []}",
            "/",
            "'",
        ];
        let begin = ["", "[", "{\"a\": ", "[1, ", "\"", "-", "{\"a\": {\"b\": "];
        let end = ["", "]", "}", "]", "\"", "", "}}"];
        let mut accepted = 0;
        for (index, text) in crate::format::tokens::texts(&parts, 40_000).enumerate() {
            let index = index % begin.len();
            let text = format!("{}{text}{}", begin[index], end[index]);
            let yes = said(&text).is_some();
            assert_eq!(yes, verdict(&text).is_ok(), "{text:?}");
            accepted += u32::from(yes);
        }
        assert!(accepted > 1_000, "{accepted}");
    }
}
