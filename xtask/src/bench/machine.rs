//! The machine that was measured on.

use std::fs;

use crate::build_cost::rustc_version;

/// One sentence; it names no host.
pub(crate) fn description() -> String {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model.trim());
    let (cores, system) = (cores(), std::env::consts::OS);
    format!("\n{model}, {cores} cores, {system}; {}.\n", rustc_version())
}

/// How many threads run at the same time.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
