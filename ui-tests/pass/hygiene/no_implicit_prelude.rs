//! Nothing is taken from the prelude.
#![no_implicit_prelude]

#[derive(::superconfig::SuperConfig)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("production"), validate = check_all)]
struct Settings {
    #[config(default = 8080, validate = check)]
    port: u16,
    #[config(default = "localhost")]
    host: ::std::string::String,
    #[config(default = "127.0.0.1")]
    ip: ::std::option::Option<::std::net::IpAddr>,
    #[config(default = 5)]
    level: ::std::option::Option<u8>,
    #[config(default = ["a"], merge = append)]
    tags: ::std::vec::Vec<::std::string::String>,
    #[config(default = [1, 2])]
    numbers: ::std::collections::BTreeSet<u8>,
    labels: ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<u8>>,
    #[config(parse_env = parse, secret)]
    pin: u8,
    #[config(nested)]
    inner: Inner,
    #[config(nested, merge_by = name)]
    list: ::std::vec::Vec<Inner>,
    #[config(nested)]
    map: ::std::collections::HashMap<::std::string::String, Inner>,
    #[config(nested, merge = replace)]
    store: ::std::option::Option<Store>,
    #[config(nested, default = "fast")]
    mode: Mode,
    #[config(skip)]
    cache: u8,
}

#[derive(::superconfig::SuperConfig)]
struct Inner {
    name: ::std::string::String,
}

#[derive(::superconfig::SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File {
        path: ::std::path::PathBuf,
    },
    Other(Inner),
    #[config(skip)]
    Hidden,
}

#[derive(::superconfig::SuperConfig)]
#[config(rename_all = "lowercase")]
enum Mode {
    Fast,
    Slow,
}

fn check(_: &u16) -> ::std::result::Result<(), ::std::string::String> {
    ::std::result::Result::Ok(())
}

fn check_all(_: &Settings) -> ::std::result::Result<(), ::std::string::String> {
    ::std::result::Result::Ok(())
}

fn parse(text: &str) -> ::std::result::Result<u8, ::std::num::ParseIntError> {
    ::std::str::FromStr::from_str(text)
}

fn main() {
    ::std::assert_eq!(<Settings as ::superconfig::Config>::SCHEMA.fields().len(), 14);
}
