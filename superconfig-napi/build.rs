//! Tells the linker what Node.js itself provides, and that the library stays.

use std::env;

fn main() {
    napi_build::setup();
    // When a worker ends, Node.js closes what only that worker has loaded. But threads of ours may be running in it still,
    // and what the standard library has to do when a thread ends is code of it, too.
    let system = env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if ["linux", "android", "freebsd"].contains(&system.as_str()) {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
