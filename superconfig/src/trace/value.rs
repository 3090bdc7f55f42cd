//! The effective values, with the origin of each.

use std::fmt;

use super::data::Data;
use crate::origin::Origin;
use crate::path::{KeyPath, Segment};
use crate::value::Value;

/// What stands for a secret wherever values are shown.
pub(super) const REDACTED: &str = "[redacted]";

/// A value that a configuration has, with where it comes from.
///
/// A secret is [`Effective::Redacted`], in [`Display`](fmt::Display) and `Debug` too, until somebody calls
/// [`expose_secrets`](Self::expose_secrets).
///
/// ```
/// use superconfig::{Effective, Format, SecretString, SuperConfig};
///
/// #[derive(SuperConfig)]
/// struct Settings {
///     port: u16,
///     #[config(secret)]
///     key: SecretString,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let settings = SuperConfig::<Settings>::new()
///     .with_text(Format::Toml, "port = 80\nkey = 'hunter2'")
///     .build()?;
/// let value = settings.to_value();
/// assert_eq!(value.get("port").map(|port| port.value()), Some(&Effective::Integer(80)));
/// assert_eq!(value.to_string(), r#"{"port":80,"key":"[redacted]"}"#);
/// assert_eq!(value.expose_secrets().to_string(), r#"{"port":80,"key":"hunter2"}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct EffectiveValue {
    value: Effective,
    origin: Option<Origin>,
    secret: bool,
}

/// What an [`EffectiveValue`] is.
///
/// It is what the sources say, read as far as the name of the setting's type tells: the type itself is
/// not asked to write its values.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Effective {
    /// No value: an `Option` that is `None`.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// An integer that only `u128` holds, in digits.
    Huge(String),
    /// A floating-point number.
    Float(f64),
    /// A string, and any value that its type reads from one.
    Text(String),
    /// A date, a time or both, as TOML writes them.
    Datetime(String),
    /// A list or set.
    List(Vec<EffectiveValue>),
    /// A struct, an enum with settings, or a map.
    Table(Vec<(String, EffectiveValue)>),
    /// A value that only the program knows, as the expression that makes it: `Duration::from_secs(5)`.
    Code(String),
    /// A secret.
    Redacted,
}

impl EffectiveValue {
    pub(super) fn new(value: Effective, origin: Option<Origin>, secret: bool) -> Self {
        // That there is no value is no secret.
        let secret = secret && value != Effective::Null;
        Self { value, origin, secret }
    }

    pub(super) fn of_data(data: &Data, origin: Option<&Origin>, secret: bool) -> Self {
        let inner = |data: &Data| Self::of_data(data, origin, secret);
        let value = match data {
            Data::Null => Effective::Null,
            Data::Bool(value) => Effective::Bool(*value),
            Data::Integer(value) => Effective::Integer(*value),
            Data::Huge(text) => Effective::Huge(text.clone()),
            Data::Float(value) => Effective::Float(*value),
            Data::Text(text) => Effective::Text(text.clone()),
            Data::Datetime(text) => Effective::Datetime(text.clone()),
            Data::List(items) => Effective::List(items.iter().map(inner).collect()),
            Data::Table(entries) => {
                let entry = |(key, data): &(String, Data)| (key.clone(), inner(data));
                Effective::Table(entries.iter().map(entry).collect())
            }
            Data::Code(code) => Effective::Code(code.clone()),
        };
        Self::new(value, origin.cloned(), secret)
    }

    /// Whether it is no value, and nobody wrote so.
    pub(super) fn is_unset(&self) -> bool {
        self.value == Effective::Null && self.origin.is_none()
    }

