//! The layer of a value whose settings a JSON Schema declares: what the derive writes for a struct as
//! types and code, carried out by looking at the schema.
//!
//! The rules of merging are those of [`layer`](crate::layer), of which this is made.

mod faces;

use super::form::{ANYTHING, Definition, Form, Shape};
use super::{Table, Value};
use crate::decode::{Finding, Place, Tree, Walk};
use crate::layer::{
    Append, Entries, Layer, Like, Prepend, Replace, Resolution, Rounds, Strategy, Union, Why,
    elements, items, resolve_all,
};
use crate::schema::{Body as SchemaBody, Merge, Op, Schema};

/// The cell of a setting.
pub(crate) struct Shaped {
    form: &'static Form,
    /// Whether `null` stood here, so that what earlier sources say is gone.
    cleared: bool,
    /// Whether a source began to set it.
    begun: bool,
    /// Whether what is about to be set is an empty text, which begins nothing.
    empty: bool,
    body: Body,
}

enum Body {
    Value(Option<Value>),
    List(Rounds<Value, Value>),
    Elements(Rounds<Shaped, String>),
    Map(Entries<Shaped>),
    Record(Vec<Shaped>),
    Choice { selected: Option<usize>, variants: Vec<Shaped> },
}

/// Something was in the way of a value, and has been noted.
struct Refused;

/// How equal items are found.
const ALIKE: Like<Value> = Like { same: PartialEq::eq, text: |_| None, name: super::name_of };

impl Default for Shaped {
    fn default() -> Self {
        Self::new(&ANYTHING)
    }
}

impl Shaped {
    /// A cell in which nothing is set.
    pub(crate) fn new(form: &'static Form) -> Self {
        Self { form, cleared: false, begun: false, empty: false, body: Body::of(&form.shape) }
    }

    /// A cell in which a tree has been set, and what was found on the way.
    pub(crate) fn of(form: &'static Form, tree: &Tree<'_>) -> (Self, Vec<Finding>) {
        let mut cell = Self::new(form);
        let mut walk = Walk::default();
        walk.apply(&mut cell, None, Op::Set, tree);
        (cell, walk.findings)
    }

