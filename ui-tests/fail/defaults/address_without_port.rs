//! An address that lacks its port.

use std::net::SocketAddr;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "127.0.0.1")]
    listen: SocketAddr,
}

fn main() {}
