//! Living on: a configuration is loaded again, published as one piece, and whoever asked is told.
//!
//! | part | does |
//! | --- | --- |
//! | `live` | loads again, publishes, keeps the last good value |
//! | `state` | a configuration and what is said of it; the latter may wait until it is asked for |
//! | `lent` | lists given out by reference, though they are replaced |
//! | `update` | replaces the configuration by what the program makes of it |
//! | `change` | what a reload changed |
//! | `pattern` | which settings a callback is about |
//! | `tell` | callbacks: each by itself, the latest change only |
//! | `stream` | the changes as a stream |
//! | `signal` | reloads on SIGHUP |
//! | `probe` | whether what the program gave can be had again |
//!
//! `docs/RELOADING.md` says what readers and callbacks can rely on. Nothing here knows sources: what
//! loads is behind `Again`, which the builder implements.

mod change;
mod lent;
mod live;
mod pattern;
pub(crate) mod probe;
#[cfg(all(unix, feature = "signal"))]
mod signal;
mod state;
mod stream;
mod tell;
mod update;

pub use change::Change;
#[cfg(all(unix, feature = "signal"))]
pub use signal::OnSighup;
pub use stream::{Blocking, Changes};
pub use tell::Subscription;

#[cfg(feature = "watch")]
pub(crate) use live::Settled;
pub(crate) use live::{Again, Failure, Live, Loaded};
pub(crate) use state::{Find, Given, Notes};

use crate::schema::Schema;

/// Locks what is replaced as a whole, so that a panic elsewhere leaves nothing half done.
fn lock<T: ?Sized>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What a panic says, unless it may repeat a secret.
fn words<'p>(panic: &'p (dyn std::any::Any + Send), schema: &Schema) -> &'p str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        _ if schema.holds_secret() => "(the message is withheld: it may repeat a secret)",
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "(no message)",
    }
}
