//! One value without parts, as its source wrote it.

use std::borrow::Cow;

use super::fault::{Fault, FaultKind, Found};

/// One value without parts, as its source wrote it.
///
/// How much of its type is known depends on the source. TOML and JSON say it; a plain scalar of
/// YAML and a variable's text do not, so these keep their text until the target's type asks.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Scalar<'a> {
    /// JSON's and YAML's `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// An integer that only `u128` holds, or none at all (then as `u128::MAX` with the text).
    Huge(Cow<'a, str>),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Str(Cow<'a, str>),
    /// A date, a time or both, as TOML writes them.
    Datetime(Cow<'a, str>),
    /// A scalar of YAML without quotes: YAML 1.2's core schema says what it can be.
    Plain(Cow<'a, str>),
    /// The text of a variable or an argument: the target's type says what it is.
    Text {
        /// The text.
        text: Cow<'a, str>,
        /// Where a list is split.
        separator: &'static str,
    },
}

impl<'a> Scalar<'a> {
    /// A variable's text.
    pub fn text(text: impl Into<Cow<'a, str>>, separator: &'static str) -> Self {
        Self::Text { text: text.into(), separator }
    }

    /// An integer from its digits (with a sign, without underscores).
    pub fn integer(digits: &'a str, radix: u32) -> Self {
        i128::from_str_radix(digits, radix).map_or_else(
            |_| match u128::from_str_radix(digits, radix) {
                Ok(value) => Self::Huge(Cow::Owned(value.to_string())),
                Err(_) if radix == 10 => Self::Huge(Cow::Borrowed(digits)),
                // Nobody shall take these digits for decimal ones.
                Err(_) => Self::Huge(Cow::Owned(format!("{digits} (base {radix})"))),
            },
            Self::Integer,
        )
    }

    /// What it is, in the words of an error message.
    pub fn found(&self) -> Found {
        match self {
            Self::Null => Found::kind("null"),
            Self::Bool(value) => Found::value("the boolean", value),
            Self::Integer(value) => Found::value("the integer", value),
            Self::Huge(value) => Found::value("the integer", value),
            Self::Float(value) => Found::value("the number", Shown(*value)),
            Self::Str(text) | Self::Text { text, .. } => Found::string(text),
            Self::Datetime(text) => Found::value("the date-time", text),
            Self::Plain(text) => match Core::of(text) {
                Core::Str => Found::string(text),
                other => other.into_scalar().found(),
            },
        }
    }

    /// The same value, independent of the text that it was read from.
    pub fn into_owned(self) -> Scalar<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Scalar::Null,
            Self::Bool(value) => Scalar::Bool(value),
            Self::Integer(value) => Scalar::Integer(value),
            Self::Huge(text) => Scalar::Huge(own(text)),
            Self::Float(value) => Scalar::Float(value),
            Self::Str(text) => Scalar::Str(own(text)),
            Self::Datetime(text) => Scalar::Datetime(own(text)),
            Self::Plain(text) => Scalar::Plain(own(text)),
            Self::Text { text, separator } => Scalar::Text { text: own(text), separator },
        }
    }

    /// As a boolean.
    ///
    /// A variable may say `1`, `true`, `yes`, `on` or `0`, `false`, `no`, `off`, in any case.
    pub fn to_bool(&self) -> Result<bool, Fault> {
        const EXPECTED: &str = "a boolean (true or false)";
        match self {
            Self::Bool(value) => Ok(*value),
            Self::Null => Err(Fault::new(FaultKind::Null)),
            Self::Plain(text) => match Core::of(text) {
                Core::Bool(value) => Ok(value),
                Core::Null => Err(Fault::new(FaultKind::Null)),
                _ => {
                    let hint = match &*text.to_ascii_lowercase() {
                        "yes" | "on" | "y" => ": write `true`",
                        "no" | "off" | "n" => ": write `false`",
                        _ => "",
                    };
                    Err(Fault::expected(format!("{EXPECTED}{hint}"), self.found()))
                }
            },
            Self::Text { text, .. } => match &*text.trim().to_ascii_lowercase() {
                "1" | "true" | "yes" | "on" => Ok(true),
                "0" | "false" | "no" | "off" => Ok(false),
                _ => Err(Fault::expected(
                    "a boolean (true, yes, on, 1 or their opposites)",
                    self.found(),
                )),
            },
            _ => Err(self.refused(EXPECTED, |text| matches!(text, "true" | "false"))),
        }
    }

    /// As an integer of type `T`, whose limits are only for the message.
    pub fn to_integer<T>(&self, low: &impl ToString, high: &impl ToString) -> Result<T, Fault>
    where
        T: TryFrom<i128> + TryFrom<u128>,
    {
        let expected = || format!("an integer from {} to {}", low.to_string(), high.to_string());
        let range = || {
            // Here a variable's text is known to be an integer.
            let found = match self {
                Self::Text { text, .. } => Found::value("the integer", text.trim()),
                _ => self.found(),
            };
            Fault::new(FaultKind::Range { expected: expected(), found })
        };
        let fit = |value: i128| T::try_from(value).map_err(|_| range());
        let huge = |text: &str| {
            text.parse::<u128>().ok().and_then(|v| T::try_from(v).ok()).ok_or_else(range)
        };
        match self {
            Self::Integer(value) => fit(*value),
            Self::Huge(text) => huge(text),
            Self::Null => Err(Fault::new(FaultKind::Null)),
            Self::Plain(text) => match Core::of(text) {
                Core::Integer(value) => fit(value),
                Core::Huge(text) => huge(&text),
                Core::Null => Err(Fault::new(FaultKind::Null)),
                _ => Err(Fault::expected(expected(), self.found())),
            },
            Self::Text { text, .. } => match text.trim().parse::<i128>() {
                Ok(value) => fit(value),
                Err(_) if is_digits(text.trim()) => huge(text.trim()),
                Err(_) => Err(Fault::expected(expected(), self.found())),
            },
            _ => Err(self.refused(expected(), |text| {
                text.parse::<i128>().is_ok_and(|value| T::try_from(value).is_ok())
            })),
        }
    }

    /// As a floating-point number; an integer is one too.
    pub fn to_float(&self) -> Result<f64, Fault> {
        const EXPECTED: &str = "a number";
        let wrong = || Fault::expected(EXPECTED, self.found());
        match self {
            Self::Float(value) => Ok(*value),
            Self::Integer(value) => Ok(as_float(*value)),
            Self::Huge(text) => text.parse().map_err(|_| wrong()),
            Self::Null => Err(Fault::new(FaultKind::Null)),
            Self::Plain(text) => match Core::of(text) {
                Core::Float(value) => Ok(value),
                Core::Integer(value) => Ok(as_float(value)),
                Core::Huge(text) => text.parse().map_err(|_| wrong()),
                Core::Null => Err(Fault::new(FaultKind::Null)),
                _ => Err(wrong()),
            },
            Self::Text { text, .. } => text.trim().parse().map_err(|_| wrong()),
            _ => Err(self.refused(EXPECTED, |text| text.parse::<f64>().is_ok_and(f64::is_finite))),
        }
    }

    /// The fault of another kind of value; of a string that would be one without its quotes, with that
    /// advice.
    fn refused(&self, expected: impl Into<String>, is_one: fn(&str) -> bool) -> Fault {
        let fault = Fault::expected(expected, self.found());
        match self {
            Self::Str(text) if is_one(text) => fault.advised("write it without quotes"),
            _ => fault,
        }
    }

    /// As a string: what its source wrote as one, or left open.
    pub fn to_str(&self) -> Result<&str, Fault> {
        match self {
            Self::Str(text) | Self::Datetime(text) | Self::Text { text, .. } => Ok(text),
            Self::Plain(text) if !is_null(text) => Ok(text),
            Self::Null | Self::Plain(_) => Err(Fault::new(FaultKind::Null)),
            _ => Err(Fault::expected("a string", self.found())),
        }
    }

    /// Whether it says that there is no value.
    pub fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Plain(text) => is_null(text),
            _ => false,
        }
    }
}

