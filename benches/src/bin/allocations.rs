//! Allocations and their bytes of one load by each contender, after one that fills what is kept.

use std::alloc::System;
use std::path::Path;
use std::process::ExitCode;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use superconfig_benches::command;
use superconfig_benches::contender::contenders;
use superconfig_benches::workload::{Format, Workload};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> ExitCode {
    command::of("allocations FOLDER WORKLOAD FORMAT", run)
}

fn run(words: &[&str]) -> Option<()> {
    let [folder, name, format] = words else { return None };
    let input = Workload::named(name)?.input(Path::new(folder), Format::named(format)?);
    for contender in contenders(&input) {
        contender.load(&input);
        let region = Region::new(COUNTING);
        contender.load(&input);
        let change = region.change();
        println!(
            "{}\t{}\t{}",
            contender.name,
            change.allocations + change.reallocations,
            // What reallocations added is among them.
            change.bytes_allocated
        );
    }
    Some(())
}
