//! A layer that is made from a schema, or from a tree's own shape, and remembers how it was set.

use std::collections::BTreeMap;

use serde::Deserialize;
use superconfig::decode::{
    Choice, Fault, FaultKind, Layers, Mapping, Node, Place, Reader, Record, Section, Sequence,
    Target, Tree, Value as Setting,
};
use superconfig::schema::{Body, Field, Kind, Op, Schema};

use crate::value::Value;

/// What a cell is to become.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Plan {
    /// A value that is read as a whole.
    Leaf,
    /// A list of such values.
    List,
    /// A list of other cells, one plan for each element; the last one is for all that follow.
    Nested(Vec<Plan>),
    /// A map; the plans by key, and the one for any other key.
    Map(BTreeMap<String, Plan>, Option<Box<Plan>>),
    /// A struct or an internally tagged enum.
    Of(By),
}

/// A schema that is compared by its place.
#[derive(Clone, Copy)]
pub(crate) struct By(pub(crate) &'static Schema);

/// Schemas may hold themselves, so only the name is shown.
impl std::fmt::Debug for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

impl PartialEq for By {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Plan {
    /// The plan for a field.
    fn field(field: &Field) -> Self {
        match field.kind {
            Kind::List => Self::List,
            Kind::Map => Self::Map(BTreeMap::new(), Some(Box::new(Self::Leaf))),
            Kind::Nested(schema) | Kind::Flatten(schema) => Self::Of(By(schema)),
            Kind::NestedList { schema, .. } => Self::Nested(vec![Self::Of(By(schema.get()))]),
            Kind::NestedMap(schema) => {
                Self::Map(BTreeMap::new(), Some(Box::new(Self::Of(By(schema.get())))))
            }
            _ => Self::Leaf,
        }
    }

    /// The shape of a tree down to some depth; below it, values are read as a whole.
    pub(crate) fn of_tree(tree: &Tree<'_>, depth: usize) -> Self {
        match &tree.node {
            Node::Table(entries) if depth > 0 => {
                let plan = |(key, value): &(superconfig::decode::Key<'_>, Tree<'_>)| {
                    (key.text.to_string(), Self::of_tree(value, depth - 1))
                };
                Self::Map(entries.iter().map(plan).collect(), None)
            }
            Node::List(items) if depth > 0 => {
                if items.iter().all(|item| matches!(item.node, Node::Table(_))) && !items.is_empty()
                {
                    Self::Nested(items.iter().map(|i| Self::of_tree(i, depth - 1)).collect())
                } else {
                    Self::List
                }
            }
            _ => Self::Leaf,
        }
    }
}

/// A cell and what was done to it.
#[derive(Debug, PartialEq)]
pub(crate) struct Cell {
    plan: Plan,
    /// How often `target` made it exist; zero or one, since the rest is of no consequence.
    touched: bool,
    begun: Vec<(&'static str, usize)>,
    op: &'static str,
    value: Option<Value>,
    items: BTreeMap<&'static str, Vec<Value>>,
    cells: BTreeMap<&'static str, Vec<Cell>>,
    entries: BTreeMap<String, Cell>,
    removed: Vec<String>,
    fields: Vec<Cell>,
    selected: Option<usize>,
}

impl Cell {
    /// A cell that nothing was done to.
    pub(crate) fn new(plan: Plan) -> Self {
        // Schemas may hold themselves, so fields are made when they are asked for.
        Self {
            plan,
            touched: false,
            begun: Vec::new(),
            op: "",
            value: None,
            items: BTreeMap::new(),
            cells: BTreeMap::new(),
            entries: BTreeMap::new(),
            removed: Vec::new(),
            fields: Vec::new(),
            selected: None,
        }
    }

    fn begin(&mut self, op: Op) {
        let name = if op == Op::Set { "set" } else { op.suffix() };
        self.op = name;
        match self.begun.iter_mut().find(|(begun, _)| *begun == name) {
            Some((_, times)) => *times += 1,
            None => self.begun.push((name, 1)),
        }
        self.begun.sort_unstable();
        self.items.insert(name, Vec::new());
        self.cells.insert(name, Vec::new());
    }
}

impl Place for Cell {
    fn target(&mut self) -> Target<'_> {
        self.touched = true;
        match &self.plan {
            Plan::Leaf => Target::Value(self),
            Plan::List | Plan::Nested(_) => Target::Sequence(self),
            Plan::Map(..) => Target::Mapping(self),
            Plan::Of(By(schema)) => match schema.body {
                Body::Choice { .. } => Target::Choice(self),
                _ => Target::Record(self),
            },
        }
    }

    fn is_set(&self) -> bool {
        self.touched
    }
}

impl Setting for Cell {
    fn set(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        self.value = Some(Value::deserialize(reader)?);
        Ok(())
    }
}

impl Sequence for Cell {
    fn begin(&mut self, op: Op) {
        Cell::begin(self, op);
    }

    fn item(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        let item = Value::deserialize(reader)?;
        self.items.entry(self.op).or_default().push(item);
        Ok(())
    }

    fn element(&mut self) -> Option<&mut dyn Place> {
        let Plan::Nested(plans) = &self.plan else { return None };
        let cells = self.cells.entry(self.op).or_default();
        let plan = plans.get(cells.len()).or(plans.last())?.clone();
        cells.push(Cell::new(plan));
        cells.last_mut().map(|cell| cell as &mut dyn Place)
    }

    fn last(&mut self) -> Option<&mut dyn Place> {
        let cells = self.cells.get_mut(self.op)?;
        cells.last_mut().map(|cell| cell as &mut dyn Place)
    }
}

impl Mapping for Cell {
    fn begin(&mut self) {
        Cell::begin(self, Op::Set);
    }

    fn entry(&mut self, key: &str) -> Result<&mut dyn Place, Fault> {
        let Plan::Map(plans, rest) = &self.plan else { unreachable!("only maps have entries") };
        let plan = plans.get(key).or(rest.as_deref());
        let plan = plan.ok_or_else(|| Fault::new(FaultKind::Null))?.clone();
        Ok(self.entries.entry(key.to_owned()).or_insert_with(|| Cell::new(plan)))
    }

    fn remove(&mut self, key: &str) {
        self.removed.push(key.to_owned());
    }

    fn keys(&self) -> Vec<&str> {
        self.entries.keys().map(String::as_str).collect()
    }
}

impl Record for Cell {
    fn schema(&self) -> &'static Schema {
        match &self.plan {
            Plan::Of(By(schema)) => schema,
            _ => unreachable!("only records have a schema"),
        }
    }

    fn place(&mut self, index: usize) -> &mut dyn Place {
        if self.fields.is_empty() {
            let schema = Record::schema(self);
            self.fields = schema.fields().iter().map(|f| Cell::new(Plan::field(f))).collect();
        }
        &mut self.fields[index]
    }
}

impl Choice for Cell {
    fn schema(&self) -> &'static Schema {
        Record::schema(self)
    }

    fn select(&mut self, variant: usize) {
        self.selected = Some(variant);
    }

    fn selected(&self) -> Option<usize> {
        self.selected
    }

    fn variant(&mut self, variant: usize) -> &mut dyn Place {
        if self.fields.is_empty()
            && let Body::Choice { variants, .. } = Record::schema(self).body
        {
            self.fields = variants.iter().map(|v| Cell::new(Plan::Of(By(v.schema)))).collect();
        }
        &mut self.fields[variant]
    }
}

/// The layers of one document.
#[derive(Debug, PartialEq)]
pub(crate) struct Cells {
    plan: Plan,
    /// By section.
    pub(crate) layers: BTreeMap<Section, Cell>,
}

impl Cells {
    /// No layers yet.
    pub(crate) fn new(plan: Plan) -> Self {
        Self { plan, layers: BTreeMap::new() }
    }
}

impl Layers for Cells {
    fn layer(&mut self, section: Section) -> &mut dyn Place {
        let plan = &self.plan;
        self.layers.entry(section).or_insert_with(|| Cell::new(plan.clone()))
    }
}
