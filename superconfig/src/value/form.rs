//! What a JSON Schema says of settings besides what their [`Schema`] does: which values they take, and
//! how their cells resolve. Of a struct the derive writes this as code.

use std::sync::OnceLock;

use super::Value;
use super::takes::{Items, Sizes, Takes};
use crate::schema::{Merge, Schema};

/// What a setting is.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // each says something of its own
pub(crate) struct Form {
    pub(crate) shape: Shape,
    /// Whether it may be absent.
    pub(crate) optional: bool,
    /// Whether `null` is a value of it.
    pub(crate) null: bool,
    /// What holds where no source says anything.
    pub(crate) default: Option<Value>,
    pub(crate) merge: Merge,
    /// Whether a later source replaces all of it.
    pub(crate) whole: bool,
}

/// Which kind of cell it has.
#[derive(Debug)]
pub(crate) enum Shape {
    /// One value, read as a whole.
    One(Takes),
    /// A list of such values.
    List(Items),
    /// A list of what has a form of its own.
    Elements { element: &'static Form, merge_by: Option<&'static str>, sizes: Sizes },
    /// A map.
    Map { value: &'static Form, sizes: Sizes },
    /// What a struct is.
    Record(&'static Definition),
    /// What an internally tagged enum is.
    Choice(&'static Definition),
}

/// A part of a JSON Schema that other parts may refer to, and that may hold itself in a list or a map.
#[derive(Default)]
pub(crate) struct Definition {
    pub(crate) schema: OnceLock<Schema>,
    pub(crate) parts: OnceLock<Parts>,
}

/// What a definition is made of.
#[derive(Debug)]
pub(crate) enum Parts {
    /// The settings of a struct, in the order of its schema's.
    Fields(Vec<Form>),
    /// The variants of an enum, each a struct of its own.
    Variants(Vec<Form>),
}

/// What is in it may be itself, so that only the name is shown.
impl std::fmt::Debug for Definition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.schema.get().map_or("", |schema| schema.name))
    }
}

impl Definition {
    /// Its description.
    pub(crate) fn schema(&'static self) -> &'static Schema {
        static NOTHING: Schema = Schema::new("", crate::schema::Body::Record(&[]));
        self.schema.get().unwrap_or(&NOTHING)
    }

    /// The settings of a struct.
    pub(crate) fn fields(&'static self) -> &'static [Form] {
        match self.parts.get() {
            Some(Parts::Fields(fields)) => fields,
            _ => &[],
        }
    }

    /// The variants of an enum.
    pub(crate) fn variants(&'static self) -> &'static [Form] {
        match self.parts.get() {
            Some(Parts::Variants(variants)) => variants,
            _ => &[],
        }
    }
}

impl Form {
    /// What takes these values.
    pub(crate) const fn new(shape: Shape) -> Self {
        Self {
            shape,
            optional: false,
            null: false,
            default: None,
            merge: Merge::Replace,
            whole: false,
        }
    }

    /// Whether its cell may stay empty and begins to exist when a source sets anything in it.
    pub(super) const fn may_be_empty(&self) -> bool {
        self.optional || self.null
    }
}

/// What takes anything.
pub(super) static ANYTHING: Form = Form::new(Shape::One(Takes::Any));
