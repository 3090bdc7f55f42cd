use std::sync::atomic::AtomicUsize;
use std::sync::{Barrier, mpsc};
use std::thread;

use super::memory::Memory;
use super::*;

/// Counts how many of its kind are dropped.
struct Canary(u64, Arc<AtomicUsize>);

impl Drop for Canary {
    fn drop(&mut self) {
        self.1.fetch_add(1, Ordering::Relaxed);
    }
}

thread_local! {
    static NUMBERS: Memory<u64> = const { Memory::new() };
    static CANARIES: Memory<Canary> = const { Memory::new() };
}
const MEMORIES: Memories<Canary> = Some(&CANARIES);

/// A cell with canary 1, and what counts the canaries that are dropped.
fn cell() -> (Arc<Published<Canary>>, Arc<AtomicUsize>) {
    let dropped = Arc::new(AtomicUsize::new(0));
    (Arc::new(Published::new(Arc::new(Canary(1, Arc::clone(&dropped))), MEMORIES)), dropped)
}

/// Reads as a guard does.
fn read(cell: &Published<Canary>) -> u64 {
    let (share, mark) = cell.load(MEMORIES);
    let number = share.0;
    memory::put_back(MEMORIES, mark, share);
    number
}

#[test]
fn a_cell_gives_the_old_value_back() {
    let cell = Published::new(Arc::new(1), None);
    assert_eq!(*cell.publish(Arc::new(2)), 1);
    assert_eq!(**cell.load(None).0, 2);
    assert_eq!(*cell.snapshot().1, 2);
}

#[test]
fn a_thread_that_saw_a_value_sees_the_next_one_at_once() {
    let memories: Memories<u64> = Some(&NUMBERS);
    let cell = Published::new(Arc::new(0), memories);
    for number in 0..100 {
        for _ in 0..50 {
            let (share, mark) = cell.load(memories);
            assert_eq!(**share, number);
            memory::put_back(memories, mark, share);
        }
        cell.publish(Arc::new(number + 1));
    }
}

#[test]
fn what_is_read_now_and_then_is_freed_when_it_is_replaced() {
    let (cell, dropped) = cell();
    let (ask, asked) = mpsc::channel::<()>();
    let (answer, answered) = mpsc::channel();
    let reader = thread::spawn({
        let cell = Arc::clone(&cell);
        move || asked.iter().for_each(|()| answer.send(read(&cell)).expect("it is awaited"))
    });
    ask.send(()).expect("it listens");
    assert_eq!(answered.recv(), Ok(1));
    // The other thread still runs, and remembers without owning.
    cell.publish(Arc::new(Canary(2, Arc::clone(&dropped))));
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
    ask.send(()).expect("it listens");
    assert_eq!(answered.recv(), Ok(2));
    drop(ask);
    reader.join().expect("it ends");
    drop(cell);
    assert_eq!(dropped.load(Ordering::Relaxed), 2);
}

#[test]
fn what_is_kept_ready_is_freed_when_the_thread_reads_again_or_ends() {
    let (cell, dropped) = cell();
    (0..1_000).for_each(|_| assert_eq!(read(&cell), 1));
    let second = Arc::new(Canary(2, Arc::clone(&dropped)));
    thread::scope(|scope| drop(scope.spawn(|| cell.publish(second))));
    assert_eq!((dropped.load(Ordering::Relaxed), read(&cell)), (0, 2));
    assert_eq!(dropped.load(Ordering::Relaxed), 1);

    let other = Arc::clone(&cell);
    thread::spawn(move || (0..1_000).for_each(|_| assert_eq!(read(&other), 2)))
        .join()
        .expect("it ends");
    cell.publish(Arc::new(Canary(3, Arc::clone(&dropped))));
    assert_eq!(dropped.load(Ordering::Relaxed), 2);
}

