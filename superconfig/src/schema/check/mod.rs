//! Checks that run while the user's crate compiles.
//!
//! A macro sees one struct. Whether two settings of a *tree* of structs would claim the same
//! variable is decided here, by constant evaluation over the schemas that the derive wrote:
//! generated code says `const _: () = check::names(SCHEMA);`, and a panic in there is a compile
//! error that shows its text.
//!
//! Two settings in different structs of one nested struct were compared when that struct was
//! checked, so each struct compares only what its own fields hold with each other. And two fields
//! can only clash where the part of one begins the part of the other, so nearly every pair is
//! done with after one comparison.
//!
//! Everything that can refuse is `#[track_caller]`: the compiler then shows the struct that is
//! refused, and not its way through these files.

// Constant evaluation knows no addresses worth saving: copies keep this code plain.
#![allow(clippy::large_types_passed_by_value)]

mod absolute;
mod text;

use text::{Text, begins, equal};

use super::{Body, Field, Kind, Schema, Variant, Word};

/// Refuses two settings that would claim the same variable.
///
/// # Panics
///
/// While compiling, with a text that names the variable and both settings.
#[track_caller]
pub const fn names(schema: &'static Schema) {
    let fields = schema.fields();
    let mut left = 0;
    while left < fields.len() {
        flattened(schema, &fields[left]);
        let mut right = left + 1;
        while right < fields.len() {
            pair(schema, &fields[left], &fields[right]);
            right += 1;
        }
        left += 1;
    }
    if let Body::Choice { variants, .. } = schema.body {
        between_variants(schema, variants);
    }
    absolute::compare(schema);
}

/// Compares the settings of variants with each other: a variable is read before it is known which
/// variant stands, so it may mean one key only. The same key in two variants is one setting.
#[track_caller]
const fn between_variants(schema: &'static Schema, variants: &'static [Variant]) {
    let mut left = 0;
    while left < variants.len() {
        let mut right = left + 1;
        while right < variants.len() {
            let (ours, theirs) = (variants[left].schema.fields(), variants[right].schema.fields());
            let mut our = 0;
            while our < ours.len() {
                let mut their = 0;
                while their < theirs.len() {
                    if !equal(ours[our].name.as_bytes(), theirs[their].name.as_bytes()) {
                        pair(schema, &ours[our], &theirs[their]);
                    }
                    their += 1;
                }
                our += 1;
            }
            right += 1;
        }
        left += 1;
    }
}

/// Refuses an enum whose tag and settings would stand among those of a struct: which of them belong
/// to which variant is asked by their table, and there is none.
#[track_caller]
const fn flattened(schema: &'static Schema, field: &'static Field) {
    if let Kind::Flatten(inner) = field.kind
        && !matches!(inner.body, Body::Record(_))
    {
        let mut text = Text::new();
        text.add("`").add(schema.name).add("` flattens `").add(inner.name);
        text.add("`, which is an enum; write `nested`, which gives it a key of its own");
        text.panic();
    }
}

/// Refuses a `merge_by` of no such field, or of one that cannot be compared.
///
/// # Panics
///
/// While compiling, with a text that says which fields there are to choose from.
#[track_caller]
pub const fn merge_by(schema: &'static Schema, list: &'static str, key: &'static str) {
    let fields = schema.fields();
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        if equal(field.name.as_bytes(), key.as_bytes()) {
            if matches!(field.kind, Kind::Leaf) && is_comparable(field.ty) {
                return;
            }
            let mut text = Text::new();
            text.add("`merge_by = ").add(key).add("` on `").add(list).add("`: `");
            text.add(schema.name).add(".").add(key).add("` is of type `").add(field.ty);
            text.add("`, and elements are matched by a string, an integer, a `char`, a `bool` or an address");
            text.panic();
        }
        index += 1;
    }
    let mut text = Text::new();
    text.add("`merge_by = ").add(key).add("` on `").add(list).add("`: `").add(schema.name);
    text.add("` has no field of that key; it has ");
    let mut index = 0;
    while index < fields.len() {
        text.add(if index == 0 { "`" } else { ", `" }).add(fields[index].name).add("`");
        index += 1;
    }
    text.panic();
}

