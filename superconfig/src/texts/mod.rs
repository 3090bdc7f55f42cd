//! A cache of files' texts: what several configurations share, and what a reload finds unchanged, is
//! read once.
//!
//! A text is found by the file that was opened (device and inode) and is given only where the file
//! has the size and the times that it had when it was read. That is enough to tell that it is the
//! same, but for one case: a file system notes times by a clock that ticks, so that a file that is
//! written twice within a tick has one time for two contents. Hence a text counts as *settled* only if
//! the file's times were over for longer than any tick when it began to be read; any other is read
//! again, and compared.
//!
//! | the file | is read | its text |
//! | --- | --- | --- |
//! | has the same size and times, and the text is settled | no | is the cache's |
//! | has others, or the text is not settled, and it says the same | yes | is the cache's |
//! | says something else | yes | replaces the cache's |
//! | has not the size that it says (`/proc`), or no identity (not on Unix) | yes | is not kept |
//!
//! What is used least lately makes room. Nothing here opens files, and who may read what is not
//! decided here: only who has opened a file can ask for its text.

mod shared;
mod stamp;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) use shared::SharedText;
use stamp::FileId;
pub(crate) use stamp::Stamp;

/// How much the cache of a [registry](crate::ConfigRegistry) keeps. With a limit of 0 it keeps
/// nothing.
///
/// ```
/// use superconfig::{CacheLimits, ConfigRegistry};
///
/// let mut limits = CacheLimits::default();
/// limits.bytes = 1 << 20;
/// ConfigRegistry::new().limit_cache(limits);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheLimits {
    /// Files; 1,024.
    pub texts: usize,
    /// Bytes of all texts together; 8 MiB. A larger text is not kept.
    pub bytes: usize,
}

impl Default for CacheLimits {
    fn default() -> Self {
        Self { texts: 1_024, bytes: 8 << 20 }
    }
}

/// The texts of one registry.
#[derive(Default)]
pub(crate) struct Texts {
    kept: Mutex<Kept>,
    hits: AtomicU64,
    misses: AtomicU64,
}

#[derive(Default)]
struct Kept {
    limits: CacheLimits,
    texts: HashMap<FileId, Entry>,
    /// The files in the order in which they were asked for, the longest ago first.
    order: BTreeMap<u64, FileId>,
    bytes: usize,
    /// Counts what is asked.
    turn: u64,
}

struct Entry {
    stamp: Stamp,
    /// Whether the stamp proves that the file says this still.
    settled: bool,
    text: SharedText,
    used: u64,
}

/// What there is in the cache, and what came of asking it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) texts: usize,
    pub(crate) bytes: usize,
    pub(crate) hits: u64,
    pub(crate) misses: u64,
}

impl Texts {
    /// The text of a file that was opened, if it is known what it says.
    pub(crate) fn get(&self, stamp: &Stamp) -> Option<SharedText> {
        let text = self.lock().get(stamp);
        let count = if text.is_some() { &self.hits } else { &self.misses };
        count.fetch_add(1, Ordering::Relaxed);
        text
    }

    /// Keeps what was read, and gives it to be shared.
    pub(crate) fn put(&self, stamp: Stamp, settled: bool, text: String) -> SharedText {
        // Compared outside of the lock, for texts may be large.
        let known = self.lock().texts.get(&stamp.file()).map(|entry| entry.text.clone());
        let text = known.filter(|known| **known == *text).unwrap_or_else(|| text.into());
        self.lock().put(stamp, settled, text.clone());
        text
    }

    /// Forgets all texts. Whoever has one keeps it.
    pub(crate) fn clear(&self) {
        let mut kept = self.lock();
        let (texts, order) = (std::mem::take(&mut kept.texts), std::mem::take(&mut kept.order));
        kept.bytes = 0;
        drop(kept);
        drop((texts, order));
    }

    pub(crate) fn limit(&self, limits: CacheLimits) {
        let mut kept = self.lock();
        kept.limits = limits;
        kept.make_room();
    }

    pub(crate) fn tally(&self) -> Tally {
        let kept = self.lock();
        Tally {
            texts: kept.texts.len(),
            bytes: kept.bytes,
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Texts {
    /// Without the texts: there are secrets in them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").finish_non_exhaustive()
    }
}

impl Kept {
    fn get(&mut self, stamp: &Stamp) -> Option<SharedText> {
        let entry = self.texts.get_mut(&stamp.file())?;
        if !entry.settled || entry.stamp != *stamp {
            return None;
        }
        self.order.remove(&entry.used);
        self.turn += 1;
        entry.used = self.turn;
        self.order.insert(self.turn, stamp.file());
        Some(entry.text.clone())
    }

    fn put(&mut self, stamp: Stamp, settled: bool, text: SharedText) {
        self.remove(stamp.file());
        if text.len() > self.limits.bytes {
            return;
        }
        self.turn += 1;
        self.bytes += text.len();
        self.order.insert(self.turn, stamp.file());
        self.texts.insert(stamp.file(), Entry { stamp, settled, text, used: self.turn });
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.texts.len() > self.limits.texts || self.bytes > self.limits.bytes {
            let Some((_, &file)) = self.order.first_key_value() else { return };
            self.remove(file);
        }
    }

    fn remove(&mut self, file: FileId) {
        if let Some(entry) = self.texts.remove(&file) {
            self.order.remove(&entry.used);
            self.bytes -= entry.text.len();
        }
    }
}

#[cfg(all(test, unix))]
mod tests;
