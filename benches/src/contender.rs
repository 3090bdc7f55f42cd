//! How each contender loads a workload.
//!
//! | contender | does |
//! | --- | --- |
//! | `superconfig` | `with_file` for each file, `with_env`, `extract` |
//! | `by hand` | F1, what all are compared with: `read_to_string`, serde into structs of options, merged by hand, `var_os` for each name |
//! | `round trips` | the same structs to a `Value`, merged with the next file's `Value`, and back, for each file |
//! | the peers | as their documentation says |
//! | `parser alone` | the events of the YAML parser that we use, and nothing else |

use std::fs;
use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::declare::ByHand;
use crate::workload::{Format, Input};
use crate::{large, medium, small};

/// Loads, and shows the result for comparison.
type Shown = dyn Fn(&Input) -> Option<Value>;

/// One way to load a workload.
pub struct Contender {
    /// Its name in tables.
    pub name: &'static str,
    load: Box<dyn Fn(&Input)>,
    shown: Box<Shown>,
}

impl Contender {
    fn new<T: Serialize + 'static>(name: &'static str, load: fn(&Input) -> T) -> Self {
        Self {
            name,
            load: Box::new(move |input| drop(black_box(load(black_box(input))))),
            shown: Box::new(move |input| serde_json::to_value(load(input)).ok()),
        }
    }

    /// Does the job and drops the result.
    pub fn load(&self, input: &Input) {
        (self.load)(input);
    }

    /// Does the job and shows the result, so that it can be compared. A floor has none.
    pub fn shown(&self, input: &Input) -> Option<Value> {
        (self.shown)(input).filter(|value| !value.is_null())
    }
}

/// Everybody who can read the format; the first is what the others are compared with.
pub fn contenders(input: &Input) -> Vec<Contender> {
    macro_rules! of {
        ($settings:ident) => {
            vec![
                Contender::new("superconfig", ours::<$settings::ours::Settings>),
                Contender::new("by hand", hand_written::<$settings::by_hand::Settings>),
                Contender::new("round trips", round_trips::<$settings::by_hand::Settings>),
                Contender::new("confique", confique::<$settings::by_confique::Settings>),
                Contender::new("schematic", schematic::<$settings::by_schematic::Settings>),
                Contender::new("figment", figment::<$settings::plain::Settings>),
                Contender::new("config", config::<$settings::plain::Settings>),
                Contender::new("conf", conf::<$settings::by_conf::Settings>),
                Contender::new("parser alone", parser_alone),
            ]
        };
    }
    let mut all = match input.workload.name {
        "S" => of!(small),
        "M" => of!(medium),
        _ => of!(large),
    };
    all.retain(|contender| match (contender.name, input.format) {
        // It has no JSON of its own.
        ("confique", format) => format != Format::Json,
        // Both stand for what one writes without a library, which is in TOML and JSON.
        ("by hand" | "round trips" | "conf", format) => format != Format::Yaml,
        ("parser alone", format) => format == Format::Yaml,
        _ => true,
    });
    all
}

/// F1: what everything is compared with, in all formats.
pub fn floor(workload: &str) -> Contender {
    match workload {
        "S" => Contender::new("by hand", hand_written::<small::by_hand::Settings>),
        "M" => Contender::new("by hand", hand_written::<medium::by_hand::Settings>),
        _ => Contender::new("by hand", hand_written::<large::by_hand::Settings>),
    }
}

fn ours<T: superconfig::Config>(input: &Input) -> T {
    let mut builder = superconfig::SuperConfig::<T>::new();
    for file in &input.files {
        builder = builder.with_file(file);
    }
    builder.with_env("APP_").extract().expect("superconfig loads it")
}

fn parse<T: DeserializeOwned>(format: Format, text: &str) -> T {
    match format {
        Format::Toml => toml::from_str(text).expect("toml reads it"),
        Format::Json => serde_json::from_str(text).expect("serde_json reads it"),
        Format::Yaml => unreachable!("nobody reads YAML by hand here"),
    }
}

