//! SuperConfig beside its peers and beside code written by hand, on the same files and variables.
//!
//! Reading order: [`declare`] (settings, once for all contenders), [`small`], [`medium`] and
//! [`large`] (the settings of the three workloads), [`workload`] (their files and variables),
//! [`contender`] (how each contender loads them), [`curve`] (cost against size), [`crowd`] (many variables), [`reading`] (ways
//! to read what is loaded), [`living`] (reloads), [`threads`] (many files at once), [`clock`], [`command`]. `cargo xtask
//! bench` runs the programs in `bin/` and writes `docs/PERFORMANCE.md`.

#![allow(missing_docs)] // settings need no description here

#[macro_use]
pub mod declare;
pub mod clock;
pub mod command;
pub mod contender;
pub mod crowd;
pub mod curve;
pub mod large;
pub mod living;
pub mod medium;
pub mod reading;
pub mod small;
pub mod threads;
pub mod workload;
