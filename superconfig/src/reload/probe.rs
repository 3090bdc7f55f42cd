//! Whether a type is `Clone`, asked without asking it of every type.

/// A value that may be `Clone`. Of the two traits, the compiler takes the one that needs no further
/// reference, where the type has it.
#[derive(Debug)]
pub struct Probe<'v, T>(pub &'v T);

/// What is `Clone`.
pub trait Cloned<T> {
    /// A second value.
    fn again(&self) -> Option<T>;
}

/// What is not.
pub trait NotCloned<T> {
    /// No second value.
    fn again(&self) -> Option<T>;
}

impl<T: Clone> Cloned<T> for Probe<'_, T> {
    fn again(&self) -> Option<T> {
        Some(self.0.clone())
    }
}

impl<T> NotCloned<T> for &Probe<'_, T> {
    fn again(&self) -> Option<T> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Cloned as _, NotCloned as _, Probe};

    struct Unique;

    #[test]
    #[allow(clippy::needless_borrow)] // as the derive writes it
    fn what_can_be_cloned_is() {
        assert_eq!((&Probe(&"x".to_owned())).again(), Some("x".to_owned()));
        assert!((&Probe(&Unique)).again().is_none());
    }
}
