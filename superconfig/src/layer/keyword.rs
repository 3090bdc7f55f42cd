//! A fieldless enum.

use super::{Layer, Resolution, Why};
use crate::decode::{Fault, FaultKind, Place, Reader, Target, Value};
use crate::schema::Schema;

/// What the derive says of a fieldless enum.
pub trait Keywords: Sized + Send + 'static {
    /// Its words.
    const SCHEMA: &'static Schema;

    /// The value of the word at `index`.
    fn from_index(index: usize) -> Option<Self>;
}

/// A fieldless enum; a later value replaces it.
pub struct Keyword<T>(Option<T>);

impl<T> Default for Keyword<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Keywords> Place for Keyword<T> {
    fn target(&mut self) -> Target<'_> {
        Target::Value(self)
    }

    fn is_set(&self) -> bool {
        self.0.is_some()
    }
}

impl<T: Keywords> Value for Keyword<T> {
    fn set(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        let index = word_of(T::SCHEMA, reader)?;
        self.0 = Some(T::from_index(index).ok_or_else(|| Fault::new(FaultKind::Null))?);
        Ok(())
    }
}

/// The position of the word that stands there.
pub(crate) fn word_of(schema: &'static Schema, reader: Reader<'_>) -> Result<usize, Fault> {
    let word = <String as serde::Deserialize>::deserialize(reader)?;
    schema.find_word(&word).ok_or_else(|| {
        let known = schema.words();
        Fault::new(FaultKind::Word { found: word, known })
    })
}

impl<T: Keywords> Layer for Keyword<T> {
    type Value = T;

    fn merge(&mut self, later: Self) {
        if later.0.is_some() {
            self.0 = later.0;
        }
    }

    fn resolve(self, cx: &mut Resolution) -> Option<T> {
        if self.0.is_none() {
            cx.refuse(Why::Missing);
        }
        self.0
    }

    fn from_value(value: T) -> Self {
        Self(Some(value))
    }

    fn stands_alone(&self) -> bool {
        self.is_set()
    }
}
