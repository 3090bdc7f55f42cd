//! The tokens of documents as people write them, straight from the text.
//!
//! The parser knows all of YAML, which is much: every value may go on in the next line, be a key or
//! carry a tag. This scanner knows tables and lists that are indented by spaces, values and keys of
//! one line, brackets that close in their line, and usual text blocks. Where it meets anything else
//! (an error, an anchor, a tag), it gives up and the parser has the document. It takes a tenth of the
//! time.
//!
//! What a line does depends on what is open around it:
//!
//! | open | the line | |
//! | --- | --- | --- |
//! | deeper than the line | | is closed |
//! | a table as deep | begins with a key | goes on |
//! | a table as deep, its last key without a value | begins with `- ` | the list is the value |
//! | a list as deep | begins with `- ` | goes on |
//! | a list as deep | begins with a key | is closed: the key is one of the table around it |
//! | less deep, the last key or `-` without a value | | a new table or list is the value |
//! | less deep, with a value | | the value goes on: that is for the parser |

mod block;
mod parts;

pub(super) use parts::Scanned;
use parts::{Kind, Part, part, unescaped};

use crate::format::Limits;
use crate::format::bytes::{self, Cursor};

/// The tokens of a document, or `None` if it is not simple.
pub(super) fn scan<'t>(text: &'t str, limits: &Limits) -> Option<Scanned<'t>> {
    u32::try_from(text.len()).ok()?;
    let mut scanner = Scanner {
        text: Cursor::new(text),
        // A key and a value for each line of twenty characters, rather less than more.
        parts: Vec::with_capacity(text.len() / 10),
        open: Vec::new(),
        depth: limits.depth.saturating_sub(1).min(DEPTH),
    };
    scanner.document()?;
    Some(Scanned::new(text, scanner.parts))
}

/// So deep goes a simple document. (The scanner recurses only between brackets.)
const DEPTH: usize = 32;

/// A longer key may be beyond a limit.
const KEY_BYTES: usize = 256;

/// A list or table that is written line by line.
struct Open {
    column: usize,
    list: bool,
    /// Whether its last key, or its last `-`, has no value yet.
    pending: bool,
}

struct Scanner<'t> {
    text: Cursor<'t>,
    parts: Vec<Part>,
    open: Vec<Open>,
    /// How many more lists and tables may be opened.
    depth: usize,
}

