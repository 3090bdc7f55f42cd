//! A struct whose parts come through a macro of the user's.
#![allow(dead_code)]

use superconfig::{Config, SuperConfig};

macro_rules! settings {
    ($name:ident: $prefix:literal { $($field:ident: $ty:ty = $default:expr, $key:literal;)* }) => {
        #[derive(SuperConfig)]
        #[config(env_prefix = $prefix)]
        struct $name {
            $(
                #[config(default = $default, rename = $key)]
                $field: $ty,
            )*
        }
    };
}

settings!(Settings: "ORDERS" {
    port: u16 = 8080, "the-port";
    levels: Vec<u8> = [1, 2], "the-levels";
    name: Option<String> = "x", "the-name";
    offset: i8 = -5, "the-offset";
    made: String = String::new(), "made";
});

fn main() {
    let fields = Settings::SCHEMA.fields();
    assert_eq!(fields[0].name, "the-port");
    assert_eq!(fields[3].default, Some("-5"));
    assert!(fields[2].optional);
    assert!(matches!(fields[1].kind, superconfig::schema::Kind::List));
}
