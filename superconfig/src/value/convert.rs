//! Values to and from other types, by serde too.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Table, Value};
use crate::decode::scalar::Core;
use crate::decode::{
    Fault, FaultKind, Key, Node, Reader, Scalar, Tree, json_text::parse_unless_string,
};
use crate::error::{Code, ConfigError, Problem};
use crate::path::{KeyPath, Segment};

/// The value that a scalar is. A text that nobody knows the type of is what it looks like.
pub(super) fn of_scalar(scalar: &Scalar<'_>) -> Result<Value, Fault> {
    Ok(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Bool(value) => Value::Bool(*value),
        Scalar::Integer(value) => Value::Integer(*value),
        Scalar::Huge(_) => {
            let expected = format!("an integer from {} to {}", i128::MIN, i128::MAX);
            return Err(Fault::new(FaultKind::Range { expected, found: scalar.found() }));
        }
        Scalar::Float(value) => Value::Float(*value),
        Scalar::Str(text) => Value::String(text.to_string()),
        Scalar::Datetime(text) => Value::Datetime(text.to_string()),
        Scalar::Plain(text) => match Core::of(text) {
            Core::Str => Value::String(text.to_string()),
            core => of_scalar(&core.into_scalar())?,
        },
        Scalar::Text { text, .. } if is_integer(text.trim()) => {
            of_scalar(&Scalar::integer(text.trim(), 10))?
        }
        Scalar::Text { text, .. } => match parse_unless_string(text) {
            Some(tree) => of_tree(&tree)?,
            None => Value::String(text.to_string()),
        },
    })
}

/// Whether a text is an integer of JSON; the parser of JSON takes a large one for a float.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits == "0" || !digits.starts_with('0');
    plain && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The value that a tree is. What is wrong with a part of it says which part that is.
pub(super) fn of_tree(tree: &Tree<'_>) -> Result<Value, Fault> {
    Ok(match &tree.node {
        Node::Scalar(scalar) => of_scalar(scalar)?,
        Node::List(items) => {
            let item = |(index, item): (usize, &Tree<'_>)| {
                of_tree(item).map_err(|fault| within(fault, index, item))
            };
            Value::List(items.iter().enumerate().map(item).collect::<Result<_, _>>()?)
        }
        Node::Table(entries) => {
            let mut table = Table::with_capacity(entries.len());
            for (key, part) in entries {
                let value =
                    of_tree(part).map_err(|fault| within(fault, key.text.to_string(), part))?;
                table.insert(&*key.text, value);
            }
            Value::Table(table)
        }
        Node::Elements(_) => return Err(Fault::expected("a value", tree.found())),
    })
}

/// A fault in a part, as one of the whole.
pub(super) fn within(fault: Fault, step: impl Into<Segment>, part: &Tree<'_>) -> Fault {
    let fault = fault.about(|| part.found()).inside(step.into());
    match part.span {
        Some(span) if fault.span().is_none() => fault.spanned(span),
        _ => fault,
    }
}

impl From<&Value> for Tree<'static> {
    fn from(value: &Value) -> Self {
        let scalar = match value {
            Value::Null => Scalar::Null,
            Value::Bool(value) => Scalar::Bool(*value),
            Value::Integer(value) => Scalar::Integer(*value),
            Value::Float(value) => Scalar::Float(*value),
            Value::String(text) => Scalar::Str(text.clone().into()),
            Value::Datetime(text) => Scalar::Datetime(text.clone().into()),
            Value::List(items) => {
                return Self::new(Node::List(items.iter().map(Self::from).collect()));
            }
            Value::Table(table) => {
                let entry = |(key, value): (&str, &Value)| (Key::new(key.to_owned()), value.into());
                return Self::new(Node::Table(table.iter().map(entry).collect()));
            }
        };
        scalar.into()
    }
}

impl Value {
    /// The value that a tree is.
    pub(crate) fn of_tree(tree: &Tree<'_>) -> Result<Self, Fault> {
        of_tree(tree)
    }

