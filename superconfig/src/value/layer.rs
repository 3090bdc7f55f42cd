//! What one source says without a schema, and how it meets what the earlier ones said.
//!
//! | a later source gives | where there is | then |
//! | --- | --- | --- |
//! | a table | a table | they are merged key by key |
//! | anything else | anything | it replaces |
//! | `x_add = [...]` | a list `x`, or no `x` | the items that are not there yet follow |
//! | `x_remove = [...]` | a list `x` | equal items are taken away |
//! | `x_remove = [...]` | a table `x` | these keys are taken away |
//! | `x_add`, `x_remove` | any other `x` | that is an error |
//!
//! Layers are merged from the first to the last, so what stands is a plain [`Value`]: steps are carried
//! out at once.

use super::convert::{of_scalar, of_tree, within};
use super::{Table, Value, step};
use crate::decode::{Fault, Key, Node, Place, Reader, Target, Tree};
use crate::layer::{Layer, Resolution, Why};
use crate::path::{KeyPath, Segment};
use crate::schema::Op;

/// The layer of a [`Value`].
#[derive(Default)]
pub struct Untyped {
    /// What the sources came to so far.
    standing: Option<Value>,
    /// What is to be merged into it.
    said: Option<Said>,
    notes: Notes,
}

/// What one source says.
enum Said {
    /// A value, in whose tables steps stand as they are written.
    Value(Value),
    /// What is said of these keys of a table, where some of it is about elements of lists.
    Parts(Table<Said>),
    /// Changes to the elements at these positions.
    Elements(Vec<(usize, Said)>),
}

/// What was found while merging.
#[derive(Default)]
struct Notes {
    problems: Vec<(KeyPath, Why)>,
    warnings: Vec<(KeyPath, Why)>,
}

/// Where merging is. That becomes a path when there is something to say.
#[derive(Clone, Copy)]
enum At<'a> {
    Root,
    Key(&'a At<'a>, &'a str),
    Index(&'a At<'a>, usize),
}

impl At<'_> {
    fn path(&self) -> KeyPath {
        match self {
            Self::Root => KeyPath::root(),
            Self::Key(above, key) => above.path().join((*key).to_owned()),
            Self::Index(above, index) => above.path().join(*index),
        }
    }
}

impl Untyped {
    /// What the sources came to so far.
    pub(crate) fn standing(&mut self) -> Option<&Value> {
        self.settle();
        self.standing.as_ref()
    }

    fn settle(&mut self) {
        let Some(said) = self.said.take() else { return };
        self.standing = Some(match (said, self.standing.take()) {
            // Most configurations are one file, which is what it says.
            (Said::Value(value), None) if !has_steps(&value) => value,
            (said, standing) => said.over(standing, &At::Root, &mut self.notes),
        });
    }
}

impl Place for Untyped {
    fn target(&mut self) -> Target<'_> {
        Target::Value(self)
    }

    fn is_set(&self) -> bool {
        self.standing.is_some() || self.said.is_some()
    }
}

impl crate::decode::Value for Untyped {
    fn set(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        // Two sections of one document may be one layer; then the second comes later.
        self.settle();
        self.said = Some(match reader {
            Reader::Tree(tree) => Said::of(tree)?,
            Reader::Scalar(scalar) => Said::Value(of_scalar(scalar)?),
        });
        Ok(())
    }

    fn tree(&self) -> Option<Tree<'static>> {
        self.said.as_ref().map(Said::tree)
    }
}

impl Layer for Untyped {
    type Value = Value;

    fn merge(&mut self, mut later: Self) {
        self.settle();
        if let Some(standing) = later.standing.take() {
            self.said = Some(Said::Value(standing));
            self.settle();
        }
        self.said = later.said;
        self.notes.problems.append(&mut later.notes.problems);
        self.notes.warnings.append(&mut later.notes.warnings);
        self.settle();
    }

    fn resolve(mut self, cx: &mut Resolution) -> Option<Value> {
        self.settle();
        let Notes { problems, warnings } = self.notes;
        let whole = problems.is_empty();
        for (path, why) in problems {
            at_path(cx, &path, |cx| cx.refuse(why));
        }
        for (path, why) in warnings {
            at_path(cx, &path, |cx| cx.warn(why));
        }
        whole.then(|| self.standing.unwrap_or_else(|| Value::Table(Table::new())))
    }