#[allow(clippy::cast_precision_loss)] // what a float field asks for
fn as_float(value: i128) -> f64 {
    value as f64
}

/// A float as configuration files write it.
struct Shown(f64);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a plain scalar of YAML says that there is no value.
fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// What a plain scalar is by the core schema of YAML 1.2 (chapter 10.3.2 of the specification).
#[derive(Debug, PartialEq)]
pub enum Core {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false` in one of three cases.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// An integer beyond `i128`, in decimal digits.
    Huge(String),
    /// A floating-point number.
    Float(f64),
    /// Anything else.
    Str,
}

impl Core {
    /// What `text` is.
    pub fn of(text: &str) -> Self {
        match text {
            _ if is_null(text) => return Self::Null,
            "true" | "True" | "TRUE" => return Self::Bool(true),
            "false" | "False" | "FALSE" => return Self::Bool(false),
            _ => {}
        }
        if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
            return Self::Str;
        }
        let integer = |digits: &str, radix| match Scalar::integer(digits, radix) {
            Scalar::Integer(value) => Self::Integer(value),
            Scalar::Huge(text) => Self::Huge(text.into_owned()),
            _ => Self::Str,
        };
        if let Some(octal) = text.strip_prefix("0o") {
            let valid = !octal.is_empty() && octal.bytes().all(|b| (b'0'..=b'7').contains(&b));
            return if valid { integer(octal, 8) } else { Self::Str };
        }
        if let Some(hex) = text.strip_prefix("0x") {
            let valid = !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit());
            return if valid { integer(hex, 16) } else { Self::Str };
        }
        if is_digits(text) {
            return text
                .parse()
                .map_or_else(|_| integer(text, 10), |i: i64| Self::Integer(i.into()));
        }
        Self::float(text).map_or(Self::Str, Self::Float)
    }

    fn float(text: &str) -> Option<f64> {
        let (sign, bare) = match text.as_bytes()[0] {
            b'-' => (-1.0, &text[1..]),
            b'+' => (1.0, &text[1..]),
            _ => (1.0, text),
        };
        match bare {
            ".inf" | ".Inf" | ".INF" => return Some(sign * f64::INFINITY),
            ".nan" | ".NaN" | ".NAN" if bare.len() == text.len() => return Some(f64::NAN),
            _ => {}
        }
        let (mantissa, exponent) = match bare.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (bare, None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let valid = digits(whole)
            && digits(fraction)
            && !(whole.is_empty() && fraction.is_empty())
            && exponent.is_none_or(is_digits);
        valid.then(|| text.parse().ok()).flatten()
    }

    /// As the scalar that a typed format would have written; the text of a string is not known.
    pub fn into_scalar(self) -> Scalar<'static> {
        match self {
            Self::Null => Scalar::Null,
            Self::Bool(value) => Scalar::Bool(value),
            Self::Integer(value) => Scalar::Integer(value),
            Self::Huge(text) => Scalar::Huge(Cow::Owned(text)),
            Self::Float(value) => Scalar::Float(value),
            Self::Str => Scalar::Str(Cow::Borrowed("")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let cases = [
            ("~", Core::Null),
            ("True", Core::Bool(true)),
            ("yes", Core::Str),
            ("07", Core::Integer(7)),
            ("0o17", Core::Integer(15)),
            ("0xfF", Core::Integer(255)),
            ("0b11", Core::Str),
            ("1_000", Core::Str),
            ("1:30", Core::Str),
            ("1e3", Core::Float(1000.0)),
            ("1.10", Core::Float(1.1)),
            ("1.", Core::Float(1.0)),
            (".5", Core::Float(0.5)),
            ("-.inf", Core::Float(f64::NEG_INFINITY)),
            (".", Core::Str),
            ("-", Core::Str),
            ("1e", Core::Str),
            ("1.2.3", Core::Str),
            ("0x", Core::Str),
            ("0x-1", Core::Str),
            ("é", Core::Str),
        ];
        for (text, core) in cases {
            assert_eq!(Core::of(text), core, "{text}");
        }
    }

    #[test]
    fn integers_never_pass_through_a_float() {
        let text = |text| Scalar::text(text, ",");
        assert_eq!(
            text("18446744073709551615").to_integer::<u64>(&0, &u64::MAX).ok(),
            Some(u64::MAX)
        );
        assert_eq!(
            Scalar::Plain(u128::MAX.to_string().into()).to_integer::<u128>(&0, &"2^128").ok(),
            Some(u128::MAX)
        );
        let fault = Scalar::Integer(300).to_integer::<u8>(&0, &255).expect_err("out of range");
        assert_eq!(fault.to_string(), "expected an integer from 0 to 255, found the integer 300");
        assert!(Scalar::Float(1.0).to_integer::<u8>(&0, &255).is_err());
    }

    #[test]
    fn a_yaml_yes_is_told_what_to_write() {
        let fault = Scalar::Plain("yes".into()).to_bool().expect_err("a string");
        assert_eq!(
            fault.to_string(),
            "expected a boolean (true or false): write `true`, found the string \"yes\""
        );
    }

    #[test]
    fn every_scalar_is_named_as_its_source_wrote_it() {
        let cases = [
            (Scalar::Null, "null"),
            (Scalar::Bool(false), "the boolean false"),
            (Scalar::Integer(-3), "the integer -3"),
            (
                Scalar::integer("ffffffffffffffffffffffffffffffffff", 16),
                "the integer ffffffffffffffffffffffffffffffffff (base 16)",
            ),
            (Scalar::Float(1.0), "the number 1.0"),
            (Scalar::Str("1".into()), "the string \"1\""),
            (Scalar::Datetime("07:32:00".into()), "the date-time 07:32:00"),
            (Scalar::Plain("~".into()), "null"),
            (Scalar::Plain("0x10".into()), "the integer 16"),
            (Scalar::Plain("a b".into()), "the string \"a b\""),
            (Scalar::text("1", ","), "the string \"1\""),
        ];
        for (scalar, words) in cases {
            assert_eq!(scalar.found().to_string(), words);
        }
    }

    #[test]
    fn null_is_no_value_of_any_type() {
        for null in [Scalar::Null, Scalar::Plain("~".into())] {
            let faults = [
                null.to_bool().err(),
                null.to_integer::<u8>(&0, &255).err(),
                null.to_float().err(),
                null.to_str().err(),
            ];
            for fault in faults {
                let fault = fault.expect("null is refused");
                assert!(matches!(fault.kind(), FaultKind::Null), "{fault}");
            }
        }
    }

    #[test]
    fn numbers_of_every_source_are_floats_too() {
        let cases = [
            (Scalar::Integer(3), 3.0),
            (Scalar::Huge("340282366920938463463374607431768211455".into()), 2_f64.powi(128)),
            (Scalar::Plain("1e3".into()), 1000.0),
            (Scalar::Plain("7".into()), 7.0),
            (Scalar::Plain("340282366920938463463374607431768211456".into()), 2_f64.powi(128)),
            (Scalar::text(" 0.5 ", ","), 0.5),
        ];
        for (scalar, value) in cases {
            assert_eq!(scalar.to_float().ok(), Some(value), "{scalar:?}");
        }
        let refused = |scalar: Scalar<'_>| scalar.to_float().expect_err("no number").to_string();
        assert_eq!(refused(Scalar::Str("1".into())), "expected a number, found the string \"1\"");
        assert_eq!(refused(Scalar::Plain("a".into())), "expected a number, found the string \"a\"");
        // Digits of another base are never taken for decimal ones.
        let hex = Scalar::integer("ffffffffffffffffffffffffffffffffff", 16);
        assert_eq!(
            refused(hex),
            "expected a number, found the integer ffffffffffffffffffffffffffffffffff (base 16)"
        );
        assert!(Scalar::Plain(".NaN".into()).to_float().is_ok_and(f64::is_nan));
        assert_eq!(Core::of("-.nan"), Core::Str);
    }

    #[test]
    fn an_integer_of_any_size_fits_or_says_what_would() {
        let read = |scalar: Scalar<'_>| {
            scalar.to_integer::<u128>(&0, &u128::MAX).map_err(|fault| fault.to_string())
        };
        assert_eq!(read(Scalar::integer(&u128::MAX.to_string(), 10)), Ok(u128::MAX));
        assert_eq!(read(Scalar::text(u128::MAX.to_string(), ",")), Ok(u128::MAX));
        let range = format!("expected an integer from 0 to {}, found", u128::MAX);
        assert_eq!(read(Scalar::text(" -1 ", ",")), Err(format!("{range} the integer -1")));
        assert_eq!(read(Scalar::Plain("a".into())), Err(format!("{range} the string \"a\"")));
        assert_eq!(read(Scalar::Float(1.0)), Err(format!("{range} the number 1.0")));
    }

    #[test]
    fn a_variable_may_say_a_boolean_in_words() {
        for text in ["1", "TRUE", " yes ", "On"] {
            assert_eq!(Scalar::text(text, ",").to_bool().ok(), Some(true), "{text}");
        }
        for text in ["0", "false", "No", "OFF"] {
            assert_eq!(Scalar::text(text, ",").to_bool().ok(), Some(false), "{text}");
        }
        let refused = |scalar: Scalar<'_>| scalar.to_bool().expect_err("no boolean").to_string();
        assert_eq!(
            refused(Scalar::text("y", ",")),
            "expected a boolean (true, yes, on, 1 or their opposites), found the string \"y\""
        );
        assert_eq!(
            refused(Scalar::Plain("off".into())),
            "expected a boolean (true or false): write `false`, found the string \"off\""
        );
        assert_eq!(
            refused(Scalar::Plain("maybe".into())),
            "expected a boolean (true or false), found the string \"maybe\""
        );
        assert_eq!(
            refused(Scalar::Integer(1)),
            "expected a boolean (true or false), found the integer 1"
        );
    }
}
