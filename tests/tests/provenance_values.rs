//! What `to_value` and `to_string_in` make of values of every kind.
#![allow(missing_docs)]

use std::collections::BTreeMap;

use superconfig::{Effective, Format, SuperConfig};

#[derive(SuperConfig, Debug)]
#[allow(dead_code)]
struct Pool {
    #[config(default = 10)]
    max: u32,
    #[config(default)]
    idle: bool,
}

#[derive(SuperConfig, Debug)]
struct Odd {
    #[config(default)]
    ratio: f64,
    #[config(default = 1)]
    big: u128,
    at: Option<toml::value::Datetime>,
    #[config(default)]
    by_mode: BTreeMap<String, Option<u8>>,
    #[config(whole, default)]
    tags: Vec<u8>,
    #[config(nested, default = Pool { max: 3, idle: true })]
    pool: Pool,
    #[config(default)]
    text: String,
    extra: Option<serde_json::Value>,
}

#[test]
fn values_of_every_kind_are_told() {
    let text = "ratio = inf\nat = 2026-01-02T03:04:05Z\ntags = [1]\ntext = \"a\\u0007\\t\\\"\"\n\
                [by_mode]\n'1 a' = 1\n[extra]\ndeep = [{a = 1.5}, true]\n";
    let big = format!(r#"{{"big": {}}}"#, u128::MAX);
    let config = || {
        SuperConfig::<Odd>::new()
            .with_text(Format::Toml, text)
            .with_text(Format::Json, big.clone())
            .with_text(Format::Yaml, "by_mode: {2: null}")
    };
    let handle = config().build().unwrap();
    let value = handle.to_value();
    assert_eq!(value.get("ratio").unwrap().value(), &Effective::Float(f64::INFINITY));
    assert_eq!(value.get("big").unwrap().value(), &Effective::Huge(u128::MAX.to_string()));
    assert_eq!(
        value.get("at").unwrap().value(),
        &Effective::Datetime("2026-01-02T03:04:05Z".to_owned())
    );
    assert_eq!(value.get("by_mode").unwrap().to_string(), r#"{"1 a":1,"2":null}"#);
    assert_eq!(value.get("extra.deep[0].a").unwrap().to_string(), "1.5");
    assert_eq!(handle.origin("extra.deep[0].a"), handle.origin("extra"));
    assert!(handle.explain("extra.deep").is_ok(), "a part of a value that is one");
    // The default of the struct around it counts, and only the program knows it.
    assert_eq!(value.get("pool").unwrap().to_string(), "Pool { max:3, idle:true }");
    let changed = config().with_override("pool.max", 4).build().unwrap().to_value();
    assert_eq!(changed.get("pool.max").unwrap().to_string(), "4");
    assert_eq!(changed.get("pool.idle").unwrap().to_string(), "Pool { max:3, idle:true }");
    let same = |format: Format| {
        let text = value.to_string_in(format);
        let again = SuperConfig::<Odd>::new().with_text(format, text.clone()).build();
        let again = again.unwrap_or_else(|error| panic!("{error:#}\n{text}"));
        assert_eq!(again.get().text, handle.get().text, "{text}");
        assert_eq!(again.get().ratio.to_bits(), handle.get().ratio.to_bits(), "{text}");
    };
    same(Format::Toml);
    same(Format::Yaml);
    assert!(value.to_string_in(Format::Json).contains("\"ratio\": \"inf\""));
}