fn hand_written<T: ByHand + DeserializeOwned>(input: &Input) -> T::Finished {
    let mut all = T::default();
    for file in &input.files {
        let text = fs::read_to_string(file).expect("the file is there");
        all.overlay(parse(input.format, &text));
    }
    all.variables();
    all.finish().expect("nothing is missing")
}

fn round_trips<T: ByHand + Serialize + DeserializeOwned>(input: &Input) -> T::Finished {
    let mut all = T::default();
    for file in &input.files {
        let text = fs::read_to_string(file).expect("the file is there");
        let mut value = serde_json::to_value(&all).expect("settings are JSON");
        merge(&mut value, parse(input.format, &text));
        all = serde_json::from_value(value).expect("the values fit");
    }
    all.variables();
    all.finish().expect("nothing is missing")
}

fn merge(earlier: &mut Value, later: Value) {
    match (earlier, later) {
        (Value::Object(earlier), Value::Object(later)) => {
            for (key, value) in later {
                merge(earlier.entry(key).or_insert(Value::Null), value);
            }
        }
        (earlier, later) => *earlier = later,
    }
}

fn figment<T: DeserializeOwned>(input: &Input) -> T {
    use figment::Figment;
    use figment::providers::{Env, Format as _, Json, Serialized, Toml, Yaml};
    let mut figment = Figment::new();
    for (key, value) in input.workload.numbers {
        figment = figment.merge(Serialized::default(key, value));
    }
    for (key, value) in input.workload.flags {
        figment = figment.merge(Serialized::default(key, value));
    }
    for file in &input.files {
        figment = match input.format {
            Format::Toml => figment.merge(Toml::file_exact(file)),
            Format::Json => figment.merge(Json::file_exact(file)),
            Format::Yaml => figment.merge(Yaml::file_exact(file)),
        };
    }
    figment.merge(Env::prefixed("APP_").split("__")).extract().expect("figment loads it")
}

fn config<T: DeserializeOwned>(input: &Input) -> T {
    use config::{Config, Environment, File, FileFormat};
    let format = match input.format {
        Format::Toml => FileFormat::Toml,
        Format::Json => FileFormat::Json,
        Format::Yaml => FileFormat::Yaml,
    };
    let mut builder = Config::builder();
    for (key, value) in input.workload.numbers {
        builder = builder.set_default(*key, *value).expect("a path");
    }
    for (key, value) in input.workload.flags {
        builder = builder.set_default(*key, *value).expect("a path");
    }
    for file in &input.files {
        builder = builder.add_source(File::from(file.as_path()).format(format));
    }
    let variables = Environment::with_prefix("APP").prefix_separator("_").separator("__");
    let built = builder.add_source(variables.try_parsing(true)).build();
    built.and_then(Config::try_deserialize).expect("config loads it")
}

fn confique<T: confique::Config>(input: &Input) -> T {
    let mut builder = T::builder().env();
    // Its first source has the highest priority.
    for file in input.files.iter().rev() {
        builder = builder.file(file);
    }
    builder.load().expect("confique loads it")
}

fn schematic<T: schematic::Config>(input: &Input) -> T {
    let mut loader = schematic::ConfigLoader::<T>::new();
    for file in &input.files {
        loader.file(file.as_path()).expect("a known extension");
    }
    loader.load().expect("schematic loads it").config
}

/// It takes one document, so the files are merged as values first.
fn conf<T: conf::ConfSerde>(input: &Input) -> T {
    let mut document = Value::Object(serde_json::Map::new());
    for file in &input.files {
        let text = fs::read_to_string(file).expect("the file is there");
        merge(&mut document, parse(input.format, &text));
    }
    T::conf_builder()
        .args(["bench"])
        .doc("files", document)
        .try_parse()
        .unwrap_or_else(|error| panic!("conf loads it: {error}"))
}

fn parser_alone(input: &Input) {
    for file in &input.files {
        let text = fs::read_to_string(file).expect("the file is there");
        let events = granit_parser::Parser::new_from_str(&text);
        assert!(black_box(events.into_iter().count()) > 0);
    }
}
