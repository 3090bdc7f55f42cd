//! The fast path of JSON and YAML: tokens into places.

use std::borrow::Cow;

use super::fast::{BITS, Keys, Pass, Seen, set_scalar};
use super::tokens::{Token, Tokens};
use super::{Bail, Limits};
use crate::decode::document::Route;
use crate::decode::{
    Choice, Document, Key, Mapping, Node, Place, Reader, Record, Section, Sequence, Target, Tree,
};
use crate::schema::{Body, Op};

/// Fills the layers of a document with what its tokens say.
pub(super) fn fill<'t>(
    tokens: &mut impl Tokens<'t>,
    limits: &Limits,
    document: &mut Document<'_>,
) -> Result<(), Bail> {
    let mut fill = Fill { tokens, pass: Pass::new(limits, document.strict) };
    fill.document(document)?;
    fill.tokens.end()?;
    document.remarks |= fill.pass.remarks;
    document.secret = fill.pass.secret;
    Ok(())
}

/// It goes as deep as the limit of depth. It is compiled for each kind of tokens, so that what each
/// of them does for a key and a value is done in place.
struct Fill<'f, T> {
    tokens: &'f mut T,
    pass: Pass,
}

impl<'t, T: Tokens<'t>> Fill<'_, T> {
    /// Counts a value, and goes into it, or out of what ends.
    #[inline]
    fn count(&mut self, token: &Token<'t>) -> Result<(), Bail> {
        match token {
            Token::Scalar(_) => self.pass.node(),
            Token::List | Token::Table => {
                self.pass.node()?;
                self.pass.enter()
            }
            Token::End => {
                self.pass.leave();
                Ok(())
            }
        }
    }

    fn value(&mut self) -> Result<Token<'t>, Bail> {
        let token = self.tokens.value()?;
        self.count(&token)?;
        Ok(token)
    }

    /// Goes into the table that has to come next.
    fn table(&mut self) -> Result<(), Bail> {
        if matches!(self.value()?, Token::Table) { Ok(()) } else { Err(Bail) }
    }

    /// The next item of a list, or its end.
    fn item(&mut self) -> Result<Token<'t>, Bail> {
        let token = self.tokens.item()?;
        self.count(&token)?;
        Ok(token)
    }

    /// A key; none at the end of a table.
    #[inline]
    fn key(&mut self) -> Result<Option<Cow<'t, str>>, Bail> {
        let key = self.tokens.key()?;
        match &key {
            Some(key) => self.pass.key(key)?,
            None => self.pass.leave(),
        }
        Ok(key)
    }

    fn document(&mut self, document: &mut Document<'_>) -> Result<(), Bail> {
        self.table()?;
        let (mut hint, mut seen) = (0, Seen::default());
        while let Some(key) = self.key()? {
            let route = document.route(&key);
            if route == Route::Setting {
                let place = document.layers.layer(Section::Base);
                let Target::Record(record) = place.target() else { return Err(Bail) };
                self.setting(record, key, &mut hint, &mut seen)?;
                continue;
            }
            seen.insert(key)?;
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
        self.table()?;
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
    #[inline]
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

    /// Sets a place to the value that comes next. Tokens are looked at where they are, and not moved.
    #[inline]
    fn place(&mut self, place: &mut dyn Place, op: Op) -> Result<(), Bail> {
        match &self.tokens.value() {
            Ok(token) => {
                self.count(token)?;
                self.fill(token, place, op)
            }
            Err(Bail) => Err(Bail),
        }
    }

    #[inline]
    fn fill(&mut self, token: &Token<'t>, place: &mut dyn Place, op: Op) -> Result<(), Bail> {
        match token {
            Token::Scalar(scalar) => set_scalar(place, op, scalar),
            parts => self.fill_parts(parts, place, op),
        }
    }

    fn fill_parts(&mut self, token: &Token<'t>, place: &mut dyn Place, op: Op) -> Result<(), Bail> {
        match (place.target(), token) {
            (Target::Record(record), Token::Table) => self.record(record, Seen::default()),
            (Target::Sequence(list), Token::List) => self.sequence(list, op),
            (Target::Mapping(map), Token::Table) if op == Op::Set => self.mapping(map),
            (Target::Mapping(map), Token::List) if op == Op::Remove => self.remove(map),
            (Target::Choice(choice), Token::Table) => self.choice(choice),
            (Target::Value(value), token) => {
                let tree = self.collect(token)?;
                value.set(Reader::Tree(&tree)).map_err(|_| Bail)
            }
            _ => Err(Bail),
        }
    }

    fn record(&mut self, record: &mut dyn Record, mut seen: Seen<'t>) -> Result<(), Bail> {
        let fields = record.schema().fields();
        let mut hint = 0;
        loop {
            if let Some(next) = fields.get(hint)
                && hint < BITS
                && next.has_key()
                && self.tokens.next_is(next.name)?
            {
                self.pass.key(next.name)?;
                self.pass.named(next, hint, &mut seen)?;
                let place = record.place(hint);
                hint += 1;
                self.place(place, Op::Set)?;
            } else if let Some(key) = self.key()? {
                self.setting(record, key, &mut hint, &mut seen)?;
            } else {
                return Ok(());
            }
        }
    }

    fn sequence(&mut self, list: &mut dyn Sequence, op: Op) -> Result<(), Bail> {
        list.begin(op);
        loop {
            let next = self.tokens.item();
            let token = next.as_ref().map_err(|_| Bail)?;
            self.count(token)?;
            if matches!(token, Token::End) {
                return Ok(());
            }
            if op != Op::Remove
                && let Some(element) = list.element()
            {
                self.fill(token, element, Op::Set)?;
                continue;
            }
            let result = match token {
                Token::Scalar(scalar) => list.item(Reader::Scalar(scalar)),
                parts => list.item(Reader::Tree(&self.collect(parts)?)),
            };
            result.map_err(|_| Bail)?;
        }
    }

    fn mapping(&mut self, map: &mut dyn Mapping) -> Result<(), Bail> {
        map.begin();
        while let Some(key) = self.key()? {
            // A key that is there was given twice, or in another spelling.
            let before = map.count();
            let place = map.entry(&key).map_err(|_| Bail)?;
            self.place(place, Op::Set)?;
            if map.count() == before {
                return Err(Bail);
            }
        }
        Ok(())
    }

    fn remove(&mut self, map: &mut dyn Mapping) -> Result<(), Bail> {
        loop {
            match self.item()? {
                Token::Scalar(scalar) => map.remove(scalar.to_str().map_err(|_| Bail)?),
                Token::End => return Ok(()),
                Token::List | Token::Table => return Err(Bail),
            }
        }
    }

    /// With the tag first, which is where it stands in nearly every file.
    fn choice(&mut self, choice: &mut dyn Choice) -> Result<(), Bail> {
        let schema = choice.schema();
        let Body::Choice { tag, .. } = schema.body else { return Err(Bail) };
        let Some(key) = self.key()? else { return Ok(()) };
        if key != tag {
            return Err(Bail);
        }
        let Token::Scalar(word) = self.value()? else { return Err(Bail) };
        let variant = schema.find_word(word.to_str().map_err(|_| Bail)?).ok_or(Bail)?;
        choice.select(variant);
        let Target::Record(record) = choice.variant(variant).target() else { return Err(Bail) };
        // A setting of the tag's name could be meant by a second one.
        if record.schema().find(tag, &mut 0).is_some() {
            return Err(Bail);
        }
        let mut seen = Seen::default();
        seen.insert(key)?;
        self.record(record, seen)
    }

    /// Reads over a value. Its keys are looked at all the same.
    fn skip(&mut self) -> Result<(), Bail> {
        let token = self.value()?;
        self.skip_rest(&token)
    }

    fn skip_rest(&mut self, token: &Token<'t>) -> Result<(), Bail> {
        match token {
            Token::Scalar(_) => Ok(()),
            Token::List => loop {
                match self.item()? {
                    Token::End => return Ok(()),
                    token => self.skip_rest(&token)?,
                }
            },
            Token::Table => {
                let mut keys = Keys::default();
                while let Some(key) = self.key()? {
                    keys.insert(key)?;
                    self.skip()?;
                }
                Ok(())
            }
            Token::End => Err(Bail),
        }
    }

    /// A value as a tree, for a type that reads it as a whole.
    fn collect(&mut self, token: &Token<'t>) -> Result<Tree<'t>, Bail> {
        match token {
            Token::Scalar(scalar) => Ok(scalar.clone().into()),
            Token::List => {
                let mut items = Vec::new();
                loop {
                    match self.item()? {
                        Token::End => return Ok(Tree::new(Node::List(items))),
                        token => items.push(self.collect(&token)?),
                    }
                }
            }
            Token::Table => {
                let (mut entries, mut keys) = (Vec::new(), Keys::default());
                while let Some(key) = self.key()? {
                    keys.insert(key.clone())?;
                    let token = self.value()?;
                    entries.push((Key::new(key), self.collect(&token)?));
                }
                Ok(Tree::new(Node::Table(entries)))
            }
            Token::End => Err(Bail),
        }
    }
}
