//! The primitives of publication in one place, so that `concurrency/` can put those of a model
//! checker there and run the very same code through every order of steps.

pub(crate) use std::sync::atomic::{AtomicU64, Ordering};
pub(crate) use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
pub(crate) use std::thread::LocalKey;

/// A `thread_local!` that needs no initialization at run time.
macro_rules! per_thread {
    (static $name:ident: $ty:ty = $init:expr;) => {
        std::thread_local! {
            static $name: $ty = const { $init };
        }
    };
}
pub(crate) use per_thread;
