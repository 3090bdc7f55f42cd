//! What is another value after a reload, and what waits for a restart.

use std::collections::BTreeMap;
use std::fmt;

use super::difference;
use super::scope::Scope;
use super::spec::Spec;
use super::value::{Effective, EffectiveValue};
use super::write::{array, object, quoted};
use super::{Kept, Trace, VALUE_WIDTH, cut, wrapped};
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::{Body, Schema};

/// A setting whose value is another one than before.
///
/// A secret is compared and not shown: it says `[redacted]` on both sides.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Changed {
    /// Its path.
    pub path: KeyPath,
    /// The value that it had; `None` where there was no such setting, as a key of a map.
    pub old: Option<EffectiveValue>,
    /// The value that it has; `None` where the setting is gone.
    pub new: Option<EffectiveValue>,
}

/// The settings with other values in `new`, in its order; those that are gone come last.
pub(crate) fn changed(old: &Kept, new: &Kept) -> Vec<Changed> {
    if old.pinned.is_some() || new.pinned.is_some() {
        return between(&Trace::of(old).effective(), &Trace::of(new).effective());
    }
    let said = difference::said(old, new, &Scope::All);
    said.map(|[old, new]| between(&old, &new)).unwrap_or_default()
}

/// The settings that would have other values if `new` had been loaded at the start of the program:
/// those that need a restart, where it says something else than what was loaded first.
pub(crate) fn pending(first: &Kept, new: &Kept) -> Vec<Changed> {
    let scope = Scope::needing_restart(&Spec::root(first.schema));
    let Some([then, said]) = difference::said(first, new, &scope) else { return Vec::new() };
    let mut pinned = said.clone();
    pinned.pin(first.schema, &then);
    between(&pinned, &said)
}

fn between(old: &EffectiveValue, new: &EffectiveValue) -> Vec<Changed> {
    let (before, now) = (settings(old), settings(new));
    let mut old_of: BTreeMap<&KeyPath, &EffectiveValue> =
        before.iter().map(|(path, value)| (path, value)).collect();
    let mut all = Vec::new();
    for (path, value) in &now {
        let old = old_of.remove(path);
        if old.is_none_or(|old| !old.same(value)) {
            all.push(Changed { path: path.clone(), old: old.cloned(), new: Some(value.clone()) });
        }
    }
    for (path, value) in before.iter().filter(|(path, _)| old_of.contains_key(path)) {
        all.push(Changed { path: path.clone(), old: Some(value.clone()), new: None });
    }
    // An empty table, or nothing at all, that is filled now is told by what is in it; and what was not
    // set and is not set, in an element that came or went, by what else is in that. A null that somebody
    // wrote is a value: without a schema the key is there.
    let is_unset = EffectiveValue::is_unset;
    let is_empty = |value: &EffectiveValue| match value.value() {
        Effective::Null => true,
        Effective::Table(entries) => entries.is_empty(),
        Effective::List(items) => items.is_empty(),
        _ => false,
    };
    let are = |one: &Changed, so: &dyn Fn(&EffectiveValue) -> bool| {
        let one_sided = one.old.is_none() || one.new.is_none();
        one_sided && one.old.iter().chain(&one.new).all(so)
    };
    let told_by_another = |one: &Changed, all: &[Changed]| {
        let path = one.path.segments();
        let around = path.split_last().map_or(path, |(_, around)| around);
        let other_side = if one.old.is_none() { &before } else { &now };
        let beside =
            |other: &Changed| other.path.segments().starts_with(around) && !are(other, &is_unset);
        let came_or_went =
            || !other_side.iter().any(|(path, _)| path.segments().starts_with(around));
        let inside = |other: &Changed| {
            other.path.len() > path.len() && other.path.segments().starts_with(path)
        };
        (are(one, &is_unset) && all.iter().any(beside) && came_or_went())
            || (are(one, &is_empty) && all.iter().any(inside))
    };
    let kept: Vec<bool> = all.iter().map(|one| !told_by_another(one, &all)).collect();
    let mut kept = kept.into_iter();
    all.retain(|_| kept.next().unwrap_or(true));
    all
}

