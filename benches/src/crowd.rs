//! A hundred variables that are settings, in a crowd of 1,500: the map makes it impossible to list their
//! names, so all variables have to be gone through.

use std::collections::BTreeMap;
use std::hint::black_box;

use superconfig::SuperConfig;

use crate::clock::{nanoseconds, quartiles};
use crate::curve::Table;
use crate::workload::other;

/// 80 settings and a map.
#[derive(SuperConfig)]
pub struct Settings {
    #[config(nested)]
    pub t0: Table,
    #[config(nested)]
    pub t1: Table,
    #[config(nested)]
    pub t2: Table,
    #[config(nested)]
    pub t3: Table,
    #[config(nested)]
    pub t4: Table,
    #[config(nested)]
    pub t5: Table,
    #[config(nested)]
    pub t6: Table,
    #[config(nested)]
    pub t7: Table,
    #[config(default)]
    pub values: BTreeMap<String, u64>,
}

/// A table's settings as variables have them.
const TABLE: [(&str, &str); 10] = [
    ("A", "1"),
    ("B", "7"),
    ("C", "some text"),
    ("D", "other text"),
    ("E", "true"),
    ("F", "false"),
    ("G", "1.5"),
    ("H", "0.25"),
    ("I", "42"),
    ("J", "last"),
];

/// The whole environment, with the settings here and there.
pub fn environment() -> Vec<(String, String)> {
    const ALL: usize = 1_500;
    let of_table =
        |n: usize| TABLE.map(|(name, value)| (format!("APP_T{n}_{name}"), value.to_owned()));
    let of_map = |n: usize| (format!("APP_VALUES_KEY{n}"), n.to_string());
    let settings: Vec<_> = (0..8).flat_map(of_table).chain((0..20).map(of_map)).collect();
    let every = ALL / settings.len();
    let mut all = Vec::with_capacity(ALL);
    for (place, setting) in settings.into_iter().enumerate() {
        all.extend((1..every).map(|index| other(place * every + index)));
        all.push(setting);
    }
    all
}

/// Nanoseconds of a load of all of them, of going through the variables and nothing else, and of looking
/// the 80 settings up that have one name.
///
/// # Panics
///
/// Where the process has not the variables of [`environment`].
pub fn measured(rounds: usize) -> [(&'static str, f64); 3] {
    let names: Vec<String> =
        (0..8).flat_map(|n| TABLE.map(|(name, _)| format!("APP_T{n}_{name}"))).collect();
    let load = || {
        let settings = SuperConfig::<Settings>::new().with_env("APP_").extract();
        assert_eq!(black_box(settings.expect("it loads")).values.len(), 20);
    };
    let scan = || assert!(black_box(std::env::vars_os().count()) > 1);
    let look_up = || assert!(names.iter().all(|name| black_box(std::env::var_os(name)).is_some()));
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        let runs: [&dyn Fn(); 3] = [&load, &scan, &look_up];
        for (times, run) in times.iter_mut().zip(runs) {
            times.push(nanoseconds(20, run));
        }
    }
    let [load, scan, look_up] = times.map(|times| quartiles(times)[1]);
    [("superconfig", load), ("vars_os alone", scan), ("var_os for 80 names", look_up)]
}
