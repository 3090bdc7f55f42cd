//! The events of documents as people write them, straight from the text.
//!
//! `toml_parser` has to make sense of whatever comes: it cuts the text into tokens, goes through
//! them twice and recovers from errors. This scanner only knows what is right and simple, in one
//! go. At anything else (an error, a text of several lines, a date with a space in it) it gives
//! up, and the parser has the document. Without it, the fast path takes half as long again.

use toml_parser::decoder::Encoding;

use super::super::Limits;
use super::super::bytes::{self, Cursor};
use super::event::{Event, Events, Form, Kind};

/// The events of a document, or `None` if it is not simple. Spans are those of the content, without
/// the quotes of a plain string; [`Cursor::place`](super::event::Cursor::place) has them.
pub(super) fn scan(text: &str, limits: &Limits) -> Option<Events> {
    u32::try_from(text.len()).ok()?;
    let mut scanner = Scanner {
        text: Cursor::new(text),
        // A key and a value for each line of twenty characters, rather less than more.
        events: Vec::with_capacity(text.len() / 10),
        values: 0,
        depth: 0,
        limits,
    };
    scanner.document()?;
    let fits = scanner.values <= limits.nodes;
    fits.then_some(Events { list: scanner.events, values: scanner.values })
}

struct Scanner<'t> {
    text: Cursor<'t>,
    events: Vec<Event>,
    values: usize,
    depth: usize,
    limits: &'t Limits,
}

impl Scanner<'_> {
    fn document(&mut self) -> Option<()> {
        loop {
            self.blank()?;
            match self.text.peek() {
                None => return Some(()),
                Some(b'[') => self.header()?,
                Some(_) => self.pair()?,
            }
            // What follows has to begin in a line of its own.
            self.space();
            match self.text.peek() {
                None | Some(b'\n' | b'\r' | b'#') => {}
                Some(_) => return None,
            }
        }
    }

    fn header(&mut self) -> Option<()> {
        let begin = self.text.at;
        self.text.at += 1;
        let is_list = self.text.eat(b'[');
        self.push(if is_list { Kind::Tables } else { Kind::Table }, begin, self.text.at);
        self.key()?;
        let end = self.text.at;
        if !self.text.eat(b']') || (is_list && !self.text.eat(b']')) {
            return None;
        }
        self.push(Kind::HeaderEnd, end, self.text.at);
        Some(())
    }

    fn pair(&mut self) -> Option<()> {
        self.key()?;
        if !self.text.eat(b'=') {
            return None;
        }
        self.space();
        self.value()
    }

    /// A key and the white space around it.
    fn key(&mut self) -> Option<()> {
        let before = self.events.len();
        loop {
            self.space();
            match self.text.peek()? {
                quote @ (b'"' | b'\'') => self.string(quote, Kind::Key)?,
                _ => self.bare_key()?,
            }
            self.space();
            if !self.text.eat(b'.') {
                return Some(());
            }
            if self.events.len() - before > self.limits.depth {
                return None;
            }
        }
    }

    fn bare_key(&mut self) -> Option<()> {
        let begin = self.text.at;
        self.text.run(&CLASSES, BARE);
        if self.text.at == begin {
            return None;
        }
        self.push(Kind::Key(Form::Plain), begin, self.text.at);
        Some(())
    }

    fn value(&mut self) -> Option<()> {
        self.values += 1;
        let begin = self.text.at;
        match self.text.peek()? {
            quote @ (b'"' | b'\'') => self.string(quote, Kind::Scalar),
            b'[' => self.inside(Kind::Array, b']', Kind::ArrayEnd, Self::value),
            b'{' => self.inside(Kind::Inline, b'}', Kind::InlineEnd, Self::pair),
            _ => {
                self.text.run(&CLASSES, VALUE);
                if self.text.at == begin {
                    return None;
                }
                self.push(Kind::Scalar(Form::Raw(None)), begin, self.text.at);
                Some(())
            }
        }
    }

    /// What stands between brackets or braces, with commas in between and perhaps at the end.
    fn inside(
        &mut self,
        open: Kind,
        end: u8,
        close: Kind,
        item: impl Fn(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return None;
        }
        self.push(open, self.text.at, self.text.at + 1);
        self.text.at += 1;
        loop {
            self.blank()?;
            if self.text.peek()? == end {
                break;
            }
            item(self)?;
            self.blank()?;
            if !self.text.eat(b',') {
                break;
            }
        }
        if !self.text.eat(end) {
            return None;
        }
        self.push(close, self.text.at - 1, self.text.at);
        self.depth -= 1;
        Some(())
    }

    /// A string of one line, as a key or a scalar.
    fn string(&mut self, quote: u8, kind: fn(Form) -> Kind) -> Option<()> {
        let begin = self.text.at + 1;
        let mut at = begin;
        let mut is_plain = true;
        loop {
            at = bytes::run(self.text.bytes, at, &CLASSES, INSIDE);
            match *self.text.bytes.get(at)? {
                byte if byte == quote => break,
                b'\\' if quote == b'"' => {
                    is_plain = false;
                    // Whether the escape exists is found when it is decoded.
                    if *self.text.bytes.get(at + 1)? < b' ' {
                        return None;
                    }
                    at += 2;
                }
                // The other quote, or a backslash between single ones.
                b'"' | b'\'' | b'\\' => at += 1,
                _ => return None,
            }
        }
        self.text.at = at + 1;
        // An empty string, or the beginning of a text of several lines.
        if at == begin && self.text.peek() == Some(quote) {
            return None;
        }
        if is_plain {
            self.push(kind(Form::Plain), begin, at);
        } else {
            self.push(kind(Form::Raw(Some(Encoding::BasicString))), begin - 1, at + 1);
        }
        Some(())
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t') = self.text.peek() {
            self.text.at += 1;
        }
    }

    /// White space, line breaks and comments.
    fn blank(&mut self) -> Option<()> {
        loop {
            match self.text.peek() {
                Some(b' ' | b'\t' | b'\n') => self.text.at += 1,
                Some(b'\r') if self.text.second() == Some(b'\n') => self.text.at += 2,
                Some(b'\r') => return None,
                Some(b'#') => {
                    self.text.run(&CLASSES, TEXT);
                    if !matches!(self.text.peek(), None | Some(b'\n' | b'\r')) {
                        return None;
                    }
                }
                _ => return Some(()),
            }
        }
    }

    #[allow(clippy::cast_possible_truncation)] // `scan` refuses longer texts
    fn push(&mut self, kind: Kind, begin: usize, end: usize) {
        self.events.push(Event::new(kind, begin as u32, end as u32));
    }
}

