//! More writes than anybody makes on purpose, beside readers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, sleep};
use std::time::Instant;

use crate::{MS, Room, both};

/// A thousand writes each second, for ten seconds; a slow machine takes longer.
const WRITES: u32 = 10_000;

fn storm(write: impl Fn(&Room, u32)) {
    let room = Room::with(0);
    let watched = room.watched();
    let over = Arc::new(AtomicBool::new(false));
    let reads = Arc::new(AtomicU64::new(0));
    let readers: Vec<_> = (0..8)
        .map(|_| {
            let (settings, over, reads) =
                (watched.settings.clone(), Arc::clone(&over), Arc::clone(&reads));
            thread::spawn(move || {
                let mut last = 0;
                while !over.load(Ordering::Relaxed) {
                    let now = settings.get();
                    assert_eq!(now.a, now.b, "a mixture");
                    assert!(now.a >= last, "it went back from {last} to {}", now.a);
                    last = now.a;
                    reads.fetch_add(1, Ordering::Relaxed);
                    thread::yield_now();
                }
            })
        })
        .collect();
    let begun = Instant::now();
    for number in 1..=WRITES {
        write(&room, number);
        sleep((MS * number).saturating_sub(begun.elapsed()));
    }
    watched.becomes(WRITES);
    let periods = begun.elapsed().as_millis() / 100;
    over.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.join().expect("no reader saw anything wrong");
    }
    assert!(reads.load(Ordering::Relaxed) > 8);
    let published = u128::from(watched.settings.generation());
    assert!(published > 2, "nobody is kept waiting until the end");
    // A slow machine has more periods.
    assert!(published <= periods + 2, "{published} in {periods} periods of 100 ms");
}

#[test]
fn row_69_a_thousand_writes_a_second_in_place() {
    storm(|room, number| room.write("config.toml", &both(number)));
}

#[test]
fn row_69_a_thousand_writes_a_second_by_renaming() {
    storm(|room, number| {
        room.write("new", &both(number));
        room.rename("new", "config.toml");
    });
}
