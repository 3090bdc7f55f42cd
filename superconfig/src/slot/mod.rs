//! Where a type's process-wide configuration stands.
//!
//! A slot holds no value but a cell, that of the handle which was installed last, so that what is
//! published there shows here. It has a mark of its own, which is renewed by every installation, and
//! by every replacement in a cell that was installed.

use std::fmt;
use std::sync::Arc;

use crate::publish::memory::{self, Memories};
use crate::publish::{Published, Share};
use crate::sync::{AtomicU64, Ordering, PoisonError, RwLock, constant};

/// What can be installed: something that owns a cell.
pub(crate) type Installed<T> = Arc<dyn AsRef<Published<T>> + Send + Sync>;

/// Where a type's process-wide configuration stands; the derive makes one for every type that is
/// not generic.
pub struct Slot<T: 'static> {
    /// What threads remember the value by. 0 before anything was installed.
    mark: AtomicU64,
    installed: RwLock<Option<Installed<T>>>,
}

impl<T> Slot<T> {
    constant! {
        /// An empty place.
        pub fn new() -> Self {
            Self { mark: AtomicU64::new(0), installed: RwLock::new(None) }
        }
    }

    /// Puts the cell of a handle here, and gives back what stood here before.
    pub(crate) fn install(&'static self, cell: Installed<T>) -> Option<Installed<T>> {
        let mut installed = self.installed.write().unwrap_or_else(PoisonError::into_inner);
        cell.as_ref().as_ref().renew_too(&self.mark);
        let before = installed.replace(cell);
        memory::renew(&self.mark);
        before
    }

    /// Another number for everything that ever stood here, or anywhere; 0 before that.
    #[inline]
    pub(crate) fn mark(&self) -> u64 {
        self.mark.load(Ordering::Acquire)
    }

    /// The value that stands here, with its mark.
    pub(crate) fn snapshot(&self) -> Option<(u64, Arc<T>)> {
        let (share, mark) = self.share()?;
        Some((mark, Arc::clone(&share)))
    }

    /// This thread's share of what stands here, with its mark.
    fn share(&self) -> Option<(Share<T>, u64)> {
        let installed = self.installed.read().unwrap_or_else(PoisonError::into_inner);
        // Nothing can be installed or replaced while the mark is read, so the two belong together.
        Some(installed.as_deref()?.as_ref().share_and(|| self.mark()))
    }
}

impl<T: 'static> Slot<T> {
    /// This thread's share of what stands here, if anything does, and its mark.
    #[inline]
    pub(crate) fn load(&self, memories: Memories<T>) -> Option<(Share<T>, u64)> {
        let mark = self.mark();
        if mark == 0 {
            return None;
        }
        match memory::find(memories, mark) {
            Some(share) => Some((share, mark)),
            None => self.load_slowly(memories),
        }
    }

    #[cold]
    fn load_slowly(&self, memories: Memories<T>) -> Option<(Share<T>, u64)> {
        let (share, mark) = self.share()?;
        memory::remember(memories, mark, &share);
        Some((share, mark))
    }
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Slot<T> {
    /// Without the values: some of them may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").field("is_empty", &(self.mark() == 0)).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
