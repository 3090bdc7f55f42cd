//! Any text in any format: no panic, and both ways of reading it agree.
#![no_main]

mod settings;

use libfuzzer_sys::fuzz_target;
use settings::Settings;
use superconfig::{Format, SuperConfig};

const NOTHING: [(&str, &str); 0] = [];

fuzz_target!(|input: (u8, &str)| {
    let (choice, text) = input;
    let format = Format::ALL[usize::from(choice) % Format::ALL.len()];
    let load = || {
        let config = SuperConfig::<Settings>::new().with_env_vars(NOTHING).with_text(format, text);
        if choice >= 128 { config.select_profile("p") } else { config }
    };
    let fast = load().extract();
    let tree = load().by_tree().extract();
    match (fast, tree) {
        // `NaN` is not equal to itself, but it is written alike.
        (Ok(fast), Ok(tree)) => assert_eq!(format!("{fast:?}"), format!("{tree:?}")),
        (Err(fast), Err(tree)) => assert_eq!(fast.to_string(), tree.to_string()),
        (fast, tree) => panic!("the ways disagree: {fast:?} and {tree:?}"),
    }
});
