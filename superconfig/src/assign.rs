//! From single settings (variables, arguments, overrides) to one tree, as a file would give it.

use std::borrow::Cow;

use crate::decode::{Key, Node, Span, Tree};
use crate::path::{KeyPath, Segment};
use crate::schema::{Op, Step};

/// A tree that grows by single settings. Every value's span says which setting it was: its number,
/// rather than a place in a text.
#[derive(Debug)]
pub(crate) struct Assignments {
    tree: Tree<'static>,
}

/// Two settings that cannot both be: a value as a whole, and a part of it.
#[derive(Debug)]
pub(crate) struct Clash {
    /// The number of the setting that was there first.
    pub(crate) first: usize,
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
        Self { tree: Tree::empty_table() }
    }

    pub(crate) fn into_tree(self) -> Tree<'static> {
        self.tree
    }

    /// Puts a value at the end of `steps`.
    pub(crate) fn put(
        &mut self,
        steps: &[Step],
        op: Op,
        value: Tree<'static>,
        number: usize,
    ) -> Result<(), Clash> {
        let Some((last, init)) = steps.split_last() else { return Ok(()) };
        let mut at = &mut self.tree;
        for step in init {
            at = child(at, step, Op::Set, number)?;
            if !matches!(at.node, Node::Table(_) | Node::Elements(_)) {
                return Err(Clash { first: first_of(at) });
            }
        }
        let place = child(at, last, op, number)?;
        let untouched = match &place.node {
            Node::Table(entries) => entries.is_empty(),
            _ => false,
        };
        if !untouched {
            return Err(Clash { first: first_of(place) });
        }
        *place = value;
        place.mark(Some(mark(number)));
        Ok(())
    }
}

fn first_of(tree: &Tree<'_>) -> usize {
    tree.span.map_or(0, number)
}

/// The place behind a step, made if it is not there yet.
fn child<'t>(
    tree: &'t mut Tree<'static>,
    step: &Step,
    op: Op,
    number: usize,
) -> Result<&'t mut Tree<'static>, Clash> {
    let span = Some(mark(number));
    let new = || Tree { node: Node::Table(Vec::new()), span };
    let first = first_of(tree);
    if let Step::Index(index) = step {
        if matches!(&tree.node, Node::Table(entries) if entries.is_empty()) {
            tree.node = Node::Elements(Vec::new());
        }
        let Node::Elements(elements) = &mut tree.node else { return Err(Clash { first }) };
        let at = elements.iter().position(|(known, _)| known == index).unwrap_or_else(|| {
            elements.push((*index, new()));
            elements.len() - 1
        });
        return Ok(&mut elements[at].1);
    }
    let key: Cow<'static, str> = match step {
        Step::Field(key) if op == Op::Set => Cow::Borrowed(key),
        Step::Field(key) => Cow::Owned(format!("{key}{}", op.suffix())),
        Step::Key(key) => Cow::Owned(format!("{key}{}", op.suffix())),
        Step::Index(_) => return Err(Clash { first }),
    };
    let Node::Table(entries) = &mut tree.node else { return Err(Clash { first }) };
    let at = entries.iter().position(|(known, _)| known.text == key).unwrap_or_else(|| {
        entries.push((Key { text: key, span }, new()));
        entries.len() - 1
    });
    Ok(&mut entries[at].1)
}

/// A path as steps; what its keys mean is found out when they are applied.
pub(crate) fn steps_of(path: &KeyPath) -> Vec<Step> {
    path.segments()
        .iter()
        .map(|segment| match segment {
            Segment::Key(key) => Step::Key(key.to_string()),
            Segment::Index(index) => Step::Index(*index),
        })
        .collect()
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
        let tree = all.into_tree();
        assert!(matches!(tree.get("l").map(|l| &l.node), Some(Node::Elements(_))));
    }
}
