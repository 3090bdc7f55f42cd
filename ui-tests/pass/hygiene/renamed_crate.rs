//! The runtime under another name, by `crate = path`.
#![allow(dead_code)]

mod vendor {
    pub mod deep {
        pub use ::superconfig as settings;
    }
}

mod superconfig {
    // Not the crate: whoever takes this name by accident fails.
}

use vendor::deep::settings::SuperConfig;

#[derive(SuperConfig)]
#[config(crate = crate::vendor::deep::settings)]
struct Settings {
    #[config(default = 8080)]
    port: u16,
    #[config(nested)]
    mode: Mode,
    #[config(nested)]
    store: Option<Store>,
}

#[derive(SuperConfig)]
#[config(crate = vendor::deep::settings)]
enum Mode {
    Fast,
}

#[derive(SuperConfig)]
#[config(tag = "kind", crate = vendor::deep::settings)]
enum Store {
    File { path: String },
}

fn main() {}
