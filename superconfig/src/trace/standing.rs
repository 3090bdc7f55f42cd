//! What stands after some layers: values with their places, merged by the rules of `layer`.
//!
//! The typed layers keep the steps of a list, because what they are taken on may come later. Here the
//! layers come one after another onto what stands, and the declared defaults are there first, so
//! each step is carried out at once; merging is associative, and the result is the same.

mod any;

use super::cell::{Body, Cell, Element, Item, Step};
use super::data::{self, Data};
use super::scope::Scope;
use super::sources::Sources;
use super::spec::{By, Mark, NOTHING, Preset, Shape, Spec};
use super::value::{Effective, EffectiveValue};
use crate::schema::{Body as SchemaBody, Kind, Merge, Op, Schema};
use crate::value::Table;

/// A setting as it stands.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) spec: Spec,
    /// Whether an optional setting exists.
    exists: bool,
    /// Where it was taken away.
    cleared: Option<Mark>,
    /// Whether any layer said anything of it.
    touched: bool,
    state: State,
    /// The steps of a list so far.
    pub(super) history: Vec<Event>,
}

#[derive(Debug, Clone)]
enum State {
    Value(Option<Item>),
    Record(Vec<Standing>),
    List(Vec<Entry>),
    /// In the order in which the keys were given first.
    Map(Table<Standing>, Option<Mark>),
    Choice(Option<(usize, Mark)>, Vec<Standing>),
}

#[derive(Debug, Clone)]
enum Entry {
    Plain(Item),
    Nested(Standing),
}

/// A step of a list, and the list after it.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) mark: Mark,
    /// `None` for a change of an element where it stands.
    pub(super) op: Option<Op>,
    pub(super) after: EffectiveValue,
}

impl Standing {
    /// Before any layer.
    pub(super) fn new(spec: Spec) -> Self {
        Self::scoped(spec, &Scope::All)
    }

    /// The same with nothing but these settings in it.
    pub(super) fn scoped(spec: Spec, scope: &Scope) -> Self {
        let by_default = spec.by_default();
        let exists = by_default.as_ref().is_some_and(|data| *data != Data::Null);
        let state = match spec.shape {
            Shape::Leaf | Shape::Word(_) | Shape::Any | Shape::Skip => State::Value(None),
            Shape::Record(_) => State::Record(scope.each_field(&spec, Self::scoped)),
            Shape::List | Shape::NestedList(..) => {
                let entry = |data| Entry::Plain(Item { data, mark: Mark::DEFAULT });
                State::List(match by_default {
                    Some(Data::List(items)) => items.into_iter().map(entry).collect(),
                    Some(code @ Data::Code(_)) => vec![entry(code)],
                    _ => Vec::new(),
                })
            }
            Shape::Map | Shape::NestedMap(_) => State::Map(Table::new(), None),
            Shape::Choice(_) => State::Choice(None, spec.variants().map(Self::new).collect()),
        };
        Self { spec, exists, cleared: None, touched: false, state, history: Vec::new() }
    }

    /// Forgets what stood here, the default as well.
    fn reset(&mut self) {
        let history = std::mem::take(&mut self.history);
        *self = Self { history, touched: true, ..Self::new(self.spec.without_default()) };
    }

