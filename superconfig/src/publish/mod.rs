//! Publication: one value that many threads read and few replace.
//!
//! A shared reference count is what makes readers wait for each other: two threads that clone one
//! `Arc` pass its cache line to and fro. So a cell hands out *shares*, an `Arc` of the value's `Arc`
//! for each thread, and a read counts in the share of its own thread, or does not count at all
//! (see [`memory`]). The cell lets go of all shares when the value is replaced.
//!
//! The protocol, which `concurrency/` runs through every order of steps:
//!
//! * Each value has a mark, a number that no other value ever has. The value, the shares and the mark
//!   change together, under one lock, which is held for nothing but that.
//! * A thread that remembers a share by its mark uses it while that mark stands. Everything else
//!   takes the lock.
//!
//! So whoever saw a value, or was told of it by somebody who saw it, never reads an earlier one:
//! it was seen under the lock, after which the old mark is nowhere to be read.

pub(crate) mod memory;

use std::ops::DerefMut;
use std::sync::Arc;

use memory::Memories;

use crate::sync::{AtomicU64, Mutex, Ordering, PoisonError};

/// A value's `Arc`, held by an `Arc` that one thread counts its readers in.
pub(crate) type Share<T> = Arc<Arc<T>>;

/// A value that many threads read and few replace.
pub(crate) struct Published<T: 'static> {
    /// What threads remember the value by. It changes under the lock alone.
    mark: AtomicU64,
    state: Mutex<State<T>>,
}

struct State<T: 'static> {
    value: Arc<T>,
    memories: Memories<T>,
    /// What readers count in, by the [lane](memory::lane) of their thread.
    shares: Vec<(u64, Share<T>)>,
    /// The mark of a slot that the cell is installed in.
    slot: Option<&'static AtomicU64>,
}

impl<T> Published<T> {
    /// A cell with a first value; `memories` are those of threads for the type's values.
    pub(crate) fn new(value: Arc<T>, memories: Memories<T>) -> Self {
        let state = State { value, memories, shares: Vec::new(), slot: None };
        Self { mark: AtomicU64::new(memory::first_mark()), state: Mutex::new(state) }
    }

    /// Another number for every value that ever stood here, or anywhere.
    #[inline]
    pub(crate) fn mark(&self) -> u64 {
        self.mark.load(Ordering::Acquire)
    }

    /// The value, with its mark.
    pub(crate) fn snapshot(&self) -> (u64, Arc<T>) {
        let state = self.lock();
        (self.mark(), Arc::clone(&state.value))
    }

    /// Replaces the value, and gives the old one back.
    pub(crate) fn publish(&self, value: Arc<T>) -> Arc<T> {
        let mut state = self.lock();
        let old = std::mem::replace(&mut state.value, value);
        let shares = std::mem::take(&mut state.shares);
        if let Some(slot) = state.slot {
            memory::renew(slot);
        }
        let mark = self.mark();
        memory::renew(&self.mark);
        let memories = state.memories;
        drop(state);
        memory::forget(memories, mark);
        // The last count may be among them, and what the value's `drop` does is the user's affair.
        drop(shares);
        old
    }

    /// From now on, this mark of a slot is renewed whenever the value is replaced.
    pub(crate) fn renew_too(&self, slot: &'static AtomicU64) {
        self.lock().slot = Some(slot);
    }

    /// This thread's share, and what `note` sees while nothing can be replaced.
    pub(crate) fn share_and<N>(&self, note: impl FnOnce() -> N) -> (Share<T>, N) {
        let lane = memory::lane();
        let mut state = self.lock();
        (state.share(lane), note())
    }

    fn lock(&self) -> impl DerefMut<Target = State<T>> {
        // All parts are replaced as a whole, so a panic elsewhere leaves nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: 'static> Published<T> {
    /// This thread's share of the value as it is now, and the mark that it is remembered by.
    #[inline]
    pub(crate) fn load(&self, memories: Memories<T>) -> (Share<T>, u64) {
        let mark = self.mark();
        match memory::find(memories, mark) {
            Some(share) => (share, mark),
            None => self.load_slowly(memories),
        }
    }

    #[cold]
    fn load_slowly(&self, memories: Memories<T>) -> (Share<T>, u64) {
        let (share, mark) = self.share_and(|| self.mark());
        memory::remember(memories, mark, &share);
        (share, mark)
    }
}

impl<T> State<T> {
    fn share(&mut self, lane: u64) -> Share<T> {
        if let Some((_, share)) = self.shares.iter().find(|(of, _)| *of == lane) {
            return Arc::clone(share);
        }
        let share = Arc::new(Arc::clone(&self.value));
        // Most handles are read by one thread, and there may be a million of them.
        self.shares.reserve_exact(1);
        self.shares.push((lane, Arc::clone(&share)));
        share
    }
}

impl<T> Drop for Published<T> {
    fn drop(&mut self) {
        let memories = self.lock().memories;
        memory::forget(memories, self.mark());
    }
}

#[cfg(test)]
mod tests;
