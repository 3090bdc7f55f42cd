//! How a configuration is watched, and how well.

use std::fmt;
use std::time::Duration;

/// How files are watched. Each duration is taken for the nearest one between 10 ms (`debounce`:
/// none) and a day.
///
/// ```
/// # #[cfg(feature = "watch")] {
/// use std::time::Duration;
/// use superconfig::WatchOptions;
///
/// let patient = WatchOptions { debounce: Duration::from_secs(1), ..WatchOptions::default() };
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchOptions {
    /// How long nothing may happen before the files are read; 100 ms. Whoever saves a file touches
    /// it several times.
    pub debounce: Duration,
    /// How long after the first event they are read though there is no end of events; 200 ms, and
    /// never less than `debounce`. It is also the least time between two reloads then.
    pub max_wait: Duration,
    /// Whether the system is asked to tell about changes. Otherwise the files are polled.
    pub events: bool,
    /// How many directories are watched at the most; 1,000. The system has a limit for all programs
    /// of a user, which a pattern such as `**/*.toml` could use up. What is beyond is polled.
    pub max_directories: usize,
    /// How often files are looked at where the system does not tell about changes: it refuses to,
    /// or the file system is one that other machines write to; 2 s. To look is to ask for sizes and
    /// times; only what may have changed is read.
    pub poll_every: Duration,
    /// How often they are looked at though the system tells; 30 s. It should never find anything,
    /// and costs next to nothing.
    pub check_every: Duration,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self {
            debounce: Duration::from_millis(100),
            max_wait: Duration::from_millis(200),
            events: true,
            max_directories: 1_000,
            poll_every: Duration::from_secs(2),
            check_every: Duration::from_secs(30),
        }
    }
}

impl WatchOptions {
    /// With durations that neither overflow a clock nor keep a processor busy.
    pub(super) fn bounded(self) -> Self {
        const LEAST: Duration = Duration::from_millis(10);
        const MOST: Duration = Duration::from_secs(24 * 60 * 60);
        Self {
            debounce: self.debounce.min(MOST),
            max_wait: self.max_wait.clamp(LEAST, MOST),
            events: self.events,
            max_directories: self.max_directories,
            poll_every: self.poll_every.clamp(LEAST, MOST),
            check_every: self.check_every.clamp(LEAST, MOST),
        }
    }
}

/// How well a configuration is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Health {
    /// The system tells about changes.
    Events,
    /// Files are looked at every [`poll_every`](WatchOptions::poll_every), because events do not
    /// tell everything. Nothing is missed, but changes are seen later.
    Polling {
        /// Why.
        why: String,
    },
    /// The watching thread broke down. It begins anew in a while.
    Failed {
        /// Why.
        why: String,
    },
    /// This process was forked from the one that watches, and threads are not. The values can be
    /// read; [`Watch::restart`](super::Watch::restart) begins anew.
    Forked,
    /// Nobody has the configuration any more, or the watch was stopped.
    Stopped,
}

impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Events => f.write_str("the system tells about changes"),
            Self::Polling { why } => write!(f, "files are polled: {why}"),
            Self::Failed { why } => write!(f, "not watching: {why}"),
            Self::Forked => f.write_str("not watching: this process was forked"),
            Self::Stopped => f.write_str("not watching: stopped"),
        }
    }
}
