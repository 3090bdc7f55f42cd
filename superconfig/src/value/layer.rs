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

use super::{Table, Value, convert, step};
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

/// What one source says: a value, in whose tables steps stand as they are written.
enum Said {
    Value(Value),
    List(Vec<Said>),
    Table(Table<Said>),
    /// Changes to the elements at these positions.
    Elements(Vec<(usize, Said)>),
}

/// What was found while merging.
#[derive(Default)]
struct Notes {
    path: KeyPath,
    problems: Vec<(KeyPath, Why)>,
    warnings: Vec<(KeyPath, Why)>,
}

impl Untyped {
    /// What the sources came to so far.
    pub(crate) fn standing(&mut self) -> Option<&Value> {
        self.settle();
        self.standing.as_ref()
    }

    fn settle(&mut self) {
        if let Some(said) = self.said.take() {
            said.apply(&mut self.standing, &mut self.notes);
        }
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
            Reader::Scalar(scalar) => Said::Value(convert::of_scalar(&scalar)?),
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
            Said::from(standing).apply(&mut self.standing, &mut self.notes);
        }
        self.said = later.said;
        self.notes.problems.append(&mut later.notes.problems);
        self.notes.warnings.append(&mut later.notes.warnings);
        self.settle();
    }

    fn resolve(mut self, cx: &mut Resolution) -> Option<Value> {
        self.settle();
        let Notes { problems, warnings, .. } = self.notes;
        let whole = problems.is_empty();
        for (path, why) in problems {
            within(cx, &path, |cx| cx.refuse(why));
        }
        for (path, why) in warnings {
            within(cx, &path, |cx| cx.warn(why));
        }
        whole.then(|| self.standing.unwrap_or_else(|| Value::Table(Table::new())))
    }

    fn from_value(value: Value) -> Self {
        Self { said: Some(value.into()), ..Self::default() }
    }
}

/// Does something at a path.
pub(super) fn within(cx: &mut Resolution, path: &KeyPath, then: impl FnOnce(&mut Resolution)) {
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
        let within = |fault: Fault, segment: Segment, part: &Tree<'_>| {
            let fault = fault.about(|| part.found()).inside(segment);
            match part.span {
                Some(span) if fault.span().is_none() => fault.spanned(span),
                _ => fault,
            }
        };
        Ok(match &tree.node {
            Node::Scalar(scalar) => Self::Value(convert::of_scalar(scalar)?),
            Node::List(items) => {
                let item = |(index, item): (usize, &Tree<'_>)| {
                    Self::of(item).map_err(|fault| within(fault, index.into(), item))
                };
                Self::List(items.iter().enumerate().map(item).collect::<Result<_, _>>()?)
            }
            Node::Table(entries) => {
                let mut table = Table::new();
                for (key, part) in entries {
                    let said = Self::of(part)
                        .map_err(|fault| within(fault, key.text.to_string().into(), part))?;
                    table.insert(&*key.text, said);
                }
                Self::Table(table)
            }
            Node::Elements(all) => {
                let element = |(index, part): &(usize, Tree<'_>)| {
                    let said =
                        Self::of(part).map_err(|fault| within(fault, (*index).into(), part))?;
                    Ok((*index, said))
                };
                Self::Elements(all.iter().map(element).collect::<Result<_, Fault>>()?)
            }
        })
    }

    /// As the program that gave it would write it.
    fn tree(&self) -> Tree<'static> {
        match self {
            Self::Value(value) => value.into(),
            Self::List(items) => Tree::new(Node::List(items.iter().map(Self::tree).collect())),
            Self::Table(table) => {
                let entry = |(key, said): (&str, &Self)| (Key::new(key.to_owned()), said.tree());
                Tree::new(Node::Table(table.iter().map(entry).collect()))
            }
            Self::Elements(all) => {
                let element = |(index, said): &(usize, Self)| (*index, said.tree());
                Tree::new(Node::Elements(all.iter().map(element).collect()))
            }
        }
    }

    /// Lets this have its say about what stands.
    fn apply(self, standing: &mut Option<Value>, notes: &mut Notes) {
        match self {
            Self::Value(value) => *standing = Some(value),
            Self::List(items) => *standing = Some(Value::List(plain(items, notes))),
            Self::Table(table) => {
                let now = match standing.take() {
                    Some(Value::Table(there)) => there,
                    _ => Table::new(),
                };
                *standing = Some(Value::Table(merged(now, table, notes)));
            }
            Self::Elements(all) => elements(all, standing, notes),
        }
    }

    /// The value that this is where nothing stands.
    fn alone(self, notes: &mut Notes) -> Value {
        let mut standing = None;
        self.apply(&mut standing, notes);
        standing.unwrap_or_default()
    }
}

