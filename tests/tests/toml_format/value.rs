//! Values that can be compared, from our tree, from `toml`'s, and from a reader.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use superconfig::decode::{Node, Scalar, Tree};
use toml::de::{DeTable, DeValue};

/// A value without places; tables are sorted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Bool(bool),
    /// An integer of any size, in decimal digits.
    Integer(String),
    /// The bits of a float, so that NaN equals itself.
    Float(u64),
    Str(String),
    Datetime(String),
    List(Vec<Value>),
    Table(Vec<(String, Value)>),
}

impl Value {
    fn table(entries: impl Iterator<Item = (String, Value)>) -> Self {
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        Self::Table(entries)
    }

    fn float(value: f64) -> Self {
        Self::Float(if value.is_nan() { 1 } else { value.to_bits() })
    }

    /// From our tree.
    pub(crate) fn of_tree(tree: &Tree<'_>) -> Self {
        match &tree.node {
            Node::List(items) => Self::List(items.iter().map(Self::of_tree).collect()),
            Node::Table(entries) => Self::table(
                entries.iter().map(|(key, value)| (key.text.to_string(), Self::of_tree(value))),
            ),
            Node::Elements(_) => panic!("files have no positions"),
            Node::Scalar(scalar) => match scalar {
                Scalar::Bool(value) => Self::Bool(*value),
                Scalar::Integer(value) => Self::Integer(value.to_string()),
                Scalar::Huge(text) => Self::Integer(text.to_string()),
                Scalar::Float(value) => Self::float(*value),
                Scalar::Str(text) => Self::Str(text.to_string()),
                Scalar::Datetime(text) => Self::Datetime(text.to_string()),
                other => panic!("TOML has no {other:?}"),
            },
        }
    }

    /// What `toml` reads, or `None` where it refuses the text.
    pub(crate) fn of_toml(text: &str) -> Option<Self> {
        Self::of_table(DeTable::parse(text).ok()?.get_ref())
    }

    fn of_table(table: &DeTable<'_>) -> Option<Self> {
        let entries = table
            .iter()
            .map(|(key, value)| Some((key.get_ref().to_string(), Self::of_value(value.get_ref())?)))
            .collect::<Option<Vec<_>>>()?;
        Some(Self::table(entries.into_iter()))
    }

    /// `None` for a float that does not fit, which `toml` notices only when it is asked for.
    fn of_value(value: &DeValue<'_>) -> Option<Self> {
        Some(match value {
            DeValue::String(text) => Self::Str(text.to_string()),
            DeValue::Boolean(value) => Self::Bool(*value),
            DeValue::Datetime(value) => Self::Datetime(value.to_string()),
            DeValue::Integer(value) => {
                // `toml` notices what are no digits only when it is asked for a number.
                let digits = value.as_str().trim_start_matches(['+', '-']);
                if digits.is_empty() || !digits.chars().all(|c| c.is_digit(value.radix())) {
                    return None;
                }
                match i128::from_str_radix(value.as_str(), value.radix()) {
                    Ok(value) => Self::Integer(value.to_string()),
                    Err(_) => Self::Integer(value.as_str().to_owned()),
                }
            }
            DeValue::Float(value) => {
                let text = value.as_str();
                let value: f64 = text.parse().ok()?;
                if value.is_infinite() && !text.contains("inf") {
                    return None;
                }
                Self::float(value)
            }
            DeValue::Array(items) => {
                let items = items.iter().map(|item| Self::of_value(item.get_ref()));
                Self::List(items.collect::<Option<_>>()?)
            }
            DeValue::Table(table) => Self::of_table(table)?,
        })
    }
}

/// As a leaf's own type reads it.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Read)
    }
}

struct Read;

impl<'de> Visitor<'de> for Read {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Integer(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Integer(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Integer(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Str(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut table = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            table.push(entry);
        }
        Ok(Value::table(table.into_iter()))
    }
}
