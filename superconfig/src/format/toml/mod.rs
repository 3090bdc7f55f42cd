//! PLACEHOLDER
use super::{Bail, Limits, SyntaxError};
use crate::decode::{Document, Tree};
pub(super) fn decode(
    _text: &str,
    _limits: &Limits,
    _document: &mut Document<'_>,
) -> Result<(), Bail> {
    Err(Bail)
}
pub(super) fn tree<'t>(_text: &'t str, _limits: &Limits) -> Result<Tree<'t>, SyntaxError> {
    Err(SyntaxError::grammar("not yet", None))
}
