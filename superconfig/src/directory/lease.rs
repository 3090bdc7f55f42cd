//! Leases, and the thread that ends them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{Directory, Listed, lock};

/// How long a lease lasts that nobody uses.
const EXPIRE_AFTER: Duration = Duration::from_secs(60 * 60);

/// How often it is looked for such leases.
const SWEEP_EVERY: Duration = Duration::from_secs(5 * 60);

/// Tells the time since some beginning; it never goes backwards.
pub(crate) type Clock = Box<dyn Fn() -> Duration + Send + Sync>;

/// The clock of the system, which no change of the date touches.
pub(crate) fn since_start() -> Clock {
    let start = Instant::now();
    Box::new(move || start.elapsed())
}

/// Keeps what has an entry.
pub(super) struct Lease {
    _kept: Arc<dyn Listed>,
    /// When somebody asked for it last, in milliseconds.
    used: AtomicU64,
}

impl Lease {
    pub(super) fn new(kept: Arc<dyn Listed>, now: Duration) -> Self {
        Self { _kept: kept, used: AtomicU64::new(millis(now)) }
    }

    pub(super) fn use_at(&self, now: Duration) {
        self.used.fetch_max(millis(now), Ordering::Relaxed);
    }

    pub(super) fn used(&self) -> Duration {
        Duration::from_millis(self.used.load(Ordering::Relaxed))
    }
}

/// What all leases of a directory have in common.
pub(super) struct Leases {
    clock: Clock,
    /// In milliseconds.
    expire_after: AtomicU64,
    sweeper: Arc<Sweeper>,
}

/// What the thread shares with its directory, which it does not keep alive.
#[derive(Default)]
struct Sweeper {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    stopped: bool,
    thread: Option<JoinHandle<()>>,
}

impl Leases {
    pub(super) fn new(clock: Clock) -> Self {
        let expire_after = AtomicU64::new(millis(EXPIRE_AFTER));
        Self { clock, expire_after, sweeper: Arc::default() }
    }

    pub(super) fn now(&self) -> Duration {
        (self.clock)()
    }

    pub(super) fn set_expire_after(&self, idle: Duration) {
        self.expire_after.store(millis(idle), Ordering::Relaxed);
    }

    /// When a lease must have been used last to be over by now, if it lasts no longer than `idle`.
    pub(super) fn oldest(&self, idle: Duration) -> Option<Duration> {
        let expire_after = Duration::from_millis(self.expire_after.load(Ordering::Relaxed));
        self.now().checked_sub(expire_after.min(idle))
    }

    /// Sees to it that a thread looks after the leases.
    pub(super) fn watch(&self, directory: &Arc<Directory>) {
        let mut state = lock(&self.sweeper.state);
        if state.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            let (sweeper, directory) = (Arc::clone(&self.sweeper), Arc::downgrade(directory));
            let thread = thread::Builder::new().name("superconfig-leases".to_owned());
            // Where no thread can be had, leases end when `sweep` is called.
            state.thread = thread.spawn(move || sweeper.run(&directory)).ok();
        }
    }

    /// Ends the thread, if there is one.
    pub(super) fn stop(&self) {
        lock(&self.sweeper.state).stopped = true;
        self.sweeper.wake.notify_all();
    }

    /// The thread that looks after the leases.
    #[cfg(test)]
    pub(super) fn take_thread(&self) -> Option<JoinHandle<()>> {
        lock(&self.sweeper.state).thread.take()
    }
}

impl Sweeper {
    fn run(&self, directory: &Weak<Directory>) {
        loop {
            let state = lock(&self.state);
            let waited = self.wake.wait_timeout_while(state, SWEEP_EVERY, |state| !state.stopped);
            let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            let stopped = state.stopped;
            drop(state);
            let Some(directory) = directory.upgrade().filter(|_| !stopped) else { return };
            directory.sweep();
            // A lease that comes after this look starts another thread: it takes the same lock.
            let mut state = lock(&self.state);
            if !directory.has_leases() {
                state.thread = None;
                return;
            }
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
