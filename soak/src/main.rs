//! Lets configurations live and die for minutes, and looks whether memory grows.
//!
//! Two threads do rounds of all that is done with configurations (`work`), a third reads all the
//! while. Now and then all of them pause between two rounds, when everything that a round made is
//! gone again, and the memory is measured (`figures`). What stays then should not depend on how many
//! rounds there were. The program fails if it does.

mod figures;
mod work;

use std::alloc::System;
use std::process::ExitCode;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use figures::{Figures, Sample};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use work::{Shared, Worker};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many threads do rounds.
const WORKERS: u64 = 2;

/// How often the memory is measured, as parts of the whole time.
const SAMPLES: u32 = 60;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (minutes, table) = match words.as_slice() {
        ["--minutes", minutes] => (minutes.parse::<f64>().ok(), None),
        ["--minutes", minutes, "--table", file] => (minutes.parse::<f64>().ok(), Some(*file)),
        _ => (None, None),
    };
    let Some(minutes) = minutes.filter(|minutes| (0.0..10_000.0).contains(minutes)) else {
        eprintln!("usage: superconfig-soak --minutes N [--table FILE]");
        return ExitCode::from(2);
    };
    match soak(Duration::from_secs_f64(minutes * 60.0)) {
        Ok(figures) => {
            println!("\n{}", figures.table());
            if let Some(file) = table
                && let Err(error) = std::fs::write(file, figures.table())
            {
                eprintln!("error: {file} cannot be written: {error}");
                return ExitCode::FAILURE;
            }
            if figures.grows() {
                eprintln!("error: live memory grows with the rounds");
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Works for this long, and gives what was measured meanwhile.
fn soak(time: Duration) -> Result<Figures, Box<dyn std::error::Error>> {
    let shared = Shared::new()?;
    let (rounds, over) = (AtomicU64::new(0), AtomicBool::new(false));
    // Workers hold it for a round, and whoever measures holds it alone.
    let gate = RwLock::new(());
    let began = Instant::now();
    let samples = std::thread::scope(|scope| {
        for number in 0..WORKERS {
            let (shared, rounds, over, gate) = (&shared, &rounds, &over, &gate);
            scope.spawn(move || {
                let mut worker = Worker::new(number, shared).expect("a directory of one's own");
                while !over.load(Ordering::Relaxed) {
                    let _open = gate.read().expect("no round panics");
                    worker.round();
                    rounds.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                shared.read();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let mut samples = Vec::with_capacity(SAMPLES as usize + 1);
        println!("{}", Sample::HEAD);
        for turn in 1..=SAMPLES {
            let due = time * turn / SAMPLES;
            std::thread::sleep(due.saturating_sub(began.elapsed()));
            let alone = gate.write();
            if alone.is_err() {
                break;
            }
            shared.settle();
            let sample =
                Sample::now(began.elapsed(), rounds.load(Ordering::Relaxed), ALLOCATOR.stats());
            println!("{}", sample.row());
            samples.push(sample);
        }
        over.store(true, Ordering::Relaxed);
        samples
    });
    Ok(Figures::new(samples))
}
