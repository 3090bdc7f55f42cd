use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;

use super::HeapSize;
use super::probe::{Known as _, Pointed, Room as _, Unknown as _, total};

/// A type that says nothing of its memory.
struct Own {
    _text: String,
}

const TEXT: &str = "a text of thirty-one characters";

fn own() -> Own {
    Own { _text: TEXT.to_owned() }
}

#[test]
fn what_stands_in_a_value_is_no_heap() {
    assert_eq!((5_u8.heap_size(), true.heap_size(), [1.5; 9].heap_size()), (0, 0, 0));
    assert_eq!((String::new().heap_size(), Vec::<u8>::new().heap_size()), (0, 0));
    assert_eq!((None::<String>.heap_size(), BTreeMap::<u8, u8>::new().heap_size()), (0, 0));
    assert_eq!((Cow::Borrowed(TEXT).heap_size(), (&TEXT).heap_size()), (0, 0));
}

#[test]
fn texts_are_counted_wherever_they_stand() {
    let text = || TEXT.to_owned();
    let len = TEXT.len();
    assert_eq!(String::with_capacity(100).heap_size(), 100);
    assert_eq!(Some(text()).heap_size(), len);
    assert_eq!((text(), 1, text()).heap_size(), 2 * len);
    assert_eq!(Cow::<str>::Owned(text()).heap_size(), len);
    assert_eq!(PathBuf::from(TEXT).heap_size(), len);
    assert_eq!(SecretString::from(TEXT).heap_size(), len);
    assert_eq!(Box::<str>::from(TEXT).heap_size(), len);
    assert_eq!(Arc::<str>::from(TEXT).heap_size(), len + 2 * size_of::<usize>());
    assert_eq!(vec![text(), text()].heap_size(), 2 * (len + size_of::<String>()));
    assert!(VecDeque::from([text()]).heap_size() >= len + size_of::<String>());
    assert!(LinkedList::from([text()]).heap_size() >= len + size_of::<String>());
    assert!(BTreeSet::from([text()]).heap_size() >= len + size_of::<String>());
    assert!(HashSet::from([text()]).heap_size() >= len + size_of::<String>());
    let entry = 2 * (len + size_of::<String>());
    assert!(BTreeMap::from([(text(), text())]).heap_size() >= entry);
    assert!(HashMap::from([(text(), text())]).heap_size() >= entry);
}

#[test]
fn maps_grow_with_their_entries() {
    let tree = |len: u64| (0..len).map(|n| (n, n)).collect::<BTreeMap<_, _>>().heap_size();
    let table = |len: u64| (0..len).map(|n| (n, n)).collect::<HashMap<_, _>>().heap_size();
    for size in [tree, table] {
        let (small, large) = (size(10), size(10_000));
        assert!(small >= 160 && (160_000..800_000).contains(&large), "{small} {large}");
    }
}

#[test]
#[allow(clippy::needless_borrow)] // as the derive writes it
fn a_type_that_says_nothing_has_none_and_a_collection_of_it_has_its_room() {
    assert_eq!((&&&Pointed(&own())).bytes(), 0);
    assert_eq!((&&&Pointed(&Some(own()))).bytes(), 0);
    assert_eq!((&&&Pointed(&vec![own(), own()])).bytes(), 2 * size_of::<Own>());
    assert_eq!((&&&Pointed(&Some(Box::new(own())))).bytes(), size_of::<Own>());
    assert!((&&&Pointed(&BTreeMap::from([(1, own())]))).bytes() >= size_of::<Own>());
    assert!((&&&Pointed(&HashMap::from([(1, own())]))).bytes() >= size_of::<Own>());
    assert_eq!((&&&Pointed(TEXT)).bytes(), 0);
    assert_eq!((&&&Pointed(&TEXT.to_owned())).bytes(), TEXT.len());
}

#[test]
fn estimates_that_are_too_large_do_not_panic() {
    assert_eq!(total([usize::MAX, 1]), usize::MAX);
    assert_eq!(total([]), 0);
}
