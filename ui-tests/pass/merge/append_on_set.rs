//! The right form of `fail/merge/append_on_set.rs`.
#![allow(dead_code)]

use std::collections::BTreeSet;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = union)]
    ports: BTreeSet<u16>,
}

fn main() {}
