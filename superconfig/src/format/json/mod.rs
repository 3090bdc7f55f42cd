//! JSON: our own scanner for speed, `serde_json` for the verdict, jsonc-parser for places.
//!
//! | text | fast path | verdict | places |
//! | --- | --- | --- | --- |
//! | `.json` | [`tokens`] | `serde_json`, and [`scan`] for what it leaves out (keys twice are found by us) | jsonc-parser |
//! | `.jsonc`, `.json5` | none | jsonc-parser, and [`scan`] | jsonc-parser |
//!
//! The relaxed syntax is JSON with, from JSON5: comments, trailing commas, keys without quotes,
//! single quotes, the escapes `\x41`, `\v`, `\0` and of a line break, hexadecimal numbers, a
//! leading `+`, `.5` and `5.`, `Infinity` and `NaN`. A comma may not be left out.
//!
//! Nesting ends at 127 levels even where the limit is higher: that is how far `serde_json` goes.

mod scan;
mod tokens;
mod tree;
mod verdict;
mod words;

use jsonc_parser::ast::Value;

use super::{Bail, Limits, SyntaxError, SyntaxKind, fill, without_bom};
use crate::decode::{Document, Span, Tree};

/// How deep `serde_json` goes.
const DEPTH: usize = 127;

/// Decodes a text straight into the layers of `document`.
pub(super) fn decode(text: &str, limits: &Limits, document: &mut Document<'_>) -> Result<(), Bail> {
    fill::fill(&mut tokens::Scanner::new(text), limits, document)
}

/// Reads a text into a tree; `relaxed` takes what JSON5 takes.
pub(super) fn tree<'t>(
    text: &'t str,
    limits: &Limits,
    relaxed: bool,
) -> Result<Tree<'t>, SyntaxError> {
    let body = without_bom(text);
    let offset = text.len() - body.len();
    let parsed = read(body, limits, relaxed).map_err(|error| shifted(error, offset))?;
    match parsed {
        Some(value) => tree::Builder::new(limits, offset).build(value),
        None => Ok(Tree::empty_table()),
    }
}

/// The parser's value, if the text is not empty.
fn read<'t>(
    text: &'t str,
    limits: &Limits,
    relaxed: bool,
) -> Result<Option<Value<'t>>, SyntaxError> {
    // Before any parser sees the text, so that none is led into its depths.
    let scanned = scan::scan(text, limits, relaxed);
    if let Err(error) = &scanned
        && error.kind != SyntaxKind::Grammar
    {
        return scanned.map(|()| None);
    }
    if text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
        return Ok(None);
    }
    let collect = jsonc_parser::CollectOptions::default();
    let parsed = jsonc_parser::parse_to_ast(text, &collect, &tree::options(relaxed));
    let refused = parsed.as_ref().err().map(|error| words::of_places(error, text));
    // A comment with an odd quote in it is a comment and not a string with a line break, so
    // whoever stumbled first is right.
    let start = |error: &SyntaxError| error.span.map(|span| span.start);
    match (scanned, refused) {
        (Err(scan), Some(parse)) if start(&scan) < start(&parse) => return Err(scan),
        (_, Some(parse)) => return Err(parse),
        (Err(scan), None) => return Err(scan),
        (Ok(()), None) => {}
    }
    if !relaxed {
        verdict::verdict(text).map_err(|error| words::of_verdict(&error, text))?;
    }
    Ok(parsed.ok().and_then(|parsed| parsed.value))
}

fn shifted(mut error: SyntaxError, offset: usize) -> SyntaxError {
    for span in [&mut error.span, &mut error.other, &mut error.open].into_iter().flatten() {
        *span = Span::new(span.start as usize + offset, span.end as usize + offset);
    }
    error
}
