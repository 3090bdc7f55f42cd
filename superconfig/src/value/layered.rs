//! The layer of a [`Value`]: by what its sources say, or by a JSON Schema.

use super::layer::at_path;
use super::{Shaped, Untyped, Value};
use crate::decode::{Finding, Place, Target, Tree, What};
use crate::layer::{Layer, Resolution, Why};
use crate::path::KeyPath;

/// The layer of a [`Value`].
pub enum Layered {
    /// Nobody declared its settings.
    Untyped(Untyped),
    /// A JSON Schema declares them.
    Shaped(Declared),
}

/// Settings that a JSON Schema declares.
pub struct Declared {
    cell: Shaped,
    /// What the program gave that the schema does not take.
    refused: Vec<(KeyPath, Why)>,
}

impl Default for Layered {
    fn default() -> Self {
        Self::Untyped(Untyped::default())
    }
}

impl From<Shaped> for Layered {
    fn from(cell: Shaped) -> Self {
        Self::Shaped(Declared { cell, refused: Vec::new() })
    }
}

impl Layered {
    /// What the sources came to so far, where nobody declared the settings.
    pub(crate) fn standing(&mut self) -> Option<&Value> {
        match self {
            Self::Untyped(untyped) => untyped.standing(),
            Self::Shaped(_) => None,
        }
    }
}

impl Declared {
    /// Takes a value of the program's, as one that stands in a file.
    fn give(&mut self, value: &Value) {
        let (cell, findings) = Shaped::of(self.cell.form(), &Tree::from(value));
        self.refused.extend(findings.into_iter().filter_map(refusal));
        self.cell.merge(cell);
    }
}

/// What is in the way of a value that the program gave.
fn refusal(finding: Finding) -> Option<(KeyPath, Why)> {
    let message = match finding.what {
        What::Fault(fault) => fault.to_string(),
        What::UnknownKey { .. } => "there is no such setting".to_owned(),
        What::NoTag { tag, .. } => format!("`{tag}` has to say which variant it is"),
        What::DeprecatedKey { .. } | What::Shadowed { .. } => return None,
    };
    Some((finding.path, Why::Invalid(message)))
}

impl Place for Layered {
    fn target(&mut self) -> Target<'_> {
        match self {
            Self::Untyped(untyped) => untyped.target(),
            Self::Shaped(declared) => declared.cell.target(),
        }
    }

    fn set_null(&mut self) -> Result<(), crate::decode::Fault> {
        match self {
            Self::Untyped(untyped) => untyped.set_null(),
            Self::Shaped(declared) => declared.cell.set_null(),
        }
    }

    fn seen(&mut self, tree: &Tree<'_>) {
        match self {
            Self::Untyped(untyped) => untyped.seen(tree),
            Self::Shaped(declared) => declared.cell.seen(tree),
        }
    }

    fn is_set(&self) -> bool {
        match self {
            Self::Untyped(untyped) => untyped.is_set(),
            Self::Shaped(declared) => declared.cell.is_set(),
        }
    }

    fn is_there(&self) -> bool {
        match self {
            Self::Untyped(untyped) => untyped.is_there(),
            Self::Shaped(declared) => declared.cell.is_there(),
        }
    }
}

impl Layer for Layered {
    type Value = Value;

    fn merge(&mut self, later: Self) {
        match (&mut *self, later) {
            (Self::Untyped(now), Self::Untyped(later)) => now.merge(later),
            (Self::Shaped(now), Self::Shaped(later)) => {
                now.cell.merge(later.cell);
                now.refused.extend(later.refused);
            }
            // What the program gives comes without a schema.
            (Self::Shaped(now), Self::Untyped(mut later)) => {
                if let Some(value) = later.standing() {
                    now.give(value);
                }
            }
            (Self::Untyped(before), Self::Shaped(mut later)) => {
                if let Some(value) = before.standing() {
                    let mut declared =
                        Declared { cell: Shaped::new(later.cell.form()), refused: Vec::new() };
                    declared.give(value);
                    declared.cell.merge(later.cell);
                    declared.refused.append(&mut later.refused);
                    later = declared;
                }
                *self = Self::Shaped(later);
            }
        }
    }

    fn pin(&mut self, first: Self) {
        if let (Self::Shaped(now), Self::Shaped(first)) = (self, first) {
            now.cell.pin(first.cell);
        }
    }

    fn resolve(self, cx: &mut Resolution) -> Option<Value> {
        match self {
            Self::Untyped(untyped) => untyped.resolve(cx),
            Self::Shaped(Declared { cell, refused }) => {
                let whole = refused.is_empty();
                for (path, why) in refused {
                    at_path(cx, &path, |cx| cx.refuse(why));
                }
                cell.resolve(cx).filter(|_| whole)
            }
        }
    }

    fn from_value(value: Value) -> Self {
        Self::Untyped(Untyped::from_value(value))
    }
}
