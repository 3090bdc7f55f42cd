//! Overrides: settings that the program itself gives.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use super::setting::{named, separated, text};
use super::{Loading, Piece, Setting, Source};
use crate::decode::{Key, Node, Scalar, Tree};
use crate::error::{Code, Problem, dialect};
use crate::origin::Origin;

/// A value that a program gives.
///
/// Strings are read as a variable's text is: the type of the setting says what they are. `None` is
/// an explicit `null`.
#[derive(Clone)]
pub struct OverrideValue(Result<Tree<'static>, &'static str>);

/// A value may be a secret, so only its kind is shown.
impl fmt::Debug for OverrideValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Ok(Tree { node: Node::List(_), .. }) => "OverrideValue(a list)",
            Ok(Tree { node: Node::Table(_), .. }) => "OverrideValue(a table)",
            _ => "OverrideValue(a value)",
        })
    }
}

impl From<Tree<'static>> for OverrideValue {
    fn from(tree: Tree<'static>) -> Self {
        Self(Ok(tree))
    }
}

macro_rules! integers {
    ($($int:ty)*) => { $(
        impl From<$int> for OverrideValue {
            fn from(value: $int) -> Self {
                Self(Ok(Scalar::Integer(i128::from(value)).into()))
            }
        }
    )* };
}

integers! { i8 i16 i32 i64 i128 u8 u16 u32 u64 }

impl From<u128> for OverrideValue {
    fn from(value: u128) -> Self {
        let scalar = i128::try_from(value)
            .map_or_else(|_| Scalar::Huge(Cow::Owned(value.to_string())), Scalar::Integer);
        Self(Ok(scalar.into()))
    }
}

impl From<usize> for OverrideValue {
    fn from(value: usize) -> Self {
        // No machine has words of more than 64 bits.
        Self::from(value as u64)
    }
}

impl From<isize> for OverrideValue {
    fn from(value: isize) -> Self {
        Self::from(value as i64)
    }
}

impl From<bool> for OverrideValue {
    fn from(value: bool) -> Self {
        Self(Ok(Scalar::Bool(value).into()))
    }
}

impl From<f64> for OverrideValue {
    fn from(value: f64) -> Self {
        Self(Ok(Scalar::Float(value).into()))
    }
}

/// By its shortest decimal digits: `0.1_f32` is `0.1` also for a setting of type `f64`.
impl From<f32> for OverrideValue {
    fn from(value: f32) -> Self {
        Self::from(value.to_string().parse().unwrap_or_else(|_| f64::from(value)))
    }
}

macro_rules! texts {
    ($($ty:ty)*) => { $(
        impl From<$ty> for OverrideValue {
            fn from(value: $ty) -> Self {
                Self(Ok(text(value.to_string())))
            }
        }
    )* };
}

texts! { &str &String Cow<'_, str> char IpAddr Ipv4Addr Ipv6Addr SocketAddr }

impl From<String> for OverrideValue {
    fn from(value: String) -> Self {
        Self(Ok(text(value)))
    }
}

impl From<secrecy::SecretString> for OverrideValue {
    fn from(value: secrecy::SecretString) -> Self {
        Self::from(secrecy::ExposeSecret::expose_secret(&value))
    }
}

impl From<&Path> for OverrideValue {
    fn from(value: &Path) -> Self {
        match value.to_str() {
            Some(path) => Self::from(path),
            None => Self(Err("the path is not UTF-8")),
        }
    }
}

impl From<PathBuf> for OverrideValue {
    fn from(value: PathBuf) -> Self {
        Self::from(value.as_path())
    }
}

impl<T: Into<OverrideValue>> From<Option<T>> for OverrideValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self(Ok(Scalar::Null.into())), Into::into)
    }
}

impl<T: Into<OverrideValue>> FromIterator<T> for OverrideValue {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items: Result<_, _> = items.into_iter().map(|item| item.into().0).collect();
        Self(items.map(|items| Tree::new(Node::List(items))))
    }
}

