//! All settings as tables, one for each struct.

use std::fmt::Write;

use super::{At, KEY, POSITION};
use crate::schema::{Body, Field, Kind, Schema, Word};

impl Schema {
    /// All settings as Markdown, with a table for each struct: key, type, default, variables,
    /// meaning. For an outermost struct also `Settings::reference()`.
    ///
    /// ```
    /// use superconfig::SuperConfig;
    ///
    /// #[derive(SuperConfig)]
    /// #[config(env_prefix = "ORDERS")]
    /// struct Settings {
    ///     /// Port to listen on.
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// assert!(Settings::reference().contains(
    ///     "| `port` | `u16` | `8080` | `ORDERS_PORT` | Port to listen on. |"
    /// ));
    /// ```
    pub fn reference(&'static self) -> String {
        let mut out = format!("# {}\n", self.name);
        section(&mut out, self, &At::root(self));
        if let Some(prefix) = self.env_prefix.filter(|_| !self.profiles.is_empty()) {
            let names: Vec<_> = self.profiles.iter().map(|name| format!("`{name}`")).collect();
            let _ = write!(out, "\nProfiles: {}; `{prefix}_PROFILE` selects.\n", names.join(", "));
        }
        out
    }
}

/// A table of what stands here, and the sections of what is inside it.
fn section(out: &mut String, schema: &'static Schema, at: &At) {
    if !schema.doc.is_empty() {
        let _ = write!(out, "\n{}\n", schema.doc.trim());
    }
    let mut inside = Vec::new();
    match schema.body {
        Body::Record(fields) => {
            header(out);
            rows(out, fields, at, &mut inside);
        }
        Body::Keyword(words) => {
            words.iter().for_each(|each| word(out, each));
        }
        Body::Any => {}
        Body::Choice { tag, variants } => {
            let at_tag = at.tag(tag);
            header(out);
            let words: Vec<_> = schema.words().iter().map(|word| format!("`{word}`")).collect();
            let variable = at_tag.derived().map(|name| format!("`{name}`")).unwrap_or_default();
            row(
                out,
                [&format!("`{tag}`"), &words.join(", "), "", &variable, "Which of them it is."],
            );
            for variant in variants {
                let _ = write!(out, "\nWith `{tag}` = `{}`:", variant.word.name);
                if !variant.word.doc.is_empty() {
                    let _ = write!(out, " {}", flat(variant.word.doc));
                }
                out.push('\n');
                if !variant.schema.fields().is_empty() {
                    header(out);
                    rows(out, variant.schema.fields(), at, &mut inside);
                }
            }
        }
    }
    for (schema, at) in inside {
        let _ = write!(out, "\n## `{}`\n", at.path);
        section(out, schema, &at);
    }
}

fn header(out: &mut String) {
    out.push_str("\n| key | type | default | variables | meaning |\n");
    out.push_str("| --- | --- | --- | --- | --- |\n");
}

fn row(out: &mut String, cells: [&str; 5]) {
    for cell in cells {
        let _ = write!(out, "|{}{cell}", if cell.is_empty() { "" } else { " " });
        out.push(' ');
    }
    out.push_str("|\n");
}

fn word(out: &mut String, word: &Word) {
    let _ = write!(out, "\n* `{}`", word.name);
    if !word.doc.is_empty() {
        let _ = write!(out, ": {}", flat(word.doc));
    }
    out.push('\n');
}

fn rows(
    out: &mut String,
    fields: &'static [Field],
    around: &At,
    inside: &mut Vec<(&'static Schema, At)>,
) {
    for field in fields {
        let at = around.field(field);
        let within = match field.kind {
            Kind::Skip => continue,
            Kind::Flatten(schema) => {
                rows(out, schema.fields(), &at, inside);
                continue;
            }
            Kind::Nested(schema) => Some((schema, at.clone())),
            Kind::NestedMap(schema) => Some((schema.get(), at.inside(KEY))),
            Kind::NestedList { schema, .. } => Some((schema.get(), at.inside(POSITION))),
            Kind::Leaf | Kind::List | Kind::Map => None,
        };
        if let Some((schema, at)) = within
            && !matches!(schema.body, Body::Keyword(_))
            && let Some(at) = at.enter(schema)
        {
            inside.push((schema, at));
        }
        let code =
            |text: &str| format!("`{}`", text.replace('|', "\\|").replace(['\n', '\r'], " "));
        let default = match field.default {
            _ if field.required => "required".to_owned(),
            Some(_) if field.secret => "[redacted]".to_owned(),
            Some(default) => code(default),
            None => String::new(),
        };
        let names = at.names(field);
        let variables: Vec<_> = names.iter().map(|name| code(name)).collect();
        let (key, ty, meaning) = (code(field.name), code(field.ty), meaning(field, &names));
        row(out, [&key, &ty, &default, &variables.join(", "), &meaning]);
    }
}

/// What a table says of a setting behind its variables.
fn meaning(field: &Field, names: &[String]) -> String {
    let mut parts = vec![flat(field.doc)];
    if let Kind::Nested(schema) = field.kind
        && let Body::Keyword(_) = schema.body
    {
        let words: Vec<_> = schema.words().iter().map(|word| format!("`{word}`")).collect();
        parts.push(format!("One of {}.", words.join(", ")));
    }
    if field.secret {
        let file = names.first().map(|name| format!("; `{name}_FILE` names a file that holds it"));
        parts.push(format!("Secret{}.", file.unwrap_or_default()));
    }
    if let Some(advice) = field.deprecated {
        parts.push(format!("Deprecated: {}.", flat(advice).trim_end_matches('.')));
    }
    let name = field.name;
    match (field.takes_add(), field.takes_remove()) {
        (true, true) => parts.push(format!("Also `{name}_add`, `{name}_remove`.")),
        (true, false) => parts.push(format!("Also `{name}_add`.")),
        (false, true) => parts.push(format!("Also `{name}_remove`.")),
        (false, false) => {}
    }
    if field.restart_required {
        parts.push("A change needs a restart.".to_owned());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// A text on one line, as a cell of a table takes it.
fn flat(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}
