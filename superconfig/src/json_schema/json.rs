//! JSON that keeps the order in which it is made.

use crate::reference::literal::{Value, quoted};

/// JSON that keeps the order in which it is made.
#[derive(Debug, Clone)]
pub(super) enum Json {
    Bool(bool),
    Text(String),
    /// Digits.
    Number(String),
    Value(Value),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn object() -> Self {
        Self::Object(Vec::new())
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// Gives an object a member, or another value to the one that it has.
    pub(super) fn put(&mut self, key: &str, value: Self) {
        if let Self::Object(members) = self {
            match members.iter_mut().find(|(known, _)| known == key) {
                Some((_, known)) => *known = value,
                None => members.push((key.to_owned(), value)),
            }
        }
    }

    pub(super) fn with(mut self, key: &str, value: Self) -> Self {
        self.put(key, value);
        self
    }

    /// Gives an object the members of another one.
    pub(super) fn extend(&mut self, other: Self) {
        if let Self::Object(members) = other {
            members.into_iter().for_each(|(key, value)| self.put(&key, value));
        }
    }

    /// Does that to a member.
    pub(super) fn merge(&mut self, key: &str, other: Self) {
        if let Self::Object(members) = self {
            match members.iter_mut().find(|(known, _)| known == key) {
                Some((_, known)) => known.extend(other),
                None => members.push((key.to_owned(), other)),
            }
        }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let members = match self {
            Self::Object(members) => &members[..],
            _ => &[],
        };
        members.iter().map(|(key, _)| &**key)
    }

    /// As text, with an end of the line.
    pub(super) fn write(&self) -> String {
        let mut out = String::new();
        self.write_at(&mut out, 0);
        out.push('\n');
        out
    }

    fn write_at(&self, out: &mut String, indent: usize) {
        let line = |out: &mut String, indent: usize| {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
        };
        match self {
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::Number(digits) => out.push_str(digits),
            Self::Value(value) => out.push_str(&value.to_string()),
            Self::List(items) if items.is_empty() => out.push_str("[]"),
            Self::Object(members) if members.is_empty() => out.push_str("{}"),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    line(out, indent + 2);
                    item.write_at(out, indent + 2);
                }
                line(out, indent);
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    line(out, indent + 2);
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.write_at(out, indent + 2);
                }
                line(out, indent);
                out.push('}');
            }
        }
    }
}
