//! Which values a setting takes where a JSON Schema says it, and how they are read.
//!
//! What a type of the standard library takes is read by that type, so that its words are the same as
//! in a struct. For what no such type takes there are words of our own, in the same manner.

mod known;
mod range;
mod shared;

pub(crate) use known::Known;
pub(crate) use range::{Range, Sizes};
pub(crate) use shared::Shared;

use std::collections::HashSet;
use std::{ptr, slice};

use super::convert::{of_scalar, of_tree};
use super::{Table, Value};
use crate::decode::{
    Fault, FaultKind, Found, Key, Node, Reader, Scalar, Tree, json_text, part_fault,
};
use crate::layer::word_of;
use crate::schema::Schema;

/// Which values are taken.
#[derive(Debug, Default)]
pub(crate) enum Takes {
    /// Whatever there is; text is what it looks like.
    #[default]
    Any,
    /// What a type of the standard library reads.
    Known(&'static Known),
    Integer(Range<i128>),
    Number(Range<f64>),
    /// A string of so many characters.
    Text(Sizes),
    /// A word of a fieldless enum.
    Word(&'static Schema),
    /// One of these values.
    OneOf(Vec<Value>),
    List(Box<Items>),
    Table(Box<Parts>),
    /// What any of these takes, the first of them.
    Either(Vec<Takes>),
    /// `null` as well.
    OrNull(Box<Takes>),
    /// What a place of the schema takes, which may hold itself.
    Shared(&'static Shared),
}

/// What a list holds.
#[derive(Debug, Default)]
pub(crate) struct Items {
    pub(crate) item: Takes,
    pub(crate) sizes: Sizes,
    /// Whether no two items may be equal.
    pub(crate) unique: bool,
}

/// What a table holds that is read as a whole.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) known: Vec<Part>,
    /// What other keys hold; nothing where there may be none.
    pub(crate) rest: Option<Takes>,
    pub(crate) sizes: Sizes,
}

/// One key of a table that is read as a whole.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    pub(crate) required: bool,
    pub(crate) default: Option<Value>,
}

impl Takes {
    /// A type of the standard library by its name; all strings where there is none of that name.
    pub(crate) fn known(name: &str) -> Self {
        Known::find(name).map_or_else(|| Self::Text(Sizes::default()), Self::Known)
    }

    /// Reads a value.
    pub(crate) fn read(&self, reader: &Reader<'_>) -> Result<Value, Fault> {
        match self {
            Self::Any => anything(reader),
            Self::Known(known) => (known.read)(*reader),
            Self::Integer(range) => range.integer(reader),
            Self::Number(range) => range.number(reader),
            Self::Text(sizes) => text(reader, *sizes),
            Self::Word(schema) => {
                let index = word_of(schema, *reader)?;
                Ok(schema.words().get(index).copied().unwrap_or_default().into())
            }
            Self::OneOf(values) => one_of(reader, values),
            Self::List(items) => items.read(reader),
            Self::Table(parts) => parts.read(reader),
            Self::Either(all) => either(reader, all),
            Self::OrNull(_) if is_null(reader) => Ok(Value::Null),
            Self::OrNull(inner) => inner.read(reader),
            Self::Shared(shared) if shared.null() && is_null(reader) => Ok(Value::Null),
            Self::Shared(shared) => shared.takes().read(reader),
        }
    }

    /// Whether it is a path, which an empty variable leaves alone.
    pub(super) fn is_path(&self) -> bool {
        match self {
            Self::Known(known) => known.is_path(),
            Self::OrNull(inner) => inner.is_path(),
            Self::Shared(shared) => shared.takes().is_path(),
            _ => false,
        }
    }

    /// The name of a type that takes about the same, by which values are shown.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Any | Self::OneOf(_) | Self::Table(_) => "Value".to_owned(),
            Self::Known(known) => known.name.to_owned(),
            Self::Integer(_) => "integer".to_owned(),
            Self::Number(_) => "f64".to_owned(),
            Self::Text(_) | Self::Word(_) => "String".to_owned(),
            Self::List(items) => format!("Vec<{}>", items.item.name()),
            Self::Either(all) => {
                let all: Vec<&Self> = all.iter().collect();
                let mut names: Vec<_> = in_order(&all).map(Self::name).collect();
                names.dedup();
                names.join(" | ")
            }
            Self::OrNull(inner) => format!("Option<{}>", inner.name()),
            Self::Shared(shared) => shared.name().to_owned(),
        }
    }

    /// What it takes, in the words of an error message.
    fn words(&self) -> String {
        match self {
            Self::Any => "a value".to_owned(),
            Self::Known(known) => known.words().to_owned(),
            Self::Integer(range) => range.words("an integer"),
            Self::Number(range) => range.words("a number"),
            Self::Text(sizes) => sizes.words("a string", "character"),
            Self::Word(schema) => crate::decode::fault::one_of(&schema.words()),
            Self::OneOf(values) => listed(values),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table".to_owned(),
            Self::Either(all) => joined(all.iter().map(Self::words)),
            Self::OrNull(inner) => format!("{} or null", inner.words()),
            Self::Shared(shared) => shared.words().to_owned(),
        }
    }

    fn is_text(&self) -> bool {
        match self {
            Self::Any | Self::Text(_) | Self::Word(_) => true,
            Self::Known(known) => known.is_text(),
            Self::OrNull(inner) => inner.is_text(),
            Self::Either(all) => all.iter().any(Self::is_text),
            Self::Shared(shared) => shared.is_text(),
            _ => false,
        }
    }

    /// Whether it takes single values alone, which are read at once.
    fn is_plain(&self) -> bool {
        match self {
            Self::Any | Self::List(_) | Self::Table(_) | Self::Either(_) => false,
            Self::OrNull(inner) => inner.is_plain(),
            Self::Shared(shared) => shared.is_plain(),
            _ => true,
        }
    }

    /// What takes a value in its stead, that value and no part of it.
    pub(crate) fn alternatives(&self) -> Vec<&'static Shared> {
        match self {
            Self::Either(all) => all.iter().flat_map(Self::alternatives).collect(),
            Self::OrNull(inner) => inner.alternatives(),
            Self::Shared(shared) => vec![shared],
            _ => Vec::new(),
        }
    }
}

