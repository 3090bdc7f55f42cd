//! Templates in JSON with comments and trailing commas.

use super::lines::{Lines, Mode};
use super::{Body, Entry};
use crate::reference::literal::{Value, quoted};
use crate::schema::Schema;

pub(super) fn write(schema: &Schema, entries: &[Entry]) -> String {
    let mut lines = Lines::new(schema, "//");
    lines.line(0, Mode::Active, "{");
    object(&mut lines, 2, entries, Mode::Active);
    lines.profiles(2, schema);
    for profile in schema.profiles {
        lines.line(2, Mode::Off, &format!("{}: {{}},", quoted(profile)));
    }
    lines.line(0, Mode::Active, "}");
    lines.finish()
}

fn object(lines: &mut Lines, indent: usize, entries: &[Entry], mode: Mode) {
    for entry in entries {
        let mode = if entry.shown { Mode::Shown } else { mode };
        let off = mode.max(Mode::Off);
        let key = quoted(&entry.key);
        lines.about(indent, entry);
        match &entry.body {
            Body::Value { written: Some(value), .. } if *value != Value::Null => {
                lines.line(indent, off, &format!("{key}: {value},"));
            }
            Body::Value { .. } => lines.line(indent, Mode::Shown, &format!("{key}: …")),
            Body::Table { entries, always, .. } => {
                let mode = if *always { mode } else { off };
                lines.line(indent, mode, &format!("{key}: {{"));
                object(lines, indent + 2, entries, mode);
                lines.line(indent, mode, "},");
            }
            Body::Elements { entries, .. } => {
                lines.line(indent, off, &format!("{key}: [{{"));
                object(lines, indent + 2, entries, off);
                lines.line(indent, off, "}],");
            }
        }
    }
}
