//! What is measured, and what it comes to.

use std::fmt::Write;
use std::time::Duration;

use stats_alloc::Stats;

/// The memory at one moment, when no round is going on.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    time: Duration,
    rounds: u64,
    /// The process's memory as the system counts it, in KiB; 0 where it does not tell.
    resident: u64,
    /// What was allocated and is not freed.
    allocations: usize,
    bytes: usize,
    threads: u64,
}

/// What is measured and what it comes to.
pub(crate) struct Figures {
    samples: Vec<Sample>,
}

/// Less than the smallest allocation there is, for each round: nothing stays.
const BYTES_FOR_A_ROUND: f64 = 1.0;

impl Sample {
    pub(crate) const HEAD: &'static str =
        "| minute | rounds | resident KiB | live allocations | live KiB | threads |";

    pub(crate) fn now(time: Duration, rounds: u64, stats: Stats) -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        Self {
            time,
            rounds,
            resident: number(&status, "VmRSS:"),
            allocations: stats.allocations - stats.deallocations,
            bytes: stats.bytes_allocated - stats.bytes_deallocated,
            threads: number(&status, "Threads:"),
        }
    }

    pub(crate) fn row(&self) -> String {
        format!(
            "| {:.1} | {} | {} | {} | {:.1} | {} |",
            self.time.as_secs_f64() / 60.0,
            self.rounds,
            self.resident,
            self.allocations,
            real(self.bytes as u64) / 1024.0,
            self.threads
        )
    }
}

impl Figures {
    pub(crate) fn new(samples: Vec<Sample>) -> Self {
        Self { samples }
    }

    /// Without the first third: caches fill, threads start, the allocator takes its pages.
    fn settled(&self) -> &[Sample] {
        &self.samples[self.samples.len() / 3..]
    }

    /// By how much something grows with each round.
    fn slope(&self, of: impl Fn(&Sample) -> f64) -> f64 {
        let points: Vec<_> = self.settled().iter().map(|s| (real(s.rounds), of(s))).collect();
        slope(&points)
    }

    fn bytes_for_a_round(&self) -> f64 {
        self.slope(|sample| real(sample.bytes as u64))
    }

    /// Whether memory grows with the rounds.
    pub(crate) fn grows(&self) -> bool {
        self.bytes_for_a_round() > BYTES_FOR_A_ROUND
    }

    /// The figures as they stand in the documentation: some samples, then the slopes.
    pub(crate) fn table(&self) -> String {
        let mut table = format!("{}\n| ---: | ---: | ---: | ---: | ---: | ---: |\n", Sample::HEAD);
        let step = (self.samples.len() / 10).max(1);
        for sample in self.samples.iter().skip(step - 1).step_by(step) {
            table += &sample.row();
            table.push('\n');
        }
        let thousand = |slope: f64| slope * 1000.0;
        let _ = write!(
            table,
            "\nFitted to all {} samples but the first third, for a thousand rounds: {:+.1} KiB resident, {:+.3} live \
             allocations, {:+.1} live bytes.\n",
            self.samples.len(),
            thousand(self.slope(|sample| real(sample.resident))),
            thousand(self.slope(|sample| real(sample.allocations as u64))),
            thousand(self.bytes_for_a_round()),
        );
        table
    }
}

/// The slope of the line that is nearest to the points, by least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = real(points.len() as u64);
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let both: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    if spread > 0.0 { both / spread } else { 0.0 }
}

/// A count as a real number; none here is so large that it would lose a digit.
#[allow(clippy::cast_precision_loss)]
fn real(count: u64) -> f64 {
    count as f64
}

/// The number behind a name in `/proc/self/status`.
fn number(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(bytes: impl Fn(u64) -> usize) -> Figures {
        let sample = |turn: u64| Sample {
            time: Duration::from_secs(turn * 60),
            rounds: turn * 100,
            resident: 5_000,
            allocations: 10,
            bytes: bytes(turn),
            threads: 4,
        };
        Figures::new((1..=30).map(sample).collect())
    }

    #[test]
    fn a_line_has_its_slope() {
        let line: Vec<_> = (0..10).map(|x| (f64::from(x), 3.0 - 2.0 * f64::from(x))).collect();
        assert!((slope(&line) + 2.0).abs() < 1e-9);
        assert!(slope(&[(1.0, 5.0)]).abs() < 1e-9);
        assert!(slope(&[]).abs() < 1e-9);
    }

    #[test]
    fn one_small_allocation_for_each_round_is_growth_and_noise_is_none() {
        assert!(figures(|turn| 50_000 + usize::try_from(turn).expect("small") * 1_600).grows());
        assert!(!figures(|turn| 50_000 + usize::try_from(turn % 3).expect("small") * 40).grows());
        assert!(
            !figures(|turn| if turn < 10 { 0 } else { 50_000 }).grows(),
            "the start is left out"
        );
    }

    #[test]
    fn the_table_has_ten_rows_and_the_slopes() {
        let table = figures(|_| 2_048).table();
        assert_eq!(table.lines().filter(|line| line.starts_with("| ")).count(), 12, "{table}");
        assert!(table.contains("| 3.0 | 300 | 5000 | 10 | 2.0 | 4 |"), "{table}");
        assert!(table.contains("+0.0 KiB resident, +0.000 live allocations, +0.0 live bytes"));
    }

    #[test]
    fn numbers_are_read_as_the_system_writes_them() {
        let status = "Name:\tsoak\nVmRSS:\t    5124 kB\nThreads:\t4\n";
        assert_eq!((number(status, "VmRSS:"), number(status, "Threads:")), (5124, 4));
        assert_eq!(number(status, "VmSwap:"), 0);
    }
}