    /// Lets a later layer have its say.
    pub(super) fn apply(&mut self, cell: Cell, sources: &Sources<'_>) {
        if let Shape::Any = self.spec.shape {
            return self.apply_anything(cell, sources);
        }
        if let Some(mark) = cell.cleared {
            self.reset();
            self.cleared = Some(mark);
        }
        if self.spec.optional && cell.touched.is_none() {
            return;
        }
        let says_something = cell.says_something();
        self.exists = true;
        self.touched |= says_something || self.spec.optional;
        if self.spec.whole && says_something {
            self.reset();
            self.exists = true;
        }
        match (&mut self.state, cell.body) {
            (State::Value(value), Body::Value(Some(item))) => *value = Some(item),
            (State::Record(fields), Body::Record(cells)) => {
                fields.iter_mut().zip(cells).for_each(|(field, cell)| field.apply(cell, sources));
            }
            (State::List(_), Body::List { set, add, remove, patches, .. }) => {
                for (op, step) in [(Op::Set, set), (Op::Add, add), (Op::Remove, remove)] {
                    if let Some(step) = step {
                        self.step(op, step, sources);
                    }
                }
                self.patch(patches, sources);
            }
            (State::Map(entries, mark), Body::Map { given, entries: cells, removed }) => {
                *mark = given.or(*mark);
                let element = self.spec.element();
                for (key, cell) in cells {
                    let entry = entries.entry(&key, || Self::new(element));
                    entry.apply(cell, sources);
                }
                for (key, _) in removed {
                    entries.remove(&key);
                }
            }
            (State::Choice(tag, _), Body::Choice { selected, variants: cells }) => {
                if let (Some((before, _)), Some((now, _))) = (*tag, selected)
                    && before != now
                {
                    self.reset();
                    self.exists = true;
                }
                if let State::Choice(tag, variants) = &mut self.state {
                    *tag = selected.or(*tag);
                    let pairs = variants.iter_mut().zip(cells);
                    pairs.for_each(|(variant, cell)| variant.apply(cell, sources));
                }
            }
            _ => {}
        }
    }

    /// Carries out one step of a list.
    fn step(&mut self, op: Op, step: Step, sources: &Sources<'_>) {
        let element = self.spec.element();
        let key = match self.spec.shape {
            Shape::NestedList(By(schema), Some(key)) => Some((schema, key)),
            _ => None,
        };
        let is_nested = matches!(self.spec.shape, Shape::NestedList(..));
        let merge = self.spec.merge;
        let State::List(entries) = &mut self.state else { return };
        if op == Op::Remove {
            for gone in step.items {
                let Element::Plain(gone) = gone else { continue };
                entries.retain(|entry| match (entry, key) {
                    (Entry::Nested(there), Some(key)) => {
                        there.key(key) != gone.data.key() || gone.data.key().is_none()
                    }
                    (Entry::Plain(there), _) => there.data != gone.data,
                    _ => true,
                });
            }
        } else {
            let mut items: Vec<Entry> = Vec::new();
            for item in step.items {
                items.push(match item {
                    Element::Plain(item) => Entry::Plain(item),
                    Element::Nested(cell) if key.is_some() => {
                        let key = key.unwrap_or((schema_of(&self.spec), ""));
                        place(entries, *cell, key, op, element, sources);
                        continue;
                    }
                    Element::Nested(cell) => {
                        let mut new = Self::new(element);
                        new.apply(*cell, sources);
                        Entry::Nested(new)
                    }
                });
            }
            match (op, merge) {
                _ if key.is_some() => entries.extend(items),
                (Op::Set, Merge::Append) => entries.extend(items),
                (Op::Set, Merge::Prepend) => drop(entries.splice(0..0, items)),
                (Op::Set, Merge::Union) | (Op::Add, _) if !is_nested => {
                    for item in items {
                        if !entries.iter().any(|there| same(there, &item)) {
                            entries.push(item);
                        }
                    }
                }
                (Op::Set, Merge::Union) | (Op::Add, _) => entries.extend(items),
                _ => *entries = items,
            }
        }
        self.remember(Some(op), step.mark, sources);
    }

    /// Changes elements where they stand.
    fn patch(&mut self, mut patches: Vec<(usize, Cell)>, sources: &Sources<'_>) {
        let element = self.spec.element();
        patches.sort_by_key(|(index, _)| *index);
        for (index, cell) in patches {
            let mark = cell.first_mark();
            let State::List(entries) = &mut self.state else { return };
            match entries.get_mut(index) {
                Some(Entry::Nested(there)) => there.apply(cell, sources),
                Some(Entry::Plain(_)) => continue,
                None => {
                    let mut new = Self::new(element);
                    new.apply(cell, sources);
                    entries.push(Entry::Nested(new));
                }
            }
            self.remember(None, mark, sources);
        }
    }

