//! Typed layers behind a face that knows no types, so that loading is compiled once.

use std::any::Any;

use crate::decode::{Layers, Place, Section};
use crate::layer::Layer;

/// The layers of a loading: those of the source in work, and what has been merged so far.
pub(crate) trait Stack: Layers {
    /// Merges the layers of the source in work into what there is, section by section.
    fn commit(&mut self);

    /// Forgets the layers of the source in work.
    fn discard(&mut self);

    /// What has been merged so far.
    fn merged(&mut self) -> Option<&mut dyn Place>;

    /// The same, for those who know what it may be.
    fn merged_as_any(&mut self) -> Option<&mut dyn Any>;
}

/// The layers of one configuration type.
pub(crate) struct Typed<'m, L> {
    /// Makes an empty layer.
    make: &'m dyn Fn() -> L,
    merged: Option<L>,
    /// In their order: sorting would be compiled anew for each configuration type. Boxed, because a layer is
    /// large and moving sections about is not.
    sections: Vec<(Section, Box<L>)>,
}

impl<'m, L: Layer> Typed<'m, L> {
    pub(crate) fn new(make: &'m dyn Fn() -> L) -> Self {
        Self { make, merged: None, sections: Vec::new() }
    }

    /// Merges a layer that no source was read for.
    pub(crate) fn merge(&mut self, later: L) {
        match &mut self.merged {
            Some(merged) => merged.merge(later),
            None => self.merged = Some(later),
        }
    }

    /// What was merged.
    pub(crate) fn finish(self) -> L {
        self.merged.unwrap_or_else(self.make)
    }
}

impl<L: Layer> Layers for Typed<'_, L> {
    fn layer(&mut self, section: Section) -> &mut dyn Place {
        let at = self.sections.partition_point(|(known, _)| *known < section);
        if self.sections.get(at).is_none_or(|(known, _)| *known != section) {
            self.sections.insert(at, (section, Box::new((self.make)())));
        }
        &mut *self.sections[at].1
    }
}

impl<L: Layer> Stack for Typed<'_, L> {
    fn commit(&mut self) {
        for (_, layer) in std::mem::take(&mut self.sections) {
            self.merge(*layer);
        }
    }

    fn discard(&mut self) {
        self.sections.clear();
    }

    fn merged(&mut self) -> Option<&mut dyn Place> {
        self.merged.as_mut().map(|layer| layer as &mut dyn Place)
    }

    fn merged_as_any(&mut self) -> Option<&mut dyn Any> {
        self.merged.as_mut().map(|layer| layer as &mut dyn Any)
    }
}
