//! What serde's attributes say is honoured, ours wins over it, and both derives live on one struct.
#![allow(dead_code)]

use std::time::Duration;

use serde_derive::{Deserialize, Serialize};
use superconfig::{Config, SuperConfig};

#[derive(SuperConfig, Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Settings {
    pool_max: u32,
    #[serde(rename = "url", alias = "uri")]
    base_url: String,
    #[serde(rename(serialize = "a", deserialize = "b"))]
    #[config(rename = "c")]
    other: u8,
    #[serde(skip)]
    cache: Option<u8>,
    #[serde(flatten)]
    limits: Limits,
    #[serde(with = "seconds", skip_serializing_if = "Option::is_none")]
    timeout: Option<Duration>,
    #[config(nested)]
    store: Store,
}

#[derive(SuperConfig, Serialize, Deserialize, Default)]
struct Limits {
    #[serde(default = "many")]
    max_body: u64,
}

#[derive(SuperConfig, Serialize, Deserialize, Default)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "kebab-case")]
enum Store {
    #[default]
    InMemory,
    File {
        base_path: String,
    },
    #[serde(skip)]
    Test,
}

fn many() -> u64 {
    1024
}

mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
        Ok(Option::deserialize(from)?.map(Duration::from_secs))
    }

    pub fn serialize<S: Serializer>(value: &Option<Duration>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(value.map_or(0, |value| value.as_secs()))
    }
}

fn main() {
    let fields = Settings::SCHEMA.fields();
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    assert_eq!(names, ["poolMax", "url", "c", "", "", "timeout", "store"]);
    assert_eq!(fields[0].env, "POOL_MAX");
    assert_eq!(fields[1].aliases[0].name, "uri");
    assert!(fields[5].optional && !fields[0].required);
    assert!(Settings::SCHEMA.deny_unknown);
    assert_eq!(Limits::SCHEMA.fields()[0].default, Some("many()"));
    assert_eq!(Store::SCHEMA.words(), ["in_memory", "file"]);
}
