//! What a type that is known as text alone takes in a file.

use super::literal::Value;

/// What a type takes in a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ty {
    Int {
        min: i128,
        max: u128,
        nonzero: bool,
    },
    Float,
    Bool,
    Char,
    /// Text; the sample is one that can be read, the format a name of JSON Schema. The name is that of
    /// the type that reads it in the same way.
    Text {
        name: &'static str,
        sample: &'static str,
        format: Option<&'static str>,
    },
    Option(Box<Ty>),
    /// A list, and whether it is a set.
    List(Box<Ty>),
    Map(Box<Ty>),
    /// Nobody knows: a type of the user's, or one behind an alias.
    Any,
}

/// Reads a type as it was written: `Option<std::vec::Vec<u8>>`.
pub(crate) fn of(text: &str) -> Ty {
    let text = text.trim();
    if let Some(array) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        return match array.rsplit_once(';') {
            Some((item, _)) => Ty::List(Box::new(of(item))),
            None => Ty::Any,
        };
    }
    let (head, arguments) = match text.split_once('<') {
        Some((head, rest)) => match rest.strip_suffix('>') {
            Some(rest) => (head, arguments(rest)),
            None => return Ty::Any,
        },
        None => (text, Vec::new()),
    };
    let name = head.trim_end_matches("::").rsplit("::").next().unwrap_or(head).trim();
    match (name, arguments.as_slice()) {
        ("Option", [inner]) => Ty::Option(Box::new(of(inner))),
        ("Box" | "Arc" | "Rc" | "SecretBox", [inner]) => of(inner),
        ("Cow", [_, inner]) => of(inner),
        ("Vec" | "VecDeque" | "LinkedList" | "BTreeSet", [item]) | ("HashSet", [item, ..]) => {
            Ty::List(Box::new(of(item)))
        }
        ("BTreeMap", [_, value]) | ("HashMap", [_, value, ..]) => Ty::Map(Box::new(of(value))),
        ("NonZero", [inner]) => nonzero(&of(inner)),
        (name, []) => match name.strip_prefix("NonZero") {
            Some(inner) => nonzero(&named(&inner.to_ascii_lowercase())),
            None => named(name),
        },
        _ => Ty::Any,
    }
}