fn settings(value: &EffectiveValue) -> Vec<(KeyPath, EffectiveValue)> {
    let mut all = Vec::new();
    value.leaves(&mut KeyPath::root(), &mut |path, value| all.push((path.clone(), value.clone())));
    all
}

impl EffectiveValue {
    /// Puts the values of settings that need a restart back to those of `first`.
    pub(super) fn pin(&mut self, schema: &'static Schema, first: &Self) {
        let fields = match schema.body {
            Body::Record(fields) => fields,
            Body::Keyword(_) | Body::Any => return,
            // The values of one variant mean nothing to another.
            Body::Choice { tag, variants } => {
                let word = |value: &Self| value.entry(tag).and_then(Self::text);
                let Some(now) = word(self).filter(|now| word(first).as_ref() == Some(now)) else {
                    return;
                };
                let variant = variants.iter().find(|variant| variant.word.name == now);
                if let Some(variant) = variant {
                    self.pin(variant.schema, first);
                }
                return;
            }
        };
        for field in fields {
            use crate::schema::Kind::{Flatten, Nested, NestedMap};
            if field.restart_required {
                self.put(field.name, first.entry(field.name));
                continue;
            }
            if let Flatten(inner) = field.kind {
                self.pin(inner, first);
            }
            let both = (self.entry_mut(field.name), first.entry(field.name));
            let (Some(now), Some(then)) = both else { continue };
            match field.kind {
                Nested(inner) => now.pin(inner, then),
                NestedMap(inner) => now.each_entry(|key, now| {
                    if let Some(then) = then.entry(key) {
                        now.pin(inner.get(), then);
                    }
                }),
                _ => {}
            }
        }
    }
}

impl Changed {
    /// Where the old value came from; for a list, where its items came from.
    pub fn old_origins(&self) -> Vec<&Origin> {
        self.old.as_ref().map(EffectiveValue::origins).unwrap_or_default()
    }

    /// Where the new value comes from; for a list, where its items come from.
    pub fn new_origins(&self) -> Vec<&Origin> {
        self.new.as_ref().map(EffectiveValue::origins).unwrap_or_default()
    }

    /// As JSON, on one line.
    pub fn to_json(&self) -> String {
        let value = |value: &Option<EffectiveValue>| {
            value.as_ref().map_or("null".to_owned(), EffectiveValue::to_json)
        };
        let origins = |origins: Vec<&Origin>| {
            array(origins.into_iter().map(|origin| quoted(&origin.to_string())))
        };
        object([
            ("path", quoted(&self.path.to_string())),
            ("old", value(&self.old)),
            ("new", value(&self.new)),
            ("old_origins", origins(self.old_origins())),
            ("new_origins", origins(self.new_origins())),
        ])
    }

    /// What changed, and where the values come from.
    pub(super) fn lines(&self) -> [String; 2] {
        let value = |value: &Option<EffectiveValue>| match value {
            Some(value) if !value.is_unset() => cut(&value.to_string(), VALUE_WIDTH),
            _ => "not set".to_owned(),
        };
        let origins = |origins: Vec<&Origin>| {
            let origins: Vec<_> = origins.into_iter().map(ToString::to_string).collect();
            if origins.is_empty() { "nowhere".to_owned() } else { origins.join(", ") }
        };
        let (old, new) = (origins(self.old_origins()), origins(self.new_origins()));
        let from = if old == new { new } else { format!("{old} -> {new}") };
        let what = format!("{}: {} -> {}", self.path, value(&self.old), value(&self.new));
        [what, format!("  from {from}")]
    }
}

/// `port: 8080 -> 9000`, and on a second line where the values come from.
impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [what, from] = self.lines();
        let mut out = String::new();
        wrapped(&mut out, 0, &what);
        wrapped(&mut out, 2, from.trim_start());
        f.write_str(out.trim_end())
    }
}

/// Some changes as a JSON array.
pub(crate) fn json(changes: &[Changed]) -> String {
    array(changes.iter().map(Changed::to_json))
}
