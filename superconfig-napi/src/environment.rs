//! The variables of the process, read where that is safe.
//!
//! A program sets variables on the thread of JavaScript (`process.env.A = 'b'`), which frees the memory that
//! another thread may be reading. So they are read on that thread alone: by a loading that it waits for, and ahead of
//! one on another thread, which takes what was read last. A worker of Node.js has variables of its own, and hands
//! them over with its steps. A handle of the main thread it loads again with that thread's, whenever it likes: so they
//! are read as well when that thread hands out the id of a handle, by which alone a worker comes to have it.

use std::cell::Cell;
use std::ffi::{OsStr, OsString};
use std::sync::{Arc, Mutex, PoisonError};

use napi_derive::napi;

type Variables = Vec<(OsString, OsString)>;

/// As they were when the thread of JavaScript read them last for another thread.
static LAST: Mutex<Variables> = Mutex::new(Vec::new());

thread_local! {
    /// Whether the thread of JavaScript waits for a loading on this thread, which is itself.
    static WAITED_FOR: Cell<bool> = const { Cell::new(false) };
}

/// Loads while the thread of JavaScript waits.
pub(crate) fn waited_for<R>(load: impl FnOnce() -> R) -> R {
    struct Waiting;
    impl Drop for Waiting {
        fn drop(&mut self) {
            WAITED_FOR.set(false);
        }
    }
    WAITED_FOR.set(true);
    let _waiting = Waiting;
    load()
}

/// Reads them for loadings on other threads. The main thread calls this before each, and before it hands out an id.
#[napi]
pub fn read_ahead() {
    let variables = std::env::vars_os().collect();
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = variables;
}

/// The variables that are wanted, as they were read ahead; `None` where the process may be asked.
pub(crate) fn told(wants: &dyn Fn(&OsStr) -> bool) -> Option<Arc<Variables>> {
    if WAITED_FOR.get() {
        return None;
    }
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    Some(wanted(&last, wants))
}

/// Those of the variables that are wanted.
pub(crate) fn wanted(all: &Variables, wants: &dyn Fn(&OsStr) -> bool) -> Arc<Variables> {
    Arc::new(all.iter().filter(|(name, _)| wants(name)).cloned().collect())
}
