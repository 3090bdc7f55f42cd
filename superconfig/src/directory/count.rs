//! Counters that threads do not wait for each other at.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::publish::memory;
use crate::telemetry::{self, Event};

/// How many counters there are for what is counted often.
const LANES: usize = 16;

/// What a registry counts.
#[derive(Default)]
pub(crate) struct Counts {
    look_ups: [Lane; LANES],
    loads: AtomicU64,
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

    /// Counts what was done with a configuration of this type.
    pub(crate) fn event(&self, event: Event, config: &'static str, succeeded: bool) {
        let count = match event {
            _ if !succeeded => &self.failures,
            Event::Load => &self.loads,
            Event::Reload => &self.reloads,
            Event::Update => &self.updates,
        };
        count.fetch_add(1, Ordering::Relaxed);
        telemetry::event(event, config, succeeded);
    }

    pub(crate) fn expire(&self, count: usize) {
        self.expired.fetch_add(count as u64, Ordering::Relaxed);
        telemetry::expired(count);
    }

    pub(crate) fn hits(&self) -> u64 {
        self.look_ups.iter().map(|lane| lane.hits.load(Ordering::Relaxed)).sum()
    }

    pub(crate) fn misses(&self) -> u64 {
        self.look_ups.iter().map(|lane| lane.misses.load(Ordering::Relaxed)).sum()
    }

    pub(crate) fn loads(&self) -> u64 {
        self.loads.load(Ordering::Relaxed)
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
