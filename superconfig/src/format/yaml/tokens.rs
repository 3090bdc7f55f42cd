//! The tokens of YAML from the parser's events.
//!
//! Anchors, aliases, merge keys and tags are left to the tree.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

use super::tags::{untagged, written};
use crate::format::tokens::{Token, Tokens};
use crate::format::{Bail, Limits};

/// The parser at work.
pub(super) struct Parsed<'t> {
    events: Parser<'t, StrInput<'t>>,
}

impl<'t> Parsed<'t> {
    /// The first document of a text.
    pub(super) fn new(text: &'t str, limits: &Limits) -> Result<Self, Bail> {
        let mut parsed = Self { events: super::parser(text, limits) };
        match (parsed.next()?, parsed.next()?) {
            (Event::StreamStart, Event::DocumentStart(..)) => Ok(parsed),
            _ => Err(Bail),
        }
    }

    fn next(&mut self) -> Result<Event<'t>, Bail> {
        match self.events.next_event() {
            Some(Ok((Event::Scalar(text, style, anchor, tag), span))) => {
                Ok(Event::Scalar(written(text, &span), style, anchor, tag))
            }
            Some(Ok((event, _))) => Ok(event),
            _ => Err(Bail),
        }
    }
}

impl<'t> Tokens<'t> for Parsed<'t> {
    fn value(&mut self) -> Result<Token<'t>, Bail> {
        self.item()
    }

    fn item(&mut self) -> Result<Token<'t>, Bail> {
        Ok(match self.next()? {
            Event::Scalar(text, style, 0, None) => Token::Scalar(untagged(text, style)),
            Event::SequenceStart(_, 0, None) => Token::List,
            Event::MappingStart(_, 0, None) => Token::Table,
            Event::SequenceEnd => Token::End,
            _ => return Err(Bail),
        })
    }

    fn key(&mut self) -> Result<Option<Cow<'t, str>>, Bail> {
        match self.next()? {
            Event::Scalar(text, style, 0, None) => {
                if style == ScalarStyle::Plain && text == "<<" {
                    Err(Bail)
                } else {
                    Ok(Some(text))
                }
            }
            Event::MappingEnd => Ok(None),
            _ => Err(Bail),
        }
    }

    fn end(&mut self) -> Result<(), Bail> {
        match (self.next()?, self.next()?) {
            (Event::DocumentEnd, Event::StreamEnd) => Ok(()),
            _ => Err(Bail),
        }
    }
}
