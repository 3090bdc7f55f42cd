//! Values without types: what a text says, read as far as the name of the declared type tells.

use std::cmp::Ordering;

use serde::Deserialize;

use crate::decode::reader::split;
use crate::decode::{Node, Reader, Scalar, Tree, json_text};
use crate::schema::Schema;

/// What stands for a value that the program gave and that nobody can write.
const GIVEN: &str = "a value given by the program";

/// A value without a type and without a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Data {
    Null,
    Bool(bool),
    Integer(i128),
    /// An integer beyond `i128`, in digits.
    Huge(String),
    Float(f64),
    Text(String),
    Datetime(String),
    List(Vec<Data>),
    Table(Vec<(String, Data)>),
    /// A value that only the program knows, as the expression that makes it.
    Code(String),
}

impl Data {
    /// What a tree says to a type of this name.
    pub(super) fn of(tree: &Tree<'_>, ty: &'static str) -> Self {
        match &tree.node {
            Node::Scalar(scalar) => Self::of_scalar(scalar, ty),
            Node::List(items) => {
                let item = item_type(ty);
                Self::List(items.iter().map(|tree| Self::of(tree, item)).collect())
            }
            Node::Table(entries) => {
                let value = value_type(ty);
                let entry = |(key, tree): &(crate::decode::Key<'_>, Tree<'_>)| {
                    (key.text.to_string(), Self::of(tree, value))
                };
                Self::Table(entries.iter().map(entry).collect())
            }
            // See `given`.
            Node::Elements(_) => Self::Code(GIVEN.to_owned()),
        }
    }

    fn of_scalar(scalar: &Scalar<'_>, ty: &'static str) -> Self {
        // What a JSON Schema takes may be of several types.
        let read = without_option(ty).split(" | ").find_map(|ty| Self::read(scalar, ty));
        read.unwrap_or_else(|| Self::of_open(scalar))
    }

    /// As a type of this name reads it.
    fn read(scalar: &Scalar<'_>, ty: &'static str) -> Option<Self> {
        match class(ty) {
            Class::Bool => scalar.to_bool().ok().map(Self::Bool),
            Class::Integer => match scalar.to_integer::<i128>(&"", &"") {
                Ok(value) => Some(Self::Integer(value)),
                Err(_) => scalar
                    .to_integer::<u128>(&"", &"")
                    .ok()
                    .map(|value| Self::Huge(value.to_string())),
            },
            Class::Float => scalar.to_float().ok().map(Self::Float),
            Class::Text => scalar.to_str().ok().map(|text| Self::Text(text.to_owned())),
            Class::Address => scalar.to_str().ok().map(|text| Self::Text(address(text))),
            Class::List => match scalar {
                Scalar::Text { text, .. } if text.trim_start().starts_with('[') => {
                    json_text::parse(text).ok().map(|tree| Self::of(&tree, ty))
                }
                Scalar::Text { text, separator } => {
                    let item =
                        |text| Self::of_scalar(&Scalar::text(text, separator), item_type(ty));
                    Some(Self::List(split(text, separator).map(item).collect()))
                }
                _ => None,
            },
            Class::Other => None,
        }
    }

    /// By what the scalar itself is, as a type that takes anything would read it.
    fn of_open(scalar: &Scalar<'_>) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => Self::Bool(*value),
            Scalar::Integer(value) => Self::Integer(*value),
            Scalar::Huge(text) => Self::Huge(text.to_string()),
            Scalar::Float(value) => Self::Float(*value),
            Scalar::Str(text) => Self::Text(text.to_string()),
            Scalar::Datetime(text) => Self::Datetime(text.to_string()),
            Scalar::Plain(text) | Scalar::Text { text, .. } => {
                match Tree::deserialize(Reader::Scalar(scalar)) {
                    Ok(Tree {
                        node: Node::Scalar(Scalar::Plain(_) | Scalar::Text { .. }), ..
                    })
                    | Err(_) => Self::Text(text.to_string()),
                    Ok(tree) => Self::of(&tree, ""),
                }
            }
        }
    }

    /// The word of a fieldless enum, in its first spelling.
    pub(super) fn of_word(tree: &Tree<'_>, schema: &'static Schema) -> Self {
        match Self::of(tree, "String") {
            Self::Text(word) => {
                let index = schema.find_word(&word);
                let known = index.and_then(|index| schema.words().get(index).copied());
                Self::Text(known.map_or(word, str::to_owned))
            }
            other => other,
        }
    }

    /// A default as the declaration writes it.
    pub(super) fn of_default(written: &'static str, ty: &'static str) -> Self {
        if written == "Default::default()" {
            return Self::of_trait(ty).unwrap_or_else(|| Self::Code(written.to_owned()));
        }
        if written == "None" {
            return Self::Null;
        }
        let bare = written.strip_prefix("vec!").unwrap_or(written).trim();
        let number = |text: &str| {
            let text = text.replace(['_', ' '], "");
            let end = text.find(['u', 'i', 'f']).unwrap_or(text.len());
            text[..end].to_owned()
        };
        let begins = bare.trim_start_matches(['-', ' ']);
        let text = if begins.starts_with(|c: char| c.is_ascii_digit()) && !begins.contains('x') {
            number(bare).trim_end_matches('.').to_owned()
        } else if let Some(c) = bare.strip_prefix('\'').and_then(|c| c.strip_suffix('\'')) {
            format!("\"{c}\"")
        } else {
            bare.to_owned()
        };
        match json_text::parse(&text) {
            Ok(mut tree) => {
                texts(&mut tree);
                Self::of(&tree, ty)
            }
            Err(_) => Self::Code(written.to_owned()),
        }
    }

    /// `Default::default()` of the types of the standard library.
    fn of_trait(ty: &'static str) -> Option<Self> {
        let (name, _) = parts(ty);
        if name == "Option" {
            return Some(Self::Null);
        }
        match class(ty) {
            Class::Bool => Some(Self::Bool(false)),
            Class::Integer => Some(Self::Integer(0)),
            Class::Float => Some(Self::Float(0.0)),
            Class::List => Some(Self::List(Vec::new())),
            Class::Text if name != "char" => Some(Self::Text(String::new())),
            _ if matches!(name, "BTreeMap" | "HashMap" | "IndexMap") => {
                Some(Self::Table(Vec::new()))
            }
            _ => None,
        }
    }

    /// The text by which `merge_by` compares it, and by which items of sets are sorted.
    pub(super) fn key(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Integer(value) => Some(value.to_string()),
            Self::Huge(text) | Self::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(b),
            (Self::Float(a), Self::Float(b)) => a.total_cmp(b),
            _ => self.key().cmp(&other.key()),
        }
    }
}

