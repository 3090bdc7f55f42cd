//! Lists of structs, with `x_add`, `x_remove`, positions, and merging by a key.

use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;

use super::rounds::{Round, Rounds};
use super::{Collection, Layer, Like, Replace, Resolution, Strategy, Why};
use crate::decode::{Fault, Place, Reader, Scalar, Sequence, Target, child};
use crate::schema::Op;

/// By what two elements are the same.
pub trait MergeKey: 'static {
    /// The field's key; `None` where elements are never the same.
    const FIELD: Option<&'static str>;
}

/// Elements are never the same.
pub struct Unkeyed;

impl MergeKey for Unkeyed {
    const FIELD: Option<&'static str> = None;
}

/// A list whose elements are layers of kind `L` of their own.
pub struct NestedList<C, L, S = Replace, K = Unkeyed> {
    /// Elements are removed by their keys.
    rounds: Rounds<L, String>,
    #[allow(clippy::type_complexity)] // parameters and no value
    markers: PhantomData<fn() -> (C, S, K)>,
}

impl<C, L, S, K> Default for NestedList<C, L, S, K> {
    fn default() -> Self {
        Self { rounds: Rounds::default(), markers: PhantomData }
    }
}

/// The key of an element, as text.
fn key_of<L: Layer>(layer: &mut L, field: &str) -> Option<String> {
    let Target::Record(record) = layer.target() else { return None };
    let child = child(record, field, &mut 0)?;
    if !child.place.is_set() {
        return None;
    }
    match child.place.target() {
        Target::Value(value) => value.key(),
        _ => None,
    }
}

/// Where the elements of a list stand, by their keys; of two with one key, the first.
fn positions<L: Layer>(items: &mut [L], field: &str) -> HashMap<String, usize> {
    let mut positions = HashMap::new();
    for (index, item) in items.iter_mut().enumerate() {
        if let Some(key) = key_of(item, field) {
            positions.entry(key).or_insert(index);
        }
    }
    positions
}

/// Puts each of `later` where an element of the same key stands, or at the end. `meet` says what
/// becomes of the element that stands there.
fn place<L: Layer>(items: &mut Vec<L>, later: Vec<L>, field: &str, meet: impl Fn(&mut L, L)) {
    if later.is_empty() {
        return;
    }
    let mut positions = positions(items, field);
    for mut later in later {
        let key = key_of(&mut later, field);
        match key.as_ref().and_then(|key| positions.get(key)) {
            Some(index) => meet(&mut items[*index], later),
            None => {
                positions.extend(key.map(|key| (key, items.len())));
                items.push(later);
            }
        }
    }
}

/// Removes the elements with these keys. What is not there is worth a warning.
fn remove<L: Layer>(items: &mut Vec<L>, gone: Vec<String>, field: &str, cx: &mut Resolution) {
    if gone.is_empty() {
        return;
    }
    let mut there = positions(items, field);
    let mut going = HashSet::new();
    for gone in gone {
        if there.remove(&gone).is_some() {
            going.insert(gone);
        } else {
            cx.warn(Why::NothingRemoved(Some(gone)));
        }
    }
    items.retain_mut(|item| key_of(item, field).is_none_or(|key| !going.contains(&key)));
}

impl<C, L, S, K> Place for NestedList<C, L, S, K>
where
    C: Collection<Item = L::Value>,
    L: Layer,
    S: Strategy,
    K: MergeKey,
{
    fn target(&mut self) -> Target<'_> {
        Target::Sequence(self)
    }

    fn is_set(&self) -> bool {
        self.rounds.is_set()
    }
}

impl<C, L, S, K> Sequence for NestedList<C, L, S, K>
where
    C: Collection<Item = L::Value>,
    L: Layer,
    S: Strategy,
    K: MergeKey,
{
    fn begin(&mut self, op: Op) {
        self.rounds.begin(op);
    }

    fn item(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        if self.rounds.op() != Op::Remove {
            return Err(Fault::expected("a table", reader.found()));
        }
        self.rounds.last.remove.push(removed_key(&reader, K::FIELD)?);
        Ok(())
    }

    fn element(&mut self) -> Option<&mut dyn Place> {
        self.rounds.items().push(L::default());
        self.last()
    }

    fn last(&mut self) -> Option<&mut dyn Place> {
        self.rounds.items().last_mut().map(|last| last as &mut dyn Place)
    }

    fn at(&mut self, index: usize) -> Option<&mut dyn Place> {
        Some(self.rounds.patch(index, L::default))
    }
}

