//! A list through four sources: two files, variables and arguments.
//!
//! `cargo run --example lists`, or with changes of one's own:
//! `cargo run --example lists -- --set plugins_remove=core`.

use superconfig::{ConfigError, SuperConfig};

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    /// `plugins` replaces what came before, `plugins_add` appends what is not there yet,
    /// `plugins_remove` takes away.
    #[config(default = ["core"])]
    plugins: Vec<String>,
}

/// Adds a source to those before it.
type Step = fn(SuperConfig<Settings>) -> SuperConfig<Settings>;

const STEPS: [(&str, Step); 5] = [
    ("the declared default", |sources| sources),
    ("config.toml: plugins = [\"core\", \"http\", \"metrics\"]", |sources| {
        sources.with_file("config.toml")
    }),
    ("local.yaml: plugins_add: [tracing, http]", |sources| sources.with_file_opt("local.yaml")),
    ("ORDERS_PLUGINS_ADD=audit,cache ORDERS_PLUGINS_REMOVE=metrics", |sources| {
        sources.with_env_vars([
            ("ORDERS_PLUGINS_ADD", "audit,cache"),
            ("ORDERS_PLUGINS_REMOVE", "metrics"),
        ])
    }),
    ("the arguments", |sources| sources.with_args(arguments())),
];

/// Those of the command line, or two that show what arguments can do.
fn arguments() -> Vec<String> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if given.is_empty() {
        ["--set", "plugins_remove=cache", "--set", "plugins_add=auth"].map(String::from).to_vec()
    } else {
        given
    }
}

fn main() -> Result<(), ConfigError> {
    for count in 1..=STEPS.len() {
        let (name, _) = STEPS[count - 1];
        let sources = SuperConfig::<Settings>::new()
            .with_directory(concat!(env!("CARGO_MANIFEST_DIR"), "/lists"));
        let sources = STEPS[..count].iter().fold(sources, |sources, (_, step)| step(sources));
        println!("{name}\n    {:?}", sources.extract()?.plugins);
    }
    println!("the arguments were {:?}", arguments().join(" "));
    Ok(())
}
