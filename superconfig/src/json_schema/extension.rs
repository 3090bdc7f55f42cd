//! `x-superconfig`: of settings what JSON Schema has no keyword for, so that whoever reads a JSON
//! Schema of a struct knows what the struct says.

use super::json::Json;
use super::leaf;
use crate::reference::literal::{Value, default_of};
use crate::reference::ty::{self, Ty};
use crate::schema::spelling::env_part;
use crate::schema::{Body, Field, Kind, Merge, Schema, Word};

/// Our own keyword.
pub(super) const EXTENSION: &str = "x-superconfig";

/// Gives a schema its extension, where that says anything.
pub(super) fn put(schema: &mut Json, extension: Json) {
    if extension.keys().next().is_some() {
        schema.put(EXTENSION, extension);
    }
}

/// The section of a profile.
pub(super) fn section() -> Json {
    Json::object().with("section", Json::Bool(true))
}

/// Another name of a field.
pub(super) fn alias_of(field: &Field) -> Json {
    Json::object().with("alias_of", Json::text(field.name))
}

/// What adds to a field, or removes from it.
pub(super) fn step_of(field: &Field) -> Json {
    Json::object().with("step_of", Json::text(field.name))
}

fn texts(texts: &[&str]) -> Json {
    Json::List(texts.iter().map(|text| Json::text(text)).collect())
}

/// What the outermost struct says.
pub(super) fn of_root(schema: &Schema) -> Json {
    let mut root = Json::object();
    for (name, value) in [("app", schema.app), ("env_prefix", schema.env_prefix)] {
        if let Some(value) = value {
            root.put(name, Json::text(value));
        }
    }
    if !schema.profiles.is_empty() {
        root.put("profiles", texts(schema.profiles));
    }
    root
}

/// Which words are other spellings of others.
pub(super) fn of_words(words: &[Word]) -> Json {
    let mut aliases = Json::object();
    for word in words.iter().filter(|word| !word.aliases.is_empty()) {
        aliases.put(word.name, texts(word.aliases));
    }
    let mut extension = Json::object();
    if aliases.keys().next().is_some() {
        extension.put("aliases", aliases);
    }
    extension
}

/// What a field says.
pub(super) fn of_field(field: &'static Field) -> Json {
    let mut all = Json::object();
    let mut flag = |name: &str, on: bool| {
        if on {
            all.put(name, Json::Bool(true));
        }
    };
    // A struct that is no `Option` is always there.
    let always =
        matches!(field.kind, Kind::Nested(_)) && !field.optional && field.default.is_none();
    flag("required", field.required || always);
    flag("restart_required", field.restart_required);
    flag("whole", is_whole(field));
    flag("nested", holds_words(field));
    if told_type(field) != field.ty {
        all.put("type", Json::text(field.ty));
    }
    if let (Some(written), Some(value)) = (field.default, default_of(field))
        && value != Value::Null
        && written != value.to_string()
    {
        all.put("default", Json::text(written));
    }
    if !field.env_derived {
        all.put("env", Json::Bool(false));
    } else if !field.env_names.is_empty() {
        all.put("env", texts(field.env_names));
    }
    if field.env != env_part(field.name) {
        all.put("env_part", Json::text(field.env));
    }
    if field.separator != "," {
        all.put("separator", Json::text(field.separator));
    }
    if let Some(advice) = field.deprecated {
        all.put("deprecated", Json::text(advice));
    }
    let structured = matches!(field.kind, Kind::Nested(_) | Kind::Map | Kind::NestedMap(_));
    match (field.kind, field.merge) {
        (Kind::NestedList { merge_by: Some(key), .. }, _) => all.put("merge_by", Json::text(key)),
        (_, Merge::Deep) if structured => {}
        (_, Merge::Replace) if !structured => {}
        (_, merge) => all.put("merge", Json::text(name_of(merge))),
    }
    all
}

/// The type that the keywords of a field tell, as whoever reads them would name it.
fn told_type(field: &Field) -> String {
    let told = match field.kind {
        Kind::Nested(schema) => schema.name.to_owned(),
        Kind::NestedList { schema, .. } => format!("Vec<{}>", schema.get().name),
        Kind::NestedMap(schema) => format!("BTreeMap<String, {}>", schema.get().name),
        _ if field.custom_decode => "Value".to_owned(),
        _ => return leaf::name(&ty::of(field.ty)),
    };
    if field.optional { format!("Option<{told}>") } else { told }
}

fn name_of(merge: Merge) -> &'static str {
    match merge {
        Merge::Replace => "replace",
        Merge::Append => "append",
        Merge::Prepend => "prepend",
        Merge::Union => "union",
        Merge::Deep => "deep",
    }
}

/// Whether a list or map is one value.
fn is_whole(field: &Field) -> bool {
    let plain = match ty::of(field.ty) {
        Ty::Option(inner) => *inner,
        ty => ty,
    };
    matches!(field.kind, Kind::Leaf) && matches!(plain, Ty::List(_) | Ty::Map(_))
}

/// Whether it is a list or map of the words of an enum.
fn holds_words(field: &Field) -> bool {
    match field.kind {
        Kind::NestedList { schema, .. } | Kind::NestedMap(schema) => {
            matches!(schema.get().body, Body::Keyword(_))
        }
        _ => false,
    }
}
