//! Tags: those of the core schema are honoured, no other constructs anything.

use std::borrow::Cow;

use granit_parser::{ScalarStyle, Tag};

use crate::decode::scalar::Core;
use crate::decode::{Scalar, Span};
use crate::format::SyntaxError;

/// A scalar as its quotes and its tag say.
pub(super) fn scalar<'t>(
    text: Cow<'t, str>,
    style: ScalarStyle,
    tag: Option<&Tag>,
    span: Span,
) -> Result<Scalar<'t>, SyntaxError> {
    let Some(tag) = tag else {
        return Ok(untagged(text, style));
    };
    if is_non_specific(tag) {
        return Ok(Scalar::Str(text));
    }
    let Some(core) = tag.core_suffix() else {
        let alone = text.is_empty() && style == ScalarStyle::Plain;
        return Err(if alone { lonely(span) } else { unknown(tag, span) });
    };
    let number = |text: &str| match Core::of(text) {
        Core::Float(value) => Some(value),
        Core::Integer(_) | Core::Huge(_) => text.parse().ok(),
        _ => None,
    };
    let scalar = match (core, Core::of(&text)) {
        ("str", _) => Some(Scalar::Str(text)),
        // A plain scalar says that it is an integer, and keeps all its digits.
        ("int", Core::Integer(_) | Core::Huge(_)) => Some(Scalar::Plain(text)),
        ("float", _) => number(&text).map(Scalar::Float),
        ("bool", Core::Bool(value)) => Some(Scalar::Bool(value)),
        ("null", Core::Null) => Some(Scalar::Null),
        _ => None,
    };
    scalar.ok_or_else(|| mismatch(core, span))
}

/// A scalar as its quotes say.
pub(super) fn untagged(text: Cow<'_, str>, style: ScalarStyle) -> Scalar<'_> {
    if style == ScalarStyle::Plain { Scalar::Plain(text) } else { Scalar::Str(text) }
}

/// The text of a scalar: where there is none, the parser says `~`.
pub(super) fn written<'t>(text: Cow<'t, str>, span: &granit_parser::Span) -> Cow<'t, str> {
    let nothing = text == "~" && span.byte_range().is_some_and(|range| range.is_empty());
    if nothing { Cow::Borrowed("") } else { text }
}

/// Looks at the tag of a list (`seq`) or table (`map`).
pub(super) fn collection(
    tag: Option<&Tag>,
    own: &'static str,
    span: Span,
) -> Result<(), SyntaxError> {
    match tag {
        None => Ok(()),
        Some(tag) if is_non_specific(tag) || tag.is_yaml_core_schema_tag(own) => Ok(()),
        Some(tag) => Err(match tag.core_suffix() {
            Some(core) => mismatch(core, span),
            None => unknown(tag, span),
        }),
    }
}

/// `!` alone: "not by the core schema".
fn is_non_specific(tag: &Tag) -> bool {
    tag.original() == "!"
}

/// A tag without a value is most likely a text without quotes, and that may be a password, so it is
/// not repeated.
fn lonely(span: Span) -> SyntaxError {
    SyntaxError::grammar("a tag without a value: what begins with `!` is a tag", Some(span))
        .help("put it in quotes if it is a text")
}

fn unknown(tag: &Tag, span: Span) -> SyntaxError {
    let mut name = tag.original();
    if name.chars().count() > 60 {
        name = name.chars().take(60).chain(['…']).collect();
    }
    let message = format!("the tag `{}` is not known here", name.escape_debug());
    SyntaxError::grammar(message, Some(span)).help(
        "remove it: tags construct nothing; `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, \
         `!!seq` and `!!map` are read",
    )
}

fn mismatch(core: &str, span: Span) -> SyntaxError {
    SyntaxError::grammar(format!("the value is not what its tag `!!{core}` says"), Some(span))
        .help("correct the value, or remove the tag")
}
