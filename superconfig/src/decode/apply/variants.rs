//! An internally tagged enum in a tree: which variant it is, and what its settings are.

use super::{Walk, What};
use crate::decode::face::{Choice, Target, child};
use crate::decode::fault::{Fault, FaultKind};
use crate::decode::tree::{Key, Node, Tree};
use crate::schema::{Body, Field, Schema, Variant};

impl Walk {
    /// With a tag, the values belong to its variant. Without one they belong to whichever variant
    /// an earlier source named, so they have to fit every variant that knows them.
    pub(super) fn choice(
        &mut self,
        choice: &mut dyn Choice,
        field: Option<&'static Field>,
        entries: &[(Key<'_>, Tree<'_>)],
        tree: &Tree<'_>,
    ) {
        let schema = choice.schema();
        let Body::Choice { tag, variants } = schema.body else { return };
        if let Some((_, value)) = entries.iter().find(|(key, _)| key.text == tag) {
            let word = match &value.node {
                Node::Scalar(scalar) => scalar.to_str(),
                _ => Err(Fault::expected("a variant's name", value.found())),
            };
            self.path.push(tag);
            let found = word.and_then(|word| {
                schema.find_word(word).ok_or_else(|| {
                    Fault::new(FaultKind::Word { found: word.to_owned(), known: schema.words() })
                })
            });
            match found {
                Ok(index) => {
                    choice.tagged(value);
                    choice.select(index);
                }
                Err(fault) => {
                    self.conceal(schema, tag, entries);
                    self.check(Err(fault), field, value);
                    self.path.pop();
                    return;
                }
            }
            self.path.pop();
        }
        if let Some(index) = choice.selected() {
            if let Target::Record(record) = choice.variant(index).target() {
                self.record(record, entries, Some(tag));
            }
            return;
        }
        for (key, value) in entries {
            let takes = |index: &usize| variants[*index].schema.find(&key.text, &mut 0).is_some();
            let takers: Vec<_> = (0..variants.len()).filter(takes).collect();
            if takers.is_empty() {
                self.unknown(schema, key, value);
            }
            let outer = self.secret;
            self.secret |= takers_keep_secret(variants, &takers, &key.text);
            let before = self.findings.len();
            let mut said = before;
            for (nth, index) in takers.iter().enumerate() {
                if let Target::Record(record) = choice.variant(*index).target()
                    && let Some(child) = child(record, &key.text, &mut 0)
                {
                    self.step(&child.hit);
                    self.apply(child.place, Some(child.hit.field), child.hit.op, value);
                    self.path.pop();
                }
                let faulty =
                    self.findings[before..].iter().any(|f| matches!(f.what, What::Fault(_)));
                if faulty && takers.len() > 1 {
                    let what = What::NoTag { tag, known: schema.words() };
                    self.find(what, key.span.or(tree.span), field);
                    break;
                }
                // The same remark for every variant would be noise.
                if nth == 0 {
                    said = self.findings.len();
                }
                self.findings.truncate(said);
            }
            self.secret = outer;
        }
    }

    /// Which of the values beside a tag that names no variant are secrets, nobody can tell.
    fn conceal(&mut self, schema: &'static Schema, tag: &str, entries: &[(Key<'_>, Tree<'_>)]) {
        if schema.holds_secret() {
            let is_word =
                |key: &str, value: &Tree<'_>| key == tag && matches!(value.node, Node::Scalar(_));
            let others = entries.iter().filter(|(key, value)| !is_word(&key.text, value));
            self.secrets.extend(others.filter_map(|(_, value)| value.span));
        }
    }
}

/// Whether a value is a secret in any of the variants that take it. What is a table with a secret
/// in one of them may be anything in the others.
fn takers_keep_secret(variants: &[Variant], takers: &[usize], key: &str) -> bool {
    takers
        .iter()
        .filter_map(|index| variants[*index].schema.find(key, &mut 0))
        .any(|hit| hit.field.secret || (takers.len() > 1 && hit.field.holds_secret()))
}
