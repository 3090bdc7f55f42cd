//! Settings, declared once and written for each contender in its own manner.
//!
//! | declared | is |
//! | --- | --- |
//! | `value port: u64, "APP_PORT";` | a required value and its variable |
//! | `value port: u64, "APP_PORT" = 80;` | the same with a default |
//! | `whole tags: Vec<String>;` | a list or map that is one value; no variable sets it |
//! | `inside tls: Tls;` | a struct of settings |
//! | `each routes: Vec<Route>;` | a list or map of the structs that stand under `elements` |
//!
//! A struct has them in this order. `settings!` makes a module for each contender of it: `ours`,
//! `plain` (what serde reads, for contenders that end in `Deserialize`), `by_hand` (the floor that all
//! are compared with), `by_confique`, `by_schematic` and `by_conf`.

/// The modules of all contenders for these structs; the first struct is the root.
macro_rules! settings {
    (
        elements { $($element:ident { $($key:ident: $ty:ty),+ $(,)? })* }
        $($name:ident { $($fields:tt)* })*
    ) => {
        /// What lists and maps hold.
        pub mod element {
            #[allow(unused_imports)]
            use std::collections::BTreeMap;
            $(
                /// As serde reads it.
                #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
                pub struct $element { $(pub $key: $ty),+ }
            )*
        }
        /// `#[derive(SuperConfig)]`.
        pub mod ours {
            #[allow(unused_imports)]
            use std::collections::BTreeMap;
            $(
                #[derive(superconfig::SuperConfig, serde::Serialize)]
                pub struct $element { $(pub $key: $ty),+ }
            )*
            $(ours! { $name { $($fields)* } })*
        }
        /// `#[derive(Deserialize)]`, with everything required.
        pub mod plain {
            #[allow(unused_imports)]
            use {super::element::*, std::collections::BTreeMap};
            $(plain! { $name { $($fields)* } })*
        }
        /// Structs of options, merged and finished by hand.
        pub mod by_hand {
            #[allow(unused_imports)]
            use {super::element::*, crate::declare::ByHand, std::collections::BTreeMap};
            $(by_hand! { $name { $($fields)* } })*
        }
        /// `#[derive(confique::Config)]`.
        pub mod by_confique {
            #[allow(unused_imports)]
            use {super::element::*, std::collections::BTreeMap};
            $(by_confique! { $name { $($fields)* } })*
        }
        /// `#[derive(schematic::Config)]`.
        pub mod by_schematic {
            #[allow(unused_imports)]
            use {super::element::*, std::collections::BTreeMap};
            $(by_schematic! { $name { $($fields)* } })*
        }
        /// `#[derive(conf::Conf)]`.
        pub mod by_conf {
            #[allow(unused_imports)]
            use {super::element::*, std::collections::BTreeMap};
            $(by_conf! { $name { $($fields)* } })*
        }
    };
}

