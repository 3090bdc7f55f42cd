//! What the models do: read and write as handles, guards and the registry do.

use std::sync::Arc;

use crate::publish::memory::{self, Memory};
use crate::publish::{Published, Share};
use crate::slot::Slot;

loom::thread_local! {
    static MEMORY: Memory<u64> = Memory::new();
}

/// A cell, as a handle owns one.
#[derive(Clone)]
pub struct Handle(Arc<Published<u64>>);

/// A slot, which is never freed.
#[derive(Clone, Copy)]
pub struct Place(&'static Slot<u64>);

struct Held(Handle);

impl AsRef<Published<u64>> for Held {
    fn as_ref(&self) -> &Published<u64> {
        &self.0.0
    }
}

impl Handle {
    /// A cell with a first value.
    pub fn new(value: u64) -> Self {
        Self(Arc::new(Published::new(Arc::new(value), Some(&MEMORY))))
    }

    /// Reads as `get` does, and gives the guard up.
    pub fn get(&self) -> u64 {
        given_up(self.0.load(Some(&MEMORY)))
    }

    /// Reads as a `Reader` does that finds a new mark.
    pub fn snapshot(&self) -> u64 {
        *self.0.snapshot().1
    }

    /// Publishes as a reload does.
    pub fn publish(&self, value: u64) {
        self.0.publish(Arc::new(value));
    }
}

impl Default for Place {
    fn default() -> Self {
        Self(Box::leak(Box::default()))
    }
}

impl Place {
    /// Installs as `install` does.
    pub fn install(self, handle: &Handle) {
        self.0.install(Arc::new(Held(handle.clone())));
    }

    /// Reads as `current` does, and gives the guard up.
    pub fn current(self) -> Option<u64> {
        self.0.load(Some(&MEMORY)).map(given_up)
    }

    /// Reads as a `Reader` does that finds a new mark.
    pub fn snapshot(self) -> Option<u64> {
        self.0.snapshot().map(|(_, value)| *value)
    }
}

fn given_up((share, mark): (Share<u64>, u64)) -> u64 {
    let value = **share;
    memory::put_back(Some(&MEMORY), mark, share);
    value
}
