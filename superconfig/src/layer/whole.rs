//! `merge = replace` around a place that would otherwise merge.

use super::{Layer, Resolution};
use crate::decode::{Fault, Place, Target};

/// A struct or map that a later source replaces as a whole, if it sets anything in it. A source that
/// only removes keys has said nothing to replace it by: they are taken from what stands.
#[derive(Default)]
pub struct Whole<L>(L);

impl<L: Layer> Place for Whole<L> {
    fn target(&mut self) -> Target<'_> {
        self.0.target()
    }

    fn set_null(&mut self) -> Result<(), Fault> {
        self.0.set_null()
    }

    fn is_set(&self) -> bool {
        self.0.is_set()
    }
}

impl<L: Layer> Layer for Whole<L> {
    type Value = L::Value;

    fn merge(&mut self, later: Self) {
        if later.0.is_step() {
            self.0.merge(later.0);
        } else if later.is_set() {
            *self = later;
        }
    }

    fn pin(&mut self, first: Self) {
        self.0.pin(first.0);
    }

    fn is_step(&self) -> bool {
        self.0.is_step()
    }

    fn stands_alone(&self) -> bool {
        self.is_set() && !self.is_step()
    }

    fn resolve(self, cx: &mut Resolution) -> Option<L::Value> {
        self.0.resolve(cx)
    }

    fn from_value(value: L::Value) -> Self {
        Self(L::from_value(value))
    }
}