    fn remember(&mut self, op: Option<Op>, mark: Mark, sources: &Sources<'_>) {
        let after = self.effective(sources);
        self.history.push(Event { mark, op, after });
    }

    /// The text of the field by which elements are matched.
    fn key(&self, (schema, key): (&'static Schema, &str)) -> Option<String> {
        let State::Record(_) = self.state else { return None };
        match &self.child(schema, key)?.state {
            State::Value(Some(item)) => item.data.key(),
            _ => None,
        }
    }

    /// A field of a struct, also that of a flattened one.
    pub(super) fn child(&self, schema: &'static Schema, key: &str) -> Option<&Self> {
        let State::Record(fields) = &self.state else { return None };
        let hit = schema.find(key, &mut 0)?;
        let field = fields.get(hit.index)?;
        match field.spec.shape {
            Shape::Record(By(inner)) if hit.flattened => field.child(inner, key),
            _ => Some(field),
        }
    }

    /// What is inside, by a key: of a struct, a map or the variant that stands.
    pub(super) fn within(&self, key: &str) -> Option<&Self> {
        match (&self.state, self.spec.shape) {
            (State::Record(_), Shape::Record(By(schema))) => self.child(schema, key),
            (State::Map(entries, _), _) => entries.get(key),
            (State::Choice(tag, variants), _) => match tag {
                Some((index, _)) => variants.get(*index)?.within(key),
                None => variants.iter().find_map(|variant| variant.within(key)),
            },
            _ => None,
        }
    }

    /// Whether it has no schema.
    pub(super) fn is_anything(&self) -> bool {
        matches!(self.spec.shape, Shape::Any)
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.state, State::List(_))
    }

    /// Whether it is a map or a struct.
    pub(super) fn is_table(&self) -> bool {
        matches!(self.state, State::Map(..) | State::Record(_))
    }

    /// The place of the value, where there is one place.
    pub(super) fn mark(&self) -> Option<Mark> {
        if self.spec.optional && !self.exists {
            return self.cleared;
        }
        match &self.state {
            State::Value(Some(item)) => Some(item.mark),
            State::Value(None) if self.spec.preset != Preset::None => Some(Mark::DEFAULT),
            State::Choice(Some((_, mark)), _) => Some(*mark),
            State::Map(_, Some(mark)) => Some(*mark),
            State::List(entries) => {
                let set = self.history.iter().rfind(|event| event.op == Some(Op::Set));
                let first = || self.history.first().map(|event| event.mark);
                let by_default = entries.is_empty() || !self.touched;
                set.map(|event| event.mark)
                    .or_else(|| if by_default { None } else { first() })
                    .or(Some(Mark::DEFAULT))
            }
            State::Map(entries, None) if entries.is_empty() && !self.is_anything() => {
                Some(Mark::DEFAULT)
            }
            _ => None,
        }
    }

    /// The value with the origins of all that is in it.
    pub(super) fn effective(&self, sources: &Sources<'_>) -> EffectiveValue {
        let origin = self.mark().map(|mark| sources.origin(mark));
        let value = self.value(sources);
        EffectiveValue::new(value, origin, self.spec.secret)
    }