/// A string of a declaration is read by the setting's type, as a variable would be.
fn texts(tree: &mut Tree<'static>) {
    match &mut tree.node {
        Node::Scalar(Scalar::Str(text)) => {
            let text = std::mem::take(text);
            tree.node = Node::Scalar(Scalar::Text { text, separator: "," });
        }
        Node::List(items) => items.iter_mut().for_each(texts),
        _ => {}
    }
}

/// The items of a set, which are there once, and in their order where the set has one.
pub(super) fn as_set<T>(ty: &'static str, items: &mut Vec<T>, data: impl Fn(&T) -> Option<&Data>) {
    let (name, _) = parts(without_option(ty));
    if !name.ends_with("Set") {
        return;
    }
    let mut kept: Vec<T> = Vec::new();
    for item in items.drain(..) {
        if data(&item).is_none_or(|new| !kept.iter().any(|there| data(there) == Some(new))) {
            kept.push(item);
        }
    }
    if name == "BTreeSet" {
        kept.sort_by(|a, b| match (data(a), data(b)) {
            (Some(a), Some(b)) => a.order(b),
            _ => Ordering::Equal,
        });
    }
    *items = kept;
}

/// Which kind of type a name means, where that is one of the standard library's.
enum Class {
    Bool,
    Integer,
    Float,
    Text,
    Address,
    List,
    Other,
}

fn class(ty: &'static str) -> Class {
    match parts(without_option(ty)).0 {
        "bool" => Class::Bool,
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128"
        | "isize" | "integer" => Class::Integer,
        "f32" | "f64" => Class::Float,
        "String" | "str" | "char" | "PathBuf" | "OsString" | "SecretString" => Class::Text,
        "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "SocketAddr" => Class::Address,
        "Vec" | "VecDeque" | "BTreeSet" | "HashSet" | "IndexSet" => Class::List,
        _ => Class::Other,
    }
}

/// Whether an empty variable says nothing to a type of this name.
pub(super) fn ignores_empty(ty: &'static str) -> bool {
    let name = parts(without_option(ty)).0;
    matches!(class(ty), Class::Bool | Class::Integer | Class::Float | Class::Address)
        || matches!(name, "PathBuf" | "OsString" | "char")
}

/// An address as its type writes it.
fn address(text: &str) -> String {
    let text = text.trim();
    let ip = text.parse::<std::net::IpAddr>().map(|ip| ip.to_string());
    let socket = || text.parse::<std::net::SocketAddr>().map(|socket| socket.to_string());
    ip.or_else(|_| socket()).unwrap_or_else(|_| text.to_owned())
}

/// The last name of a type's path, and what stands in its angle brackets.
fn parts(ty: &'static str) -> (&'static str, &'static str) {
    let ty = ty.trim();
    let (path, inner) = match ty.split_once('<') {
        Some((path, rest)) => (path, rest.strip_suffix('>').unwrap_or(rest)),
        None => (ty, ""),
    };
    // By single characters: these are asked for each value that is read.
    let name = path.trim().trim_end_matches(':').rsplit(':').next().unwrap_or_default().trim();
    match name {
        "Box" | "Arc" | "Rc" if !inner.is_empty() => parts(inner),
        _ => (name, inner),
    }
}

