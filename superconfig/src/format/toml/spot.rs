//! Where the fast path is in the layers.

use crate::decode::{Choice, Document, Place, Record, Target};
use crate::format::Bail;
use crate::schema::Op;

/// Where a key is looked up, or a value put.
pub(super) enum Spot<'p, 'd> {
    /// The document, whose keys are settings or sections.
    Root(&'p mut Document<'d>),
    /// The table `profile`.
    Profiles(&'p mut Document<'d>),
    /// A place in a layer.
    Place(&'p mut dyn Place),
    /// A place in a layer that is a struct.
    Record(&'p mut dyn Record),
    /// The tag of an internally tagged enum.
    Tag(&'p mut dyn Choice),
    /// What nobody reads: it only has to be valid.
    Skipped,
}

impl<'d> Spot<'_, 'd> {
    /// The same spot for a shorter time.
    pub(super) fn again(&mut self) -> Spot<'_, 'd> {
        match self {
            Self::Root(document) => Spot::Root(document),
            Self::Profiles(document) => Spot::Profiles(document),
            Self::Place(place) => Spot::Place(&mut **place),
            Self::Record(record) => Spot::Record(&mut **record),
            Self::Tag(choice) => Spot::Tag(&mut **choice),
            Self::Skipped => Spot::Skipped,
        }
    }
}

/// Says that a table is given, before anything in it is.
pub(super) fn enter(spot: &mut Spot<'_, '_>, op: Op) -> Result<(), Bail> {
    let place = match spot {
        Spot::Place(place) => place,
        Spot::Tag(_) => return Err(Bail),
        Spot::Root(_) | Spot::Profiles(_) | Spot::Record(_) | Spot::Skipped => return Ok(()),
    };
    match place.target() {
        Target::Mapping(map) if op != Op::Remove => map.begin(),
        Target::Record(_) | Target::Choice(_) => {}
        Target::Mapping(_) | Target::Value(_) | Target::Sequence(_) => return Err(Bail),
    }
    Ok(())
}
