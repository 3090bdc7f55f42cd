//! Variables by their absolute names, from `env = "…"`.

use super::super::{Field, Kind, Schema};
use super::text::{Text, begins};
use super::{claims, claims_suffix};

/// Absolute names: against each other, across the fields of this struct, and against the derived
/// ones where the prefix is known.
#[track_caller]
pub(super) const fn compare(schema: &'static Schema) {
    let fields = schema.fields();
    let mut left = 0;
    while left < fields.len() {
        let mut right = 0;
        while right < fields.len() {
            if left != right {
                walk_absolute(
                    schema,
                    &fields[left],
                    Some(&fields[right]),
                    left < right,
                    Text::new(),
                );
            }
            right += 1;
        }
        walk_absolute(schema, &fields[left], None, false, Text::new());
        left += 1;
    }
}

/// Finds the absolute names below `field`. With `other`, each is compared with the absolute names
/// (`both`) and the derived names of that field; without, with the derived names of `field`'s own
/// subtree, its own excepted.
#[track_caller]
const fn walk_absolute(
    root: &'static Schema,
    field: &'static Field,
    other: Option<&'static Field>,
    both: bool,
    path: Text,
) {
    let mut path = path;
    if !matches!(field.kind, Kind::Flatten(_)) {
        if !path.is_empty() {
            path.add(".");
        }
        path.add(field.name);
    }
    let mut index = 0;
    while index < field.env_names.len() {
        let name = field.env_names[index];
        if let Some(other) = other {
            if both && let Some(same) = has_absolute(other, name.as_bytes(), Text::new()) {
                clash(root, name, path, same);
            }
            if let Some(prefix) = root.env_prefix
                && begins(name.as_bytes(), prefix.as_bytes())
                && name.len() > prefix.len()
            {
                let (_, rest) = name.as_bytes().split_at(prefix.len() + 1);
                if let Some(same) = claims(other, rest, Text::new()) {
                    clash(root, name, path, same);
                }
            }
        }
        index += 1;
    }
    if let Kind::Nested(inner) | Kind::Flatten(inner) = field.kind {
        let fields = inner.fields();
        let mut index = 0;
        while index < fields.len() {
            walk_absolute(root, &fields[index], other, both, path);
            index += 1;
        }
    }
}

const fn has_absolute(field: &'static Field, name: &[u8], path: Text) -> Option<Text> {
    let mut path = path;
    if !matches!(field.kind, Kind::Flatten(_)) {
        if !path.is_empty() {
            path.add(".");
        }
        path.add(field.name);
    }
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
