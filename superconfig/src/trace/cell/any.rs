//! What one layer says where there is no schema: the values say what kind of cell each is.

use super::super::data::Data;
use super::super::spec::{Mark, Spec};
use super::{Body, Cell, Element, Item, Step};
use crate::decode::{Node, Tree};
use crate::path::KeyPath;
use crate::schema::Op;
use crate::value::{Secrets, Table, step};

impl Cell {
    /// What a tree says, which stands in this layer.
    fn of_anything(tree: &Tree<'_>, layer: usize) -> Self {
        let mut cell = Self::new(Spec::any(), layer);
        cell.here.span = tree.span;
        cell.say(tree);
        cell
    }

    /// Says what a tree says; two sections of one document may be one layer.
    pub(super) fn say(&mut self, tree: &Tree<'_>) {
        let here = Mark { span: tree.span.or(self.here.span), ..self.here };
        self.touched.get_or_insert(here);
        let later = body(tree, here);
        match (&mut self.body, later) {
            (Body::Map { entries, .. }, Body::Map { entries: later, removed: gone, .. }) => {
                for (key, cell) in later {
                    entries.insert(key, cell);
                }
                for (key, _) in gone {
                    entries.remove(&key);
                }
            }
            (body, later) => *body = later,
        }
    }

    /// Whether it only takes items or keys away.
    pub(in super::super) fn only_removes(&self) -> bool {
        match &self.body {
            Body::List { set: None, add: None, remove: Some(_), patches, .. } => patches.is_empty(),
            _ => false,
        }
    }

    /// Marks what stands at the paths of secrets.
    pub(in super::super) fn hide(&mut self, secrets: &Secrets, path: &mut KeyPath) {
        if secrets.is_empty() {
            return;
        }
        self.spec.secret |= secrets.contain(path);
        let outer = self.spec.secret;
        let below = |cell: &mut Self, path: &mut KeyPath| {
            cell.spec.secret |= outer;
            cell.hide(secrets, path);
        };
        match &mut self.body {
            Body::Map { entries, .. } => {
                let keys: Vec<String> = entries.keys().map(str::to_owned).collect();
                for key in keys {
                    path.push(key.clone());
                    if let Some(cell) = entries.get_mut(&key) {
                        below(cell, path);
                    }
                    path.pop();
                }
            }
            Body::List { set, add, remove, patches, .. } => {
                let mut any = false;
                for step in [set, add, remove].into_iter().flatten() {
                    for (index, item) in step.items.iter_mut().enumerate() {
                        path.push(index);
                        match item {
                            Element::Nested(cell) => below(cell, path),
                            Element::Plain(_) => any |= secrets.contain(path),
                        }
                        path.pop();
                    }
                }
                for (index, cell) in patches {
                    path.push(*index);
                    below(cell, path);
                    path.pop();
                }
                // A value in a list has no cell of its own.
                self.spec.secret |= any;
            }
            _ => {}
        }
    }
}

fn body(tree: &Tree<'_>, here: Mark) -> Body {
    let layer = here.layer.unwrap_or_default();
    match &tree.node {
        Node::Scalar(_) => Body::Value(Some(Item { data: Data::of(tree, ""), mark: here })),
        Node::List(items) => Body::List {
            op: Op::Set,
            set: Some(Step { mark: here, items: elements(items, here) }),
            add: None,
            remove: None,
            patches: Vec::new(),
        },
        Node::Elements(all) => {
            let cell = |(index, tree): &(usize, Tree<'_>)| (*index, Cell::of_anything(tree, layer));
            Body::List {
                op: Op::Set,
                set: None,
                add: None,
                remove: None,
                patches: all.iter().map(cell).collect(),
            }
        }
        Node::Table(all) => {
            let mut entries = Table::new();
            let mut steps = Vec::new();
            for (key, value) in all {
                match (step(&key.text), &value.node) {
                    (Some((stem, op)), Node::List(items)) => steps.push((stem, op, items, value)),
                    _ => {
                        entries.insert(&*key.text, Cell::of_anything(value, layer));
                    }
                }
            }
            for (stem, op, items, value) in steps {
                let mark = Mark { span: value.span, ..here };
                let cell = entries.entry(stem, || {
                    let mut cell = Cell::new(Spec::any(), layer);
                    cell.touched = Some(mark);
                    cell.body =
                        Body::List { op, set: None, add: None, remove: None, patches: Vec::new() };
                    cell
                });
                cell.step_onto(op, items, mark);
            }
            let given = entries.is_empty().then_some(here);
            Body::Map { given, entries, removed: Vec::new() }
        }
    }
}

/// The items of a list, each where it stands.
fn elements(items: &[Tree<'_>], here: Mark) -> Vec<Element> {
    let element = |tree: &Tree<'_>| match &tree.node {
        Node::Scalar(_) => {
            let mark = Mark { span: tree.span.or(here.span), ..here };
            Element::Plain(Item { data: Data::of(tree, ""), mark })
        }
        _ => Element::Nested(Box::new(Cell::of_anything(tree, here.layer.unwrap_or_default()))),
    };
    items.iter().map(element).collect()
}

impl Cell {
    /// Adds a step that the same source says of this.
    fn step_onto(&mut self, op: Op, items: &[Tree<'_>], mark: Mark) {
        match &mut self.body {
            Body::List { add, remove, .. } => {
                let step = Some(Step { mark, items: elements(items, mark) });
                if op == Op::Add { *add = step } else { *remove = step }
            }
            Body::Map { removed, .. } => removed.extend(keys(elements(items, mark))),
            // The loading has failed, then.
            _ => {}
        }
    }
}

/// The keys that items name.
pub(in super::super) fn keys(items: Vec<Element>) -> Vec<(String, Mark)> {
    let key = |element: Element| match element {
        Element::Plain(Item { data: Data::Text(key), mark }) => Some((key, mark)),
        _ => None,
    };
    items.into_iter().filter_map(key).collect()
}
