//! Reading in a loop.

use std::fmt;
use std::sync::Arc;

use crate::config::Config;
use crate::handle::ConfigHandle;
use crate::slot::Slot;

/// A reader for the hottest loops, of one thread or task.
///
/// A read looks at one number, which says whether there is a newer configuration, and otherwise
/// only follows a pointer. The price: between its reads a reader keeps the value that it read last,
/// also when a newer one was published. Give it up, or let it read, where that matters.
///
/// ```
/// use superconfig::{Reader, SuperConfig};
///
/// #[derive(SuperConfig)]
/// struct Settings {
///     #[config(default = 3)]
///     weight: u64,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let settings = SuperConfig::<Settings>::new().build()?;
/// let mut reader = settings.reader();
/// let mut sum = 0;
/// for _ in 0..1_000 {
///     sum += reader.get().weight;
/// }
/// assert_eq!(sum, 3_000);
///
/// // One of the process-wide configuration, whichever is installed.
/// settings.install()?;
/// let mut reader = Reader::<Settings>::try_current().expect("it was installed");
/// assert_eq!(reader.get().weight, 3);
/// # Ok(())
/// # }
/// ```
pub struct Reader<T: 'static> {
    source: Source<T>,
    /// The mark of the value.
    mark: u64,
    value: Arc<T>,
}

enum Source<T: 'static> {
    Handle(ConfigHandle<T>),
    Slot(&'static Slot<T>),
}

impl<T: Config> Reader<T> {
    /// A reader of the process-wide configuration of the type, whichever is installed when it
    /// reads; `None` where none is.
    pub fn try_current() -> Option<Self> {
        let slot = T::slot()?;
        let (mark, value) = slot.snapshot()?;
        Some(Self { source: Source::Slot(slot), mark, value })
    }
}

impl<T> Reader<T> {
    pub(crate) fn of_handle(handle: ConfigHandle<T>) -> Self {
        let (mark, value) = handle.live.published.snapshot();
        Self { source: Source::Handle(handle), mark, value }
    }

    /// The configuration as it is now.
    #[inline]
    pub fn get(&mut self) -> &T {
        let mark = match &self.source {
            Source::Handle(handle) => handle.live.published.mark(),
            Source::Slot(slot) => slot.mark(),
        };
        if mark != self.mark {
            self.read();
        }
        &self.value
    }

    #[cold]
    fn read(&mut self) {
        let read = match &self.source {
            Source::Handle(handle) => Some(handle.live.published.snapshot()),
            Source::Slot(slot) => slot.snapshot(),
        };
        // A slot is never emptied, so there is always something to read.
        if let Some((mark, value)) = read {
            self.mark = mark;
            self.value = value;
        }
    }
}

impl<T> Clone for Reader<T> {
    fn clone(&self) -> Self {
        let source = match &self.source {
            Source::Handle(handle) => Source::Handle(handle.clone()),
            Source::Slot(slot) => Source::Slot(slot),
        };
        Self { source, mark: self.mark, value: Arc::clone(&self.value) }
    }
}

impl<T> fmt::Debug for Reader<T> {
    /// Without the values: some of them may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}
