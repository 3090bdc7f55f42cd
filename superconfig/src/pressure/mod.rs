//! When memory runs low: leases end early, and the cache of texts is emptied.
//!
//! A configuration is small, and whoever leases ten thousand of them by their ids, for a foreign
//! language say, would rather load some again than be killed. A thread looks how much memory is
//! left, for as long as somebody asks for it, and [`relieves`](ConfigRegistry::relieve) the
//! registry when it is little. How much is left is told by `reading`, or by the program.

mod reading;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::directory::Directory;
use crate::error::{Code, ConfigError, Problem};
use crate::registry::ConfigRegistry;

/// How much memory there is for this process, in bytes: of the machine, or of its control group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// What can be had without taking it from others.
    pub available: u64,
    /// All that there is.
    pub total: u64,
}

/// When memory is low, and what is done then.
///
/// ```
/// use std::time::Duration;
/// use superconfig::MemoryOptions;
///
/// let mut options = MemoryOptions::default();
/// options.every = Duration::from_secs(1);
/// options.low_percent = 5;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemoryOptions {
    /// How often it is looked; every ten seconds.
    pub every: Duration,
    /// Memory is low when less than this part of it is available; 10.
    pub low_percent: u8,
    /// Leases end then that nobody has used for so long; a minute.
    pub idle: Duration,
}

impl Default for MemoryOptions {
    fn default() -> Self {
        Self { every: Duration::from_secs(10), low_percent: 10, idle: Duration::from_secs(60) }
    }
}

/// Keeps a thread that looks after memory. When it is dropped, the thread ends, which waits for the
/// look that is going on.
#[must_use = "it ends when it is dropped"]
pub struct MemoryWatch {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    stopped: Mutex<bool>,
    wake: Condvar,
    reliefs: AtomicU64,
}

impl Memory {
    /// That of this process now: of the machine, or of one of the control groups (version 2) that
    /// it is in, whichever has the smallest part left. `None` where it cannot be told, which is
    /// everywhere but on Linux.
    pub fn now() -> Option<Self> {
        reading::below(std::path::Path::new("/"))
    }

    /// Whether less than this part of it is available.
    pub fn is_low(&self, percent: u8) -> bool {
        u128::from(self.available) * 100 < u128::from(self.total) * u128::from(percent)
    }
}

impl ConfigRegistry {
    /// Ends leases that nobody has used for `idle`, or for as long as leases last if that is
    /// shorter, and forgets the texts of files. Says how many configurations are gone by that.
    ///
    /// This is what happens when [memory is low](Self::watch_memory).
    pub fn relieve(&self, idle: Duration) -> usize {
        self.directory().relieve(idle)
    }

    /// Looks how much memory is left, and [relieves](Self::relieve) this registry when it is little,
    /// on a thread that is there until what this gives is dropped or the registry is gone.
    ///
    /// ```no_run
    /// # use superconfig::{ConfigRegistry, MemoryOptions};
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let watch = ConfigRegistry::global().watch_memory(MemoryOptions::default())?;
    /// # drop(watch);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// How much memory there is cannot be told on this system, or there is no thread to be had:
    /// `SC0801`.
    pub fn watch_memory(&self, options: MemoryOptions) -> Result<MemoryWatch, ConfigError> {
        if Memory::now().is_none() {
            let message = "this system does not tell how much memory is left";
            return Err(Problem::new(Code::Usage, message)
                .help("tell it by `watch_memory_by`, or call `relieve` when it is time")
                .into());
        }
        self.watch_memory_by(options, Memory::now)
    }

    /// The same by a function that tells how much memory is left; `None` for a moment when it
    /// cannot. It is called on the thread, first at once.
    ///
    /// # Errors
    ///
    /// There is no thread to be had: `SC0801`.
    pub fn watch_memory_by(
        &self,
        options: MemoryOptions,
        reading: impl FnMut() -> Option<Memory> + Send + 'static,
    ) -> Result<MemoryWatch, ConfigError> {
        let shared = Arc::<Shared>::default();
        let (of_thread, directory) = (Arc::clone(&shared), Arc::downgrade(self.directory()));
        let thread = thread::Builder::new()
            .name("superconfig-memory".to_owned())
            .spawn(move || of_thread.run(&directory, options, reading))
            .map_err(|error| {
                Problem::new(Code::Usage, "no thread can be started that looks after memory")
                    .because(error)
            })?;
        Ok(MemoryWatch { shared, thread: Some(thread) })
    }
}

impl MemoryWatch {
    /// How often memory was low.
    pub fn reliefs(&self) -> u64 {
        self.shared.reliefs.load(Ordering::Relaxed)
    }
}

impl Drop for MemoryWatch {
    fn drop(&mut self) {
        *self.shared.lock() = true;
        self.shared.wake.notify_all();
        // What a relief drops may be the user's, and may hold this: no thread waits for itself.
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            // A panic of the reading has been told by its thread, and ends nothing but that.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for MemoryWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryWatch").field("reliefs", &self.reliefs()).finish_non_exhaustive()
    }
}

impl Shared {
    fn run(
        &self,
        directory: &Weak<Directory>,
        options: MemoryOptions,
        mut reading: impl FnMut() -> Option<Memory>,
    ) {
        loop {
            if reading().is_some_and(|memory| memory.is_low(options.low_percent)) {
                let Some(directory) = directory.upgrade() else { return };
                directory.relieve(options.idle);
                self.reliefs.fetch_add(1, Ordering::Relaxed);
            }
            let waited =
                self.wake.wait_timeout_while(self.lock(), options.every, |stopped| !*stopped);
            let (stopped, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if *stopped || directory.strong_count() == 0 {
                return;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