    fn value(&self, sources: &Sources<'_>) -> Effective {
        let item = |item: &Item| {
            let origin = sources.origin(item.mark);
            EffectiveValue::of_data(&item.data, Some(&origin), self.spec.secret)
        };
        let code = match self.spec.preset {
            Preset::Written(code) | Preset::Within(code) => Some(code),
            Preset::None => None,
        };
        match &self.state {
            _ if self.spec.optional && !self.exists => Effective::Null,
            State::Value(Some(value)) => item(value).into_value(),
            State::Value(None) => {
                let data = self.spec.by_default().unwrap_or(Data::Null);
                item(&Item { data, mark: Mark::DEFAULT }).into_value()
            }
            State::Record(_) | State::Choice(..) | State::Map(..)
                if !self.touched
                    && code.is_some_and(|code| {
                        !matches!(Data::of_default(code, self.spec.ty), Data::Table(_))
                    }) =>
            {
                Effective::Code(code.unwrap_or_default().to_owned())
            }
            State::Record(fields) => {
                let mut entries = Vec::new();
                self.fields(fields, sources, &mut entries);
                Effective::Table(entries)
            }
            State::List(entries) => {
                let mut all: Vec<(Option<&Data>, EffectiveValue)> = entries
                    .iter()
                    .map(|entry| match entry {
                        Entry::Plain(plain) => (Some(&plain.data), item(plain)),
                        Entry::Nested(standing) => (None, standing.effective(sources)),
                    })
                    .collect();
                data::as_set(self.spec.ty, &mut all, |(data, _)| *data);
                Effective::List(all.into_iter().map(|(_, value)| value).collect())
            }
            State::Map(entries, _) => {
                let entry =
                    |(key, standing): (&str, &Self)| (key.to_owned(), standing.effective(sources));
                let mut entries: Vec<_> = entries.iter().map(entry).collect();
                // The order of a map is that of its keys, whatever its type.
                if !self.is_anything() {
                    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
                }
                Effective::Table(entries)
            }
            State::Choice(None, _) => Effective::Null,
            State::Choice(Some((index, mark)), variants) => {
                let mut entries = Vec::new();
                let schema = schema_of(&self.spec);
                if let SchemaBody::Choice { tag, variants: known } = schema.body
                    && let (Some(variant), Some(standing)) =
                        (known.get(*index), variants.get(*index))
                {
                    let word = Data::Text(variant.word.name.to_owned());
                    let origin = sources.origin(*mark);
                    let word = EffectiveValue::of_data(&word, Some(&origin), self.spec.secret);
                    entries.push((tag.to_owned(), word));
                    if let State::Record(fields) = &standing.state {
                        standing.fields(fields, sources, &mut entries);
                    }
                }
                Effective::Table(entries)
            }
        }
    }

    /// The settings of a struct, those of flattened ones among them.
    fn fields(
        &self,
        fields: &[Self],
        sources: &Sources<'_>,
        entries: &mut Vec<(String, EffectiveValue)>,
    ) {
        for (field, standing) in schema_of(&self.spec).fields().iter().zip(fields) {
            match (field.kind, &standing.state) {
                _ if matches!(standing.spec.shape, Shape::Skip) => {}
                (Kind::Flatten(_), State::Record(inner)) => {
                    standing.fields(inner, sources, entries);
                }
                _ => entries.push((field.name.to_owned(), standing.effective(sources))),
            }
        }
    }
}

/// The description behind a struct or an enum.
fn schema_of(spec: &Spec) -> &'static Schema {
    match spec.shape {
        Shape::Record(By(schema)) | Shape::Choice(By(schema)) | Shape::Word(By(schema)) => schema,
        _ => &NOTHING,
    }
}

fn same(one: &Entry, other: &Entry) -> bool {
    match (one, other) {
        (Entry::Plain(one), Entry::Plain(other)) => one.data == other.data,
        _ => false,
    }
}

/// Puts an element where one of the same key stands, or at the end.
fn place(
    entries: &mut Vec<Entry>,
    cell: Cell,
    key: (&'static Schema, &str),
    op: Op,
    element: Spec,
    sources: &Sources<'_>,
) {
    let mut new = Standing::new(element);
    let kept = cell.clone();
    new.apply(cell, sources);
    let its = new.key(key);
    let there = its.is_some().then(|| {
        entries.iter_mut().find_map(|entry| match entry {
            Entry::Nested(standing) if standing.key(key) == its => Some(standing),
            _ => None,
        })
    });
    match (there.flatten(), op) {
        (Some(standing), Op::Set) => standing.apply(kept, sources),
        // What is there already stays as it is.
        (Some(_), _) => {}
        (None, _) => entries.push(Entry::Nested(new)),
    }
}
