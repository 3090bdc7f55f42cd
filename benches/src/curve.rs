//! Cost against size: settings in one file, files, and variables.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;

use superconfig::SuperConfig;

use crate::clock::{nanoseconds, quartiles};

/// Ten settings.
#[derive(SuperConfig)]
pub struct Table {
    pub a: u64,
    pub b: u64,
    pub c: String,
    pub d: String,
    pub e: bool,
    pub f: bool,
    pub g: f64,
    pub h: f64,
    pub i: u64,
    pub j: String,
}

/// As many settings as a file has.
#[derive(SuperConfig)]
pub struct Settings {
    #[config(nested)]
    pub tables: BTreeMap<String, Table>,
    #[config(default)]
    pub values: BTreeMap<String, u64>,
}

/// The curve of this name: sizes and nanoseconds.
pub fn named(name: &str, rounds: usize) -> Option<Vec<(usize, f64)>> {
    use superconfig::Format::{Json, Toml, Yaml};
    Some(match name {
        "toml" => settings(Toml, rounds),
        "json" => settings(Json, rounds),
        "yaml" => settings(Yaml, rounds),
        "files" => files(rounds),
        "variables" => variables(rounds),
        _ => return None,
    })
}

fn settings(format: superconfig::Format, rounds: usize) -> Vec<(usize, f64)> {
    let measure = |size: usize| {
        let text = tables(format, size / 10);
        let load = || {
            let builder = SuperConfig::<Settings>::new().with_env_vars([("NONE", "")]);
            black_box(builder.with_text(format, text.as_str()).extract().expect("it loads"));
        };
        (size, median(rounds, size, load))
    };
    [10, 100, 1_000, 10_000, 100_000].into_iter().map(measure).collect()
}

/// Files of a hundred settings each, the same ones in all of them.
fn files(rounds: usize) -> Vec<(usize, f64)> {
    let text = tables(superconfig::Format::Toml, 10);
    let measure = |size: usize| {
        let load = || {
            let mut builder = SuperConfig::<Settings>::new().with_env_vars([("NONE", "")]);
            for _ in 0..size {
                builder = builder.with_text(superconfig::Format::Toml, text.as_str());
            }
            black_box(builder.extract().expect("it loads"));
        };
        (size, median(rounds, size * 100, load))
    };
    [1, 10, 100].into_iter().map(measure).collect()
}

/// Variables that are all settings: keys of one map.
fn variables(rounds: usize) -> Vec<(usize, f64)> {
    let measure = |size: usize| {
        let all: Vec<(String, String)> =
            (0..size).map(|n| (format!("APP_VALUES_KEY{n}"), n.to_string())).collect();
        let load = || {
            let builder = SuperConfig::<Settings>::new().with_env("APP_");
            black_box(builder.with_env_vars(all.iter().cloned()).extract().expect("it loads"));
        };
        (size, median(rounds, size, load))
    };
    [10, 100, 1_000, 10_000].into_iter().map(measure).collect()
}

/// The median of a few batches, which are long enough for the clock.
fn median(rounds: usize, size: usize, load: impl Fn()) -> f64 {
    load();
    let count = (2_000 / size).max(1);
    let times = (0..rounds.max(3)).map(|_| nanoseconds(count, &load));
    quartiles(times.collect())[1]
}

/// Tables of ten settings each.
pub(crate) fn tables(format: superconfig::Format, count: usize) -> String {
    let mut text = match format {
        superconfig::Format::Yaml => "tables:\n".to_owned(),
        superconfig::Format::Toml => String::new(),
        _ => "{\"tables\": {\n".to_owned(),
    };
    for n in 0..count {
        let comma = if n + 1 < count { "," } else { "}}" };
        let _ = match format {
            superconfig::Format::Yaml => writeln!(
                text,
                "  t{n}:\n    a: {n}\n    b: 7\n    c: some text\n    d: other text\n    e: true\n    \
                 f: false\n    g: 1.5\n    h: 0.25\n    i: 42\n    j: last"
            ),
            superconfig::Format::Toml => writeln!(
                text,
                "[tables.t{n}]\na = {n}\nb = 7\nc = \"some text\"\nd = \"other text\"\ne = true\n\
                 f = false\ng = 1.5\nh = 0.25\ni = 42\nj = \"last\""
            ),
            _ => writeln!(
                text,
                "\"t{n}\": {{\"a\": {n}, \"b\": 7, \"c\": \"some text\", \"d\": \"other text\", \
                 \"e\": true, \"f\": false, \"g\": 1.5, \"h\": 0.25, \"i\": 42, \"j\": \"last\"}}{comma}"
            ),
        };
    }
    text
}
