//! Which values the places of a JSON Schema take, each of which is read once: definitions may hold
//! themselves and each other.

use std::collections::HashMap;
use std::ptr;

use super::view::{Reading, View};
use crate::decode::Span;
use crate::reference::ty::Ty;
use crate::value::takes::{Shared, Takes};

/// What has more around it is read when that is read.
const DEPTH: usize = 32;

/// The places that were read or are being read, and what waits.
#[derive(Default)]
pub(super) struct Places<'t> {
    known: HashMap<String, (&'static Shared, Option<Span>)>,
    later: Vec<(View<'t>, &'static Shared)>,
    /// How many are being read, one within the other.
    depth: usize,
}

impl<'t> Reading<'t> {
    /// The values that a view takes, `null` included. `ty` is the type of Rust, as far as it is known.
    pub(super) fn takes(&mut self, mut view: View<'t>, ty: Option<&Ty>) -> Takes {
        if ty.is_some() {
            let types = self.types(&mut view);
            let takes = self.takes_of(&mut view, &types, ty);
            return if view.null { Takes::OrNull(Box::new(takes)) } else { takes };
        }
        let shared = match self.places.known.get(&view.at) {
            Some((known, _)) => known,
            None => self.place(view),
        };
        match shared.takes() {
            // What is `null` and nothing else stays that.
            Takes::Any if shared.null() => Takes::OrNull(Box::new(Takes::Any)),
            _ if shared.null() => Takes::OrNull(Box::new(Takes::Shared(shared))),
            _ => Takes::Shared(shared),
        }
    }

    fn place(&mut self, view: View<'t>) -> &'static Shared {
        let shared: &'static Shared = Box::leak(Box::default());
        self.places.known.insert(view.at.clone(), (shared, view.span));
        if self.places.depth < DEPTH {
            self.fill(view, shared);
        } else {
            self.places.later.push((view, shared));
        }
        shared
    }

    fn fill(&mut self, mut view: View<'t>, shared: &Shared) {
        self.places.depth += 1;
        let types = self.types(&mut view);
        let takes = self.takes_of(&mut view, &types, None);
        shared.set(takes, view.null);
        self.places.depth -= 1;
    }

    /// Reads what waits, and refuses what is an alternative of itself, with no list or table between.
    pub(super) fn finish_places(&mut self) {
        while let Some((view, shared)) = self.places.later.pop() {
            self.fill(view, shared);
        }
        let mut places: Vec<_> = self.places.known.drain().collect();
        places.sort_by(|(one, _), (other, _)| one.cmp(other));
        let address = |shared: &Shared| ptr::from_ref(shared).addr();
        let numbers = places.iter().enumerate().map(|(at, (_, (shared, _)))| (address(shared), at));
        let numbers: HashMap<usize, usize> = numbers.collect();
        let leads_to = |(_, (shared, _)): &(String, (&Shared, _))| {
            let others = shared.takes().alternatives().into_iter();
            others.filter_map(|other| numbers.get(&address(other)).copied()).collect()
        };
        let leads_to: Vec<Vec<usize>> = places.iter().map(leads_to).collect();
        let mut comes_from = vec![Vec::new(); places.len()];
        for (from, all) in leads_to.iter().enumerate() {
            all.iter().for_each(|to| comes_from[*to].push(from));
        }
        let mut round = vec![true; places.len()];
        for (ahead, behind) in [(&leads_to, &comes_from), (&comes_from, &leads_to)] {
            peel(&mut round, ahead, behind);
        }
        for ((at, (_, span)), _) in places.iter().zip(round).filter(|(_, round)| *round) {
            self.wrong(
                at,
                *span,
                "it is an alternative of itself, so that its values have no end",
            )
            .help = Some("put a list or an object between".to_owned());
        }
    }
}

/// Takes away what leads nowhere, until there is none.
fn peel(kept: &mut [bool], ahead: &[Vec<usize>], behind: &[Vec<usize>]) {
    let count = |at: usize, kept: &[bool]| ahead[at].iter().filter(|to| kept[**to]).count();
    let mut left: Vec<usize> = (0..kept.len()).map(|at| count(at, kept)).collect();
    let mut ends: Vec<usize> = (0..kept.len()).filter(|at| kept[*at] && left[*at] == 0).collect();
    while let Some(end) = ends.pop() {
        kept[end] = false;
        for from in behind[end].iter().filter(|from| kept[**from]) {
            left[*from] -= 1;
            if left[*from] == 0 {
                ends.push(*from);
            }
        }
    }
}
