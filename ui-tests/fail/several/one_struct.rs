//! Every mistake of a struct is shown at once.

use std::net::IpAddr;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(app = "my app", env_prefix = "orders")]
struct Settings {
    #[config(defualt = 8080)]
    port: u16,
    #[config(default = "localhost")]
    host: IpAddr,
    #[config(nested)]
    name: String,
    #[config(secret, secret)]
    token: String,
}

fn main() {}
