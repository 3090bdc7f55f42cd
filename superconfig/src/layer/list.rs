//! Lists and sets of values, with `x_add` and `x_remove`.

use std::any::Any;
use std::collections::HashSet;
use std::marker::PhantomData;
use std::net::SocketAddr;

use super::leaf::key_text;
use super::rounds::Rounds;
use super::{ByType, Decode, Layer, Resolution, Why};
use crate::decode::{Fault, Place, Reader, Sequence, Target};
use crate::schema::Op;

/// How a later `x` meets an earlier one.
pub trait Strategy: 'static {
    /// Whether the later items make the earlier ones irrelevant.
    const REPLACES: bool;

    /// Lets the later items meet the earlier ones. `like` says which items are equal.
    fn meet<T>(earlier: &mut Vec<T>, later: Vec<T>, like: &Like<T>);
}

/// Which items are equal.
#[derive(Debug)]
pub struct Like<T> {
    /// Whether two items are.
    pub(crate) same: fn(&T, &T) -> bool,
    /// The text of an item, for types whose items are equal exactly where their texts are.
    pub(crate) text: fn(&T) -> Option<String>,
    /// The text that a message calls an item by.
    pub(crate) name: fn(&T) -> Option<String>,
}

impl<T: PartialEq + 'static> Like<T> {
    /// By the type's own comparison.
    const BY_TYPE: Self = Self { same: PartialEq::eq, text, name: |item| key_text(item) };
}

impl<T> Like<T> {
    /// No two items are.
    pub(crate) const NEVER: Self = Self { same: |_, _| false, text: |_| None, name: |_| None };
}

/// The later list stands.
pub struct Replace;
/// The later items follow, duplicates kept.
pub struct Append;
/// The later items go first, duplicates kept.
pub struct Prepend;
/// The later items follow where they are not there yet.
pub struct Union;

impl Strategy for Replace {
    const REPLACES: bool = true;

    fn meet<T>(earlier: &mut Vec<T>, later: Vec<T>, _like: &Like<T>) {
        *earlier = later;
    }
}

impl Strategy for Append {
    const REPLACES: bool = false;

    fn meet<T>(earlier: &mut Vec<T>, later: Vec<T>, _like: &Like<T>) {
        earlier.extend(later);
    }
}

impl Strategy for Prepend {
    const REPLACES: bool = false;

    fn meet<T>(earlier: &mut Vec<T>, later: Vec<T>, _like: &Like<T>) {
        earlier.splice(0..0, later);
    }
}

impl Strategy for Union {
    const REPLACES: bool = false;

    fn meet<T>(earlier: &mut Vec<T>, later: Vec<T>, like: &Like<T>) {
        if let Some(mut there) = texts(earlier, &later, like) {
            earlier.extend(later.into_iter().filter(|item| match (like.text)(item) {
                Some(text) => there.insert(text),
                None => true,
            }));
            return;
        }
        for item in later {
            if !earlier.iter().any(|there| (like.same)(there, &item)) {
                earlier.push(item);
            }
        }
    }
}

/// The text of an item, for the types whose items are equal exactly where their texts are.
fn text<T: 'static>(item: &T) -> Option<String> {
    let item: &dyn Any = item;
    // An address with a flow label is another one, and its text does not show that.
    if item.is::<SocketAddr>() { None } else { key_text(item) }
}

/// The texts of `items`, by which it is quicker to tell which of many others are there. `None`
/// where the others are few, or where their type has no texts: then they are compared one by one.
fn texts<T>(items: &[T], others: &[T], like: &Like<T>) -> Option<HashSet<String>> {
    const FEW: usize = 16;
    if others.len() < FEW || (like.text)(&others[0]).is_none() {
        return None;
    }
    Some(items.iter().filter_map(like.text).collect())
}

