//! Readers, reloads and drops at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use superconfig::{ConfigHandle, Format, Loading, Source, SuperConfig};

use crate::World;

/// Two settings that belong together.
#[derive(SuperConfig)]
struct Pair {
    one: u64,
    two: u64,
}

/// Gives both, from one number that goes up.
struct Number(Arc<AtomicU64>);

impl Source for Number {
    fn name(&self) -> String {
        "a number".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let number = self.0.load(Ordering::SeqCst);
        loading.text("number", Format::Toml, format!("one = {number}\ntwo = {number}"));
    }
}

#[test]
fn row_70_no_reader_ever_sees_a_mixture_or_goes_back() {
    let number = Arc::new(AtomicU64::new(0));
    let builder = SuperConfig::<Pair>::new().with_source(Number(Arc::clone(&number)));
    let settings = builder.build().expect("it loads");
    let stop = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let (settings, stop) = (settings.clone(), Arc::clone(&stop));
            thread::spawn(move || {
                let (mut last, mut reads) = (0, 0_u64);
                while !stop.load(Ordering::Relaxed) || reads == 0 {
                    let now = settings.get();
                    assert_eq!(now.one, now.two);
                    assert!(last <= now.one, "{last} and then {}", now.one);
                    (last, reads) = (now.one, reads + 1);
                }
                reads
            })
        })
        .collect();
    for next in 1..=1_000 {
        number.store(next, Ordering::SeqCst);
        let change = settings.reload().expect("it loads").expect("it changed");
        assert_eq!((change.old().one, change.get().two), (next - 1, next));
    }
    stop.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.join().expect("no mixture") > 0);
    }
    assert_eq!((settings.get().one, settings.generation()), (1_000, 1_001));
}

#[test]
fn reloads_at_once_come_one_after_the_other() {
    let number = Arc::new(AtomicU64::new(0));
    let builder = SuperConfig::<Pair>::new().with_source(Number(Arc::clone(&number)));
    let settings = builder.build().expect("it loads");
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (settings, number) = (settings.clone(), Arc::clone(&number));
            thread::spawn(move || {
                let mut changes = Vec::new();
                for _ in 0..100 {
                    number.fetch_add(1, Ordering::SeqCst);
                    changes.extend(settings.reload().expect("it loads"));
                }
                changes
            })
        })
        .collect();
    let mut steps: Vec<_> = threads
        .into_iter()
        .flat_map(|thread| thread.join().expect("it ends"))
        .map(|change| (change.generation(), change.old().one, change.get().one))
        .collect();
    steps.sort_unstable();
    // No generation twice, and each change begins where the one before it ended.
    for (index, (generation, ..)) in steps.iter().enumerate() {
        assert_eq!(*generation, index as u64 + 2);
    }
    assert!(steps.windows(2).all(|pair| pair[0].2 == pair[1].1), "{steps:?}");
    assert_eq!((settings.get().one, settings.generation()), (400, steps.len() as u64 + 1));
}

#[test]
fn handles_may_be_dropped_while_reloads_run() {
    for _ in 0..20 {
        let world = World::new("port = 80");
        let settings = world.load();
        let threads: Vec<_> = (81..85)
            .map(|port| {
                let (settings, file) = (settings.clone(), world.file());
                thread::spawn(move || {
                    std::fs::write(file, format!("port = {port}")).expect("it can be written");
                    // It may read a file that is being written.
                    let _outcome = settings.reload();
                    settings.get().port
                })
            })
            .collect();
        let weak = Arc::downgrade(&settings.snapshot());
        drop(settings);
        for thread in threads {
            assert!((80..85).contains(&thread.join().expect("it ends")));
        }
        assert!(weak.upgrade().is_none(), "nobody is left to hold it");
    }
}

#[test]
fn a_handle_can_be_sent_and_shared() {
    fn both<S: Send + Sync>() {}
    both::<ConfigHandle<Pair>>();
    both::<superconfig::Change<Pair>>();
    both::<superconfig::Changes<Pair>>();
    both::<superconfig::Subscription>();
}