/// Refuses a default in quotes for a nested type that has no such word: only a fieldless enum has
/// words, and a struct is made of its fields' own defaults.
///
/// # Panics
///
/// While compiling, with a text that says which words there are.
#[track_caller]
pub const fn word(schema: &'static Schema, field: &'static str, default: &'static str) {
    let mut text = Text::new();
    text.add("`default = \"").add(default).add("\"` on `").add(field).add("`: `").add(schema.name);
    let Body::Keyword(words) = schema.body else {
        text.add("` is no fieldless enum; ");
        text.add("give an expression of its type, or defaults to its fields");
        text.panic();
    };
    text.add("` has no variant of that name; it has ");
    let mut index = 0;
    while index < words.len() {
        if is_word(&words[index], default) {
            return;
        }
        text.add(if index == 0 { "`" } else { ", `" }).add(words[index].name).add("`");
        index += 1;
    }
    text.panic();
}

const fn is_word(word: &Word, text: &str) -> bool {
    let mut index = 0;
    while index < word.aliases.len() {
        if equal(word.aliases[index].as_bytes(), text.as_bytes()) {
            return true;
        }
        index += 1;
    }
    equal(word.name.as_bytes(), text.as_bytes())
}

/// The types whose values are compared by their texts, given to another macro: to one that takes
/// their names, here, and to one that takes their values, in `layer/leaf.rs`.
macro_rules! comparable_types {
    ($with:ident) => {
        $with!(
            String,
            u8,
            u16,
            u32,
            u64,
            u128,
            usize,
            i8,
            i16,
            i32,
            i64,
            i128,
            isize,
            bool,
            char,
            Box<str>,
            IpAddr,
            Ipv4Addr,
            Ipv6Addr,
            SocketAddr
        )
    };
}
pub(crate) use comparable_types;

/// Whether the values of a type are compared by their texts.
const fn is_comparable(ty: &str) -> bool {
    macro_rules! names {
        ($($type:ty),*) => {
            &[$(stringify!($type)),*]
        };
    }
    const TYPES: &[&str] = comparable_types!(names);
    // `std::net::IpAddr` is `IpAddr`.
    let bytes = ty.as_bytes();
    let mut start = 0;
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] == b':' && bytes[at + 1] == b':' {
            start = at + 2;
        }
        at += 1;
    }
    let (_, last) = bytes.split_at(start);
    let mut index = 0;
    while index < TYPES.len() {
        if equal(last, TYPES[index].as_bytes()) {
            return true;
        }
        index += 1;
    }
    false
}

/// Compares what two fields of one struct claim; the fields of a flattened struct stand beside
/// those of the struct around it.
#[track_caller]
const fn pair(root: &'static Schema, left: &'static Field, right: &'static Field) {
    if let Kind::Flatten(inner) = left.kind {
        let fields = inner.fields();
        let mut index = 0;
        while index < fields.len() {
            pair(root, &fields[index], right);
            index += 1;
        }
        return;
    }
    if let Kind::Flatten(inner) = right.kind {
        let fields = inner.fields();
        let mut index = 0;
        while index < fields.len() {
            pair(root, left, &fields[index]);
            index += 1;
        }
        return;
    }
    if is_skip(left) || is_skip(right) {
        return;
    }
    // Fields of one struct were compared by the macro, which sees no flattened ones.
    if equal(left.name.as_bytes(), right.name.as_bytes()) {
        let mut text = Text::new();
        text.add("two settings of `").add(root.name).add("` have the key `").add(left.name);
        text.add("`, at least one of them in a flattened struct; rename one of them");
        text.panic();
    }
    if !left.env_derived || !right.env_derived {
        return;
    }
    if begins(right.env.as_bytes(), left.env.as_bytes()) {
        each(root, right, left, Text::new(), Text::new());
    } else if begins(left.env.as_bytes(), right.env.as_bytes()) {
        each(root, left, right, Text::new(), Text::new());
    }
}

const fn is_skip(field: &Field) -> bool {
    matches!(field.kind, Kind::Skip)
}

/// Compares every name of `longer` with what `claimer` claims. `name` and `path` are what stands
/// before `longer`.
#[track_caller]
const fn each(
    root: &'static Schema,
    longer: &'static Field,
    claimer: &'static Field,
    name: Text,
    path: Text,
) {
    if let Kind::Flatten(inner) = longer.kind {
        return each_of(root, inner, claimer, name, path);
    }
    if !longer.env_derived || is_skip(longer) {
        return;
    }
    let mut name = name;
    let mut path = path;
    if !name.is_empty() {
        name.add("_");
        path.add(".");
    }
    name.add(longer.env);
    path.add(longer.name);
    compare(root, claimer, name, path, "");
    if longer.takes_add() {
        compare(root, claimer, name, path, "_ADD");
    }
    if longer.takes_remove() {
        compare(root, claimer, name, path, "_REMOVE");
    }
    if longer.secret {
        compare(root, claimer, name, path, "_FILE");
    }
    if let Kind::Nested(inner) = longer.kind {
        each_of(root, inner, claimer, name, path);
    }
}

