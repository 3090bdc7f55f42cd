//! JSON in one text: a list, map or struct in a variable or an argument.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::fault::{Fault, Found};
use super::scalar::Scalar;
use super::tree::{Key, Node, Tree};

/// Reads one JSON value. The nesting is limited to 128 levels by the parser.
pub fn parse(text: &str) -> Result<Tree<'static>, Fault> {
    serde_json::from_str(text).map_err(|error| {
        // The parser's own line and column are those of the variable's text, which the reader of
        // the message has before him in one line.
        let message = error.to_string();
        let message = match message.split(" at line ").next().unwrap_or_default() {
            "EOF while parsing a list" => "a list is not closed",
            "EOF while parsing an object" => "a table is not closed",
            "EOF while parsing a string" => "a string is not closed",
            "recursion limit exceeded" => "it is nested more than 127 levels deep",
            other => other,
        };
        let column = error.column();
        Fault::custom(
            format!("not valid JSON ({message}, at character {column})"),
            Some(Found::string(text)),
        )
    })
}

/// What a type that takes anything is given: JSON where the text is a number, boolean, list or
/// table in JSON, else `None` for the text itself.
pub fn parse_unless_string(text: &str) -> Option<Tree<'static>> {
    let first = text.trim_start().bytes().next()?;
    let plausible = matches!(first, b'[' | b'{' | b't' | b'f' | b'-' | b'0'..=b'9');
    plausible.then(|| serde_json::from_str(text).ok()).flatten()
}

impl<'de> Deserialize<'de> for Tree<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Tree<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Null.into())
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Null.into())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Deserialize::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Bool(value).into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Scalar::Integer(value.into()).into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Integer(value.into()).into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<Self::Value, E> {
        Ok(Scalar::Integer(value).into())
    }

    fn visit_u128<E>(self, value: u128) -> Result<Self::Value, E> {
        Ok(i128::try_from(value)
            .map_or_else(|_| Scalar::Huge(Cow::Owned(value.to_string())), Scalar::Integer)
            .into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Float(value).into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Str(Cow::Owned(text.to_owned())).into())
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Scalar::Str(Cow::Owned(text)).into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Tree::new(Node::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        let mut seen = HashSet::new();
        while let Some(key) = table.next_key::<String>()? {
            if !seen.insert(key.clone()) {
                return Err(serde::de::Error::custom(format!("the key {key:?} stands twice")));
            }
            entries.push((Key::new(key), table.next_value()?));
        }
        Ok(Tree::new(Node::Table(entries)))
    }
}

#[cfg(test)]
mod tests {
    use serde::de::IntoDeserializer;
    use serde::de::value::Error;

    use super::*;

    fn shown(tree: Result<Tree<'static>, Error>) -> String {
        format!("{:?}", tree.expect("a tree").node)
    }

    fn read<'de, T: IntoDeserializer<'de, Error>>(value: T) -> String {
        shown(Tree::deserialize(value.into_deserializer()))
    }

    /// An optional value as formats give it that can tell `Some(1)` from `1`.
    struct Optional(Option<u64>);

    impl<'de> Deserializer<'de> for Optional {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0 {
                Some(value) => visitor.visit_some(value.into_deserializer()),
                None => visitor.visit_none(),
            }
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
            option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum
            identifier ignored_any
        }
    }

    #[test]
    fn a_tree_is_read_from_any_format_of_serde() {
        assert_eq!(read(()), "Scalar(Null)");
        assert_eq!(read(true), "Scalar(Bool(true))");
        assert_eq!(read(7_u64), "Scalar(Integer(7))");
        assert_eq!(read(-7_i64), "Scalar(Integer(-7))");
        assert_eq!(read(i128::MIN), format!("Scalar(Integer({}))", i128::MIN));
        assert_eq!(read(7_u128), "Scalar(Integer(7))");
        assert_eq!(read(u128::MAX), format!("Scalar(Huge(\"{}\"))", u128::MAX));
        assert_eq!(read(0.5_f64), "Scalar(Float(0.5))");
        assert_eq!(read("text"), "Scalar(Str(\"text\"))");
        assert_eq!(read("text".to_owned()), "Scalar(Str(\"text\"))");
        assert_eq!(shown(Tree::deserialize(Optional(None))), "Scalar(Null)");
        assert_eq!(shown(Tree::deserialize(Optional(Some(1)))), "Scalar(Integer(1))");
    }

    #[test]
    fn a_format_without_a_value_is_told_that_one_is_expected() {
        let bytes = serde::de::value::BytesDeserializer::<Error>::new(b"x");
        let error = Tree::deserialize(bytes).expect_err("bytes are no value");
        assert_eq!(error.to_string(), "invalid type: byte array, expected a value");
    }

    #[test]
    fn text_that_is_no_json_says_why_and_where() {
        let said = |text| parse(text).expect_err("not JSON").to_string();
        let said = |text| said(text).split(", found").next().unwrap_or_default().to_owned();
        assert_eq!(said("[1"), "not valid JSON (a list is not closed, at character 2)");
        assert_eq!(said("{\"a\": 1"), "not valid JSON (a table is not closed, at character 7)");
        assert_eq!(said("[\"a"), "not valid JSON (a string is not closed, at character 3)");
        assert_eq!(
            said(&"[".repeat(200)),
            "not valid JSON (it is nested more than 127 levels deep, at character 128)"
        );
    }
}