/// Words of which one holds; those that are there twice once.
fn joined(words: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all.join(" or ")
}

fn is_null(reader: &Reader<'_>) -> bool {
    reader.as_scalar().is_some_and(Scalar::is_null)
}

fn anything(reader: &Reader<'_>) -> Result<Value, Fault> {
    match reader {
        Reader::Scalar(scalar) => of_scalar(scalar),
        Reader::Tree(tree) => of_tree(tree),
    }
}

/// The scalar, or a fault that expects one.
fn scalar<'s>(reader: &'s Reader<'_>, expected: &str) -> Result<&'s Scalar<'s>, Fault> {
    reader.as_scalar().ok_or_else(|| Fault::expected(expected, reader.found()))
}

fn text(reader: &Reader<'_>, sizes: Sizes) -> Result<Value, Fault> {
    let text = scalar(reader, "a string")?.to_str()?;
    if !sizes.hold(text.chars().count()) {
        return Err(Fault::expected(sizes.words("a string", "character"), reader.found()));
    }
    Ok(text.into())
}

/// The values of an `enum`, as a message lists them.
fn listed(values: &[Value]) -> String {
    match values {
        [only] => only.to_string(),
        all => {
            let all: Vec<_> = all.iter().map(ToString::to_string).collect();
            format!("one of {}", all.join(", "))
        }
    }
}

fn one_of(reader: &Reader<'_>, values: &[Value]) -> Result<Value, Fault> {
    let found = anything(reader);
    // A text may be the string that it is, or what it looks like.
    let text = reader.as_text().map(Value::from);
    let is = |value: &&Value| {
        found.as_ref().is_ok_and(|found| alike(found, value)) || text.as_ref() == Some(*value)
    };
    let wrong = || Fault::expected(listed(values), reader.found());
    values.iter().find(is).cloned().ok_or_else(wrong)
}

/// Whether two values are the same to JSON, where `1` is `1.0`.
fn alike(one: &Value, other: &Value) -> bool {
    one == other
        || match (one, other) {
            (Value::Integer(_), Value::Float(_)) | (Value::Float(_), Value::Integer(_)) => {
                one.as_f64() == other.as_f64()
            }
            _ => false,
        }
}

/// The alternatives in the order in which they are tried: a text is a string where it is nothing else.
fn in_order<'t>(all: &[&'t Takes]) -> impl Iterator<Item = &'t Takes> {
    let others = all.iter().filter(|takes| !takes.is_text());
    others.chain(all.iter().filter(|takes| takes.is_text())).copied()
}

/// The alternatives that are none of alternatives, each once, however many ways lead to it; whether
/// `null` is one.
fn flat<'t>(
    all: &'t [Takes],
    seen: &mut HashSet<*const Shared>,
    found: &mut Vec<&'t Takes>,
) -> bool {
    let mut null = false;
    for takes in all {
        null |= match takes {
            Takes::Either(inner) => flat(inner, seen, found),
            Takes::OrNull(inner) => {
                flat(slice::from_ref(inner), seen, found);
                true
            }
            Takes::Shared(shared) if seen.insert(ptr::from_ref(*shared)) => {
                flat(slice::from_ref(shared.takes()), seen, found) || shared.null()
            }
            Takes::Shared(_) => false,
            other => {
                found.push(other);
                false
            }
        };
    }
    null
}

