//! Variables by their absolute names, from `env = "…"`.

use super::super::{Body, Field, Kind, Schema, Variant};
use super::text::{Text, begins, equal};
use super::{claims_in, claims_suffix};

/// Absolute names: against each other, across the fields of this struct or enum, and against the
/// derived ones where the prefix is known.
#[track_caller]
pub(super) const fn compare(schema: &'static Schema) {
    match schema.body {
        Body::Record(fields) => among(schema, fields),
        Body::Keyword(_) | Body::Any => {}
        Body::Choice { variants, .. } => {
            let mut left = 0;
            while left < variants.len() {
                of_variant(schema, variants, left);
                left += 1;
            }
        }
    }
}

/// Compares the fields of one variant with each other, and with those of the variants behind it.
#[track_caller]
const fn of_variant(root: &'static Schema, variants: &'static [Variant], left: usize) {
    let ours = variants[left].schema.fields();
    among(root, ours);
    let mut right = left + 1;
    while right < variants.len() {
        let theirs = variants[right].schema.fields();
        let mut our = 0;
        while our < ours.len() {
            below(root, &ours[our], theirs, Text::new());
            our += 1;
        }
        right += 1;
    }
}

/// Compares fields that stand in one table.
#[track_caller]
const fn among(root: &'static Schema, fields: &'static [Field]) {
    let mut index = 0;
    while index < fields.len() {
        let (_, behind) = fields.split_at(index + 1);
        below(root, &fields[index], behind, Text::new());
        index += 1;
    }
}

/// Compares the absolute names of `field` and of the settings inside of it with those of `others`,
/// and with all derived names. A setting may have its derived name twice, and the same key in two
/// variants of an enum is one setting.
#[track_caller]
const fn below(root: &'static Schema, field: &'static Field, others: &'static [Field], path: Text) {
    let path = with_field(path, field);
    let mut at = 0;
    while at < field.env_names.len() {
        let name = field.env_names[at];
        if let Some(same) = has_absolute_among(others, name.as_bytes(), Text::new())
            && !equal(same.bytes(), path.bytes())
        {
            clash(root, name, path, same);
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
        inside(root, inner, others, path);
    }
}

/// The same of every field of `schema`, of which `path` is the place.
#[track_caller]
const fn inside(
    root: &'static Schema,
    schema: &'static Schema,
    others: &'static [Field],
    path: Text,
) {
    match schema.body {
        Body::Record(fields) => {
            let mut index = 0;
            while index < fields.len() {
                below(root, &fields[index], others, path);
                index += 1;
            }
        }
        Body::Keyword(_) | Body::Any => {}
        Body::Choice { variants, .. } => {
            let mut index = 0;
            while index < variants.len() {
                inside(root, variants[index].schema, others, path);
                index += 1;
            }
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
    match field.kind {
        Kind::Nested(inner) | Kind::Flatten(inner) => has_absolute_in(inner, name, path),
        _ => None,
    }
}

const fn has_absolute_in(schema: &'static Schema, name: &[u8], path: Text) -> Option<Text> {
    match schema.body {
        Body::Record(fields) => has_absolute_among(fields, name, path),
        Body::Keyword(_) | Body::Any => None,
        Body::Choice { variants, .. } => {
            let mut index = 0;
            while index < variants.len() {
                if let Some(found) = has_absolute_in(variants[index].schema, name, path) {
                    return Some(found);
                }
                index += 1;
            }
            None
        }
    }
}

const fn has_absolute_among(fields: &'static [Field], name: &[u8], path: Text) -> Option<Text> {
    let mut index = 0;
    while index < fields.len() {
        if let Some(found) = has_absolute(&fields[index], name, path) {
            return Some(found);
        }
        index += 1;
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
