//! Building and running the programs of `benches/`.

use std::path::PathBuf;
use std::process::Command;

use super::{FORMATS, Figures, WORKLOADS};
use crate::{Outcome, command, lock, workspace::Workspace};

/// The peers, whose versions are told.
const PEERS: [&str; 10] = [
    "toml",
    "serde_json",
    "granit-parser",
    "confique",
    "schematic",
    "figment",
    "config",
    "conf",
    "arc-swap",
    "dashmap",
];

pub(super) struct Programs {
    /// Where the built programs stand.
    folder: PathBuf,
    /// Where the files of the workloads stand.
    data: String,
    /// Whether callgrind is there.
    pub(super) can_count: bool,
}

/// Sizes and what one load of each takes, in nanoseconds.
pub(super) struct Curve {
    pub(super) name: String,
    pub(super) points: Vec<(f64, f64)>,
}

impl Programs {
    pub(super) fn build(workspace: &Workspace) -> Outcome<Self> {
        let build = ["build", "--release", "--package", "superconfig-benches"];
        command::run(&mut command::cargo(workspace, build))?;
        let target = workspace.target();
        let can_count = command::works(Command::new("valgrind").arg("--version"));
        if !can_count {
            println!("valgrind is not installed, so instructions are not counted");
        }
        let data = target.join("bench-data").display().to_string();
        let programs = Self { folder: target.join("release"), data, can_count };
        rows(programs.command("measure").args(["write", &programs.data]))?;
        Ok(programs)
    }

    pub(super) fn command(&self, program: &str) -> Command {
        Command::new(self.folder.join(program))
    }

    /// With the variables of a workload and no others; `count` of them, where it says so.
    fn surrounded(
        &self,
        mut command: Command,
        workload: &str,
        count: Option<usize>,
    ) -> Outcome<Command> {
        let mut environment = self.command("measure");
        environment.args(["environment", workload]).args(count.map(|count| count.to_string()));
        command.env_clear();
        for line in output(&mut environment)?.0.lines() {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            command.env(name, value);
        }
        Ok(command)
    }

    fn measure(&self, words: [&str; 3]) -> Outcome<Command> {
        let [task, workload, format] = words;
        let mut command = self.surrounded(self.command("measure"), workload, None)?;
        command.args([task, &self.data, workload, format]);
        Ok(command)
    }

    pub(super) fn check(&self, workload: &str, format: &str) -> Outcome {
        output(&mut self.measure(["check", workload, format])?).map(drop)
    }

    pub(super) fn time(
        &self,
        workload: &'static str,
        format: &'static str,
        rounds: usize,
    ) -> Outcome<Vec<Figures>> {
        let mut time = self.measure(["time", workload, format])?;
        let times = rows(time.arg(rounds.to_string()))?;
        let mut count = self.surrounded(self.command("allocations"), workload, None)?;
        let counts = rows(count.args([&self.data, workload, format]))?;
        let result = |(name, times): &(String, Vec<f64>)| {
            let counts = counts.iter().find(|(counted, _)| counted == name);
            let counts = counts.map_or(&[][..], |(_, counts)| counts);
            let number = |numbers: &[f64], index: usize| numbers.get(index).copied();
            Figures {
                contender: name.clone(),
                format,
                workload,
                ratio: [1, 0, 2].map(|index| number(times, index).unwrap_or(f64::NAN)),
                microseconds: number(times, 3).unwrap_or(f64::NAN) / 1000.0,
                thousand_instructions: None,
                allocations: number(counts, 0).unwrap_or(f64::NAN),
                bytes: number(counts, 1).unwrap_or(f64::NAN),
            }
        };
        Ok(times.iter().map(result).collect())
    }

    /// Thousands of instructions of one load: those of some loads, less those of a few.
    pub(super) fn instructions(&self, result: &Figures) -> Outcome<f64> {
        const FEW: u32 = 2;
        let more = if result.workload == "L" { 2 } else { 10 };
        let count = |loads: u32| -> Outcome<f64> {
            let mut valgrind = Command::new("valgrind");
            valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
            let mut valgrind = self.surrounded(valgrind, result.workload, None)?;
            valgrind.arg(self.folder.join("measure")).args([
                "run",
                &self.data,
                result.workload,
                result.format,
                &result.contender,
                &loads.to_string(),
            ]);
            let (_, said) = output(&mut valgrind)?;
            let collected = said.lines().find_map(|line| line.split_once("Collected : "));
            collected
                .and_then(|(_, count)| count.trim().parse().ok())
                .ok_or_else(|| format!("callgrind does not say what it collected: {said}"))
        };
        Ok((count(FEW + more)? - count(FEW)?) / f64::from(more) / 1000.0)
    }

