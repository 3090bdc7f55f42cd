//! Merging where there is no schema: by the rules of `value::layer`, with the place of everything.

use super::super::cell::{Body, Cell, Element, Item, Step, keys};
use super::super::data::Data;
use super::super::scope::Scope;
use super::super::sources::Sources;
use super::super::spec::Spec;
use super::{Entry, Standing, State};
use crate::schema::Op;
use crate::value::{Table, Value};

impl Standing {
    /// Lets a later layer have its say.
    pub(super) fn apply_anything(&mut self, cell: Cell, sources: &Sources<'_>) {
        self.spec.secret |= cell.spec.secret;
        self.touched |= cell.says_something();
        self.exists = true;
        match cell.body {
            Body::Value(Some(item)) => {
                self.history.clear();
                self.state = State::Value(Some(item));
            }
            Body::Map { given, entries, removed } => {
                if !matches!(self.state, State::Map(..)) {
                    self.history.clear();
                    self.state = State::Map(Table::new(), None);
                }
                let State::Map(there, mark) = &mut self.state else { return };
                for (key, cell) in entries {
                    // What takes something away from nothing leaves nothing behind.
                    if cell.only_removes() && !there.contains_key(&key) {
                        continue;
                    }
                    there.entry(&key, || Self::new(Spec::any())).apply_anything(cell, sources);
                }
                for (key, _) in removed {
                    there.remove(&key);
                }
                *mark = if there.is_empty() { given.or(*mark) } else { None };
            }
            Body::List { set, add, remove, patches, .. } => {
                if let (State::Map(there, _), None, Some(step)) = (&mut self.state, &set, &remove) {
                    for (key, _) in keys(step.items.clone()) {
                        there.remove(&key);
                    }
                    return;
                }
                if !matches!(self.state, State::List(_)) {
                    self.history.clear();
                    self.state = State::List(Vec::new());
                }
                for (op, step) in [(Op::Set, set), (Op::Add, add), (Op::Remove, remove)] {
                    if let Some(step) = step {
                        self.step_anything(op, step, sources);
                    }
                }
                self.patch_anything(patches, sources);
            }
            _ => {}
        }
    }

    /// The root of a configuration without a schema: a table, if only an empty one.
    pub(in super::super) fn root(spec: Spec, scope: &Scope) -> Self {
        let mut root = Self::scoped(spec, scope);
        if root.is_anything() {
            root.state = State::Map(Table::new(), None);
        }
        root
    }

    /// Carries out one step of a list.
    fn step_anything(&mut self, op: Op, step: Step, sources: &Sources<'_>) {
        let State::List(entries) = &mut self.state else { return };
        let items = step.items.into_iter().map(|item| match item {
            Element::Plain(item) => Entry::Plain(item),
            Element::Nested(cell) => {
                let mut standing = Self::new(Spec::any());
                standing.apply_anything(*cell, sources);
                Entry::Nested(standing)
            }
        });
        match op {
            Op::Set => *entries = items.collect(),
            Op::Add => {
                for item in items {
                    if !entries.iter().any(|there| there.plain() == item.plain()) {
                        entries.push(item);
                    }
                }
            }
            Op::Remove => {
                for item in items {
                    entries.retain(|there| there.plain() != item.plain());
                }
            }
        }
        self.remember(Some(op), step.mark, sources);
    }

    /// Changes elements where they stand.
    fn patch_anything(&mut self, mut patches: Vec<(usize, Cell)>, sources: &Sources<'_>) {
        patches.sort_by_key(|(index, _)| *index);
        for (index, cell) in patches {
            let mark = cell.first_mark();
            let State::List(entries) = &mut self.state else { return };
            let mut standing = match entries.get(index) {
                Some(Entry::Nested(there)) => there.clone(),
                _ => Self::new(Spec::any()),
            };
            standing.apply_anything(cell, sources);
            let entry = match standing.state {
                State::Value(Some(item)) => Entry::Plain(item),
                _ => Entry::Nested(standing),
            };
            match entries.get_mut(index) {
                Some(there) => *there = entry,
                None => entries.push(entry),
            }
            self.remember(None, mark, sources);
        }
    }

    /// The value without places.
    fn plain(&self) -> Value {
        match &self.state {
            State::Value(Some(Item { data, .. })) => plain(data),
            State::List(entries) => Value::List(entries.iter().map(Entry::plain).collect()),
            State::Map(entries, _) => {
                Value::table(entries.iter().map(|(key, standing)| (key, standing.plain())))
            }
            _ => Value::Null,
        }
    }
}

impl Entry {
    fn plain(&self) -> Value {
        match self {
            Self::Plain(item) => plain(&item.data),
            Self::Nested(standing) => standing.plain(),
        }
    }
}

fn plain(data: &Data) -> Value {
    match data {
        Data::Null => Value::Null,
        Data::Bool(value) => (*value).into(),
        Data::Integer(value) => (*value).into(),
        Data::Float(value) => (*value).into(),
        Data::Datetime(text) => Value::Datetime(text.clone()),
        // The last two are no value of a configuration without a schema.
        Data::Text(text) | Data::Huge(text) | Data::Code(text) => text.as_str().into(),
        Data::List(items) => Value::List(items.iter().map(plain).collect()),
        Data::Table(entries) => Value::table(entries.iter().map(|(key, data)| (key, plain(data)))),
    }
}
