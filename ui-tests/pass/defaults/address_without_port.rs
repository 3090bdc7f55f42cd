//! The right form of `fail/defaults/address_without_port.rs`.
#![allow(dead_code)]

use std::net::SocketAddr;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "127.0.0.1:80")]
    listen: SocketAddr,
}

fn main() {}