#[track_caller]
const fn each_of(
    root: &'static Schema,
    schema: &'static Schema,
    claimer: &'static Field,
    name: Text,
    path: Text,
) {
    match schema.body {
        Body::Record(fields) => each_field(root, fields, claimer, name, path),
        Body::Keyword(_) | Body::Any => {}
        Body::Choice { tag, variants } => {
            let (mut tag_name, mut tag_path) = (name, path);
            tag_name.add("_").add_part(tag);
            tag_path.add(".").add(tag);
            compare(root, claimer, tag_name, tag_path, "");
            let mut index = 0;
            while index < variants.len() {
                each_of(root, variants[index].schema, claimer, name, path);
                index += 1;
            }
        }
    }
}

#[track_caller]
const fn each_field(
    root: &'static Schema,
    fields: &'static [Field],
    claimer: &'static Field,
    name: Text,
    path: Text,
) {
    let mut index = 0;
    while index < fields.len() {
        each(root, &fields[index], claimer, name, path);
        index += 1;
    }
}

#[track_caller]
const fn compare(
    root: &'static Schema,
    claimer: &'static Field,
    name: Text,
    path: Text,
    suffix: &str,
) {
    let mut name = name;
    name.add(suffix);
    if let Some(other) = claims(claimer, name.bytes(), Text::new()) {
        let mut text = Text::new();
        text.add("two settings claim the variable ");
        if let Some(prefix) = root.env_prefix {
            text.add(prefix).add("_");
        }
        text.add_bytes(name.bytes());
        if root.env_prefix.is_none() {
            text.add(" (behind the prefix)");
        }
        text.add(": `").add_bytes(path.bytes()).add("` and `").add_bytes(other.bytes());
        text.add("` of `").add(root.name);
        text.add("`; rename one of them, or give one `#[config(env = false)]`");
        text.panic();
    }
}

/// The setting of `field` that claims `name`, if one does. `path` is what stands before `field`.
const fn claims(field: &'static Field, name: &[u8], path: Text) -> Option<Text> {
    if let Kind::Flatten(inner) = field.kind {
        return claims_in(inner, name, path);
    }
    if !field.env_derived || is_skip(field) || !begins(name, field.env.as_bytes()) {
        return None;
    }
    let mut path = path;
    if !path.is_empty() {
        path.add(".");
    }
    path.add(field.name);
    let (_, rest) = name.split_at(field.env.len());
    if rest.is_empty() {
        return Some(path);
    }
    if claims_suffix(field, rest) {
        return Some(path);
    }
    let (_, rest) = rest.split_at(1);
    match field.kind {
        Kind::Nested(inner) => claims_in(inner, rest, path),
        // Any name below a map's is one of its keys.
        Kind::Map | Kind::NestedMap(_) => Some(path),
        // And a number below a list's is one of its positions.
        Kind::NestedList { .. } if !rest.is_empty() && rest[0].is_ascii_digit() => Some(path),
        _ => None,
    }
}

const fn claims_suffix(field: &Field, rest: &[u8]) -> bool {
    (field.takes_add() && equal(rest, b"_ADD"))
        || (field.takes_remove() && equal(rest, b"_REMOVE"))
        || (field.secret && equal(rest, b"_FILE"))
}

const fn claims_in(schema: &'static Schema, name: &[u8], path: Text) -> Option<Text> {
    match schema.body {
        Body::Record(fields) => {
            let mut index = 0;
            while index < fields.len() {
                if let Some(found) = claims(&fields[index], name, path) {
                    return Some(found);
                }
                index += 1;
            }
            None
        }
        Body::Keyword(_) | Body::Any => None,
        Body::Choice { tag, variants } => {
            let mut part = Text::new();
            part.add_part(tag);
            if equal(name, part.bytes()) {
                let mut path = path;
                path.add(".").add(tag);
                return Some(path);
            }
            claims_in_variants(variants, name, path)
        }
    }
}

const fn claims_in_variants(variants: &'static [Variant], name: &[u8], path: Text) -> Option<Text> {
    let mut index = 0;
    while index < variants.len() {
        if let Some(found) = claims_in(variants[index].schema, name, path) {
            return Some(found);
        }
        index += 1;
    }
    None
}

#[cfg(test)]
mod tests;
