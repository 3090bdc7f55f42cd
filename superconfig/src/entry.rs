//! What the functions that the derive adds to a type do.

use std::sync::Arc;

use crate::builder::SuperConfig;
use crate::config::Config;
use crate::error::ConfigError;
use crate::handle::ConfigHandle;

/// Loads the conventional stack; see [`SuperConfig::conventional`].
pub fn load<T: Config>() -> Result<ConfigHandle<T>, ConfigError> {
    SuperConfig::conventional().build()
}

/// The process-wide configuration of the type, if one was installed.
pub fn try_current<T: Config>() -> Option<Arc<T>> {
    T::slot().and_then(crate::slot::Slot::get)
}

/// The process-wide configuration of the type.
///
/// # Panics
///
/// When none was installed.
#[allow(clippy::panic)] // the one documented panic of the library
pub fn current<T: Config>() -> Arc<T> {
    match try_current() {
        Some(current) => current,
        None => panic!(
            "`{0}::current()` was called before any configuration of that type was installed; \
             call `install()` on a loaded handle first, or use `{0}::try_current()`",
            T::SCHEMA.name
        ),
    }
}
