//! The flags that were given, as a source.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::offer::{FlagValue, Offer, offers};
use crate::decode::reader::split;
use crate::decode::{Node, Scalar, Tree, json_text};
use crate::error::{Code, Problem};
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::{Op, Schema};
use crate::source::{Loading, Piece, Setting, Source, read};

/// The settings among the flags that `clap` matched. Only what stands on the command line counts, no
/// defaults and no variables of clap's: a flag that is left out says nothing.
#[derive(Clone)]
pub struct Flags {
    /// What was given, the program's own flags among it.
    given: Vec<(String, Vec<OsString>)>,
}

impl Flags {
    /// Of a command that has [`args`](super::args) among its arguments, or of a subcommand.
    pub fn of(matches: &ArgMatches) -> Self {
        let from_line = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
        let values = |id: &str| {
            let values = matches.try_get_raw(id).ok()??;
            Some((id.to_owned(), values.map(OsString::from).collect()))
        };
        let ids = matches.ids().map(clap::Id::as_str);
        Self { given: ids.filter(from_line).filter_map(values).collect() }
    }
}

/// Flags may be secrets of the program's own, so only their number is shown.
impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flags({} flags)", self.given.len())
    }
}

impl Source for Flags {
    fn name(&self) -> String {
        "the flags".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let mut settings = Vec::new();
        for offer in offers(loading.schema) {
            let Some((_, values)) = self.given.iter().find(|(id, _)| *id == offer.id) else {
                continue;
            };
            let texts: Option<Vec<&str>> = values.iter().map(|value| value.to_str()).collect();
            match texts {
                Some(texts) => offer.take(&texts, loading, &mut settings),
                None => loading.problem(offer.wrong("the value is not UTF-8")),
            }
        }
        if !settings.is_empty() {
            loading.pieces.push(Piece::Settings(settings));
        }
    }

    fn how_to_set(&self, schema: &'static Schema, path: &KeyPath) -> Option<String> {
        let offers = offers(schema);
        let offer = offers.iter().find(|offer| offer.path == *path && offer.op == Op::Set)?;
        let flag = format!("`--{}`", offer.long);
        Some(match offer.takes {
            FlagValue::File => format!("{flag} to the path of a file that holds it"),
            _ => flag,
        })
    }
}

impl Offer {
    fn origin(&self) -> Origin {
        Origin::Argument { argument: format!("--{}", self.long) }
    }

    fn wrong(&self, message: impl Into<String>) -> Problem {
        Problem::new(Code::BadArgument, message).at(self.path.clone()).from(self.origin())
    }

    fn setting(&self, tree: Tree<'static>) -> Setting {
        Setting { path: self.path.clone(), op: self.op, tree, origin: self.origin() }
    }

    /// Makes settings of what was given.
    fn take(&self, texts: &[&str], loading: &mut Loading<'_>, settings: &mut Vec<Setting>) {
        let separator = self.field.map_or(",", |field| field.separator);
        let text = |text: &str| Tree::from(Scalar::text(text.to_owned(), separator));
        match (&self.takes, texts) {
            (FlagValue::Entries, entries) => {
                for entry in entries {
                    match entry.split_once('=') {
                        Some((key, value)) => {
                            let path = self.path.join(key.to_owned());
                            settings.push(Setting { path, ..self.setting(text(value)) });
                        }
                        None => loading.problem(
                            self.wrong("the entry has no `=`")
                                .help(format!("write `--{} key=value`", self.long)),
                        ),
                    }
                }
            }
            (FlagValue::File, [file, ..]) => {
                let path = loading.surroundings.resolve(Path::new(file));
                loading.dependencies.files.push(path.clone());
                match read::secret(&path, loading.limits, loading.strict_permissions) {
                    Ok(secret) => {
                        if let Some(warning) = secret.warning {
                            loading.warn(warning.at(self.path.clone()));
                        }
                        let line = secret.text.strip_suffix('\n').unwrap_or(&secret.text);
                        let line = line.strip_suffix('\r').unwrap_or(line);
                        let variable = format!("--{}", self.long);
                        let origin = Origin::SecretFile { variable, path };
                        settings.push(Setting { origin, ..self.setting(text(line)) });
                    }
                    Err(problem) => loading.problem(
                        problem
                            .at(self.path.clone())
                            .help(format!("the file is named by --{}", self.long)),
                    ),
                }
            }
            (FlagValue::List | FlagValue::Keys, [first, second, rest @ ..]) => {
                let all = [first, second].into_iter().chain(rest);
                let items = all.flat_map(|list| items(list, separator)).collect();
                settings.push(self.setting(Tree::new(Node::List(items))));
            }
            (_, [one, ..]) => settings.push(self.setting(text(one))),
            (_, []) => {}
        }
    }
}

/// The items of one of several lists.
fn items(list: &str, separator: &'static str) -> Vec<Tree<'static>> {
    if list.trim_start().starts_with('[')
        && let Ok(Tree { node: Node::List(items), .. }) = json_text::parse(list)
    {
        return items;
    }
    let item = |item: &str| Scalar::text(Cow::Owned(item.to_owned()), separator).into();
    split(list, separator).map(item).collect()
}