    /// What it is a cell of.
    pub(super) fn form(&self) -> &'static Form {
        self.form
    }

    fn content_is_set(&self) -> bool {
        match &self.body {
            Body::Value(value) => value.is_some(),
            Body::List(rounds) => rounds.is_set(),
            Body::Elements(rounds) => rounds.is_set(),
            Body::Map(entries) => entries.is_set(),
            Body::Record(fields) => fields.iter().any(Place::is_set),
            Body::Choice { selected, variants } => {
                selected.is_some() || variants.iter().any(Place::is_set)
            }
        }
    }

    /// Whether there is something that a value can be made of.
    fn exists(&self) -> bool {
        match self.body {
            Body::Value(ref value) => value.is_some(),
            _ => self.begun || !self.form.may_be_empty(),
        }
    }

    /// The same on top of its default.
    fn with_default(self) -> Self {
        let Some(default) = &self.form.default else { return self };
        match self.body {
            _ if self.cleared => self,
            Body::Value(Some(_)) => self,
            Body::Value(None) if !default.is_null() => {
                Self { body: Body::Value(Some(default.clone())), ..self }
            }
            _ => {
                // That it can be read was found out when the schema was.
                let (mut base, _) = Self::of(self.form, &Tree::from(default));
                base.merge(self);
                base
            }
        }
    }

    /// What it comes to; nothing where it is absent.
    fn settle(self, cx: &mut Resolution) -> Result<Option<Value>, Refused> {
        let this = self.with_default();
        if !this.exists() {
            if this.cleared {
                return Ok(Some(Value::Null));
            }
            if this.form.optional {
                return Ok(None);
            }
            cx.refuse(Why::Missing);
            return Err(Refused);
        }
        let Self { form, body, .. } = this;
        let meet = meeting(form.merge);
        let value = match (body, &form.shape) {
            (Body::Value(value), _) => value,
            (Body::List(rounds), Shape::List(all)) => {
                if !rounds.is_set() {
                    cx.refuse(Why::Missing);
                    return Err(Refused);
                }
                let list = items(rounds, meeting(form.merge), &ALIKE, cx);
                if let Some(expected) = all.refused(&list) {
                    return refuse(cx, &expected, &format!("a list of {}", list.len()));
                }
                Some(Value::List(list))
            }
            (Body::Elements(rounds), Shape::Elements { merge_by, sizes, .. }) => {
                if !rounds.is_set() {
                    cx.refuse(Why::Missing);
                    return Err(Refused);
                }
                let list = elements(rounds, meet, *merge_by, cx);
                let list = resolve_all(list, cx).ok_or(Refused)?;
                if !sizes.hold(list.len()) {
                    let expected = sizes.words("a list", "item");
                    return refuse(cx, &expected, &format!("a list of {}", list.len()));
                }
                Some(Value::List(list))
            }
            (Body::Map(entries), Shape::Map { sizes, .. }) => {
                let pairs = entries.resolve(cx, |key, value| Some((key, value?)));
                let table: Table = pairs.ok_or(Refused)?.into_iter().collect();
                if !sizes.hold(table.len()) {
                    let expected = sizes.words("a table", "key");
                    return refuse(cx, &expected, &format!("a table of {}", table.len()));
                }
                Some(Value::Table(table))
            }
            (Body::Record(fields), Shape::Record(definition)) => {
                let table = settle_fields(Table::new(), definition.schema(), fields, cx)?;
                Some(Value::Table(table))
            }
            (body, Shape::Choice(definition)) => return settle_choice(form, definition, body, cx),
            // A body has the kind of its form's shape.
            _ => None,
        };
        value.map(Some).ok_or(Refused)
    }
}

/// What is there after merging is not what the schema asks for.
fn refuse(cx: &mut Resolution, expected: &str, found: &str) -> Result<Option<Value>, Refused> {
    cx.refuse(Why::Invalid(format!("expected {expected}, found {found}")));
    Err(Refused)
}

/// The settings of a struct, as far as they are there, behind those of `table`.
fn settle_fields(
    mut table: Table,
    schema: &'static Schema,
    fields: Vec<Shaped>,
    cx: &mut Resolution,
) -> Result<Table, Refused> {
    let mut whole = true;
    cx.open(schema);
    for (index, (field, cell)) in schema.fields().iter().zip(fields).enumerate() {
        cx.at(index);
        match cell.settle(cx) {
            Ok(Some(value)) => drop(table.insert(field.name, value)),
            Ok(None) => {}
            Err(Refused) => whole = false,
        }
    }
    cx.close();
    if whole { Ok(table) } else { Err(Refused) }
}

fn settle_choice(
    form: &'static Form,
    definition: &'static Definition,
    body: Body,
    cx: &mut Resolution,
) -> Result<Option<Value>, Refused> {
    let schema = definition.schema();
    let SchemaBody::Choice { tag, variants: known } = schema.body else { return Err(Refused) };
    let mut cell = Shaped { body, ..Shaped::new(form) };
    cx.check_effect(&mut cell);
    let Body::Choice { selected, mut variants } = cell.body else { return Err(Refused) };
    let Some(index) = selected.filter(|index| *index < known.len() && *index < variants.len())
    else {
        cx.refuse(Why::NoVariant { tag, known: schema.words() });
        return Err(Refused);
    };
    let Body::Record(fields) = variants.swap_remove(index).body else { return Err(Refused) };
    let table: Table = [(tag, Value::from(known[index].word.name))].into_iter().collect();
    settle_fields(table, known[index].schema, fields, cx).map(|table| Some(Value::Table(table)))
}