#[test]
fn what_this_thread_keeps_ready_is_freed_when_it_replaces_or_drops() {
    let (cell, dropped) = cell();
    (0..1_000).for_each(|_| assert_eq!(read(&cell), 1));
    cell.publish(Arc::new(Canary(2, Arc::clone(&dropped))));
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
    (0..1_000).for_each(|_| assert_eq!(read(&cell), 2));
    drop(cell);
    assert_eq!(dropped.load(Ordering::Relaxed), 2);
}

#[test]
fn a_reader_keeps_what_it_holds() {
    let (cell, dropped) = cell();
    let (held, mark) = cell.load(MEMORIES);
    cell.publish(Arc::new(Canary(2, Arc::clone(&dropped))));
    drop(cell);
    assert_eq!((held.0, dropped.load(Ordering::Relaxed)), (1, 1));
    memory::put_back(MEMORIES, mark, held);
    assert_eq!(dropped.load(Ordering::Relaxed), 2);
}

#[test]
fn more_cells_than_a_thread_remembers_are_told_apart() {
    let cells: Vec<_> =
        (0..100).map(|number| Published::new(Arc::new(number), Some(&NUMBERS))).collect();
    for _ in 0..100 {
        for (cell, number) in cells.iter().zip(0..) {
            let (share, mark) = cell.load(Some(&NUMBERS));
            assert_eq!(**share, number);
            memory::put_back(Some(&NUMBERS), mark, share);
        }
    }
    assert!(cells.iter().all(|cell| cell.lock().shares.len() == 1));
}

#[test]
fn a_panic_of_a_holder_of_the_lock_does_not_take_the_value_away() {
    let cell = Published::new(Arc::new(1), None);
    let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _held = cell.lock();
        panic!("while it is held");
    }));
    assert!(broken.is_err() && cell.state.is_poisoned());
    assert_eq!(**cell.load(None).0, 1);
    assert_eq!(*cell.publish(Arc::new(2)), 1);
}

#[test]
fn a_value_may_read_its_cell_when_it_is_dropped() {
    struct Reading(Option<Arc<Published<Self>>>);
    thread_local! {
        static READING: Memory<Reading> = const { Memory::new() };
    }
    impl Drop for Reading {
        fn drop(&mut self) {
            if let Some(cell) = &self.0 {
                assert!(cell.load(Some(&READING)).0.0.is_none());
            }
        }
    }
    let cell = Arc::new(Published::new(Arc::new(Reading(None)), None));
    cell.publish(Arc::new(Reading(Some(Arc::clone(&cell)))));
    for _ in 0..1_000 {
        let (share, mark) = cell.load(Some(&READING));
        memory::put_back(Some(&READING), mark, share);
    }
    // It is ready here, so it is dropped by the read.
    cell.publish(Arc::new(Reading(None)));
    assert!(cell.load(Some(&READING)).0.0.is_none());
}

/// Readers check that they see whole values, and never an earlier one than before.
#[test]
fn readers_see_whole_values_in_order_while_writers_replace_them() {
    const WRITES: u64 = 2_000;
    const READERS: usize = 4;
    struct Pair(u64, u64, #[allow(dead_code)] Canary);
    thread_local! {
        static PAIRS: Memory<Pair> = const { Memory::new() };
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let pair = |number| Arc::new(Pair(number, !number, Canary(number, Arc::clone(&dropped))));
    let cell = Published::new(pair(0), None);
    let start = Barrier::new(READERS + 1);
    thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                start.wait();
                let mut last = 0;
                while last < WRITES {
                    let (share, mark) = cell.load(Some(&PAIRS));
                    assert_eq!(share.0, !share.1);
                    assert!(share.0 >= last, "{} after {last}", share.0);
                    last = share.0;
                    memory::put_back(Some(&PAIRS), mark, share);
                }
            });
        }
        start.wait();
        (1..=WRITES).for_each(|number| drop(cell.publish(pair(number))));
    });
    assert_eq!(dropped.load(Ordering::Relaxed) as u64, WRITES);
    drop(cell);
    assert_eq!(dropped.load(Ordering::Relaxed) as u64, WRITES + 1);
}
