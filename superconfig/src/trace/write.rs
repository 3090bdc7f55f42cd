//! Effective values as text of a format.

use std::fmt::Write;

use super::value::{Effective, EffectiveValue, REDACTED};
use crate::format::Format;

/// The values of a whole configuration. What a format cannot say is left to the default: settings
/// that are `None` in TOML, and values that only the program knows, which become comments where
/// the format has them.
pub(super) fn document(value: &EffectiveValue, format: Format) -> String {
    let mut out = String::new();
    match format {
        Format::Toml => toml(value, &mut Vec::new(), &mut out),
        Format::Yaml => yaml(value, 0, &mut out),
        Format::Json | Format::Jsonc => {
            pretty(value, 0, &mut out);
            out.push('\n');
        }
    }
    out
}

/// A string in double quotes, with escapes that JSON, YAML and TOML share.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || c == '\u{feff}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value without parts.
fn scalar(value: &Effective, format: Format) -> Option<String> {
    let is_json = matches!(format, Format::Json | Format::Jsonc);
    Some(match value {
        Effective::Null => "null".to_owned(),
        Effective::Bool(value) => value.to_string(),
        Effective::Integer(value) => value.to_string(),
        Effective::Huge(digits) => digits.clone(),
        Effective::Float(value) if value.is_finite() => format!("{value:?}"),
        Effective::Float(value) if is_json => quoted(&value.to_string()),
        Effective::Float(value) => {
            let dot = if format == Format::Yaml { "." } else { "" };
            let sign = if value.is_sign_negative() && !value.is_nan() { "-" } else { "" };
            format!("{sign}{dot}{}", if value.is_nan() { "nan" } else { "inf" })
        }
        Effective::Text(text) => quoted(text),
        Effective::Datetime(text) if format == Format::Toml => text.clone(),
        Effective::Datetime(text) => quoted(text),
        Effective::Redacted => quoted(REDACTED),
        Effective::Code(_) | Effective::List(_) | Effective::Table(_) => return None,
    })
}

/// A value on one line of JSON.
pub(super) fn json(value: &EffectiveValue) -> String {
    match value.value() {
        Effective::List(items) => {
            format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(","))
        }
        Effective::Table(entries) => {
            let entry = |(key, value): &(String, EffectiveValue)| {
                format!("{}:{}", quoted(key), json(value))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
        Effective::Code(code) => object([("expression", quoted(code))]),
        other => scalar(other, Format::Json).unwrap_or_default(),
    }
}

/// An object of JSON, of values that are JSON already.
pub(super) fn object<'k>(entries: impl IntoIterator<Item = (&'k str, String)>) -> String {
    let entry = |(key, value)| format!("{}:{value}", quoted(key));
    format!("{{{}}}", entries.into_iter().map(entry).collect::<Vec<_>>().join(","))
}

/// An array of JSON.
pub(super) fn array(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(","))
}

fn is_known(value: &EffectiveValue) -> bool {
    !matches!(value.value(), Effective::Code(_))
}

fn pretty(value: &EffectiveValue, indent: usize, out: &mut String) {
    let next = indent + 2;
    let mut all = |open: char, close: char, parts: Vec<(String, &EffectiveValue)>| {
        out.push(open);
        for (at, (head, value)) in parts.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(out, "{comma}\n{:next$}{head}", "");
            pretty(value, next, out);
        }
        if !parts.is_empty() {
            let _ = write!(out, "\n{:indent$}", "");
        }
        out.push(close);
    };
    match value.value() {
        Effective::List(items) => {
            let known = items.iter().filter(|item| is_known(item));
            all('[', ']', known.map(|item| (String::new(), item)).collect());
        }
        Effective::Table(entries) => {
            let known = entries.iter().filter(|(_, value)| is_known(value));
            all('{', '}', known.map(|(k, v)| (format!("{}: ", quoted(k)), v)).collect());
        }
        other => out.push_str(&scalar(other, Format::Json).unwrap_or_default()),
    }
}

/// A comment that says what a value is, where it cannot be written.
fn comment(key: &str, sign: &str, code: &str, indent: usize, out: &mut String) {
    let code = code.replace(['\n', '\r'], " ");
    let _ = writeln!(out, "{:indent$}# {key}{sign} {code} (an expression of the program)", "");
}

fn yaml(value: &EffectiveValue, indent: usize, out: &mut String) {
    let Effective::Table(entries) = value.value() else { return };
    if entries.iter().all(|(_, value)| !is_known(value)) && indent == 0 {
        out.push_str("{}\n");
    }
    for (key, value) in entries {
        let key = quoted_unless_bare(key);
        match value.value() {
            Effective::Code(code) => comment(&key, ":", code, indent, out),
            Effective::Table(inner) if inner.iter().any(|(_, value)| is_known(value)) => {
                let _ = writeln!(out, "{:indent$}{key}:", "");
                yaml(value, indent + 2, out);
            }
            _ => {
                let _ = writeln!(out, "{:indent$}{key}: {}", "", flow(value, Format::Yaml));
            }
        }
    }
}

/// A value on one line of YAML or TOML.
fn flow(value: &EffectiveValue, format: Format) -> String {
    match value.value() {
        Effective::List(items) => {
            let known = items.iter().filter(|item| is_known(item));
            format!("[{}]", known.map(|item| flow(item, format)).collect::<Vec<_>>().join(", "))
        }
        Effective::Table(entries) => {
            let sign = if format == Format::Toml { " =" } else { ":" };
            let entries: Vec<_> = entries
                .iter()
                .filter(|(_, value)| is_written(value, format))
                .map(|(key, value)| {
                    format!("{}{sign} {}", quoted_unless_bare(key), flow(value, format))
                })
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => scalar(other, format).unwrap_or_default(),
    }
}

/// TOML has no word for nothing.
fn is_written(value: &EffectiveValue, format: Format) -> bool {
    is_known(value) && (format != Format::Toml || *value.value() != Effective::Null)
}

fn quoted_unless_bare(key: &str) -> String {
    // Letters first: `1`, `true` and `null` are values in YAML.
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let word = key.to_ascii_lowercase();
    let is_word = matches!(&*word, "true" | "false" | "null" | "yes" | "no" | "on" | "off");
    if key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(bare) && !is_word {
        key.to_owned()
    } else {
        quoted(key)
    }
}

fn toml(value: &EffectiveValue, path: &mut Vec<String>, out: &mut String) {
    let Effective::Table(entries) = value.value() else { return };
    let is_table = |value: &EffectiveValue| matches!(value.value(), Effective::Table(_));
    for (key, value) in entries.iter().filter(|(_, value)| !is_table(value)) {
        let key = quoted_unless_bare(key);
        match value.value() {
            Effective::Code(code) => comment(&key, " =", code, 0, out),
            Effective::Null => {}
            _ => {
                let _ = writeln!(out, "{key} = {}", flow(value, Format::Toml));
            }
        }
    }
    for (key, value) in entries.iter().filter(|(_, value)| is_table(value)) {
        path.push(quoted_unless_bare(key));
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}[{}]", path.join("."));
        toml(value, path, out);
        path.pop();
    }
}
