//! From single settings (variables, arguments, overrides) to one tree, as a file would give it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use crate::decode::{Key, Node, Span, Tree};
use crate::schema::{Op, Step};

/// A tree that grows by single settings. Every value's span says which setting it was: its number,
/// rather than a place in a text.
#[derive(Debug, Default)]
pub(crate) struct Assignments {
    root: Place,
}

/// Two settings that cannot both be: a value as a whole, and a part of it.
#[derive(Debug)]
pub(crate) struct Clash {
    /// The number of the setting that was there first.
    pub(crate) first: usize,
}

/// A place in the tree, and the number of the setting that made it.
#[derive(Debug, Default)]
struct Place {
    number: usize,
    content: Content,
}

#[derive(Debug, Default)]
enum Content {
    /// Nothing yet.
    #[default]
    Empty,
    Value(Tree<'static>),
    Table(Entries<Cow<'static, str>>),
    Elements(Entries<usize>),
}

/// What stands in a table or list, in the order in which it came.
#[derive(Debug)]
struct Entries<K> {
    list: Vec<(K, Place)>,
    /// Where each key stands, once there are so many that looking through them takes longer.
    index: HashMap<K, usize>,
}

/// The mark of the setting with this number.
pub(crate) fn mark(number: usize) -> Span {
    Span::new(number, number)
}

/// The number of the setting that a span marks.
pub(crate) fn number(span: Span) -> usize {
    span.start as usize
}

impl Assignments {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn into_tree(self) -> Tree<'static> {
        let Tree { node, .. } = self.root.into_tree();
        Tree { node, span: None }
    }

    /// Puts a value at the end of `steps`.
    pub(crate) fn put(
        &mut self,
        steps: &[Step],
        op: Op,
        mut value: Tree<'static>,
        number: usize,
    ) -> Result<(), Clash> {
        let Some((last, init)) = steps.split_last() else { return Ok(()) };
        let mut at = &mut self.root;
        for step in init {
            at = at.child(step, Op::Set, number)?;
        }
        let place = at.child(last, op, number)?;
        if !matches!(place.content, Content::Empty) {
            return Err(place.clash());
        }
        value.mark(Some(mark(number)));
        *place = Place { number, content: Content::Value(value) };
        Ok(())
    }
}

impl Place {
    /// The place behind a step, made if it is not there yet.
    fn child(&mut self, step: &Step, op: Op, number: usize) -> Result<&mut Self, Clash> {
        let clash = self.clash();
        if let Content::Empty = self.content {
            self.content = match step {
                Step::Index(_) => Content::Elements(Entries::new()),
                _ => Content::Table(Entries::new()),
            };
        }
        let suffixed = |key: &str| match op {
            Op::Set => Cow::Owned(key.to_owned()),
            op => Cow::Owned(format!("{key}{}", op.suffix())),
        };
        match (&mut self.content, step) {
            (Content::Elements(elements), Step::Index(index)) => Ok(elements.at(*index, number)),
            (Content::Table(entries), Step::Field(key)) => {
                let key = if op == Op::Set { Cow::Borrowed(*key) } else { suffixed(key) };
                Ok(entries.at(key, number))
            }
            (Content::Table(entries), Step::Key(key)) => Ok(entries.at(suffixed(key), number)),
            _ => Err(clash),
        }
    }

    fn clash(&self) -> Clash {
        Clash { first: self.number }
    }

    fn into_tree(self) -> Tree<'static> {
        let span = Some(mark(self.number));
        let node = match self.content {
            Content::Empty => Node::Table(Vec::new()),
            Content::Value(value) => return value,
            Content::Table(entries) => {
                let entry = |(text, place): (Cow<'static, str>, Self)| {
                    (Key { text, span: Some(mark(place.number)) }, place.into_tree())
                };
                Node::Table(entries.list.into_iter().map(entry).collect())
            }
            Content::Elements(elements) => {
                let element = |(index, place): (usize, Self)| (index, place.into_tree());
                Node::Elements(elements.list.into_iter().map(element).collect())
            }
        };
        Tree { node, span }
    }
}

impl<K: Clone + Eq + Hash> Entries<K> {
    /// Up to so many are looked through.
    const FEW: usize = 16;

    fn new() -> Self {
        Self { list: Vec::new(), index: HashMap::new() }
    }

    /// The place of a key, made if it is not there yet.
    fn at(&mut self, key: K, number: usize) -> &mut Place {
        let found = if self.list.len() <= Self::FEW {
            self.list.iter().position(|(known, _)| *known == key)
        } else {
            // What has come since the last look; at first all of them.
            for (at, (key, _)) in self.list.iter().enumerate().skip(self.index.len()) {
                self.index.insert(key.clone(), at);
            }
            self.index.get(&key).copied()
        };
        let at = found.unwrap_or_else(|| {
            self.list.push((key, Place { number, content: Content::Empty }));
            self.list.len() - 1
        });
        &mut self.list[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Scalar;

    #[test]
    fn a_whole_and_its_part_clash() {
        let text = || Tree::from(Scalar::text("x", ","));
        let mut all = Assignments::new();
        all.put(&[Step::Field("a"), Step::Field("b")], Op::Set, text(), 0).expect("the first");
        all.put(&[Step::Field("a"), Step::Field("c")], Op::Set, text(), 1).expect("beside it");
        let whole = all.put(&[Step::Field("a")], Op::Set, text(), 2).expect_err("around it");
        assert_eq!(whole.first, 0);
        let deep = [Step::Field("a"), Step::Field("b"), Step::Key("x".to_owned())];
        assert_eq!(all.put(&deep, Op::Set, text(), 3).expect_err("inside it").first, 0);
        let list = [Step::Field("l"), Step::Index(1), Step::Field("h")];
        all.put(&list, Op::Set, text(), 4).expect("an element");
        let mixed = all.put(&[Step::Field("l"), Step::Field("x")], Op::Set, text(), 5);
        assert_eq!(mixed.expect_err("a key in a list").first, 4);
        let tree = all.into_tree();
        assert!(matches!(tree.get("l").map(|l| &l.node), Some(Node::Elements(_))));
    }
    #[test]
    fn of_many_keys_each_is_found_again() {
        let text = || Tree::from(Scalar::text("x", ","));
        let mut all = Assignments::new();
        let steps = |n: usize| [Step::Field("m"), Step::Key(format!("k{n}"))];
        for n in 0..100 {
            all.put(&steps(n), Op::Set, text(), n).expect("a new key");
        }
        for n in 0..100 {
            assert_eq!(all.put(&steps(n), Op::Set, text(), 100).expect_err("again").first, n);
        }
        let tree = all.into_tree();
        let Some(Node::Table(entries)) = tree.get("m").map(|map| &map.node) else {
            panic!("{tree:?}")
        };
        let keys = entries.iter().map(|(key, _)| key.text.clone().into_owned());
        assert!(keys.eq((0..100).map(|n| format!("k{n}"))), "in the order in which they came");
    }
}
