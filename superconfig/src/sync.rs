//! The primitives of publication in one place, so that `concurrency/` can put those of a model
//! checker there and run the very same code through every order of steps.

pub(crate) use std::sync::atomic::{AtomicU64, Ordering};
pub(crate) use std::sync::{Mutex, PoisonError, RwLock};
pub(crate) use std::thread::LocalKey;

/// After how many reads of one value a thread keeps its share ready. The model checker cannot try as many.
pub(crate) const OFTEN: u8 = 32;

/// A `thread_local!` that needs no initialization at run time.
macro_rules! per_thread {
    (static $name:ident: $ty:ty = $init:expr;) => {
        std::thread_local! {
            static $name: $ty = const { $init };
        }
    };
}

/// A function that can be called for a `static`, which those of the model checker cannot.
macro_rules! constant {
    ($(#[$attribute:meta])* pub fn new() -> Self $body:block) => {
        $(#[$attribute])*
        pub const fn new() -> Self $body
    };
}
pub(crate) use {constant, per_thread};
