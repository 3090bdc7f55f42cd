//! Where a type's process-wide configuration stands.

use std::sync::{Arc, PoisonError, RwLock};

/// Where a type's process-wide configuration stands; the derive makes one for every type that is
/// not generic.
#[derive(Debug)]
pub struct Slot<T>(RwLock<Option<Arc<T>>>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Slot<T> {
    /// An empty place.
    pub const fn new() -> Self {
        Self(RwLock::new(None))
    }

    /// What stands here, if anything does.
    pub fn get(&self) -> Option<Arc<T>> {
        // The value is replaced as a whole, so a panic elsewhere leaves nothing half done.
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a value here and gives back what stood here before.
    pub fn set(&self, value: Arc<T>) -> Option<Arc<T>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).replace(value)
    }
}
