//! How much memory is left, by the files in which Linux tells it.

use std::fs;
use std::path::{Component, Path};

use super::Memory;

/// What is told below this root, `/` but for tests.
pub(super) fn below(root: &Path) -> Option<Memory> {
    let machine =
        fs::read_to_string(root.join("proc/meminfo")).ok().and_then(|text| of_machine(&text));
    machine.into_iter().chain(of_groups(root)).min_by(|one, other| {
        // Which has the smaller part left, without dividing.
        let part =
            |one: &Memory, other: &Memory| u128::from(one.available) * u128::from(other.total);
        part(one, other).cmp(&part(other, one))
    })
}

fn of_machine(meminfo: &str) -> Option<Memory> {
    let bytes = |name: &str| {
        let line = meminfo.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
    };
    Some(Memory { available: bytes("MemAvailable:")?, total: bytes("MemTotal:")? })
}

/// The control group of this process and those around it, each with its limit.
fn of_groups(root: &Path) -> Vec<Memory> {
    let groups = fs::read_to_string(root.join("proc/self/cgroup")).unwrap_or_default();
    let Some(own) = groups.lines().find_map(|line| line.strip_prefix("0::/")) else {
        return Vec::new();
    };
    let own = Path::new(own);
    // A process outside of its namespace's groups has a path that leads upwards: nothing is there.
    if !own.components().all(|part| matches!(part, Component::Normal(_))) {
        return Vec::new();
    }
    let all = root.join("sys/fs/cgroup");
    own.ancestors().filter_map(|group| of_group(&all.join(group))).collect()
}

/// A group's limit, and what is left of it. `None` where there is no limit, or no such group.
fn of_group(group: &Path) -> Option<Memory> {
    let text = |name: &str| fs::read_to_string(group.join(name)).ok();
    let number = |name: &str| text(name)?.trim().parse::<u64>().ok();
    // Without a limit they say `max`, which is no number.
    let total = number("memory.max").into_iter().chain(number("memory.high")).min()?;
    let used = number("memory.current")?;
    // Pages of files that nobody has looked at lately can be had back at once.
    let statistics = text("memory.stat").unwrap_or_default();
    let idle = statistics.lines().find_map(|line| line.strip_prefix("inactive_file "));
    let idle = idle.and_then(|idle| idle.trim().parse().ok()).unwrap_or(0);
    Some(Memory { available: total.saturating_sub(used.saturating_sub(idle)), total })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    /// What is told by files below a root of their own.
    fn told(files: &[(&str, &str)]) -> Option<Memory> {
        let root = tempfile::tempdir().expect("a directory");
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("one")).expect("ours");
            fs::write(path, text).expect("ours");
        }
        below(root.path())
    }

    const MACHINE: (&str, &str) =
        ("proc/meminfo", "MemTotal:     1024000 kB\nMemFree: 1 kB\nMemAvailable:  512000 kB\n");
    const IN_A_GROUP: (&str, &str) = ("proc/self/cgroup", "1:name=systemd:/x\n0::/app/web\n");

    #[test]
    fn a_machine_tells_what_is_available_and_not_what_is_free() {
        let half = Memory { available: 500 * MIB, total: 1_000 * MIB };
        assert_eq!(told(&[MACHINE]), Some(half));
        assert_eq!(told(&[MACHINE, ("proc/self/cgroup", "4:memory:/x\n")]), Some(half));
        assert_eq!(told(&[MACHINE, ("proc/self/cgroup", "0::/../other\n")]), Some(half));
        assert_eq!(told(&[]), None);
        assert_eq!(told(&[("proc/meminfo", "MemTotal: many kB\nMemAvailable: 1\n")]), None);
    }

    #[test]
    fn a_group_counts_where_it_has_less_left_than_the_machine() {
        let group = |max, current, stat| {
            told(&[
                MACHINE,
                IN_A_GROUP,
                ("sys/fs/cgroup/app/web/memory.max", max),
                ("sys/fs/cgroup/app/web/memory.high", "max\n"),
                ("sys/fs/cgroup/app/web/memory.current", current),
                ("sys/fs/cgroup/app/web/memory.stat", stat),
            ])
        };
        let tight = Memory { available: 10 * MIB, total: 100 * MIB };
        assert_eq!(group("104857600\n", "94371840\n", "anon 1\n"), Some(tight));
        let cached = Memory { available: 30 * MIB, total: 100 * MIB };
        assert_eq!(
            group("104857600\n", "94371840\n", "anon 1\ninactive_file 20971520\n"),
            Some(cached)
        );
        let machine = told(&[MACHINE]);
        assert_eq!(group("104857600\n", "1048576\n", ""), machine, "the machine has less left");
        assert_eq!(group("max\n", "94371840\n", ""), machine, "there is no limit");
        let over = Memory { available: 0, total: MIB };
        assert_eq!(group("1048576\n", "2097152\n", "inactive_file many\n"), Some(over));
    }

    #[test]
    fn the_limit_of_a_group_around_counts_too() {
        let memory = told(&[
            MACHINE,
            IN_A_GROUP,
            ("sys/fs/cgroup/app/web/memory.max", "max\n"),
            ("sys/fs/cgroup/app/web/memory.current", "1048576\n"),
            ("sys/fs/cgroup/app/memory.max", "209715200\n"),
            ("sys/fs/cgroup/app/memory.high", "104857600\n"),
            ("sys/fs/cgroup/app/memory.current", "103809024\n"),
        ]);
        assert_eq!(memory, Some(Memory { available: MIB, total: 100 * MIB }));
    }

    #[test]
    fn low_is_less_than_a_part() {
        let memory = Memory { available: 10, total: 100 };
        assert!(!memory.is_low(10) && memory.is_low(11) && !memory.is_low(0));
        assert!(!Memory { available: u64::MAX, total: u64::MAX }.is_low(100));
    }
}