/// What may stand in a key without quotes.
const BARE: u8 = 1;
/// What may stand in a number, a date or a word.
const VALUE: u8 = 2;
/// What may stand in a comment or a string. Every text is UTF-8.
const TEXT: u8 = 4;
/// What may stand in every string and says nothing about it.
const INSIDE: u8 = 8;

/// The classes of each byte: looking there takes less than comparing, and most bytes are one of a
/// long run.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < 256 {
        #[allow(clippy::cast_possible_truncation)] // up to 255
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') {
            classes[at] |= BARE | VALUE;
        }
        if matches!(byte, b'.' | b'+' | b':') {
            classes[at] |= VALUE;
        }
        if byte == b'\t' || (byte >= b' ' && byte != 0x7f) {
            classes[at] |= TEXT;
            if !matches!(byte, b'"' | b'\'' | b'\\') {
                classes[at] |= INSIDE;
            }
        }
        at += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use super::super::{event, tree};
    use super::*;
    use crate::decode::Scalar;

    /// What a document says, however its events were found.
    fn said(text: &str, events: &Events) -> Vec<String> {
        let say = |event: &Event| match event.kind {
            Kind::Key(form) => {
                format!("key {:?}", super::super::scalar::key(text, event.span(), form).ok())
            }
            Kind::Scalar(form) => {
                let scalar: Option<Scalar<'_>> =
                    super::super::scalar::scalar(text, event.span(), form).ok();
                format!("{scalar:?}")
            }
            other => format!("{other:?}"),
        };
        events.list.iter().map(say).collect()
    }

    #[test]
    fn it_says_what_the_parser_says() {
        let texts = [
            "",
            "a = 1\n",
            "  a . \"b c\" .'d' = 1 # one\r\n\r\n[ t . u ]\n[[v]]\n",
            "a = [ 1, 'x', # one\n \"y\\\"\\u00e9\", [ ], {}, ]\n",
            "a = { b = 1, c.d = { }, # x\n }",
            "\"\" = ''\n'\"' = \"'\"\na = \"tab\there\"",
            "d = 1979-05-27T07:32:00Z\nf = -1.5e+3\nn = nan\ni = 0x_ff",
            "a = 01\nb = tru\n\"\\q\" = \"\\q\"",
            "# \u{e9}\n\u{20}\t\n",
        ];
        for text in texts {
            let scanned = scan(text, &Limits::default()).unwrap_or_else(|| panic!("{text}"));
            let parsed = event::read(text, &Limits::default()).expect(text);
            assert_eq!(said(text, &scanned), said(text, &parsed), "{text}");
            assert_eq!(scanned.values, parsed.values, "{text}");
            let tree = |events| format!("{:?}", tree::build(text, events, &Limits::default()).ok());
            assert_eq!(tree(&scanned), tree(&parsed), "places too: {text}");
        }
    }

    #[test]
    fn it_gives_up_where_it_is_not_simple() {
        let texts = [
            "a",
            "a =",
            "a = 1 2",
            "a = 1 b = 2",
            "[a",
            "[a]]",
            "[[a]",
            "[ [a]]",
            "[]",
            "[a] b = 1",
            "= 1",
            "a. = 1",
            ".a = 1",
            "a = [1 2]",
            "a = [,]",
            "a = {,}",
            "a = {b = 1 c = 2}",
            "a = [1",
            "a = {b",
            "a = \"",
            "a = \"\\",
            "a = \"x\ny\"",
            "a = \"\"\"\"\"\"",
            "a = ''''''",
            "a = 1979-05-27 07:32:00",
            "a = 1\rb = 2",
            "# \u{1}",
            "\u{feff}a = 1",
            "a = \u{e9}",
            "\u{e9} = 1",
        ];
        for text in texts {
            assert!(scan(text, &Limits::default()).is_none(), "{text:?}");
        }
    }
}