fn plain(items: Vec<Said>, notes: &mut Notes) -> Vec<Value> {
    let item = |(index, item): (usize, Said)| {
        notes.path.push(index);
        let value = item.alone(notes);
        notes.path.pop();
        value
    };
    items.into_iter().enumerate().map(item).collect()
}

/// What a table came to after a later one: first its keys, then what is added, then what is removed.
fn merged(mut now: Table, later: Table<Said>, notes: &mut Notes) -> Table {
    let mut steps: Vec<(String, Vec<Said>)> = Vec::new();
    for (key, said) in later {
        match said {
            Said::List(items) if step(&key).is_some() => steps.push((key, items)),
            said => {
                notes.path.push(key.clone());
                let mut value = now.get_mut(&key).map(std::mem::take);
                said.apply(&mut value, notes);
                now.insert(&*key, value.unwrap_or_default());
                notes.path.pop();
                misplaced(&now, &key, notes);
            }
        }
    }
    for wanted in [Op::Add, Op::Remove] {
        for (key, items) in &mut steps {
            if let Some((stem, op)) = step(key).filter(|(_, op)| *op == wanted) {
                notes.path.push(key.clone());
                let items = plain(std::mem::take(items), notes);
                notes.path.pop();
                carry_out(op, stem, items, &mut now, notes);
            }
        }
    }
    now
}

/// A key that would be a step, if its value were a list, beside what it would change.
fn misplaced(now: &Table, key: &str, notes: &mut Notes) {
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
        notes.problems.push((notes.path.join(key.to_owned()), Why::Invalid(message)));
    }
}

/// Carries out a step of the list or table `stem`.
fn carry_out(op: Op, stem: &str, items: Vec<Value>, now: &mut Table, notes: &mut Notes) {
    match (op, now.get_mut(stem)) {
        (Op::Remove, Some(Value::List(there))) => {
            for item in &items {
                let before = there.len();
                there.retain(|known| known != item);
                if there.len() == before {
                    notes.nothing_removed(stem, item);
                }
            }
        }
        (Op::Remove, Some(Value::Table(there))) => {
            for item in &items {
                if item.as_str().is_none_or(|key| !there.contains_key(key)) {
                    notes.nothing_removed(stem, item);
                }
            }
            let gone = |key: &str| items.iter().any(|item| item.as_str() == Some(key));
            there.retain(|key, _| !gone(key));
        }
        (Op::Remove, None) => items.iter().for_each(|item| notes.nothing_removed(stem, item)),
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
            let path = notes.path.join(format!("{stem}{}", op.suffix()));
            notes.problems.push((path, Why::Invalid(message)));
        }
    }
}

/// Changes the elements of a list where they stand; the position behind the last adds one.
fn elements(mut all: Vec<(usize, Said)>, standing: &mut Option<Value>, notes: &mut Notes) {
    let mut items = match standing.take() {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    };
    all.sort_by_key(|(index, _)| *index);
    for (index, said) in all {
        notes.path.push(index);
        let len = items.len();
        match items.get_mut(index) {
            Some(item) => {
                let mut changed = Some(std::mem::take(item));
                said.apply(&mut changed, notes);
                *item = changed.unwrap_or_default();
            }
            None if index == len => items.push(said.alone(notes)),
            None => notes.problems.push((notes.path.clone(), Why::NoElement { len })),
        }
        notes.path.pop();
    }
    *standing = Some(Value::List(items));
}

impl Notes {
    fn nothing_removed(&mut self, stem: &str, item: &Value) {
        let item = match item {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let path = self.path.join(stem.to_owned());
        self.warnings.push((path, Why::NothingRemoved(Some(item))));
    }
}

/// A value as one source would say it.
impl From<Value> for Said {
    fn from(value: Value) -> Self {
        match value {
            Value::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Table(table) => {
                Self::Table(table.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
            scalar => Self::Value(scalar),
        }
    }
}
