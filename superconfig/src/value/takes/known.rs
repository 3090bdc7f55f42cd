//! Types of the standard library that a JSON Schema names, or that take what it says.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8,
    NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize,
};
use std::path::PathBuf;

use serde::de::DeserializeOwned;

use crate::decode::{Fault, FaultKind, Found, Reader};
use crate::layer::{ByType, Decode};
use crate::value::Value;

/// A type that reads its values itself.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(super) read: fn(Reader<'_>) -> Result<Value, Fault>,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A value of such a type, as a value without a type.
trait Plain: DeserializeOwned + 'static {
    fn plain(self) -> Result<Value, Fault>;
}

fn read<T: Plain>(reader: Reader<'_>) -> Result<Value, Fault> {
    <ByType as Decode<T>>::decode(reader).and_then(T::plain)
}

macro_rules! known {
    ($($type:ident: $value:ident => $plain:expr;)*) => {
        const KNOWN: &[Known] = &[$(Known { name: stringify!($type), read: read::<$type> }),*];
        $(impl Plain for $type {
            fn plain(self) -> Result<Value, Fault> {
                let $value = self;
                $plain
            }
        })*
    };
}

known! {
    bool: value => Ok(value.into());
    u8: value => integer(value);
    u16: value => integer(value);
    u32: value => integer(value);
    u64: value => integer(value);
    u128: value => integer(value);
    usize: value => integer(value);
    i8: value => integer(value);
    i16: value => integer(value);
    i32: value => integer(value);
    i64: value => integer(value);
    i128: value => integer(value);
    isize: value => integer(value);
    NonZeroU8: value => integer(value.get());
    NonZeroU16: value => integer(value.get());
    NonZeroU32: value => integer(value.get());
    NonZeroU64: value => integer(value.get());
    NonZeroU128: value => integer(value.get());
    NonZeroUsize: value => integer(value.get());
    NonZeroI8: value => integer(value.get());
    NonZeroI16: value => integer(value.get());
    NonZeroI32: value => integer(value.get());
    NonZeroI64: value => integer(value.get());
    NonZeroI128: value => integer(value.get());
    NonZeroIsize: value => integer(value.get());
    f64: value => Ok(value.into());
    char: value => Ok(value.to_string().into());
    String: value => Ok(value.into());
    PathBuf: value => Ok(value.to_string_lossy().into_owned().into());
    IpAddr: value => Ok(value.to_string().into());
    Ipv4Addr: value => Ok(value.to_string().into());
    Ipv6Addr: value => Ok(value.to_string().into());
    SocketAddr: value => Ok(value.to_string().into());
    SocketAddrV4: value => Ok(value.to_string().into());
    SocketAddrV6: value => Ok(value.to_string().into());
}

/// A [`Value`] holds what `i128` does.
fn integer<T: TryInto<i128> + ToString + Copy>(value: T) -> Result<Value, Fault> {
    value.try_into().map(Value::Integer).map_err(|_| {
        let expected = format!("an integer from {} to {}", i128::MIN, i128::MAX);
        let found = Found::value("the integer", value.to_string());
        Fault::new(FaultKind::Range { expected, found })
    })
}

impl Known {
    /// The type of this name.
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        KNOWN.iter().find(|known| known.name == name)
    }

    pub(super) fn is_path(&self) -> bool {
        self.name == "PathBuf"
    }

    /// Whether its values are strings.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.name, "char" | "String" | "PathBuf") || self.name.ends_with("Addr")
    }

    /// What it takes, in the words of an error message.
    pub(super) fn words(&self) -> &'static str {
        match self.name {
            "bool" => "a boolean",
            "f64" => "a number",
            "char" => "a single character",
            "String" => "a string",
            "PathBuf" => "a path (a string)",
            name if name.starts_with("Socket") => "an IP address with a port",
            name if name.contains("Addr") => "an IP address",
            _ => "an integer",
        }
    }
}