/// A key that a map of this type can hold; `name` where its keys are texts, or nobody knows.
pub(crate) fn sample_key(map: &str, name: &'static str) -> &'static str {
    let map = map.trim();
    let map = map.strip_suffix('>').and_then(|map| map.split_once('<'));
    match map.map(|(head, rest)| (head.rsplit("::").next(), arguments(rest))) {
        Some((Some("Option"), inner)) if inner.len() == 1 => sample_key(inner[0], name),
        Some((_, inner)) if inner.len() > 1 => match of(inner[0]) {
            Ty::Int { .. } => "1",
            Ty::Bool => "true",
            Ty::Char => "x",
            _ => name,
        },
        _ => name,
    }
}

fn nonzero(ty: &Ty) -> Ty {
    match *ty {
        Ty::Int { min, max, .. } => Ty::Int { min, max, nonzero: true },
        _ => Ty::Any,
    }
}

fn named(name: &str) -> Ty {
    let int = |min: i128, max: u128| Ty::Int { min, max, nonzero: false };
    let signed = |min: i128| int(min, min.unsigned_abs() - 1);
    let text = |name, sample, format| Ty::Text { name, sample, format };
    match name {
        "u8" => int(0, u8::MAX.into()),
        "u16" => int(0, u16::MAX.into()),
        "u32" => int(0, u32::MAX.into()),
        "u64" | "usize" => int(0, u64::MAX.into()),
        "u128" => int(0, u128::MAX),
        "i8" => signed(i8::MIN.into()),
        "i16" => signed(i16::MIN.into()),
        "i32" => signed(i32::MIN.into()),
        "i64" | "isize" => signed(i64::MIN.into()),
        "i128" => signed(i128::MIN),
        "f32" | "f64" => Ty::Float,
        "bool" => Ty::Bool,
        "char" => Ty::Char,
        "String" | "str" | "SecretString" => text("String", "", None),
        "PathBuf" | "Path" | "OsString" => text("PathBuf", "", None),
        "IpAddr" => text("IpAddr", "127.0.0.1", None),
        "Ipv4Addr" => text("Ipv4Addr", "127.0.0.1", Some("ipv4")),
        "Ipv6Addr" => text("Ipv6Addr", "::1", Some("ipv6")),
        "SocketAddr" => text("SocketAddr", "127.0.0.1:8080", None),
        "SocketAddrV4" => text("SocketAddrV4", "127.0.0.1:8080", None),
        "SocketAddrV6" => text("SocketAddrV6", "[::1]:8080", None),
        "integer" => int(i128::MIN, u128::MAX),
        _ => Ty::Any,
    }
}

/// The arguments between `<` and `>`.
fn arguments(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '<' | '[' | '(' => depth += 1,
            '>' | ']' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

impl Ty {
    /// `Default::default()`, where that is known.
    pub(crate) fn empty(&self) -> Option<Value> {
        Some(match self {
            Self::Int { nonzero: false, .. } => Value::Number("0".to_owned()),
            Self::Float => Value::Number("0.0".to_owned()),
            Self::Bool => Value::Bool(false),
            Self::Text { sample: "", .. } => Value::Text(String::new()),
            Self::Option(_) => Value::Null,
            Self::List(_) => Value::List(Vec::new()),
            Self::Map(_) => Value::NoEntries,
            _ => return None,
        })
    }

    /// Some value that can be read, where one is known.
    pub(crate) fn sample(&self) -> Option<Value> {
        match self {
            Self::Int { nonzero: true, .. } => Some(Value::Number("1".to_owned())),
            Self::Char => Some(Value::Text("x".to_owned())),
            Self::Text { sample, .. } => Some(Value::Text((*sample).to_owned())),
            Self::Option(inner) => inner.sample(),
            other => other.empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_an_example_is_one_that_the_map_can_hold() {
        let cases = [
            ("HashMap<u16, u32>", "1"),
            ("Option<std::collections::BTreeMap<NonZeroU8, Vec<String>>>", "1"),
            ("BTreeMap<bool, Upstream>", "true"),
            ("BTreeMap<char, Upstream>", "x"),
            ("BTreeMap<String, Upstream>", "name"),
            ("BTreeMap<Region, u8>", "name"),
            ("Limits", "name"),
        ];
        for (map, key) in cases {
            assert_eq!(sample_key(map, "name"), key, "{map}");
        }
    }

    #[test]
    fn types_are_read_as_they_are_written() {
        let int = |text| match of(text) {
            Ty::Int { min, max, nonzero } => (min, max, nonzero),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(int("u8"), (0, 255, false));
        assert_eq!(int("std::primitive::i8"), (-128, 127, false));
        assert_eq!(int("NonZeroU16"), (0, 65535, true));
        assert!(int("NonZero<i32>").2);
        assert_eq!(of("Option<Vec<bool>>"), Ty::Option(Box::new(Ty::List(Box::new(Ty::Bool)))));
        assert_eq!(of("HashMap<String, f32, S>"), Ty::Map(Box::new(Ty::Float)));
        assert_eq!(of("BTreeMap<(u8, u8), char>"), Ty::Map(Box::new(Ty::Char)));
        assert_eq!(of("[u128; 4]"), Ty::List(Box::new(of("u128"))));
        assert_eq!(of("Cow<'static, str>"), of("Box<str>"));
        for text in ["Port", "&'static str", "(u8, u8)", "<T as U<u8>>::V", "NonZeroPort", "[u8]"] {
            assert_eq!(of(text), Ty::Any, "{text}");
        }
    }
}
