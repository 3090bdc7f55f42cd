//! What one layer says, without types and with the place of everything: a cell for each setting,
//! with the same faces as the typed ones.

mod any;
mod same;

pub(super) use any::keys;

use super::data::{self, Data};
use super::scope::Scope;
use super::spec::{By, Mark, NOTHING, Shape, Spec};
use crate::decode::{
    Choice, Fault, FaultKind, Mapping, Node, Place, Reader, Record, Scalar, Sequence, Target, Tree,
    Value,
};
use crate::schema::{Op, Schema};
use crate::value::Table;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) data: Data,
    pub(super) mark: Mark,
}

/// An item of a list as one layer gives it.
#[derive(Clone)]
pub(super) enum Element {
    Plain(Item),
    Nested(Box<Cell>),
}

/// `x`, `x_add` or `x_remove`.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) mark: Mark,
    pub(super) items: Vec<Element>,
}

/// What one layer says of a setting.
#[derive(Clone)]
pub(super) struct Cell {
    pub(super) spec: Spec,
    /// The place of the value that is being applied.
    here: Mark,
    /// Whether that is an empty variable.
    empty: bool,
    /// Where it is taken away.
    pub(super) cleared: Option<Mark>,
    /// Where it began to be set.
    pub(super) touched: Option<Mark>,
    pub(super) body: Body,
    nowhere: Nowhere,
}

/// The place that an index leads to which no schema has.
#[derive(Clone, Copy)]
struct Nowhere;

impl Place for Nowhere {
    fn target(&mut self) -> Target<'_> {
        Target::Value(self)
    }

    fn is_set(&self) -> bool {
        false
    }
}

impl Value for Nowhere {
    fn set(&mut self, _reader: Reader<'_>) -> Result<(), Fault> {
        Ok(())
    }
}

/// The content of a [`Cell`].
#[derive(Clone)]
pub(super) enum Body {
    Value(Option<Item>),
    Record(Vec<Cell>),
    List {
        op: Op,
        set: Option<Step>,
        add: Option<Step>,
        remove: Option<Step>,
        patches: Vec<(usize, Cell)>,
    },
    Map {
        given: Option<Mark>,
        /// In the order in which they were given.
        entries: Table<Cell>,
        removed: Vec<(String, Mark)>,
    },
    Choice {
        selected: Option<(usize, Mark)>,
        variants: Vec<Cell>,
    },
}

impl Cell {
    pub(super) fn new(spec: Spec, layer: usize) -> Self {
        Self::scoped(spec, layer, &Scope::All)
    }

    /// The same with nothing but these settings in it.
    pub(super) fn scoped(spec: Spec, layer: usize, scope: &Scope) -> Self {
        let mark = Mark { layer: Some(layer), span: None };
        let body = match spec.shape {
            Shape::Leaf | Shape::Word(_) | Shape::Any | Shape::Skip => Body::Value(None),
            Shape::Record(_) => {
                let field = |spec, scope: &Scope| Self::scoped(spec, layer, scope);
                Body::Record(scope.each_field(&spec, field))
            }
            Shape::List | Shape::NestedList(..) => {
                Body::List { op: Op::Set, set: None, add: None, remove: None, patches: Vec::new() }
            }
            Shape::Map | Shape::NestedMap(_) => {
                Body::Map { given: None, entries: Table::new(), removed: Vec::new() }
            }
            Shape::Choice(_) => {
                let variants = spec.variants().map(|variant| Self::new(variant, layer)).collect();
                Body::Choice { selected: None, variants }
            }
        };
        Self {
            spec,
            here: mark,
            empty: false,
            cleared: None,
            touched: None,
            body,
            nowhere: Nowhere,
        }
    }

    fn inner(&self) -> Self {
        Self::new(self.spec.element(), self.layer())
    }

    /// The layer that says this.
    pub(super) fn layer(&self) -> usize {
        self.here.layer.unwrap_or_default()
    }

