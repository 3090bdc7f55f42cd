//! A place that may stay empty.

use super::{Layer, Resolution};
use crate::decode::{Fault, Place, Target};

/// A place that may stay empty: it begins to exist when a source sets anything in it.
pub struct Optional<L> {
    /// Whether `null` stood here, so that what earlier sources say is gone.
    cleared: bool,
    inner: Option<L>,
}

impl<L> Default for Optional<L> {
    fn default() -> Self {
        Self { cleared: false, inner: None }
    }
}

impl<L: Layer> Place for Optional<L> {
    fn target(&mut self) -> Target<'_> {
        self.inner.get_or_insert_default().target()
    }

    fn set_null(&mut self) -> Result<(), Fault> {
        self.cleared = true;
        // What the same source adds to a list is added after, whatever the order of writing.
        if let Some(inner) = &mut self.inner
            && !matches!(inner.target(), Target::Sequence(_))
        {
            self.inner = None;
        }
        Ok(())
    }

    fn is_set(&self) -> bool {
        self.cleared || self.inner.is_some()
    }

    fn is_there(&self) -> bool {
        self.inner.is_some()
    }
}

impl<L: Layer> Layer for Optional<L> {
    type Value = Option<L::Value>;

    fn merge(&mut self, later: Self) {
        if later.cleared {
            *self = later;
        } else if let Some(later) = later.inner {
            match &mut self.inner {
                Some(inner) => inner.merge(later),
                None => self.inner = Some(later),
            }
        }
    }

    fn pin(&mut self, first: Self) {
        if let (Some(now), Some(first)) = (&mut self.inner, first.inner) {
            now.pin(first);
        }
    }

    fn resolve(self, cx: &mut Resolution) -> Option<Option<L::Value>> {
        match self.inner {
            Some(inner) => inner.resolve(cx).map(Some),
            None => Some(None),
        }
    }

    fn from_value(value: Option<L::Value>) -> Self {
        Self { cleared: false, inner: value.map(L::from_value) }
    }

    fn stands_alone(&self) -> bool {
        self.cleared || self.inner.as_ref().is_some_and(L::stands_alone)
    }
}
