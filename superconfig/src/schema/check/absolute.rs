//! Variables by their absolute names, from `env = "…"`.

use super::super::{Field, Kind, Schema};
use super::text::{Text, begins, equal};
use super::{claims_in, claims_suffix};

/// Absolute names: against each other, across the fields of this struct, and against the derived
/// ones where the prefix is known.
#[track_caller]
pub(super) const fn compare(schema: &'static Schema) {
    let mut index = 0;
    while index < schema.fields().len() {
        below(schema, index, &schema.fields()[index], Text::new());
        index += 1;
    }
}

/// Compares the absolute names of `field` and of the settings inside of it with those of the fields
/// behind the one at `index`, which it is or is in, and with all derived names. A setting may have
/// its derived name twice.
#[track_caller]
const fn below(root: &'static Schema, index: usize, field: &'static Field, path: Text) {
    let path = with_field(path, field);
    let mut at = 0;
    while at < field.env_names.len() {
        let name = field.env_names[at];
        let mut other = index + 1;
        while other < root.fields().len() {
            if let Some(same) = has_absolute(&root.fields()[other], name.as_bytes(), Text::new()) {
                clash(root, name, path, same);
            }
            other += 1;
        }
        if let Some(prefix) = root.env_prefix
            && begins(name.as_bytes(), prefix.as_bytes())
            && name.len() > prefix.len()
        {
            let (_, rest) = name.as_bytes().split_at(prefix.len() + 1);
            if let Some(same) = claims_in(root, rest, Text::new())
                && !equal(same.bytes(), path.bytes())
            {
                clash(root, name, path, same);
            }
        }
        at += 1;
    }
    if let Kind::Nested(inner) | Kind::Flatten(inner) = field.kind {
        let mut at = 0;
        while at < inner.fields().len() {
            below(root, index, &inner.fields()[at], path);
            at += 1;
        }
    }
}

/// The path of a field; what is flattened stands among the others.
const fn with_field(path: Text, field: &Field) -> Text {
    let mut path = path;
    if !matches!(field.kind, Kind::Flatten(_)) {
        if !path.is_empty() {
            path.add(".");
        }
        path.add(field.name);
    }
    path
}

const fn has_absolute(field: &'static Field, name: &[u8], path: Text) -> Option<Text> {
    let path = with_field(path, field);
    let mut index = 0;
    while index < field.env_names.len() {
        let known = field.env_names[index].as_bytes();
        if begins(name, known) {
            let (_, rest) = name.split_at(known.len());
            if rest.is_empty() || claims_suffix(field, rest) {
                return Some(path);
            }
        }
        index += 1;
    }
    if let Kind::Nested(inner) | Kind::Flatten(inner) = field.kind {
        let fields = inner.fields();
        let mut index = 0;
        while index < fields.len() {
            if let Some(found) = has_absolute(&fields[index], name, path) {
                return Some(found);
            }
            index += 1;
        }
    }
    None
}

#[track_caller]
const fn clash(root: &'static Schema, name: &str, left: Text, right: Text) {
    let mut text = Text::new();
    text.add("two settings claim the variable ").add(name).add(": `");
    text.add_bytes(left.bytes()).add("` and `").add_bytes(right.bytes()).add("` of `");
    text.add(root.name).add("`; give one of them another name");
    text.panic();
}
