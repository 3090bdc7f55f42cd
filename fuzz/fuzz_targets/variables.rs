//! Any variables and arguments: no panic, and what is refused is said with its name.
#![no_main]

mod settings;

use libfuzzer_sys::fuzz_target;
use settings::Settings;
use superconfig::SuperConfig;

fuzz_target!(|input: Vec<(String, String)>| {
    let names = input.iter().map(|(name, value)| (format!("A_{name}"), value.clone()));
    let arguments = input.iter().map(|(name, value)| format!("--set={name}={value}"));
    let result = SuperConfig::<Settings>::new()
        .with_args(arguments.collect::<Vec<_>>())
        .with_env(None)
        .with_env_vars(names)
        .extract();
    if let Err(error) = result {
        assert!(!error.problems().is_empty());
        assert!(error.render().lines().count() > 1);
    }
});
