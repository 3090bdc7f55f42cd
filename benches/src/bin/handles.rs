//! Memory of registries and handles, as the allocator counts it. Each line that is printed is a row:
//! what, and bytes.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use superconfig::{Config, ConfigHandle, ConfigRegistry, Format, SuperConfig};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const MANY: usize = 1_000_000;
const SOME: usize = 100_000;

#[derive(SuperConfig, Clone)]
struct Small {
    #[config(default = 1)]
    weight: u16,
}

/// The same without `Clone`: what is said of it has to be kept from the start.
#[derive(SuperConfig)]
struct Fixed {
    #[config(default = 1)]
    weight: u16,
}

fn main() {
    // The first of all brings what the process has once.
    drop(inserted(&ConfigRegistry::new(), 1, small));
    let (registry, bytes) = counted(ConfigRegistry::new);
    row("an empty registry", bytes, 1);

    let (handles, bytes) = counted(|| inserted(&registry, SOME, small));
    row("100,000 inserted", bytes, SOME);
    let ((), more) = counted(|| {
        for handle in &handles {
            registry.update(handle.id(), |old| Small { weight: old.weight + 1 }).expect("valid");
            assert_eq!(handle.get().weight, 2);
        }
    });
    row("the same, updated and read", bytes + more, SOME);
    drop(handles);
    registry.sweep();

    let (handles, bytes) = counted(|| inserted(&registry, MANY, small));
    row("1,000,000 inserted", bytes, MANY);
    let ((), more) = counted(|| assert!(handles.iter().all(|handle| handle.get().weight == 1)));
    row("the same, read once", bytes + more, MANY);
    let ((), freed) = counted(|| drop(handles));
    row("left when these are dropped", bytes + more + freed, MANY);
    let (_, swept) = counted(|| registry.sweep());
    row("left after `sweep`", bytes + more + freed + swept, MANY);

    let (handles, bytes) = counted(|| inserted(&registry, SOME, || Fixed { weight: 1 }));
    assert!(handles.iter().all(|handle| handle.get().weight == 1));
    row("100,000 inserted of a type that is not `Clone`", bytes, SOME);
    drop(handles);

    let build = || {
        let builder = SuperConfig::<Small>::new().with_text(Format::Toml, "weight = 1");
        builder.build_in(&registry).expect("it loads")
    };
    let (handles, bytes) = counted(|| (0..SOME).map(|_| build()).collect::<Vec<_>>());
    row("100,000 built of one TOML text each", bytes, SOME);
    drop(handles);
}

fn small() -> Small {
    Small { weight: 1 }
}

fn inserted<T: Config>(
    registry: &ConfigRegistry,
    count: usize,
    value: impl Fn() -> T,
) -> Vec<ConfigHandle<T>> {
    let mut handles = Vec::with_capacity(count);
    handles.extend((0..count).map(|_| registry.insert(value()).expect("it is valid")));
    handles
}

/// What it gives, and by how many bytes the memory grew.
fn counted<R>(run: impl FnOnce() -> R) -> (R, i64) {
    let region = Region::new(COUNTING);
    let result = run();
    let change = region.change();
    let bytes = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    (result, bytes(change.bytes_allocated) - bytes(change.bytes_deallocated))
}

#[allow(clippy::cast_precision_loss)] // they are no more than some gigabytes
fn row(name: &str, bytes: i64, count: usize) {
    println!("{name}\t{:.1}", bytes as f64 / count as f64);
}
