//! From a schema to entries.

use super::{Body, Entry};
use crate::reference::literal::{Value, default_of};
use crate::reference::{At, KEY, POSITION, ty};
use crate::schema::{Body as Made, Field, Kind, Merge, Schema};

/// The key of a map's example.
const NAME: &str = "name";

/// The settings of a type, in the order of declaration.
pub(super) fn of_schema(schema: &'static Schema, at: &At) -> Vec<Entry> {
    match schema.body {
        Made::Record(fields) => fields.iter().flat_map(|field| of_field(field, at)).collect(),
        Made::Keyword(_) | Made::Any => Vec::new(),
        Made::Choice { tag, variants } => {
            let at_tag = at.tag(tag);
            let mut entries = Vec::new();
            for (index, variant) in variants.iter().enumerate() {
                let word = variant.word.name;
                let mut about = Vec::new();
                if index == 0 {
                    about.push(format!("One of: {}.", schema.words().join(", ")));
                    about.extend(at_tag.derived().map(|name| format!("Variable: {name}.")));
                } else {
                    about.push(format!("Or with {tag} = \"{word}\":"));
                }
                about.extend(lines(variant.word.doc));
                let written = Some(Value::Text(word.to_owned()));
                let body = Body::Value { written, plain: None };
                let from = entries.len();
                entries.push(Entry { about, key: tag.to_owned(), body, shown: false });
                entries.extend(of_schema(variant.schema, at));
                // Two variants cannot stand in one place.
                entries[from..].iter_mut().for_each(|entry| entry.shown |= index > 0);
            }
            entries
        }
    }
}

fn of_field(field: &'static Field, around: &At) -> Vec<Entry> {
    let at = around.field(field);
    let mut about = about(field, &at);
    let example = |schema: &'static Schema, what: &str, about: &mut Vec<String>| {
        let inside = at.inside(what);
        if let Some(name) = inside.derived().filter(|_| matches!(schema.body, Made::Keyword(_))) {
            about.push(format!("Variable of an item: {name}."));
        }
        match inside.enter(schema) {
            Some(inside) => of_schema(schema, &inside),
            None => {
                about.push(format!("Its values are as those of {} above.", schema.name));
                Vec::new()
            }
        }
    };
    let default = default_of(field);
    let none = field.optional.then_some(Value::Null);
    // Lists and maps of structs need no default to be empty.
    let empty = field.default.is_none() && !field.required;
    let body = match field.kind {
        Kind::Skip => return Vec::new(),
        Kind::Flatten(schema) => return of_schema(schema, &at),
        Kind::Nested(schema) => match &schema.body {
            Made::Keyword(words) => {
                let first = words.first().map(|word| Value::Text(word.name.to_owned()));
                value(field, first)
            }
            body => {
                // A struct merges key by key and is always there, so that writing it says nothing.
                let always = matches!(body, Made::Record(_))
                    && !field.optional
                    && field.default.is_none()
                    && field.merge == Merge::Deep;
                about.extend(lines(schema.doc).filter(|_| field.doc.is_empty()));
                Body::Table { entries: of_schema(schema, &at), always, plain: none }
            }
        },
        Kind::NestedList { schema, .. } => match schema.get().body {
            Made::Keyword(_) => value(field, Some(Value::List(Vec::new()))),
            _ => {
                about.push("Each of them:".to_owned());
                let entries = example(schema.get(), POSITION, &mut about);
                let plain = default.or(none).or(empty.then(|| Value::List(Vec::new())));
                Body::Elements { entries, plain }
            }
        },
        Kind::NestedMap(schema) => {
            let schema = schema.get();
            let key = ty::sample_key(field.ty, NAME);
            about.push(format!("By name; \"{key}\" is an example."));
            let entries = example(schema, KEY, &mut about);
            let body = match schema.body {
                Made::Keyword(words) => {
                    let written = words.first().map(|word| Value::Text(word.name.to_owned()));
                    Body::Value { written, plain: None }
                }
                _ => Body::Table { entries, always: false, plain: None },
            };
            one_name(key, body, default.or(none).or(empty.then_some(Value::NoEntries)))
        }
        Kind::Map => {
            let key = ty::sample_key(field.ty, NAME);
            about.push(format!("By name; \"{key}\" is an example."));
            if let Some(name) = at.inside(KEY).derived() {
                about.push(format!("Variable of an item: {name}."));
            }
            let item = match ty::of(field.ty) {
                ty::Ty::Map(item) => Some(item),
                ty::Ty::Option(inner) => match *inner {
                    ty::Ty::Map(item) => Some(item),
                    _ => None,
                },
                _ => None,
            };
            let written = item.and_then(|item| item.sample()).filter(|_| !field.custom_decode);
            one_name(key, Body::Value { written, plain: None }, default.or(none))
        }
        Kind::Leaf | Kind::List => {
            let sample = ty::of(field.ty).sample().filter(|_| !field.custom_decode);
            value(field, sample)
        }
    };
    let (key, shown) = (field.name.to_owned(), false);
    vec![Entry { about, key, body, shown }]
}

