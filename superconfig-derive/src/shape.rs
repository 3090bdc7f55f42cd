//! What can be said of a type by looking at how it is written: `Option`, lists, maps, and the types of std whose
//! values the macro can read itself. A type behind an alias is none of these, and stays one value.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// Which collection a list is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ListOf {
    /// `Vec`, `VecDeque`, `LinkedList`: order and duplicates count.
    Sequence,
    /// `BTreeSet`, `HashSet`: neither does.
    Set,
}

/// What a field's type looks like below its `Option`.
pub(crate) enum Shape<'a> {
    List { item: &'a Type, of: ListOf, name: String },
    Map { value: &'a Type },
    Boxed(&'a Type),
    Option(&'a Type),
    One,
}

/// Looks at a type.
pub(crate) fn of(ty: &Type) -> Shape<'_> {
    let Some(segment) = last_segment(ty) else { return Shape::One };
    let name = segment.ident.to_string();
    let args = type_arguments(segment);
    match (name.as_str(), args.as_slice()) {
        ("Option", [inner]) => Shape::Option(inner),
        ("Vec" | "VecDeque" | "LinkedList", [item]) => {
            Shape::List { item, of: ListOf::Sequence, name }
        }
        ("BTreeSet", [item]) | ("HashSet", [item, ..]) => {
            Shape::List { item, of: ListOf::Set, name }
        }
        ("BTreeMap", [_, value]) | ("HashMap", [_, value, ..]) => Shape::Map { value },
        ("Box" | "Arc" | "Rc", [inner]) => Shape::Boxed(inner),
        _ => Shape::One,
    }
}

/// The type inside `Option<...>`, and whether there was one.
pub(crate) fn unwrap_option(ty: &Type) -> (&Type, bool) {
    match of(ty) {
        Shape::Option(inner) => (inner, true),
        _ => (ty, false),
    }
}

/// The type without the parentheses of a macro around it.
pub(crate) fn ungroup(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungroup(&group.elem),
        Type::Paren(paren) => ungroup(&paren.elem),
        other => other,
    }
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ungroup(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

fn type_arguments(segment: &PathSegment) -> Vec<&Type> {
    match &segment.arguments {
        PathArguments::AngleBracketed(args) => args
            .args
            .iter()
            .filter_map(|arg| match arg {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A type of std that is one value and that everybody knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Std {
    Int { min: i128, max: u128, nonzero: bool },
    Float,
    Bool,
    Char,
    String,
    Ip,
    Ipv4,
    Ipv6,
    Socket,
    SocketV4,
    SocketV6,
    Path,
    Duration,
}

impl Std {
    /// The type of std that this is, going by its last name.
    pub(crate) fn of(ty: &Type) -> Option<Self> {
        let segment = last_segment(ty)?;
        let name = segment.ident.to_string();
        if let ("NonZero", [inner]) = (name.as_str(), type_arguments(segment).as_slice()) {
            return match Self::of(inner)? {
                Self::Int { min, max, .. } => Some(Self::Int { min, max, nonzero: true }),
                _ => None,
            };
        }
        if !segment.arguments.is_none() {
            return None;
        }
        let (name, nonzero) = match name.strip_prefix("NonZero") {
            Some(rest) => (rest.to_ascii_lowercase(), true),
            None => (name, false),
        };
        let int = |min, max| Self::Int { min, max, nonzero };
        Some(match name.as_str() {
            "u8" => int(0, u8::MAX.into()),
            "u16" => int(0, u16::MAX.into()),
            "u32" => int(0, u32::MAX.into()),
            // What fits on the machine that runs is not what fits here, so `usize` is taken at its widest.
            "u64" | "usize" => int(0, u64::MAX.into()),
            "u128" => int(0, u128::MAX),
            "i8" => int(i8::MIN.into(), i8::MAX.unsigned_abs().into()),
            "i16" => int(i16::MIN.into(), i16::MAX.unsigned_abs().into()),
            "i32" => int(i32::MIN.into(), i32::MAX.unsigned_abs().into()),
            "i64" | "isize" => int(i64::MIN.into(), i64::MAX.unsigned_abs().into()),
            "i128" => int(i128::MIN, i128::MAX.unsigned_abs()),
            _ if nonzero => return None,
            "f32" | "f64" => Self::Float,
            "bool" => Self::Bool,
            "char" => Self::Char,
            "String" => Self::String,
            "IpAddr" => Self::Ip,
            "Ipv4Addr" => Self::Ipv4,
            "Ipv6Addr" => Self::Ipv6,
            "SocketAddr" => Self::Socket,
            "SocketAddrV4" => Self::SocketV4,
            "SocketAddrV6" => Self::SocketV6,
            "PathBuf" => Self::Path,
            "Duration" => Self::Duration,
            _ => return None,
        })
    }

    /// What a value of it is called in a message.
    pub(crate) fn noun(self) -> String {
        match self {
            Self::Int { min, max, nonzero: false } => format!("an integer from {min} to {max}"),
            Self::Int { min: 0, max, nonzero: true } => format!("an integer from 1 to {max}"),
            Self::Int { min, max, nonzero: true } => {
                format!("an integer from {min} to {max} other than 0")
            }
            Self::Float => "a number".to_owned(),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Char => "a single character".to_owned(),
            Self::String => "a string".to_owned(),
            Self::Ip => "an IP address such as \"127.0.0.1\" or \"::1\"".to_owned(),
            Self::Ipv4 => "an IPv4 address such as \"127.0.0.1\"".to_owned(),
            Self::Ipv6 => "an IPv6 address such as \"::1\"".to_owned(),
            Self::Socket => {
                "an address with a port such as \"127.0.0.1:8080\" or \"[::1]:8080\"".to_owned()
            }
            Self::SocketV4 => "an IPv4 address with a port such as \"127.0.0.1:8080\"".to_owned(),
            Self::SocketV6 => "an IPv6 address with a port such as \"[::1]:8080\"".to_owned(),
            Self::Path => "a path in a string".to_owned(),
            Self::Duration => "a `Duration`".to_owned(),
        }
    }

    /// Whether a text can be read as a value of it.
    pub(crate) fn reads(self, text: &str) -> bool {
        match self {
            Self::Int { min, max, nonzero } => {
                let digits = text.strip_prefix('+').unwrap_or(text);
                let fits = if digits.starts_with('-') {
                    digits.parse::<i128>().is_ok_and(|value| value >= min)
                } else {
                    digits.parse::<u128>().is_ok_and(|value| value <= max)
                };
                let zero = digits.trim_start_matches(['-', '0']).is_empty();
                fits && !(nonzero && zero)
            }
            Self::Float => text.parse::<f64>().is_ok(),
            Self::Bool => {
                matches!(text, "true" | "false" | "yes" | "no" | "on" | "off" | "1" | "0")
            }
            Self::Char => text.chars().count() == 1,
            Self::String | Self::Path => true,
            Self::Ip => text.parse::<std::net::IpAddr>().is_ok(),
            Self::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
            Self::Socket => text.parse::<std::net::SocketAddr>().is_ok(),
            Self::SocketV4 => text.parse::<std::net::SocketAddrV4>().is_ok(),
            Self::SocketV6 => text.parse::<std::net::SocketAddrV6>().is_ok(),
            Self::Duration => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, Std, of, unwrap_option};
    use quote::ToTokens;
    use syn::{Type, parse_quote};

    fn std_of(ty: &str) -> Option<Std> {
        Std::of(&syn::parse_str::<Type>(ty).expect("a type"))
    }

    #[test]
    fn shapes_are_seen_through_paths() {
        let ty: Type = parse_quote!(::std::option::Option<std::vec::Vec<u8>>);
        let (inner, optional) = unwrap_option(&ty);
        assert!(optional);
        assert!(matches!(of(inner), Shape::List { name, .. } if name == "Vec"));
        let ty: Type = parse_quote!(HashMap<String, u8, RandomState>);
        assert!(matches!(
            of(&ty),
            Shape::Map { value, .. } if value.to_token_stream().to_string() == "u8"
        ));
        for one in ["Vec", "Option", "<T as Vec<u8>>::Vec<u8>", "[u8; 4]", "(u8, u8)"] {
            let ty: Type = syn::parse_str(one).expect("a type");
            assert!(matches!(of(&ty), Shape::One), "{one}");
        }
    }

    #[test]
    fn texts_are_read_as_the_type_reads_them() {
        for (ty, good, bad) in [
            ("u8", vec!["0", "255", "+7", "007"], vec!["256", "-1", "1.0", "", "ten"]),
            ("std::primitive::i8", vec!["-128", "127"], vec!["-129", "128"]),
            ("u128", vec!["340282366920938463463374607431768211455"], vec!["-1"]),
            ("NonZeroU16", vec!["1"], vec!["0", "65536", "00"]),
            ("NonZero<i8>", vec!["-1"], vec!["0", "-0", "200"]),
            ("f64", vec!["1", "1.5", "1e9", "inf"], vec!["1,5", ""]),
            ("bool", vec!["true", "off"], vec!["TRUE!", ""]),
            ("char", vec!["x", "ß"], vec!["", "ab"]),
            ("String", vec![""], vec![]),
            ("std::net::IpAddr", vec!["127.0.0.1", "::1"], vec!["localhost", "1.2.3"]),
            ("Ipv4Addr", vec!["127.0.0.1"], vec!["::1"]),
            ("Ipv6Addr", vec!["::1"], vec!["127.0.0.1"]),
            ("SocketAddr", vec!["127.0.0.1:80", "[::1]:80"], vec!["127.0.0.1", "localhost:80"]),
            ("SocketAddrV4", vec!["127.0.0.1:80"], vec!["[::1]:80"]),
            ("SocketAddrV6", vec!["[::1]:80"], vec!["127.0.0.1:80"]),
            ("PathBuf", vec!["/tmp"], vec![]),
            ("Duration", vec![], vec!["1s"]),
        ] {
            let std = std_of(ty).expect(ty);
            assert!(!std.noun().is_empty());
            for text in good {
                assert!(std.reads(text), "{ty}: {text}");
            }
            for text in bad {
                assert!(!std.reads(text), "{ty}: {text}");
            }
        }
        for other in ["Port", "Vec<u8>", "NonZeroPort", "NonZero<f32>", "&str", "u16<T>"] {
            assert_eq!(std_of(other), None, "{other}");
        }
    }
}
