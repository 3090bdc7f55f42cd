//! What `cargo xtask bench --threads` starts. Each line that is printed is a row, with a tab between its cells.

use std::path::Path;
use std::process::ExitCode;

use superconfig_benches::clock::quartiles;
use superconfig_benches::command;
use superconfig_benches::threads::{WAYS, measured};

const USAGE: &str = "threads FOLDER ROUNDS    files, how, nanoseconds, ratio to one after another (median, quartiles)";

fn main() -> ExitCode {
    command::of(USAGE, run)
}

fn run(words: &[&str]) -> Option<()> {
    let [folder, rounds] = words else { return None };
    let all = measured(Path::new(folder), rounds.parse().ok()?);
    for (files, times) in all.expect("the files can be written") {
        for ((how, _), of_way) in WAYS.iter().zip(&times) {
            let ratios = of_way.iter().zip(&times[0]).map(|(time, unit)| time / unit).collect();
            let ([_, time, _], [low, median, high]) =
                (quartiles(of_way.clone()), quartiles(ratios));
            println!("{files}\t{how}\t{time:.0}\t{median:.3}\t{low:.3}\t{high:.3}");
        }
    }
    Some(())
}