    /// Where it is set first.
    pub(super) fn first_mark(&self) -> Mark {
        self.touched.unwrap_or(self.here)
    }

    /// Whether anything is set inside it.
    pub(super) fn says_something(&self) -> bool {
        match &self.body {
            Body::Value(value) => value.is_some(),
            Body::Record(fields) => fields.iter().any(Place::is_set),
            Body::List { set, add, remove, patches, .. } => {
                set.is_some() || add.is_some() || remove.is_some() || !patches.is_empty()
            }
            Body::Map { given, entries, removed } => {
                given.is_some() || !entries.is_empty() || !removed.is_empty()
            }
            Body::Choice { selected, variants } => {
                selected.is_some() || variants.iter().any(Place::is_set)
            }
        }
    }
}

impl Place for Cell {
    fn target(&mut self) -> Target<'_> {
        self.touched.get_or_insert(self.here);
        match self.spec.shape {
            Shape::Leaf | Shape::Word(_) | Shape::Any | Shape::Skip => Target::Value(self),
            Shape::Record(_) => Target::Record(self),
            Shape::List | Shape::NestedList(..) => Target::Sequence(self),
            Shape::Map | Shape::NestedMap(_) => Target::Mapping(self),
            Shape::Choice(_) => Target::Choice(self),
        }
    }

    fn seen(&mut self, tree: &Tree<'_>) {
        self.here.span = tree.span;
        self.empty =
            matches!(&tree.node, Node::Scalar(Scalar::Text { text, .. }) if text.is_empty());
        // See `given`: a list that the program gave, with items that nobody can write.
        if let (Node::Elements(elements), Body::List { set, .. }) = (&tree.node, &mut self.body)
            && elements.is_empty()
        {
            let item = Item { data: Data::of(tree, ""), mark: self.here };
            *set = Some(Step { mark: self.here, items: vec![Element::Plain(item)] });
        }
    }

    fn set_null(&mut self) -> Result<(), Fault> {
        if self.spec.optional {
            self.cleared = Some(self.here);
            if !matches!(self.body, Body::List { .. }) {
                let (here, cleared) = (self.here, self.cleared);
                *self = Self::new(self.spec, here.layer.unwrap_or_default());
                (self.here, self.cleared) = (here, cleared);
            }
            return Ok(());
        }
        // The loading has succeeded, so a type that takes no null is not given one.
        match &mut self.body {
            Body::Value(value) if !self.empty => {
                *value = Some(Item { data: Data::Null, mark: self.here });
                Ok(())
            }
            _ => Err(Fault::new(FaultKind::Null)),
        }
    }

    fn is_set(&self) -> bool {
        if self.spec.optional {
            return self.cleared.is_some() || self.touched.is_some();
        }
        self.says_something()
    }
}

impl Value for Cell {
    fn set(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        match (self.spec.shape, &reader) {
            (Shape::Any, Reader::Tree(tree)) => {
                self.say(tree);
                return Ok(());
            }
            (Shape::Skip, _) => return Ok(()),
            _ => {}
        }
        let item = item(&self.spec, self.here, reader);
        if self.empty && data::ignores_empty(self.spec.ty) {
            return Ok(());
        }
        self.body = Body::Value(Some(item));
        Ok(())
    }
}

/// A value as a reader gives it.
fn item(spec: &Spec, here: Mark, reader: Reader<'_>) -> Item {
    match reader {
        Reader::Tree(tree) => {
            Item { data: spec.read(tree), mark: Mark { span: tree.span.or(here.span), ..here } }
        }
        Reader::Scalar(scalar) => Item { data: spec.read(&scalar.clone().into()), mark: here },
    }
}

impl Record for Cell {
    fn schema(&self) -> &'static Schema {
        match self.spec.shape {
            Shape::Record(By(schema)) => schema,
            _ => &NOTHING,
        }
    }

    fn place(&mut self, index: usize) -> &mut dyn Place {
        match &mut self.body {
            Body::Record(fields) if index < fields.len() => &mut fields[index],
            // No index leads here.
            _ => &mut self.nowhere,
        }
    }
}

