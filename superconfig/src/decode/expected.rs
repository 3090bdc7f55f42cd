//! What well-known types take, in words of configuration: their own messages speak of parsing.

use std::any::TypeId;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8,
    NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize,
};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// What a type takes, and what its own message leaves out.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) what: Cow<'static, str>,
    pub(super) advice: Option<&'static str>,
}

const IP: &str = "an IP address such as 127.0.0.1 or ::1";
const IP_4: &str = "an IPv4 address such as 127.0.0.1";
const IP_6: &str = "an IPv6 address such as ::1";
const SOCKET: &str = "an IP address with a port, such as 127.0.0.1:8080 or [::1]:8080";
const SOCKET_4: &str = "an IPv4 address with a port, such as 127.0.0.1:8080";
const SOCKET_6: &str = "an IPv6 address with a port, such as [::1]:8080";
const PATH: &str = "a path (a string)";

const NAMES: &str = "names are not looked up: write the address itself, or let the field be a `String` and resolve it in the program";
const DURATION: &str = "write both keys, `{ secs = 5, nanos = 0 }` in TOML and `{\"secs\": 5, \"nanos\": 0}` in a variable; a program that would rather read \"5s\" gives the field `#[config(with = …)]`, for example `humantime_serde`";
const TIME: &str = "write both keys; a program that would rather read a date gives the field `#[config(with = …)]`";

/// What a value of this type is, where its own words are worse.
pub(super) fn value(id: TypeId) -> Option<Expected> {
    macro_rules! of {
        ($($type:ty => $what:expr, $advice:expr;)*) => {
            $(if id == TypeId::of::<$type>() {
                return Some(Expected { what: $what.into(), advice: $advice });
            })*
        };
    }
    of! {
        IpAddr => IP, Some(NAMES);
        Ipv4Addr => IP_4, Some(NAMES);
        Ipv6Addr => IP_6, Some(NAMES);
        SocketAddr => SOCKET, Some(NAMES);
        SocketAddrV4 => SOCKET_4, Some(NAMES);
        SocketAddrV6 => SOCKET_6, Some(NAMES);
        PathBuf => PATH, None;
        Duration => "a duration, which is a table of `secs` and `nanos`", Some(DURATION);
        SystemTime => "a time, which is a table of `secs_since_epoch` and `nanos_since_epoch`", Some(TIME);
    }
    non_zero(id).map(|what| Expected { what: what.into(), advice: None })
}

/// What a key of this type is: keys are texts, so numbers say what they are here.
pub(super) fn key(id: TypeId) -> Option<Cow<'static, str>> {
    macro_rules! integers {
        ($($type:ty),*) => {
            $(if id == TypeId::of::<$type>() {
                return Some(format!("an integer from {} to {}", <$type>::MIN, <$type>::MAX).into());
            })*
        };
    }
    integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
    if id == TypeId::of::<bool>() {
        return Some("true or false".into());
    }
    if id == TypeId::of::<char>() {
        return Some("a single character".into());
    }
    if id == TypeId::of::<f32>() || id == TypeId::of::<f64>() {
        return Some("a number".into());
    }
    value(id).map(|expected| expected.what)
}

fn non_zero(id: TypeId) -> Option<String> {
    macro_rules! of {
        ($($type:ty),*) => {
            $(if id == TypeId::of::<$type>() {
                let (low, high) = (<$type>::MIN.get(), <$type>::MAX.get());
                let zero = if i128::try_from(low).is_ok_and(|low| low < 0) { ", but not 0" } else { "" };
                return Some(format!("an integer from {low} to {high}{zero}"));
            })*
        };
    }
    of!(NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize);
    of!(NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize);
    None
}
