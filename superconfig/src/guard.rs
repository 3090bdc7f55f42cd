//! What a reader holds.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::config::Config;
use crate::publish::Share;
use crate::publish::memory;

/// The configuration as it was when the guard was taken, whatever is published meanwhile.
///
/// It may be kept, sent to another thread and held across `.await`. As long as it is held, its
/// value is; a replacement does not wait for it.
///
/// ```
/// use superconfig::SuperConfig;
///
/// #[derive(SuperConfig)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let settings = SuperConfig::<Settings>::new().build()?;
/// let now = settings.get();
/// let port = std::thread::spawn(move || now.port).join();
/// assert_eq!(port.ok(), Some(8080));
/// # Ok(())
/// # }
/// ```
pub struct Guard<T: Config> {
    /// `None` only while it is dropped.
    share: Option<Share<T>>,
    /// What the thread remembers the share by.
    mark: u64,
}

impl<T: Config> Guard<T> {
    #[inline]
    pub(crate) fn new((share, mark): (Share<T>, u64)) -> Self {
        Self { share: Some(share), mark }
    }

    /// The configuration, to keep. It is the same allocation for all readers, so
    /// [`Arc::ptr_eq`] tells whether two of them read one version.
    pub fn into_snapshot(self) -> Arc<T> {
        Arc::clone(self.share())
    }

    #[inline]
    fn share(&self) -> &Share<T> {
        match &self.share {
            Some(share) => share,
            None => unreachable!("a guard holds its share until it is dropped"),
        }
    }
}

impl<T: Config> Deref for Guard<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.share()
    }
}

impl<T: Config> AsRef<T> for Guard<T> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T: Config> Clone for Guard<T> {
    fn clone(&self) -> Self {
        Self { share: Some(Arc::clone(self.share())), mark: self.mark }
    }
}

impl<T: Config> From<Guard<T>> for Arc<T> {
    fn from(guard: Guard<T>) -> Self {
        guard.into_snapshot()
    }
}

impl<T: Config> Drop for Guard<T> {
    // Where it is inlined, the guard never touches memory.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(share) = self.share.take() {
            memory::put_back(T::memories(), self.mark, share);
        }
    }
}

impl<T: Config + fmt::Debug> fmt::Debug for Guard<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}
