//! Why a value could not be decoded, before anybody knows where it stood.

use std::any::TypeId;
use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Unexpected};

use super::expected;
use super::tree::Span;
use crate::error::Code;
use crate::path::Segment;

/// Why a value could not be decoded.
///
/// A fault knows nothing of files and paths: whoever walks the source knows them and makes a
/// [`Problem`](crate::Problem) of it. What was found is kept apart from the rest, so that a
/// secret's value can be withheld.
#[derive(Debug)]
pub struct Fault(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: FaultKind,
    /// Where inside the value, for values that are decoded as a whole.
    at: Vec<Segment>,
    span: Option<Span>,
    /// What to do about it, where the type has something to say of that.
    advice: Option<&'static str>,
}

/// What is wrong with a value.
#[derive(Debug)]
pub enum FaultKind {
    /// It is of another type or shape.
    Type {
        /// What the setting takes.
        expected: String,
        /// What stood there.
        found: Found,
    },
    /// It is a number that does not fit.
    Range {
        /// What the setting takes.
        expected: String,
        /// What stood there.
        found: Found,
    },
    /// It is `null`, and the setting is no `Option`.
    Null,
    /// It is a word that is none of the known ones.
    Word {
        /// The word.
        found: String,
        /// The words that are known.
        known: Vec<&'static str>,
    },
    /// A value that is decoded as a whole lacks one of its parts.
    Missing(&'static str),
    /// A value that is decoded as a whole has a part that it does not know.
    Unknown {
        /// The part's key.
        found: String,
        /// The keys that are known.
        known: &'static [&'static str],
    },
    /// The type's own words.
    Custom {
        /// What it said.
        message: String,
        /// What it said it about.
        found: Option<Found>,
    },
}

/// What stood where another value was expected.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its kind, with an article: "the string", "an integer", "a list".
    pub what: Cow<'static, str>,
    /// The value as written, where it is short enough to be shown.
    pub value: Option<String>,
}

/// Longer values are not repeated in a message.
const SHOWN: usize = 60;

impl Found {
    /// A kind of value without the value.
    pub fn kind(what: &'static str) -> Self {
        Self { what: Cow::Borrowed(what), value: None }
    }

    /// A string, quoted and with its control characters escaped.
    pub fn string(text: &str) -> Self {
        if text.chars().count() > SHOWN {
            Self::kind("a long string")
        } else {
            Self { what: Cow::Borrowed("the string"), value: Some(format!("{text:?}")) }
        }
    }

