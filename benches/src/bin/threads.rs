//! What `cargo xtask bench --threads` starts. Each line that is printed is a row, with a tab between its cells.

use std::hint::spin_loop;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use superconfig_benches::clock::quartiles;
use superconfig_benches::command;
use superconfig_benches::threads::{WAYS, measured};

const USAGE: &str = "\
threads FOLDER ROUNDS BUSY    files, how, nanoseconds, ratio to one after another (median, quartiles)
BUSY is how many threads have other work meanwhile";

fn main() -> ExitCode {
    command::of(USAGE, run)
}

fn run(words: &[&str]) -> Option<()> {
    let [folder, rounds, busy] = words else { return None };
    let (rounds, busy) = (rounds.parse().ok()?, busy.parse().ok()?);
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..busy {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    spin_loop();
                }
            });
        }
        let all = measured(Path::new(folder), rounds);
        over.store(true, Ordering::Relaxed);
        for (files, times) in all.expect("the files can be written") {
            for ((how, _), of_way) in WAYS.iter().zip(&times) {
                row(files, how, of_way, &times[0]);
            }
        }
    });
    Some(())
}

fn row(files: usize, how: &str, times: &[f64], units: &[f64]) {
    let ratios = times.iter().zip(units).map(|(time, unit)| time / unit).collect();
    let ([_, time, _], [low, median, high]) = (quartiles(times.to_vec()), quartiles(ratios));
    println!("{files}\t{how}\t{time:.0}\t{median:.3}\t{low:.3}\t{high:.3}");
}
