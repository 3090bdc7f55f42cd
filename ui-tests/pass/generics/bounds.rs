//! Type parameters, constants, where clauses; as values, in lists and maps, as nested types.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fmt::Debug;

use superconfig::{Config, SuperConfig};

#[derive(SuperConfig, Debug, Clone, Default)]
struct Limit<T> {
    #[config(default)]
    soft: T,
    hard: Option<T>,
    steps: Vec<T>,
    named: BTreeMap<String, T>,
}

#[derive(SuperConfig)]
#[config(rename_all = "kebab-case", validate = check)]
struct Service<T: Debug, const N: usize>
where
    T: Clone + Default,
{
    #[config(nested)]
    inner: T,
    #[config(nested)]
    maybe: Option<T>,
    #[config(nested)]
    list: Vec<T>,
    #[config(nested)]
    by_name: BTreeMap<String, T>,
    #[config(skip, default = [0; N])]
    array: [u8; N],
    #[config(nested, default = T::default())]
    made: T,
    #[config(with = by_hand, parse_env = parse)]
    number: u8,
}

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store<A, B> {
    One(A),
    Two { b: B, c: u8 },
    Three,
}

#[derive(SuperConfig)]
struct Tree<T> {
    value: T,
    #[config(nested)]
    children: Vec<Tree<T>>,
}

#[derive(SuperConfig, Debug, Clone, Default)]
struct Leaf {
    name: String,
}

fn check<T: Clone + Debug + Default, const N: usize>(_: &Service<T, N>) -> Result<(), String> {
    Ok(())
}

fn parse(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

mod by_hand {
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        u8::deserialize(deserializer)
    }
}

fn needs_config<T: Config>() -> usize {
    T::SCHEMA.fields().len()
}

fn main() {
    assert_eq!(needs_config::<Limit<u16>>(), 4);
    assert_eq!(needs_config::<Service<Leaf, 3>>(), 7);
    assert_eq!(needs_config::<Store<Leaf, String>>(), 0);
    assert_eq!(needs_config::<Service<Limit<String>, 0>>(), 7);
    assert_eq!(needs_config::<Tree<u8>>(), 2);
}