    /// A value that is shown as it is.
    pub fn value(what: &'static str, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        if value.chars().count() > SHOWN {
            Self::kind(what)
        } else {
            Self { what: Cow::Borrowed(what), value: Some(value) }
        }
    }

    /// A list of so many items.
    pub fn items(len: usize) -> Self {
        let s = if len == 1 { "" } else { "s" };
        Self { what: Cow::Owned(format!("a list of {len} item{s}")), value: None }
    }

    fn of(unexpected: Unexpected<'_>) -> Self {
        match unexpected {
            Unexpected::Bool(value) => Self::value("the boolean", value),
            Unexpected::Unsigned(value) => Self::value("the integer", value),
            Unexpected::Signed(value) => Self::value("the integer", value),
            Unexpected::Float(value) => Self::value("the number", value),
            Unexpected::Char(value) => Self::string(value.encode_utf8(&mut [0; 4])),
            Unexpected::Str(value) => Self::string(value),
            Unexpected::Bytes(_) => Self::kind("bytes"),
            Unexpected::Unit | Unexpected::Option => Self::kind("null"),
            Unexpected::NewtypeStruct => Self::kind("a value"),
            Unexpected::Seq => Self::kind("a list"),
            Unexpected::Map => Self::kind("a table"),
            Unexpected::Enum
            | Unexpected::UnitVariant
            | Unexpected::NewtypeVariant
            | Unexpected::TupleVariant
            | Unexpected::StructVariant => Self::kind("an enum's variant"),
            Unexpected::Other(what) => Self { what: Cow::Owned(what.to_owned()), value: None },
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} {value}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl Fault {
    /// A fault of this kind.
    pub fn new(kind: FaultKind) -> Self {
        Self(Box::new(Inner { kind, at: Vec::new(), span: None, advice: None }))
    }

    /// "expected …, found …"
    pub fn expected(expected: impl Into<String>, found: Found) -> Self {
        Self::new(FaultKind::Type { expected: expected.into(), found })
    }

    /// Words of our own about a value.
    pub fn custom(message: impl Into<String>, found: Option<Found>) -> Self {
        Self::new(FaultKind::Custom { message: message.into(), found })
    }

    /// What is wrong.
    pub fn kind(&self) -> &FaultKind {
        &self.0.kind
    }

    /// The code of a problem that it is told as.
    pub(crate) fn code(&self) -> Code {
        match &self.0.kind {
            FaultKind::Type { .. } => Code::WrongType,
            FaultKind::Range { .. } => Code::OutOfRange,
            FaultKind::Null => Code::Null,
            FaultKind::Word { .. } => Code::UnknownWord,
            FaultKind::Unknown { .. } => Code::UnknownKey,
            FaultKind::Missing(_) | FaultKind::Custom { .. } => Code::Invalid,
        }
    }

    /// The value that was found, where it may be shown.
    pub(crate) fn found(&self) -> Option<&str> {
        match &self.0.kind {
            FaultKind::Type { found, .. } | FaultKind::Range { found, .. } => {
                found.value.as_deref()
            }
            FaultKind::Custom { found, .. } => found.as_ref()?.value.as_deref(),
            FaultKind::Word { found, .. } => Some(found),
            FaultKind::Null | FaultKind::Missing(_) | FaultKind::Unknown { .. } => None,
        }
    }

    /// What to do about it, where the type has something to say of that.
    pub fn advice(&self) -> Option<&'static str> {
        self.0.advice
    }

    pub(crate) fn advised(mut self, advice: &'static str) -> Self {
        self.0.advice = Some(advice);
        self
    }

    /// The place inside the value, where it was decoded as a whole.
    pub fn span(&self) -> Option<Span> {
        self.0.span
    }

    /// The steps from the value to its faulty part.
    pub fn at(&self) -> impl Iterator<Item = &Segment> {
        self.0.at.iter().rev()
    }

    /// The fault of a part is a fault of the whole.
    #[must_use]
    pub fn inside(mut self, segment: impl Into<Segment>) -> Self {
        self.0.at.push(segment.into());
        self
    }

    /// Where the faulty part stands; the innermost place counts.
    #[must_use]
    pub fn spanned(mut self, span: Span) -> Self {
        self.0.span.get_or_insert(span);
        self
    }

    /// What was found, told to a type's own message that does not know.
    #[must_use]
    pub fn about(mut self, describe: impl FnOnce() -> Found) -> Self {
        if let FaultKind::Custom { found: found @ None, .. } = &mut self.0.kind {
            *found = Some(describe());
        }
        self
    }

    /// The same in other words for what the setting takes.
    #[must_use]
    pub(crate) fn expecting(mut self, words: impl FnOnce() -> String) -> Self {
        if let FaultKind::Type { expected, .. } | FaultKind::Range { expected, .. } =
            &mut self.0.kind
        {
            *expected = words();
        }
        self
    }

    /// A fault of a value of type `T`, in words of configuration where the type is a well-known one
    /// whose own words speak of parsing.
    #[must_use]
    pub(crate) fn of_value<T: 'static>(self) -> Self {
        self.reworded(expected::value(TypeId::of::<T>()))
    }

    /// The fault of a text that is no key of type `K`.
    pub(crate) fn of_key<K: 'static>(error: &dyn fmt::Display, text: &str) -> Self {
        let message = match expected::key(TypeId::of::<K>()) {
            Some(what) => format!("expected a key that is {what}"),
            None => format!("not a key of this map: {error}"),
        };
        Self::custom(message, Some(Found::string(text)))
    }

    fn reworded(mut self, words: Option<expected::Expected>) -> Self {
        // A faulty part has words of its own, and so has `null`.
        let (Some(words), true) = (words, self.0.at.is_empty()) else { return self };
        match &mut self.0.kind {
            FaultKind::Type { expected, .. } | FaultKind::Range { expected, .. } => {
                *expected = words.what.into_owned();
            }
            FaultKind::Custom { message, .. } => *message = format!("expected {}", words.what),
            FaultKind::Missing(_) | FaultKind::Unknown { .. } => {}
            FaultKind::Null | FaultKind::Word { .. } => return self,
        }
        self.0.advice = words.advice.or(self.0.advice);
        self
    }

    /// Without the value and without words that may hold it.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        let hide = |found: &mut Found| {
            if found.value.take().is_some() {
                found.what = Cow::Owned(format!("{} [redacted]", found.what));
            } else if matches!(found.what, Cow::Owned(_)) {
                // Words of the type's own, which may be the value.
                found.what = Cow::Borrowed("a value [redacted]");
            }
        };
        match &mut self.0.kind {
            FaultKind::Type { found, .. } | FaultKind::Range { found, .. } => hide(found),
            FaultKind::Word { found, .. } | FaultKind::Unknown { found, .. } => {
                "[redacted]".clone_into(found);
            }
            FaultKind::Custom { message, found } => {
                "the value was refused (its type's message is withheld: it may repeat the secret)"
                    .clone_into(message);
                *found = None;
            }
            FaultKind::Null | FaultKind::Missing(_) => {}
        }
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            FaultKind::Type { expected, found } | FaultKind::Range { expected, found } => {
                write!(f, "expected {expected}, found {found}")
            }
            FaultKind::Null => f.write_str("`null` is not a value here"),
            FaultKind::Word { found, known } => {
                write!(f, "unknown value {found:?}, expected {}", one_of(known))
            }
            FaultKind::Missing(field) => write!(f, "`{field}` is missing"),
            FaultKind::Unknown { found, known } => {
                write!(f, "unknown key {found:?}, expected {}", one_of(known))
            }
            FaultKind::Custom { message, found: None } => f.write_str(message),
            FaultKind::Custom { message, found: Some(found) } => {
                write!(f, "{message}, found {found}")
            }
        }
    }
}

