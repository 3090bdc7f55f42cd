//! Defaults as values: what a literal of the source means in a file.
//!
//! The schema has a default as text of the source. A literal, or a list of literals, has the same
//! meaning in a file, going by the field's type: `default = "8080"` of a `u16` is the number there.
//! Anything else is an expression, and is shown as one.

use std::fmt;

use super::ty::{self, Ty};
use crate::schema::{Field, Kind};

/// A value as all formats can write it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// Digits that mean the same number in TOML, YAML and JSON.
    Number(String),
    Text(String),
    List(Vec<Value>),
    /// A map without entries.
    NoEntries,
}

/// The spelling that TOML, YAML (as flow) and JSON share; only `null` is none of TOML's.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("]")
            }
            Self::NoEntries => f.write_str("{}"),
        }
    }
}

/// A text in quotes, as TOML, YAML and JSON read it alike.
pub(crate) fn quoted(text: &str) -> String {
    use fmt::Write;
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The default of a field as a value of a file; nothing where it is none, an expression, or secret.
pub(crate) fn default_of(field: &Field) -> Option<Value> {
    if field.secret {
        return None;
    }
    let source = field.default?;
    let nested = matches!(field.kind, Kind::Nested(_));
    let ty = if nested { Ty::Any } else { ty::of(field.ty) };
    let value = match source {
        "Default::default()" => ty.empty()?,
        source => parse(source)?,
    };
    match (&value, field.kind) {
        // The word of an enum, or the absence of a struct.
        (Value::Text(_), Kind::Nested(_)) => return Some(value),
        (Value::Null, _) if field.optional => return Some(value),
        (_, Kind::Nested(_)) => return None,
        // What a function of the user's reads is known only where it is text anyway.
        (Value::Text(_), _) => {}
        _ if field.custom_decode => return None,
        _ => {}
    }
    fit(value, &ty)
}

/// A literal as a value of the type; texts are read as a variable would be.
fn fit(value: Value, ty: &Ty) -> Option<Value> {
    Some(match (value, ty) {
        (Value::Null, Ty::Option(_)) => Value::Null,
        (value, Ty::Option(inner)) => return fit(value, inner),
        (Value::Text(text), Ty::Int { .. }) => Value::Number(integer(&text)?),
        (Value::Text(text), Ty::Float) => {
            let float: f64 = text.parse().ok().filter(|float: &f64| float.is_finite())?;
            Value::Number(format!("{float:?}"))
        }
        (Value::Text(text), Ty::Bool) => match &*text {
            "true" | "yes" | "on" | "1" => Value::Bool(true),
            "false" | "no" | "off" | "0" => Value::Bool(false),
            _ => return None,
        },
        // Behind an alias it may be a number, which a file would have without quotes.
        (Value::Text(text), Ty::Any)
            if text.parse::<f64>().is_ok() || matches!(&*text, "true" | "false") =>
        {
            return None;
        }
        (value @ Value::Text(_), Ty::Text { .. } | Ty::Char | Ty::Any) => value,
        (value @ Value::Number(_), Ty::Int { .. } | Ty::Float | Ty::Any) => value,
        (value @ Value::Bool(_), Ty::Bool | Ty::Any) => value,
        (Value::List(items), Ty::List(item)) => {
            Value::List(items.into_iter().map(|value| fit(value, item)).collect::<Option<_>>()?)
        }
        (Value::List(items), Ty::Any) => {
            Value::List(items.into_iter().map(|value| fit(value, ty)).collect::<Option<_>>()?)
        }
        (value @ Value::NoEntries, Ty::Map(_)) => value,
        _ => return None,
    })
}

/// Reads a literal of the source, all of it.
pub(crate) fn parse(source: &str) -> Option<Value> {
    let mut rest = source;
    let value = value(&mut rest)?;
    rest.trim().is_empty().then_some(value)
}

fn value(rest: &mut &str) -> Option<Value> {
    *rest = rest.trim_start();
    for (written, value) in [
        ("true", Value::Bool(true)),
        ("false", Value::Bool(false)),
        ("Option::None", Value::Null),
        ("::core::option::Option::None", Value::Null),
        ("None", Value::Null),
        ("String::new()", Value::Text(String::new())),
        ("Vec::new()", Value::List(Vec::new())),
        ("vec![]", Value::List(Vec::new())),
    ] {
        if let Some(after) = rest.strip_prefix(written)
            && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.'))
        {
            *rest = after;
            return Some(value);
        }
    }
    if let Some(after) = rest.strip_prefix("Some(") {
        *rest = after;
        let inner = value(rest)?;
        *rest = rest.trim_start().strip_prefix(')')?;
        return Some(inner);
    }
    if let Some(after) = rest.strip_prefix("vec![").or_else(|| rest.strip_prefix('[')) {
        *rest = after;
        return list(rest);
    }
    match rest.chars().next()? {
        '"' | 'r' => text(rest).map(Value::Text),
        '\'' => {
            let (c, after) = unescaped(rest.strip_prefix('\'')?)?;
            *rest = after.strip_prefix('\'')?;
            Some(Value::Text(c?.to_string()))
        }
        '-' | '0'..='9' => number(rest),
        _ => None,
    }
}

fn list(rest: &mut &str) -> Option<Value> {
    let mut items = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(']') {
            *rest = after;
            return Some(Value::List(items));
        }
        items.push(value(rest)?);
        *rest = rest.trim_start();
        match rest.strip_prefix(',') {
            Some(after) => *rest = after,
            None if rest.starts_with(']') => {}
            None => return None,
        }
    }
}

