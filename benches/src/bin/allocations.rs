//! Allocations and their bytes of one load by each contender, after one that fills what is kept.

use std::alloc::System;
use std::path::Path;
use std::process::ExitCode;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use superconfig_benches::contender::contenders;
use superconfig_benches::workload::{Format, Workload};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, name, format] = arguments.as_slice() else { return usage() };
    let (Some(workload), Some(format)) = (Workload::named(name), Format::named(format)) else {
        return usage();
    };
    let input = workload.input(Path::new(folder), format);
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
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("allocations FOLDER WORKLOAD FORMAT");
    ExitCode::FAILURE
}
