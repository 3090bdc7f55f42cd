//! The right form of `fail/several/one_struct.rs`.
#![allow(dead_code)]

use std::net::IpAddr;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(app = "my-app", env_prefix = "ORDERS")]
struct Settings {
    #[config(default = 8080)]
    port: u16,
    #[config(default = "::1")]
    host: IpAddr,
    name: String,
    #[config(secret)]
    token: String,
}

fn main() {}