/// A value with its default, or else with an example.
fn value(field: &Field, example: Option<Value>) -> Body {
    let default = default_of(field).filter(|default| *default != Value::Null);
    let none = field.optional && field.default.is_none_or(|default| default.ends_with("None"));
    let plain = default.clone().or(none.then_some(Value::Null));
    // A file that nobody wrote should not be warned about.
    let plain = plain.filter(|_| field.deprecated.is_none());
    // An expression has a value that is not known here; an example would look as if it were that.
    let example = example.filter(|_| none || field.default.is_none());
    Body::Value { written: default.or(example), plain }
}

/// A map with one name as an example.
fn one_name(key: &str, body: Body, plain: Option<Value>) -> Body {
    let entry = Entry { about: Vec::new(), key: key.to_owned(), body, shown: false };
    Body::Table { entries: vec![entry], always: false, plain }
}

/// What is said above a setting.
fn about(field: &Field, at: &At) -> Vec<String> {
    let mut about: Vec<_> = lines(field.doc).collect();
    if let Some(advice) = field.deprecated {
        about.push(format!("Deprecated: {}.", advice.trim_end_matches('.')));
    }
    let is_word =
        matches!(field.kind, Kind::Nested(schema) if matches!(schema.body, Made::Keyword(_)));
    let mut facts = Vec::new();
    if field.required {
        facts.push("Required.".to_owned());
    }
    if !matches!(field.kind, Kind::Nested(_)) || is_word {
        facts.push(format!("Type: {}.", field.ty));
    }
    match field.default {
        Some(_) if field.secret => facts.push("Default: [redacted].".to_owned()),
        Some(written) => match default_of(field) {
            Some(Value::Null) => facts.push("Optional.".to_owned()),
            Some(value) => facts.push(format!("Default: {value}.")),
            None => facts.push(format!("Default: {written}.")),
        },
        None if field.optional => facts.push("Optional.".to_owned()),
        None => {}
    }
    if field.secret {
        facts.push("Secret.".to_owned());
    }
    about.push(facts.join(" "));
    if let Kind::Nested(schema) = field.kind
        && let Made::Keyword(words) = schema.body
    {
        about.push(format!("One of: {}.", schema.words().join(", ")));
        for word in words.iter().filter(|word| !word.doc.is_empty()) {
            let doc: Vec<_> = word.doc.split_whitespace().collect();
            about.push(format!("  {}: {}", word.name, doc.join(" ")));
        }
    }
    // A struct's variable takes JSON; those of what is inside it are the ones that people use.
    let names = match field.kind {
        Kind::Nested(_) if !is_word => Vec::new(),
        _ => at.names(field),
    };
    if let Some(first) = names.first() {
        let plural = if names.len() > 1 { "s" } else { "" };
        let file =
            if field.secret { format!(", or {first}_FILE for a file") } else { String::new() };
        about.push(format!("Variable{plural}: {}{file}.", names.join(", ")));
    }
    let mut also = Vec::new();
    if field.takes_add() {
        also.push(format!("{}_add", field.name));
    }
    if field.takes_remove() {
        also.push(format!("{}_remove", field.name));
    }
    also.extend(field.aliases.iter().filter(|it| !it.deprecated).map(|it| it.name.to_owned()));
    if !also.is_empty() {
        about.push(format!("Also: {}.", also.join(", ")));
    }
    if field.restart_required {
        about.push("A change needs a restart.".to_owned());
    }
    about.retain(|line| !line.is_empty());
    about
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> {
    text.trim().lines().map(|line| line.trim_end().to_owned())
}
