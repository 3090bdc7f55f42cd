//! `serde_json`'s stream into places.
//!
//! It is one visitor over the object-safe faces, so the parser is compiled for it once, here, and
//! not for every struct that derives.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::super::Bail;
use super::super::fast::{Keys, Pass, Seen, set_scalar};
use crate::decode::{
    Choice, Key, Mapping, Node, Place, Reader, Record, Scalar, Sequence, Target, Tree,
};
use crate::schema::{Body, Op};

/// What the parser is told when we bail; nobody reads it.
pub(super) fn bail<E: Error>(_: Bail) -> E {
    E::custom("bail")
}

/// A key of a table.
pub(super) struct KeyText<'p>(pub &'p Pass);

impl<'de> DeserializeSeed<'de> for KeyText<'_> {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyText<'_> {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        self.0.key(key).map_err(bail)?;
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        self.0.key(key).map_err(bail)?;
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// Where a value goes.
pub(super) enum To<'a> {
    /// Into a place.
    Place(&'a mut dyn Place, Op),
    /// Into a list or set, as its next item.
    Item(&'a mut dyn Sequence, Op),
    /// Nowhere: nobody knows its key.
    Nowhere,
}

/// One value on its way.
pub(super) struct Fill<'a> {
    pub to: To<'a>,
    pub pass: &'a mut Pass,
}

impl<'de> DeserializeSeed<'de> for Fill<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        self.pass.node().map_err(bail)?;
        if let To::Item(list, op) = self.to {
            // Only now it is certain that there is another element.
            if op != Op::Remove
                && let Some(element) = list.element()
            {
                let to = To::Place(element, Op::Set);
                return json.deserialize_any(Fill { to, pass: self.pass });
            }
            let to = To::Item(list, op);
            return json.deserialize_any(Fill { to, pass: self.pass });
        }
        json.deserialize_any(self)
    }
}

impl Fill<'_> {
    fn scalar(self, scalar: Scalar<'_>) -> Result<(), Bail> {
        match self.to {
            To::Place(place, op) => set_scalar(place, op, scalar),
            To::Item(list, _) => list.item(Reader::Scalar(scalar)).map_err(|_| Bail),
            To::Nowhere => Ok(()),
        }
    }
}

/// Two things look alike to `serde_json` that are not the same in the text: an integer beyond `u64`
/// and a float, `-0` and `-0.0`.
fn float<'s>(value: f64) -> Result<Scalar<'s>, Bail> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    let zero = value == 0.0 && value.is_sign_negative();
    if zero || value.abs() >= BEYOND { Err(Bail) } else { Ok(Scalar::Float(value)) }
}

macro_rules! scalars {
    ($make:expr) => {
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            $make(self, Scalar::Null).map_err(bail)
        }
        fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
            $make(self, Scalar::Bool(value)).map_err(bail)
        }
        fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
            $make(self, Scalar::Integer(value.into())).map_err(bail)
        }
        fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
            $make(self, Scalar::Integer(value.into())).map_err(bail)
        }
        fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
            let scalar = float(value).map_err(bail)?;
            $make(self, scalar).map_err(bail)
        }
        fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
            $make(self, Scalar::Str(Cow::Borrowed(text))).map_err(bail)
        }
    };
}

impl<'de> Visitor<'de> for Fill<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    scalars!(Fill::scalar);

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.scalar(Scalar::Str(Cow::Borrowed(text))).map_err(bail)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { to, pass } = self;
        pass.enter().map_err(bail)?;
        match to {
            To::Place(place, op) => match place.target() {
                Target::Sequence(sequence) => {
                    sequence.begin(op);
                    let mut more = true;
                    while more {
                        let to = To::Item(sequence, op);
                        more = list.next_element_seed(Fill { to, pass })?.is_some();
                    }
                }
                Target::Value(value) => {
                    let tree = collect_list(&mut list, pass)?;
                    value.set(Reader::Tree(&tree)).map_err(|_| bail(Bail))?;
                }
                Target::Mapping(map) if op == Op::Remove => {
                    while let Some(key) = list.next_element_seed(Collect { pass })? {
                        match key.node {
                            Node::Scalar(Scalar::Str(key)) => map.remove(&key),
                            _ => return Err(bail(Bail)),
                        }
                    }
                }
                _ => return Err(bail(Bail)),
            },
            To::Item(sequence, _) => {
                let tree = collect_list(&mut list, pass)?;
                sequence.item(Reader::Tree(&tree)).map_err(|_| bail(Bail))?;
            }
            To::Nowhere => {
                while list.next_element_seed(Fill { to: To::Nowhere, pass })?.is_some() {}
            }
        }
        pass.leave();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<(), A::Error> {
        let Self { to, pass } = self;
        pass.enter().map_err(bail)?;
        match to {
            To::Place(place, op) => match place.target() {
                Target::Record(record) => fill_record(record, &mut table, Seen::default(), pass)?,
                Target::Mapping(map) if op == Op::Set => fill_map(map, &mut table, pass)?,
                Target::Choice(choice) => fill_choice(choice, &mut table, pass)?,
                Target::Value(value) => {
                    let tree = collect_table(&mut table, pass)?;
                    value.set(Reader::Tree(&tree)).map_err(|_| bail(Bail))?;
                }
                _ => return Err(bail(Bail)),
            },
            To::Item(sequence, _) => {
                let tree = collect_table(&mut table, pass)?;
                sequence.item(Reader::Tree(&tree)).map_err(|_| bail(Bail))?;
            }
            To::Nowhere => {
                let mut keys = Keys::default();
                while let Some(key) = table.next_key_seed(KeyText(pass))? {
                    keys.insert(key).map_err(bail)?;
                    table.next_value_seed(Fill { to: To::Nowhere, pass })?;
                }
            }
        }
        pass.leave();
        Ok(())
    }
}