    /// Median and quartiles of `build` by `extract`, on M in TOML.
    pub(super) fn build_to_extract(&self, rounds: usize) -> Outcome<[f64; 3]> {
        let mut build = self.measure(["build", "M", "toml"])?;
        let (median, rest) = output(build.arg(rounds.to_string()))?
            .0
            .trim()
            .split_once('\t')
            .map(|(median, rest)| (median.to_owned(), rest.to_owned()))
            .ok_or("no ratio")?;
        let (low, high) = rest.split_once('\t').ok_or("no quartiles")?;
        let number = |text: &str| text.parse().unwrap_or(f64::NAN);
        Ok([number(low), number(&median), number(high)])
    }

    /// Reloads of M, with the variables of M, in files of their own.
    pub(super) fn reloads(&self, rounds: &str) -> Outcome<Command> {
        let mut command = self.surrounded(self.command("reads"), "M", None)?;
        command.args(["reloads", &self.data, &format!("{}/living", self.data), rounds]);
        Ok(command)
    }

    /// Many files by one thread and by two, while some threads have other work.
    pub(super) fn threads(&self, rounds: &str, busy: usize) -> Command {
        let mut command = self.command("threads");
        command.args([&format!("{}/threads", self.data), rounds, &busy.to_string()]);
        command
    }

    /// What a hundred settings among 1,500 variables take, and what their parts do.
    pub(super) fn crowd(&self, rounds: usize) -> Outcome<Vec<(String, f64)>> {
        let mut crowd = self.surrounded(self.command("measure"), "crowd", None)?;
        let rows = rows(crowd.args(["crowd", &rounds.to_string()]))?;
        Ok(rows.into_iter().filter_map(|(name, times)| Some((name, *times.first()?))).collect())
    }

    pub(super) fn curves(&self) -> Outcome<Vec<Curve>> {
        let curve = |(name, word): (&str, &str)| {
            let rows = rows(self.command("measure").args(["curve", word, "7"]))?;
            let point = |(size, times): &(String, Vec<f64>)| {
                Some((size.parse().ok()?, times.first().copied()?))
            };
            Ok(Curve { name: name.to_owned(), points: rows.iter().filter_map(point).collect() })
        };
        let mut curves = [
            ("settings in a TOML file", "toml"),
            ("settings in a JSON file", "json"),
            ("settings in a YAML file", "yaml"),
            ("files of 100 settings", "files"),
            ("variables that are settings", "variables"),
        ]
        .into_iter()
        .map(curve)
        .collect::<Outcome<Vec<_>>>()?;
        let mut points = Vec::new();
        for count in [100, 1_000, 10_000] {
            let mut time = self.surrounded(self.command("measure"), "M", Some(count))?;
            let times = rows(time.args(["time", &self.data, "M", "toml", "9"]))?;
            let ours = times.iter().find(|(name, _)| name == "superconfig");
            points.extend(ours.and_then(|(_, times)| {
                Some((f64::from(u32::try_from(count).ok()?), *times.get(3)?))
            }));
        }
        curves.push(Curve { name: "variables in the process, over M".to_owned(), points });
        Ok(curves)
    }

    /// What was compared.
    #[allow(clippy::unused_self)] // of these programs
    pub(super) fn versions(&self, workspace: &Workspace) -> Outcome<String> {
        let lock = workspace.read("Cargo.lock")?;
        let version = |peer: &str| {
            let version = lock::version(&lock, lock::BENCHES, peer)?;
            Some(format!("{peer} {}", version.split('+').next()?))
        };
        let versions: Vec<String> = PEERS.into_iter().filter_map(version).collect();
        let sizes = WORKLOADS.len() * FORMATS.len();
        Ok(format!("\n{}. All results of {sizes} jobs were equal to F1's.\n", versions.join(", ")))
    }
}

/// What a program printed and what it said besides.
pub(super) fn output(command: &mut Command) -> Outcome<(String, String)> {
    let shown = command::show(&{
        let mut plain = Command::new(command.get_program());
        plain.args(command.get_args());
        plain
    });
    let output = command.output().map_err(|error| format!("`{shown}` could not start: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        Ok((text(&output.stdout), text(&output.stderr)))
    } else {
        Err(format!("`{shown}` failed:\n{}", text(&output.stderr)))
    }
}

/// What a program printed: a name, and numbers behind it.
fn rows(command: &mut Command) -> Outcome<Vec<(String, Vec<f64>)>> {
    let (text, _) = output(command)?;
    let row = |line: &str| {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default().to_owned();
        (name, cells.filter_map(|cell| cell.parse().ok()).collect())
    };
    Ok(text.lines().map(row).collect())
}