/// The type below an `Option`.
pub(super) fn without_option(ty: &'static str) -> &'static str {
    match parts(ty) {
        ("Option", inner) => inner.trim(),
        _ => ty,
    }
}

/// Whether a type is an `Option`.
pub(super) fn is_option(ty: &'static str) -> bool {
    parts(ty).0 == "Option"
}

/// The type of a list's items.
pub(super) fn item_type(ty: &'static str) -> &'static str {
    arguments(parts(without_option(ty)).1).0
}

/// The type of a map's values.
pub(super) fn value_type(ty: &'static str) -> &'static str {
    arguments(parts(without_option(ty)).1).1
}

/// The first and the second type of a list with commas.
fn arguments(list: &'static str) -> (&'static str, &'static str) {
    let mut depth = 0_usize;
    let mut ends = Vec::new();
    for (at, c) in list.char_indices() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => ends.push(at),
            _ => {}
        }
    }
    let first = ends.first().copied().unwrap_or(list.len());
    let second = ends.get(1).copied().unwrap_or(list.len());
    (list[..first].trim(), list.get(first + 1..second).unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_types_are_taken_apart() {
        assert_eq!(
            value_type("Option<std::collections::BTreeMap<String, Option<u8>>>"),
            "Option<u8>"
        );
        assert_eq!(value_type("HashMap<String, Vec<u8>, own::Hasher>"), "Vec<u8>");
        assert_eq!(item_type("Vec<u8>"), "u8");
        assert_eq!((item_type("u8"), value_type("u8")), ("", ""));
        assert!(is_option("::core::option::Option<u8>") && !is_option("u8"));
        assert_eq!(without_option("Option<Box<str>>"), "Box<str>");
        assert_eq!(parts("Box<str>").0, "str");
    }

    #[test]
    fn defaults_are_read_as_they_are_written() {
        let text = |text: &str| Data::Text(text.to_owned());
        let cases = [
            ("8080", "u16", Data::Integer(8080)),
            ("-1", "i8", Data::Integer(-1)),
            ("1_000u32", "u32", Data::Integer(1000)),
            ("0.5", "f64", Data::Float(0.5)),
            ("1.", "f64", Data::Float(1.0)),
            ("true", "bool", Data::Bool(true)),
            ("'x'", "char", text("x")),
            ("\"::1\"", "IpAddr", text("::1")),
            ("\"5\"", "u8", Data::Integer(5)),
            ("[\"core\"]", "Vec<String>", Data::List(vec![text("core")])),
            ("vec![1]", "Vec<u8>", Data::List(vec![Data::Integer(1)])),
            ("None", "Option<u8>", Data::Null),
            ("Default::default()", "Option<u8>", Data::Null),
            ("Default::default()", "bool", Data::Bool(false)),
            ("Default::default()", "f32", Data::Float(0.0)),
            ("Default::default()", "String", text("")),
            ("Default::default()", "BTreeSet<u8>", Data::List(Vec::new())),
            ("Default::default()", "BTreeMap<String, u8>", Data::Table(Vec::new())),
            ("Default::default()", "Own", Data::Code("Default::default()".to_owned())),
            ("five()", "u8", Data::Code("five()".to_owned())),
            ("0xff", "u8", Data::Code("0xff".to_owned())),
        ];
        for (written, ty, data) in cases {
            assert_eq!(Data::of_default(written, ty), data, "{written} for {ty}");
        }
    }

    #[test]
    fn a_variable_is_read_by_the_type() {
        let cases = [
            ("yes", "bool", Data::Bool(true)),
            ("007", "u8", Data::Integer(7)),
            ("007", "String", Data::Text("007".to_owned())),
            ("007", "Own", Data::Text("007".to_owned())),
            ("7", "Own", Data::Integer(7)),
            ("1", "f64", Data::Float(1.0)),
            ("1,2", "Vec<u8>", Data::List(vec![Data::Integer(1), Data::Integer(2)])),
            ("[1]", "Option<Vec<u8>>", Data::List(vec![Data::Integer(1)])),
            ("0:0:0:0:0:0:0:1", "IpAddr", Data::Text("::1".to_owned())),
            ("[::1]:80", "SocketAddr", Data::Text("[::1]:80".to_owned())),
            ("{\"a\": 1}", "Own", Data::Table(vec![("a".to_owned(), Data::Integer(1))])),
        ];
        for (written, ty, data) in cases {
            let tree = Tree::from(Scalar::text(written, ","));
            assert_eq!(Data::of(&tree, ty), data, "{written} for {ty}");
        }
        let huge = u128::MAX.to_string();
        let tree = Tree::from(Scalar::text(huge.clone(), ","));
        assert_eq!(Data::of(&tree, "u128"), Data::Huge(huge));
    }

    #[test]
    fn sets_have_an_item_once() {
        let item = |data: &Data| data.clone();
        let mut items: Vec<_> = [3, 1, 3].map(Data::Integer).to_vec();
        as_set("Vec<u8>", &mut items, |data| Some(data));
        assert_eq!(items.len(), 3);
        as_set("BTreeSet<u8>", &mut items, |data| Some(data));
        assert_eq!(items.iter().map(item).collect::<Vec<_>>(), [1, 3].map(Data::Integer));
    }
}
