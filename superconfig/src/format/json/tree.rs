//! From the parser's tree to ours.

use std::borrow::Cow;
use std::collections::HashMap;

use jsonc_parser::ParseOptions;
use jsonc_parser::ast::{Object, ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};

use crate::decode::{Key, Node, Scalar, Span, Tree};
use crate::format::{Limits, SyntaxError};

/// What the parser accepts.
pub(super) fn options(relaxed: bool) -> ParseOptions {
    ParseOptions {
        allow_comments: relaxed,
        allow_loose_object_property_names: relaxed,
        allow_trailing_commas: relaxed,
        // Two values in a row are a mistake in every dialect.
        allow_missing_commas: false,
        allow_single_quoted_strings: relaxed,
        allow_hexadecimal_numbers: relaxed,
        allow_unary_plus_numbers: relaxed,
        allow_bare_decimal_point_numbers: relaxed,
        allow_non_finite_numbers: relaxed,
        allow_extended_string_escapes: relaxed,
    }
}

/// Builds a tree within limits. It recurses no deeper than [`DEPTH`](super::DEPTH), which the
/// scan has seen to.
pub(super) struct Builder<'l> {
    limits: &'l Limits,
    /// The length of the byte order mark before the text.
    offset: usize,
    nodes: usize,
}

impl<'l> Builder<'l> {
    /// A builder that has built nothing yet.
    pub(super) fn new(limits: &'l Limits, offset: usize) -> Self {
        Self { limits, offset, nodes: 0 }
    }

    fn span(&self, range: Range) -> Span {
        Span::new(range.start + self.offset, range.end + self.offset)
    }

    /// The tree of a value.
    pub(super) fn build<'t>(&mut self, value: Value<'t>) -> Result<Tree<'t>, SyntaxError> {
        let span = self.span(value.range());
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(SyntaxError::too_many(self.limits, span));
        }
        let node = match value {
            Value::StringLit(string) => Node::Scalar(Scalar::Str(string.value)),
            Value::NumberLit(number) => Node::Scalar(self::number(number.value, span)?),
            Value::BooleanLit(boolean) => Node::Scalar(Scalar::Bool(boolean.value)),
            Value::NullKeyword(_) => Node::Scalar(Scalar::Null),
            Value::Array(array) => {
                let items = array.elements.into_iter().map(|item| self.build(item));
                Node::List(items.collect::<Result<_, _>>()?)
            }
            Value::Object(object) => self.table(object)?,
        };
        Ok(Tree::spanned(node, span))
    }

    fn table<'t>(&mut self, object: Object<'t>) -> Result<Node<'t>, SyntaxError> {
        let mut first: HashMap<Cow<'t, str>, Span> = HashMap::new();
        let mut entries: Vec<(Key<'t>, Tree<'t>)> = Vec::new();
        let few = object.properties.len() <= 16;
        for property in object.properties {
            let at = self.span(property.name.range());
            let text = match property.name {
                ObjectPropName::String(string) => string.value,
                ObjectPropName::Word(word) => Cow::Borrowed(word.value),
            };
            if text.len() > self.limits.key_bytes {
                return Err(SyntaxError::long_key(self.limits, at));
            }
            let before = if few {
                entries.iter().find(|(key, _)| key.text == text).and_then(|(key, _)| key.span)
            } else {
                first.insert(text.clone(), at)
            };
            if before.is_some() {
                return Err(SyntaxError::duplicate(&text, Some(at), before));
            }
            let value = self.build(property.value)?;
            entries.push((Key::spanned(text, at), value));
        }
        Ok(Node::Table(entries))
    }
}

/// A number keeps every digit: an integer is never a float on its way.
fn number(text: &str, span: Span) -> Result<Scalar<'_>, SyntaxError> {
    let (minus, bare) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let signed = |value: f64| Scalar::Float(if minus { -value } else { value });
    match bare {
        "Infinity" => return Ok(signed(f64::INFINITY)),
        "NaN" => return Ok(Scalar::Float(f64::NAN)),
        _ => {}
    }
    if let Some(hex) = bare.strip_prefix("0x").or_else(|| bare.strip_prefix("0X")) {
        return Ok(match Scalar::integer(hex, 16) {
            Scalar::Integer(value) if minus => Scalar::Integer(-value),
            Scalar::Huge(_) if minus => Scalar::Huge(Cow::Borrowed(text)),
            scalar => scalar,
        });
    }
    if bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Scalar::integer(text.strip_prefix('+').unwrap_or(text), 10));
    }
    match bare.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(signed(value)),
        _ => Err(SyntaxError::grammar("a number beyond what a float can hold", Some(span))),
    }
}
