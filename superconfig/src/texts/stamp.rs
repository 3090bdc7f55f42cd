//! What tells one state of a file from another.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// Longer than a tick of the clock of any file system: that of FAT is two seconds.
const TICK: Duration = Duration::from_secs(3);

/// Which file it is: device and inode.
pub(super) type FileId = (u64, u64);

/// Which file it is, and in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    file: FileId,
    size: u64,
    /// When it was written: seconds and nanoseconds since 1970.
    modified: (i64, i64),
    /// When anything about it changed. Nobody can set this back, as the other can be.
    changed: (i64, i64),
}

impl Stamp {
    /// That of a file that was opened, before it is read. Elsewhere than on Unix the standard
    /// library does not tell which file it is.
    #[cfg(unix)]
    #[allow(clippy::unnecessary_wraps)] // elsewhere there is none
    pub(crate) fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self {
            file: (metadata.dev(), metadata.ino()),
            size: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    pub(crate) fn of(_: &Metadata) -> Option<Self> {
        None
    }

    pub(super) fn file(&self) -> FileId {
        self.file
    }

    /// Whether a text has the size that the file says. What `/proc` makes up as it is read has not,
    /// and its times mean nothing.
    pub(crate) fn is_size_of(&self, text: &str) -> bool {
        self.size == text.len() as u64
    }

    /// Whether whoever begins to read the file now reads all that was written at its times. A time
    /// in the future, from another machine's clock, proves nothing.
    pub(crate) fn is_settled(&self, now: SystemTime) -> bool {
        let is_over = |(seconds, _): (i64, i64)| {
            let seconds = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
            // Its nanoseconds count as a whole second.
            let over = seconds.checked_add(TICK + Duration::from_secs(1));
            over.and_then(|over| SystemTime::UNIX_EPOCH.checked_add(over))
                .is_some_and(|over| over < now)
        };
        is_over(self.modified) && is_over(self.changed)
    }

    #[cfg(all(test, unix))]
    pub(super) fn made_up(inode: u64, size: u64, seconds: i64) -> Self {
        Self { file: (1, inode), size, modified: (seconds, 5), changed: (seconds, 5) }
    }
}
