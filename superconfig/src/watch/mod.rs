//! Watching: a thread that reloads a configuration when its files change.
//!
//! | module | holds |
//! | --- | --- |
//! | `options` | what users say and are told |
//! | `looked` | where a loading looked, and what stands there without reading it |
//! | `targets` | which directories are watched for that |
//! | `backend`, `mounts` | who tells about changes, and where nobody does |
//! | `inbox` | what was told since the last turn |
//! | `debounce` | when a burst of events is over |
//! | `engine` | when to reload, without a clock and a thread of its own |
//! | `live` | the configuration of a handle, as the thread sees it |
//! | `thread` | the thread that turns the engine, and who holds it |
//!
//! `docs/RELOADING.md` says what can be relied upon.

mod backend;
mod debounce;
mod engine;
mod inbox;
mod live;
mod looked;
mod mounts;
mod options;
mod targets;
#[cfg(all(test, unix))]
mod testing;
mod thread;

pub use options::{Health, WatchOptions};
pub use thread::Watch;

pub(crate) use live::watch;
