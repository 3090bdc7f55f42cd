//! A file with every setting, for people to begin with.
//!
//! A template is made in two steps: the schema becomes a list of [`Entry`]s that knows no format,
//! and a format writes it. In TOML, YAML and JSON with comments every setting is a comment, with
//! what is to be known about it above:
//!
//! ```toml
//! # Port to listen on.
//! # Type: u16. Default: 8080.
//! # Variables: ORDERS_PORT, PORT.
//! #port = 8080
//! ```
//!
//! A comment with a space behind its mark is for people; one without is a setting with its default,
//! or with an example where there is none, and taking the mark away gives a file that can be read.
//! So the template as it is sets nothing: a program that is given new defaults later has them, too.

mod entries;
mod json;
mod jsonc;
mod lines;
mod toml;
mod yaml;

use crate::format::Format;
use crate::reference::At;
use crate::reference::literal::Value;
use crate::schema::Schema;

/// One key of a template.
struct Entry {
    /// What is said above it, a line each.
    about: Vec<String>,
    /// The key itself.
    key: String,
    body: Body,
    /// It is for reading only: it may not stand beside another one above.
    shown: bool,
}

/// What stands behind a key.
enum Body {
    /// A value: the default, or an example. Nothing where none is known.
    Value { written: Option<Value>, plain: Option<Value> },
    /// A struct. `always`: it does no harm to write it with nothing in it.
    Table { entries: Vec<Entry>, always: bool, plain: Option<Value> },
    /// A list of structs, with one element as an example.
    Elements { entries: Vec<Entry>, plain: Option<Value> },
}

impl Schema {
    /// A file with every setting: its documentation, type, default and variables. Loading it as it
    /// is gives the defaults. For an outermost struct also `Settings::template(format)`.
    ///
    /// | format | what it is |
    /// | --- | --- |
    /// | TOML, YAML, JSON with comments | every setting as a comment, with what is to be known about it |
    /// | JSON | the defaults themselves; what is required, or is an expression, is not in it |
    ///
    /// Secrets have no value in it, and skipped fields are left out.
    ///
    /// ```
    /// use superconfig::{Format, SuperConfig};
    ///
    /// #[derive(SuperConfig)]
    /// #[config(env_prefix = "ORDERS")]
    /// struct Settings {
    ///     /// Port to listen on.
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// assert!(Settings::template(Format::Toml).ends_with("
    /// ## Port to listen on.
    /// ## Type: u16. Default: 8080.
    /// ## Variable: ORDERS_PORT.
    /// ##port = 8080
    /// "));
    /// assert_eq!(Settings::template(Format::Json), "{\n  \"port\": 8080\n}\n");
    /// ```
    pub fn template(&'static self, format: Format) -> String {
        let entries = entries::of_schema(self, &At::root(self));
        match format {
            Format::Toml => toml::write(self, &entries),
            Format::Yaml => yaml::write(self, &entries),
            Format::Json => json::write(&entries),
            Format::Jsonc => jsonc::write(self, &entries),
        }
    }
}