    /// The value at a path, as any type that implements [`Deserialize`]. What is not there is `null`,
    /// and so `None` for an `Option`.
    ///
    /// ```
    /// use superconfig::{Code, Format, SuperConfig, Value};
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let value = SuperConfig::<Value>::new()
    ///     .with_text(Format::Toml, "[database]\nport = 70000")
    ///     .extract()?;
    /// assert_eq!(value.read::<u32>("database.port")?, 70_000);
    /// assert_eq!(value.read::<Option<u32>>("database.pool")?, None);
    ///
    /// let error = value.read::<u16>("database.port").expect_err("it does not fit");
    /// assert_eq!(error.problems()[0].code, Code::OutOfRange);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no such value (`SC0101`), or it is not what the type takes.
    pub fn read<T: DeserializeOwned>(&self, path: impl Into<KeyPath>) -> Result<T, ConfigError> {
        let path = path.into();
        let Some(value) = self.get(path.clone()) else {
            return T::deserialize(Reader::Scalar(&Scalar::Null)).map_err(|_| {
                Problem::new(Code::Missing, "required, and no source sets it").at(path).into()
            });
        };
        let tree = Tree::from(value);
        T::deserialize(Reader::Tree(&tree)).map_err(|fault| {
            let fault = fault.about(|| tree.found());
            let mut path = path;
            path.extend(fault.at().cloned());
            Problem::new(fault.code(), fault.to_string()).at(path).into()
        })
    }
}

/// From any format of serde, so that a field of a struct can be a [`Value`] too.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tree = Tree::deserialize(deserializer)?;
        datetimes(&mut tree);
        of_tree(&tree).map_err(de::Error::custom)
    }
}

/// Formats give a date-time as a table with one key that no configuration has.
fn datetimes(tree: &mut Tree<'static>) {
    match &mut tree.node {
        Node::Table(entries) => {
            if let [(key, Tree { node: Node::Scalar(Scalar::Str(text)), .. })] = entries.as_slice()
                && key.text == crate::decode::DATETIME_FIELD
            {
                tree.node = Node::Scalar(Scalar::Datetime(text.clone()));
            } else {
                entries.iter_mut().for_each(|(_, value)| datetimes(value));
            }
        }
        Node::List(items) => items.iter_mut().for_each(datetimes),
        Node::Scalar(_) | Node::Elements(_) => {}
    }
}

/// Into any format of serde; a date-time is a string there.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => match (i64::try_from(*value), u64::try_from(*value)) {
                (Ok(value), _) => serializer.serialize_i64(value),
                (_, Ok(value)) => serializer.serialize_u64(value),
                _ => serializer.serialize_i128(*value),
            },
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::String(text) | Self::Datetime(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Table(table) => table.serialize(serializer),
        }
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        self.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        map.end()
    }
}

/// On one line, as in JSON; `nan`, the infinities and date-times are strings there.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) if value.is_finite() => write!(f, "{value:?}"),
            Self::Float(value) => write!(f, "\"{value}\""),
            Self::String(text) | Self::Datetime(text) => write!(f, "{}", Quoted(text)),
            Self::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at > 0 { "," } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Table(table) => {
                f.write_str("{")?;
                for (at, (key, value)) in table.iter().enumerate() {
                    write!(f, "{}{}:{value}", if at > 0 { "," } else { "" }, Quoted(key))?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A string of JSON.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self.0).map_err(|_| fmt::Error)?)
    }
}

macro_rules! from {
    ($($variant:ident: $($type:ty),*;)*) => {$($(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*)*};
}

from! {
    Bool: bool;
    Integer: i8, i16, i32, i64, i128, u8, u16, u32, u64;
    Float: f32, f64;
    String: String, &str;
    Table: Table;
}

impl<V: Into<Value>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<V: Into<Value>> From<Vec<V>> for Value {
    fn from(items: Vec<V>) -> Self {
        items.into_iter().collect()
    }
}

impl<V: Into<Value>, const N: usize> From<[V; N]> for Value {
    fn from(items: [V; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<Value>> From<BTreeMap<K, V>> for Value {
    fn from(entries: BTreeMap<K, V>) -> Self {
        Self::Table(entries.into_iter().map(|(key, value)| (key, value.into())).collect())
    }
}

/// In the order of the keys, because the map has none.
impl<K: Into<String>, V: Into<Value>, S> From<HashMap<K, V, S>> for Value {
    fn from(entries: HashMap<K, V, S>) -> Self {
        let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
        entries.collect::<BTreeMap<String, V>>().into()
    }
}

impl<V: Into<Value>> FromIterator<V> for Value {
    fn from_iter<I: IntoIterator<Item = V>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}
