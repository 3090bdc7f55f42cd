//! Keys and values from their text.
//!
//! What most of them look like is read here; everything else, and everything that is wrong, is
//! left to `toml_parser`.

use std::borrow::Cow;

use toml::de::DeValue;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::{ParseError, Raw, Span as Range};

use super::event::Form;
use crate::decode::{Scalar, Span};

/// The text of a key.
pub(super) fn key(text: &str, span: Span, form: Form) -> Result<Cow<'_, str>, ParseError> {
    let raw = &text[span.range()];
    let Form::Raw(encoding) = form else { return Ok(Cow::Borrowed(raw)) };
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    match encoding {
        None if !raw.is_empty() && raw.bytes().all(bare) => return Ok(Cow::Borrowed(raw)),
        Some(Encoding::BasicString) => {
            if let Some(plain) = plain_string(raw) {
                return Ok(Cow::Borrowed(plain));
            }
        }
        _ => {}
    }
    let mut decoded = Cow::Borrowed("");
    let mut error = None;
    at(raw, span, encoding).decode_key(&mut decoded, &mut error);
    match error {
        Some(error) => Err(error),
        None => Ok(decoded),
    }
}

/// A value without parts.
pub(super) fn scalar(text: &str, span: Span, form: Form) -> Result<Scalar<'_>, ParseError> {
    let raw = &text[span.range()];
    let Form::Raw(encoding) = form else { return Ok(Scalar::Str(Cow::Borrowed(raw))) };
    match encoding {
        Some(Encoding::BasicString) => {
            if let Some(plain) = plain_string(raw) {
                return Ok(Scalar::Str(Cow::Borrowed(plain)));
            }
        }
        None if raw == "true" => return Ok(Scalar::Bool(true)),
        None if raw == "false" => return Ok(Scalar::Bool(false)),
        None => {
            if let Some(value) = plain_integer(raw) {
                return Ok(Scalar::Integer(i128::from(value)));
            }
        }
        Some(_) => {}
    }
    let mut decoded = Cow::Borrowed("");
    let mut error = None;
    let kind = at(raw, span, encoding).decode_scalar(&mut decoded, &mut error);
    if let Some(error) = error {
        return Err(error);
    }
    let wrong = |what: String| ParseError::new(what).with_unexpected(range(span));
    match kind {
        ScalarKind::String => Ok(Scalar::Str(decoded)),
        ScalarKind::Boolean(value) => Ok(Scalar::Bool(value)),
        // The parser lets `0x` and `1_é` pass.
        ScalarKind::Integer(radix) if !are_digits(&decoded, radix.value()) => {
            Err(wrong(radix.invalid_description().to_owned()))
        }
        ScalarKind::Integer(radix) => Ok(integer(raw, decoded, radix.value())),
        ScalarKind::Float => match decoded.parse::<f64>() {
            Ok(value) if value.is_finite() || decoded.contains(['i', 'n']) => {
                Ok(Scalar::Float(value))
            }
            Ok(_) => Err(wrong("a number that is too large for a float".to_owned())),
            Err(_) => Err(wrong("invalid float".to_owned())),
        },
        ScalarKind::DateTime => match DeValue::parse(raw).map(toml::Spanned::into_inner) {
            Ok(DeValue::Datetime(value)) => {
                // `1979-05-27 07:32:00z` is written in many ways; types that parse the text know
                // the usual one, which is also what `toml` shows them.
                let usual = value.to_string();
                let text = if usual == *decoded { decoded } else { Cow::Owned(usual) };
                Ok(Scalar::Datetime(text))
            }
            Ok(_) => Err(wrong("invalid datetime".to_owned())),
            Err(error) => Err(wrong(error.message().to_owned())),
        },
    }
}

fn at(raw: &str, span: Span, encoding: Option<Encoding>) -> Raw<'_> {
    Raw::new_unchecked(raw, encoding, range(span))
}

/// As `toml_parser` writes it.
pub(super) fn range(span: Span) -> Range {
    Range::new_unchecked(span.start as usize, span.end as usize)
}

/// The text between double quotes, where it holds no escapes and nothing that is wrong.
fn plain_string(raw: &str) -> Option<&str> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7f);
    inner.bytes().all(plain).then_some(inner)
}

/// A decimal integer without underscores that surely fits.
fn plain_integer(raw: &str) -> Option<i64> {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    let plain = match digits.as_bytes() {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.len() < 18 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if !plain {
        return None;
    }
    let value = digits.bytes().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    Some(if digits.len() == raw.len() { value } else { -value })
}

fn are_digits(text: &str, radix: u32) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix))
}

/// `digits` are those of `raw`, without underscores and without the prefix of the radix.
fn integer<'t>(raw: &'t str, digits: Cow<'t, str>, radix: u32) -> Scalar<'t> {
    if radix != 10 && u128::from_str_radix(&digits, radix).is_err() {
        // Without its prefix it would look like a decimal number.
        return Scalar::Huge(Cow::Borrowed(raw));
    }
    match digits {
        Cow::Borrowed(digits) => Scalar::integer(digits, radix),
        Cow::Owned(digits) => Scalar::integer(&digits, radix).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Scalar<'_>> {
        scalar(text, Span::new(0, text.len()), Form::Raw(None)).ok()
    }

    #[test]
    fn numbers_keep_every_digit() {
        assert_eq!(read("0"), Some(Scalar::Integer(0)));
        assert_eq!(read("-0"), Some(Scalar::Integer(0)));
        assert_eq!(read("+7"), Some(Scalar::Integer(7)));
        assert_eq!(read("0xdead_beef"), Some(Scalar::Integer(0xdead_beef)));
        assert_eq!(read("0o17"), Some(Scalar::Integer(15)));
        assert_eq!(read("0b1_01"), Some(Scalar::Integer(5)));
        assert_eq!(read("999999999999999999"), Some(Scalar::Integer(999_999_999_999_999_999)));
        assert_eq!(read("9223372036854775808"), Some(Scalar::Integer(1 << 63)));
        let most = u128::MAX.to_string();
        assert_eq!(read(&most), Some(Scalar::Huge(most.clone().into())));
        let hex = format!("0x{}", "f".repeat(33));
        assert_eq!(read(&hex), Some(Scalar::Huge(hex.clone().into())));
    }

    #[test]
    fn floats_are_what_they_say() {
        assert_eq!(read("-inf"), Some(Scalar::Float(f64::NEG_INFINITY)));
        assert!(matches!(read("+nan"), Some(Scalar::Float(value)) if value.is_nan()));
        assert_eq!(read("6.626e-34"), Some(Scalar::Float(6.626e-34)));
        assert_eq!(read("1_0.5"), Some(Scalar::Float(10.5)));
        assert_eq!(read("1e999"), None);
    }

    #[test]
    fn what_is_wrong_is_left_to_the_parser() {
        for text in ["01", "-", "1_", "_1", "0x", "tru", "True", "yes", "1.", ".5", "12:61", ""] {
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["\"a", "\"", "\"\u{1}\"", "\"\\q\""] {
            let span = Span::new(0, text.len());
            assert!(scalar(text, span, Form::Raw(Some(Encoding::BasicString))).is_err(), "{text}");
        }
    }

    #[test]
    fn date_times_are_written_in_the_usual_way() {
        let text = |text| match read(text) {
            Some(Scalar::Datetime(text)) => text.into_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(text("1979-05-27 07:32:00z"), "1979-05-27T07:32:00Z");
        assert_eq!(text("07:32:00"), "07:32:00");
    }
}