fn fill_record<'de, A: MapAccess<'de>>(
    record: &mut dyn Record,
    table: &mut A,
    mut seen: Seen<'de>,
    pass: &mut Pass,
) -> Result<(), A::Error> {
    let mut hint = 0;
    while let Some(key) = table.next_key_seed(KeyText(pass))? {
        let child = pass.child(record, key, &mut hint, &mut seen).map_err(bail)?;
        let to = child.map_or(To::Nowhere, |(place, op)| To::Place(place, op));
        table.next_value_seed(Fill { to, pass })?;
    }
    Ok(())
}

fn fill_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Mapping,
    table: &mut A,
    pass: &mut Pass,
) -> Result<(), A::Error> {
    map.begin();
    let mut keys = Keys::default();
    while let Some(key) = table.next_key_seed(KeyText(pass))? {
        let place = map.entry(&key).map_err(|_| bail(Bail))?;
        keys.insert(key).map_err(bail)?;
        table.next_value_seed(Fill { to: To::Place(place, Op::Set), pass })?;
    }
    Ok(())
}

/// With the tag first, which is where it stands in nearly every file.
fn fill_choice<'de, A: MapAccess<'de>>(
    choice: &mut dyn Choice,
    table: &mut A,
    pass: &mut Pass,
) -> Result<(), A::Error> {
    let schema = choice.schema();
    let Body::Choice { tag, .. } = schema.body else { return Err(bail(Bail)) };
    let Some(key) = table.next_key_seed(KeyText(pass))? else { return Ok(()) };
    if key != tag {
        return Err(bail(Bail));
    }
    let word = table.next_value_seed(Collect { pass })?;
    let Node::Scalar(Scalar::Str(word)) = word.node else { return Err(bail(Bail)) };
    let variant = schema.find_word(&word).ok_or(Bail).map_err(bail)?;
    choice.select(variant);
    let Target::Record(record) = choice.variant(variant).target() else { return Err(bail(Bail)) };
    // A second tag would be read as a setting, and the first alone is none.
    if record.schema().find(tag, &mut 0).is_some() {
        return Err(bail(Bail));
    }
    let mut seen = Seen::default();
    seen.keys.insert(key).map_err(bail)?;
    fill_record(record, table, seen, pass)
}

/// A value as a tree, for a type that reads it as a whole.
struct Collect<'a> {
    pass: &'a mut Pass,
}

impl<'de> DeserializeSeed<'de> for Collect<'_> {
    type Value = Tree<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Tree<'de>, D::Error> {
        self.pass.node().map_err(bail)?;
        json.deserialize_any(self)
    }
}

impl Collect<'_> {
    #[allow(clippy::unnecessary_wraps, clippy::unused_self)] // the same shape as `Fill::scalar`
    fn scalar(self, scalar: Scalar<'_>) -> Result<Tree<'_>, Bail> {
        Ok(scalar.into())
    }
}

impl<'de> Visitor<'de> for Collect<'_> {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    scalars!(Collect::scalar);

    fn visit_str<E: Error>(self, text: &str) -> Result<Tree<'de>, E> {
        Ok(Scalar::Str(Cow::Owned(text.to_owned())).into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree<'de>, A::Error> {
        self.pass.enter().map_err(bail)?;
        let tree = collect_list(&mut list, self.pass)?;
        self.pass.leave();
        Ok(tree)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Tree<'de>, A::Error> {
        self.pass.enter().map_err(bail)?;
        let tree = collect_table(&mut table, self.pass)?;
        self.pass.leave();
        Ok(tree)
    }
}

fn collect_list<'de, A: SeqAccess<'de>>(
    list: &mut A,
    pass: &mut Pass,
) -> Result<Tree<'de>, A::Error> {
    let mut items = Vec::new();
    while let Some(item) = list.next_element_seed(Collect { pass })? {
        items.push(item);
    }
    Ok(Tree::new(Node::List(items)))
}

fn collect_table<'de, A: MapAccess<'de>>(
    table: &mut A,
    pass: &mut Pass,
) -> Result<Tree<'de>, A::Error> {
    let mut entries = Vec::new();
    let mut keys = Keys::default();
    while let Some(key) = table.next_key_seed(KeyText(pass))? {
        keys.insert(key.clone()).map_err(bail)?;
        let value = table.next_value_seed(Collect { pass })?;
        entries.push((Key::new(key), value));
    }
    Ok(Tree::new(Node::Table(entries)))
}
