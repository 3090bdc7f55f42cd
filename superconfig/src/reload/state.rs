//! A configuration and what is said of it, as one piece.

use std::sync::{Arc, OnceLock};

use crate::decode::Tree;
use crate::error::Problem;
use crate::source::Place;
use crate::trace::Kept;

/// Finds out what is said of a value that the program gave.
pub(crate) enum Find<T> {
    /// By the value, of which there can be a second one.
    InValue(fn(&T) -> Kept),
    /// By what it sets, which was noted when it came: only a value that is taken apart tells that.
    InNotes(Arc<Notes>),
}

/// What a value sets, and how more is made of that.
pub(crate) struct Notes {
    pub(crate) tree: Tree<'static>,
    pub(crate) find: fn(&Tree<'static>) -> Kept,
}

impl<T> Clone for Find<T> {
    fn clone(&self) -> Self {
        match self {
            Self::InValue(find) => Self::InValue(*find),
            Self::InNotes(notes) => Self::InNotes(Arc::clone(notes)),
        }
    }
}

impl<T> Find<T> {
    fn of(&self, value: &T) -> Kept {
        match self {
            Self::InValue(find) => find(value),
            Self::InNotes(notes) => (notes.find)(&notes.tree),
        }
    }
}

/// What is said of a value.
pub(crate) enum Told<T> {
    /// It was kept when the value came about.
    Kept(Arc<Kept>),
    /// It can be found out later, so that is done when somebody asks.
    Later(OnceLock<Arc<Kept>>, Find<T>),
}

/// A value that the program gave, and that is valid.
pub(crate) struct Given<T> {
    pub(crate) value: T,
    pub(crate) warnings: Vec<Problem>,
    pub(crate) told: Told<T>,
}

impl<T> Given<T> {
    /// A value without warnings, and how to find out what is said of it.
    pub(crate) fn of(value: T, find: Find<T>) -> Self {
        Self { value, warnings: Vec::new(), told: Told::Later(OnceLock::new(), find) }
    }
}

/// A configuration and all that is said of it, published as one piece.
pub(crate) struct State<T> {
    pub(crate) value: Arc<T>,
    pub(crate) warnings: Arc<[Problem]>,
    told: Told<T>,
    /// What the sources said last, if there are any, though the program may have updated the value
    /// since.
    pub(super) read: Option<Arc<Kept>>,
    /// Counts the values; the first is 1.
    pub(crate) generation: u64,
}

/// What stands in a cell.
pub(super) enum Standing<T> {
    /// The first value, which the program gave, and of which nothing has to be remembered.
    Given(Find<T>),
    Known(Arc<State<T>>),
}

impl<T> Standing<T> {
    pub(super) fn known(state: State<T>) -> Self {
        Self::Known(Arc::new(state))
    }
}

impl<T> State<T> {
    /// What came from the sources.
    pub(super) fn read(
        value: Arc<T>,
        warnings: Arc<[Problem]>,
        kept: Arc<Kept>,
        generation: u64,
    ) -> Self {
        let (told, read) = (Told::Kept(Arc::clone(&kept)), Some(kept));
        Self { value, warnings, told, read, generation }
    }

    /// What came from the program.
    pub(super) fn given(
        value: Arc<T>,
        warnings: Vec<Problem>,
        told: Told<T>,
        read: Option<Arc<Kept>>,
        generation: u64,
    ) -> Self {
        // An `Arc` of nothing would be memory for its counts.
        let warnings = if warnings.is_empty() { Arc::default() } else { warnings.into() };
        Self { value, warnings, told, read, generation }
    }

    /// What is said of the value.
    pub(crate) fn kept(&self) -> &Arc<Kept> {
        match &self.told {
            Told::Kept(kept) => kept,
            Told::Later(kept, find) => kept.get_or_init(|| Arc::new(find.of(&self.value))),
        }
    }

    /// The same, if it was kept when the value came about: only then did the value come from places.
    pub(super) fn kept_from_the_start(&self) -> Option<&Arc<Kept>> {
        match &self.told {
            Told::Kept(kept) => Some(kept),
            Told::Later(..) => None,
        }
    }

    /// The places that were looked at for the value.
    pub(super) fn places(&self) -> &[Place] {
        self.kept_from_the_start().map_or(&[], |kept| &*kept.places)
    }

    /// Whether the program has updated the value since the sources were read.
    pub(super) fn is_updated(&self) -> bool {
        match (self.kept_from_the_start(), &self.read) {
            (Some(kept), Some(read)) => !Arc::ptr_eq(kept, read),
            (None, _) => true,
            (_, None) => false,
        }
    }
}
