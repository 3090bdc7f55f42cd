//! Flags for `clap`, made of the declaration: each setting has one, so that none is forgotten when a
//! setting is added. Cargo feature `clap`.
//!
//! | setting | flags |
//! | --- | --- |
//! | `database.pool.max` | `--database-pool-max <MAX>` |
//! | a boolean | `--debug` or `--debug=false` |
//! | an enum | `--level <LEVEL>` with its words as possible values |
//! | a list | `--plugins <PLUGINS>`, `--plugins-add`, `--plugins-remove`, each as often as needed |
//! | a map of values | `--labels <KEY=VALUE>`, as often as needed, and `--labels-remove` |
//! | a secret | `--api-key-file <PATH>` alone, for everybody on a machine can read command lines |
//! | lists and maps of structs | none; `--set` reaches into them ([`with_args`]) |
//!
//! A value is read as a variable's is: the type of the setting says what it means. The identity of a
//! flag is the path of its setting, so a program may change single ones:
//! `command.mut_arg("port", |flag| flag.short('p'))`. Settings called `help` or `version` have no flags,
//! as these are clap's own.
//!
//! ```
//! use clap::Command;
//! use superconfig::clap::{Flags, args};
//! use superconfig::{Config, SuperConfig};
//!
//! #[derive(SuperConfig)]
//! struct Settings {
//!     /// Port to listen on.
//!     #[config(default = 8080)]
//!     port: u16,
//!     #[config(default = ["core"])]
//!     plugins: Vec<String>,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let command = Command::new("orders").args(args::<Settings>());
//! let arguments = ["orders", "--port", "80", "--plugins-add", "http"];
//! let matches = command.try_get_matches_from(arguments)?;
//! let settings = SuperConfig::<Settings>::new().with_source(Flags::of(&matches)).extract()?;
//! assert_eq!(settings.port, 80);
//! assert_eq!(settings.plugins, ["core", "http"]);
//! # Ok(())
//! # }
//! ```
//!
//! [`with_args`]: crate::builder::SuperConfig::with_args

mod flags;
mod offer;

use std::fmt::Write;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ValueHint};

pub use flags::Flags;
use offer::{FlagValue, Offer, offers};

use crate::config::Config;
use crate::origin::Clean;
use crate::reference::literal::{Value, default_of};

/// A flag for each setting of the type; see the [module](self).
pub fn args<T: Config>() -> Vec<Arg> {
    offers(T::SCHEMA).iter().map(arg).collect()
}

fn arg(offer: &Offer) -> Arg {
    let name = offer.key.to_uppercase();
    let arg = Arg::new(offer.id.clone())
        .long(offer.long.clone())
        .help(help(offer))
        .hide(offer.field.is_some_and(|field| field.deprecated.is_some()));
    let arg = match &offer.takes {
        FlagValue::Switch => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("true|false"),
        FlagValue::Value => arg.value_name(name).allow_negative_numbers(true),
        FlagValue::List => {
            arg.value_name(name).allow_negative_numbers(true).action(ArgAction::Append)
        }
        FlagValue::Keys => arg.value_name("KEY").action(ArgAction::Append),
        FlagValue::Entries => arg.value_name("KEY=VALUE").action(ArgAction::Append),
        FlagValue::File => arg.value_name("PATH").value_hint(ValueHint::FilePath),
        FlagValue::Word(words) => {
            let words = words.iter().map(|word| {
                let value = PossibleValue::new(word.name).aliases(word.aliases);
                if word.doc.is_empty() { value } else { value.help(first_line(word.doc)) }
            });
            arg.value_name(name).value_parser(PossibleValuesParser::new(words))
        }
    };
    match offer.id.rsplit_once('.') {
        Some((around, _)) => arg.help_heading(format!("Options of {around}")),
        None => arg,
    }
}

/// The documentation, and where the value comes from without the flag.
fn help(offer: &Offer) -> String {
    let doc = first_line(offer.doc);
    let mut help = match (offer.action, doc) {
        ("", doc) => doc.to_owned(),
        (action, "") => action.to_owned(),
        (action, doc) => format!("{action}: {doc}"),
    };
    let mut note = |what: &str, text: &str| {
        let space = if help.is_empty() { "" } else { " " };
        let _ = write!(help, "{space}[{what}: {}]", Clean(text));
    };
    if offer.action.is_empty() {
        match offer.field.and_then(default_of) {
            Some(Value::Text(text)) => note("default", &text),
            Some(Value::Null) | None => {}
            Some(value) => note("default", &value.to_string()),
        }
    }
    if !offer.variables.is_empty() {
        note("env", &offer.variables.join(", "));
    }
    help
}

/// The first line of a documentation, as help texts have it: without a full stop.
fn first_line(doc: &'static str) -> &'static str {
    doc.lines().next().unwrap_or_default().trim_end_matches('.')
}
