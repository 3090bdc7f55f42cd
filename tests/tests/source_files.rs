//! Sources as a program uses them: files, globs, conventional places, variables, arguments and
//! overrides, each in a directory of its own and without a look at the process.
#![allow(missing_docs)]

use std::fs;
use std::path::Path;

use superconfig::source::{Args, Discovery, Dotenv, File, Glob, Memory, Overrides};
use superconfig::{Code, Format, SuperConfig};
use tempfile::TempDir;

#[derive(SuperConfig, Debug, Clone, PartialEq)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("staging", "production"))]
pub struct Settings {
    #[config(default = "nobody")]
    pub name: String,
    #[config(default = 1)]
    pub port: u16,
    #[config(default)]
    pub plugins: Vec<String>,
}

const NOTHING: [(&str, &str); 0] = [];

fn directory(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    for (name, text) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    }
    directory
}

/// A configuration that sees nothing but this directory.
fn config(directory: &Path) -> SuperConfig<Settings> {
    SuperConfig::new().with_env_vars(NOTHING).with_directory(directory).with_root(directory)
}

#[test]
fn later_sources_win() {
    let directory = directory(&[
        ("etc/orders/config.toml", "name = 'system'\nport = 2\nplugins = ['a']"),
        ("orders.yaml", "port: 3"),
        ("local.json", r#"{"port": 4, "plugins_add": ["b"]}"#),
        ("conf.d/10.toml", "port = 5"),
        ("conf.d/20.toml", "port = 6\nplugins_add = ['c']"),
        (".env", "export ORDERS_PORT=7 # for the test\nORDERS_PLUGINS_ADD='d'\n"),
    ]);
    let ports = |count: usize| {
        let mut config = config(directory.path());
        for step in 0..count {
            config = match step {
                0 => config.with_source(Discovery::new("orders")),
                1 => config.with_source(File::required("local.json")),
                2 => config.with_source(Glob::new("conf.d/*.toml")),
                3 => config.with_source(Dotenv::new(".env")),
                4 => config.with_source(Args::new(["run", "--set", "port=8", "--verbose"])),
                5 => config.with_source(Overrides::one("port", 9)),
                _ => config.with_source(Memory::new(Format::Toml, "port = 10")),
            };
        }
        config.extract().map(|settings| (settings.name, settings.port, settings.plugins.join("")))
    };
    let expected = [
        ("nobody", 1, ""),
        ("system", 3, "a"),
        ("system", 4, "ab"),
        ("system", 6, "abc"),
        ("system", 7, "abcd"),
        ("system", 8, "abcd"),
        ("system", 9, "abcd"),
        ("system", 10, "abcd"),
    ];
    for (count, (name, port, plugins)) in expected.into_iter().enumerate() {
        let loaded = ports(count).expect("all is well");
        assert_eq!(loaded, (name.to_owned(), port, plugins.to_owned()), "{count} sources");
    }
}

#[test]
fn the_file_of_a_profile_wins_over_the_file_beside_it() {
    let directory = directory(&[
        ("config.toml", "port = 2\n[production]\nport = 3"),
        ("config.production.toml", "port = 4"),
        ("config.staging.toml", "port = 5"),
    ]);
    let port = |profiles: &str| {
        let config = config(directory.path()).with_source(File::required("config"));
        config.select_profile(profiles).extract().expect("all is well").port
    };
    assert_eq!(port(""), 2);
    assert_eq!(port("production"), 4);
    assert_eq!(port("production,staging"), 5);
}

#[test]
fn every_source_s_problems_are_in_one_report() {
    let directory = directory(&[("orders.toml", ""), ("orders.json", "{}"), (".env", "oops\n")]);
    fs::create_dir(directory.path().join("dir.toml")).expect("a directory");
    fs::write(directory.path().join("latin.toml"), b"name = '\xe9'").expect("a file");
    let error = config(directory.path())
        .with_source(Discovery::new("orders"))
        .with_source(File::required("missing.toml"))
        .with_source(File::optional("absent.toml").and("dir.toml").and("latin.toml").and("x.ini"))
        .with_source(Glob::new("[.toml"))
        .with_source(Dotenv::new(".env"))
        .with_source(Args::new(["--set", "port"]))
        .extract()
        .expect_err("much is wrong");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        [
            Code::TwoFiles,
            Code::FileNotFound,
            Code::NotAFile,
            Code::NotUtf8,
            Code::UnknownFormat,
            Code::BadGlob,
            Code::Syntax,
            Code::BadArgument,
        ],
        "{error:#}"
    );
}

#[test]
fn an_override_is_read_by_the_type_of_its_setting() {
    let settings = config(Path::new("/"))
        .with_source(Overrides::new().with("port", "9000").with("name", "007"))
        .extract()
        .expect("all is well");
    assert_eq!((settings.port, &*settings.name), (9000, "007"));
}

#[test]
fn a_list_may_grow_and_shrink_by_arguments_and_overrides() {
    let settings = config(Path::new("/"))
        .with_source(Memory::new(Format::Toml, "plugins = ['a', 'b']"))
        .with_source(Args::new(["--set=plugins_add=c,d", "--set", "plugins_remove=a"]))
        .with_source(Overrides::new().with("plugins_add", ["e"]).with("plugins_remove", "d"))
        .extract()
        .expect("all is well");
    assert_eq!(settings.plugins, ["b", "c", "e"]);
}
