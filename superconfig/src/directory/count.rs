//! Counters that threads do not wait for each other at.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::publish::memory;

/// How many counters there are for what is counted often.
const LANES: usize = 16;

/// What a registry counts.
#[derive(Default)]
pub(crate) struct Counts {
    look_ups: [Lane; LANES],
    reloads: AtomicU64,
    failures: AtomicU64,
    updates: AtomicU64,
    expired: AtomicU64,
}

/// As long as a pair of cache lines, which processors fetch together.
#[derive(Default)]
#[repr(align(128))]
struct Lane {
    hits: AtomicU64,
    misses: AtomicU64,
}

impl Counts {
    pub(crate) fn hit(&self) {
        self.lane().hits.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn miss(&self) {
        self.lane().misses.fetch_add(1, Ordering::Relaxed);
    }

    /// A reload that published something or found nothing new; or one that failed.
    pub(crate) fn reload(&self, succeeded: bool) {
        let count = if succeeded { &self.reloads } else { &self.failures };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// An update by the program; or one that was refused.
    pub(crate) fn update(&self, succeeded: bool) {
        let count = if succeeded { &self.updates } else { &self.failures };
        count.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn expire(&self, count: usize) {
        self.expired.fetch_add(count as u64, Ordering::Relaxed);
    }

    pub(crate) fn hits(&self) -> u64 {
        self.look_ups.iter().map(|lane| lane.hits.load(Ordering::Relaxed)).sum()
    }

    pub(crate) fn misses(&self) -> u64 {
        self.look_ups.iter().map(|lane| lane.misses.load(Ordering::Relaxed)).sum()
    }

    pub(crate) fn reloads(&self) -> u64 {
        self.reloads.load(Ordering::Relaxed)
    }

    pub(crate) fn updates(&self) -> u64 {
        self.updates.load(Ordering::Relaxed)
    }

    pub(crate) fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    pub(crate) fn expired(&self) -> u64 {
        self.expired.load(Ordering::Relaxed)
    }

    fn lane(&self) -> &Lane {
        // The lane's last bits are all that counts.
        #[allow(clippy::cast_possible_truncation)]
        &self.look_ups[memory::lane() as usize % LANES]
    }
}