/// The key of an element to be removed.
pub(crate) fn removed_key(reader: &Reader<'_>, field: Option<&str>) -> Result<String, Fault> {
    reader.as_scalar().and_then(scalar_key).ok_or_else(|| {
        let field = field.unwrap_or("its key");
        Fault::expected(format!("the `{field}` of an element"), reader.found())
    })
}

/// The text of a key to be removed: the same as [`key_of`] gives for the element.
fn scalar_key(scalar: &Scalar<'_>) -> Option<String> {
    match scalar {
        Scalar::Integer(value) => Some(value.to_string()),
        Scalar::Bool(value) => Some(value.to_string()),
        other => other.to_str().ok().map(str::to_owned),
    }
}

impl<C, L, S, K> Layer for NestedList<C, L, S, K>
where
    C: Collection<Item = L::Value>,
    L: Layer,
    S: Strategy,
    K: MergeKey,
{
    type Value = C;

    fn merge(&mut self, later: Self) {
        self.rounds.merge(later.rounds, S::REPLACES && K::FIELD.is_none());
    }

    fn resolve(self, cx: &mut Resolution) -> Option<C> {
        if !self.is_set() {
            cx.refuse(Why::Missing);
            return None;
        }
        let items = elements(self.rounds, S::meet, K::FIELD, cx);
        resolve_all(items, cx).map(|values| values.into_iter().collect())
    }

    fn from_value(value: C) -> Self {
        let rounds = Rounds::setting(value.into_iter().map(L::from_value).collect());
        Self { rounds, ..Self::default() }
    }

    fn stands_alone(&self) -> bool {
        S::REPLACES && K::FIELD.is_none() && self.rounds.sets()
    }
}

/// The elements that all rounds come to. `meet` says how a later list meets an earlier one, where no
/// `field` tells which elements are the same.
pub(crate) fn elements<L: Layer>(
    rounds: Rounds<L, String>,
    meet: fn(&mut Vec<L>, Vec<L>, &Like<L>),
    field: Option<&str>,
    cx: &mut Resolution,
) -> Vec<L> {
    let mut items = Vec::new();
    for round in rounds.in_order() {
        carry_out(&mut items, round, meet, field, cx);
    }
    items
}

/// The values of all elements; none, where one of them has none.
pub(crate) fn resolve_all<L: Layer>(items: Vec<L>, cx: &mut Resolution) -> Option<Vec<L::Value>> {
    let len = items.len();
    // The values take the room of the layers where they are no larger.
    let value = |(index, item): (usize, L)| {
        cx.enter_index(index);
        let value = item.resolve(cx);
        cx.close();
        value
    };
    let mut values: Vec<L::Value> = items.into_iter().enumerate().filter_map(value).collect();
    values.shrink_to_fit();
    (values.len() == len).then_some(values)
}

fn carry_out<L: Layer>(
    items: &mut Vec<L>,
    round: Round<L, String>,
    meet: fn(&mut Vec<L>, Vec<L>, &Like<L>),
    field: Option<&str>,
    cx: &mut Resolution,
) {
    if let Some(set) = round.set {
        match field {
            Some(field) => place(items, set, field, L::merge),
            None => meet(items, set, &Like::NEVER),
        }
    }
    match field {
        Some(field) => {
            // What is there already stays as it is.
            place(items, round.add, field, |_, _| {});
            remove(items, round.remove, field, cx);
        }
        None => items.extend(round.add),
    }
    for (index, patch) in round.patches {
        let len = items.len();
        match items.get_mut(index) {
            Some(item) => item.merge(patch),
            None if index == len => items.push(patch),
            None => {
                cx.enter_index(index);
                cx.refuse(Why::NoElement { len });
                cx.close();
            }
        }
    }
}
