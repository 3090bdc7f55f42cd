//! Templates in JSON, which has no comments: the defaults.

use super::{Body, Entry};
use crate::reference::literal::quoted;

pub(super) fn write(entries: &[Entry]) -> String {
    let mut out = String::new();
    object(&mut out, 0, entries);
    out.push('\n');
    out
}

fn object(out: &mut String, indent: usize, entries: &[Entry]) {
    let mut separator = "";
    out.push('{');
    for entry in entries {
        let (value, inside) = match &entry.body {
            Body::Value { plain, .. }
            | Body::Table { always: false, plain, .. }
            | Body::Elements { plain, .. } => (plain.as_ref().map(ToString::to_string), None),
            Body::Table { entries, .. } => (Some(String::new()), Some(entries)),
        };
        let Some(value) = value else { continue };
        out.push_str(separator);
        out.push('\n');
        out.push_str(&" ".repeat(indent + 2));
        out.push_str(&quoted(&entry.key));
        out.push_str(": ");
        out.push_str(&value);
        if let Some(entries) = inside {
            object(out, indent + 2, entries);
        }
        separator = ",";
    }
    if separator == "," {
        out.push('\n');
        out.push_str(&" ".repeat(indent));
    }
    out.push('}');
}
