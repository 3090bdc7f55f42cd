//! Templates in TOML.

use super::lines::{Lines, Mode};
use super::{Body, Entry};
use crate::reference::literal::{Value, quoted};
use crate::schema::Schema;

pub(super) fn write(schema: &Schema, entries: &[Entry]) -> String {
    let mut lines = Lines::new(schema, "#");
    table(&mut lines, "", entries, Mode::Active);
    lines.profiles(0, schema);
    for profile in schema.profiles {
        lines.line(0, Mode::Off, &format!("[{}]", key(profile)));
    }
    lines.finish()
}

/// The settings of a table, its values first: behind the header of another one they would be there.
fn table(lines: &mut Lines, path: &str, entries: &[Entry], mode: Mode) {
    for entry in entries {
        if let Body::Value { written, .. } = &entry.body {
            lines.about(0, entry);
            let off = if entry.shown { Mode::Shown } else { mode.max(Mode::Off) };
            let key = key(&entry.key);
            match written {
                Some(value) if *value != Value::Null => {
                    lines.line(0, off, &format!("{key} = {value}"));
                }
                _ => lines.line(0, Mode::Shown, &format!("{key} = …")),
            }
        }
    }
    for entry in entries {
        let mode = if entry.shown { Mode::Shown } else { mode };
        let path = match path {
            "" => key(&entry.key),
            path => format!("{path}.{}", key(&entry.key)),
        };
        match &entry.body {
            Body::Value { .. } => {}
            Body::Table { entries, always, .. } => {
                let (mut path, mut entries, mut always) = (path, entries, *always);
                // A header says nothing where there is only another table below: a map's example.
                while let [one] = &entries[..]
                    && let Body::Table { entries: below, always: quiet, .. } = &one.body
                    && one.about.is_empty()
                {
                    path = format!("{path}.{}", key(&one.key));
                    entries = below;
                    always &= quiet;
                }
                let mode = if always { mode } else { mode.max(Mode::Off) };
                lines.about(0, entry);
                lines.line(0, mode, &format!("[{path}]"));
                table(lines, &path, entries, mode);
            }
            Body::Elements { entries, .. } => {
                let mode = mode.max(Mode::Off);
                lines.about(0, entry);
                lines.line(0, mode, &format!("[[{path}]]"));
                table(lines, &path, entries, mode);
            }
        }
    }
}

fn key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}
