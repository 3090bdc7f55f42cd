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
    /// The first secret that is set.
    pub secret: Option<&'static Field>,
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
            secret: None,
            strict,
            depth: limits.depth,
            nodes: limits.nodes,
            key_bytes: limits.key_bytes,
        }
    }

    /// Counts a value.
    #[inline]
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
    #[inline]
    pub(super) fn key(&self, key: &str) -> Result<(), Bail> {
        if key.len() > self.key_bytes { Err(Bail) } else { Ok(()) }
    }

    /// The place that `key` names in `record`, and what the key does to it; none for a key that
    /// nobody knows, which is read over.
    #[inline]
    pub(super) fn child<'r, 'k>(
        &mut self,
        record: &'r mut dyn Record,
        key: Cow<'k, str>,
        hint: &mut usize,
        seen: &mut Seen<'k>,
    ) -> Result<Option<(&'r mut dyn Place, Op)>, Bail> {
        let schema = record.schema();
        match schema.find_own(&key, hint) {
            Some(index) if index < BITS => {
                self.named(&schema.fields()[index], index, seen)?;
                Ok(Some((record.place(index), Op::Set)))
            }
            _ => self.rare_child(record, key, hint, seen),
        }
    }

    /// Notes the own name of the field at `index`, which is one of those that have a bit.
    #[inline]
    pub(super) fn named(
        &mut self,
        field: &'static Field,
        index: usize,
        seen: &mut Seen<'_>,
    ) -> Result<(), Bail> {
        self.remarks |= seen.named(index)? || field.deprecated.is_some();
        if field.secret {
            self.secret.get_or_insert(field);
        }
        Ok(())
    }

    /// The same for a key that is not simply the name of one of the first fields.
    fn rare_child<'r, 'k>(
        &mut self,
        record: &'r mut dyn Record,
        key: Cow<'k, str>,
        hint: &mut usize,
        seen: &mut Seen<'k>,
    ) -> Result<Option<(&'r mut dyn Place, Op)>, Bail> {
        let schema = record.schema();
        let Some(Child { place, hit }) = child(record, &key, hint) else {
            if self.strict || schema.deny_unknown {
                return Err(Bail);
            }
            self.remarks = true;
            seen.insert(key)?;
            return Ok(None);
        };
        // The hit for a setting of a flattened struct counts that struct's fields.
        let own = schema.fields().get(hit.index).is_some_and(|own| std::ptr::eq(own, hit.field));
        let shadowed = seen.note(key, &hit, own)?;
        self.remarks |=
            shadowed || hit.deprecated_alias || hit.folded || hit.field.deprecated.is_some();
        if hit.field.secret {
            self.secret.get_or_insert(hit.field);
        }
        Ok(Some((place, hit.op)))
    }
}

/// Sets a place to a value without parts.
pub(super) fn set_scalar(place: &mut dyn Place, op: Op, scalar: &Scalar<'_>) -> Result<(), Bail> {
    if op == Op::Set && scalar.is_null() {
        return place.set_null().map_err(|_| Bail);
    }
    match place.target() {
        Target::Value(value) => value.set(crate::decode::Reader::Scalar(scalar)).map_err(|_| Bail),
        _ => Err(Bail),
    }
}

/// The keys of one struct's table so far.
///
/// Most keys are the fields of a struct as declared, so these cost a bit each.
#[derive(Default)]
pub(super) struct Seen<'k> {
    /// The fields whose own name was a key.
    named: u64,
    /// The fields that were set, by whichever spelling.
    set: u64,
    /// What the bits have no room for.
    rest: Option<Box<Rest<'k>>>,
}

/// The keys of one struct's table that have no bit.
#[derive(Default)]
struct Rest<'k> {
    /// The keys that are no field's own name.
    keys: Keys<'k>,
    /// What was done to the fields that have no bit.
    done: Vec<(*const Field, Op)>,
}

/// So many fields have a bit.
pub(super) const BITS: usize = u64::BITS as usize;

impl<'k> Seen<'k> {
    /// Notes a key that is no field's own name; a second time it bails.
    pub(super) fn insert(&mut self, key: Cow<'k, str>) -> Result<(), Bail> {
        self.rest.get_or_insert_default().keys.insert(key)
    }

    /// Notes the own name of the field at `index`, which is one of those that have a bit. Says
    /// whether another spelling of it came before; the same one again bails.
    #[inline]
    fn named(&mut self, index: usize) -> Result<bool, Bail> {
        let bit = 1_u64 << index;
        if self.named & bit != 0 {
            return Err(Bail);
        }
        self.named |= bit;
        let shadowed = self.set & bit != 0;
        self.set |= bit;
        Ok(shadowed)
    }

    /// The same for any key.
    fn note(&mut self, key: Cow<'k, str>, hit: &Hit, own: bool) -> Result<bool, Bail> {
        if own && hit.op == Op::Set && hit.index < BITS {
            if key == hit.field.name {
                return self.named(hit.index);
            }
            self.insert(key)?;
            let bit = 1_u64 << hit.index;
            let shadowed = self.set & bit != 0;
            self.set |= bit;
            return Ok(shadowed);
        }
        let rest = self.rest.get_or_insert_default();
        rest.keys.insert(key)?;
        let place = (std::ptr::from_ref(hit.field), hit.op);
        let shadowed = rest.done.contains(&place);
        rest.done.push(place);
        Ok(shadowed)
    }
}

/// Beyond so many keys a table's keys are hashed.
const FEW: usize = 16;

/// A set of keys.
#[derive(Default)]
pub(super) struct Keys<'k> {
    few: Vec<Cow<'k, str>>,
    many: Option<HashSet<Cow<'k, str>>>,
}

impl<'k> Keys<'k> {
    /// Adds a key that is not there yet.
    pub(super) fn insert(&mut self, key: Cow<'k, str>) -> Result<(), Bail> {
        if let Some(many) = &mut self.many {
            return if many.insert(key) { Ok(()) } else { Err(Bail) };
        }
        if self.few.contains(&key) {
            return Err(Bail);
        }
        self.few.push(key);
        if self.few.len() > FEW {
            self.many = Some(std::mem::take(&mut self.few).into_iter().collect());
        }
        Ok(())
    }
}
