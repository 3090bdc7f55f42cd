//! What the functions that the derive adds to a type do.

use crate::builder::SuperConfig;
use crate::config::Config;
use crate::error::ConfigError;
use crate::guard::Guard;
use crate::handle::ConfigHandle;

/// Loads the conventional stack; see [`SuperConfig::conventional`].
pub fn load<T: Config>() -> Result<ConfigHandle<T>, ConfigError> {
    SuperConfig::conventional().build()
}

/// The process-wide configuration of the type, if one was installed.
#[inline]
pub fn try_current<T: Config>() -> Option<Guard<T>> {
    T::slot()?.load(T::memories()).map(Guard::new)
}

/// The process-wide configuration of the type.
///
/// # Panics
///
/// When none was installed.
#[inline]
#[allow(clippy::panic)] // the one documented panic of the library
pub fn current<T: Config>() -> Guard<T> {
    match try_current() {
        Some(current) => current,
        None => panic!(
            "`{0}::current()` was called before any configuration of that type was installed; \
             call `install()` on a loaded handle first, or use `{0}::try_current()`",
            T::SCHEMA.name
        ),
    }
}
