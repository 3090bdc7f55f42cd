//! The builder: which sources, in which order.

mod given;
mod listen;
mod prefixes;
mod recipe;
mod untyped;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};

pub(crate) use given::checked;
use recipe::{Declared, Defaults, Recipe, Step, names};

use crate::config::Config;
use crate::error::ConfigError;
use crate::format::{Format, Limits};
use crate::handle::ConfigHandle;
use crate::registry::ConfigRegistry;
use crate::source::{Args, Discovery, Dotenv, File, Glob, OverrideValue, Overrides, Source, Text};
use crate::telemetry::{self, Event};
use crate::value::Secrets;
use crate::verbosity::Verbosity;

/// Says where a configuration comes from, and loads it.
///
/// Each `with_…` adds a source; a later one wins over an earlier one. Nothing is read before
/// [`extract`](Self::extract) or [`build`](Self::build), and these report everything that is wrong
/// with any source at once.
///
/// | step | adds |
/// | --- | --- |
/// | [`with_defaults`](Self::with_defaults), [`with_defaults_from`](Self::with_defaults_from) | a value of the type itself |
/// | [`with_hierarchical`](Self::with_hierarchical) | files of the system, the user and the project |
/// | [`with_file`](Self::with_file), [`with_file_opt`](Self::with_file_opt) | one file, and its siblings for the selected profiles |
/// | [`with_glob`](Self::with_glob) | all files of a pattern |
/// | [`with_text`](Self::with_text) | a text from memory |
/// | [`with_dotenv`](Self::with_dotenv) | a file of variables |
/// | [`with_env`](Self::with_env) | the environment |
/// | [`with_override`](Self::with_override) | one value |
/// | [`with_args`](Self::with_args) | `--set path=value` |
/// | [`with_source`](Self::with_source) | anything else |
///
/// # Example
///
/// ```
/// use superconfig::{Format, SuperConfig};
///
/// #[derive(SuperConfig)]
/// #[config(env_prefix = "ORDERS")]
/// struct Settings {
///     #[config(default = "localhost")]
///     host: String,
///     port: u16,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let settings = SuperConfig::<Settings>::new()
///     .with_text(Format::Toml, "port = 8080")
///     .with_env(None)
///     .with_env_vars([("ORDERS_HOST", "example.org")])
///     .extract()?;
/// assert_eq!((settings.host.as_str(), settings.port), ("example.org", 8080));
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is loaded before `extract` or `build`"]
pub struct SuperConfig<T: Config>(Recipe<T>);

impl<T: Config> Default for SuperConfig<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Config> SuperConfig<T> {
    /// No sources: what the type declares as defaults is all there is.
    pub fn new() -> Self {
        Self(Recipe {
            steps: Vec::new(),
            profiles: Vec::new(),
            profile_variable: None,
            prefix: None,
            limits: Limits::default(),
            variables: None,
            told: None,
            variables_at: None,
            directory: None,
            root: None,
            foreign: false,
            search: false,
            relative: false,
            strict: false,
            ignore_empty: false,
            by_tree: false,
            by_name: false,
            show_source: false,
            strict_permissions: None,
            suppressed: Vec::new(),
            secrets: Secrets::default(),
            declared: Declared::default(),
            verbosity: Verbosity::Silent,
            texts: Weak::new(),
        })
    }

    /// The stack that `T::load()` loads: the files that discovery finds for the declared `app`, the
    /// profile that the variable `PREFIX_PROFILE` names, `.env` in the working directory if there
    /// is one, and the environment.
    pub fn conventional() -> Self {
        let mut builder = Self::new();
        if let Some(prefix) = T::SCHEMA.env_prefix {
            builder.0.profile_variable = Some(format!("{prefix}_PROFILE"));
        }
        if let Some(app) = T::SCHEMA.app {
            builder = builder.with_hierarchical(app);
        }
        builder.with_dotenv(".env").with_env(None)
    }

    fn with(mut self, source: impl Source + 'static) -> Self {
        self.0.steps.push(Step::Source(Box::new(source)));
        self
    }

