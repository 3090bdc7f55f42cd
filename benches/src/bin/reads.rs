//! What `cargo xtask bench` says of reading and of reloads. Each line that is printed is a row, with
//! a tab between its cells.

use std::fmt::Display;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use superconfig_benches::clock::{nanoseconds, quartiles};
use superconfig_benches::command;
use superconfig_benches::living;
use superconfig_benches::reading::{self, Reading};
use superconfig_benches::workload::{Format, Workload};

const USAGE: &str = "\
reads time SCENE ROUNDS             how, nanoseconds, ratio (median, quartiles), beside, wanted
reads reloads DATA FOLDER ROUNDS    what, nanoseconds, ratio (median, quartiles)
SCENE is alone, two or written";

/// Who else is there while a thread reads.
#[derive(Clone, Copy, PartialEq)]
enum Scene {
    /// Nobody.
    Alone,
    /// Another one that reads the same.
    Two,
    /// One that replaces the value every millisecond.
    Written,
}

fn main() -> ExitCode {
    command::of(USAGE, run)
}

fn run(words: &[&str]) -> Option<()> {
    match words {
        ["time", scene, rounds] => {
            let scene = match *scene {
                "alone" => Scene::Alone,
                "two" => Scene::Two,
                "written" => Scene::Written,
                _ => return None,
            };
            time(scene, rounds.parse().ok()?);
        }
        ["reloads", data, folder, rounds] => {
            let input = Workload::named("M")?.input(Path::new(data), Format::Toml);
            for all in living::measured(&input, Path::new(folder), rounds.parse().ok()?) {
                row(&[&all.name], all.times, all.ratios, &[]);
            }
        }
        _ => return None,
    }
    Some(())
}

/// All ways in turn, and in each round the ratio to what each is compared with.
fn time(scene: Scene, rounds: usize) {
    let all = reading::all();
    let beside: Vec<usize> = all
        .iter()
        .map(|way| all.iter().position(|other| other.name == way.beside).expect("there is one"))
        .collect();
    let counts: Vec<usize> = all.iter().map(|way| count(way, scene)).collect();
    let mut times = vec![Vec::new(); all.len()];
    for round in 0..rounds {
        for turn in 0..all.len() {
            let index = (turn + round) % all.len();
            times[index].push(once(&all[index], scene, counts[index]));
        }
    }
    for (index, way) in all.iter().enumerate() {
        let ratios = times[index].iter().zip(&times[beside[index]]).map(|(a, b)| a / b).collect();
        let wanted = way.wanted.map_or(String::new(), |wanted| wanted.to_string());
        row(&[&way.name], times[index].clone(), ratios, &[&way.beside, &wanted]);
    }
}

fn row(before: &[&dyn Display], times: Vec<f64>, ratios: Vec<f64>, behind: &[&dyn Display]) {
    let ([_, time, _], [low, median, high]) = (quartiles(times), quartiles(ratios));
    let numbers = [time, median, low, high].map(|number| format!("{number:.3}"));
    let numbers = numbers.iter().map(|number| number as &dyn Display);
    let cells = before.iter().copied().chain(numbers).chain(behind.iter().copied());
    println!("{}", cells.map(ToString::to_string).collect::<Vec<_>>().join("\t"));
}

/// How many reads take long enough to be measured, and to see some values beside a writer.
fn count(way: &Reading, scene: Scene) -> usize {
    let batch = if scene == Scene::Written { 1e7 } else { 2e6 };
    let mut read = way.start();
    read(10_000);
    let each = (nanoseconds(1, || _ = black_box(read(10_000))) / 1e4).max(0.1);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 1 and 1e8
    let count = (batch / each).max(1.0) as usize;
    count
}

/// Nanoseconds of processor time that one read takes.
fn once(way: &Reading, scene: Scene, count: usize) -> f64 {
    let readers: u32 = if scene == Scene::Two { 2 } else { 1 };
    let (begin, over) = (Barrier::new(readers as usize), AtomicBool::new(false));
    let reader = || {
        let mut read = way.start();
        // What a thread remembers is there by then.
        read(1_000);
        begin.wait();
        #[allow(clippy::cast_precision_loss)] // counts are small
        let time = nanoseconds(1, || _ = black_box(read(count))) / count as f64;
        over.store(true, Ordering::Relaxed);
        time
    };
    thread::scope(|scope| {
        if scene == Scene::Written {
            scope.spawn(|| {
                for weight in 0.. {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    way.publish(weight);
                    thread::sleep(Duration::from_millis(1));
                }
            });
        }
        let readers: Vec<_> = (0..readers).map(|_| scope.spawn(reader)).collect();
        let times = readers.into_iter().map(|reader| reader.join().expect("it reads"));
        times.sum::<f64>()
    }) / f64::from(readers)
}
