//! Flags that are made of the declaration: `cargo run --example flags -- --port 9000 -v`, or `--help`.

#![allow(dead_code)] // what is shown here is where the values come from

use clap::{Arg, ArgAction, Command};
use superconfig::clap::{Flags, args};
use superconfig::{SecretString, SuperConfig, Verbosity};

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    /// Port to listen on.
    #[config(default = 8080)]
    port: u16,
    /// Plugins to load.
    #[config(default = ["core"])]
    plugins: Vec<String>,
    /// Key of the payment service.
    #[config(secret, default = "none")]
    api_key: SecretString,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    /// Where it is.
    #[config(default = "postgres://localhost/orders")]
    url: String,
}

fn main() -> Result<(), superconfig::ConfigError> {
    let verbose = Arg::new("verbose")
        .short('v')
        .action(ArgAction::Count)
        .help("Tell the steps of the loading; more with -vv and -vvv");
    let command = Command::new("orders")
        .about("Takes orders")
        .arg(verbose)
        .args(args::<Settings>())
        // The identity of a flag is its setting's path.
        .mut_arg("port", |flag| flag.short('p'));
    let matches = command.get_matches();

    let settings = SuperConfig::<Settings>::new()
        .with_env(None)
        .with_source(Flags::of(&matches))
        .with_verbosity(Verbosity::from_cli_args(matches.get_count("verbose")))
        .build()?;
    println!("{}", settings.report());
    Ok(())
}