fn either(reader: &Reader<'_>, all: &[Takes]) -> Result<Value, Fault> {
    let mut alternatives = Vec::new();
    if flat(all, &mut HashSet::new(), &mut alternatives) && is_null(reader) {
        return Ok(Value::Null);
    }
    let mut near: Vec<Fault> = Vec::new();
    for takes in in_order(&alternatives) {
        match takes.read(reader) {
            Ok(value) => return Ok(value),
            // What is of the right type, itself or around the fault, says best what is wrong.
            Err(fault) => {
                let is_type = matches!(fault.kind(), FaultKind::Type { .. } | FaultKind::Null);
                near.extend((!is_type || fault.at().next().is_some()).then_some(fault));
            }
        }
    }
    // Those that came furthest, at one place.
    let furthest = near.iter().map(|fault| fault.at().count()).max().unwrap_or(0);
    near.retain(|fault| fault.at().count() == furthest);
    if near.len() == 1 || furthest > 0 {
        let first = near.remove(0);
        return Err(near.iter().fold(first, or));
    }
    if is_null(reader) {
        return Err(Fault::new(FaultKind::Null));
    }
    Err(Fault::expected(joined(alternatives.iter().map(|takes| takes.words())), reader.found()))
}

/// Both faults as one, where they are of one part, which may be what either expects.
fn or(fault: Fault, other: &Fault) -> Fault {
    let expected = match (fault.kind(), other.kind()) {
        (FaultKind::Type { expected, .. }, FaultKind::Type { expected: also, .. })
            if fault.at().eq(other.at()) && !expected.split(" or ").any(|known| known == also) =>
        {
            format!("{expected} or {also}")
        }
        _ => return fault,
    };
    fault.expecting(|| expected)
}

impl Items {
    fn read(&self, reader: &Reader<'_>) -> Result<Value, Fault> {
        let list = reader.list()?;
        let Node::List(items) = &list.node else {
            return Err(Fault::expected("a list", list.found()));
        };
        let item = |(index, item): (usize, &Tree<'_>)| {
            let value = self.item.read(&Reader::Tree(item));
            value.map_err(|fault| part_fault(fault, index, item))
        };
        let items: Vec<_> = items.iter().enumerate().map(item).collect::<Result<_, _>>()?;
        match self.refused(&items) {
            Some(expected) => Err(Fault::expected(expected, Found::items(items.len()))),
            None => Ok(Value::List(items)),
        }
    }

    /// What a list should be that has other items than it may, by their number or because two of them
    /// are equal.
    pub(super) fn refused(&self, items: &[Value]) -> Option<String> {
        if !self.sizes.hold(items.len()) {
            return Some(self.sizes.words("a list", "item"));
        }
        let twice = |(index, item): (usize, &Value)| items[..index].contains(item);
        (self.unique && items.iter().enumerate().any(twice))
            .then(|| "a list without equal items".to_owned())
    }
}

impl Parts {
    /// What a key's value may be.
    fn takes(&self, key: &Key<'_>) -> Result<&Takes, Fault> {
        let part = self.known.iter().find(|part| *part.name == *key.text);
        part.map(|part| &part.takes).or(self.rest.as_ref()).ok_or_else(|| {
            let known: Vec<_> = self.known.iter().map(|part| part.name).collect();
            let known = crate::decode::fault::one_of(&known);
            let fault =
                Fault::custom(format!("unknown key {:?}, expected {known}", key.text), None);
            key.span.into_iter().fold(fault, Fault::spanned)
        })
    }

    fn read(&self, reader: &Reader<'_>) -> Result<Value, Fault> {
        let parsed;
        let tree = match reader {
            Reader::Tree(tree @ Tree { node: Node::Table(_), .. }) => tree,
            other => match scalar(other, "a table")? {
                Scalar::Text { text, .. } => {
                    parsed = json_text::parse(text)?;
                    &parsed
                }
                scalar if scalar.is_null() => return Err(Fault::new(FaultKind::Null)),
                scalar => return Err(Fault::expected("a table", scalar.found())),
            },
        };
        let Node::Table(entries) = &tree.node else {
            return Err(Fault::expected("a table", tree.found()));
        };
        let mut table = Table::new();
        // What is read at once comes first, as what tells alternatives apart: of those that hold each
        // other all would be read in all of their parts otherwise, level by level.
        let mut read = |plain: bool| {
            for (key, value) in entries {
                let takes = self.takes(key)?;
                if takes.is_plain() == plain {
                    let read = takes.read(&Reader::Tree(value));
                    let read = read.map_err(|fault| part_fault(fault, key.text.to_string(), value));
                    table.insert(&*key.text, read?);
                }
            }
            Ok(())
        };
        read(true)?;
        let is_there = |part: &Part| entries.iter().any(|(key, _)| *key.text == *part.name);
        let needed = self.known.iter().filter(|part| part.required && part.default.is_none());
        if let Some(part) = needed.into_iter().find(|part| !is_there(part)) {
            return Err(Fault::new(FaultKind::Missing(part.name)));
        }
        read(false)?;
        for part in &self.known {
            match &part.default {
                _ if table.contains_key(part.name) => {}
                Some(default) => drop(table.insert(part.name, default.clone())),
                None => {}
            }
        }
        if !self.sizes.hold(table.len()) {
            return Err(Fault::expected(self.sizes.words("a table", "key"), tree.found()));
        }
        // Keys are in the order of their declaration, as in a struct.
        let declared = |key: &str| self.known.iter().position(|part| part.name == key);
        let mut entries: Vec<_> = table.into_iter().collect();
        entries.sort_by_key(|(key, _)| declared(key).unwrap_or(usize::MAX));
        Ok(Value::Table(entries.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests;