/// How a later list meets an earlier one. There is no union of structs, which are not compared: reading
/// the schema refuses it.
fn meeting<T>(merge: Merge) -> fn(&mut Vec<T>, Vec<T>, &Like<T>) {
    match merge {
        Merge::Append => Append::meet,
        Merge::Prepend => Prepend::meet,
        Merge::Union => Union::meet,
        Merge::Replace | Merge::Deep => Replace::meet,
    }
}

impl Body {
    fn of(shape: &'static Shape) -> Self {
        let cells = |forms: &'static [Form]| forms.iter().map(Shaped::new).collect();
        match shape {
            Shape::One(_) => Self::Value(None),
            Shape::List(_) => Self::List(Rounds::default()),
            Shape::Elements { .. } => Self::Elements(Rounds::default()),
            Shape::Map { .. } => Self::Map(Entries::default()),
            Shape::Record(definition) => Self::Record(cells(definition.fields())),
            Shape::Choice(definition) => {
                Self::Choice { selected: None, variants: cells(definition.variants()) }
            }
        }
    }

    /// Lets a later body of the same kind have its say.
    fn merge(&mut self, later: Self, form: &Form) {
        let replaces = matches!(form.merge, Merge::Replace | Merge::Deep);
        match (self, later) {
            (Self::Value(now), Self::Value(later)) => *now = later.or_else(|| now.take()),
            (Self::List(now), Self::List(later)) => now.merge(later, replaces),
            (Self::Elements(now), Self::Elements(later)) => {
                let keyed = matches!(form.shape, Shape::Elements { merge_by: Some(_), .. });
                now.merge(later, replaces && !keyed);
            }
            (Self::Map(now), Self::Map(later)) => now.merge(later),
            (Self::Record(now), Self::Record(later)) => {
                now.iter_mut().zip(later).for_each(|(now, later)| now.merge(later));
            }
            (now @ Self::Choice { .. }, later @ Self::Choice { .. }) => now.merge_choice(later),
            // Two cells of one setting have the same form.
            _ => {}
        }
    }

    /// Another variant replaces; the same or none is merged.
    fn merge_choice(&mut self, later: Self) {
        let (
            Self::Choice { selected: before, variants: now },
            Self::Choice { selected, variants: later },
        ) = (&mut *self, later)
        else {
            return;
        };
        if before.is_some() && selected.is_some() && *before != selected {
            *self = Self::Choice { selected, variants: later };
            return;
        }
        *before = selected.or(*before);
        now.iter_mut().zip(later).for_each(|(now, later)| now.merge(later));
    }
}

impl Layer for Shaped {
    type Value = Value;

    fn merge(&mut self, later: Self) {
        if later.cleared {
            *self = later;
            return;
        }
        self.begun |= later.begun;
        if self.form.whole && !later.is_step() {
            if later.content_is_set() {
                self.body = later.body;
            }
            return;
        }
        self.body.merge(later.body, self.form);
    }

    fn pin(&mut self, first: Self) {
        match (&mut self.body, first.body) {
            (Body::Record(now), Body::Record(first)) => {
                let Shape::Record(definition) = &self.form.shape else { return };
                let fields = definition.schema().fields().iter();
                for ((field, now), first) in fields.zip(now).zip(first) {
                    if field.restart_required {
                        *now = first;
                    } else {
                        now.pin(first);
                    }
                }
            }
            (Body::Map(now), Body::Map(first)) => now.pin(first),
            (
                Body::Choice { selected: Some(now), variants },
                Body::Choice { selected: Some(then), variants: first },
            ) if *now == then => {
                variants.iter_mut().zip(first).for_each(|(now, first)| now.pin(first));
            }
            _ => {}
        }
    }

    fn is_step(&self) -> bool {
        matches!(&self.body, Body::Map(entries) if entries.is_step())
    }

    fn resolve(self, cx: &mut Resolution) -> Option<Value> {
        self.settle(cx).ok().map(Option::unwrap_or_default)
    }

    fn from_value(value: Value) -> Self {
        Self { begun: true, body: Body::Value(Some(value)), ..Self::default() }
    }
}
