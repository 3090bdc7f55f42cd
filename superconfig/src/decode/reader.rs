//! The one deserializer that leaf types are compiled for.

use std::borrow::Cow;

use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, Visitor};

use super::access::{
    DATETIME_FIELD, DATETIME_STRUCT, Variant, visit_datetime, visit_list, visit_table,
};
use super::fault::{Fault, FaultKind, Found};
use super::json_text;
use super::scalar::{Core, Scalar};
use super::tree::{Node, Tree};

/// A value on its way into a leaf's own type.
///
/// The type asks for what it needs, and what the source left open is read accordingly: the text of
/// a variable, a plain scalar of YAML.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'r> {
    /// A value without parts. It is not moved on its way from the parser to its type: what was
    /// written in small pieces a moment ago is slow to copy in large ones.
    Scalar(&'r Scalar<'r>),
    /// Any value.
    Tree(&'r Tree<'r>),
}

impl<'r> Reader<'r> {
    /// The text, where the source is a variable or an argument.
    pub fn as_text(&self) -> Option<&str> {
        match self.as_scalar() {
            Some(Scalar::Text { text, .. }) => Some(text),
            _ => None,
        }
    }

    /// The value, where it has no parts.
    pub(crate) fn as_scalar(&self) -> Option<&Scalar<'r>> {
        match self {
            Self::Scalar(scalar) => Some(scalar),
            Self::Tree(Tree { node: Node::Scalar(scalar), .. }) => Some(scalar),
            Self::Tree(_) => None,
        }
    }

    /// What it is, in the words of an error message.
    pub fn found(&self) -> Found {
        match self {
            Self::Scalar(scalar) => scalar.found(),
            Self::Tree(tree) => tree.found(),
        }
    }

    fn scalar(&self, expected: &str) -> Result<&Scalar<'r>, Fault> {
        self.as_scalar().ok_or_else(|| Fault::expected(expected, self.found()))
    }

    fn is_null(&self) -> bool {
        self.as_scalar().is_some_and(Scalar::is_null)
    }

    /// A variable's list: JSON where it begins with a bracket, else split.
    fn list_of_text(text: &str, separator: &'static str) -> Result<Tree<'static>, Fault> {
        // Nothing is no list of one empty item: it is no value.
        if text.is_empty() {
            return Err(Fault::new(FaultKind::Null));
        }
        if text.trim_start().starts_with('[') {
            json_text::parse(text)
        } else {
            let items = split(text, separator)
                .map(|item| Scalar::text(item.to_owned(), separator).into())
                .collect();
            Ok(Tree::new(Node::List(items)))
        }
    }

    /// The value as a list; a variable's text is one too.
    pub(crate) fn list(&self) -> Result<Cow<'_, Tree<'_>>, Fault> {
        if let Self::Tree(tree @ Tree { node: Node::List(_), .. }) = self {
            return Ok(Cow::Borrowed(*tree));
        }
        match self.scalar("a list")? {
            Scalar::Text { text, separator } => Self::list_of_text(text, separator).map(Cow::Owned),
            scalar if scalar.is_null() => Err(Fault::new(FaultKind::Null)),
            scalar => Err(Fault::expected("a list", scalar.found())),
        }
    }

    fn visit_str<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.scalar("a string")?.to_str()?)
    }
}

/// The items of a list in one text, without the white space around them.
pub fn split<'t>(text: &'t str, separator: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(separator).map(str::trim)
}

