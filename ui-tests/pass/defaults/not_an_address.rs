//! The right form of `fail/defaults/not_an_address.rs`.
#![allow(dead_code)]

use std::net::IpAddr;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "127.0.0.1")]
    host: IpAddr,
}

fn main() {}
