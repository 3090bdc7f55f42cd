//! Lists that a handle gives out by reference, though a reload replaces them.

use std::sync::{Arc, OnceLock};

/// Lists that were given out by reference: each stays where it is until the last handle is gone, and
/// of equal ones there is one. It grows by what is asked for, not by reloads.
pub(crate) struct Lent<T>(OnceLock<Box<Node<T>>>);

struct Node<T> {
    list: Arc<[T]>,
    next: Lent<T>,
}

impl<T> Default for Lent<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Lent<T> {
    /// This list, or one that was given out before and is the same.
    pub(crate) fn lend(&self, list: &Arc<[T]>, same: impl Fn(&T, &T) -> bool) -> &[T] {
        if list.is_empty() {
            return &[];
        }
        let mut place = self;
        loop {
            let new = || Box::new(Node { list: Arc::clone(list), next: Self::default() });
            let node = place.0.get_or_init(new);
            let pairs = || node.list.iter().zip(&**list);
            if node.list.len() == list.len() && pairs().all(|(a, b)| same(a, b)) {
                return &node.list;
            }
            place = &node.next;
        }
    }
}

impl<T> Drop for Lent<T> {
    /// One by one: a long chain would be too much for the stack.
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut node) = next {
            next = node.next.0.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_stays_where_it_is_and_equal_ones_are_one() {
        let lent = Lent::default();
        let one = lent.lend(&[1, 2].into(), PartialEq::eq);
        let other = lent.lend(&[1].into(), PartialEq::eq);
        assert_eq!((one, other), (&[1, 2][..], &[1][..]));
        assert!(std::ptr::eq(one, lent.lend(&[1, 2].into(), PartialEq::eq)));
        assert!(std::ptr::eq(other, lent.lend(&[1].into(), PartialEq::eq)));
        assert!(lent.lend(&[].into(), PartialEq::eq).is_empty());
    }

    #[test]
    fn very_many_can_be_dropped() {
        let lent = Lent::default();
        // Asked from the end of the chain, so that this takes no time that grows with the square.
        let mut place = &lent;
        for number in 0..1_000_000 {
            place.lend(&[number].into(), PartialEq::eq);
            place = place.0.get().map(|node| &node.next).expect("it was lent");
        }
        drop(lent);
    }
}
