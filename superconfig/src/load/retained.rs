//! What is kept of each source.

use super::variables::path_of;
use crate::assign::Assignments;
use crate::decode::Tree;
use crate::format::Format;
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::{Op, Step};
use crate::source::Text;

/// What is kept of a source, for those who ask where a value came from, and to tell whether it says
/// something else later.
#[derive(Clone, PartialEq)]
pub(crate) enum Retained {
    Document {
        text: Text,
        format: Format,
    },
    Values {
        tree: Tree<'static>,
        origin: Origin,
    },
    /// Single settings. Each tree is a layer, and the spans in it number the settings.
    Settings {
        settings: Vec<(KeyPath, Op, Origin)>,
        trees: Vec<Tree<'static>>,
    },
    /// Variables, which are a layer together.
    Variables(Vec<Assigned>),
    /// What a struct given by the program sets.
    Given {
        tree: Tree<'static>,
    },
}

/// What one variable gave.
#[derive(Clone, PartialEq)]
pub(crate) struct Assigned {
    /// The way to the setting.
    pub(crate) steps: Vec<Step>,
    pub(crate) op: Op,
    pub(crate) value: Tree<'static>,
    pub(crate) origin: Origin,
}

impl Assigned {
    /// The tree of the layer that variables are. The spans in it number them. Nobody needs it unless
    /// somebody asks, so it is made then.
    pub(crate) fn tree(all: &[Self]) -> Tree<'static> {
        let mut tree = Assignments::new();
        for (number, one) in all.iter().enumerate() {
            // Two that clash are not kept.
            let _ = tree.put(&one.steps, one.op, one.value.clone(), number);
        }
        tree.into_tree()
    }
}

impl Retained {
    /// The origin of the last one of single settings or variables that `says` is asked for.
    pub(super) fn last_of(&self, says: impl Fn(&KeyPath, Op) -> bool) -> Option<&Origin> {
        match self {
            Self::Settings { settings, .. } => {
                let hit = settings.iter().rev().find(|(path, op, _)| says(path, *op));
                hit.map(|(.., origin)| origin)
            }
            Self::Variables(all) => {
                let hit = all.iter().rev().find(|one| says(&path_of(&one.steps), one.op));
                hit.map(|one| &one.origin)
            }
            _ => None,
        }
    }
}