    fn from_value(value: Value) -> Self {
        Self { said: Some(Said::Value(value)), ..Self::default() }
    }
}

/// Does something at a path.
pub(super) fn at_path(cx: &mut Resolution, path: &KeyPath, then: impl FnOnce(&mut Resolution)) {
    for segment in path.segments() {
        match segment {
            Segment::Key(key) => cx.enter_key(key.to_string()),
            Segment::Index(index) => cx.enter_index(*index),
        }
    }
    then(cx);
    path.segments().iter().for_each(|_| cx.close());
}

impl Said {
    fn of(tree: &Tree<'_>) -> Result<Self, Fault> {
        Ok(match &tree.node {
            Node::Table(entries) if has_elements(tree) => {
                let mut parts = Table::new();
                for (key, part) in entries {
                    let said = Self::of(part)
                        .map_err(|fault| within(fault, key.text.to_string(), part))?;
                    parts.insert(&*key.text, said);
                }
                Self::Parts(parts)
            }
            Node::Elements(all) => {
                let element = |(index, part): &(usize, Tree<'_>)| {
                    let said = Self::of(part).map_err(|fault| within(fault, *index, part))?;
                    Ok((*index, said))
                };
                Self::Elements(all.iter().map(element).collect::<Result<_, Fault>>()?)
            }
            _ => Self::Value(of_tree(tree)?),
        })
    }

    /// As the program that gave it would write it.
    fn tree(&self) -> Tree<'static> {
        match self {
            Self::Value(value) => value.into(),
            Self::Parts(parts) => {
                let entry = |(key, said): (&str, &Self)| (Key::new(key.to_owned()), said.tree());
                Tree::new(Node::Table(parts.iter().map(entry).collect()))
            }
            Self::Elements(all) => {
                let element = |(index, said): &(usize, Self)| (*index, said.tree());
                Tree::new(Node::Elements(all.iter().map(element).collect()))
            }
        }
    }

    /// What stands when this has had its say about what stood.
    fn over(self, standing: Option<Value>, at: &At<'_>, notes: &mut Notes) -> Value {
        let table = |standing| match standing {
            Some(Value::Table(there)) => there,
            _ => Table::new(),
        };
        match self {
            Self::Value(Value::Table(later)) => {
                Value::Table(merged(table(standing), later, at, notes))
            }
            Self::Value(Value::List(items)) => Value::List(settled(items, at, notes)),
            Self::Value(value) => value,
            Self::Parts(later) => Value::Table(merged(table(standing), later, at, notes)),
            Self::Elements(all) => Value::List(elements(all, standing, at, notes)),
        }
    }
}

