//! Events straight into a layer's places.
//!
//! **Invariant:** what is accepted here, the tree accepts, and [`Document::apply`] fills the
//! layers in the same way. Everything unusual is a [`Bail`]; so is every fault, since the tree has
//! to say more about it anyway.

use std::borrow::Cow;

use super::super::{Bail, Limits};
use super::event::{Cursor, Events, Form, Kind};
use super::scalar;
use super::shape::{BITS, Clash, Shape, Step};
use super::spot::{Spot, enter};
use super::tree::Builder;
use crate::decode::{
    Child, Choice, Document, Mapping, Place, Reader, Record, Route, Scalar, Section, Sequence,
    Span, Target, child,
};
use crate::schema::{Body, Field, Hit, Op};

type Done = Result<(), Bail>;

impl From<Clash> for Bail {
    fn from(_: Clash) -> Self {
        Self
    }
}

/// Fills the layers of a document.
pub(super) fn decode(
    text: &str,
    events: &Events,
    limits: &Limits,
    document: &mut Document<'_>,
) -> Done {
    let mut walk = Walk {
        cursor: Cursor::new(text, events),
        shape: Shape::new(
            limits,
            limits.nodes.saturating_sub(events.values),
            // Most keys are the names of fields and take no entry.
            events.list.len() / 8,
        ),
        limits,
        strict: document.strict,
        remarks: false,
        secret: None,
        sections: Vec::new(),
    };
    // The layer of what stands in no section is given even where nothing stands.
    enter(&mut Spot::Place(document.layers.layer(Section::Base)), Op::Set)?;
    walk.document(document)?;
    document.remarks |= walk.remarks;
    document.secret = walk.secret;
    Ok(())
}

struct Walk<'e, 't> {
    cursor: Cursor<'e, 't>,
    shape: Shape<'t, ()>,
    limits: &'e Limits,
    strict: bool,
    remarks: bool,
    /// The first secret that is set.
    secret: Option<&'static Field>,
    /// The sections that were opened, each with the entry by which it was.
    sections: Vec<(Section, u32)>,
}

