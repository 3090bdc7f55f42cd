//! Names that are keywords are written raw in Rust and plain everywhere else.
#![allow(dead_code, non_camel_case_types)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct r#struct {
    r#type: String,
    r#fn: Option<u8>,
    #[config(default = ["a"])]
    r#match: Vec<String>,
    #[config(nested)]
    r#enum: r#enum,
    #[config(nested, merge_by = r#in)]
    r#for: Vec<Loop>,
    self_: u8,
    async_: u8,
}

#[derive(SuperConfig)]
#[config(tag = "type")]
enum r#enum {
    r#loop { r#in: u8 },
    r#break,
    r#continue(Loop),
}

#[derive(SuperConfig)]
struct Loop {
    r#in: String,
}

fn main() {
    let schema = <r#struct as superconfig::Config>::SCHEMA;
    assert_eq!(schema.name, "struct");
    assert_eq!(schema.fields()[0].name, "type");
    assert_eq!(schema.fields()[0].env, "TYPE");
    assert_eq!(<r#enum as superconfig::Config>::SCHEMA.words(), ["loop", "break", "continue"]);
}
