//! Events into a tree with places.

use std::borrow::Cow;

use toml_parser::ParseError;

use super::super::{Limits, SyntaxError};
use super::event::{Cursor, Events, Kind};
use super::scalar;
use super::shape::{Clash, Shape};
use super::words;
use crate::decode::{Node, Span, Tree};

/// The tree of a whole document.
pub(super) fn build<'t>(
    text: &'t str,
    events: &Events,
    limits: &Limits,
) -> Result<Tree<'t>, SyntaxError> {
    let room = limits.nodes.saturating_sub(events.values);
    let keys = events.list.iter().filter(|event| matches!(event.kind, Kind::Key(_))).count();
    let mut builder = Builder::new(Cursor::new(text, events), limits, room, keys);
    builder.document()?;
    let node = builder.shape.take(Shape::<Tree<'t>>::ROOT);
    Ok(Tree::spanned(node, Span::new(0, text.len())))
}

/// Builds trees from events; also that of one value that the fast path hands over.
pub(super) struct Builder<'e, 't> {
    /// Where it stands.
    pub(super) cursor: Cursor<'e, 't>,
    /// What there is so far.
    pub(super) shape: Shape<'t, Tree<'t>>,
    limits: &'e Limits,
}

impl<'e, 't> Builder<'e, 't> {
    /// A builder of nothing yet, with space for so many keys.
    pub(super) fn new(
        cursor: Cursor<'e, 't>,
        limits: &'e Limits,
        room: usize,
        keys: usize,
    ) -> Self {
        Self { cursor, shape: Shape::new(limits, room, keys), limits }
    }

    fn document(&mut self) -> Result<(), SyntaxError> {
        let mut table = Shape::<Tree<'t>>::ROOT;
        while let Some(kind) = self.cursor.peek() {
            match kind {
                Kind::Table | Kind::Tables => table = self.header()?,
                Kind::Key(_) => self.pair(table)?,
                _ => return Err(unexpected()),
            }
        }
        Ok(())
    }

    /// `[a.b.c]` or `[[a.b.c]]`: the table that it leads to.
    fn header(&mut self) -> Result<u32, SyntaxError> {
        let open = self.cursor.take().ok_or_else(unexpected)?;
        let header = Span { start: open.span().start, end: self.cursor.header_end() };
        let mut table = Shape::<Tree<'t>>::ROOT;
        loop {
            let (key, span) = self.key()?;
            let shown = key.clone();
            let step = if self.cursor.at_key() {
                self.shape.descend(table, key, span, false)
            } else if open.kind == Kind::Tables {
                self.shape.add(table, key, span, header)
            } else {
                self.shape.define(table, key, span, header)
            };
            table = step.map_err(|clash| self.clash(clash, &shown, span))?.table;
            if !self.cursor.at_key() {
                self.cursor.take();
                return Ok(table);
            }
        }
    }

    /// `key = value`
    fn pair(&mut self, table: u32) -> Result<(), SyntaxError> {
        let mut table = table;
        let mut dotted = false;
        loop {
            let (key, span) = self.key()?;
            let shown = key.clone();
            if self.cursor.at_key() {
                dotted = true;
                let step = self.shape.descend(table, key, span, true);
                table = step.map_err(|clash| self.clash(clash, &shown, span))?.table;
            } else {
                let entry = self.shape.value(table, key, span, dotted);
                let entry = entry.map_err(|clash| self.clash(clash, &shown, span))?;
                let value = self.value(self.shape.level(table) + 1)?;
                self.shape.fill(entry, value);
                return Ok(());
            }
        }
    }

    /// A value, with that many tables and lists around it.
    pub(super) fn value(&mut self, level: u32) -> Result<Tree<'t>, SyntaxError> {
        let event = self.cursor.take().ok_or_else(unexpected)?;
        let span = event.span();
        match event.kind {
            Kind::Scalar(form) => {
                let scalar = scalar::scalar(self.cursor.text, span, form);
                let scalar = scalar.map_err(|error| self.wrong(&error))?;
                Ok(Tree::spanned(Node::Scalar(scalar), self.cursor.place(event)))
            }
            Kind::Array => {
                self.shape.fits(level).map_err(|clash| self.clash(clash, "", span))?;
                let mut items = Vec::new();
                while !matches!(self.cursor.peek(), Some(Kind::ArrayEnd) | None) {
                    items.push(self.value(level + 1)?);
                }
                Ok(Tree::spanned(Node::List(items), self.close(span)))
            }
            Kind::Inline => {
                let mark = self.shape.open(level).map_err(|clash| self.clash(clash, "", span))?;
                while self.cursor.at_key() {
                    self.pair(mark.table)?;
                }
                let node = self.shape.take(mark.table);
                self.shape.close(mark);
                Ok(Tree::spanned(node, self.close(span)))
            }
            _ => Err(unexpected()),
        }
    }

    fn close(&mut self, open: Span) -> Span {
        let end = self.cursor.take().map_or(open.end, |event| event.span().end);
        Span { start: open.start, end }
    }

    fn key(&mut self) -> Result<(Cow<'t, str>, Span), SyntaxError> {
        let event = self.cursor.take().ok_or_else(unexpected)?;
        let Kind::Key(form) = event.kind else { return Err(unexpected()) };
        let span = event.span();
        let key = scalar::key(self.cursor.text, span, form);
        let key = key.map_err(|error| self.wrong(&error))?;
        let place = self.cursor.place(event);
        if key.len() > self.limits.key_bytes {
            return Err(SyntaxError::long_key(self.limits, place));
        }
        Ok((key, place))
    }

    #[cold]
    fn wrong(&self, error: &ParseError) -> SyntaxError {
        words::syntax(self.cursor.text, error, self.limits)
    }

    #[cold]
    fn clash(&self, clash: Clash, key: &str, span: Span) -> SyntaxError {
        words::clash(clash, key, span, self.limits)
    }
}

/// The grammar was checked before, so no text leads here.
#[cold]
fn unexpected() -> SyntaxError {
    SyntaxError::grammar("a key, a value or a table header is expected", None)
}