    /// Whether two values are equal, wherever they come from; secrets are compared too.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.secret == other.secret
            && match (&self.value, &other.value) {
                (Effective::Float(a), Effective::Float(b)) => a.total_cmp(b).is_eq(),
                (Effective::List(a), Effective::List(b)) => {
                    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b))
                }
                (Effective::Table(a), Effective::Table(b)) => {
                    a.len() == b.len()
                        && a.iter().all(|(key, value)| {
                            let mut others = b.iter().filter(|(other, _)| other == key);
                            others.any(|(_, other)| value.same(other))
                        })
                }
                (a, b) => a == b,
            }
    }

    /// The value of a key, though this may be a secret.
    pub(super) fn entry(&self, key: &str) -> Option<&Self> {
        let Effective::Table(entries) = &self.value else { return None };
        entries.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub(super) fn entry_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Effective::Table(entries) = &mut self.value else { return None };
        entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub(super) fn each_entry(&mut self, mut each: impl FnMut(&str, &mut Self)) {
        if let Effective::Table(entries) = &mut self.value {
            entries.iter_mut().for_each(|(key, value)| each(key, value));
        }
    }

    /// Replaces the value of a key.
    pub(super) fn put(&mut self, key: &str, value: Option<&Self>) {
        if let (Some(place), Some(value)) = (self.entry_mut(key), value) {
            place.clone_from(value);
        }
    }

    pub(super) fn text(&self) -> Option<String> {
        match &self.value {
            Effective::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    pub(super) fn into_value(self) -> Effective {
        self.value
    }

    /// The value; [`Effective::Redacted`] for a secret.
    pub fn value(&self) -> &Effective {
        if self.secret { &Effective::Redacted } else { &self.value }
    }

    /// Where it comes from. A struct, and an `Option` that nobody set, come from nowhere; the items of a
    /// list have origins of their own.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The value at a path below this one.
    pub fn get(&self, path: impl Into<KeyPath>) -> Option<&Self> {
        path.into().segments().iter().try_fold(self, |at, segment| match (at.value(), segment) {
            (Effective::Table(entries), Segment::Key(key)) => {
                entries.iter().find(|(known, _)| *known == **key).map(|(_, value)| value)
            }
            (Effective::List(items), Segment::Index(index)) => items.get(*index),
            _ => None,
        })
    }

    /// The same with its secrets: for writing them where they belong, not for messages.
    #[must_use]
    pub fn expose_secrets(mut self) -> Self {
        self.secret = false;
        match &mut self.value {
            Effective::List(items) => {
                *items = std::mem::take(items).into_iter().map(Self::expose_secrets).collect();
            }
            Effective::Table(entries) => {
                let entry = |(key, value): (String, Self)| (key, value.expose_secrets());
                *entries = std::mem::take(entries).into_iter().map(entry).collect();
            }
            _ => {}
        }
        self
    }

    /// Each value that is a secret, or that is in one.
    pub(super) fn each_secret(&self, each: &mut dyn FnMut(&Effective)) {
        if self.secret {
            each(&self.value);
        }
        match &self.value {
            Effective::List(items) => items.iter().for_each(|item| item.each_secret(each)),
            Effective::Table(entries) => {
                entries.iter().for_each(|(_, value)| value.each_secret(each));
            }
            _ => {}
        }
    }

    /// The origin of the first value in it that has one.
    pub(super) fn first_origin(&self) -> Option<&Origin> {
        let below = || match self.value() {
            Effective::List(items) => items.iter().find_map(Self::first_origin),
            Effective::Table(entries) => entries.iter().find_map(|(_, value)| value.first_origin()),
            _ => None,
        };
        self.origin().or_else(below)
    }

    /// Each setting that has no further ones in it, with its path; lists of plain values are one.
    pub(super) fn leaves(&self, path: &mut KeyPath, each: &mut dyn FnMut(&KeyPath, &Self)) {
        match self.value() {
            Effective::Table(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    path.push(key.clone());
                    value.leaves(path, each);
                    path.pop();
                }
            }
            Effective::List(items)
                if items.iter().any(|item| matches!(item.value(), Effective::Table(_))) =>
            {
                for (index, item) in items.iter().enumerate() {
                    path.push(index);
                    item.leaves(path, each);
                    path.pop();
                }
            }
            _ => each(path, self),
        }
    }

    /// The origins of the items of a list, or its own, each once.
    pub(super) fn origins(&self) -> Vec<&Origin> {
        let mut origins: Vec<&Origin> = Vec::new();
        if let Effective::List(items) = self.value() {
            for origin in items.iter().filter_map(Self::origin) {
                let same = |known: &&Origin| named(known) == named(origin);
                if !origins.iter().any(same) {
                    origins.push(origin);
                }
            }
        }
        if origins.is_empty() {
            origins.extend(self.origin());
        }
        origins
    }
}

/// What is the same for all values of one line.
fn named(origin: &Origin) -> String {
    match origin.location() {
        Some(location) => format!("{}:{}", location.name, location.line),
        None => origin.to_string(),
    }
}

/// As a value without origins. A secret is the text `[redacted]`, an expression that only the program
/// knows is its text, and an integer that only `u128` holds is its digits.
impl From<&EffectiveValue> for Value {
    fn from(effective: &EffectiveValue) -> Self {
        match effective.value() {
            Effective::Null => Self::Null,
            Effective::Bool(value) => Self::Bool(*value),
            Effective::Integer(value) => Self::Integer(*value),
            Effective::Float(value) => Self::Float(*value),
            Effective::Huge(text) | Effective::Text(text) | Effective::Code(text) => {
                Self::String(text.clone())
            }
            Effective::Datetime(text) => Self::Datetime(text.clone()),
            Effective::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Effective::Table(entries) => {
                Self::table(entries.iter().map(|(key, value)| (key.clone(), Self::from(value))))
            }
            Effective::Redacted => Self::from(REDACTED),
        }
    }
}

/// On one line, as in JSON; an expression as it is written.
impl fmt::Display for EffectiveValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Effective::Code(code) => f.write_str(code),
            _ => f.write_str(&super::write::json(self)),
        }
    }
}

impl fmt::Debug for EffectiveValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        match &self.origin {
            Some(origin) => write!(f, " ({origin})"),
            None => Ok(()),
        }
    }
}