impl<T: Into<OverrideValue>> From<Vec<T>> for OverrideValue {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<OverrideValue> + Clone> From<&[T]> for OverrideValue {
    fn from(items: &[T]) -> Self {
        items.iter().cloned().collect()
    }
}

impl<T: Into<OverrideValue>, const N: usize> From<[T; N]> for OverrideValue {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

fn table<K: Into<String>, V: Into<OverrideValue>>(
    entries: impl IntoIterator<Item = (K, V)>,
) -> OverrideValue {
    let entry = |(key, value): (K, V)| {
        let key: String = key.into();
        value.into().0.map(|tree| (Key::new(key), tree))
    };
    let entries: Result<_, _> = entries.into_iter().map(entry).collect();
    OverrideValue(entries.map(|entries| Tree::new(Node::Table(entries))))
}

impl<K: Into<String>, V: Into<OverrideValue>> From<BTreeMap<K, V>> for OverrideValue {
    fn from(entries: BTreeMap<K, V>) -> Self {
        table(entries)
    }
}

impl<K: Into<String>, V: Into<OverrideValue>, S> From<HashMap<K, V, S>> for OverrideValue {
    fn from(entries: HashMap<K, V, S>) -> Self {
        table(entries)
    }
}

/// Settings that the program itself gives, by their paths.
///
/// ```
/// use superconfig::{SuperConfig, source::Overrides};
///
/// #[derive(SuperConfig)]
/// struct Settings {
///     port: u16,
///     #[config(default = ["core"])]
///     plugins: Vec<String>,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let given = Overrides::one("port", 80).with("plugins_add", ["http"]);
/// let settings = SuperConfig::<Settings>::new().with_source(given).extract()?;
/// assert_eq!(settings.port, 80);
/// assert_eq!(settings.plugins, ["core", "http"]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    given: Vec<(String, OverrideValue)>,
}

impl Overrides {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One setting. The path may end in `_add` or `_remove` for a list.
    pub fn one(path: impl Into<String>, value: impl Into<OverrideValue>) -> Self {
        Self::new().with(path, value)
    }

    /// One more. The path may end in `_add` or `_remove` for a list.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, value: impl Into<OverrideValue>) -> Self {
        self.given.push((path.into(), value.into()));
        self
    }
}

