//! Names of the prelude, of the runtime and of the generated code mean something else here.
#![allow(dead_code, unused_macros, non_camel_case_types, non_snake_case, non_upper_case_globals)]

use superconfig::SuperConfig;

struct Result;
struct Option;
struct Vec;
struct String;
struct Box;
struct Default;
struct Some;
struct None;
struct Ok;
struct Err;
struct Leaf;
struct Field;
struct Kind;
struct Send;
struct Sync;
struct Place;
struct Record;
struct __sc;
struct core;
struct PhantomData;

mod std {}
mod superconfig_private {}

macro_rules! vec {
    () => {
        compile_error!("not this one")
    };
}

const index: usize = 7;
const value: usize = 7;
const cx: usize = 7;
const v0: usize = 7;
static later: usize = 7;

/// Every name that the runtime has too.
#[derive(SuperConfig)]
struct Layer {
    #[config(nested)]
    config: Config,
    #[config(nested)]
    schema: ::std::option::Option<Schema>,
    #[config(nested)]
    slots: ::std::vec::Vec<Slot>,
    // Constants of the user's, not variables of ours.
    #[config(default = index + value + cx + v0 + later)]
    sum: usize,
}

#[derive(SuperConfig)]
struct Config {
    #[config(default = "x", validate = check)]
    value: ::std::string::String,
    #[config(default)]
    index: ::std::option::Option<usize>,
    #[config(default)]
    cx: u8,
    #[config(default)]
    later: u8,
    #[config(default)]
    v0: u8,
    #[config(default)]
    __sc: u8,
}

#[derive(SuperConfig)]
#[config(tag = "tag")]
enum Schema {
    Some { value: u8, cx: u8, hidden: u8 },
    None,
    Keyword(Slot),
    Default,
}

#[derive(SuperConfig)]
struct Slot {
    #[config(default = ["a"])]
    list: ::std::vec::Vec<::std::string::String>,
}

fn check(_: &str) -> ::std::result::Result<(), ::std::string::String> {
    ::std::result::Result::Ok(())
}

fn main() {
    ::std::assert_eq!(<Layer as superconfig::Config>::SCHEMA.name, "Layer");
}
