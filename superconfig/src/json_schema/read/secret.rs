//! Which values are secrets.

use std::collections::HashSet;
use std::ptr;

use super::view::{Reading, View, Word, as_text};
use crate::decode::{Node, Tree};

impl<'t> Reading<'t> {
    /// Whether a value is a secret. A list, a map or a choice of secrets is one as a whole.
    pub(super) fn is_secret(&mut self, view: &View<'t>) -> bool {
        // What is wrong with the parts is told where they are read.
        let told = self.said.len();
        let (mut secret, mut open) = (says_so(view), parts(view));
        // Definitions may refer to each other, so each part is looked at once.
        let mut seen = HashSet::new();
        while let Some(part) = open.pop().filter(|_| !secret) {
            if seen.insert(ptr::from_ref(part)) {
                let inner = self.view(part, &view.at);
                secret = says_so(&inner);
                open.extend(parts(&inner));
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

/// What a value is made of, or may be.
fn parts<'t>(view: &View<'t>) -> Vec<&'t Tree<'t>> {
    let mut parts = Vec::new();
    for name in ["items", "additionalProperties", "anyOf", "oneOf"] {
        if let Some(Word { tree, .. }) = view.word(name) {
            match &tree.node {
                Node::List(members) => parts.extend(members),
                Node::Table(_) => parts.push(tree),
                _ => {}
            }
        }
    }
    parts
}
