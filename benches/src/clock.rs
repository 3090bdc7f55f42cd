//! Processor time of this thread, which another program on the machine does not lengthen much.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Processor time of this thread so far.
pub fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or_default();
    Duration::new(seconds, nanoseconds)
}

/// Nanoseconds that one run takes, by running it this often.
#[allow(clippy::cast_precision_loss)] // counts are small
pub fn nanoseconds(count: usize, mut run: impl FnMut()) -> f64 {
    let before = now();
    for _ in 0..count {
        run();
    }
    now().saturating_sub(before).as_nanos() as f64 / count as f64
}

/// The lower quartile, the median and the upper quartile.
pub fn quartiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values.get(values.len() * quarter / 4).copied().unwrap_or(f64::NAN))
}
