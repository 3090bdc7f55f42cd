//! What the `toml` crate accepts is accepted, and what it refuses is refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superconfig::decode::{Node, Scalar, Tree};
use superconfig::format::SyntaxKind;
use superconfig::{Format, Limits};

/// Whether there is an integer that `toml::Table` has no room for: the types of fields may have it.
fn has_wide_integer(tree: &Tree<'_>) -> bool {
    match &tree.node {
        Node::Scalar(Scalar::Integer(value)) => i64::try_from(*value).is_err(),
        Node::Scalar(Scalar::Huge(_)) => true,
        Node::Scalar(_) | Node::Elements(_) => false,
        Node::List(items) => items.iter().any(has_wide_integer),
        Node::Table(entries) => entries.iter().any(|(_, value)| has_wide_integer(value)),
    }
}

fuzz_target!(|text: &str| {
    let ours = Format::Toml.tree(text, &Limits::default());
    let theirs = text.parse::<toml::Table>();
    match (&ours, &theirs) {
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
        (Ok(tree), Err(_)) if has_wide_integer(tree) => {}
        // A NUL byte and what is beyond a limit is refused by us alone.
        (Err(error), Ok(_)) if text.contains('\0') || error.kind != SyntaxKind::Grammar => {}
        _ => panic!("ours: {ours:?}, theirs: {}", theirs.is_ok()),
    }
});
