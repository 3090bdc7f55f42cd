//! The fast path: the parser's events into places.
//!
//! Anchors, aliases, merge keys and tags are left to the tree.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

use super::super::fast::{Keys, Pass, Seen, set_scalar};
use super::super::{Bail, Limits};
use super::tags::{untagged, written};
use crate::decode::document::Route;
use crate::decode::{
    Choice, Document, Key, Mapping, Node, Place, Reader, Record, Scalar, Section, Sequence, Target,
    Tree,
};
use crate::schema::{Body, Op};

/// Decodes a text straight into the layers of `document`.
pub(in super::super) fn decode(
    text: &str,
    limits: &Limits,
    document: &mut Document<'_>,
) -> Result<(), Bail> {
    let mut fill =
        Fill { events: super::parser(text, limits), pass: Pass::new(limits, document.strict) };
    let (Event::StreamStart, Event::DocumentStart(..)) = (fill.next()?, fill.next()?) else {
        return Err(Bail);
    };
    fill.document(document)?;
    let (Event::DocumentEnd, Event::StreamEnd) = (fill.next()?, fill.next()?) else {
        return Err(Bail);
    };
    document.remarks |= fill.pass.remarks;
    document.secret = fill.pass.secret;
    Ok(())
}

struct Fill<'t> {
    events: Parser<'t, StrInput<'t>>,
    pass: Pass,
}

/// What a value begins with.
enum Begin<'t> {
    Scalar(Scalar<'t>),
    List,
    Table,
}

