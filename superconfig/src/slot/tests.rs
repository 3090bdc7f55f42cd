use super::*;
use crate::publish::memory::Memory;

struct Held(Published<u64>);

impl AsRef<Published<u64>> for Held {
    fn as_ref(&self) -> &Published<u64> {
        &self.0
    }
}

fn held(number: u64) -> Arc<Held> {
    Arc::new(Held(Published::new(Arc::new(number), None)))
}

thread_local! {
    static MEMORY: Memory<u64> = const { Memory::new() };
}

/// Reads as a guard does, often enough that the share is kept ready, and without memory.
fn read(slot: &Slot<u64>) -> Option<u64> {
    let number = slot.load(None).map(|(share, _)| **share);
    for _ in 0..100 {
        let read = slot.load(Some(&MEMORY)).map(|(share, mark)| {
            let number = **share;
            memory::put_back(Some(&MEMORY), mark, share);
            number
        });
        assert_eq!(read, number);
    }
    assert_eq!(slot.snapshot().map(|(_, value)| *value), number);
    number
}

#[test]
fn what_was_installed_last_stands_there_and_what_is_published_in_it_shows() {
    static SLOT: Slot<u64> = Slot::new();
    assert_eq!(read(&SLOT), None);
    let (first, second) = (held(1), held(2));
    assert!(SLOT.install(first.clone()).is_none());
    assert_eq!(read(&SLOT), Some(1));
    first.0.publish(Arc::new(10));
    assert_eq!(read(&SLOT), Some(10));
    assert!(SLOT.install(second.clone()).is_some());
    assert_eq!(read(&SLOT), Some(2));
    // It stands there no more.
    first.0.publish(Arc::new(11));
    assert_eq!(read(&SLOT), Some(2));
    second.0.publish(Arc::new(20));
    assert_eq!(read(&SLOT), Some(20));
    assert!(SLOT.install(first).is_some());
    assert_eq!(read(&SLOT), Some(11));
}

#[test]
fn what_stands_there_lives_on_without_its_handle() {
    static SLOT: Slot<u64> = Slot::new();
    SLOT.install(held(1));
    assert_eq!(read(&SLOT), Some(1));
}

#[test]
fn a_panic_of_a_holder_of_the_lock_does_not_take_the_value_away() {
    static SLOT: Slot<u64> = Slot::new();
    SLOT.install(held(1));
    let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _held = SLOT.installed.write().expect("nobody has broken it yet");
        panic!("while it is held");
    }));
    assert!(broken.is_err() && SLOT.installed.is_poisoned());
    assert_eq!(read(&SLOT), Some(1));
    assert!(SLOT.install(held(2)).is_some());
    assert_eq!(read(&SLOT), Some(2));
}

#[test]
fn a_slot_shows_nothing_of_its_value() {
    assert_eq!(format!("{:?}", Slot::<u64>::default()), "Slot { is_empty: true, .. }");
}
