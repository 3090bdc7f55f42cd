//! TOML 1.1.
//!
//! The lexer and the grammar are `toml_parser`'s. What a table may hold is decided in [`shape`],
//! by one piece of code for both ways, after the rules of the `toml` crate:
//!
//! | file | does |
//! | --- | --- |
//! | [`event`] | text into events, within the limits; every grammar error |
//! | [`scan`] | the same for what is simple and right, at a fraction of the time |
//! | [`scalar`] | keys and values from their text |
//! | [`shape`] | which tables there are, and which key may go where |
//! | [`tree`] | events into a [`Tree`] with places |
//! | [`fast`], [`spot`] | events into a layer's places |
//! | [`words`] | errors in plain words |
//!
//! `toml`'s own spanned tree is not used: it refuses what is nested deeper than 80 levels, sorts
//! its keys, and knows only sometimes where the first of two equal keys stands.

mod event;
mod fast;
mod scalar;
mod scan;
mod shape;
mod spot;
mod tree;
mod words;

use super::{Bail, Limits, SyntaxError};
use crate::decode::{Document, Tree};

/// Decodes a document straight into layers; `Bail` where the tree has to decide.
pub(super) fn decode(text: &str, limits: &Limits, document: &mut Document<'_>) -> Result<(), Bail> {
    // The lexer reads over a byte order mark. Here it would be the second one.
    if text.starts_with('\u{feff}') {
        return Err(Bail);
    }
    let events = match scan::scan(text, limits) {
        Some(events) => events,
        None => event::read(text, limits).map_err(|_| Bail)?,
    };
    fast::decode(text, &events, limits, document)
}

/// Reads a document into a tree with places.
pub(super) fn tree<'t>(text: &'t str, limits: &Limits) -> Result<Tree<'t>, SyntaxError> {
    // What the scanner takes for right may still hold a number that is none, or a key twice.
    if let Some(events) = scan::scan(text, limits)
        && let Ok(tree) = tree::build(text, &events, limits)
    {
        return Ok(tree);
    }
    let events = event::read(text, limits).map_err(|error| words::syntax(text, &error, limits))?;
    tree::build(text, &events, limits)
}