/// `"a"`, `"a" or "b"`, `one of "a", "b", "c"`.
pub fn one_of(known: &[&str]) -> String {
    match known {
        [] => "nothing".to_owned(),
        [one] => format!("{one:?}"),
        [one, other] => format!("{one:?} or {other:?}"),
        many => {
            let quoted: Vec<_> = many.iter().map(|word| format!("{word:?}")).collect();
            format!("one of {}", quoted.join(", "))
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        match message.strip_prefix("data did not match any variant of untagged enum ") {
            Some(name) => Fault::custom(format!("fits none of the forms of `{name}`"), None),
            None => Fault::custom(message, None),
        }
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        if unexpected == Unexpected::Unit {
            return Self::new(FaultKind::Null);
        }
        Self::expected(expected.to_string(), Found::of(unexpected))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = Found::of(unexpected);
        let expected = expected.to_string();
        match unexpected {
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => {
                Self::new(FaultKind::Range { expected, found })
            }
            _ => Self::expected(expected, found),
        }
    }

    fn invalid_length(len: usize, expected: &dyn de::Expected) -> Self {
        Self::expected(expected.to_string(), Found::items(len))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(FaultKind::Word { found: variant.to_owned(), known: expected.to_vec() })
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(FaultKind::Unknown { found: field.to_owned(), known: expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(FaultKind::Missing(field))
    }
}

#[cfg(test)]
mod tests {
    use serde::de::Error;

    use super::*;

    #[test]
    fn what_a_type_refuses_is_named_in_words_of_configuration() {
        let cases = [
            (Unexpected::Bool(true), "the boolean true"),
            (Unexpected::Signed(-1), "the integer -1"),
            (Unexpected::Unsigned(1), "the integer 1"),
            (Unexpected::Float(0.5), "the number 0.5"),
            (Unexpected::Char('\n'), "the string \"\\n\""),
            (Unexpected::Str("x"), "the string \"x\""),
            (Unexpected::Bytes(b"x"), "bytes"),
            (Unexpected::Option, "null"),
            (Unexpected::NewtypeStruct, "a value"),
            (Unexpected::Seq, "a list"),
            (Unexpected::Map, "a table"),
            (Unexpected::Enum, "an enum's variant"),
            (Unexpected::StructVariant, "an enum's variant"),
            (Unexpected::Other("a date"), "a date"),
        ];
        for (unexpected, words) in cases {
            let fault = Fault::invalid_type(unexpected, &"a port");
            assert_eq!(fault.to_string(), format!("expected a port, found {words}"));
        }
        let null = Fault::invalid_type(Unexpected::Unit, &"a port");
        assert!(matches!(null.kind(), FaultKind::Null));
    }

    #[test]
    fn a_number_that_is_refused_is_out_of_range_and_anything_else_is_wrong() {
        let refused = |unexpected| Fault::invalid_value(unexpected, &"an even one");
        assert!(matches!(refused(Unexpected::Unsigned(1)).kind(), FaultKind::Range { .. }));
        assert!(matches!(refused(Unexpected::Float(0.1)).kind(), FaultKind::Range { .. }));
        let word = refused(Unexpected::Str("odd"));
        assert!(matches!(word.kind(), FaultKind::Type { .. }));
        assert_eq!(word.to_string(), "expected an even one, found the string \"odd\"");
    }

    #[test]
    fn long_values_are_not_repeated() {
        assert_eq!(Found::string(&"é".repeat(60)).value.map(|text| text.chars().count()), Some(62));
        assert_eq!(Found::string(&"é".repeat(61)).to_string(), "a long string");
        assert_eq!(Found::value("the integer", "9".repeat(61)).to_string(), "the integer");
    }

    #[test]
    fn keys_and_lengths_are_told() {
        assert_eq!(Fault::missing_field("host").to_string(), "`host` is missing");
        assert_eq!(
            Fault::unknown_field("hots", &["host", "port"]).to_string(),
            "unknown key \"hots\", expected \"host\" or \"port\""
        );
        assert_eq!(
            Fault::unknown_field("hots", &[]).to_string(),
            "unknown key \"hots\", expected nothing"
        );
        assert_eq!(
            Fault::unknown_variant("up", &["down"]).to_string(),
            "unknown value \"up\", expected \"down\""
        );
        assert_eq!(
            Fault::invalid_length(0, &"two items").to_string(),
            "expected two items, found a list of 0 items"
        );
    }

    #[test]
    fn a_types_own_words_are_told_what_they_are_about_once() {
        let fault = <Fault as Error>::custom("no such host");
        assert_eq!(fault.to_string(), "no such host");
        let fault = fault.about(|| Found::string("inner")).about(|| Found::string("outer"));
        assert_eq!(fault.to_string(), "no such host, found the string \"inner\"");
    }

    #[test]
    fn nothing_of_a_secret_is_left() {
        const SECRET: &str = "hunter2";
        let faults = [
            Fault::expected("a number", Found::string(SECRET)),
            Fault::expected("a number", Found { what: SECRET.to_owned().into(), value: None }),
            Fault::custom(SECRET, Some(Found::string(SECRET))),
            Fault::unknown_variant(SECRET, &["a"]),
            Fault::unknown_field(SECRET, &["a"]),
            Fault::invalid_type(Unexpected::Other(SECRET), &"a number"),
        ];
        let shown = faults.map(|fault| fault.redacted().to_string());
        assert_eq!(
            shown,
            [
                "expected a number, found the string [redacted]",
                "expected a number, found a value [redacted]",
                "the value was refused (its type's message is withheld: it may repeat the secret)",
                "unknown value \"[redacted]\", expected \"a\"",
                "unknown key \"[redacted]\", expected \"a\"",
                "expected a number, found a value [redacted]",
            ]
        );
        // What holds no value is told as it is.
        let plain = [Fault::new(FaultKind::Null), Fault::missing_field("host")];
        assert_eq!(
            plain.map(|fault| fault.redacted().to_string()),
            ["`null` is not a value here", "`host` is missing"]
        );
    }
}
