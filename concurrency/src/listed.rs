//! The protocol of the registry's directory, for one entry.
//!
//! The directory itself stands on `DashMap` and on the standard library's reference counts, which no
//! model checker sees into. So this says the same steps again (`superconfig/src/directory/mod.rs`, by
//! the same names): a lock in the place of the map's, a count in the place of `Arc`'s.

use loom::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use loom::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A directory with room for one entry.
#[derive(Clone)]
pub struct Directory(Arc<Shared>);

struct Shared {
    entry: RwLock<Option<Entry>>,
    listed: Listed,
}

struct Entry {
    /// When the lease was used last; none where nothing is leased.
    lease: Option<AtomicU64>,
}

/// What the clones of a handle share.
struct Listed {
    count: AtomicUsize,
    is_freed: AtomicBool,
}

/// A clone of the handle; nothing once a lease has it.
pub struct Held(Option<Directory>);

impl Directory {
    /// The first handle, with its entry.
    pub fn list() -> (Self, Held) {
        let listed = Listed { count: AtomicUsize::new(1), is_freed: AtomicBool::new(false) };
        let entry = RwLock::new(Some(Entry { lease: None }));
        let directory = Self(Arc::new(Shared { entry, listed }));
        (directory.clone(), Held(Some(directory)))
    }

    /// Looks the entry up at this time.
    pub fn find(&self, now: u64) -> Option<Held> {
        let (held, leased) = {
            let entry = self.read();
            let entry = entry.as_ref()?;
            (self.upgrade()?, entry.lease.is_some())
        };
        if leased
            && let Some(entry) = &*self.read()
            && let Some(used) = &entry.lease
        {
            used.fetch_max(now, Ordering::Relaxed);
        }
        Some(held)
    }

    /// Whether the entry is there, for whoever asks for its name.
    pub fn contains(&self) -> bool {
        let entry = self.read();
        entry.is_some() && self.0.listed.count.load(Ordering::Relaxed) > 0
    }

    /// Whether it was leased.
    pub fn lease(&self, now: u64) -> bool {
        let Some(mut held) = self.find(now) else { return false };
        // The lease keeps what the handle kept.
        let dropped = match &mut *self.write() {
            Some(entry) => {
                held.0 = None;
                entry.lease.replace(AtomicU64::new(now)).map(|_| Held(Some(self.clone())))
            }
            None => Some(held),
        };
        let entry_is_gone = !self.contains();
        drop(dropped);
        !entry_is_gone
    }

    /// Ends the lease if nobody used it after `limit`.
    pub fn sweep(&self, limit: u64) {
        let is_idle = |entry: &Option<Entry>| {
            let used = entry.as_ref().and_then(|entry| entry.lease.as_ref());
            used.is_some_and(|used| used.load(Ordering::Relaxed) <= limit)
                && self.0.listed.count.load(Ordering::Relaxed) <= 1
        };
        if !is_idle(&self.read()) {
            return;
        }
        let mut entry = self.write();
        let ended = if is_idle(&entry) { entry.take() } else { None };
        drop(entry);
        if ended.is_some() {
            drop(Held(Some(self.clone())));
        }
    }

    /// Takes the entry away, and gives what had it.
    pub fn remove(&self) -> Option<Held> {
        let removed = self.write().take()?;
        let held = self.upgrade();
        if removed.lease.is_some() {
            drop(Held(Some(self.clone())));
        }
        held
    }

    /// Whether what had the entry is gone.
    pub fn is_freed(&self) -> bool {
        self.0.listed.is_freed.load(Ordering::Acquire)
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Entry>> {
        self.0.entry.read().expect("no panic")
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Entry>> {
        self.0.entry.write().expect("no panic")
    }

    /// What `Weak::upgrade` does.
    fn upgrade(&self) -> Option<Held> {
        let more = |count| if count == 0 { None } else { Some(count + 1) };
        let count = &self.0.listed.count;
        count.fetch_update(Ordering::Acquire, Ordering::Relaxed, more).ok()?;
        Some(Held(Some(self.clone())))
    }
}

impl Drop for Held {
    /// What dropping an `Arc` does, and then what it held.
    fn drop(&mut self) {
        let Some(directory) = self.0.take() else { return };
        let listed = &directory.0.listed;
        if listed.count.fetch_sub(1, Ordering::AcqRel) == 1 {
            let freed = listed.is_freed.swap(true, Ordering::AcqRel);
            assert!(!freed, "freed twice");
            directory.write().take();
        }
    }
}