impl Scanner<'_> {
    fn document(&mut self) -> Option<()> {
        let mut begun = false;
        while let Some(column) = self.line()? {
            let rest = &self.text.bytes[self.text.at..];
            if column == 0 && (rest.starts_with(b"---") || rest.starts_with(b"...")) {
                self.text.at += 3;
                // That it begins may be said once, before anything else.
                if begun || rest[0] == b'.' || !self.ends()? {
                    return None;
                }
            } else {
                self.content(column)?;
            }
            begun = true;
        }
        // Without a table it is no simple document.
        self.open.first()?;
        while !self.open.is_empty() {
            self.close();
        }
        Some(())
    }

    /// Goes to the next line that says something; its indentation.
    #[allow(clippy::option_option)] // none is the end of the text
    fn line(&mut self) -> Option<Option<usize>> {
        loop {
            let spaces = self.spaces();
            match self.text.peek() {
                None => return Some(None),
                Some(b'\n') => self.text.at += 1,
                Some(b'\r') => {
                    self.text.at += 1;
                    self.text.eat(b'\n').then_some(())?;
                }
                Some(b'#') => self.comment(),
                Some(_) => return Some(Some(spaces)),
            }
        }
    }

    /// A line that says something, from its first character on.
    fn content(&mut self, column: usize) -> Option<()> {
        let dash = self.at_dash();
        while let Some(open) = self.open.last_mut() {
            let as_deep = open.column == column;
            if open.column < column || (as_deep && !open.list && dash && open.pending) {
                // What begins here is the value.
                if !std::mem::take(&mut open.pending) {
                    return None;
                }
                break;
            }
            if as_deep && open.list == dash {
                if std::mem::take(&mut open.pending) {
                    self.nothing();
                }
                return self.entry(column);
            }
            self.close();
        }
        // The document is one table.
        if self.open.is_empty() && (column > 0 || dash || !self.parts.is_empty()) {
            return None;
        }
        self.open(column, dash)?;
        self.entry(column)
    }

    /// A key and what is in its line, or a `-` and what is in its line.
    fn entry(&mut self, mut column: usize) -> Option<()> {
        while self.at_dash() {
            self.text.at += 1;
            column += 1 + self.spaces();
            if self.ends()? {
                return self.wait();
            }
            if self.at_dash() {
                self.open(column, true)?;
                continue;
            }
            if self.block()? {
                return Some(());
            }
            if self.bracket()? {
                return self.ends()?.then_some(());
            }
            let scalar = self.scalar(false)?;
            if self.text.peek() != Some(b':') {
                self.parts.push(scalar);
                return self.ends()?.then_some(());
            }
            self.open(column, false)?;
            return self.pair(scalar);
        }
        let key = self.scalar(false)?;
        self.pair(key)
    }

    /// A key whose colon comes next, and what is in its line.
    fn pair(&mut self, key: Part) -> Option<()> {
        self.key(key)?;
        self.spaces();
        if self.ends()? {
            return self.wait();
        }
        if self.block()? {
            return Some(());
        }
        if !self.bracket()? {
            let scalar = self.scalar(false)?;
            self.parts.push(scalar);
        }
        self.ends()?.then_some(())
    }

    /// A key, and goes behind its colon and one space.
    fn key(&mut self, key: Part) -> Option<()> {
        let (start, end) = (key.start as usize, key.end as usize);
        let merges = key.kind == Kind::Plain && &self.text.bytes[start..end] == b"<<";
        if merges || end - start > KEY_BYTES || !self.text.eat(b':') {
            return None;
        }
        matches!(self.text.peek(), None | Some(b' ' | b'\n' | b'\r')).then_some(())?;
        self.parts.push(key);
        Some(())
    }

    /// What is in brackets or braces, if they come next.
    fn bracket(&mut self) -> Option<bool> {
        let (kind, end) = match self.text.peek() {
            Some(b'[') => (Kind::List, b']'),
            Some(b'{') => (Kind::Table, b'}'),
            _ => return Some(false),
        };
        self.depth = self.depth.checked_sub(1)?;
        self.mark(kind);
        self.text.at += 1;
        self.spaces();
        while !self.text.eat(end) {
            if kind == Kind::Table {
                let key = self.scalar(true)?;
                self.key(key)?;
                self.spaces();
            }
            if !self.bracket()? {
                let scalar = self.scalar(true)?;
                self.parts.push(scalar);
            }
            self.spaces();
            if self.text.eat(b',') {
                self.spaces();
            } else if self.text.peek() != Some(end) {
                return None;
            }
        }
        self.depth += 1;
        self.mark(Kind::End);
        Some(true)
    }

    /// A scalar of one line, up to a colon or whatever else ends it.
    fn scalar(&mut self, within: bool) -> Option<Part> {
        match self.text.peek()? {
            b'"' => self.double(),
            b'\'' => self.single(),
            _ => self.plain(within),
        }
    }

    fn plain(&mut self, within: bool) -> Option<Part> {
        let start = self.text.at;
        let next = self.text.second().unwrap_or(b' ');
        match self.text.bytes[start] {
            b'-' if class(next) & FIRST == 0 && next != b'-' => return None,
            b'-' => {}
            first if class(first) & FIRST == 0 => return None,
            _ => {}
        }
        let stay = if within { WITHIN } else { PLAIN };
        loop {
            self.text.run(&CLASSES, stay);
            let next = self.text.second().unwrap_or(b'\n');
            match self.text.peek() {
                None | Some(b'\n' | b'\r') => break,
                Some(b':') if matches!(next, b' ' | b'\n' | b'\r') => break,
                Some(b':') if class(next) & FIRST != 0 || next == b':' => self.text.at += 1,
                // Behind a space it begins a comment.
                Some(b'#') if self.text.bytes[self.text.at - 1] == b' ' => break,
                Some(b'#') => self.text.at += 1,
                Some(b',' | b']' | b'}') if within => break,
                Some(_) => return None,
            }
        }
        let text = &self.text.bytes[start..self.text.at];
        let blank = text.iter().rev().take_while(|byte| **byte == b' ').count();
        Some(part(Kind::Plain, start, self.text.at - blank))
    }

    fn single(&mut self) -> Option<Part> {
        let start = self.text.at + 1;
        let mut kind = Kind::Quoted;
        let mut at = start;
        loop {
            at = bytes::run(self.text.bytes, at, &CLASSES, SINGLE);
            if *self.text.bytes.get(at)? != b'\'' {
                return None;
            }
            if self.text.bytes.get(at + 1) != Some(&b'\'') {
                break;
            }
            kind = Kind::Single;
            at += 2;
        }
        self.text.at = at + 1;
        Some(part(kind, start, at))
    }

    fn double(&mut self) -> Option<Part> {
        let start = self.text.at + 1;
        let mut kind = Kind::Quoted;
        let mut at = start;
        loop {
            at = bytes::run(self.text.bytes, at, &CLASSES, DOUBLE);
            match *self.text.bytes.get(at)? {
                b'"' => break,
                b'\\' => unescaped(*self.text.bytes.get(at + 1)?)?,
                _ => return None,
            };
            kind = Kind::Double;
            at += 2;
        }
        self.text.at = at + 1;
        Some(part(kind, start, at))
    }

    /// Whether nothing but a comment follows in the line, which is read over then.
    fn ends(&mut self) -> Option<bool> {
        self.spaces();
        match self.text.peek() {
            None | Some(b'\n') => Some(true),
            Some(b'\r') => (self.text.second() == Some(b'\n')).then_some(true),
            Some(b'#') if self.text.bytes[self.text.at - 1] == b' ' => {
                self.comment();
                Some(true)
            }
            Some(_) => Some(false),
        }
    }

    /// Up to the end of the line, or to something that no comment holds: no line begins with that.
    fn comment(&mut self) {
        self.text.run(&CLASSES, TEXT);
    }

    /// The value may follow in the next line.
    fn wait(&mut self) -> Option<()> {
        self.open.last_mut()?.pending = true;
        Some(())
    }

    fn open(&mut self, column: usize, list: bool) -> Option<()> {
        self.depth = self.depth.checked_sub(1)?;
        self.mark(if list { Kind::List } else { Kind::Table });
        self.open.push(Open { column, list, pending: false });
        Some(())
    }

    fn close(&mut self) {
        if self.open.pop().is_some_and(|open| open.pending) {
            self.nothing();
        }
        self.depth += 1;
        self.mark(Kind::End);
    }

    /// The value of what has none.
    fn nothing(&mut self) {
        self.mark(Kind::Plain);
    }

    fn mark(&mut self, kind: Kind) {
        self.parts.push(part(kind, self.text.at, self.text.at));
    }

    /// Whether a `-` comes next that begins an item.
    fn at_dash(&self) -> bool {
        self.text.peek() == Some(b'-')
            && matches!(self.text.second(), None | Some(b' ' | b'\n' | b'\r'))
    }

    fn spaces(&mut self) -> usize {
        let before = self.text.at;
        self.text.at = bytes::spaces(self.text.bytes, before);
        self.text.at - before
    }
}

