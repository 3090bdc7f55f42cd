//! A source's values with their places: what the diagnosing path reads, what a custom source
//! gives, and what a value that is decoded as a whole is collected in.

use std::borrow::Cow;

use super::fault::Found;
use super::scalar::Scalar;

/// A part of a text, in bytes. Texts are limited to less than 4 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

impl Span {
    /// A part of a text; what is beyond 4 GiB is cut off.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end) }
    }

    /// As a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree<'a> {
    /// What it is.
    pub node: Node<'a>,
    /// Where it stands; `None` where its source has no text.
    pub span: Option<Span>,
}

/// What a [`Tree`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    /// A scalar.
    Scalar(Scalar<'a>),
    /// A list.
    List(Vec<Tree<'a>>),
    /// A table, in the order of the text. Keys are not repeated.
    Table(Vec<(Key<'a>, Tree<'a>)>),
    /// Changes to the elements of a list where they stand. Only paths and variables say this
    /// (`servers[0].host`, `ORDERS_SERVERS_0_HOST`); files give lists.
    Elements(Vec<(usize, Tree<'a>)>),
}

/// A key of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key<'a> {
    /// The key, without quotes and escapes.
    pub text: Cow<'a, str>,
    /// Where it stands.
    pub span: Option<Span>,
}

impl<'a> Key<'a> {
    /// A key that stands nowhere.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), span: None }
    }

    /// A key that stands there.
    pub fn spanned(text: impl Into<Cow<'a, str>>, span: Span) -> Self {
        Self { text: text.into(), span: Some(span) }
    }
}

impl<'a> Tree<'a> {
    /// A value that stands nowhere.
    pub fn new(node: Node<'a>) -> Self {
        Self { node, span: None }
    }

    /// A value that stands there.
    pub fn spanned(node: Node<'a>, span: Span) -> Self {
        Self { node, span: Some(span) }
    }

    /// A table without entries.
    pub fn empty_table() -> Self {
        Self::new(Node::Table(Vec::new()))
    }

    /// The value of a key, where this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Tree<'a>> {
        match &self.node {
            Node::Table(entries) => {
                entries.iter().find(|(name, _)| name.text == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// What it is, in the words of an error message.
    pub fn found(&self) -> Found {
        match &self.node {
            Node::Scalar(scalar) => scalar.found(),
            Node::List(_) => Found::kind("a list"),
            Node::Table(_) => Found::kind("a table"),
            Node::Elements(_) => Found::kind("an element of a list"),
        }
    }

    /// Says of the value and of everything in it that it stands there.
    pub fn mark(&mut self, span: Option<Span>) {
        self.span = span;
        match &mut self.node {
            Node::List(items) => items.iter_mut().for_each(|item| item.mark(span)),
            Node::Table(entries) => entries.iter_mut().for_each(|(key, value)| {
                key.span = span;
                value.mark(span);
            }),
            Node::Elements(all) => all.iter_mut().for_each(|(_, tree)| tree.mark(span)),
            Node::Scalar(_) => {}
        }
    }

    /// The same value, independent of the text that it was read from.
    pub fn into_owned(self) -> Tree<'static> {
        let node = match self.node {
            Node::Scalar(scalar) => Node::Scalar(scalar.into_owned()),
            Node::List(items) => Node::List(items.into_iter().map(Tree::into_owned).collect()),
            Node::Table(entries) => Node::Table(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let text = Cow::Owned(key.text.into_owned());
                        (Key { text, span: key.span }, value.into_owned())
                    })
                    .collect(),
            ),
            Node::Elements(elements) => Node::Elements(
                elements.into_iter().map(|(index, tree)| (index, tree.into_owned())).collect(),
            ),
        };
        Tree { node, span: self.span }
    }
}

impl<'a> From<Scalar<'a>> for Tree<'a> {
    fn from(scalar: Scalar<'a>) -> Self {
        Self::new(Node::Scalar(scalar))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree of every kind of node, whose texts are borrowed from `text`.
    fn every_kind(text: &str) -> Tree<'_> {
        let scalar = |scalar| Tree::spanned(Node::Scalar(scalar), Span::new(1, 2));
        let scalars = vec![
            scalar(Scalar::Null),
            scalar(Scalar::Bool(true)),
            scalar(Scalar::Integer(1)),
            scalar(Scalar::Huge(text.into())),
            scalar(Scalar::Float(0.5)),
            scalar(Scalar::Str(text.into())),
            scalar(Scalar::Datetime(text.into())),
            scalar(Scalar::Plain(text.into())),
            scalar(Scalar::text(text, ";")),
        ];
        let elements = Tree::new(Node::Elements(vec![(3, scalar(Scalar::Str(text.into())))]));
        Tree::new(Node::Table(vec![
            (Key::spanned(text, Span::new(3, 4)), Tree::new(Node::List(scalars))),
            (Key::new("elements"), elements),
        ]))
    }

    #[test]
    fn an_owned_tree_is_the_same_and_outlives_its_text() {
        let text = "42".to_owned();
        let shown = format!("{:?}", every_kind(&text));
        let owned: Tree<'static> = every_kind(&text).into_owned();
        drop(text);
        assert_eq!(format!("{owned:?}"), shown);
    }

    #[test]
    fn a_mark_reaches_every_key_and_value() {
        fn spans(tree: &Tree<'_>, into: &mut Vec<Option<Span>>) {
            into.push(tree.span);
            match &tree.node {
                Node::Scalar(_) => {}
                Node::List(items) => items.iter().for_each(|item| spans(item, into)),
                Node::Elements(all) => all.iter().for_each(|(_, item)| spans(item, into)),
                Node::Table(entries) => entries.iter().for_each(|(key, value)| {
                    into.push(key.span);
                    spans(value, into);
                }),
            }
        }
        let place = Some(Span::new(7, 9));
        let mut tree = every_kind("42");
        tree.mark(place);
        let mut all = Vec::new();
        spans(&tree, &mut all);
        assert_eq!(all, [place; 15]);
    }

    #[test]
    fn only_a_table_has_values_by_key() {
        let tree = every_kind("42");
        assert_eq!(
            tree.get("elements").map(|tree| tree.found().to_string()).as_deref(),
            Some("an element of a list")
        );
        assert!(tree.get("element").is_none());
        assert!(tree.get("42").is_some_and(|list| list.get("0").is_none()));
        assert_eq!(tree.found().to_string(), "a table");
        assert_eq!(Tree::empty_table().found().to_string(), "a table");
    }

    #[test]
    fn a_span_is_a_range_and_ends_at_four_gigabytes() {
        assert_eq!(Span::new(2, 5).range(), 2..5);
        assert_eq!(Span::new(0, usize::MAX).end, u32::MAX);
    }
}
