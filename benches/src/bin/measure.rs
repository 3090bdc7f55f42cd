//! What `cargo xtask bench` starts, once for each environment. Each line that is printed is a row,
//! with a tab between its cells.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use superconfig_benches::clock::{nanoseconds, quartiles};
use superconfig_benches::contender::{Contender, contenders, floor};
use superconfig_benches::workload::{self, Format, Input, Workload};
use superconfig_benches::{command, crowd, curve};

const USAGE: &str = "\
measure write FOLDER                                   the files of all workloads
measure environment WORKLOAD [COUNT]                   NAME=value, one a line; of the workload `crowd` too
measure check FOLDER WORKLOAD FORMAT                   whether all results are equal
measure time FOLDER WORKLOAD FORMAT ROUNDS             contender, ratio to F1 (median, quartiles), nanoseconds
measure run FOLDER WORKLOAD FORMAT CONTENDER COUNT     loads to be counted from outside
measure build FOLDER WORKLOAD FORMAT ROUNDS            `build` to `extract`
measure live FOLDER FORMAT HOW COUNT                   loads of M with a changed file: by build, reload or told
measure crowd ROUNDS                                   what, nanoseconds
measure curve NAME ROUNDS                              size, nanoseconds";

fn main() -> ExitCode {
    command::of(USAGE, run)
}

fn run(words: &[&str]) -> Option<()> {
    match words {
        ["write", folder] => workload::write(Path::new(folder)).expect("the files can be written"),
        ["environment", "crowd"] => {
            for (name, value) in crowd::environment() {
                println!("{name}={value}");
            }
        }
        ["environment", name, count @ ..] => {
            let workload = Workload::named(name)?;
            let count = count.first().map_or(Some(workload.all_variables), |n| n.parse().ok())?;
            for (name, value) in workload.environment(count) {
                println!("{name}={value}");
            }
        }
        ["check", folder, name, format] => check(&input(folder, name, format)?),
        ["time", folder, name, format, rounds] => {
            time(
                &input(folder, name, format)?,
                &input(folder, name, "toml")?,
                rounds.parse().ok()?,
            );
        }
        ["run", folder, name, format, contender, count] => {
            let input = input(folder, name, format)?;
            let all = contenders(&input);
            let contender = all.iter().find(|known| known.name == *contender)?;
            for _ in 0..count.parse().ok()? {
                contender.load(&input);
            }
        }
        ["build", folder, name, format, rounds] => {
            build(&input(folder, name, format)?, rounds.parse().ok()?);
        }
        ["live", folder, format, how, count] => {
            live(&input(folder, "M", format)?, how, count.parse().ok()?)?;
        }
        ["crowd", rounds] => {
            for (name, time) in crowd::measured(rounds.parse().ok()?) {
                row(&[&name, &format!("{time:.0}")]);
            }
        }
        ["curve", name, rounds] => {
            for (size, time) in curve::named(name, rounds.parse().ok()?)? {
                row(&[&size, &format!("{time:.0}")]);
            }
        }
        _ => return None,
    }
    Some(())
}

fn input(folder: &str, name: &str, format: &str) -> Option<Input> {
    Some(Workload::named(name)?.input(Path::new(folder), Format::named(format)?))
}

fn row(cells: &[&dyn Display]) {
    let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
    println!("{}", cells.join("\t"));
}

/// The results of all contenders are those of F1 in TOML.
fn check(input: &Input) {
    for contender in contenders(input) {
        let toml = Input {
            workload: input.workload,
            format: Format::Toml,
            files: input.files.iter().map(|file| file.with_extension("toml")).collect(),
        };
        let expected = floor(input.workload.name).shown(&toml);
        if let Some(shown) = contender.shown(input) {
            assert_eq!(Some(shown), expected, "{} has another result", contender.name);
        }
    }
}

/// All contenders in turn, and in each round the ratio to F1's time in that round.
fn time(input: &Input, toml: &Input, rounds: usize) {
    const BATCH: f64 = 2e6;
    let floor = floor(input.workload.name);
    let all = contenders(input);
    let count = |contender: &Contender, input: &Input| {
        contender.load(input);
        let once = nanoseconds(3, || contender.load(input));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 1 and 2e6
        let count = (BATCH / once).clamp(1.0, BATCH) as usize;
        count
    };
    let floor_count = count(&floor, toml);
    let counts: Vec<usize> = all.iter().map(|contender| count(contender, input)).collect();
    let mut ratios = vec![Vec::new(); all.len()];
    let mut times = vec![Vec::new(); all.len()];
    for round in 0..rounds {
        let unit = nanoseconds(floor_count, || floor.load(toml));
        for turn in 0..all.len() {
            let index = (turn + round) % all.len();
            let time = nanoseconds(counts[index], || all[index].load(input));
            ratios[index].push(time / unit);
            times[index].push(time);
        }
    }
    for ((contender, ratios), times) in all.iter().zip(ratios).zip(times) {
        let ([low, median, high], [_, time, _]) = (quartiles(ratios), quartiles(times));
        row(&[
            &contender.name,
            &format!("{median:.3}"),
            &format!("{low:.3}"),
            &format!("{high:.3}"),
            &format!("{time:.0}"),
        ]);
    }
}

/// Loads the medium workload as often as its last file changes, to be counted from outside: with a new
/// handle each time, by a reload, or by one that a callback is told of.
fn live(input: &Input, how: &str, count: usize) -> Option<()> {
    let file = input.files.last()?;
    let text = std::fs::read_to_string(file).expect("it was written");
    let texts = [text.replace("9200", "9201"), text];
    let settings = medium(input).build().expect("it loads");
    let told = move |change: &superconfig::Change<_>| {
        std::hint::black_box(change.changed());
    };
    match how {
        "build" | "reload" => {}
        "told" => drop(settings.on_change("metrics.port", told)),
        _ => return None,
    }
    for text in texts.iter().cycle().take(count) {
        std::fs::write(file, text).expect("it can be written");
        if how == "build" {
            drop(std::hint::black_box(medium(input).build().expect("it loads")));
        } else {
            settings.reload().expect("it loads").expect("it has changed");
        }
    }
    Some(())
}

fn medium(input: &Input) -> superconfig::SuperConfig<superconfig_benches::medium::ours::Settings> {
    let mut builder = superconfig::SuperConfig::new();
    for file in &input.files {
        builder = builder.with_file(file);
    }
    builder.with_env("APP_")
}

/// `build`, which keeps what `explain` and `origin` need, beside `extract`, which does not.
fn build(input: &Input, rounds: usize) {
    let extract = || drop(std::hint::black_box(medium(input).extract().expect("it loads")));
    let build = || drop(std::hint::black_box(medium(input).build().expect("it loads")));
    let ratios = (0..rounds).map(|round| {
        // Whoever comes second finds the caches warm.
        if round.is_multiple_of(2) {
            let extracting = nanoseconds(20, extract);
            nanoseconds(20, build) / extracting
        } else {
            let building = nanoseconds(20, build);
            building / nanoseconds(20, extract)
        }
    });
    let [low, median, high] = quartiles(ratios.collect());
    row(&[&format!("{median:.3}"), &format!("{low:.3}"), &format!("{high:.3}")]);
}
