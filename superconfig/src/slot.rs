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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_gives_back_what_stood_in_it() {
        let slot = Slot::default();
        assert_eq!(slot.get(), None);
        assert_eq!(slot.set(Arc::new(1)), None);
        assert_eq!(slot.set(Arc::new(2)), Some(Arc::new(1)));
        assert_eq!(slot.get(), Some(Arc::new(2)));
    }

    #[test]
    fn a_panic_of_a_holder_of_the_lock_does_not_take_the_value_away() {
        let slot = Slot::new();
        slot.set(Arc::new(1));
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _held = slot.0.write().expect("nobody has broken it yet");
            panic!("while it is held");
        }));
        assert!(broken.is_err() && slot.0.is_poisoned());
        assert_eq!(slot.get(), Some(Arc::new(1)));
        assert_eq!(slot.set(Arc::new(2)), Some(Arc::new(1)));
    }
}