macro_rules! ours {
    ($name:ident {
        $(value $f:ident: $t:ty, $env:tt $(= $default:tt)?;)*
        $(whole $w:ident: $whole:ty;)*
        $(inside $i:ident: $inside:ty;)*
        $(each $e:ident: $each:ty;)*
    }) => {
        #[derive(superconfig::SuperConfig, serde::Serialize)]
        pub struct $name {
            $($(#[config(default = $default)])? pub $f: $t,)*
            $(pub $w: $whole,)*
            $(#[config(nested)] pub $i: $inside,)*
            $(#[config(nested)] pub $e: $each,)*
        }
    };
}

macro_rules! by_confique {
    ($name:ident {
        $(value $f:ident: $t:ty, $env:tt $(= $default:tt)?;)*
        $(whole $w:ident: $whole:ty;)*
        $(inside $i:ident: $inside:ty;)*
        $(each $e:ident: $each:ty;)*
    }) => {
        #[derive(confique::Config, serde::Serialize)]
        pub struct $name {
            $(#[config(env = $env $(, default = $default)?)] pub $f: $t,)*
            $(pub $w: $whole,)*
            $(#[config(nested)] pub $i: $inside,)*
            $(pub $e: $each,)*
        }
    };
}

// It looks into types, so these are handed on as words.
macro_rules! by_schematic {
    ($name:ident {
        $(value $f:ident: $t:ident, $env:tt $(= $default:tt)?;)*
        $(whole $w:ident: $whole:ident<$($of:ident),+>;)*
        $(inside $i:ident: $inside:ident;)*
        $(each $e:ident: $each:ident<$($item:ident),+>;)*
    }) => {
        #[derive(schematic::Config, serde::Serialize)]
        pub struct $name {
            $(#[setting(env = $env $(, default = $default)?)] pub $f: $t,)*
            $(pub $w: $whole<$($of),+>,)*
            $(#[setting(nested)] pub $i: $inside,)*
            $(pub $e: $each<$($item),+>,)*
        }
    };
}

macro_rules! by_conf {
    ($name:ident {
        $(value $f:ident: $t:ty, $env:tt $(= $default:tt)?;)*
        $(whole $w:ident: $whole:ty;)*
        $(inside $i:ident: $inside:ty;)*
        $(each $e:ident: $each:ty;)*
    }) => {
        #[derive(conf::Conf, serde::Serialize)]
        #[conf(serde)]
        pub struct $name {
            $(#[conf(parameter, env = $env $(, default($default))?)] pub $f: $t,)*
            // It wants an argument for each, which would be JSON.
            $(#[conf(parameter, long, value_parser = crate::declare::json)] pub $w: $whole,)*
            $(#[conf(flatten)] pub $i: $inside,)*
            $(#[conf(parameter, long, value_parser = crate::declare::json)] pub $e: $each,)*
        }
    };
}

macro_rules! plain {
    ($name:ident {
        $(value $f:ident: $t:ty, $env:tt $(= $default:tt)?;)*
        $(whole $w:ident: $whole:ty;)*
        $(inside $i:ident: $inside:ty;)*
        $(each $e:ident: $each:ty;)*
    }) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $(pub $f: $t,)*
            $(pub $w: $whole,)*
            $(pub $i: $inside,)*
            $(pub $e: $each,)*
        }
    };
}

macro_rules! by_hand {
    ($name:ident {
        $(value $f:ident: $t:ty, $env:tt $(= $default:tt)?;)*
        $(whole $w:ident: $whole:ty;)*
        $(inside $i:ident: $inside:ty;)*
        $(each $e:ident: $each:ty;)*
    }) => {
        #[derive(Default, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $(pub $f: Option<$t>,)*
            $(pub $w: Option<$whole>,)*
            $(pub $i: Option<$inside>,)*
            $(pub $e: Option<$each>,)*
        }

        impl ByHand for $name {
            type Finished = super::plain::$name;

            fn overlay(&mut self, later: Self) {
                $(if later.$f.is_some() { self.$f = later.$f; })*
                $(if later.$w.is_some() { self.$w = later.$w; })*
                $(match (&mut self.$i, later.$i) {
                    (Some(earlier), Some(later)) => earlier.overlay(later),
                    (earlier, Some(later)) => *earlier = Some(later),
                    _ => {}
                })*
                $(match (&mut self.$e, later.$e) {
                    (Some(earlier), Some(later)) => crate::declare::Extend::extend_by(earlier, later),
                    (earlier, Some(later)) => *earlier = Some(later),
                    _ => {}
                })*
            }

            fn variables(&mut self) {
                $(if let Some(text) = std::env::var_os($env) {
                    self.$f = text.to_str().and_then(|text| text.parse().ok());
                })*
                $(self.$i.get_or_insert_default().variables();)*
            }

            fn finish(self) -> Option<Self::Finished> {
                Some(super::plain::$name {
                    $($f: self.$f$(.or(Some($default)))??,)*
                    $($w: self.$w?,)*
                    $($i: self.$i?.finish()?,)*
                    $($e: self.$e?,)*
                })
            }
        }
    };
}

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

/// What is merged and finished by hand: one source's settings, each of which may be missing.
pub trait ByHand: Default {
    /// The settings, complete.
    type Finished;

    /// Puts a later source over this one.
    fn overlay(&mut self, later: Self);

    /// Puts the variables over this, by name.
    fn variables(&mut self);

    /// The settings, if none is missing.
    fn finish(self) -> Option<Self::Finished>;
}

/// How a later list or map of structs is put over an earlier one by hand.
pub trait Extend {
    /// A list replaces, a map replaces key by key.
    fn extend_by(&mut self, later: Self);
}

impl<T> Extend for Vec<T> {
    fn extend_by(&mut self, later: Self) {
        *self = later;
    }
}

impl<T> Extend for BTreeMap<String, T> {
    fn extend_by(&mut self, later: Self) {
        self.extend(later);
    }
}

/// What an argument for a list or map would be, for contenders that want to know.
pub fn json<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(text)
}
