//! Many files: one after another, and as two halves at once.

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use superconfig::SuperConfig;

use crate::curve::{Settings, tables};

/// A way to load files, and its name.
pub type Way = (&'static str, fn(&[PathBuf]));

/// All ways; the others are compared with the first one.
///
/// The halves are not merged with each other, so what is measured is the least that two threads take.
pub const WAYS: [Way; 3] = [
    ("one after another", load),
    ("a thread is started for half of them", by_scope),
    ("half of them by rayon's pool, which is there", by_pool),
];

/// How many files; of none, what dividing the work costs alone.
const SIZES: [usize; 5] = [0, 5, 20, 100, 200];

/// Nanoseconds of each load by the clock on the wall, for each number of files and each way.
pub fn measured(folder: &Path, rounds: usize) -> io::Result<Vec<(usize, [Vec<f64>; WAYS.len()])>> {
    let files = written(folder)?;
    let measure = |size: usize| {
        let files = &files[..size];
        let mut times = [const { Vec::new() }; WAYS.len()];
        for round in 0..=rounds {
            for turn in 0..WAYS.len() {
                let way = (turn + round) % WAYS.len();
                let time = once(|| WAYS[way].1(files));
                // The first round fills what is kept, and starts the pool.
                if round > 0 {
                    times[way].push(time);
                }
            }
        }
        (size, times)
    };
    Ok(SIZES.into_iter().map(measure).collect())
}

/// A program loads once and then does something else, so the threads of a pool sleep by then.
#[allow(clippy::cast_precision_loss)] // it takes less than a second
fn once(load: impl Fn()) -> f64 {
    thread::sleep(Duration::from_millis(1));
    let before = Instant::now();
    load();
    before.elapsed().as_nanos() as f64
}

/// Files of a hundred settings each, the same ones in all of them.
fn written(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let text = tables(superconfig::Format::Toml, 10);
    let count = SIZES.into_iter().max().unwrap_or_default();
    let file = |index: usize| {
        let path = folder.join(format!("{index:03}.toml"));
        fs::write(&path, &text).map(|()| path)
    };
    (0..count).map(file).collect()
}

fn load(files: &[PathBuf]) {
    let builder = SuperConfig::<Settings>::new().with_env_vars([("NONE", "")]);
    let builder = files.iter().fold(builder, SuperConfig::with_file);
    black_box(builder.extract().expect("it loads"));
}

fn by_scope(files: &[PathBuf]) {
    let (first, second) = files.split_at(files.len() / 2);
    thread::scope(|scope| {
        scope.spawn(|| load(second));
        load(first);
    });
}

fn by_pool(files: &[PathBuf]) {
    let (first, second) = files.split_at(files.len() / 2);
    rayon::join(|| load(first), || load(second));
}
