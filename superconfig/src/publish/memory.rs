//! What a thread remembers of the values that it reads.
//!
//! A thread remembers a share without owning it, so nothing outlives its last reader on that
//! account. Only a share that the thread reads again and again is kept *ready*: a guard takes it out
//! and puts it back, and no count changes. That one is owned, and let go of when the thread reads
//! and finds it stale, or ends, or was the one that replaced it.

use std::cell::{Cell, RefCell};
use std::sync::atomic::AtomicU64 as Counter;
use std::sync::{Arc, Weak};

use super::Share;
use crate::sync::{AtomicU64, LocalKey, OFTEN, Ordering, per_thread};

/// How many cells of one type a thread remembers: what is read in turns is a handle and the slot.
/// Every cell has its place among them, and places are given one after the other.
const PLACES: usize = 4;

/// How many shares a cell has at most. Threads beyond that count together with others.
const LANES: u64 = 32;

/// Where the memory of threads for a type's values is; generic types have none.
pub(crate) type Memories<T> = Option<&'static LocalKey<Memory<T>>>;

/// What a thread remembers of the values of a type.
pub struct Memory<T>([Place<T>; PLACES]);

/// What a thread remembers of one cell.
struct Place<T> {
    mark: Cell<u64>,
    ready: Cell<Option<Share<T>>>,
    /// How often the value was read, as far as that matters.
    reads: Cell<u8>,
    share: RefCell<Weak<Arc<T>>>,
}

impl<T> Memory<T> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self([const { Place::new() }; PLACES])
    }

    #[inline]
    fn place(&self, mark: u64) -> &Place<T> {
        // The mark's last bits are all that counts.
        #[allow(clippy::cast_possible_truncation)]
        &self.0[mark as usize % PLACES]
    }
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Place<T> {
    const fn new() -> Self {
        Self {
            mark: Cell::new(0),
            ready: Cell::new(None),
            reads: Cell::new(0),
            share: RefCell::new(Weak::new()),
        }
    }

    #[inline]
    fn find(&self, mark: u64) -> Option<Share<T>> {
        if self.mark.get() == mark { self.ready.take().or_else(|| self.count_in()) } else { None }
    }

    #[cold]
    fn count_in(&self) -> Option<Share<T>> {
        self.reads.set(self.reads.get().saturating_add(1));
        self.share.borrow().upgrade()
    }

    /// Gives back what was ready.
    fn remember(&self, mark: u64, share: Weak<Arc<T>>) -> Option<Share<T>> {
        self.mark.set(mark);
        self.reads.set(0);
        self.share.replace(share);
        self.ready.take()
    }

    /// Gives back what it does not keep.
    #[inline]
    fn put_back(&self, mark: u64, share: Share<T>) -> Option<Share<T>> {
        if self.mark.get() == mark && self.reads.get() >= OFTEN {
            self.ready.replace(Some(share))
        } else {
            Some(share)
        }
    }
}

/// The share that this thread remembers by this mark, if it has not been let go of.
#[inline]
pub(crate) fn find<T>(memories: Memories<T>, mark: u64) -> Option<Share<T>> {
    // A thread that is ending has no memory any more. The same below.
    memories?.try_with(|memory| memory.place(mark).find(mark)).ok()?
}

/// Remembers a share, instead of what had its place.
pub(crate) fn remember<T>(memories: Memories<T>, mark: u64, share: &Share<T>) {
    // What was ready is dropped behind the call: its `drop` may be the user's. The same below.
    let _stale = memories
        .map(|it| it.try_with(|memory| memory.place(mark).remember(mark, Arc::downgrade(share))));
}

/// Gets a share back from a reader.
#[inline]
pub(crate) fn put_back<T>(memories: Memories<T>, mark: u64, share: Share<T>) {
    // The cell counts in the share too, until the value is replaced. Then it is not worth keeping.
    if Arc::strong_count(&share) > 1 {
        let _not_needed =
            memories.map(|it| it.try_with(|memory| memory.place(mark).put_back(mark, share)));
    }
}

/// Forgets what this thread has read of a cell that this is a mark of.
pub(crate) fn forget<T>(memories: Memories<T>, mark: u64) {
    let _ready =
        memories.map(|it| it.try_with(|memory| memory.place(mark).remember(0, Weak::new())));
}

/// The mark of a cell's first value, which is given to no other value. Its last bits say which place
/// the cell has in the memory of threads. It is never 0.
pub(crate) fn first_mark() -> u64 {
    static NEXT_PLACE: Counter = Counter::new(0);
    next_mark(NEXT_PLACE.fetch_add(1, Ordering::Relaxed))
}

/// Gives the next value its mark, with the place of the one before it.
pub(crate) fn renew(mark: &AtomicU64) {
    let next = match mark.load(Ordering::Relaxed) {
        0 => first_mark(),
        mark => next_mark(mark),
    };
    mark.store(next, Ordering::Release);
}

/// A mark with this place.
fn next_mark(place: u64) -> u64 {
    // 2^60 marks last for centuries.
    static NEXT: Counter = Counter::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed) * PLACES as u64 + place % PLACES as u64
}

per_thread! {
    static LANE: Cell<Option<u64>> = Cell::new(None);
}

/// Which of a cell's shares this thread counts in.
pub(crate) fn lane() -> u64 {
    static NEXT: Counter = Counter::new(0);
    let known = LANE.try_with(|lane| {
        let known = lane.get().unwrap_or_else(|| NEXT.fetch_add(1, Ordering::Relaxed) % LANES);
        lane.set(Some(known));
        known
    });
    // A thread that is ending has no memory any more, and any lane will do.
    known.unwrap_or(0)
}
