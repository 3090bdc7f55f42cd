//! The parts of a simple document, and its tokens made of them.

use std::borrow::Cow;

use super::block;
use crate::decode::Scalar;
use crate::format::Bail;
use crate::format::tokens::{Token, Tokens};

/// A scalar, a key, or where a list or table begins or ends.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What a [`Part`] is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A scalar without quotes.
    Plain,
    /// A scalar that stood in quotes and is its text.
    Quoted,
    /// What stood between single quotes, with doubled ones in it.
    Single,
    /// What stood between double quotes, with escapes in it.
    Double,
    /// A text block with what it begins with.
    Block,
    List,
    Table,
    /// The end of a list or table.
    End,
}

/// A part of a text.
#[allow(clippy::cast_possible_truncation)] // `scan` refuses longer texts
pub(super) fn part(kind: Kind, start: usize, end: usize) -> Part {
    Part { kind, start: start as u32, end: end as u32 }
}

/// The character that stands for an escape of one character.
pub(super) fn unescaped(escape: u8) -> Option<char> {
    Some(match escape {
        b'"' | b'\\' | b'/' => char::from(escape),
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return None,
    })
}

/// The tokens of a simple document.
pub(in super::super) struct Scanned<'t> {
    text: &'t str,
    parts: std::vec::IntoIter<Part>,
}

impl<'t> Scanned<'t> {
    pub(super) fn new(text: &'t str, parts: Vec<Part>) -> Self {
        Self { text, parts: parts.into_iter() }
    }

    #[inline]
    fn text(&self, part: Part) -> Cow<'t, str> {
        let text = &self.text[part.start as usize..part.end as usize];
        match part.kind {
            Kind::Single => Cow::Owned(text.replace("''", "'")),
            Kind::Double => Cow::Owned(without_escapes(text)),
            Kind::Block => Cow::Owned(block::text(text)),
            _ => Cow::Borrowed(text),
        }
    }
}

#[cold]
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        plain.push_str(before);
        let (escape, behind) = behind.split_at_checked(1).unwrap_or(("", behind));
        plain.extend(escape.bytes().next().and_then(unescaped));
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

impl<'t> Tokens<'t> for Scanned<'t> {
    #[inline]
    fn value(&mut self) -> Result<Token<'t>, Bail> {
        self.item()
    }

    #[inline]
    fn item(&mut self) -> Result<Token<'t>, Bail> {
        let part = self.parts.next().ok_or(Bail)?;
        Ok(match part.kind {
            Kind::Plain => Token::Scalar(Scalar::Plain(self.text(part))),
            Kind::Quoted | Kind::Single | Kind::Double | Kind::Block => {
                Token::Scalar(Scalar::Str(self.text(part)))
            }
            Kind::List => Token::List,
            Kind::Table => Token::Table,
            Kind::End => Token::End,
        })
    }

    #[inline]
    fn key(&mut self) -> Result<Option<Cow<'t, str>>, Bail> {
        let part = self.parts.next().ok_or(Bail)?;
        Ok((part.kind != Kind::End).then(|| self.text(part)))
    }

    #[inline]
    fn next_is(&mut self, name: &str) -> Result<bool, Bail> {
        let part = *self.parts.as_slice().first().ok_or(Bail)?;
        // What has escapes is another text than it is written as.
        let is_text = matches!(part.kind, Kind::Plain | Kind::Quoted);
        let found = is_text && self.text[part.start as usize..part.end as usize] == *name;
        if found {
            self.parts.next();
        }
        Ok(found)
    }

    fn end(&mut self) -> Result<(), Bail> {
        if self.parts.next().is_none() { Ok(()) } else { Err(Bail) }
    }
}
