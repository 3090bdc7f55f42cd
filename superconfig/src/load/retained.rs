//! What is kept of each source.

use std::sync::Arc;

use crate::assign::Assignments;
use crate::decode::{Scalar, Tree};
use crate::format::Format;
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::at::path_of;
use crate::schema::{Op, Step};
use crate::source::{Text, Variables};

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
    pub(crate) said: Said,
}

/// What a variable says, and where that is said.
#[derive(Clone)]
pub(crate) enum Said {
    /// The text of a variable of the environment, at a position of it: what is told of it is made when
    /// somebody asks.
    Plain { environment: Arc<Variables>, at: usize, separator: &'static str },
    /// Anything else.
    Other { value: Tree<'static>, origin: Origin },
}

impl Said {
    /// The value.
    fn value(&self) -> Tree<'static> {
        match self {
            Self::Plain { environment, at, separator } => {
                let (_, value) = &environment[*at];
                Scalar::text(value.to_string_lossy().into_owned(), separator).into()
            }
            Self::Other { value, .. } => value.clone(),
        }
    }

    /// Where it comes from.
    pub(crate) fn origin(&self) -> Origin {
        match self {
            Self::Plain { environment, at, .. } => {
                let (name, _) = &environment[*at];
                Origin::Variable { name: name.to_string_lossy().into_owned() }
            }
            Self::Other { origin, .. } => origin.clone(),
        }
    }
}

/// Two environments may have the same variable at different positions.
impl PartialEq for Said {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Plain { environment, at, separator },
                Self::Plain { environment: others, at: position, separator: by },
            ) => environment[*at] == others[*position] && separator == by,
            _ => self.value() == other.value() && self.origin() == other.origin(),
        }
    }
}

impl Assigned {
    /// The tree of the layer that variables are. The spans in it number them. Nobody needs it unless
    /// somebody asks, so it is made then.
    pub(crate) fn tree(all: &[Self]) -> Tree<'static> {
        let mut tree = Assignments::new();
        for (number, one) in all.iter().enumerate() {
            // Two that clash are not kept.
            let _ = tree.put(&one.steps, one.op, one.said.value(), number);
        }
        tree.into_tree()
    }
}

impl Retained {
    /// The origin of the last one of single settings or variables that `says` is asked for.
    pub(super) fn last_of(&self, says: impl Fn(&KeyPath, Op) -> bool) -> Option<Origin> {
        match self {
            Self::Settings { settings, .. } => {
                let hit = settings.iter().rev().find(|(path, op, _)| says(path, *op));
                hit.map(|(.., origin)| origin.clone())
            }
            Self::Variables(all) => {
                let hit = all.iter().rev().find(|one| says(&path_of(&one.steps), one.op));
                hit.map(|one| one.said.origin())
            }
            _ => None,
        }
    }
}
