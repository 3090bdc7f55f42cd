//! Handles: reading a loaded configuration.

mod ask;
mod living;

use std::fmt;
use std::sync::Arc;

use crate::config::Config;
use crate::directory::{Directory, HandleId};
use crate::error::{Code, ConfigError, Problem};
use crate::format::Format;
use crate::guard::Guard;
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::reader::Reader;
use crate::reload::{Again, Given, Live, Loaded};
use crate::slot::Installed;
use crate::source::Place;
use crate::trace::{EffectiveValue, Explanation, Provenance, Report};

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
pub struct ConfigHandle<T: 'static> {
    pub(crate) live: Arc<Live<T>>,
}

impl<T: 'static> ConfigHandle<T> {
    /// What was worth a warning when the configuration was loaded, as it is now.
    ///
    /// The list stays what it is when the configuration is loaded again; this gives another one
    /// then. Lists that were asked for are kept until the last handle is gone; those that
    /// [`Change::warnings`](crate::Change::warnings) gives are not.
    pub fn warnings(&self) -> &[Problem] {
        self.live.warnings()
    }

    /// The places that were looked at for files, found or not, in order. As
    /// [`warnings`](Self::warnings), the list stays what it is.
    pub fn places(&self) -> &[Place] {
        self.live.places()
    }

    /// Where the value of a setting comes from: a place in a file, a variable, an argument, an
    /// override, a default. `None` where the path names no value, and for what has no value of its
    /// own: a struct, an `Option` that no source sets.
    ///
    /// ```
    /// # use superconfig::{Format, SuperConfig};
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::<Settings>::new()
    ///     .with_named_text("app.toml", Format::Toml, "port = 80")
    ///     .build()?;
    /// let origin = settings.origin("port").expect("it is set");
    /// assert_eq!(origin.to_string(), "app.toml:1:8");
    /// # Ok(())
    /// # }
    /// ```
    pub fn origin(&self, path: impl Into<KeyPath>) -> Option<Origin> {
        self.provenance().origin(path)
    }

    /// Everything that any source says of a setting, and what became of it: who won, who was
    /// overridden by whom, what was in a profile that was not selected, each step of a list.
    ///
    /// ```
    /// # use superconfig::{Format, SuperConfig};
    /// # #[derive(SuperConfig)]
    /// # #[config(env_prefix = "APP")]
    /// # struct Settings { #[config(default = 8080)] port: u16 }
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::<Settings>::new()
    ///     .with_named_text("app.toml", Format::Toml, "port = 80")
    ///     .with_env_vars([("APP_PORT", "9000")])
    ///     .build()?;
    /// assert_eq!(
    ///     settings.explain("port")?.to_string(),
    ///     "\
    /// port = 9000
    ///   type: u16
    ///   variables: APP_PORT
    ///
    /// said, the highest precedence first:
    ///   9000
    ///     from variable APP_PORT
    ///     won
    ///   80
    ///     from app.toml:1:8
    ///     overridden by variable APP_PORT
    ///   8080
    ///     from the declared default
    ///     overridden by variable APP_PORT"
    /// );
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no such setting: `SC0801`, with the nearest one.
    pub fn explain(&self, path: impl Into<KeyPath>) -> Result<Explanation, ConfigError> {
        self.provenance().explain(path)
    }

    /// All settings with their values and origins, and the places that were looked at.
    pub fn report(&self) -> Report {
        self.provenance().report()
    }

    /// The effective values, with the origin of each. Secrets are redacted until
    /// [`EffectiveValue::expose_secrets`].
    pub fn to_value(&self) -> EffectiveValue {
        self.provenance().to_value()
    }

    /// The effective values as a text that gives them when it is loaded; secrets are redacted. See
    /// [`EffectiveValue::to_string_in`].
    pub fn to_string_in(&self, format: Format) -> String {
        self.provenance().to_string_in(format)
    }

    /// Where the values came from, to be asked later: of the configuration as it is now, whatever is
    /// loaded meanwhile.
    pub fn provenance(&self) -> Provenance {
        Provenance(Arc::clone(self.live.state().kept()))
    }
}

impl<T: Config> ConfigHandle<T> {
    /// A handle that is listed in this directory.
    pub(crate) fn new(
        loaded: Loaded<T>,
        recipe: impl Again<T> + 'static,
        directory: &Arc<Directory>,
    ) -> Result<Self, ConfigError> {
        let make = |listing| Live::new(loaded, recipe, T::memories(), listing);
        Ok(Self { live: directory.list(make)? })
    }

    pub(crate) fn given(given: Given<T>, directory: &Arc<Directory>) -> Result<Self, ConfigError> {
        let make = |listing| Live::given(given, T::memories(), listing);
        Ok(Self { live: directory.list(make)? })
    }

    /// The name of this handle and its clones in their [registry](crate::ConfigRegistry).
    pub fn id(&self) -> HandleId<T> {
        HandleId::new(self.live.listing.id())
    }

    /// The configuration as it is now. Nothing is cloned, and readers do not wait for each other.
    #[inline]
    pub fn get(&self) -> Guard<T> {
        Guard::new(self.live.published.load(T::memories()))
    }

    /// The configuration as it is now, to keep.
    pub fn snapshot(&self) -> Arc<T> {
        self.get().into_snapshot()
    }

    /// For the hottest loops: looks whether there is a newer configuration, and otherwise only
    /// follows a pointer. See [`Reader`].
    pub fn reader(&self) -> Reader<T> {
        Reader::of_handle(self.clone())
    }

    /// Makes this the process-wide configuration of its type, which `T::current()` reads, until
    /// another is installed. It is this handle that is installed, not its value: what is published
    /// in it later shows in `T::current()`, and it lives on when its clones are dropped.
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
        let live: Installed<T> = self.live.clone();
        // What stood there before may be dropped here, when nothing is locked any more.
        drop(slot.install(live));
        Ok(())
    }
}

impl<T: 'static> Clone for ConfigHandle<T> {
    fn clone(&self) -> Self {
        Self { live: Arc::clone(&self.live) }
    }
}

impl<T: 'static> fmt::Debug for ConfigHandle<T> {
    /// Without the values: some of them may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigHandle").finish_non_exhaustive()
    }
}