impl<'t> Fill<'t> {
    fn next(&mut self) -> Result<Event<'t>, Bail> {
        match self.events.next_event() {
            Some(Ok((Event::Scalar(text, style, anchor, tag), span))) => {
                Ok(Event::Scalar(written(text, &span), style, anchor, tag))
            }
            Some(Ok((event, _))) => Ok(event),
            _ => Err(Bail),
        }
    }

    /// The beginning of a value; none at the end of a list.
    fn item(&mut self) -> Result<Option<Begin<'t>>, Bail> {
        let begin = match self.next()? {
            Event::Scalar(text, style, 0, None) => Begin::Scalar(untagged(text, style)),
            Event::SequenceStart(_, 0, None) => Begin::List,
            Event::MappingStart(_, 0, None) => Begin::Table,
            Event::SequenceEnd => {
                self.pass.leave();
                return Ok(None);
            }
            _ => return Err(Bail),
        };
        self.pass.node()?;
        if !matches!(begin, Begin::Scalar(_)) {
            self.pass.enter()?;
        }
        Ok(Some(begin))
    }

    fn value(&mut self) -> Result<Begin<'t>, Bail> {
        self.item()?.ok_or(Bail)
    }

    /// A key; none at the end of a table.
    fn key(&mut self) -> Result<Option<Cow<'t, str>>, Bail> {
        match self.next()? {
            Event::Scalar(text, style, 0, None) => {
                if style == ScalarStyle::Plain && text == "<<" {
                    return Err(Bail);
                }
                self.pass.key(&text)?;
                Ok(Some(text))
            }
            Event::MappingEnd => {
                self.pass.leave();
                Ok(None)
            }
            _ => Err(Bail),
        }
    }

    fn document(&mut self, document: &mut Document<'_>) -> Result<(), Bail> {
        let Begin::Table = self.value()? else { return Err(Bail) };
        let (mut hint, mut seen) = (0, Seen::default());
        while let Some(key) = self.key()? {
            let route = document.route(&key);
            if route == Route::Setting {
                let place = document.layers.layer(Section::Base);
                let Target::Record(record) = place.target() else { return Err(Bail) };
                self.setting(record, key, &mut hint, &mut seen)?;
                continue;
            }
            seen.keys.insert(key)?;
            match route {
                Route::Section(section) => self.place(document.layers.layer(section), Op::Set)?,
                Route::Profiles => self.profiles(document)?,
                _ => self.skip()?,
            }
        }
        // The layer exists though the document may say nothing.
        document.layers.layer(Section::Base).target();
        Ok(())
    }

    fn profiles(&mut self, document: &mut Document<'_>) -> Result<(), Bail> {
        let Begin::Table = self.value()? else { return Err(Bail) };
        let mut keys = Keys::default();
        while let Some(name) = self.key()? {
            match document.profile(&name) {
                Route::Section(section) => self.place(document.layers.layer(section), Op::Set)?,
                _ => self.skip()?,
            }
            keys.insert(name)?;
        }
        Ok(())
    }

    /// The value of a key of a struct.
    fn setting(
        &mut self,
        record: &mut dyn Record,
        key: Cow<'t, str>,
        hint: &mut usize,
        seen: &mut Seen<'t>,
    ) -> Result<(), Bail> {
        match self.pass.child(record, key, hint, seen)? {
            Some((place, op)) => self.place(place, op),
            None => self.skip(),
        }
    }

    fn place(&mut self, place: &mut dyn Place, op: Op) -> Result<(), Bail> {
        let begin = self.value()?;
        self.fill(begin, place, op)
    }

    fn fill(&mut self, begin: Begin<'t>, place: &mut dyn Place, op: Op) -> Result<(), Bail> {
        if let Begin::Scalar(scalar) = begin {
            return set_scalar(place, op, scalar);
        }
        match (place.target(), begin) {
            (Target::Record(record), Begin::Table) => self.record(record, Seen::default()),
            (Target::Sequence(list), Begin::List) => self.sequence(list, op),
            (Target::Mapping(map), Begin::Table) if op == Op::Set => self.mapping(map),
            (Target::Mapping(map), Begin::List) if op == Op::Remove => self.remove(map),
            (Target::Choice(choice), Begin::Table) => self.choice(choice),
            (Target::Value(value), begin) => {
                let tree = self.collect(begin)?;
                value.set(Reader::Tree(&tree)).map_err(|_| Bail)
            }
            _ => Err(Bail),
        }
    }

    fn record(&mut self, record: &mut dyn Record, mut seen: Seen<'t>) -> Result<(), Bail> {
        let mut hint = 0;
        while let Some(key) = self.key()? {
            self.setting(record, key, &mut hint, &mut seen)?;
        }
        Ok(())
    }

    fn sequence(&mut self, list: &mut dyn Sequence, op: Op) -> Result<(), Bail> {
        list.begin(op);
        while let Some(begin) = self.item()? {
            if op != Op::Remove
                && let Some(element) = list.element()
            {
                self.fill(begin, element, Op::Set)?;
                continue;
            }
            let result = match begin {
                Begin::Scalar(scalar) => list.item(Reader::Scalar(scalar)),
                begin => list.item(Reader::Tree(&self.collect(begin)?)),
            };
            result.map_err(|_| Bail)?;
        }
        Ok(())
    }

    fn mapping(&mut self, map: &mut dyn Mapping) -> Result<(), Bail> {
        map.begin();
        let mut keys = Keys::default();
        while let Some(key) = self.key()? {
            let place = map.entry(&key).map_err(|_| Bail)?;
            self.place(place, Op::Set)?;
            keys.insert(key)?;
        }
        Ok(())
    }

    fn remove(&mut self, map: &mut dyn Mapping) -> Result<(), Bail> {
        while let Some(begin) = self.item()? {
            let Begin::Scalar(scalar) = begin else { return Err(Bail) };
            map.remove(scalar.to_str().map_err(|_| Bail)?);
        }
        Ok(())
    }

    /// With the tag first, which is where it stands in nearly every file.
    fn choice(&mut self, choice: &mut dyn Choice) -> Result<(), Bail> {
        let schema = choice.schema();
        let Body::Choice { tag, .. } = schema.body else { return Err(Bail) };
        let Some(key) = self.key()? else { return Ok(()) };
        if key != tag {
            return Err(Bail);
        }
        let Begin::Scalar(word) = self.value()? else { return Err(Bail) };
        let variant = schema.find_word(word.to_str().map_err(|_| Bail)?).ok_or(Bail)?;
        choice.select(variant);
        let Target::Record(record) = choice.variant(variant).target() else { return Err(Bail) };
        // A setting of the tag's name could be meant by a second one.
        if record.schema().find(tag, &mut 0).is_some() {
            return Err(Bail);
        }
        let mut seen = Seen::default();
        seen.keys.insert(key)?;
        self.record(record, seen)
    }

    /// Reads over a value. Its keys are looked at all the same.
    fn skip(&mut self) -> Result<(), Bail> {
        let begin = self.value()?;
        self.skip_rest(&begin)
    }

    fn skip_rest(&mut self, begin: &Begin<'t>) -> Result<(), Bail> {
        match begin {
            Begin::Scalar(_) => {}
            Begin::List => {
                while let Some(begin) = self.item()? {
                    self.skip_rest(&begin)?;
                }
            }
            Begin::Table => {
                let mut keys = Keys::default();
                while let Some(key) = self.key()? {
                    keys.insert(key)?;
                    self.skip()?;
                }
            }
        }
        Ok(())
    }

    /// A value as a tree, for a type that reads it as a whole.
    fn collect(&mut self, begin: Begin<'t>) -> Result<Tree<'t>, Bail> {
        match begin {
            Begin::Scalar(scalar) => Ok(scalar.into()),
            Begin::List => {
                let mut items = Vec::new();
                while let Some(begin) = self.item()? {
                    items.push(self.collect(begin)?);
                }
                Ok(Tree::new(Node::List(items)))
            }
            Begin::Table => {
                let (mut entries, mut keys) = (Vec::new(), Keys::default());
                while let Some(key) = self.key()? {
                    keys.insert(key.clone())?;
                    let begin = self.value()?;
                    entries.push((Key::new(key), self.collect(begin)?));
                }
                Ok(Tree::new(Node::Table(entries)))
            }
        }
    }
}