fn text(rest: &mut &str) -> Option<String> {
    if let Some(raw) = rest.strip_prefix('r') {
        let inner = raw.trim_start_matches('#');
        let end = format!("\"{}", &raw[..raw.len() - inner.len()]);
        let (text, after) = inner.strip_prefix('"')?.split_once(&end)?;
        *rest = after;
        return Some(text.to_owned());
    }
    let mut out = String::new();
    let mut open = rest.strip_prefix('"')?;
    loop {
        if let Some(after) = open.strip_prefix('"') {
            *rest = after;
            return Some(out);
        }
        let (c, after) = unescaped(open)?;
        out.extend(c);
        open = after;
    }
}

/// The next character of a literal; none where a `\` only hides the end of a line.
fn unescaped(text: &str) -> Option<(Option<char>, &str)> {
    let mut chars = text.chars();
    let c = chars.next()?;
    if c != '\\' {
        return Some((Some(c), chars.as_str()));
    }
    let c = match chars.next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        'x' => {
            let (digits, after) = chars.as_str().split_at_checked(2)?;
            let code = u8::from_str_radix(digits, 16).ok()?;
            return Some((Some(code.into()), after));
        }
        'u' => {
            let (digits, after) = chars.as_str().strip_prefix('{')?.split_once('}')?;
            let code = u32::from_str_radix(&digits.replace('_', ""), 16).ok()?;
            return Some((Some(char::from_u32(code)?), after));
        }
        '\n' => return Some((None, chars.as_str().trim_start())),
        c @ ('\\' | '\'' | '"') => c,
        _ => return None,
    };
    Some((Some(c), chars.as_str()))
}

fn number(rest: &mut &str) -> Option<Value> {
    let (minus, digits) = match rest.strip_prefix('-') {
        Some(digits) => ("-", digits.trim_start()),
        None => ("", *rest),
    };
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, radix)));
    // A sign belongs to an exponent alone; `1 + 1` and `1.max(2)` are expressions.
    let is_part = |at: usize, c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '.')
            || (matches!(c, '+' | '-') && radix.is_none() && digits[..at].ends_with(['e', 'E']))
    };
    let end =
        digits.char_indices().find(|(at, c)| !is_part(*at, *c)).map_or(digits.len(), |it| it.0);
    let (word, after) = digits.split_at(end);
    let word = word.replace('_', "");
    let text = if let Some((_, radix)) = radix {
        let digits = without_suffix(&word[2..], radix == 16);
        u128::from_str_radix(digits, radix).ok()?.to_string()
    } else {
        let plain = without_suffix(&word, false);
        let plain = plain.strip_suffix(['f', 'F']).unwrap_or(plain);
        plain.parse::<f64>().ok().filter(|float| float.is_finite())?;
        match plain.strip_suffix('.') {
            Some(whole) => format!("{whole}.0"),
            None if plain.bytes().all(|byte| byte.is_ascii_digit()) => integer(plain)?,
            None => plain.to_owned(),
        }
    };
    *rest = after;
    Some(Value::Number(format!("{minus}{text}")))
}

