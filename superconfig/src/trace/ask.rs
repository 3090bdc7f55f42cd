//! Values by their paths, for programs that know a path and no type: scripts, bindings, templates.

// A problem is made once, on the way out of a question; boxing each would only hide it.
#![allow(clippy::result_large_err)]

use serde::de::DeserializeOwned;

use super::explain::{spelled, unknown};
use super::value::{Effective, EffectiveValue};
use super::{Provenance, Trace};
use crate::decode::{FaultKind, Key, Node, Reader, Scalar, Tree};
use crate::error::{Code, ConfigError, Problem};
use crate::path::KeyPath;
use crate::schema::at::steps;

impl Provenance {
    /// Whether a setting has a value, given or by default. An `Option` that is `None` has none.
    pub fn has_key(&self, path: impl Into<KeyPath>) -> bool {
        let path = spelled(self.0.schema, &path.into());
        self.to_value().get(path).is_some_and(|value| *value.value() != Effective::Null)
    }

    /// The paths of all settings that have a value, in the order of the declaration.
    pub fn keys(&self) -> Vec<KeyPath> {
        let mut keys = Vec::new();
        self.to_value().leaves(&mut KeyPath::root(), &mut |path, value| {
            if *value.value() != Effective::Null {
                keys.push(path.clone());
            }
        });
        keys
    }

    /// The value of a setting as a text; see [`EffectiveValue::to_text`].
    ///
    /// # Errors
    ///
    /// There is no such setting, or it has no value: `SC0801`.
    pub fn get_string(&self, path: impl Into<KeyPath>) -> Result<String, ConfigError> {
        self.value_at(&path.into()).map(|(_, value)| value.to_text())
    }

    /// The value of a setting as any type; see [`EffectiveValue::to`].
    ///
    /// # Errors
    ///
    /// There is no such setting, it has no value, or it is a secret: `SC0801`. Or the type does not take
    /// the value; the error has its place.
    pub fn get_value<D: DeserializeOwned>(
        &self,
        path: impl Into<KeyPath>,
    ) -> Result<D, ConfigError> {
        let (path, value) = self.value_at(&path.into())?;
        value.read().map_err(|problem| problem.at(path).into())
    }

    fn value_at(&self, path: &KeyPath) -> Result<(KeyPath, EffectiveValue), ConfigError> {
        let schema = self.0.schema;
        let path = spelled(schema, path);
        let trace = Trace::of(&self.0);
        match trace.effective().get(path.clone()) {
            Some(value) if *value.value() != Effective::Null => Ok((path, value.clone())),
            None if steps(schema, &path).is_none() => Err(unknown(&trace, &path)),
            _ => {
                let problem = Problem::new(Code::Usage, "the setting has no value").at(path);
                Err(problem.help("`has_key` says whether a setting has one").into())
            }
        }
    }
}

impl EffectiveValue {
    /// As a text: a string without quotes, anything else as on one line of JSON. A secret is
    /// `[redacted]`.
    pub fn to_text(&self) -> String {
        match self.value() {
            Effective::Text(text) | Effective::Datetime(text) => text.clone(),
            Effective::Redacted => super::value::REDACTED.to_owned(),
            _ => self.to_string(),
        }
    }

    /// As a value of any type that serde reads.
    ///
    /// ```
    /// # use superconfig::{Format, SuperConfig};
    /// # #[derive(SuperConfig)]
    /// # struct Settings { ports: Vec<u16> }
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::<Settings>::new()
    ///     .with_text(Format::Toml, "ports = [80, 443]")
    ///     .build()?;
    /// let value = settings.to_value();
    /// let ports: Vec<u64> = value.get("ports").expect("it is set").to()?;
    /// assert_eq!(ports, [80, 443]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The type does not take the value; the value, or something in it, is a secret that nobody
    /// [exposed](Self::expose_secrets); or it is an expression that only the program knows.
    pub fn to<D: DeserializeOwned>(&self) -> Result<D, ConfigError> {
        self.read().map_err(ConfigError::from)
    }

    fn read<D: DeserializeOwned>(&self) -> Result<D, Problem> {
        let tree = tree(self)?;
        D::deserialize(Reader::Tree(&tree)).map_err(|fault| {
            let code = match fault.kind() {
                FaultKind::Range { .. } => Code::OutOfRange,
                FaultKind::Word { .. } => Code::UnknownWord,
                FaultKind::Type { .. } => Code::WrongType,
                _ => Code::Invalid,
            };
            let problem = Problem::new(code, fault.to_string());
            match self.origin() {
                Some(origin) => problem.from(origin.clone()),
                None => problem,
            }
        })
    }
}

/// A value as sources give it.
fn tree(value: &EffectiveValue) -> Result<Tree<'static>, Problem> {
    let usage = |message: &str, help: &str| Problem::new(Code::Usage, message).help(help);
    Ok(match value.value() {
        Effective::Null => Scalar::Null.into(),
        Effective::Bool(value) => Scalar::Bool(*value).into(),
        Effective::Integer(value) => Scalar::Integer(*value).into(),
        Effective::Huge(digits) => Scalar::Huge(digits.clone().into()).into(),
        Effective::Float(value) => Scalar::Float(*value).into(),
        Effective::Text(text) => Scalar::Str(text.clone().into()).into(),
        Effective::Datetime(text) => Scalar::Datetime(text.clone().into()).into(),
        Effective::List(items) => {
            Tree::new(Node::List(items.iter().map(tree).collect::<Result<_, _>>()?))
        }
        Effective::Table(entries) => {
            let entry = |(key, value): &(String, EffectiveValue)| {
                tree(value).map(|tree| (Key::new(key.clone()), tree))
            };
            Tree::new(Node::Table(entries.iter().map(entry).collect::<Result<_, _>>()?))
        }
        Effective::Code(code) => {
            let message = format!("the value is an expression of the program: {code}");
            return Err(usage(&message, "read it from the loaded struct"));
        }
        Effective::Redacted => {
            let help = "`to_value().expose_secrets()` has it, and so does the loaded struct";
            return Err(usage("the value is a secret", help));
        }
    })
}
