//! Templates in YAML.
//!
//! A key with only comments below it would be `null`, so here the keys of structs are comments, too.

use super::lines::{Lines, Mode};
use super::{Body, Entry};
use crate::reference::literal::{Value, quoted};
use crate::schema::Schema;

pub(super) fn write(schema: &Schema, entries: &[Entry]) -> String {
    let mut lines = Lines::new(schema, "#");
    mapping(&mut lines, 0, entries, Mode::Off);
    lines.profiles(0, schema);
    for profile in schema.profiles {
        lines.line(0, Mode::Off, &format!("{}: {{}}", key(profile)));
    }
    lines.finish()
}

fn mapping(lines: &mut Lines, indent: usize, entries: &[Entry], mode: Mode) {
    for entry in entries {
        let mode = if entry.shown { Mode::Shown } else { mode };
        let key = key(&entry.key);
        lines.about(indent, entry);
        match &entry.body {
            Body::Value { written: Some(value), .. } if *value != Value::Null => {
                lines.line(indent, mode, &format!("{key}: {value}"));
            }
            Body::Value { .. } => lines.line(indent, Mode::Shown, &format!("{key}: …")),
            Body::Table { entries, .. } if entries.iter().any(is_written) => {
                lines.line(indent, mode, &format!("{key}:"));
                mapping(lines, indent + 2, entries, mode);
            }
            Body::Table { entries, .. } => {
                lines.line(indent, mode, &format!("{key}: {{}}"));
                mapping(lines, indent + 2, entries, mode);
            }
            Body::Elements { entries, .. } => {
                lines.line(indent, mode, &format!("{key}:"));
                let dash = if entries.iter().any(is_written) { "-" } else { "- {}" };
                lines.line(indent + 2, mode, dash);
                mapping(lines, indent + 4, entries, mode);
            }
        }
    }
}

/// Whether anything stands there when the marks are taken away.
fn is_written(entry: &Entry) -> bool {
    match &entry.body {
        Body::Value { written, .. } => {
            !entry.shown && written.as_ref().is_some_and(|value| *value != Value::Null)
        }
        _ => !entry.shown,
    }
}

fn key(key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let bare = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(plain)
        && !words.contains(&&*key.to_ascii_lowercase());
    if bare { key.to_owned() } else { quoted(key) }
}
