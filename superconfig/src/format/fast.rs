//! What the fast paths of the formats share.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Bail, Limits};
use crate::decode::{Child, Place, Record, Scalar, Target, child};
use crate::schema::{Field, Hit, Op};

/// One run of a fast path: what it may use up, and what it noticed.
pub(super) struct Pass {
    /// Whether something is worth a warning.
    pub remarks: bool,
    strict: bool,
    depth: usize,
    nodes: usize,
    key_bytes: usize,
}

impl Pass {
    /// A run that has all of `limits` before it.
    pub(super) fn new(limits: &Limits, strict: bool) -> Self {
        Self {
            remarks: false,
            strict,
            depth: limits.depth,
            nodes: limits.nodes,
            key_bytes: limits.key_bytes,
        }
    }

    /// Counts a value.
    pub(super) fn node(&mut self) -> Result<(), Bail> {
        self.nodes = self.nodes.checked_sub(1).ok_or(Bail)?;
        Ok(())
    }

    /// Goes into a list or table.
    pub(super) fn enter(&mut self) -> Result<(), Bail> {
        self.depth = self.depth.checked_sub(1).ok_or(Bail)?;
        Ok(())
    }

    /// Comes out of it.
    pub(super) fn leave(&mut self) {
        self.depth += 1;
    }

    /// Looks at a key's length.
    pub(super) fn key(&self, key: &str) -> Result<(), Bail> {
        if key.len() > self.key_bytes { Err(Bail) } else { Ok(()) }
    }

    /// The place that `key` names in `record`; none for a key that nobody knows, which is read
    /// over.
    pub(super) fn child<'r, 'k>(
        &mut self,
        record: &'r mut dyn Record,
        key: Cow<'k, str>,
        hint: &mut usize,
        seen: &mut Seen<'k>,
    ) -> Result<Option<Child<'r>>, Bail> {
        let schema = record.schema();
        let Some(child) = child(record, &key, hint) else {
            if self.strict || schema.deny_unknown {
                return Err(Bail);
            }
            self.remarks = true;
            seen.keys.insert(key)?;
            return Ok(None);
        };
        let found = &child.hit;
        // The hit for a setting of a flattened struct counts that struct's fields.
        let own =
            schema.fields().get(found.index).is_some_and(|own| std::ptr::eq(own, found.field));
        let shadowed = seen.note(key, found, own)?;
        self.remarks |=
            shadowed || found.deprecated_alias || found.folded || found.field.deprecated.is_some();
        Ok(Some(child))
    }
}

/// Sets a place to a value without parts.
pub(super) fn set_scalar(place: &mut dyn Place, op: Op, scalar: Scalar<'_>) -> Result<(), Bail> {
    if op == Op::Set && scalar.is_null() {
        return place.set_null().map_err(|_| Bail);
    }
    match place.target() {
        Target::Value(value) => value.set(crate::decode::Reader::Scalar(scalar)).map_err(|_| Bail),
        _ => Err(Bail),
    }
}

/// The keys of one table so far.
///
/// Most keys are the fields of a struct as declared, so these cost a bit each.
#[derive(Default)]
pub(super) struct Seen<'k> {
    /// The keys that are no field's own name.
    pub keys: Keys<'k>,
    /// The fields whose own name was a key.
    named: u128,
    /// The fields that were set, by whichever spelling.
    set: u128,
    /// What the bits have no room for.
    others: Vec<(*const Field, Op)>,
}

impl<'k> Seen<'k> {
    /// Whether another spelling of the same setting came before; the same spelling bails.
    fn note(&mut self, key: Cow<'k, str>, hit: &Hit, own: bool) -> Result<bool, Bail> {
        let bit = match u32::try_from(hit.index) {
            Ok(index) if own && hit.op == Op::Set => 1_u128.checked_shl(index),
            _ => None,
        };
        let Some(bit) = bit else {
            self.keys.insert(key)?;
            let place = (std::ptr::from_ref(hit.field), hit.op);
            let shadowed = self.others.contains(&place);
            self.others.push(place);
            return Ok(shadowed);
        };
        if key != hit.field.name {
            self.keys.insert(key)?;
        } else if self.named & bit == 0 {
            self.named |= bit;
        } else {
            return Err(Bail);
        }
        let shadowed = self.set & bit != 0;
        self.set |= bit;
        Ok(shadowed)
    }
}

/// Beyond so many keys a table's keys are hashed.
const FEW: usize = 16;

/// A set of keys.
#[derive(Default)]
pub(super) struct Keys<'k> {
    few: Vec<Cow<'k, str>>,
    many: HashSet<Cow<'k, str>>,
}

impl<'k> Keys<'k> {
    /// Adds a key that is not there yet.
    pub(super) fn insert(&mut self, key: Cow<'k, str>) -> Result<(), Bail> {
        let new = if self.many.is_empty() {
            let new = !self.few.contains(&key);
            self.few.push(key);
            if self.few.len() > FEW {
                self.many.extend(self.few.drain(..));
            }
            new
        } else {
            self.many.insert(key)
        };
        if new { Ok(()) } else { Err(Bail) }
    }
}
