//! Snapshots: what the derive writes for a few small inputs, to be read in a review. `cargo xtask bless derive`
//! rewrites them.

use std::{fmt::Write, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

fn expansion(source: &str) -> String {
    let input = syn::parse_str(source).unwrap_or_else(|error| panic!("{error}: {source}"));
    let mut out = String::new();
    print(&mut out, crate::derive(&input), 0);
    out
}

/// Code, one statement or item a line. It is for reading and comparing, so it need not be beautiful.
fn print(out: &mut String, tokens: TokenStream, depth: usize) {
    let line = |out: &mut String, depth| {
        let _ = write!(out, "\n{:1$}", "", depth * 4);
    };
    let mut tokens = tokens.into_iter().peekable();
    let mut fresh = true;
    while let Some(token) = tokens.next() {
        if fresh {
            line(out, depth);
        }
        let attribute =
            fresh && matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        word(out, token, fresh, depth);
        if attribute && let Some(brackets) = tokens.next() {
            word(out, brackets, true, depth);
        }
        let next = tokens.peek().map(ToString::to_string).unwrap_or_default();
        let ends = out.ends_with(';')
            || out.ends_with('}') && ![";", ",", ".", "else"].contains(&next.as_str())
            || out.ends_with(',') && depth > 1;
        fresh = attribute || ends;
    }
}

/// One token behind what is there, with a space between where people write one.
fn word(out: &mut String, token: TokenTree, fresh: bool, depth: usize) {
    let text = match &token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => "{".to_owned(),
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => "[".to_owned(),
        TokenTree::Group(_) => "(".to_owned(),
        other => other.to_string(),
    };
    let glued = out.ends_with(['(', '[', '.', ':', '<', '&', '!', '#', '\'', '|'])
        || text.starts_with([',', ';', ':', '.', '>', '<', '?', '(', '!'])
        || out.ends_with('-');
    if !fresh && (!glued || out.ends_with(',')) || out.ends_with(" =") {
        out.push(' ');
    }
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            out.push('{');
            print(out, group.stream(), depth + 1);
            let _ = write!(out, "\n{:1$}}}", "", depth * 4);
        }
        TokenTree::Group(group) => {
            out.push_str(&text);
            for (index, token) in group.stream().into_iter().enumerate() {
                word(out, token, index == 0, depth);
            }
            out.push(if text == "[" { ']' } else { ')' });
        }
        _ => out.push_str(&text),
    }
}

fn check(name: &str, source: &str) {
    let found = format!("// {}\n{}\n", source.trim().replace('\n', "\n// "), expansion(source));
    let path = Path::new("snapshots").join(name).with_extension("txt");
    if std::env::var_os("SUPERCONFIG_BLESS").is_some() {
        std::fs::write(&path, &found).expect("the snapshots can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} has changed; SUPERCONFIG_BLESS=1 accepts this:\n{found}");
}

#[test]
fn a_struct() {
    check(
        "struct",
        r#"/// Settings of the order service.
#[config(app = "orders", env_prefix = "ORDERS", profiles("development"), validate = check_all)]
pub struct Settings {
    /// Port to listen on.
    #[config(default = 8080, env = "PORT", validate = check_port)]
    pub port: u16,
    #[config(default = ["core"], merge = append)]
    pub plugins: Vec<String>,
    pub data_dir: Option<PathBuf>,
    #[config(nested)]
    pub database: Database,
    #[config(skip)]
    pub cache: Cache,
}"#,
    );
}

#[test]
fn cells() {
    check(
        "cells",
        r#"struct Cells {
    #[config(with = seconds, parse_env = parse, default = "30")]
    timeout: Option<Duration>,
    #[config(parse_env = parse)]
    level: Level,
    #[config(nested, merge_by = name)]
    servers: Vec<Server>,
    #[config(nested, merge = prepend)]
    others: Option<Vec<Server>>,
    #[config(nested, merge = replace)]
    by_name: BTreeMap<String, Server>,
    #[config(default_with = labels, alias = "tags", deprecated_alias = "marks")]
    labels: HashMap<String, Option<u8>>,
    #[config(nested, default = "fast")]
    mode: Mode,
    #[config(default = [1, 2], separator = ";", deprecated = "use `levels`")]
    numbers: BTreeSet<u8>,
    #[config(flatten)]
    limits: Limits,
    #[config(secret, env = false, restart_required, default = "x")]
    token: Option<String>,
    #[config(merge = union, default)]
    kinds: Vec<Kind>,
}"#,
    );
}

#[test]
fn a_generic_struct() {
    check(
        "generic",
        r"struct Service<T: Debug, const N: usize> where T: Clone {
    #[config(default)]
    limit: T,
    #[config(nested)]
    inner: Option<T>,
    #[config(nested)]
    children: Vec<Service<T, N>>,
}",
    );
}

#[test]
fn a_fieldless_enum() {
    check(
        "keyword",
        r#"/// How fast.
#[config(rename_all = "lowercase")]
enum Mode {
    /// As fast as it goes.
    Fast,
    #[config(alias = "careful")]
    Slow,
    #[config(skip)]
    Hidden,
}"#,
    );
}

#[test]
fn a_tagged_enum() {
    check(
        "choice",
        r#"#[config(tag = "kind", deny_unknown, validate = check)]
enum Store {
    Memory,
    /// In a file.
    File { path: PathBuf },
    Remote(Upstream),
    #[config(skip)]
    Test { calls: u8 },
}"#,
    );
}

#[test]
fn a_mistake() {
    check(
        "mistake",
        "struct Settings<T> where T: Clone { #[config(defualt)] port: T, #[config(default = Self::X)] x: u8 }",
    );
}

#[test]
fn a_type_that_borrows_has_no_stub() {
    assert!(!expansion("struct S<'a> { name: Cow<'a, str> }").contains("impl"));
}
