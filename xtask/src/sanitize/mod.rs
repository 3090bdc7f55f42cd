//! `cargo xtask sanitize`: tests with the compiler's sanitizers.
//!
//! Sanitizers are options of a nightly compiler; `RUSTC_BOOTSTRAP` opens them in the pinned one, so
//! that what is checked is what is built. `--target` keeps them away from build scripts and macros.
//! The standard library comes as it was built, without instruments:
//!
//! * **address** (and **leak**, which is part of it) sees every allocation all the same, as those
//!   are replaced while linking.
//! * **thread** does not see what happens inside of the standard library, its locks, channels and
//!   `Arc`s among it, and so calls data races what is none. It is not run; `concurrency/` tries all
//!   orders of steps instead.

use crate::{
    Outcome,
    command::{cargo, run as run_command},
    workspace::Workspace,
};

/// What is run: the code that shares, and frees what is shared.
const TESTS: [&[&str]; 2] = [
    &["--package", "superconfig", "--lib", "--all-features"],
    &[
        "--package",
        "superconfig-tests",
        "--test",
        "registry",
        "--test",
        "reload",
        "--test",
        "install",
        "--test",
        "watch",
    ],
];

/// Runs them all, though one fails.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err("the sanitizers are set up for x86_64-unknown-linux-gnu".to_owned());
    }
    let meant = workspace.path("xtask/src/sanitize/leaks.txt");
    let mut failed = Vec::new();
    for tests in TESTS {
        let target = ["test", "--target", "x86_64-unknown-linux-gnu", "--no-fail-fast"];
        let mut command = cargo(workspace, target.into_iter().chain(tests.iter().copied()));
        command
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Zsanitizer=address")
            .env("ASAN_OPTIONS", "detect_leaks=1")
            .env("LSAN_OPTIONS", format!("suppressions={}", meant.display()))
            .env("CARGO_TARGET_DIR", workspace.path("target/sanitize"));
        failed.extend(run_command(&mut command).err());
    }
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}
