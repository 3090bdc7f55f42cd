//! The parts of lists, tables, enums and dates, as serde asks for them.

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};

use super::fault::{Fault, Found};
use super::reader::Reader;
use super::scalar::Scalar;
use super::tree::{Key, Node, Tree};

pub(super) const DATETIME_STRUCT: &str = "$__toml_private_Datetime";
pub(crate) const DATETIME_FIELD: &str = "$__toml_private_datetime";

/// The shape in which `toml::value::Datetime` reads itself; other date types read the string that
/// is the map's only value, so they are given that.
pub(super) fn visit_datetime<'de, V: Visitor<'de>>(
    text: &str,
    visitor: V,
) -> Result<V::Value, Fault> {
    struct OneEntry<'t>(Option<&'t str>);

    impl<'de> de::MapAccess<'de> for OneEntry<'_> {
        type Error = Fault;

        fn next_key_seed<K: de::DeserializeSeed<'de>>(
            &mut self,
            seed: K,
        ) -> Result<Option<K::Value>, Fault> {
            if self.0.is_none() {
                return Ok(None);
            }
            seed.deserialize(BorrowedStrDeserializer::<Fault>::new(DATETIME_FIELD)).map(Some)
        }

        fn next_value_seed<S: de::DeserializeSeed<'de>>(
            &mut self,
            seed: S,
        ) -> Result<S::Value, Fault> {
            let text = self.0.take().unwrap_or_default();
            seed.deserialize(text.into_deserializer())
        }
    }

    visitor.visit_map(OneEntry(Some(text)))
}

pub(super) fn visit_list<'de, V: Visitor<'de>>(
    items: &[Tree<'_>],
    visitor: V,
) -> Result<V::Value, Fault> {
    let mut list = ListAccess { items: items.iter(), index: 0 };
    let value = visitor.visit_seq(&mut list)?;
    match list.items.len() {
        0 => Ok(value),
        _ => Err(Fault::expected(Found::items(list.index).what, Found::items(items.len()))),
    }
}

struct ListAccess<'t> {
    items: std::slice::Iter<'t, Tree<'t>>,
    index: usize,
}

impl<'de> de::SeqAccess<'de> for ListAccess<'_> {
    type Error = Fault;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(Reader::Tree(item))
            .map(Some)
            .map_err(|fault| part_fault(fault, index, item))
    }
}

/// The fault of a part of a value, with where it stands.
pub(crate) fn part_fault(
    fault: Fault,
    segment: impl Into<crate::path::Segment>,
    part: &Tree<'_>,
) -> Fault {
    let fault = fault.about(|| part.found()).inside(segment);
    match part.span {
        Some(span) => fault.spanned(span),
        None => fault,
    }
}

pub(super) fn visit_table<'de, V: Visitor<'de>>(
    entries: &[(Key<'_>, Tree<'_>)],
    visitor: V,
) -> Result<V::Value, Fault> {
    visitor.visit_map(TableAccess { entries: entries.iter(), value: None })
}

struct TableAccess<'t> {
    entries: std::slice::Iter<'t, (Key<'t>, Tree<'t>)>,
    value: Option<(&'t Key<'t>, &'t Tree<'t>)>,
}

impl<'de> de::MapAccess<'de> for TableAccess<'_> {
    type Error = Fault;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some((key, value));
        // A key is text, so a map may have numbers or enums for keys: they read themselves from it.
        let text = Scalar::text(&*key.text, ",");
        seed.deserialize(KeyReader(text)).map(Some).map_err(|fault| match key.span {
            Some(span) => fault.spanned(span),
            None => fault,
        })
    }

    fn next_value_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match self.value.take() {
            Some((key, value)) => seed
                .deserialize(Reader::Tree(value))
                .map_err(|fault| part_fault(fault, key.text.to_string(), value)),
            None => Err(Fault::custom("a table's value was asked for before its key", None)),
        }
    }
}

macro_rules! forward_key {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            Reader::Scalar(&self.0).$method(visitor)
        }
    )*};
}

/// A key: text wherever any type would do, else as a variable's text.
struct KeyReader<'k>(Scalar<'k>);

impl<'de> Deserializer<'de> for KeyReader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.0.to_str()?)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        Reader::Scalar(&self.0).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        Reader::Scalar(&self.0).deserialize_bool(visitor)
    }

    forward_key! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char
    }

    serde::forward_to_deserialize_any! {
        str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}

pub(super) struct Variant<'t> {
    pub(super) key: &'t Key<'t>,
    pub(super) content: &'t Tree<'t>,
}

impl<'de, 't> de::EnumAccess<'de> for Variant<'t> {
    type Error = Fault;
    type Variant = Content<'t>;

    fn variant_seed<S: de::DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Content<'t>), Fault> {
        let variant = seed.deserialize(StrDeserializer::<Fault>::new(&self.key.text))?;
        Ok((variant, Content(self.content)))
    }
}

pub(super) struct Content<'t>(&'t Tree<'t>);

impl<'de> de::VariantAccess<'de> for Content<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match &self.0.node {
            Node::Scalar(scalar) if scalar.is_null() => Ok(()),
            Node::Table(entries) if entries.is_empty() => Ok(()),
            _ => Err(Fault::expected("the variant's name alone", self.0.found())),
        }
    }

    fn newtype_variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(Reader::Tree(self.0))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Fault> {
        Reader::Tree(self.0).deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        Reader::Tree(self.0).deserialize_map(visitor)
    }
}
