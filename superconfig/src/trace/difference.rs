//! The values that two loadings of a configuration come to, as far as they can differ: what a reload
//! tells its listeners should cost less than the reload.
//!
//! Most sources say what they said before. The ones between the first and the last that do not are read
//! both ways and compared, layer by layer: only settings of which some layer says something else can
//! have another value. Of these, all other sources are asked, from the one of the highest precedence
//! down, until each plain setting has been given: what lies below cannot matter.
//!
//! ```text
//!   above    variables, arguments       the same        asked first
//!   between  local.toml                 old and new     compared
//!   below    production.toml, …         the same        asked last, and often not at all
//! ```

use super::cell::{Body, Cell};
use super::scope::Scope;
use super::sources::Sources;
use super::spec::{Shape, Spec};
use super::standing::Standing;
use super::value::EffectiveValue;
use super::{Kept, Trace};
use crate::load::Retained;

/// What the sources of two loadings come to, among these settings, as far as it can differ; `None`
/// where it cannot. What needs a restart is as the sources say.
pub(super) fn said(old: &Kept, new: &Kept, scope: &Scope) -> Option<[EffectiveValue; 2]> {
    let same_terms = old.profiles == new.profiles
        && old.limits == new.limits
        && old.secrets.is_empty()
        && new.secrets.is_empty();
    if !same_terms {
        return Some([old, new].map(|kept| Trace::of(kept).said()));
    }
    let terms = new.terms();
    let (old, new) = (old.retained.as_slice(), new.retained.as_slice());
    let same = |(one, other): &(&Retained, &Retained)| one == other;
    let (below, old_rest) = old.split_at(old.iter().zip(new).take_while(same).count());
    let new_rest = &new[below.len()..];
    let above = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
    let (old, above) = old_rest.split_at(old_rest.len() - above);
    let new = &new_rest[..new_rest.len() - above.len()];

    let mut sources = Sources::new(terms);
    let [old, new] = [old, new].map(|between| -> Vec<Cell> {
        between.iter().flat_map(|retained| sources.source(retained, scope)).collect()
    });
    let differing = difference(&old, &new);
    let mut open = differing.clone();
    let above = from_the_top(above, &mut open, &mut sources);
    if open == Scope::Nothing {
        return None;
    }
    let given = |cells: &[Cell]| cells.iter().fold(open.clone(), |open, cell| open.below(cell));
    open = given(&old).or(given(&new));
    let below = from_the_top(below, &mut open, &mut sources);
    Some([old, new].map(|between| {
        let mut root = Standing::root(Spec::root(terms.schema), &differing);
        let cells = below.iter().cloned().chain(between).chain(above.iter().cloned());
        cells.for_each(|cell| root.apply(cell, &sources));
        root.effective(&sources)
    }))
}

/// What some sources say, the lowest precedence first. They are asked from the highest one down, for as
/// long as it matters what they say.
fn from_the_top<'k>(
    retained: &'k [Retained],
    open: &mut Scope,
    sources: &mut Sources<'k>,
) -> Vec<Cell> {
    let mut all = Vec::new();
    for retained in retained.iter().rev() {
        if *open == Scope::Nothing {
            break;
        }
        let cells = sources.source(retained, open);
        *open = cells.iter().fold(open.clone(), |open, cell| open.below(cell));
        all.extend(cells.into_iter().rev());
    }
    all.reverse();
    all
}

/// The settings of which some layer says something else than the other in its place.
fn difference(old: &[Cell], new: &[Cell]) -> Scope {
    let scopes: Vec<Scope> = if old.len() == new.len() {
        old.iter().zip(new).map(|(old, new)| of_two(old, new)).collect()
    } else {
        old.iter().chain(new).map(of_one).collect()
    };
    scopes.into_iter().fold(Scope::Nothing, Scope::or)
}

/// The settings of which two layers do not say the same.
fn of_two(one: &Cell, other: &Cell) -> Scope {
    match (&one.body, &other.body) {
        (Body::Record(fields), Body::Record(others)) if one.spec.is_divided() => {
            Scope::of_fields(fields.iter().zip(others).map(|(one, other)| of_two(one, other)))
        }
        _ if one.says_the_same(other) => Scope::Nothing,
        _ => Scope::All,
    }
}

/// The settings of which a layer says anything.
fn of_one(cell: &Cell) -> Scope {
    match &cell.body {
        Body::Record(fields) if cell.spec.is_divided() => {
            Scope::of_fields(fields.iter().map(of_one))
        }
        _ if cell.says_nothing() => Scope::Nothing,
        _ => Scope::All,
    }
}

impl Scope {
    /// These settings without those of which it does not matter what is said below a layer: plain ones
    /// that it gives, or takes away.
    fn below(&self, cell: &Cell) -> Self {
        match (&cell.body, cell.spec.shape) {
            _ if *self == Self::Nothing => Self::Nothing,
            (Body::Record(fields), _) if cell.spec.is_divided() => {
                let fields = fields.iter().enumerate();
                Self::of_fields(fields.map(|(index, cell)| self.field(index).below(cell)))
            }
            (Body::Value(value), Shape::Leaf | Shape::Word(_))
                if value.is_some() || cell.cleared.is_some() =>
            {
                Self::Nothing
            }
            _ => self.clone(),
        }
    }
}
