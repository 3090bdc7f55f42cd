//! What a configuration costs while it lives: reloads, and texts that several share.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use superconfig::{ConfigHandle, ConfigRegistry, SuperConfig};

use crate::clock::nanoseconds;
use crate::medium::ours::Settings;
use crate::workload::Input;

/// The name of what is measured, and its times in each round: by what it is compared with, and in
/// nanoseconds.
pub struct Compared {
    pub name: &'static str,
    pub ratios: Vec<f64>,
    pub times: Vec<f64>,
}

impl Compared {
    fn new(name: &'static str) -> Self {
        Self { name, ratios: Vec::new(), times: Vec::new() }
    }

    fn note(&mut self, time: f64, unit: f64) {
        self.ratios.push(time / unit);
        self.times.push(time);
    }
}

/// So many configurations share their files.
const SHARING: usize = 10;

/// A reload by the time of `build` in the same round, and ten configurations with a common cache of
/// texts by as many without.
pub fn measured(input: &Input, folder: &Path, rounds: usize) -> Vec<Compared> {
    let files = Files::copied(input, folder);
    // Texts whose files are as young as the ticks of a file system's clock are read again.
    sleep(Duration::from_millis(50));
    let mut all = files.reloads(rounds);
    all.push(files.sharing(rounds));
    all
}

/// The files of the workload, in a folder where they may be changed.
struct Files(Vec<PathBuf>);

impl Files {
    fn copied(input: &Input, folder: &Path) -> Self {
        fs::create_dir_all(folder).expect("a folder");
        let copy = |file: &PathBuf| {
            let copy = folder.join(file.file_name().expect("a file's name"));
            fs::copy(file, &copy).expect("a copy");
            copy
        };
        Self(input.files.iter().map(copy).collect())
    }

    fn build(&self, registry: &ConfigRegistry) -> ConfigHandle<Settings> {
        let files = self.0.iter();
        let builder = files.fold(SuperConfig::new(), SuperConfig::with_file);
        builder.with_env("APP_").build_in(registry).expect("it loads")
    }

    fn reloads(&self, rounds: usize) -> Vec<Compared> {
        let mut changed = Compared::new("`reload()`, a number in one of the files has changed");
        let mut same = Compared::new("`reload()`, nothing has changed");
        let registry = ConfigRegistry::new();
        let handle = self.build(&registry);
        let last = self.0.last().expect("the workload has files");
        let text = fs::read_to_string(last).expect("a text");
        let (before, after) =
            text.split_once("instance_id = ").expect("the setting that is changed");
        let after = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
        for round in 0..rounds {
            fs::write(last, format!("{before}instance_id = {round}{after}"))
                .expect("it is written");
            let build = || nanoseconds(1, || drop(self.build(&ConfigRegistry::new())));
            let reload = || nanoseconds(1, || drop(handle.reload().expect("it loads")));
            // Whoever comes second finds the caches warm.
            let (unit, time) = if round.is_multiple_of(2) {
                let unit = build();
                (unit, reload())
            } else {
                let time = reload();
                (build(), time)
            };
            changed.note(time, unit);
            same.note(reload(), unit);
        }
        fs::write(last, text).expect("it is written");
        vec![changed, same]
    }

    fn sharing(&self, rounds: usize) -> Compared {
        let mut sharing = Compared::new("ten configurations of the same files, their texts shared");
        let ten = |forget: bool| {
            let registry = ConfigRegistry::new();
            let mut handles = Vec::with_capacity(SHARING);
            nanoseconds(SHARING, || {
                if forget {
                    registry.clear_cache();
                }
                handles.push(self.build(&registry));
            })
        };
        sleep(Duration::from_millis(50));
        for _ in 0..rounds {
            let unit = ten(true);
            sharing.note(ten(false), unit);
        }
        sharing
    }
}
