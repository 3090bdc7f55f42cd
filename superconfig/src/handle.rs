//! Handles: reading a loaded configuration.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

use crate::config::Config;
use crate::error::{Code, ConfigError, Problem};
use crate::source::Place;

/// A loaded configuration, shared by all clones of its handle.
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
/// assert_eq!(settings.get().port, 8080);
/// # Ok(())
/// # }
/// ```
pub struct ConfigHandle<T>(Arc<Cell<T>>);

struct Cell<T> {
    value: RwLock<Arc<T>>,
    warnings: Vec<Problem>,
    places: Vec<Place>,
}

/// The configuration as it was when the guard was taken.
pub struct Guard<T>(Arc<T>);

impl<T> Deref for Guard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> ConfigHandle<T> {
    pub(crate) fn new(value: T, warnings: Vec<Problem>, places: Vec<Place>) -> Self {
        Self(Arc::new(Cell { value: RwLock::new(Arc::new(value)), warnings, places }))
    }

    /// The configuration as it is now. Nothing is cloned but a pointer.
    pub fn get(&self) -> Guard<T> {
        Guard(self.snapshot())
    }

    /// The configuration as it is now, to keep.
    pub fn snapshot(&self) -> Arc<T> {
        // The pointer is replaced as a whole, so a panic elsewhere leaves nothing half done.
        self.0.value.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was worth a warning while loading.
    pub fn warnings(&self) -> &[Problem] {
        &self.0.warnings
    }

    /// The places that discovery and globs looked at, found or not, in order.
    pub fn places(&self) -> &[Place] {
        &self.0.places
    }
}

impl<T: Config> ConfigHandle<T> {
    /// Makes this the process-wide configuration of its type, which `T::current()` reads.
    ///
    /// # Errors
    ///
    /// A generic type has no place for one: `SC0801`.
    pub fn install(&self) -> Result<(), ConfigError> {
        let Some(slot) = T::slot() else {
            let message =
                format!("`{}` is generic, so it has no process-wide place", T::SCHEMA.name);
            return Err(Problem::new(Code::Usage, message)
                .help("keep the handle, or wrap the type in one that is not generic")
                .into());
        };
        slot.set(self.snapshot());
        Ok(())
    }
}

impl<T> Clone for ConfigHandle<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for ConfigHandle<T> {
    /// Without the values: some of them may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigHandle").finish_non_exhaustive()
    }
}

impl<T: fmt::Debug> fmt::Debug for Guard<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
