//! No lint finds anything in generated code, however strict the crate. (Also a module of the crate around it, for
//! clippy to see.)
#![deny(
    warnings,
    missing_docs,
    unreachable_pub,
    unused,
    unused_qualifications,
    missing_debug_implementations,
    missing_copy_implementations,
    single_use_lifetimes,
    trivial_casts,
    unused_results,
    non_snake_case,
    private_interfaces,
    deprecated,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic
)]

/// A module, so that visibility counts.
mod inner {
    use superconfig::SuperConfig;

    /// Private.
    #[derive(SuperConfig, Debug)]
    #[config(app = "orders", env_prefix = "ORDERS", profiles("production"))]
    pub(crate) struct Settings {
        /// Documented.
        #[config(default = 8080)]
        pub(crate) port: u16,
        /// Out of use.
        #[deprecated = "use `port`"]
        #[config(default = "a b")]
        pub(crate) old: String,
        /// A list.
        #[config(default = ["a"], merge = append)]
        pub(crate) list: Vec<String>,
        /// Nested.
        #[config(nested)]
        pub(crate) store: Option<Store>,
        /// A word.
        #[config(nested, default = Mode::Fast)]
        pub(crate) mode: Mode,
        /// By hand.
        #[config(parse_env = parse, default = 1)]
        pub(crate) level: u8,
    }

    /// Public.
    #[derive(SuperConfig, Debug)]
    #[config(tag = "kind")]
    pub(super) enum Store {
        /// In memory.
        Memory,
        /// In a file.
        File {
            /// Which.
            path: String,
        },
    }

    /// A word.
    #[derive(SuperConfig, Debug)]
    pub(super) enum Mode {
        /// One.
        Fast,
        /// Another.
        Slow,
    }

    fn parse(text: &str) -> Result<u8, std::num::ParseIntError> {
        text.parse()
    }
}

pub(crate) fn main() {
    let schema = <inner::Settings as superconfig::Config>::SCHEMA;
    assert_eq!(schema.fields().len(), 6);
}
