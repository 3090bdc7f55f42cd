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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Scalar;

    #[test]
    fn a_later_value_replaces_an_earlier_one_and_nothing_replaces_none() {
        let mut layer = Skipped::from_value(1);
        layer.merge(Skipped::default());
        assert!(layer.is_set());
        layer.merge(Skipped::from_value(2));
        assert_eq!(layer.resolve(&mut Resolution::default()), Some(2));
        assert!(!Skipped::<u8>::default().is_set());
    }

    #[test]
    fn the_default_is_made_only_where_no_value_was_given() {
        let mut cx = Resolution::default();
        assert_eq!(Skipped::default().resolve_or(&mut cx, || 9), Some(9));
        let given = Skipped::from_value(1);
        assert_eq!(given.resolve_or(&mut cx, || unreachable!("it was given")), Some(1));
    }

    #[test]
    fn no_source_can_set_it() {
        let mut layer = Skipped::<u8>::default();
        let Target::Value(value) = layer.target() else { panic!("not one value") };
        value.set(Reader::Scalar(&Scalar::Integer(1))).expect_err("not to be read");
        assert!(!layer.is_set());
    }
}
