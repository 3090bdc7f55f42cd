//! What only configurations without a struct are told.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use super::SuperConfig;
use super::recipe::Declared;
use crate::decode::{Node, Scalar, Tree};
use crate::json_schema::{JsonSchema, schema_of};
use crate::path::KeyPath;
use crate::source::{Loading, OverrideValue, Source};
use crate::value::{Shaped, Value};

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

    /// Adds values that the program has, under a name that messages and origins call them by. They are
    /// a source like a file: later steps win over them, `plugins_add` adds, `[profile.NAME]` is a
    /// section. Texts stay texts.
    ///
    /// ```
    /// use superconfig::{SuperConfig, Value};
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let given = Value::table([("plugins_add", Value::from(["http"])), ("port", "80".into())]);
    /// let settings = SuperConfig::<Value>::new()
    ///     .with_override("plugins", vec!["core"])
    ///     .with_values("the tests", given)
    ///     .build()?;
    /// assert_eq!(settings.get().to_string(), r#"{"plugins":["core","http"],"port":"80"}"#);
    /// let origin = settings.origin("port").map(|origin| origin.to_string());
    /// assert_eq!(origin.as_deref(), Some("the tests"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_values(self, name: impl Into<String>, values: Value) -> Self {
        self.with(Values { name: name.into(), values })
    }

    /// Lets a function tell the variables of the process, in each loading: for programs in other
    /// languages, which have an environment of their own. It is given what says which variables are
    /// wanted. Where it gives `None`, the process is asked.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use superconfig::{SuperConfig, Value};
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::<Value>::new()
    ///     .with_env("APP_")
    ///     .with_env_told(|wanted| {
    ///         let all = [("APP_PORT", "80"), ("PATH", "/bin")];
    ///         let some = all.into_iter().filter(|(name, _)| wanted(name.as_ref()));
    ///         Some(Arc::new(some.map(|(name, value)| (name.into(), value.into())).collect()))
    ///     })
    ///     .build()?;
    /// assert_eq!(settings.get().to_string(), r#"{"port":80}"#);
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_env_told(
        mut self,
        tell: impl Fn(&dyn Fn(&OsStr) -> bool) -> Option<Arc<Vec<(OsString, OsString)>>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.0.told = Some(Box::new(tell));
        self
    }
}

/// Values that the program has.
struct Values {
    name: String,
    values: Value,
}

impl Source for Values {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        loading.values(self.name.clone(), Tree::from(&self.values));
    }
}

impl OverrideValue {
    /// A value whose texts are read as those of variables, as a `&str` is: for programs in other
    /// languages, which have one type for all values that they give.
    ///
    /// ```
    /// use superconfig::source::OverrideValue;
    /// use superconfig::{SuperConfig, Value};
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let value = SuperConfig::<Value>::new()
    ///     .with_override("port", 80)
    ///     .with_override("port", OverrideValue::of_texts(&Value::from("8080")))
    ///     .extract()?;
    /// assert_eq!(value.get("port"), Some(&Value::Integer(8080)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn of_texts(value: &Value) -> Self {
        let mut tree = Tree::from(value);
        texts(&mut tree);
        tree.into()
    }
}

/// Makes texts that are to be read of all strings.
fn texts(tree: &mut Tree<'static>) {
    match &mut tree.node {
        Node::Scalar(Scalar::Str(text) | Scalar::Datetime(text)) => {
            let text = std::mem::take(text);
            tree.node = Node::Scalar(Scalar::text(text, ","));
        }
        Node::Scalar(_) => {}
        Node::List(items) => items.iter_mut().for_each(texts),
        Node::Table(entries) => entries.iter_mut().for_each(|(_, value)| texts(value)),
        Node::Elements(items) => items.iter_mut().for_each(|(_, value)| texts(value)),
    }
}

impl SuperConfig<Value> {
    /// Takes a JSON Schema for the declaration of the settings: variables are named after it, values are
    /// read by it, and what is misspelt, missing or refused is told as it is for a struct. A text, a
    /// [`Value`], or a [`JsonSchema`]; of two the second counts. `docs/UNTYPED.md` says what is read
    /// of it.
    ///
    /// Where it cannot be read, `build` says so, with the place, and reads nothing else.
    ///
    /// ```
    /// use superconfig::{Format, SuperConfig, Value};
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let load = |port| {
    ///     SuperConfig::<Value>::new()
    ///         .with_schema(
    ///             r#"{
    ///                 "type": "object",
    ///                 "properties": {
    ///                     "port": { "type": "integer", "minimum": 0, "maximum": 65535 },
    ///                     "version": { "type": "string", "default": "007" }
    ///                 },
    ///                 "required": ["port"]
    ///             }"#,
    ///         )
    ///         .with_env("ORDERS")
    ///         .with_env_vars([("ORDERS_PORT", port), ("ORDERS_VERSION", "008")])
    ///         .extract()
    /// };
    /// assert_eq!(load("80")?.to_string(), r#"{"port":80,"version":"008"}"#);
    /// let error = load("eighty").expect_err("no port");
    /// assert_eq!(
    ///     error.problems()[0].message,
    ///     "expected an integer from 0 to 65535, found the string \"eighty\""
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_schema(mut self, schema: impl Into<JsonSchema>) -> Self {
        let outcome = schema.into().read();
        let read = Some(outcome);
        self.0.declared = match outcome.form {
            Some(form) => Declared {
                schema: schema_of(form),
                names: schema_of(form).name_count(),
                absolute_names: schema_of(form).has_absolute_names(),
                layer: Box::new(move || Shaped::new(form).into()),
                read,
            },
            None => Declared { read, ..Declared::default() },
        };
        self
    }
}

/// A value that the program gives: exactly this one, whatever its texts look like.
impl From<Value> for OverrideValue {
    fn from(value: Value) -> Self {
        Tree::from(&value).into()
    }
}
