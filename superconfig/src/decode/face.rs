//! The faces that a layer shows to whoever decodes into it.
//!
//! They are object-safe on purpose: walking files, variable names and paths is then compiled once,
//! in this crate, and not once more for every struct.

use super::fault::{Fault, FaultKind};
use super::reader::Reader;
use super::tree::Tree;
use crate::schema::{Hit, Op, Schema};

/// A place that a source can set.
pub trait Place {
    /// What kind of place it is, ready to be set.
    ///
    /// An optional place begins to exist by this, so it is called only when something is there to
    /// be set.
    fn target(&mut self) -> Target<'_>;

    /// Takes `null`: an explicit `None` for an optional place, an error for any other.
    fn set_null(&mut self) -> Result<(), Fault> {
        Err(Fault::new(FaultKind::Null))
    }

    /// What is about to be set here, and where it stands. Layers of values have no use for it;
    /// those that trace where a value came from do.
    fn seen(&mut self, tree: &Tree<'_>) {
        let _ = tree;
    }

    /// Whether any source has set anything here.
    fn is_set(&self) -> bool;

    /// Whether there is something to look into. An optional place that `null` emptied is set, and
    /// [`target`](Self::target) would make it exist.
    fn is_there(&self) -> bool {
        self.is_set()
    }
}

/// What kind of place a [`Place`] is.
pub enum Target<'a> {
    /// One value, read as a whole by its own type.
    Value(&'a mut dyn Value),
    /// A struct's settings.
    Record(&'a mut dyn Record),
    /// A list or set.
    Sequence(&'a mut dyn Sequence),
    /// A map.
    Mapping(&'a mut dyn Mapping),
    /// An internally tagged enum.
    Choice(&'a mut dyn Choice),
}

/// One value, read as a whole by its own type.
pub trait Value {
    /// Reads the value; what stood here before is replaced.
    fn set(&mut self, reader: Reader<'_>) -> Result<(), Fault>;

    /// The text by which `merge_by` compares this value with another of its type; `None` where
    /// nothing is set, or where the type is not one that can be compared so.
    fn key(&self) -> Option<String> {
        None
    }

    /// What is set, where that can be told without knowing its type.
    fn tree(&self) -> Option<Tree<'static>> {
        None
    }
}

/// A struct's settings.
pub trait Record {
    /// The struct's description, by which keys are looked up.
    fn schema(&self) -> &'static Schema;

    /// The place of the field at `index` of the schema.
    fn place(&mut self, index: usize) -> &mut dyn Place;
}

/// A list or set.
pub trait Sequence {
    /// Begins `x`, `x_add` or `x_remove`; the items follow.
    fn begin(&mut self, op: Op);

    /// Reads one item. For `x_remove` of nested values, the item is the key to be removed.
    fn item(&mut self, reader: Reader<'_>) -> Result<(), Fault>;

    /// A new element, where elements are nested values; otherwise `None`, and [`item`](Self::item)
    /// is the way.
    fn element(&mut self) -> Option<&mut dyn Place> {
        None
    }

    /// The element that was begun last.
    fn last(&mut self) -> Option<&mut dyn Place> {
        None
    }

    /// The element at a position, to be changed where it stands (variables with an index).
    fn at(&mut self, index: usize) -> Option<&mut dyn Place> {
        let _ = index;
        None
    }
}

/// A map.
pub trait Mapping {
    /// Says that the map was given, if only as an empty one.
    fn begin(&mut self);

    /// The place of a key.
    fn entry(&mut self, key: &str) -> Result<&mut dyn Place, Fault>;

    /// A key as this map writes it, by which its path is known: `1` for `01`, where keys are numbers.
    fn spelling(&self, key: &str) -> String {
        key.to_owned()
    }

    /// Takes a key away.
    fn remove(&mut self, key: &str);

    /// How many keys there are. An [`entry`](Self::entry) that adds none was there.
    fn count(&self) -> usize {
        self.keys().len()
    }

    /// The keys that are here, for variables: their names have lost case and punctuation.
    fn keys(&self) -> Vec<&str>;
}

/// An internally tagged enum.
pub trait Choice {
    /// The enum's description.
    fn schema(&self) -> &'static Schema;

    /// The tag that is about to name the variant, and where it stands; see [`Place::seen`].
    fn tagged(&mut self, tag: &Tree<'_>) {
        let _ = tag;
    }

    /// Names the variant.
    fn select(&mut self, variant: usize);

    /// The variant that was named.
    fn selected(&self) -> Option<usize>;

    /// The settings of a variant.
    fn variant(&mut self, variant: usize) -> &mut dyn Place;
}

/// A place found by its key.
pub struct Child<'a> {
    /// The place.
    pub place: &'a mut dyn Place,
    /// How the key names it.
    pub hit: Hit,
}

/// The place that `key` names, also that of a flattened struct. `hint` is where to look first.
pub fn child<'a>(record: &'a mut dyn Record, key: &str, hint: &mut usize) -> Option<Child<'a>> {
    let hit = record.schema().find(key, hint)?;
    let place = record.place(hit.index);
    if !hit.flattened {
        return Some(Child { place, hit });
    }
    match place.target() {
        Target::Record(inner) => child(inner, key, &mut 0),
        _ => None,
    }
}