    fn with_path<S: Source + 'static>(mut self, path: PathBuf, source: fn(PathBuf) -> S) -> Self {
        self.0.relative |= path.is_relative();
        self.with(source(path))
    }

    /// Adds a value of the type itself, usually as the first step. A field that is `None` in it
    /// says nothing.
    ///
    /// The value is moved into the first loading. A handle can load
    /// [again](ConfigHandle::reload) where the type is `Clone`; for one that is not, or that is
    /// generic, there is [`with_defaults_from`](Self::with_defaults_from).
    pub fn with_defaults(mut self, defaults: T) -> Self {
        let defaults = Box::new(Mutex::new(Some(defaults)));
        self.0.steps.push(Step::Defaults(Defaults::Value(defaults)));
        self
    }

    /// The same by a function, which is called for each loading and should always give the same.
    ///
    /// ```
    /// # use superconfig::SuperConfig;
    /// #[derive(SuperConfig)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::new().with_defaults_from(|| Settings { port: 8080 }).build()?;
    /// settings.reload()?;
    /// assert_eq!(settings.get().port, 8080);
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_defaults_from(mut self, make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        self.0.steps.push(Step::Defaults(Defaults::Made(Box::new(make))));
        self
    }

    /// Adds the files that discovery finds for `app`, in this order: of the system, of the user,
    /// and of the project from its root down to the working directory. See [`Discovery`].
    pub fn with_hierarchical(mut self, app: impl Into<String>) -> Self {
        self.0.search = true;
        self.with(Discovery::new(app))
    }

    /// Adds a file that has to exist, and after it its siblings for the selected profiles
    /// (`config.production.toml` beside `config.toml`) where they exist. See [`File`].
    pub fn with_file(self, path: impl Into<PathBuf>) -> Self {
        self.with_path(path.into(), File::required)
    }

    /// The same for a file that may be missing; every other trouble with it is an error still.
    pub fn with_file_opt(self, path: impl Into<PathBuf>) -> Self {
        self.with_path(path.into(), File::optional)
    }

    /// Adds all files that match a pattern, in the order of their names. See [`Glob`].
    pub fn with_glob(mut self, pattern: impl Into<String>) -> Self {
        self.0.relative = true;
        self.with(Glob::new(pattern))
    }

    /// Adds a text.
    pub fn with_text(self, format: Format, text: impl Into<String>) -> Self {
        let count = self.0.steps.len() + 1;
        self.with_named_text(format!("text {count} ({})", format.name()), format, text)
    }

    /// Adds a text that messages call by this name.
    pub fn with_named_text(
        mut self,
        name: impl Into<Arc<str>>,
        format: Format,
        text: impl Into<String>,
    ) -> Self {
        self.0.steps.push(Step::Text(Text {
            name: name.into(),
            format: Some(format),
            text: text.into().into(),
            profile: None,
        }));
        self
    }

    /// Adds a file of variables; it may be missing. See [`Dotenv`].
    pub fn with_dotenv(self, path: impl Into<PathBuf>) -> Self {
        self.with_path(path.into(), Dotenv::new)
    }

    /// Adds the environment. The prefix is that of the variables' names; with `None` it is the
    /// declared one, and with `""` there is none. The last one holds for files of variables too, and
    /// is the one that messages speak of. Where one prefix begins with another, as `APP_TEST` with
    /// `APP`, what has the longer one is no unknown variable of the other.
    pub fn with_env<'a>(mut self, prefix: impl Into<Option<&'a str>>) -> Self {
        let prefix = prefix.into().map(|prefix| prefix.trim_end_matches('_').to_owned());
        self.0.prefix = prefix.clone().or(self.0.prefix);
        self.0.steps.push(Step::Environment(prefix));
        self
    }

    /// The same, with variables that are set to nothing taken for unset.
    pub fn with_env_ignore_empty<'a>(mut self, prefix: impl Into<Option<&'a str>>) -> Self {
        self.0.ignore_empty = true;
        self.with_env(prefix)
    }

    /// Takes these variables for the environment, for everything that asks for one, wherever this
    /// stands in the chain. Without a [`with_env`](Self::with_env) they are a source of their own,
    /// here. Tests use this: the process's environment is not touched.
    pub fn with_env_vars<N, V>(mut self, variables: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        self.0.variables = Some(Arc::new(variables.collect()));
        self.0.variables_at = Some(self.0.steps.len());
        self
    }

    /// Adds one value. A string is read as a variable would be, by the setting's type.
    pub fn with_override(self, path: &str, value: impl Into<OverrideValue>) -> Self {
        self.with(Overrides::one(path, value))
    }

    /// The same for a value that may not be there, such as a flag of the program's own: `None` adds
    /// nothing. (For [`with_override`](Self::with_override), `None` is a value: an explicit `null`.)
    pub fn with_override_opt(self, path: &str, value: Option<impl Into<OverrideValue>>) -> Self {
        match value {
            Some(value) => self.with_override(path, value),
            None => self,
        }
    }

    /// Adds the arguments `--set path=value` and `--set=path=value`; all others are the program's.
    pub fn with_args<A: Into<OsString>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.with(Args::new(arguments))
    }

    /// Adds a source of one's own; one that is `None` adds nothing.
    pub fn with_source(mut self, source: impl Source + 'static) -> Self {
        self.0.foreign = true;
        self.with(source)
    }

    /// Selects a profile, or several with commas between them; the last one wins.
    pub fn select_profile(mut self, profile: impl AsRef<str>) -> Self {
        self.0.profiles.extend(names(profile.as_ref()));
        self
    }

    /// Selects the profiles that a variable names, if it is set and the program selects none.
    pub fn select_profile_from(mut self, variable: impl Into<String>) -> Self {
        self.0.profile_variable = Some(variable.into());
        self
    }

    /// Makes unknown keys and variables errors.
    pub fn strict(self) -> Self {
        self.strict_if(true)
    }

    /// Makes unknown keys and variables errors (`true`) or, as they are unless this is said, warnings
    /// (`false`). The last word counts.
    pub fn strict_if(mut self, strict: bool) -> Self {
        self.0.strict = strict;
        self
    }

    /// Says whether a file that others than root and the process's user may write is an error
    /// (`true`) or a warning (`false`). Unless this is said, it is an error for root and for setuid
    /// processes only.
    pub fn strict_permissions(mut self, strict: bool) -> Self {
        self.0.strict_permissions = Some(strict);
        self
    }

    /// Shows the line of a syntax error as it is. Say this only where no file holds a secret.
    ///
    /// Which setting a broken line is about is not known, so neither is whether it is a secret's.
    /// Unless this is said, such a line is shown masked: the keys that the type declares, what
    /// stands around them, and `*` for everything else. Other errors know their setting, and show
    /// their line anyway, unless a secret is in it.
    ///
    /// ```
    /// # use superconfig::{Format, SuperConfig};
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// let load = |show| {
    ///     let builder = SuperConfig::<Settings>::new()
    ///         .with_named_text("app.toml", Format::Toml, "port = 80 80");
    ///     builder.show_source(show).extract().err().expect("a broken line").render()
    /// };
    /// assert!(load(false).contains("1 | port = *****"));
    /// assert!(load(true).contains("1 | port = 80 80"));
    /// ```
    pub fn show_source(mut self, show: bool) -> Self {
        self.0.show_source = show;
        self
    }

    /// Reads documents and variables by their trees, as if the fast path had stopped: for tests of the
    /// rule that both ways agree.
    #[doc(hidden)]
    pub fn by_tree(mut self) -> Self {
        self.0.by_tree = true;
        self
    }

    /// Lets `extract` look explicit variables up by name, as it may those of the process: for tests of
    /// the rule that both ways agree.
    #[doc(hidden)]
    pub fn by_name(mut self) -> Self {
        self.0.by_name = true;
        self
    }

    /// Drops warnings: by code (`"SC0203"`), by key or key pattern (`"legacy.*"`), or by a part of
    /// their text.
    pub fn suppress_warnings<S: Into<String>>(
        mut self,
        patterns: impl IntoIterator<Item = S>,
    ) -> Self {
        self.0.suppressed.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// Sets how much of anything is accepted.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.0.limits = limits;
        self
    }

    /// Takes this for the working directory: relative paths and discovery begin here.
    pub fn with_directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.0.directory = Some(directory.into());
        self
    }

    /// Takes this for the file system's root in discovery, so that `/etc` is below it. Tests and
    /// container tools use this.
    pub fn with_root(mut self, root: impl Into<PathBuf>) -> Self {
        self.0.root = Some(root.into());
        self
    }

    /// Loads the configuration, and nothing but its value: warnings, and where values came from, can be
    /// asked of a handle, which [`build`](Self::build) gives.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any source, and every required setting that none sets.
    pub fn extract(mut self) -> Result<T, ConfigError> {
        self.0.complete();
        let outcome = match self.0.value_alone() {
            Some(value) => Ok(value),
            None => self.0.run(false).map(|loaded| loaded.value),
        };
        telemetry::event(Event::Load, T::SCHEMA.name, outcome.is_ok());
        outcome.map_err(|failure| failure.error)
    }

    /// Loads the configuration into a handle, which many threads can read and which can load it
    /// [again](ConfigHandle::reload).
    ///
    /// # Errors
    ///
    /// As [`extract`](Self::extract).
    pub fn build(self) -> Result<ConfigHandle<T>, ConfigError> {
        self.build_in(&ConfigRegistry::global())
    }

    /// Loads the configuration into a handle that is listed in this registry, and not in the
    /// global one.
    ///
    /// # Errors
    ///
    /// As [`extract`](Self::extract).
    pub fn build_in(self, registry: &ConfigRegistry) -> Result<ConfigHandle<T>, ConfigError> {
        let Self(mut recipe) = self;
        recipe.complete();
        let directory = registry.directory();
        recipe.texts = Arc::downgrade(&directory.texts);
        let outcome = recipe.run(true);
        directory.counts.event(Event::Load, T::SCHEMA.name, outcome.is_ok());
        match outcome {
            Ok(loaded) => {
                // Relative paths mean later what they mean now, wherever the process goes.
                recipe.directory.clone_from(&loaded.kept.directory);
                ConfigHandle::new(loaded, recipe, directory)
            }
            Err(failure) => Err(failure.error),
        }
    }

    /// Without a look at the process's variables, which what the program gives does not need.
    pub(crate) fn without_environment(mut self) -> Self {
        self.0.variables = Some(Arc::default());
        self
    }
}