impl Source for Overrides {
    fn name(&self) -> String {
        let paths: Vec<_> = self.given.iter().map(|(path, _)| &**path).collect();
        format!("the override of {}", paths.join(", "))
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let mut settings = Vec::new();
        for (path, value) in &self.given {
            let named = named(loading.schema, path);
            if named.path.is_empty() {
                let example = dialect::call("with_override", "\"database.pool.max\", 32");
                loading.problem(
                    Problem::new(Code::BadOverride, "an override has an empty path")
                        .from(Origin::Override)
                        .help(format!("name a setting: {example}")),
                );
                continue;
            }
            match &value.0 {
                Ok(tree) => settings.push(Setting {
                    path: named.path,
                    op: named.op,
                    tree: separated(tree.clone(), named.field),
                    origin: Origin::Override,
                }),
                Err(message) => loading.problem(
                    Problem::new(Code::BadOverride, *message).at(named.path).from(Origin::Override),
                ),
            }
        }
        if !settings.is_empty() {
            loading.pieces.push(Piece::Settings(settings));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::World;
    use super::*;

    fn scalar(value: impl Into<OverrideValue>) -> Scalar<'static> {
        match value.into().0.expect("a value").node {
            Node::Scalar(scalar) => scalar,
            other => panic!("not a scalar: {other:?}"),
        }
    }

    #[test]
    fn values_keep_what_they_are() {
        assert_eq!(scalar(32), Scalar::Integer(32));
        assert_eq!(scalar(u64::MAX), Scalar::Integer(u64::MAX.into()));
        assert_eq!(scalar(u128::MAX), Scalar::Huge(u128::MAX.to_string().into()));
        assert_eq!(scalar(7_usize), Scalar::Integer(7));
        assert_eq!(scalar(true), Scalar::Bool(true));
        assert_eq!(scalar(0.1_f32), Scalar::Float(0.1));
        assert_eq!(scalar("9000"), Scalar::text("9000", ","));
        assert_eq!(scalar('c'), Scalar::text("c", ","));
        assert_eq!(scalar(Path::new("/x")), Scalar::text("/x", ","));
        assert_eq!(scalar(None::<u8>), Scalar::Null);
        assert_eq!(scalar(Some("a")), Scalar::text("a", ","));
        for list in
            [OverrideValue::from(vec!["a", "b"]), ["a", "b"].into(), (&["a", "b"][..]).into()]
        {
            let tree = list.0.expect("a list");
            assert!(matches!(&tree.node, Node::List(items) if items.len() == 2), "{tree:?}");
        }
        let tree = OverrideValue::from(BTreeMap::from([("a", 1)])).0.expect("a table");
        assert!(tree.get("a").is_some());
    }

    #[test]
    fn signed_words_addresses_and_secrets_are_values_too() {
        assert_eq!(scalar(-7_isize), Scalar::Integer(-7));
        assert_eq!(scalar(7_u128), Scalar::Integer(7));
        assert_eq!(scalar(0.25_f64), Scalar::Float(0.25));
        assert_eq!(scalar(IpAddr::from([127, 0, 0, 1])), Scalar::text("127.0.0.1", ","));
        assert_eq!(scalar(Ipv6Addr::LOCALHOST), Scalar::text("::1", ","));
        assert_eq!(scalar(secrecy::SecretString::from("hunter2")), Scalar::text("hunter2", ","));
        assert_eq!(scalar(Tree::from(Scalar::Bool(true))), Scalar::Bool(true));
        let tree = OverrideValue::from(HashMap::from([("a", 1)])).0.expect("a table");
        assert!(matches!(tree.get("a"), Some(Tree { node: Node::Scalar(Scalar::Integer(1)), .. })));
    }

    #[test]
    fn only_the_kind_of_a_value_is_shown() {
        let shown = |value: OverrideValue| format!("{value:?}");
        assert_eq!(shown("hunter2".into()), "OverrideValue(a value)");
        assert_eq!(shown(vec!["hunter2"].into()), "OverrideValue(a list)");
        let table = BTreeMap::from([("password", "hunter2")]);
        assert_eq!(shown(table.into()), "OverrideValue(a table)");
    }

    #[test]
    fn a_source_of_overrides_is_known_by_their_paths() {
        assert_eq!(Overrides::one("port", 1).name(), "the override of port");
        let two = Overrides::one("port", 1).with("pool.max", 2);
        assert_eq!(two.name(), "the override of port, pool.max");
    }

    #[test]
    fn overrides_are_settings_with_their_path() {
        let overrides =
            Overrides::new().with("database.url", "x").with("plugins_add", "a;b").with("", 1);
        let world = World::new().load(&overrides);
        let paths: Vec<_> = world.settings().map(|s| (s.path.to_string(), s.op.suffix())).collect();
        assert_eq!(paths, [("database.url".to_owned(), ""), ("plugins".to_owned(), "_add")]);
        assert_eq!(world.problem().code, Code::BadOverride);
        assert_eq!(world.problem().message, "an override has an empty path");
    }

    #[test]
    fn a_value_is_never_in_debug() {
        let overrides = Overrides::new().with("password", "hunter2");
        assert!(!format!("{overrides:?}").contains("hunter2"));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf_8_is_refused() {
        use std::os::unix::ffi::OsStrExt;
        let path = PathBuf::from(std::ffi::OsStr::from_bytes(b"/\xff"));
        let world = World::new().load(&Overrides::new().with("port", path));
        assert_eq!(world.problem().message, "the path is not UTF-8");
    }
}
