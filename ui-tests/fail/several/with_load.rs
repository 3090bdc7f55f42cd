//! A mistake does not take the functions of the struct away.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(app = "orders")]
struct Settings {
    #[config(default = 70000)]
    port: u16,
}

pub fn start() -> bool {
    Settings::load().is_ok_and(|settings| settings.get().port > 0)
}

fn main() {}
