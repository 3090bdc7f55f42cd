//! What the sources say of one list, round by round.
//!
//! Rounds are kept and carried out at the end. Two of them do not become one: an item that is
//! removed and added again has another position.

use crate::schema::Op;

/// What one source says of a list, in the order in which it is carried out.
pub(crate) struct Round<T, R> {
    /// `x`
    pub(crate) set: Option<Vec<T>>,
    /// `x_add`
    pub(crate) add: Vec<T>,
    /// `x_remove`: the items themselves, or the keys of elements.
    pub(crate) remove: Vec<R>,
    /// Changes to the elements at these positions, in their order: variables come in any, and an element can
    /// only be added behind the last. A list of values has none.
    pub(crate) patches: Vec<(usize, T)>,
}

impl<T, R> Default for Round<T, R> {
    fn default() -> Self {
        Self { set: None, add: Vec::new(), remove: Vec::new(), patches: Vec::new() }
    }
}

impl<T, R> Round<T, R> {
    fn is_set(&self) -> bool {
        self.set.is_some()
            || !self.add.is_empty()
            || !self.remove.is_empty()
            || !self.patches.is_empty()
    }
}

/// What the sources say of a list, the earliest first.
pub(crate) struct Rounds<T, R> {
    earlier: Vec<Round<T, R>>,
    /// What the last of the sources says.
    pub(crate) last: Round<T, R>,
    /// Whether anything was said at all, if only that nothing is added.
    begun: bool,
    /// What was begun last.
    op: Op,
}

impl<T, R> Default for Rounds<T, R> {
    fn default() -> Self {
        Self { earlier: Vec::new(), last: Round::default(), begun: false, op: Op::Set }
    }
}

impl<T, R> Rounds<T, R> {
    /// One round, which sets the list to these items.
    pub(crate) fn setting(items: Vec<T>) -> Self {
        let last = Round { set: Some(items), ..Round::default() };
        Self { last, ..Self::default() }
    }

    /// Whether any source says anything.
    pub(crate) fn is_set(&self) -> bool {
        self.begun || self.last.is_set() || !self.earlier.is_empty()
    }

    /// Whether the earliest of the sources gives a list, rather than steps to be taken on one.
    pub(crate) fn sets(&self) -> bool {
        self.earlier.first().unwrap_or(&self.last).set.is_some()
    }

    /// Begins `x`, `x_add` or `x_remove`; of two beginnings the second counts.
    pub(crate) fn begin(&mut self, op: Op) {
        self.begun = true;
        self.op = op;
        match op {
            Op::Set => self.last.set = Some(Vec::new()),
            Op::Add => self.last.add.clear(),
            Op::Remove => self.last.remove.clear(),
        }
    }

    /// What was begun last.
    pub(crate) fn op(&self) -> Op {
        self.op
    }

    /// Where the items of what was begun last go, unless they are to be removed.
    pub(crate) fn items(&mut self) -> &mut Vec<T> {
        match self.op {
            Op::Set => self.last.set.get_or_insert_default(),
            Op::Add | Op::Remove => &mut self.last.add,
        }
    }

    /// The change to the element at a position, which begins to be one.
    pub(crate) fn patch(&mut self, index: usize, new: impl FnOnce() -> T) -> &mut T {
        let patches = &mut self.last.patches;
        let at = patches.partition_point(|(at, _)| *at < index);
        if patches.get(at).is_none_or(|(at, _)| *at != index) {
            patches.insert(at, (index, new()));
        }
        &mut patches[at].1
    }

    /// Puts later rounds behind these. `replaces` says whether a later `x` makes the earlier rounds
    /// irrelevant.
    pub(crate) fn merge(&mut self, later: Self, replaces: bool) {
        if !later.is_set() {
            return;
        }
        if !self.is_set() || (replaces && later.sets()) {
            *self = later;
            return;
        }
        self.earlier.push(std::mem::take(&mut self.last));
        self.earlier.extend(later.earlier);
        self.last = later.last;
    }

    /// The rounds, in the order in which they are carried out.
    pub(crate) fn in_order(self) -> impl Iterator<Item = Round<T, R>> {
        self.earlier.into_iter().chain([self.last])
    }
}
