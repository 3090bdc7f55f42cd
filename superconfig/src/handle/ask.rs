//! What a handle says of its loading, and of single settings by their paths.

use serde::de::DeserializeOwned;

use super::ConfigHandle;
use crate::error::{ConfigError, print_warnings};
use crate::path::KeyPath;
use crate::verbosity::{DebugMessage, Verbosity};

impl<T: 'static> ConfigHandle<T> {
    /// The steps of the loading, at every level, whatever its verbosity was: what each source gave, where
    /// it was looked, which setting came in which step. Nothing was written down while loading: the
    /// messages are made now, of what was kept. There are no secrets in them. After a reload they are
    /// those of the reload.
    ///
    /// ```
    /// use superconfig::{Format, SuperConfig, Verbosity};
    ///
    /// #[derive(SuperConfig)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::<Settings>::new()
    ///     .with_named_text("app.toml", Format::Toml, "port = 80")
    ///     .build()?;
    /// let messages = settings.debug_messages_at_level(Verbosity::Info);
    /// let lines: Vec<_> = messages.iter().map(ToString::to_string).collect();
    /// assert_eq!(
    ///     lines,
    ///     [
    ///         "[info 1] app.toml: 1 setting (TOML, 9 bytes)",
    ///         "[info] Settings: loaded, 1 setting given in 1 step",
    ///     ],
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn debug_messages(&self) -> Vec<DebugMessage> {
        let state = self.live.state();
        state.kept().messages(&[], &state.warnings)
    }

    /// The messages that are told at this verbosity: those of its own level and of the levels below.
    pub fn debug_messages_at_level(&self, verbosity: Verbosity) -> Vec<DebugMessage> {
        let mut messages = self.debug_messages();
        messages.retain(|message| verbosity.should_display(message.level));
        messages
    }

    /// Prints the messages of this verbosity to standard error.
    pub fn print_debug_messages(&self, verbosity: Verbosity) {
        self.debug_messages_at_level(verbosity).iter().for_each(DebugMessage::print);
    }

    /// Prints the warnings to standard error, as an error's report would show them.
    pub fn print_warnings(&self) {
        print_warnings(self.warnings());
    }

    /// Whether a setting has a value, given or by default. An `Option` that is `None` has none.
    pub fn has_key(&self, path: impl Into<KeyPath>) -> bool {
        self.provenance().has_key(path)
    }

    /// The paths of all settings that have a value, in the order of the declaration.
    pub fn keys(&self) -> Vec<KeyPath> {
        self.provenance().keys()
    }

    /// The value of a setting as a text: a string without quotes, anything else as on one line of
    /// JSON. A secret is `[redacted]`.
    ///
    /// # Errors
    ///
    /// There is no such setting, or it has no value: `SC0801`.
    pub fn get_string(&self, path: impl Into<KeyPath>) -> Result<String, ConfigError> {
        self.provenance().get_string(path)
    }

    /// The value of a setting as any type that serde reads, for code that knows the path and not the
    /// struct. The struct itself is what a program should read.
    ///
    /// ```
    /// # use superconfig::{Format, SuperConfig};
    /// # #[derive(SuperConfig)]
    /// # struct Settings { ports: Vec<u16> }
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::<Settings>::new()
    ///     .with_named_text("app.toml", Format::Toml, "ports = [80, 443]")
    ///     .build()?;
    /// assert_eq!(settings.get_value::<Vec<u64>>("ports")?, [80, 443]);
    /// assert_eq!(settings.get_value::<u16>("ports[1]")?, 443);
    /// let error = settings.get_value::<u8>("ports[1]").expect_err("too large");
    /// assert_eq!(
    ///     error.to_string(),
    ///     "app.toml:1:14: error[SC0103]: `ports[1]`: expected an integer from 0 to 255, found the integer 443"
    /// );
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no such setting, it has no value, or it is a secret: `SC0801`. Or the type does not take
    /// the value; the error has its place.
    pub fn get_value<D: DeserializeOwned>(
        &self,
        path: impl Into<KeyPath>,
    ) -> Result<D, ConfigError> {
        self.provenance().get_value(path)
    }
}
