//! Values without a struct: what [`SuperConfig::<Value>`](struct@crate::SuperConfig) loads.
//!
//! | part | does |
//! | --- | --- |
//! | `table` | keys in their order |
//! | `convert` | to and from other types, by serde too |
//! | `layer` | what one source says, and how it meets what stands |
//! | `form`, `takes` | what a JSON Schema says of settings, and how values are read by it |
//! | `shaped` | the layer of settings that a JSON Schema declares |
//! | `layered` | the layer of a value: one of the two |
//! | `text` | what the text of a variable, an argument or an override means |
//! | `name` | which key the name of a variable means |
//! | `secret` | which paths are secrets |
//!
//! `docs/UNTYPED.md` has the rules.

mod convert;
pub(crate) mod form;
mod layer;
mod layered;
mod name;
mod secret;
mod shaped;
mod table;
pub(crate) mod takes;
mod text;

pub use table::Table;

pub use layer::Untyped;
pub use layered::{Declared, Layered};
pub(crate) use name::{meaning, variable_of};
pub(crate) use secret::Secrets;
pub(crate) use shaped::Shaped;
pub(crate) use text::read;

use std::thread::LocalKey;

use crate::config::Config;
use crate::heap::HeapSize;
use crate::path::{KeyPath, Segment};
use crate::publish::memory::Memory;
use crate::schema::{Body, Op, Schema};
use crate::slot::Slot;

/// A value without a struct: what `SuperConfig::<Value>` loads, and any part of it.
///
/// The root is always a [`Value::Table`]. Integers are apart from floats, and `null`, date-times, the
/// order of keys and their case are kept. `docs/UNTYPED.md` has the rules of loading.
///
/// Nothing here knows which values are secrets, so [`Display`](std::fmt::Display) and `Debug` show all
/// of them; what a handle shows can be redacted by
/// [`with_secret`](crate::SuperConfig::with_secret).
///
/// ```
/// use superconfig::{Format, SuperConfig, Value};
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let value = SuperConfig::<Value>::new()
///     .with_text(Format::Toml, "plugins = ['core']\n[database]\npool_size = 4")
///     .with_text(Format::Json, r#"{"plugins_add": ["http"]}"#)
///     .with_env("APP_")
///     .with_env_vars([("APP_DATABASE_POOL_SIZE", "16")])
///     .extract()?;
/// assert_eq!(value.get("database.pool_size"), Some(&Value::Integer(16)));
/// assert_eq!(value.read::<Vec<String>>("plugins")?, ["core", "http"]);
/// assert_eq!(value.to_string(), r#"{"plugins":["core","http"],"database":{"pool_size":16}}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum Value {
    /// JSON's and YAML's `null`.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer: all of `i64` and `u64`, and of `i128`.
    Integer(i128),
    /// A floating-point number, also `nan` and the infinities.
    Float(f64),
    /// A string.
    String(String),
    /// A date, a time or both, as TOML writes them: `2026-01-02T03:04:05Z`.
    Datetime(String),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(Table),
}

/// As configurations compare: `nan` is equal to itself, `1` is not `1.0`, and the order of keys does
/// not matter.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Self::String(a), Self::String(b)) | (Self::Datetime(a), Self::Datetime(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Table(a), Self::Table(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Value {}

impl Value {
    /// A table of these keys and values.
    ///
    /// ```
    /// use superconfig::Value;
    ///
    /// let value = Value::table([("host", "localhost"), ("user", "app")]);
    /// assert_eq!(value.get("user"), Some(&Value::from("app")));
    /// ```
    pub fn table<K: Into<String>, V: Into<Self>>(
        entries: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Self::Table(entries.into_iter().map(|(key, value)| (key, value.into())).collect())
    }

    /// The value at a path below this one; this one itself at the root.
    ///
    /// ```
    /// use superconfig::{KeyPath, Value};
    ///
    /// let value = Value::table([("servers", [8080, 8081])]);
    /// assert_eq!(value.get("servers[1]"), Some(&Value::Integer(8081)));
    /// assert_eq!(value.get(KeyPath::root()), Some(&value));
    /// assert_eq!(value.get("servers.port"), None);
    /// ```
    pub fn get(&self, path: impl Into<KeyPath>) -> Option<&Self> {
        path.into().segments().iter().try_fold(self, |at, segment| at.child(segment))
    }

    pub(crate) fn child(&self, segment: &Segment) -> Option<&Self> {
        match (self, segment) {
            (Self::Table(table), Segment::Key(key)) => table.get(key),
            (Self::List(items), Segment::Index(index)) => items.get(*index),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if it is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The integer, if it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_integer().and_then(|value| value.try_into().ok())
    }

    /// The integer, if it is one that fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_integer().and_then(|value| value.try_into().ok())
    }

    /// The integer, if it is one.
    pub const fn as_integer(&self) -> Option<i128> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The number as a float, if it is a float or an integer.
    #[allow(clippy::cast_precision_loss)] // what is asked for
    pub const fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Float(value) => Some(*value),
            Self::Integer(value) => Some(*value as f64),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The date-time as it is written, if it is one.
    pub fn as_datetime(&self) -> Option<&str> {
        match self {
            Self::Datetime(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The table, if it is one.
    pub const fn as_table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) => Some(table),
            _ => None,
        }
    }

    /// What it is, in the words of an error message.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::String(_) => "a string",
            Self::Datetime(_) => "a date-time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// The text that a message calls a value by, and by which `merge_by` compares it.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// The step that a key means, where its value is a list: `plugins_add` adds to `plugins`.
pub(crate) fn step(key: &str) -> Option<(&str, Op)> {
    [Op::Add, Op::Remove].into_iter().find_map(|op| {
        let stem = key.strip_suffix(op.suffix()).filter(|stem| !stem.is_empty())?;
        Some((stem, op))
    })
}

impl Config for Value {
    type Layer = Layered;

    const SCHEMA: &'static Schema = &Schema::new("Value", Body::Any);

    fn slot() -> Option<&'static Slot<Self>> {
        static SLOT: Slot<Value> = Slot::new();
        Some(&SLOT)
    }

    fn memories() -> Option<&'static LocalKey<Memory<Self>>> {
        thread_local! {
            static MEMORY: Memory<Value> = const { Memory::new() };
        }
        Some(&MEMORY)
    }

    fn again(&self) -> Option<Self> {
        Some(self.clone())
    }
}

impl HeapSize for Value {
    fn heap_size(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Float(_) => 0,
            Self::String(text) | Self::Datetime(text) => text.heap_size(),
            Self::List(items) => items.heap_size(),
            Self::Table(table) => table.heap_size(),
        }
    }
}

#[cfg(test)]
mod tests;
