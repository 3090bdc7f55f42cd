//! Variables straight into a layer, as documents go. What is anything but plain is left to the tree: a
//! table in JSON, an element of a list, an empty text, the file of a secret, a setting that is
//! deprecated, two variables of which one may be a part of the other.

use std::ffi::OsStr;

use super::{Found, View};
use crate::decode::{Place, Reader, Record, Scalar, Section, Target, Tree, Walk, child};
use crate::schema::{Field, Kind, Meaning, Step};
use crate::stack::Stack;

/// Sets what the variables say, and notes those that had a say. `false` where any is not plain or has
/// no value that the setting takes; what was set until then is to be discarded.
pub(super) fn set(found: &mut [Found<'_>], stack: &mut dyn Stack) -> bool {
    let layer = stack.layer(Section::Base);
    for at in 0..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let one = &mut rest[0];
        // Few variables have an absolute name, so few are compared with the others.
        let outranked = |other: &Found<'_>| other.said && one.is_outranked_by(other);
        one.said = one.rank == 0 || !before.iter().any(outranked);
        if !one.said {
            continue;
        }
        let View { name, value, .. } = one.variable;
        if name.to_str().is_none() || set_one(layer, value, &one.meaning).is_none() {
            return false;
        }
    }
    true
}

/// Sets what one variable says; `None` where it is not plain or has no value that the setting takes.
pub(super) fn set_one(layer: &mut dyn Place, value: &OsStr, meaning: &Meaning) -> Option<()> {
    let text = value.to_str().filter(|text| !text.is_empty() && !meaning.file)?;
    let place = place_of(layer, &meaning.steps)?;
    // A part of it was set, or it was set as a whole: what that means is said by way of the tree.
    if place.is_set() {
        return None;
    }
    let scalar = Scalar::text(text, meaning.field.map_or(",", |field| field.separator));
    match place.target() {
        Target::Value(value) => value.set(Reader::Scalar(&scalar)).ok(),
        Target::Sequence(_) => {
            let is_entry = matches!(meaning.steps.last(), Some(Step::Key(_)));
            let field = meaning.field.filter(|_| !is_entry);
            let mut walk = Walk::default();
            walk.apply(place, field, meaning.op, &Tree::from(scalar));
            walk.findings.is_empty().then_some(())
        }
        _ => None,
    }
}

/// The place at the end of `steps`.
fn place_of<'p>(place: &'p mut dyn Place, steps: &[Step]) -> Option<&'p mut dyn Place> {
    let Some((first, rest)) = steps.split_first() else { return Some(place) };
    let next = match (place.target(), first) {
        (Target::Record(record), Step::Field(key)) => {
            let (field, place) = field_of(record, key)?;
            // That it is read is worth a warning.
            if field.deprecated.is_some() {
                return None;
            }
            place
        }
        (Target::Mapping(map), Step::Key(key)) => {
            map.begin();
            map.entry(key).ok()?
        }
        _ => return None,
    };
    place_of(next, rest)
}

/// The field of this name, and its place. The name is nearly always the very one that the schema has,
/// which is told without comparing texts.
fn field_of<'r>(
    record: &'r mut dyn Record,
    name: &'static str,
) -> Option<(&'static Field, &'r mut dyn Place)> {
    let is_it = |field: &Field| {
        std::ptr::eq(field.name, name) && !matches!(field.kind, Kind::Flatten(_) | Kind::Skip)
    };
    let fields = record.schema().fields();
    if let Some(index) = fields.iter().position(is_it) {
        return Some((&fields[index], record.place(index)));
    }
    let child = child(record, name, &mut 0)?;
    Some((child.hit.field, child.place))
}
