//! A text that is no address.

use std::net::IpAddr;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "localhost")]
    host: IpAddr,
}

fn main() {}