/// What a scalar without quotes may begin with, but for `-`.
const FIRST: u8 = 1;
/// What may stand in a scalar without quotes and says nothing about it.
const PLAIN: u8 = 2;
/// The same between brackets.
const WITHIN: u8 = 4;
/// The same between single quotes.
const SINGLE: u8 = 8;
/// The same between double quotes.
const DOUBLE: u8 = 16;
/// What may stand in a comment.
const TEXT: u8 = 32;

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The classes of each byte. Of what is not ASCII, two bytes begin characters that YAML does not
/// have (U+0080 to U+009F, U+FFFE and U+FFFF) or that mean something (U+FEFF): these are for the
/// parser.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut at = b' ' as usize;
    while at < 256 {
        #[allow(clippy::cast_possible_truncation)] // up to 255
        let byte = at as u8;
        at += 1;
        if matches!(byte, 0x7f | 0xc2 | 0xef) {
            continue;
        }
        let mut class = TEXT;
        if byte != b'\'' {
            class |= SINGLE;
        }
        if !matches!(byte, b'"' | b'\\') {
            class |= DOUBLE;
        }
        if !matches!(byte, b':' | b'#') {
            class |= PLAIN;
            if !matches!(byte, b',' | b'[' | b']' | b'{' | b'}') {
                class |= WITHIN;
            }
        }
        let indicators = b" -?:,[]{}#&*!|>'\"%@`";
        let mut index = 0;
        while index < indicators.len() && indicators[index] != byte {
            index += 1;
        }
        if index == indicators.len() {
            class |= FIRST;
        }
        classes[byte as usize] = class;
    }
    classes[b'\t' as usize] = TEXT;
    classes
};

#[cfg(test)]
mod tests;