impl Sequence for Cell {
    fn begin(&mut self, begun: Op) {
        let step = Some(Step { mark: self.here, items: Vec::new() });
        if let Body::List { op, set, add, remove, .. } = &mut self.body {
            *op = begun;
            match begun {
                Op::Set => *set = step,
                Op::Add => *add = step,
                Op::Remove => *remove = step,
            }
        }
    }

    fn item(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        let spec = match self.spec.shape {
            // What is removed is the text of a key.
            Shape::NestedList(..) => Spec { shape: Shape::Leaf, ty: "", ..self.spec },
            _ => self.spec.element(),
        };
        let item = item(&spec, self.here, reader);
        self.push(Element::Plain(item));
        Ok(())
    }

    fn element(&mut self) -> Option<&mut dyn Place> {
        if !matches!(self.spec.shape, Shape::NestedList(..)) {
            return None;
        }
        let element = self.inner();
        self.push(Element::Nested(Box::new(element)));
        self.last()
    }

    fn last(&mut self) -> Option<&mut dyn Place> {
        match self.step()?.items.last_mut()? {
            Element::Nested(cell) => Some(&mut **cell),
            Element::Plain(_) => None,
        }
    }

    fn at(&mut self, index: usize) -> Option<&mut dyn Place> {
        if !matches!(self.spec.shape, Shape::NestedList(..)) {
            return None;
        }
        let new = self.inner();
        let Body::List { patches, .. } = &mut self.body else { return None };
        let at = patches.iter().position(|(at, _)| *at == index).unwrap_or_else(|| {
            patches.push((index, new));
            patches.len() - 1
        });
        Some(&mut patches[at].1)
    }
}

impl Cell {
    /// The step in work.
    fn step(&mut self) -> Option<&mut Step> {
        let Body::List { op, set, add, remove, .. } = &mut self.body else { return None };
        match op {
            Op::Set => set.as_mut(),
            Op::Add => add.as_mut(),
            Op::Remove => remove.as_mut(),
        }
    }

    fn push(&mut self, element: Element) {
        if let Some(step) = self.step() {
            step.items.push(element);
        }
    }
}

impl Mapping for Cell {
    fn begin(&mut self) {
        let here = self.here;
        if let Body::Map { given, .. } = &mut self.body {
            *given = Some(here);
        }
    }

    fn entry(&mut self, key: &str) -> Result<&mut dyn Place, Fault> {
        let new = self.inner();
        match &mut self.body {
            Body::Map { entries, .. } => Ok(entries.entry(key, || new)),
            _ => Err(Fault::new(FaultKind::Null)),
        }
    }

    fn remove(&mut self, key: &str) {
        let here = self.here;
        if let Body::Map { removed, .. } = &mut self.body {
            removed.push((key.to_owned(), here));
        }
    }

    fn keys(&self) -> Vec<&str> {
        match &self.body {
            Body::Map { entries, .. } => entries.keys().collect(),
            _ => Vec::new(),
        }
    }
}

impl Choice for Cell {
    fn schema(&self) -> &'static Schema {
        match self.spec.shape {
            Shape::Choice(By(schema)) => schema,
            _ => &NOTHING,
        }
    }

    fn tagged(&mut self, tag: &Tree<'_>) {
        self.here.span = tag.span;
    }

    fn select(&mut self, variant: usize) {
        let here = self.here;
        if let Body::Choice { selected, .. } = &mut self.body {
            *selected = Some((variant, here));
        }
    }

    fn selected(&self) -> Option<usize> {
        match &self.body {
            Body::Choice { selected, .. } => selected.map(|(index, _)| index),
            _ => None,
        }
    }

    fn variant(&mut self, variant: usize) -> &mut dyn Place {
        match &mut self.body {
            Body::Choice { variants, .. } if variant < variants.len() => &mut variants[variant],
            // No index leads here.
            _ => &mut self.nowhere,
        }
    }
}
