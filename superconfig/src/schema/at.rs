//! What stands at a path.

use super::{Body, Field, Kind, Op, Schema, Step};
use crate::path::{KeyPath, Segment};

/// A path as the steps that name it in the schema; `None` where the schema has no such setting.
pub(crate) fn steps(schema: &'static Schema, path: &KeyPath) -> Option<Vec<Step>> {
    let mut at = Within::Schema(schema);
    let mut steps = Vec::new();
    for segment in path.segments() {
        (at, _) = at.step(segment, &mut steps)?;
    }
    Some(steps)
}

/// A path as steps, where nothing says which of its keys are fields.
pub(crate) fn steps_of(path: &KeyPath) -> Vec<Step> {
    path.segments().iter().map(step_of).collect()
}

fn step_of(segment: &Segment) -> Step {
    match segment {
        Segment::Key(key) => Step::Key(key.to_string()),
        Segment::Index(index) => Step::Index(*index),
    }
}

/// Steps as the path that they lead along.
pub(crate) fn path_of(steps: &[Step]) -> KeyPath {
    let segment = |step: &Step| match step {
        Step::Field(key) => Segment::from(*key),
        Step::Key(key) => Segment::from(key.clone()),
        Step::Index(index) => Segment::from(*index),
    };
    steps.iter().map(segment).collect()
}

/// The field that a path ends in.
pub(crate) fn field_at(schema: &'static Schema, path: &KeyPath) -> Option<&'static Field> {
    let mut at = Within::Schema(schema);
    let mut field = None;
    for segment in path.segments() {
        (at, field) = at.step(segment, &mut Vec::new())?;
    }
    field
}

/// The description of the struct or enum that a path ends in.
pub(crate) fn schema_at(schema: &'static Schema, path: &KeyPath) -> Option<&'static Schema> {
    let mut at = Within::Schema(schema);
    for segment in path.segments() {
        (at, _) = at.step(segment, &mut Vec::new())?;
    }
    match at {
        Within::Schema(schema) => Some(schema),
        Within::Items(_) | Within::Value => None,
    }
}

/// The setting that a path is about: `plugins` for the items of `plugins_add` and `plugins_remove`.
pub(crate) fn setting(schema: &'static Schema, path: &KeyPath) -> KeyPath {
    let mut at = Within::Schema(schema);
    let mut setting = KeyPath::root();
    for segment in path.segments() {
        if let (Within::Schema(schema), Segment::Key(key)) = (at, segment)
            && let Some(hit) = schema.find(key, &mut 0)
            && hit.op != Op::Set
        {
            return setting.join(hit.field.name);
        }
        setting.push(segment.clone());
        at = at.step(segment, &mut Vec::new()).map_or(Within::Value, |(at, _)| at);
    }
    setting
}

/// Whether a setting, or what it is in, is a secret. In an enum it is one where any of the variants
/// says so: which one stands may not be known.
pub(crate) fn is_secret(schema: &'static Schema, path: &KeyPath) -> bool {
    meets_secret(Within::Schema(schema), path.segments())
}

fn meets_secret(at: Within, path: &[Segment]) -> bool {
    let Some((segment, rest)) = path.split_first() else { return false };
    if let Within::Schema(Schema { body: Body::Choice { variants, .. }, .. }) = at {
        return variants.iter().any(|variant| meets_secret(Within::Schema(variant.schema), path));
    }
    let Some((next, field)) = at.step(segment, &mut Vec::new()) else { return false };
    field.is_some_and(|field| field.secret) || meets_secret(next, rest)
}

/// What a path has come to.
#[derive(Clone, Copy)]
enum Within {
    Schema(&'static Schema),
    /// The elements or entries have this schema, if any.
    Items(Option<&'static Schema>),
    Value,
}

impl Within {
    fn step(
        self,
        segment: &Segment,
        steps: &mut Vec<Step>,
    ) -> Option<(Self, Option<&'static Field>)> {
        match (self, segment) {
            (Self::Schema(schema), Segment::Key(key)) => {
                if let Body::Choice { tag, variants } = schema.body {
                    if *key == tag {
                        steps.push(Step::Field(tag));
                        return Some((Self::Value, None));
                    }
                    return variants
                        .iter()
                        .find_map(|variant| Self::Schema(variant.schema).step(segment, steps));
                }
                let field = schema.find(key, &mut 0)?.field;
                steps.push(Step::Field(field.name));
                let within = match field.kind {
                    Kind::Nested(inner) | Kind::Flatten(inner) => Self::Schema(inner),
                    Kind::NestedList { schema, .. } => Self::Items(Some(schema.get())),
                    Kind::NestedMap(schema) => Self::Items(Some(schema.get())),
                    Kind::Map | Kind::List => Self::Items(None),
                    Kind::Leaf | Kind::Skip => Self::Value,
                };
                Some((within, Some(field)))
            }
            // The items of a list of plain values have no variables: the list has.
            (Self::Items(None), Segment::Index(_)) => Some((Self::Value, None)),
            (Self::Items(inner), segment) => {
                steps.push(step_of(segment));
                Some((inner.map_or(Self::Value, Self::Schema), None))
            }
            (Self::Schema(_) | Self::Value, _) => None,
        }
    }
}
