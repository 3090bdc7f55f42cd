//! A field that no source sets.

use super::{Layer, Resolution};
use crate::decode::{Fault, FaultKind, Place, Reader, Target, Value};

/// A field that no source sets: it has its default, or what `with_defaults` gives.
pub struct Skipped<T>(Option<T>);

impl<T> Default for Skipped<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Send + 'static> Place for Skipped<T> {
    fn target(&mut self) -> Target<'_> {
        Target::Value(self)
    }

    fn is_set(&self) -> bool {
        self.0.is_some()
    }
}

impl<T: Send + 'static> Value for Skipped<T> {
    fn set(&mut self, _reader: Reader<'_>) -> Result<(), Fault> {
        // No key names a skipped field, so nobody gets here by a source.
        Err(Fault::new(FaultKind::Null))
    }
}

impl<T: Send + 'static> Layer for Skipped<T> {
    type Value = T;

    fn merge(&mut self, later: Self) {
        if later.0.is_some() {
            self.0 = later.0;
        }
    }

    fn resolve(self, _cx: &mut Resolution) -> Option<T> {
        self.0
    }

    fn from_value(value: T) -> Self {
        Self(Some(value))
    }

    fn resolve_or(self, _cx: &mut Resolution, default: impl FnOnce() -> T) -> Option<T> {
        Some(self.0.unwrap_or_else(default))
    }
}
