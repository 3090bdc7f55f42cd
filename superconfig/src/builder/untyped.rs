//! What only configurations without a struct are told.

use super::SuperConfig;
use crate::decode::Tree;
use crate::path::KeyPath;
use crate::source::OverrideValue;
use crate::value::Value;

impl SuperConfig<Value> {
    /// Calls the value at a path a secret, as the attribute `secret` does for a field: it is redacted in
    /// what the handle tells ([`explain`](crate::ConfigHandle::explain), [`report`](crate::ConfigHandle::report),
    /// [`to_value`](crate::ConfigHandle::to_value)) and in messages. The value itself has it.
    ///
    /// In a pattern `*` stands for one step of a path and `**` for any number of them, and what is below
    /// a secret is one as well.
    ///
    /// ```
    /// use superconfig::{Format, SuperConfig, Value};
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::<Value>::new()
    ///     .with_secret("**.password")
    ///     .with_text(Format::Toml, "[database]\npassword = 'hunter2'")
    ///     .build()?;
    /// assert_eq!(settings.to_value().to_string(), r#"{"database":{"password":"[redacted]"}}"#);
    /// assert_eq!(settings.get().get("database.password"), Some(&Value::from("hunter2")));
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_secret(mut self, path: impl Into<KeyPath>) -> Self {
        self.0.secrets.add(path.into());
        self
    }
}

/// A value that the program gives: exactly this one, whatever its texts look like.
impl From<Value> for OverrideValue {
    fn from(value: Value) -> Self {
        Tree::from(&value).into()
    }
}
