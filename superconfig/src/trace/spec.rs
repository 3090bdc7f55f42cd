//! What kind of setting a cell is for, from the schema; and places in layers.

use super::data::{self, Data};
use crate::decode::{Span, Tree};
use crate::schema::{Body, Field, Kind, Merge, Schema};

/// A place in one of the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The layer; `None` is that of the declared defaults.
    pub(super) layer: Option<usize>,
    pub(super) span: Option<Span>,
}

impl Mark {
    /// The place of what is declared as a default.
    pub(super) const DEFAULT: Self = Self { layer: None, span: None };
}

/// What kind of setting a cell is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Leaf,
    Word(By),
    List,
    Map,
    Record(By),
    Choice(By),
    NestedList(By, Option<&'static str>),
    NestedMap(By),
    /// What each layer says, where there is no schema.
    Any,
    Skip,
}

/// A schema. They may hold themselves, so only the name is shown.
#[derive(Clone, Copy)]
pub(super) struct By(pub(super) &'static Schema);

impl std::fmt::Debug for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

/// Where a value comes from that no source gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preset {
    None,
    /// Its own default, as written.
    Written(&'static str),
    /// The default of the struct around it, as written.
    Within(&'static str),
}

/// All that a cell knows of its setting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spec {
    pub(super) shape: Shape,
    pub(super) ty: &'static str,
    pub(super) optional: bool,
    /// Whether a later source replaces all of it.
    pub(super) whole: bool,
    pub(super) merge: Merge,
    pub(super) secret: bool,
    pub(super) preset: Preset,
}

impl Spec {
    pub(super) fn root(schema: &'static Schema) -> Self {
        Self::of(schema, false, Preset::None)
    }

    /// A value of a type that derives `SuperConfig`.
    pub(super) fn of(schema: &'static Schema, secret: bool, preset: Preset) -> Self {
        let shape = match schema.body {
            Body::Record(_) => Shape::Record(By(schema)),
            Body::Keyword(_) => Shape::Word(By(schema)),
            Body::Choice { .. } => Shape::Choice(By(schema)),
            Body::Any => Shape::Any,
        };
        let (optional, whole, merge) = (false, false, Merge::Deep);
        Self { shape, ty: schema.name, optional, whole, merge, secret, preset }
    }

    /// Something without a schema.
    pub(super) fn any() -> Self {
        Self { shape: Shape::Any, ..Self::of(&NOTHING, false, Preset::None) }
    }

    /// A field of something that is described by `around`.
    pub(super) fn field(field: &'static Field, around: &Self) -> Self {
        let inherited = match around.preset {
            Preset::None => field.default.map_or(Preset::None, Preset::Written),
            Preset::Written(code) | Preset::Within(code) => Preset::Within(code),
        };
        let secret = around.secret || field.secret;
        let mut spec = match field.kind {
            Kind::Nested(schema) => Self::of(schema, secret, inherited),
            // What is flattened has no default of its own.
            Kind::Flatten(schema) => Self::of(schema, secret, around.preset),
            _ => Self { ty: field.ty, ..Self::of(&NOTHING, secret, inherited) },
        };
        spec.shape = match field.kind {
            Kind::Leaf => Shape::Leaf,
            Kind::List => Shape::List,
            Kind::Map => Shape::Map,
            Kind::NestedList { schema, merge_by } => Shape::NestedList(By(schema.get()), merge_by),
            Kind::NestedMap(schema) => Shape::NestedMap(By(schema.get())),
            Kind::Skip => Shape::Skip,
            Kind::Nested(_) | Kind::Flatten(_) => spec.shape,
        };
        spec.optional = field.optional;
        spec.merge = field.merge;
        spec.whole = field.merge == Merge::Replace
            && matches!(field.kind, Kind::Nested(_) | Kind::Map | Kind::NestedMap(_));
        spec
    }

    /// The variants of an enum.
    pub(super) fn variants(&self) -> impl Iterator<Item = Self> {
        let variants = match self.shape {
            Shape::Choice(By(Schema { body: Body::Choice { variants, .. }, .. })) => *variants,
            _ => &[],
        };
        let secret = self.secret;
        variants.iter().map(move |variant| Self::of(variant.schema, secret, Preset::None))
    }

    /// An element of a list or a map.
    pub(super) fn element(&self) -> Self {
        match self.shape {
            Shape::NestedList(By(schema), _) | Shape::NestedMap(By(schema)) => {
                Self::of(schema, self.secret, Preset::None)
            }
            Shape::Map => {
                let ty = data::value_type(self.ty);
                let (shape, optional) = (Shape::Leaf, data::is_option(ty));
                Self { shape, ty, optional, whole: false, preset: Preset::None, ..*self }
            }
            _ => {
                let ty = data::item_type(self.ty);
                Self { shape: Shape::Leaf, ty, optional: false, preset: Preset::None, ..*self }
            }
        }
    }

    /// Whether it is a struct whose settings stand for themselves: it is always there, is never
    /// replaced as a whole, and has no default of its own.
    pub(super) fn is_divided(&self) -> bool {
        let as_a_whole = self.optional || self.whole || self.preset != Preset::None;
        matches!(self.shape, Shape::Record(_)) && !as_a_whole
    }

    /// Its default, if it has one.
    pub(super) fn by_default(&self) -> Option<Data> {
        match self.preset {
            Preset::None => None,
            Preset::Written(code) => Some(Data::of_default(code, self.ty)),
            Preset::Within(code) => Some(Data::Code(code.to_owned())),
        }
    }

    /// The same, to be read over.
    pub(super) fn ignored(self) -> Self {
        let (shape, preset) = (Shape::Skip, Preset::None);
        Self { shape, preset, optional: false, whole: false, ..self }
    }

    /// The same without a default.
    pub(super) fn without_default(self) -> Self {
        Self { preset: Preset::None, ..self }
    }

    /// What a tree says to it.
    pub(super) fn read(&self, tree: &Tree<'_>) -> Data {
        match self.shape {
            Shape::Word(By(schema)) => Data::of_word(tree, schema),
            _ => Data::of(tree, self.ty),
        }
    }
}

/// What has no schema.
pub(super) static NOTHING: Schema = Schema::new("", Body::Record(&[]));
