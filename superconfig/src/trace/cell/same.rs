//! Whether two layers say the same, wherever they say it.

use super::super::data::Data;
use super::super::spec::Shape;
use super::{Body, Cell, Element, Step};

impl Cell {
    /// Whether nothing was said here, not even that it exists.
    pub(in super::super) fn says_nothing(&self) -> bool {
        let silent = self.cleared.is_none() && self.touched.is_none() && !self.says_something();
        matches!(self.spec.shape, Shape::Skip) || silent
    }

    /// Whether both say the same. When in doubt, they do not.
    pub(in super::super) fn says_the_same(&self, other: &Self) -> bool {
        if let Shape::Skip = self.spec.shape {
            return true;
        }
        self.cleared.is_some() == other.cleared.is_some()
            && self.touched.is_some() == other.touched.is_some()
            && self.body.says_the_same(&other.body)
    }
}

impl Body {
    fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(one), Self::Value(other)) => {
                both(one.as_ref(), other.as_ref(), |a, b| a.data.is(&b.data))
            }
            (Self::Record(one), Self::Record(other)) => all(one, other, Cell::says_the_same),
            (
                Self::List { set, add, remove, patches, .. },
                Self::List {
                    set: set_too, add: add_too, remove: remove_too, patches: others, ..
                },
            ) => {
                let step = |one: &Option<Step>, other: &Option<Step>| {
                    both(one.as_ref(), other.as_ref(), Step::says_the_same)
                };
                step(set, set_too)
                    && step(add, add_too)
                    && step(remove, remove_too)
                    && all(patches, others, |(at, one), (at_too, other)| {
                        at == at_too && one.says_the_same(other)
                    })
            }
            (
                Self::Map { given, entries, removed },
                Self::Map { given: given_too, entries: others, removed: removed_too },
            ) => {
                let entries: Vec<_> = entries.iter().collect();
                let others: Vec<_> = others.iter().collect();
                given.is_some() == given_too.is_some()
                    && all(&entries, &others, |(key, one), (key_too, other)| {
                        key == key_too && one.says_the_same(other)
                    })
                    && all(removed, removed_too, |(key, _), (key_too, _)| key == key_too)
            }
            (
                Self::Choice { selected, variants },
                Self::Choice { selected: selected_too, variants: others },
            ) => {
                selected.map(|(index, _)| index) == selected_too.map(|(index, _)| index)
                    && all(variants, others, Cell::says_the_same)
            }
            _ => false,
        }
    }
}

impl Step {
    fn says_the_same(&self, other: &Self) -> bool {
        all(&self.items, &other.items, |one, other| match (one, other) {
            (Element::Plain(one), Element::Plain(other)) => one.data.is(&other.data),
            (Element::Nested(one), Element::Nested(other)) => one.says_the_same(other),
            _ => false,
        })
    }
}

impl Data {
    /// Whether it is this very value: a zero has a sign.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Float(one), Self::Float(other)) => one.to_bits() == other.to_bits(),
            (Self::List(one), Self::List(other)) => all(one, other, Self::is),
            (Self::Table(one), Self::Table(other)) => {
                all(one, other, |(key, one), (key_too, other)| key == key_too && one.is(other))
            }
            (one, other) => one == other,
        }
    }
}

fn both<T>(one: Option<&T>, other: Option<&T>, same: impl Fn(&T, &T) -> bool) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn all<T>(one: &[T], other: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}