impl From<Value> for Said {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

/// Whether something in a tree is about elements of lists; they only stand in tables.
fn has_elements(tree: &Tree<'_>) -> bool {
    match &tree.node {
        Node::Elements(_) => true,
        Node::Table(entries) => entries.iter().any(|(_, part)| has_elements(part)),
        Node::Scalar(_) | Node::List(_) => false,
    }
}

/// Whether some key of a value may be a step.
fn has_steps(value: &Value) -> bool {
    match value {
        Value::Table(table) => {
            table.iter().any(|(key, value)| step(key).is_some() || has_steps(value))
        }
        Value::List(items) => items.iter().any(has_steps),
        _ => false,
    }
}

/// The items of a list when the steps in them are carried out.
fn settled(items: Vec<Value>, at: &At<'_>, notes: &mut Notes) -> Vec<Value> {
    let item =
        |(index, item): (usize, Value)| Said::Value(item).over(None, &At::Index(at, index), notes);
    items.into_iter().enumerate().map(item).collect()
}

/// What a table came to after a later one: first its keys, then what is added, then what is removed.
fn merged<S: Into<Said>>(mut now: Table, later: Table<S>, at: &At<'_>, notes: &mut Notes) -> Table {
    let mut steps: Vec<(String, Vec<Value>)> = Vec::new();
    let mut odd: Vec<String> = Vec::new();
    for (key, said) in later {
        let is_step = step(&key).is_some();
        match said.into() {
            Said::Value(Value::List(items)) if is_step => steps.push((key, items)),
            said => {
                let standing = now.get_mut(&key).map(std::mem::take);
                let value = said.over(standing, &At::Key(at, &key), notes);
                if is_step {
                    odd.push(key.clone());
                }
                now.insert(key, value);
            }
        }
    }
    // Whichever of the two came first.
    odd.iter().for_each(|key| misplaced(&now, key, at, notes));
    for wanted in [Op::Add, Op::Remove] {
        for (key, items) in &mut steps {
            if let Some((stem, op)) = step(key).filter(|(_, op)| *op == wanted) {
                let items = settled(std::mem::take(items), &At::Key(at, key), notes);
                carry_out(op, stem, items, &mut now, at, notes);
            }
        }
    }
    now
}

/// A key that would be a step, if its value were a list, beside what it would change.
fn misplaced(now: &Table, key: &str, at: &At<'_>, notes: &mut Notes) {
    let Some((stem, op)) = step(key) else { return };
    let changes = match now.get(stem) {
        Some(Value::List(_)) => true,
        Some(Value::Table(_)) => op == Op::Remove,
        _ => false,
    };
    if changes {
        let found = now.get(key).map_or("nothing", Value::kind);
        let does = if op == Op::Add { "adds to" } else { "takes away from" };
        let message = format!("expected a list, because it {does} `{stem}`; found {found}");
        notes.problems.push((At::Key(at, key).path(), Why::Invalid(message)));
    }
}

/// Carries out a step of the list or table `stem`.
fn carry_out(
    op: Op,
    stem: &str,
    items: Vec<Value>,
    now: &mut Table,
    at: &At<'_>,
    notes: &mut Notes,
) {
    let stem_at = At::Key(at, stem);
    match (op, now.get_mut(stem)) {
        (Op::Remove, Some(Value::List(there))) => {
            for item in &items {
                let before = there.len();
                there.retain(|known| known != item);
                if there.len() == before {
                    notes.nothing_removed(&stem_at, item);
                }
            }
        }
        (Op::Remove, Some(Value::Table(there))) => {
            for item in &items {
                if item.as_str().is_none_or(|key| !there.contains_key(key)) {
                    notes.nothing_removed(&stem_at, item);
                }
            }
            let gone = |key: &str| items.iter().any(|item| item.as_str() == Some(key));
            there.retain(|key, _| !gone(key));
        }
        (Op::Remove, None) => items.iter().for_each(|item| notes.nothing_removed(&stem_at, item)),
        (_, Some(Value::List(there))) => {
            for item in items {
                if !there.contains(&item) {
                    there.push(item);
                }
            }
        }
        (_, None) => {
            let mut new: Vec<Value> = Vec::new();
            for item in items {
                if !new.contains(&item) {
                    new.push(item);
                }
            }
            now.insert(stem, Value::List(new));
        }
        (op, Some(other)) => {
            let does =
                if op == Op::Add { "adds to a list" } else { "takes away from a list or table" };
            let message = format!("this {does}, and `{stem}` is {} by then", other.kind());
            let key = format!("{stem}{}", op.suffix());
            notes.problems.push((At::Key(at, &key).path(), Why::Invalid(message)));
        }
    }
}

/// Changes the elements of a list where they stand; the position behind the last adds one.
fn elements(
    mut all: Vec<(usize, Said)>,
    standing: Option<Value>,
    at: &At<'_>,
    notes: &mut Notes,
) -> Vec<Value> {
    let mut items = match standing {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    };
    all.sort_by_key(|(index, _)| *index);
    for (index, said) in all {
        let here = At::Index(at, index);
        let len = items.len();
        match items.get_mut(index) {
            Some(item) => *item = said.over(Some(std::mem::take(item)), &here, notes),
            None if index == len => items.push(said.over(None, &here, notes)),
            None => notes.problems.push((here.path(), Why::NoElement { len })),
        }
    }
    items
}

impl Notes {
    fn nothing_removed(&mut self, stem: &At<'_>, item: &Value) {
        let item = match item {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.warnings.push((stem.path(), Why::NothingRemoved(Some(item))));
    }
}