impl<'t> Walk<'_, 't> {
    fn document(&mut self, document: &mut Document<'_>) -> Done {
        self.pairs(Spot::Root(document), Shape::<()>::ROOT)?;
        let mut hint = 0;
        while self.cursor.peek().is_some() {
            let (spot, table) = self.header(document, &mut hint)?;
            self.pairs(spot, table)?;
        }
        Ok(())
    }

    /// All that is written right in a table.
    fn pairs(&mut self, mut spot: Spot<'_, '_>, table: u32) -> Done {
        if let Spot::Place(place) = &mut spot
            && let Target::Record(record) = place.target()
        {
            return self.fields(Spot::Record(record), table);
        }
        if let Spot::Root(_) = spot {
            return self.fields(spot, table);
        }
        let mut hint = 0;
        while self.cursor.at_key() {
            self.pair(spot.again(), table, &mut hint)?;
        }
        Ok(())
    }

    /// The same, where the table is a struct's, or the document.
    fn fields(&mut self, mut spot: Spot<'_, '_>, table: u32) -> Done {
        let mut hint = 0;
        let level = self.shape.level(table) + 1;
        while self.cursor.at_key() {
            let record: Option<&mut dyn Record> = match &mut spot {
                Spot::Record(record) => Some(&mut **record),
                // A field's own name is a setting, whatever else it could be.
                Spot::Root(document) => match document.layers.layer(Section::Base).target() {
                    Target::Record(record) => Some(record),
                    _ => None,
                },
                _ => None,
            };
            let own = match record {
                Some(record) => self.own_key(record, table, &mut hint)?,
                None => None,
            };
            match own {
                Some(place) => self.value(Spot::Place(place), Op::Set, level)?,
                None => self.pair(spot.again(), table, &mut hint)?,
            }
        }
        Ok(())
    }

    /// The place of the next key, where that is a field's own name and has no dots. Such a key costs
    /// a bit in the table and no entry: whatever comes later and leads to the same field finds the
    /// bit.
    fn own_key<'p>(
        &mut self,
        record: &'p mut dyn Record,
        table: u32,
        hint: &mut usize,
    ) -> Result<Option<&'p mut dyn Place>, Bail> {
        if self.cursor.is_dotted() || self.shape.is_unusual(table) {
            return Ok(None);
        }
        let before = self.cursor;
        let (key, _) = self.key()?;
        let schema = record.schema();
        let Some(index) = schema.find_own(&key, hint).filter(|index| *index < BITS) else {
            self.cursor = before;
            return Ok(None);
        };
        if !self.shape.name(table, index) {
            return Err(Bail);
        }
        let field = &schema.fields()[index];
        self.remarks |= field.deprecated.is_some();
        if field.secret {
            self.secret.get_or_insert(field);
        }
        Ok(Some(record.place(index)))
    }

    /// `[a.b.c]` or `[[a.b.c]]`: where it leads to. `hint` is for the first key.
    fn header<'p, 'd>(
        &mut self,
        document: &'p mut Document<'d>,
        hint: &mut usize,
    ) -> Result<(Spot<'p, 'd>, u32), Bail> {
        let is_list = match self.cursor.take().ok_or(Bail)?.kind {
            Kind::Table => false,
            Kind::Tables => true,
            _ => return Err(Bail),
        };
        let mut spot = Spot::Root(document);
        let mut table = Shape::<()>::ROOT;
        let mut deeper_hint;
        let mut hint = hint;
        loop {
            let (key, span) = self.key()?;
            let last = !self.cursor.at_key();
            let step = if !last {
                self.shape.descend(table, key, span, false)?
            } else if is_list {
                self.shape.add(table, key, span, span)?
            } else {
                self.shape.define(table, key, span, span)?
            };
            spot = self.step_into(spot, table, step, hint, last && is_list)?;
            table = step.table;
            if last {
                self.cursor.take();
                return Ok((spot, table));
            }
            deeper_hint = 0;
            hint = &mut deeper_hint;
        }
    }

    /// `key = value`
    fn pair(&mut self, spot: Spot<'_, '_>, table: u32, hint: &mut usize) -> Done {
        let mut spot = spot;
        let mut table = table;
        let mut deeper_hint;
        let mut hint = hint;
        let mut dotted = false;
        loop {
            let (key, span) = self.key()?;
            if !self.cursor.at_key() {
                let entry = self.shape.value(table, key, span, dotted)?;
                let (spot, op) = self.look_up(spot, table, entry, true, hint)?;
                return self.value(spot, op, self.shape.level(table) + 1);
            }
            dotted = true;
            let step = self.shape.descend(table, key, span, true)?;
            spot = self.step_into(spot, table, step, hint, false)?;
            table = step.table;
            deeper_hint = 0;
            hint = &mut deeper_hint;
        }
    }

    /// Takes a step into a table; `add` where the table is an element that begins with it.
    fn step_into<'p, 'd>(
        &mut self,
        spot: Spot<'p, 'd>,
        table: u32,
        step: Step,
        hint: &mut usize,
        add: bool,
    ) -> Result<Spot<'p, 'd>, Bail> {
        let (mut spot, op) = self.look_up(spot, table, step.entry, step.new, hint)?;
        if !step.element {
            if step.new {
                enter(&mut spot, op)?;
            }
            return Ok(spot);
        }
        let place = match spot {
            Spot::Skipped => return Ok(Spot::Skipped),
            Spot::Place(place) => place,
            _ => return Err(Bail),
        };
        let Target::Sequence(list) = place.target() else { return Err(Bail) };
        if !add {
            return list.last().map(Spot::Place).ok_or(Bail);
        }
        if op == Op::Remove {
            return Err(Bail);
        }
        if step.new {
            list.begin(op);
        }
        let mut spot = list.element().map(Spot::Place).ok_or(Bail)?;
        enter(&mut spot, Op::Set)?;
        Ok(spot)
    }

    /// Where the key of an entry leads to; `new` where it was not there before.
    fn look_up<'p, 'd>(
        &mut self,
        spot: Spot<'p, 'd>,
        table: u32,
        entry: u32,
        new: bool,
        hint: &mut usize,
    ) -> Result<(Spot<'p, 'd>, Op), Bail> {
        let place = match spot {
            Spot::Place(place) => place,
            Spot::Root(document) => match document.route(self.shape.key(entry)) {
                Route::Setting => document.layers.layer(Section::Base),
                Route::Section(section) => return self.section(document, section, entry),
                Route::Profiles => return Ok((Spot::Profiles(document), Op::Set)),
                Route::Ignored => return Ok((Spot::Skipped, Op::Set)),
            },
            Spot::Profiles(document) => match document.profile(self.shape.key(entry)) {
                Route::Section(section) => return self.section(document, section, entry),
                Route::Ignored => return Ok((Spot::Skipped, Op::Set)),
                Route::Setting | Route::Profiles => return Err(Bail),
            },
            Spot::Record(record) => return self.field(record, table, entry, new, hint),
            Spot::Skipped => return Ok((Spot::Skipped, Op::Set)),
            Spot::Tag(_) => return Err(Bail),
        };
        match place.target() {
            Target::Record(record) => self.field(record, table, entry, new, hint),
            Target::Mapping(map) => {
                let place = map.entry(self.shape.key(entry)).map_err(|_| Bail)?;
                Ok((Spot::Place(place), Op::Set))
            }
            Target::Choice(choice) => {
                let Body::Choice { tag, .. } = choice.schema().body else { return Err(Bail) };
                if self.shape.key(entry) == tag {
                    return Ok((Spot::Tag(choice), Op::Set));
                }
                // Without its tag in the first place, the table has to be seen as a whole.
                let variant = choice.selected().ok_or(Bail)?;
                match choice.variant(variant).target() {
                    Target::Record(record) => self.field(record, table, entry, new, hint),
                    _ => Err(Bail),
                }
            }
            Target::Value(_) | Target::Sequence(_) => Err(Bail),
        }
    }

    /// The layer of a section, which may have one spelling only (`[production]` or
    /// `[profile.production]`): with two of them the order of the tables counts.
    fn section<'p, 'd>(
        &mut self,
        document: &'p mut Document<'d>,
        section: Section,
        entry: u32,
    ) -> Result<(Spot<'p, 'd>, Op), Bail> {
        match self.sections.iter().find(|(opened, _)| *opened == section) {
            Some((_, by)) if *by != entry => return Err(Bail),
            Some(_) => {}
            None => self.sections.push((section, entry)),
        }
        Ok((Spot::Place(document.layers.layer(section)), Op::Set))
    }

    fn field<'p, 'd>(
        &mut self,
        record: &'p mut dyn Record,
        table: u32,
        entry: u32,
        new: bool,
        hint: &mut usize,
    ) -> Result<(Spot<'p, 'd>, Op), Bail> {
        if !new && let Some((index, op)) = self.shape.noted(entry) {
            return Ok((Spot::Place(record.place(index)), op));
        }
        let schema = record.schema();
        let Some(child) = child(record, self.shape.key(entry), hint) else {
            if self.strict || schema.deny_unknown {
                return Err(Bail);
            }
            self.remarks = true;
            return Ok((Spot::Skipped, Op::Set));
        };
        let Child { place, hit: found } = child;
        if new {
            self.remarks |=
                found.deprecated_alias || found.folded || found.field.deprecated.is_some();
            let index = has_bit(&found).then_some(found.index);
            if !self.shape.note_field(table, entry, found.field, found.op, index) {
                return Err(Bail);
            }
            if found.field.secret {
                self.secret.get_or_insert(found.field);
            }
        }
        Ok((Spot::Place(place), found.op))
    }

    /// A value, with that many tables and lists around it.
    fn value(&mut self, spot: Spot<'_, '_>, op: Op, level: u32) -> Done {
        let place = match spot {
            Spot::Place(place) => place,
            Spot::Skipped => return self.skip(level),
            Spot::Tag(choice) => return self.tag(choice),
            Spot::Root(_) | Spot::Profiles(_) | Spot::Record(_) => return Err(Bail),
        };
        let target = place.target();
        match (self.cursor.peek().ok_or(Bail)?, target) {
            (Kind::Scalar(_), Target::Value(value)) => {
                self.scalar(|scalar| value.set(Reader::Scalar(scalar)).map_err(|_| Bail))
            }
            (Kind::Array | Kind::Inline, Target::Value(value)) => {
                self.whole(level, |reader| value.set(reader).map_err(|_| Bail))
            }
            (Kind::Array, Target::Sequence(list)) => self.list(list, op, level),
            (Kind::Array, Target::Mapping(map)) if op == Op::Remove => self.remove_keys(map, level),
            (Kind::Inline, Target::Record(_) | Target::Mapping(_) | Target::Choice(_)) => {
                let mut spot = Spot::Place(place);
                enter(&mut spot, op)?;
                self.inline(spot, level)
            }
            _ => Err(Bail),
        }
    }

    fn inline(&mut self, spot: Spot<'_, '_>, level: u32) -> Done {
        self.cursor.take();
        let mark = self.shape.open(level)?;
        self.pairs(spot, mark.table)?;
        self.shape.close(mark);
        self.expect(Kind::InlineEnd)
    }

    fn list(&mut self, list: &mut dyn Sequence, op: Op, level: u32) -> Done {
        self.shape.fits(level)?;
        self.cursor.take();
        list.begin(op);
        while !matches!(self.cursor.peek(), Some(Kind::ArrayEnd) | None) {
            if op != Op::Remove
                && let Some(element) = list.element()
            {
                self.value(Spot::Place(element), Op::Set, level + 1)?;
            } else if let Some(Kind::Scalar(_)) = self.cursor.peek() {
                self.scalar(|scalar| list.item(Reader::Scalar(scalar)).map_err(|_| Bail))?;
            } else {
                self.whole(level + 1, |reader| list.item(reader).map_err(|_| Bail))?;
            }
        }
        self.expect(Kind::ArrayEnd)
    }

    fn remove_keys(&mut self, map: &mut dyn Mapping, level: u32) -> Done {
        self.shape.fits(level)?;
        self.cursor.take();
        while let Some(Kind::Scalar(_)) = self.cursor.peek() {
            self.scalar(|key| key.to_str().map(|key| map.remove(key)).map_err(|_| Bail))?;
        }
        self.expect(Kind::ArrayEnd)
    }

    fn tag(&mut self, choice: &mut dyn Choice) -> Done {
        let Some(Kind::Scalar(_)) = self.cursor.peek() else { return Err(Bail) };
        let schema = choice.schema();
        let variant =
            self.scalar(|word| word.to_str().ok().and_then(|it| schema.find_word(it)).ok_or(Bail))?;
        choice.select(variant);
        // A variant without settings begins to exist all the same.
        match choice.variant(variant).target() {
            Target::Record(_) => Ok(()),
            _ => Err(Bail),
        }
    }

    /// A value that nobody reads; it has to be valid nevertheless.
    fn skip(&mut self, level: u32) -> Done {
        match self.cursor.peek() {
            Some(Kind::Scalar(_)) => self.scalar(|_| Ok(())),
            Some(Kind::Array) => {
                self.shape.fits(level)?;
                self.cursor.take();
                while !matches!(self.cursor.peek(), Some(Kind::ArrayEnd) | None) {
                    self.skip(level + 1)?;
                }
                self.expect(Kind::ArrayEnd)
            }
            Some(Kind::Inline) => self.inline(Spot::Skipped, level),
            _ => Err(Bail),
        }
    }

    /// A value with parts that one type reads as a whole.
    fn whole(&mut self, level: u32, read: impl FnOnce(Reader<'_>) -> Done) -> Done {
        let mut builder = Builder::new(self.cursor, self.limits, self.shape.room, 0);
        let tree = builder.value(level).map_err(|_| Bail)?;
        self.cursor = builder.cursor;
        self.shape.room = builder.shape.room;
        read(Reader::Tree(&tree))
    }

    /// Reads a value without parts. It is looked at where it is, and not moved.
    #[inline]
    fn scalar<R>(&mut self, then: impl FnOnce(&Scalar<'_>) -> Result<R, Bail>) -> Result<R, Bail> {
        let event = self.cursor.take().ok_or(Bail)?;
        let Kind::Scalar(form) = event.kind else { return Err(Bail) };
        match &scalar::scalar(self.cursor.text, event.span(), form) {
            Ok(scalar) => then(scalar),
            Err(_) => Err(Bail),
        }
    }

    fn key(&mut self) -> Result<(Cow<'t, str>, Span), Bail> {
        let event = self.cursor.take().ok_or(Bail)?;
        let Kind::Key(form) = event.kind else { return Err(Bail) };
        let span = event.span();
        let key = match form {
            Form::Plain => Cow::Borrowed(&self.cursor.text[span.range()]),
            Form::Raw(_) => scalar::key(self.cursor.text, span, form).map_err(|_| Bail)?,
        };
        if key.len() > self.limits.key_bytes { Err(Bail) } else { Ok((key, span)) }
    }

    fn expect(&mut self, kind: Kind) -> Done {
        match self.cursor.take() {
            Some(event) if event.kind == kind => Ok(()),
            _ => Err(Bail),
        }
    }
}

/// Whether the field that a key names has a bit in the table.
fn has_bit(hit: &Hit) -> bool {
    !hit.flattened && hit.index < BITS
}
