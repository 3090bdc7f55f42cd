//! The state of turning a merged layer into a value: where it stands, and what is in the way.

use std::fmt::Display;

use crate::decode::{Choice, Fault, Target};
use crate::path::{KeyPath, Segment};
use crate::schema::{Body, Field, Kind, Schema};

/// The state of turning a merged layer into a value.
#[derive(Debug, Default)]
pub struct Resolution {
    /// What is in the way of the value.
    pub problems: Vec<Unresolved>,
    /// What is worth a warning.
    pub warnings: Vec<Unresolved>,
    frames: Vec<Frame>,
}

/// Something noted about a setting.
#[derive(Debug)]
pub struct Unresolved {
    /// The setting.
    pub path: KeyPath,
    /// The field, where the setting is one; for an item of a list or map, the list or map.
    pub field: Option<&'static Field>,
    /// What was noted.
    pub why: Why,
}

/// What was noted about a setting.
#[derive(Debug)]
#[non_exhaustive]
pub enum Why {
    /// No source sets it, and it has no default.
    Missing,
    /// No source names the variant of an enum.
    NoVariant {
        /// The tag's key.
        tag: &'static str,
        /// The variants.
        known: Vec<&'static str>,
    },
    /// Its validation refused it.
    Invalid(String),
    /// Its default cannot be read.
    Default(Fault),
    /// A variable changes the element at a position that the list does not have.
    NoElement {
        /// How many elements there are.
        len: usize,
    },
    /// Something was removed that was not there.
    NothingRemoved(Option<String>),
    /// A setting of another variant than the one that stands.
    NoEffect {
        /// The tag's key.
        tag: &'static str,
        /// The variant that stands.
        standing: &'static str,
        /// The variant that the setting belongs to.
        of: &'static str,
    },
}

#[derive(Debug)]
enum Frame {
    Field(&'static Schema, usize),
    Key(String),
    Index(usize),
}

impl Resolution {
    /// Enters a struct.
    pub fn open(&mut self, schema: &'static Schema) {
        self.frames.push(Frame::Field(schema, 0));
    }

    /// Goes to a field of the struct that was entered last.
    pub fn at(&mut self, index: usize) {
        if let Some(Frame::Field(_, at)) = self.frames.last_mut() {
            *at = index;
        }
    }

    /// Leaves what was entered last.
    pub fn close(&mut self) {
        self.frames.pop();
    }

    /// Enters a map's entry; [`leave_key`](Self::leave_key) gives the key back.
    pub fn enter_key(&mut self, key: String) {
        self.frames.push(Frame::Key(key));
    }

    /// Leaves a map's entry.
    pub fn leave_key(&mut self) -> String {
        match self.frames.pop() {
            Some(Frame::Key(key)) => key,
            _ => String::new(),
        }
    }

    /// Enters a list's element.
    pub fn enter_index(&mut self, index: usize) {
        self.frames.push(Frame::Index(index));
    }

    /// The setting in work is in the way of the value.
    pub fn refuse(&mut self, why: Why) {
        let unresolved = self.note(why);
        self.problems.push(unresolved);
    }

    /// The setting in work is worth a warning.
    pub fn warn(&mut self, why: Why) {
        let unresolved = self.note(why);
        self.warnings.push(unresolved);
    }

    /// Notes a validation's verdict on a value; a secret's is withheld, as it may repeat the value.
    pub fn check<T, E: Display>(
        &mut self,
        value: Option<&T>,
        validate: impl FnOnce(&T) -> Result<(), E>,
    ) {
        if let Some(value) = value
            && let Err(error) = validate(value)
        {
            let message = if self.is_secret() {
                "refused by its validation (the message is withheld: it may repeat the secret)"
                    .to_owned()
            } else {
                error.to_string()
            };
            self.refuse(Why::Invalid(message));
        }
    }

    /// The same for a whole struct, which has been left already.
    pub fn check_all<T, E: Display>(
        &mut self,
        value: Option<T>,
        validate: impl FnOnce(&T) -> Result<(), E>,
    ) -> Option<T> {
        let value = value?;
        let Err(error) = validate(&value) else { return Some(value) };
        self.refuse(Why::Invalid(error.to_string()));
        None
    }

    /// Notes what an enum's layer says of settings that only other variants have than the one that
    /// stands. (A source that names the variant itself cannot say such a thing.)
    pub fn check_effect(&mut self, choice: &mut dyn Choice) {
        let Body::Choice { tag, variants } = choice.schema().body else { return };
        let Some(standing) = choice.selected().and_then(|index| variants.get(index)) else {
            return;
        };
        for (index, variant) in variants.iter().enumerate() {
            let place = choice.variant(index);
            if std::ptr::eq(variant, standing) || !place.is_set() {
                continue;
            }
            let Target::Record(record) = place.target() else { continue };
            for (index, field) in variant.schema.fields().iter().enumerate() {
                let is_one = !matches!(field.kind, Kind::Flatten(_) | Kind::Skip);
                let is_shared = standing.schema.find(field.name, &mut 0).is_some();
                if !is_one || is_shared || !record.place(index).is_set() {
                    continue;
                }
                let (standing, of) = (standing.word.name, variant.word.name);
                self.open(variant.schema);
                self.at(index);
                self.warn(Why::NoEffect { tag, standing, of });
                self.close();
            }
        }
    }

    fn is_secret(&self) -> bool {
        self.fields().any(|field| field.secret)
    }

    fn fields(&self) -> impl DoubleEndedIterator<Item = &'static Field> {
        self.frames.iter().filter_map(|frame| match frame {
            Frame::Field(schema, index) => schema.fields().get(*index),
            _ => None,
        })
    }

    fn note(&self, why: Why) -> Unresolved {
        let mut path = KeyPath::root();
        for frame in &self.frames {
            match frame {
                Frame::Field(schema, index) => match schema.fields().get(*index) {
                    Some(Field { kind: Kind::Flatten(_), .. }) | None => {}
                    Some(field) => path.push(field.name),
                },
                Frame::Key(key) => path.push(Segment::from(key.clone())),
                Frame::Index(index) => path.push(*index),
            }
        }
        let why = match why {
            Why::Default(fault) if self.is_secret() => Why::Default(fault.redacted()),
            Why::NothingRemoved(_) if self.is_secret() => Why::NothingRemoved(None),
            other => other,
        };
        Unresolved { path, field: self.fields().next_back(), why }
    }
}
