//! Whatever the sources say, a struct and its JSON Schema come to the same.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::same::{ENOUGH, Sources, check};
use super::settings::Settings;
use superconfig::Format;

/// Members of a document in JSON: right ones, wrong ones, and such as nobody knows.
const MEMBERS: &[&str] = &[
    r#""host": "10.0.0.1""#,
    r#""host": 5"#,
    r#""port": 81"#,
    r#""port": "81""#,
    r#""port": null"#,
    r#""listen-port": 82"#,
    r#""listen_port": 83"#,
    r#""httpPort": 70000"#,
    r#""plugins": ["a", "b"]"#,
    r#""plugins_add": ["b", "core"]"#,
    r#""plugins_remove": ["core"]"#,
    r#""steps": [3]"#,
    r#""steps_add": [1, 3]"#,
    r#""tags": ["a"]"#,
    r#""tags": [1]"#,
    r#""matrix": [[1], [256]]"#,
    r#""data_dir": null"#,
    r#""data_dir": "d""#,
    r#""ratio": 2"#,
    r#""mark": "é""#,
    r#""retries": 0"#,
    r#""wide": 340282366920938463463374607431768211455"#,
    r#""greeting": "hi""#,
    r#""labels": {"a": 1, "b": 2}"#,
    r#""labels": {"c": "x"}"#,
    r#""labels_remove": ["a", "q"]"#,
    r#""notes": {"n": null}"#,
    r#""notes": {}"#,
    r#""mode": "careful""#,
    r#""fallback": "slow""#,
    r#""database": {"url": "u", "pool": {"max": 3, "min_size": 2}}"#,
    r#""database": {"pasword": "hunter2"}"#,
    r#""upstreams": {"a": {"url": "u"}, "b": {}}"#,
    r#""servers": [{"name": "a", "httpPort": 1}, {"name": "b"}]"#,
    r#""servers_add": [{"name": "b", "httpPort": 9}]"#,
    r#""servers_remove": ["a"]"#,
    r#""levels": ["fast", "safe"]"#,
    r#""tls": {"cert": "c"}"#,
    r#""tls": {}"#,
    r#""tls": null"#,
    r#""cache": {"seconds": 5}"#,
    r#""cache": {"path": "p"}"#,
    r#""store": {"kind": "disk", "path": "p"}"#,
    r#""store": {"kind": "s3", "bucket": "b", "path": "x"}"#,
    r#""store": {"copies": 3}"#,
    r#""tree": {"name": "a", "children": [{"name": "b"}]}"#,
    r#""log_level": "debug""#,
    r#""production": {"port": 84, "plugins_add": ["p"]}"#,
    r#""profile": {"development": {"tls": {"strict": false}}}"#,
    r#""default": {"limit": 1}"#,
    r#""unknown": 1"#,
];

const VARIABLES: &[(&str, &str)] = &[
    ("ORDERS_PORT", "90"),
    ("PORT", "91"),
    ("ORDERS_PORT", ""),
    ("ORDERS_LIMIT", "x"),
    ("ORDERS_PLUGINS", "x,y"),
    ("ORDERS_PLUGINS_ADD", "z"),
    ("ORDERS_STEPS", "4;5"),
    ("ORDERS_LABELS_A", "9"),
    ("ORDERS_LABELS", "{\"z\": 1}"),
    ("ORDERS_NOTES_N", ""),
    ("ORDERS_DATABASE_POOL_MAX", "300"),
    ("ORDERS_SERVERS_0_HTTP_PORT", "7"),
    ("ORDERS_UPSTREAMS_A_RETRIES", "8"),
    ("ORDERS_STORE_KIND", "memory"),
    ("ORDERS_STORE_PATH", "q"),
    ("ORDERS_TLS_STRICT", "off"),
    ("ORDERS_TLS", ""),
    ("ORDERS_VERSION", "007"),
    ("ORDERS_PROT", "1"),
];

fn document() -> impl Strategy<Value = String> {
    vec(select(MEMBERS), 0..6).prop_map(|members| format!("{{{}}}", members.join(", ")))
}

fn sources() -> impl Strategy<Value = Sources> {
    let profile = option::of(select(&["production", "development", "staging"][..]));
    let variables = vec(select(VARIABLES), 0..4);
    (any::<bool>(), vec(document(), 0..3), variables, profile, any::<bool>()).prop_map(
        |(enough, documents, variables, profile, strict)| {
            let first = if enough { Sources::toml(ENOUGH) } else { Sources::default() };
            let mut sources =
                documents.iter().fold(first, |sources, text| sources.and(Format::Json, text));
            for (name, value) in variables {
                sources = sources.variable(name, value);
            }
            Sources { profile: profile.map(str::to_owned), strict, ..sources }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_struct_and_its_json_schema_come_to_the_same(sources in sources()) {
        check::<Settings>(&sources);
    }
}
