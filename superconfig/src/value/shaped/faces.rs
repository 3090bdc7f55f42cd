//! The faces of a cell: how a source sets it.

use super::{Body, Shaped};
use crate::decode::{
    Choice, Fault, FaultKind, Mapping, Node, Place, Reader, Record, Scalar, Sequence, Target, Tree,
    Value as ValuePlace,
};
use crate::layer::removed_key;
use crate::schema::{Op, Schema};
use crate::value::form::Shape;

/// What no face leads to: a setting of a schema stands where its schema says.
static NOTHING: Schema = Schema::new("", crate::schema::Body::Record(&[]));

impl Place for Shaped {
    fn target(&mut self) -> Target<'_> {
        self.begun |= !self.empty;
        match self.body {
            Body::Value(_) => Target::Value(self),
            Body::List(_) | Body::Elements(_) => Target::Sequence(self),
            Body::Map(_) => Target::Mapping(self),
            Body::Record(_) => Target::Record(self),
            Body::Choice { .. } => Target::Choice(self),
        }
    }

    fn set_null(&mut self) -> Result<(), Fault> {
        if self.form.null {
            self.cleared = true;
            // What the same source adds to a list is added after, whatever the order of writing.
            if !matches!(self.body, Body::List(_) | Body::Elements(_)) {
                self.begun = false;
                self.body = Body::of(&self.form.shape);
            }
            return Ok(());
        }
        let null = Reader::Scalar(&Scalar::Null);
        match (&mut self.body, &self.form.shape) {
            (Body::Value(value), Shape::One(takes)) if !self.empty => {
                *value = Some(takes.read(&null).map_err(|_| Fault::new(FaultKind::Null))?);
                Ok(())
            }
            _ => Err(Fault::new(FaultKind::Null)),
        }
    }

    fn seen(&mut self, tree: &Tree<'_>) {
        self.empty =
            matches!(&tree.node, Node::Scalar(Scalar::Text { text, .. }) if text.is_empty());
    }

    fn is_set(&self) -> bool {
        let exists = match self.body {
            Body::Value(_) => false,
            _ => self.form.may_be_empty() && self.begun,
        };
        self.cleared || exists || self.content_is_set()
    }

    fn is_there(&self) -> bool {
        match self.body {
            Body::Value(_) => self.content_is_set(),
            _ if self.form.may_be_empty() => self.begun,
            _ => self.content_is_set(),
        }
    }
}

impl ValuePlace for Shaped {
    fn set(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        if let (Body::Value(value), Shape::One(takes)) = (&mut self.body, &self.form.shape) {
            if reader.as_text().is_some_and(str::is_empty) && takes.is_path() {
                // An empty path names nothing, so an empty variable leaves it alone.
                return Err(Fault::new(FaultKind::Null));
            }
            *value = Some(takes.read(&reader)?);
        }
        Ok(())
    }

    fn key(&self) -> Option<String> {
        match &self.body {
            Body::Value(value) => value.as_ref().and_then(crate::value::name_of),
            _ => None,
        }
    }

    fn tree(&self) -> Option<Tree<'static>> {
        match &self.body {
            Body::Value(value) => value.as_ref().map(Tree::from),
            _ => None,
        }
    }
}

impl Shaped {
    /// The field or the variant at a position. A position that there is not leads nowhere else.
    fn inside(&mut self, index: usize) -> &mut dyn Place {
        if index >= self.cells().len() {
            return self;
        }
        &mut self.cells()[index]
    }

    fn cells(&mut self) -> &mut [Self] {
        match &mut self.body {
            Body::Record(cells) | Body::Choice { variants: cells, .. } => cells,
            _ => &mut [],
        }
    }
}

impl Record for Shaped {
    fn schema(&self) -> &'static Schema {
        match &self.form.shape {
            Shape::Record(definition) => definition.schema(),
            _ => &NOTHING,
        }
    }

    fn place(&mut self, index: usize) -> &mut dyn Place {
        self.inside(index)
    }
}

impl Sequence for Shaped {
    fn begin(&mut self, op: Op) {
        match &mut self.body {
            Body::List(rounds) => rounds.begin(op),
            Body::Elements(rounds) => rounds.begin(op),
            _ => {}
        }
    }

    fn item(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        match (&mut self.body, &self.form.shape) {
            (Body::List(rounds), Shape::List(items)) => {
                let item = items.item.read(&reader)?;
                match rounds.op() {
                    Op::Set | Op::Add => rounds.items().push(item),
                    Op::Remove => rounds.last.remove.push(item),
                }
            }
            (Body::Elements(rounds), Shape::Elements { merge_by, .. }) => {
                if rounds.op() != Op::Remove {
                    return Err(Fault::expected("a table", reader.found()));
                }
                rounds.last.remove.push(removed_key(&reader, *merge_by)?);
            }
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self) -> Option<&mut dyn Place> {
        let Shape::Elements { element, .. } = &self.form.shape else { return None };
        let Body::Elements(rounds) = &mut self.body else { return None };
        rounds.items().push(Self::new(element));
        self.last()
    }

    fn last(&mut self) -> Option<&mut dyn Place> {
        let Body::Elements(rounds) = &mut self.body else { return None };
        rounds.items().last_mut().map(|last| last as &mut dyn Place)
    }

    fn at(&mut self, index: usize) -> Option<&mut dyn Place> {
        let Shape::Elements { element, .. } = &self.form.shape else { return None };
        let Body::Elements(rounds) = &mut self.body else { return None };
        Some(rounds.patch(index, || Self::new(element)))
    }
}

impl Mapping for Shaped {
    fn begin(&mut self) {
        if let Body::Map(entries) = &mut self.body {
            entries.begin();
        }
    }

    fn entry(&mut self, key: &str) -> Result<&mut dyn Place, Fault> {
        match (&mut self.body, &self.form.shape) {
            (Body::Map(entries), Shape::Map { value, .. }) => {
                Ok(entries.entry(key.to_owned(), || Self::new(value)))
            }
            _ => Err(Fault::new(FaultKind::Null)),
        }
    }

    fn remove(&mut self, key: &str) {
        if let Body::Map(entries) = &mut self.body {
            entries.remove(key.to_owned());
        }
    }

    fn count(&self) -> usize {
        match &self.body {
            Body::Map(entries) => entries.count(),
            _ => 0,
        }
    }

    fn keys(&self) -> Vec<&str> {
        match &self.body {
            Body::Map(entries) => entries.keys(),
            _ => Vec::new(),
        }
    }
}

impl Choice for Shaped {
    fn schema(&self) -> &'static Schema {
        match &self.form.shape {
            Shape::Choice(definition) => definition.schema(),
            _ => &NOTHING,
        }
    }

    fn select(&mut self, variant: usize) {
        if let Body::Choice { selected, .. } = &mut self.body {
            *selected = Some(variant);
        }
    }

    fn selected(&self) -> Option<usize> {
        match self.body {
            Body::Choice { selected, .. } => selected,
            _ => None,
        }
    }

    fn variant(&mut self, variant: usize) -> &mut dyn Place {
        self.inside(variant)
    }
}
