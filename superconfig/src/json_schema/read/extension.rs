//! What `x-superconfig` says: of settings what JSON Schema has no keyword for.

use crate::decode::{Node, Scalar, Tree};
use crate::diagnose::closest;
use crate::schema::Merge;

use super::view::{EXTENSION, Reading, View, as_text, below};

/// What `x-superconfig` says at one place.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // each is a member of its own
pub(super) struct Extension<'t> {
    /// The name that discovery looks for.
    pub(super) app: Option<&'t str>,
    /// The prefix of the variables.
    pub(super) env_prefix: Option<&'t str>,
    /// The profiles that exist.
    pub(super) profiles: Vec<&'t str>,
    /// The type of Rust.
    pub(super) ty: Option<&'t str>,
    pub(super) required: bool,
    /// The default as the declaration writes it.
    pub(super) default: Option<&'t str>,
    /// Whether no variable is read.
    pub(super) no_env: bool,
    /// Absolute names of variables.
    pub(super) env: Vec<&'t str>,
    /// Its part of a variable's name.
    pub(super) env_part: Option<&'t str>,
    pub(super) merge: Option<Merge>,
    pub(super) merge_by: Option<&'t str>,
    pub(super) separator: Option<&'t str>,
    pub(super) restart_required: bool,
    /// What to write instead.
    pub(super) deprecated: Option<&'t str>,
    /// The setting that this is another name of.
    pub(super) alias_of: Option<&'t str>,
    /// The list or map that this adds to or removes from.
    pub(super) step_of: Option<&'t str>,
    /// Whether this is the section of a profile.
    pub(super) section: bool,
    /// Whether a list or map is read as a whole.
    pub(super) whole: bool,
    /// Whether the words that a list or map holds have variables of their own.
    pub(super) nested: bool,
    /// Other spellings of words.
    pub(super) aliases: Vec<(&'t str, Vec<&'t str>)>,
}

const MEMBERS: &[&str] = &[
    "app",
    "env_prefix",
    "profiles",
    "type",
    "required",
    "default",
    "env",
    "env_part",
    "merge",
    "merge_by",
    "separator",
    "restart_required",
    "deprecated",
    "alias_of",
    "step_of",
    "section",
    "whole",
    "nested",
    "aliases",
];

const MERGES: &[(&str, Merge)] = &[
    ("replace", Merge::Replace),
    ("append", Merge::Append),
    ("prepend", Merge::Prepend),
    ("union", Merge::Union),
    ("deep", Merge::Deep),
];

fn texts<'t>(tree: &'t Tree<'t>) -> Option<Vec<&'t str>> {
    match &tree.node {
        Node::List(items) => items.iter().map(as_text).collect(),
        _ => as_text(tree).map(|only| vec![only]),
    }
}

fn flag(tree: &Tree<'_>) -> Option<bool> {
    match tree.node {
        Node::Scalar(Scalar::Bool(value)) => Some(value),
        _ => None,
    }
}

fn spellings<'t>(tree: &'t Tree<'t>) -> Option<Vec<(&'t str, Vec<&'t str>)>> {
    let Node::Table(entries) = &tree.node else { return None };
    entries.iter().map(|(key, value)| Some((&*key.text, texts(value)?))).collect()
}

impl<'t> Reading<'t> {
    /// What `x-superconfig` says of a setting, and at the type that it refers to.
    pub(super) fn extension(&mut self, view: &View<'t>) -> Extension<'t> {
        let mut extension = Extension::default();
        let mut taken: Vec<&str> = Vec::new();
        for word in view.words.iter().filter(|word| word.name == EXTENSION) {
            let Node::Table(entries) = &word.tree.node else {
                self.wrong(&word.at, word.tree.span, format!("`{EXTENSION}` is an object"));
                continue;
            };
            for (key, value) in entries {
                let at = below(&word.at, &key.text);
                if taken.contains(&&*key.text) {
                    continue;
                }
                taken.push(&key.text);
                if !MEMBERS.contains(&&*key.text) {
                    let message = format!("`{EXTENSION}` has no member `{}`", key.text);
                    let help = closest(&key.text, MEMBERS.iter().copied());
                    let help = help.map(|close| format!("did you mean `{close}`?"));
                    let said = self.wrong(&at, key.span, message);
                    said.help = help.or_else(|| Some(format!("it has {}", MEMBERS.join(", "))));
                } else if let Err(expected) = extension.take(&key.text, value) {
                    let found = value.found();
                    self.wrong(&at, value.span, format!("expected {expected}, found {found}"));
                }
            }
        }
        extension
    }
}

impl<'t> Extension<'t> {
    /// Takes one member; what it should be, where it is not that.
    fn take(&mut self, name: &str, value: &'t Tree<'t>) -> Result<(), String> {
        let text = || as_text(value).ok_or_else(|| "a text".to_owned());
        let is = || flag(value).ok_or_else(|| "true or false".to_owned());
        let all = || texts(value).ok_or_else(|| "a list of texts".to_owned());
        match name {
            "app" => self.app = Some(text()?),
            "env_prefix" => {
                let prefix = text()?.trim_end_matches('_');
                let valid = prefix.starts_with(|c: char| c.is_ascii_uppercase())
                    && prefix
                        .bytes()
                        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
                if !valid {
                    return Err("capital letters, digits and `_`".to_owned());
                }
                self.env_prefix = Some(prefix);
            }
            "profiles" => self.profiles = all()?,
            "type" => self.ty = Some(text()?),
            "required" => self.required = is()?,
            "default" => self.default = Some(text()?),
            "env" => match flag(value) {
                Some(on) => self.no_env = !on,
                None => {
                    self.env = texts(value)
                        .filter(|names| names.iter().all(|name| !name.is_empty()))
                        .ok_or_else(|| "false, or a list of names".to_owned())?;
                }
            },
            "env_part" => {
                let part = text()?;
                let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
                if part.is_empty() || !part.bytes().all(plain) {
                    return Err("capital letters, digits and `_`".to_owned());
                }
                self.env_part = Some(part);
            }
            "merge" => {
                let word = text()?;
                let known = MERGES.iter().find(|(name, _)| *name == word);
                let names: Vec<_> = MERGES.iter().map(|(name, _)| *name).collect();
                let (_, merge) = known.ok_or_else(|| crate::decode::fault::one_of(&names))?;
                self.merge = Some(*merge);
            }
            "merge_by" => self.merge_by = Some(text()?),
            "separator" => {
                let separator = text()?;
                if separator.is_empty() {
                    return Err("what stands between items".to_owned());
                }
                self.separator = Some(separator);
            }
            "restart_required" => self.restart_required = is()?,
            "deprecated" => self.deprecated = Some(text()?),
            "alias_of" => self.alias_of = Some(text()?),
            "step_of" => self.step_of = Some(text()?),
            "section" => self.section = is()?,
            "whole" => self.whole = is()?,
            "nested" => self.nested = is()?,
            _ => self.aliases = spellings(value).ok_or("an object of lists of words")?,
        }
        Ok(())
    }
}
