//! Where a report says that something stands, where that is not plain.
#![allow(missing_docs)]

use superconfig::{Config, Format, SuperConfig};
use superconfig_tests::errors;

#[derive(SuperConfig, Debug)]
struct Server {
    name: String,
    #[config(default = 1, validate = small)]
    port: u16,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what `validate` asks for
fn small(port: &u16) -> Result<(), String> {
    if *port > 5 { Err("too large".to_owned()) } else { Ok(()) }
}

#[derive(SuperConfig, Debug)]
struct Settings {
    #[config(nested, merge_by = name)]
    keyed: Vec<Server>,
    #[config(nested, merge = append)]
    appended: Vec<Server>,
    #[config(nested)]
    replaced: Vec<Server>,
}

fn two<T: Config>(list: &str, second: &str) -> SuperConfig<T> {
    let server = |name: &str, port: u8| format!("[[{list}]]\nname = '{name}'\nport = {port}\n");
    let text = if second.is_empty() { String::new() } else { server(second, 2) };
    SuperConfig::new().with_named_text("one.toml", Format::Toml, server("a", 9)).with_named_text(
        "two.toml",
        Format::Toml,
        text,
    )
}

#[test]
fn an_element_of_an_assembled_list_is_not_looked_for_in_another_source() {
    for list in ["keyed", "appended"] {
        let problems = errors(two::<Settings>(list, "b"));
        assert_eq!(problems, [format!("SC0106 `{list}[0].port`: too large")]);
    }
    for list in ["keyed", "appended", "replaced"] {
        let problems = errors(two::<Settings>(list, ""));
        assert_eq!(problems, [format!("SC0106 one.toml:3:8: `{list}[0].port`: too large")]);
    }
}
