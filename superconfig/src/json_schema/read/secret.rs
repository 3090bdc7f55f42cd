//! Which values are secrets.

use std::collections::HashSet;
use std::ptr;

use super::view::{Reading, View, Word, as_text};
use crate::decode::{Node, Tree};
use crate::value::form::Shape;

/// What a value may be, or holds.
const PARTS: &[&str] = &["items", "additionalProperties", "anyOf", "oneOf"];

/// What else a value may hold that is read as a whole, also where it is not checked.
const WHOLE_PARTS: &[&str] =
    &["prefixItems", "contains", "patternProperties", "if", "then", "else", "unevaluatedItems"];

impl<'t> Reading<'t> {
    /// Whether a setting is a secret. A list, a map or a choice of secrets is one as a whole, and so is
    /// a value with a secret in it whose parts are no settings.
    pub(super) fn is_secret(&mut self, view: &View<'t>, shape: &Shape) -> bool {
        let is_whole = match shape {
            Shape::One(_) | Shape::List(_) => true,
            Shape::Map { value, .. } => matches!(value.shape, Shape::One(_)),
            _ => false,
        };
        // What is wrong with the parts is told where they are read.
        let told = self.said.len();
        let (mut secret, mut open) = (says_so(view), parts(view, is_whole));
        // Definitions may refer to each other, so each part is looked at once.
        let mut seen = HashSet::new();
        while let Some(part) = open.pop().filter(|_| !secret) {
            if seen.insert(ptr::from_ref(part)) {
                let inner = self.view(part, &view.at);
                secret = says_so(&inner);
                open.extend(parts(&inner, is_whole));
            }
        }
        self.said.truncate(told);
        secret
    }
}

fn says_so(view: &View<'_>) -> bool {
    let is_password = |word: &Word<'_>| as_text(word.tree) == Some("password");
    view.is("writeOnly") || view.word("format").is_some_and(is_password)
}

fn parts<'t>(view: &View<'t>, is_whole: bool) -> Vec<&'t Tree<'t>> {
    let mut parts = Vec::new();
    let names = if is_whole { WHOLE_PARTS } else { &[] };
    for name in PARTS.iter().chain(names) {
        let Some(Word { tree, .. }) = view.word(name) else { continue };
        match &tree.node {
            Node::List(members) => parts.extend(members),
            Node::Table(entries) if *name == "patternProperties" => {
                parts.extend(entries.iter().map(|(_, tree)| tree));
            }
            Node::Table(_) => parts.push(tree),
            _ => {}
        }
    }
    if is_whole {
        parts.extend(view.properties.iter().map(|property| property.tree));
        parts.extend(view.conditions.iter().map(|condition| condition.tree));
    }
    parts
}
