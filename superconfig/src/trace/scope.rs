//! Which settings are looked at.

use super::spec::{By, Shape, Spec};
use crate::schema::Kind;

/// Which settings are looked at, from one setting down. Only a struct whose settings stand for
/// themselves is divided; of a list, a map, or what may be missing, all is looked at or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    Nothing,
    All,
    /// Of a struct, by the positions of its fields.
    Fields(Vec<Scope>),
}

impl Scope {
    /// That of a struct, by its fields.
    pub(super) fn of_fields(fields: impl Iterator<Item = Self>) -> Self {
        let fields: Vec<Self> = fields.collect();
        let nothing = fields.iter().all(|field| *field == Self::Nothing);
        if nothing { Self::Nothing } else { Self::Fields(fields) }
    }

    /// What is in it of the field at a position.
    pub(super) fn field(&self, index: usize) -> &Self {
        match self {
            Self::Fields(fields) => fields.get(index).unwrap_or(&Self::Nothing),
            whole => whole,
        }
    }

    /// Makes something of each field of the struct that `around` is for.
    pub(super) fn each_field<C>(&self, around: &Spec, make: impl Fn(Spec, &Self) -> C) -> Vec<C> {
        let Shape::Record(By(schema)) = around.shape else { return Vec::new() };
        let fields = schema.fields().iter().enumerate();
        let each = fields.map(|(index, field)| {
            let spec = Spec::field(field, around);
            match self.field(index) {
                // What is flattened is asked for its keys, whatever is looked at.
                Self::Nothing if !matches!(field.kind, Kind::Flatten(_)) => {
                    make(spec.ignored(), &Self::Nothing)
                }
                scope => make(spec, scope),
            }
        });
        each.collect()
    }

    /// What is in one of the two, or in both.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, scope) | (scope, Self::Nothing) => scope,
            (Self::Fields(one), Self::Fields(other)) => {
                Self::Fields(one.into_iter().zip(other).map(|(one, other)| one.or(other)).collect())
            }
            _ => Self::All,
        }
    }

    /// What is declared as `restart_required`, or has such settings in it.
    pub(super) fn needing_restart(spec: &Spec) -> Self {
        let By(schema) = match spec.shape {
            Shape::Record(by) if spec.is_divided() => by,
            Shape::Record(by) | Shape::Choice(by) | Shape::NestedMap(by) => {
                return if by.0.needs_restart() { Self::All } else { Self::Nothing };
            }
            _ => return Self::Nothing,
        };
        Self::of_fields(schema.fields().iter().map(|field| {
            if field.restart_required {
                return Self::All;
            }
            Self::needing_restart(&Spec::field(field, spec))
        }))
    }
}