/// Removes what is equal to any of `gone`. What is not there is worth a warning.
fn remove<T>(items: &mut Vec<T>, gone: Vec<T>, like: &Like<T>, cx: &mut Resolution) {
    let text = like.text;
    if let Some(mut there) = texts(items, &gone, like) {
        let mut going = HashSet::new();
        for gone in gone.iter().filter_map(text) {
            if there.remove(&gone) {
                going.insert(gone);
            } else {
                cx.warn(Why::NothingRemoved(Some(gone)));
            }
        }
        items.retain(|item| text(item).is_none_or(|text| !going.contains(&text)));
        return;
    }
    for gone in gone {
        let before = items.len();
        items.retain(|item| !(like.same)(item, &gone));
        if items.len() == before {
            cx.warn(Why::NothingRemoved((like.name)(&gone)));
        }
    }
}

/// The items that all rounds come to. `meet` says how a later `x` meets an earlier one.
pub(crate) fn items<T>(
    rounds: Rounds<T, T>,
    meet: fn(&mut Vec<T>, Vec<T>, &Like<T>),
    like: &Like<T>,
    cx: &mut Resolution,
) -> Vec<T> {
    let mut items = Vec::new();
    for round in rounds.in_order() {
        if let Some(set) = round.set {
            meet(&mut items, set, like);
        }
        Union::meet(&mut items, round.add, like);
        remove(&mut items, round.remove, like, cx);
    }
    items
}

/// A list or set: anything that is made of items and can be taken apart into them.
pub trait Collection: IntoIterator + FromIterator<<Self as IntoIterator>::Item> + 'static {}

impl<C> Collection for C where C: IntoIterator + FromIterator<<C as IntoIterator>::Item> + 'static {}

/// A list or set of values that are read by their own type and compared by `PartialEq`.
pub struct List<C: IntoIterator, S = Replace, D = ByType> {
    rounds: Rounds<C::Item, C::Item>,
    #[allow(clippy::type_complexity)] // parameters and no value
    markers: PhantomData<fn() -> (C, S, D)>,
}

impl<C: IntoIterator, S, D> Default for List<C, S, D> {
    fn default() -> Self {
        Self { rounds: Rounds::default(), markers: PhantomData }
    }
}

impl<C, S, D> Place for List<C, S, D>
where
    C: Collection<Item: PartialEq + Send + 'static>,
    S: Strategy,
    D: Decode<C::Item>,
{
    fn target(&mut self) -> Target<'_> {
        Target::Sequence(self)
    }

    fn is_set(&self) -> bool {
        self.rounds.is_set()
    }
}

impl<C, S, D> Sequence for List<C, S, D>
where
    C: Collection<Item: PartialEq + Send + 'static>,
    S: Strategy,
    D: Decode<C::Item>,
{
    fn begin(&mut self, op: Op) {
        self.rounds.begin(op);
    }

    fn item(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        let item = D::decode(reader)?;
        match self.rounds.op() {
            Op::Set | Op::Add => self.rounds.items().push(item),
            Op::Remove => self.rounds.last.remove.push(item),
        }
        Ok(())
    }
}

impl<C, S, D> Layer for List<C, S, D>
where
    C: Collection<Item: PartialEq + Send + 'static>,
    S: Strategy,
    D: Decode<C::Item>,
{
    type Value = C;

    fn merge(&mut self, later: Self) {
        self.rounds.merge(later.rounds, S::REPLACES);
    }

    fn resolve(self, cx: &mut Resolution) -> Option<C> {
        if !self.is_set() {
            cx.refuse(Why::Missing);
            return None;
        }
        let items = items(self.rounds, S::meet, &Like::BY_TYPE, cx);
        Some(items.into_iter().collect())
    }

    fn from_value(value: C) -> Self {
        let rounds = Rounds::setting(value.into_iter().collect());
        Self { rounds, ..Self::default() }
    }

    fn stands_alone(&self) -> bool {
        S::REPLACES && self.rounds.sets()
    }
}
