//! YAML 1.2 from granit-parser's events, and for simple documents from the text itself.
//!
//! | file | does |
//! | --- | --- |
//! | [`scan`] | tokens of what people write, at a fraction of the time |
//! | [`tokens`] | tokens from the parser's events |
//! | [`steps`], [`tree`] | the parser's events into a [`Tree`] with places |
//! | [`tags`] | what tags and quotes say of a scalar |
//! | [`words`] | errors in plain words |
//!
//! A scalar without quotes keeps its text until the target's type is known, so `1.10` and `NO`
//! reach a `String` unharmed. What is read, and how it differs from other parsers, stands in
//! `docs/YAML.md`.

mod scan;
mod steps;
mod tags;
mod tokens;
mod tree;
mod words;

use granit_parser::{Parser, StrInput};

use super::{Bail, Limits, SyntaxError, fill, without_bom};
use crate::decode::{Document, Span, Tree};

/// Decodes a text straight into the layers of `document`.
pub(super) fn decode(text: &str, limits: &Limits, document: &mut Document<'_>) -> Result<(), Bail> {
    match scan::scan(text, limits) {
        Some(mut tokens) => fill::fill(&mut tokens, limits, document),
        None => fill::fill(&mut tokens::Parsed::new(text, limits)?, limits, document),
    }
}

/// Reads a text into a tree.
pub(super) fn tree<'t>(text: &'t str, limits: &Limits) -> Result<Tree<'t>, SyntaxError> {
    let body = without_bom(text);
    let source = Source { text: body, offset: text.len() - body.len() };
    let steps = steps::read(source, limits)?;
    tree::build(&steps, limits)
}

/// A text without its byte order mark.
#[derive(Clone, Copy)]
struct Source<'t> {
    text: &'t str,
    /// The length of the mark.
    offset: usize,
}

impl Source<'_> {
    /// A place in the text with its mark, of at least one character where there is one.
    fn span(self, start: usize, end: usize) -> Span {
        let mut start = start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        Span::new(start + self.offset, end.clamp(start, self.text.len()) + self.offset)
    }

    fn of(self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        self.span(range.start, range.end)
    }
}

fn parser<'t>(text: &'t str, limits: &Limits) -> Parser<'t, StrInput<'t>> {
    let mut options = granit_parser::options! {
        strict_indentation: true,
        // The sum of both is limited by us.
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth,
        simple_key_max_lookahead: limits.key_bytes.max(1024),
    };
    // Another crate of the same build may have turned the feature on.
    options.set_emit_comments(false);
    Parser::new_from_str_with_options(text, options)
}
