//! A set has no end to append to.

use std::collections::BTreeSet;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = append)]
    ports: BTreeSet<u16>,
}

fn main() {}