macro_rules! integers {
    ($($method:ident $visit:ident $type:ty),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let expected = "an integer";
            let scalar = self.scalar(expected)?;
            visitor.$visit(scalar.to_integer::<$type>(&<$type>::MIN, &<$type>::MAX)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let scalar = match &self {
            Self::Scalar(scalar) => *scalar,
            Self::Tree(Tree { node: Node::Scalar(scalar), .. }) => scalar,
            Self::Tree(Tree { node: Node::List(items), .. }) => return visit_list(items, visitor),
            Self::Tree(Tree { node: Node::Table(entries), .. }) => {
                return visit_table(entries, visitor);
            }
            Self::Tree(tree) => return Err(Fault::expected("a value", tree.found())),
        };
        match scalar {
            Scalar::Null => visitor.visit_unit(),
            Scalar::Bool(value) => visitor.visit_bool(*value),
            Scalar::Integer(value) => visit_integer(*value, visitor),
            Scalar::Huge(text) => match text.parse() {
                Ok(value) => visitor.visit_u128(value),
                Err(_) => Err(Fault::new(FaultKind::Range {
                    expected: format!("an integer up to {}", u128::MAX),
                    found: scalar.found(),
                })),
            },
            Scalar::Float(value) => visitor.visit_f64(*value),
            Scalar::Str(_) => self.visit_str(visitor),
            Scalar::Datetime(text) => visit_datetime(text, visitor),
            Scalar::Plain(text) => match Core::of(text) {
                Core::Str => visitor.visit_str(text),
                core => Reader::Scalar(&core.into_scalar()).deserialize_any(visitor),
            },
            Scalar::Text { text, .. } => match json_text::parse_unless_string(text) {
                Some(tree) => Reader::Tree(&tree).deserialize_any(visitor),
                None => visitor.visit_str(text),
            },
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.scalar("a boolean (true or false)")?.to_bool()?)
    }

    integers! {
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64,
        deserialize_i128 visit_i128 i128, deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_u128 visit_u128 u128,
    }

    #[allow(clippy::cast_possible_truncation)] // what an `f32` field asks for
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f32(self.scalar("a number")?.to_float()? as f32)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f64(self.scalar("a number")?.to_float()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        const EXPECTED: &str = "a single character";
        let mut chars = self.scalar(EXPECTED)?.to_str()?.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => visitor.visit_char(only),
            _ => Err(Fault::expected(EXPECTED, self.found())),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self {
            Self::Tree(Tree { node: Node::List(items), .. }) => visit_list(items, visitor),
            other => visitor.visit_bytes(other.scalar("bytes")?.to_str()?.as_bytes()),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_null() {
            visitor.visit_unit()
        } else {
            Err(Fault::expected("null", self.found()))
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let list = self.list()?;
        match &list.node {
            Node::List(items) => visit_list(items, visitor),
            _ => Err(Fault::expected("a list", list.found())),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Self::Tree(Tree { node: Node::Table(entries), .. }) = &self {
            return visit_table(entries, visitor);
        }
        match self.scalar("a table")? {
            Scalar::Text { text, .. } => {
                let tree = json_text::parse(text)?;
                match &tree.node {
                    Node::Table(entries) => visit_table(entries, visitor),
                    _ => Err(Fault::expected("a table", tree.found())),
                }
            }
            scalar if scalar.is_null() => Err(Fault::new(FaultKind::Null)),
            scalar => Err(Fault::expected("a table", scalar.found())),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        // `toml::value::Datetime` asks for itself in this way.
        if name == DATETIME_STRUCT
            && fields == [DATETIME_FIELD]
            && let Some(Ok(text)) = self.as_scalar().map(Scalar::to_str)
        {
            return visit_datetime(text, visitor);
        }
        if let Some(text) = self.as_text()
            && text.trim_start().starts_with('[')
        {
            let tree = json_text::parse(text)?;
            return Reader::Tree(&tree).deserialize_struct(name, fields, visitor);
        }
        match &self {
            Self::Tree(Tree { node: Node::List(items), .. }) => visit_list(items, visitor),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if let Self::Tree(Tree { node: Node::Table(entries), .. }) = &self {
            return match entries.as_slice() {
                [(key, content)] => visitor.visit_enum(Variant { key, content }),
                _ => Err(Fault::expected("a table with one key, the variant", self.found())),
            };
        }
        if let Some(text) = self.as_text()
            && text.trim_start().starts_with('{')
        {
            let tree = json_text::parse(text)?;
            return Reader::Tree(&tree).deserialize_enum(name, variants, visitor);
        }
        let text = self.scalar("a variant's name")?.to_str()?;
        visitor.visit_enum(StrDeserializer::<Fault>::new(text))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }
}

/// Visitors of small types know `i64` and `u64` rather than `i128`.
fn visit_integer<'de, V: Visitor<'de>>(value: i128, visitor: V) -> Result<V::Value, Fault> {
    if let Ok(value) = u64::try_from(value) {
        visitor.visit_u64(value)
    } else if let Ok(value) = i64::try_from(value) {
        visitor.visit_i64(value)
    } else {
        visitor.visit_i128(value)
    }
}

#[cfg(test)]
mod tests;