/// A number without the type behind it: `5u16`, `0.5f32`.
fn without_suffix(word: &str, hex: bool) -> &str {
    let types =
        ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];
    let floats = ["f32", "f64"].into_iter().filter(|_| !hex);
    let mut all = types.into_iter().chain(floats);
    all.find_map(|ty| word.strip_suffix(ty)).unwrap_or(word)
}

/// An integer as every format writes it, without a `+` and leading zeros.
fn integer(text: &str) -> Option<String> {
    match text.parse::<i128>() {
        Ok(value) => Some(value.to_string()),
        Err(_) => text.parse::<u128>().ok().map(|value| value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_what_they_are_in_a_file() {
        for (source, expected) in [
            ("8080", "8080"),
            ("1_000u32", "1000"),
            ("-5", "-5"),
            ("0xff_u8", "255"),
            ("0b101", "5"),
            ("0o17", "15"),
            ("0xf32", "3890"),
            ("1.", "1.0"),
            ("1.5e-3", "1.5e-3"),
            ("2f64", "2"),
            ("true", "true"),
            ("\"a\\n\\x41\\u{e9}\\\"\"", "\"a\\nAé\\\"\""),
            ("\"a\\\n   b\"", "\"ab\""),
            ("r#\"a\"b\"#", "\"a\\\"b\""),
            ("'x'", "\"x\""),
            ("'\\''", "\"'\""),
            ("[\"a\", \"b\"]", "[\"a\", \"b\"]"),
            ("vec![1, 2,]", "[1, 2]"),
            ("vec![]", "[]"),
            ("None", "null"),
            ("Some(3)", "3"),
            ("String::new()", "\"\""),
        ] {
            let value = parse(source).unwrap_or_else(|| panic!("{source} is a literal"));
            assert_eq!(value.to_string(), expected, "{source}");
        }
        for source in [
            "24 * 60",
            "five()",
            "1.max(2)",
            "Mode::Fast",
            "\"a\".into()",
            "-x",
            "true && x",
            "",
            "vec![1; 2]",
            "b\"x\"",
            "Nonesuch",
            "0xzz",
            "1e999",
            "[1",
            "\"a",
            "'",
            "\"\\q\"",
            "false.then(f)",
            "99999999999999999999999999999999999999999",
        ] {
            assert_eq!(parse(source), None, "{source}");
        }
    }

    #[test]
    fn texts_are_read_by_the_type() {
        let of = |ty, default| {
            let field = Field { ty, default: Some(default), ..Field::new("x", "X", Kind::Leaf) };
            default_of(&field).map(|value| value.to_string())
        };
        for (ty, default, expected) in [
            ("u16", "\"007\"", Some("7")),
            ("Option<f64>", "\"1.5\"", Some("1.5")),
            (
                "u128",
                "\"340282366920938463463374607431768211455\"",
                Some("340282366920938463463374607431768211455"),
            ),
            ("bool", "\"on\"", Some("true")),
            ("bool", "\"off\"", Some("false")),
            ("bool", "\"maybe\"", None),
            ("Vec<u8>", "[\"1\", \"2\"]", Some("[1, 2]")),
            ("Vec<u8>", "\"1\"", None),
            ("Port", "\"80\"", None),
            ("Port", "80", Some("80")),
            ("Level", "\"info\"", Some("\"info\"")),
            ("Levels", "[\"info\"]", Some("[\"info\"]")),
            ("String", "Default::default()", Some("\"\"")),
            ("BTreeMap<String, u8>", "Default::default()", Some("{}")),
            ("IpAddr", "Default::default()", None),
            ("bool", "true", Some("true")),
            ("char", "'c'", Some("\"c\"")),
            ("String", "5", None),
            ("f64", "\"inf\"", None),
            ("u8", "\"ten\"", None),
        ] {
            assert_eq!(of(ty, default).as_deref(), expected, "{ty} = {default}");
        }
        let odd = "\u{7f}\u{2028}\t\r\\";
        assert_eq!(quoted(odd), "\"\\u007f\\u2028\\t\\r\\\\\"");
    }

    #[test]
    fn what_may_not_or_cannot_be_shown_is_none() {
        let plain = || Field { ty: "u8", default: Some("5"), ..Field::new("x", "X", Kind::Leaf) };
        assert!(default_of(&plain()).is_some());
        assert!(default_of(&Field { secret: true, ..plain() }).is_none());
        assert!(default_of(&Field { custom_decode: true, ..plain() }).is_none());
        assert!(default_of(&Field { default: None, ..plain() }).is_none());
    }
}
