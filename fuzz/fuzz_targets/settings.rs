//! A configuration with a place of every kind. Its keys are short, so that a fuzzer finds them.

use std::collections::{BTreeMap, BTreeSet};

use superconfig::SuperConfig;

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "A", profiles("p", "q"))]
pub struct Settings {
    #[config(default)]
    pub n: u8,
    #[config(default)]
    pub f: f64,
    #[config(default)]
    pub b: bool,
    pub s: Option<String>,
    #[config(default)]
    pub l: Vec<String>,
    #[config(default)]
    pub t: BTreeSet<i64>,
    #[config(default)]
    pub m: BTreeMap<String, u32>,
    #[config(nested)]
    pub i: Inner,
    #[config(nested)]
    pub o: Option<Inner>,
    #[config(nested)]
    pub v: Vec<Inner>,
    #[config(nested, merge_by = k)]
    pub w: Vec<Keyed>,
    #[config(nested)]
    pub d: BTreeMap<String, Inner>,
    #[config(nested)]
    pub e: Option<Choice>,
    pub x: Option<Foreign>,
    #[config(flatten)]
    pub g: Flat,
    pub date: Option<toml::value::Datetime>,
}

#[derive(SuperConfig, Debug)]
pub struct Inner {
    #[config(default)]
    pub n: i32,
    #[config(default, alias = "aa", deprecated_alias = "ab")]
    pub a_b: String,
}

#[derive(SuperConfig, Debug)]
pub struct Keyed {
    pub k: String,
    pub n: Option<u64>,
}

#[derive(SuperConfig, Debug)]
#[config(tag = "k")]
pub enum Choice {
    #[config(rename = "a")]
    A { n: u8 },
    #[config(rename = "b")]
    B { n: String, o: Option<bool> },
    #[config(rename = "c")]
    C,
}

#[derive(SuperConfig, Debug)]
pub struct Flat {
    pub h: Option<char>,
    pub j: Option<Vec<u16>>,
}

#[derive(serde::Deserialize, Debug)]
#[allow(dead_code)] // that it is read is what counts
pub enum Foreign {
    Unit,
    One(u8),
    Many { a: Vec<i64>, b: Option<String> },
}
