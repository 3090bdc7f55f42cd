//! Variables: which setting a name means, and how a text is read.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use superconfig::{Format, Limits, SuperConfig};
use superconfig_tests::{errors, vars, warned};

#[derive(SuperConfig, Debug, Clone)]
#[config(env_prefix = "APP")]
struct Names {
    #[config(default = 1, env = "PORT", env = "HTTP_PORT")]
    port: u16,
    #[config(default = "x", env = false)]
    hidden: String,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig, Debug, Clone)]
struct Database {
    #[config(default = "none")]
    url: String,
    #[config(default = 1)]
    pool_max_size: u32,
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig, Debug, Clone)]
struct Pool {
    #[config(default = 1)]
    max: u32,
}

#[test]
fn a_plain_underscore_is_never_a_guess() {
    let settings: Names =
        vars([("APP_DATABASE_POOL_MAX", "5"), ("APP_DATABASE_POOL_MAX_SIZE", "6")])
            .extract()
            .unwrap();
    assert_eq!((settings.database.pool.max, settings.database.pool_max_size), (5, 6));
}

#[test]
fn the_environment_may_be_read_with_one_prefix_after_another() {
    let builder = || {
        SuperConfig::<Names>::new().with_env(None).with_env("OTHER_").with_env_vars([
            ("APP_DATABASE_URL", "a"),
            ("APP_DATABASE_POOL_MAX", "2"),
            ("OTHER_DATABASE_POOL_MAX", "3"),
        ])
    };
    for settings in
        [builder().extract().unwrap(), builder().build().unwrap().snapshot().as_ref().clone()]
    {
        assert_eq!((&*settings.database.url, settings.database.pool.max), ("a", 3));
    }
    let origin = |builder: SuperConfig<Names>| {
        builder.build().unwrap().origin("database.pool.max").unwrap().to_string()
    };
    assert_eq!(origin(builder()), "variable OTHER_DATABASE_POOL_MAX");
    // The order is that of the steps.
    assert_eq!(origin(builder().with_env("APP_")), "variable APP_DATABASE_POOL_MAX");
}

#[test]
fn two_underscores_may_stand_between_all_parts_and_not_between_some() {
    let settings: Names = vars([("APP_DATABASE__POOL__MAX", "5")]).extract().unwrap();
    assert_eq!(settings.database.pool.max, 5);
    for name in ["APP__DATABASE_POOL_MAX", "APP_DATABASE_POOL__MAX", "APP__DATABASE__POOL__MAX"] {
        let (settings, warnings) = warned::<Names>(vars([(name, "5")]));
        assert_eq!(settings.get().database.pool.max, 1, "{name}");
        assert!(warnings[0].contains("SC0204"), "{name}: {warnings:?}");
    }
}

#[test]
fn an_absolute_name_is_read_beside_the_derived_one() {
    for name in ["PORT", "HTTP_PORT", "APP_PORT"] {
        let settings: Names = vars([(name, "5")]).extract().unwrap();
        assert_eq!(settings.port, 5, "{name}");
    }
}

#[test]
fn of_several_names_the_derived_one_wins_and_then_the_first_declared() {
    for variables in [[("PORT", "5"), ("APP_PORT", "6")], [("HTTP_PORT", "5"), ("PORT", "6")]] {
        let settings: Names = vars(variables).extract().unwrap();
        assert_eq!(settings.port, 6, "{variables:?}");
        let settings: Names = vars([variables[1], variables[0]]).extract().unwrap();
        assert_eq!(settings.port, 6, "{variables:?}, the other way round");
    }
}

#[test]
fn a_whole_and_its_part_are_a_clash() {
    assert_eq!(
        errors::<Names>(vars([("APP_DATABASE", "{}"), ("APP_DATABASE__URL", "x")])),
        ["SC0502 variable APP_DATABASE__URL: `database.url`: APP_DATABASE and APP_DATABASE__URL \
          both set it = unset one of the two"]
    );
    assert_eq!(
        errors::<Names>(vars([("APP_DATABASE__URL", "x"), ("APP_DATABASE", "{}")])).len(),
        1
    );
}

#[test]
fn a_setting_without_variables_takes_none() {
    let (settings, warnings) = warned::<Names>(vars([("APP_HIDDEN", "y")]));
    assert_eq!(settings.get().hidden, "x");
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("SC0204 variable APP_HIDDEN: "), "{warnings:?}");
}

#[test]
fn the_prefix_ends_with_its_separator() {
    let others = [("APPLE_PORT", "5"), ("APPPORT", "5"), ("app_port", "5"), ("APP", "5")];
    let (settings, warnings) = warned::<Names>(vars(others));
    assert_eq!(settings.get().port, 1);
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn another_prefix_may_be_given_with_or_without_its_separator() {
    for prefix in ["MY_", "MY"] {
        let settings: Names = SuperConfig::new()
            .with_env(prefix)
            .with_env_vars([("MY_PORT", "5"), ("APP_DATABASE_URL", "no")])
            .extract()
            .unwrap();
        assert_eq!((settings.port, &*settings.database.url), (5, "none"));
    }
}

#[test]
fn an_unknown_variable_is_a_warning_with_a_suggestion() {
    let (_, warnings) = warned::<Names>(vars([("APP_PROT", "5"), ("APP_WEATHER", "fine")]));
    assert_eq!(
        warnings,
        [
            "SC0204 variable APP_PROT: the variable APP_PROT is no setting = did you mean APP_PORT?",
            "SC0204 variable APP_WEATHER: the variable APP_WEATHER is no setting = unset it, or \
             name it otherwise: it begins with this program's prefix",
        ]
    );
}

#[test]
fn an_unknown_variable_is_an_error_in_strict_mode() {
    assert_eq!(
        errors::<Names>(vars([("APP_PROT", "5")]).strict()),
        ["SC0204 variable APP_PROT: the variable APP_PROT is no setting = did you mean APP_PORT?"]
    );
}

#[test]
fn the_variable_of_the_profile_is_no_stranger() {
    let (_, warnings) = warned::<Names>(vars([("APP_PROFILE", "")]));
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn a_number_that_does_not_fit_names_its_variable() {
    assert_eq!(
        errors::<Names>(vars([("PORT", "70000"), ("APP_DATABASE_POOL_MAX", "many")])),
        [
            "SC0102 variable APP_DATABASE_POOL_MAX: `database.pool.max`: expected an integer from \
             0 to 4294967295, found the string \"many\" = without it, the default would hold: 1",
            "SC0103 variable PORT: `port`: expected an integer from 0 to 65535, found the integer \
             70000 = without it, the default would hold: 1",
        ]
    );
}

#[test]
fn there_is_a_limit_to_the_number_of_variables() {
    let mut limits = Limits::default();
    limits.variables = 2;
    let config = SuperConfig::<Names>::new()
        .with_env(None)
        .with_env_vars([("APP_A", ""), ("APP_B", ""), ("APP_C", ""), ("APP_D", "")])
        .with_limits(limits);
    assert_eq!(
        errors(config),
        ["SC0304 more than 2 variables begin with `APP_` = raise `Limits::variables` by \
          `with_limits`, or take a prefix that others do not use"]
    );
}

#[test]
fn a_struct_may_be_one_json_table() {
    let settings: Names =
        vars([("APP_DATABASE", r#"{"url": "u", "pool": {"max": 9}}"#)]).extract().unwrap();
    assert_eq!((&*settings.database.url, settings.database.pool.max), ("u", 9));
}

#[test]
fn what_is_wrong_inside_json_names_the_variable_too() {
    assert_eq!(
        errors::<Names>(vars([("APP_DATABASE", r#"{"url": 5, "pool": {"mux": 9}}"#)]).strict()),
        [
            "SC0102 variable APP_DATABASE: `database.url`: expected a string, found the integer 5",
            "SC0203 variable APP_DATABASE: `database.pool.mux`: unknown key = did you mean `max`?",
        ]
    );
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Parts {
    #[config(nested)]
    servers: Vec<Server>,
    #[config(nested)]
    upstreams: BTreeMap<String, Server>,
    #[config(default)]
    levels: BTreeMap<String, u8>,
    #[config(nested)]
    tls: Option<Tls>,
    #[config(nested)]
    store: Option<Store>,
}

#[derive(SuperConfig, Debug)]
struct Server {
    host: String,
    #[config(default = 80)]
    port: u16,
    #[config(default)]
    extra_port: u16,
}

#[derive(SuperConfig, Debug)]
struct Tls {
    cert: PathBuf,
    #[config(default = 3)]
    versions: u8,
}

#[derive(SuperConfig, Debug, PartialEq)]
#[config(tag = "kind", rename_all = "lowercase")]
enum Store {
    Disk { path: PathBuf },
    S3 { bucket: String },
}

const SERVERS: &str = r#"{"servers": [{"host": "a", "port": 1}, {"host": "b", "port": 2}]}"#;

fn parts<const N: usize>(json: &str, variables: [(&str, &str); N]) -> SuperConfig<Parts> {
    SuperConfig::new()
        .with_named_text("a.json", Format::Json, json)
        .with_env(None)
        .with_env_vars(variables)
}

#[test]
fn an_element_is_changed_where_it_stands() {
    let settings = parts(SERVERS, [("APP_SERVERS_1_HOST", "z")]).extract().unwrap();
    let servers: Vec<_> = settings.servers.iter().map(|s| (&*s.host, s.port)).collect();
    assert_eq!(servers, [("a", 1), ("z", 2)]);
}

#[test]
fn the_position_behind_the_last_adds_an_element() {
    let variables = [("APP_SERVERS_3_HOST", "d"), ("APP_SERVERS_2_HOST", "c")];
    let settings = parts(SERVERS, variables).extract().unwrap();
    let servers: Vec<_> = settings.servers.iter().map(|s| (&*s.host, s.port)).collect();
    assert_eq!(servers, [("a", 1), ("b", 2), ("c", 80), ("d", 80)]);
}

#[test]
fn a_list_may_be_made_of_variables_alone() {
    let variables = [("APP_SERVERS_0_HOST", "a"), ("APP_SERVERS_0_PORT", "1")];
    let settings = parts("{}", variables).extract().unwrap();
    assert_eq!((&*settings.servers[0].host, settings.servers[0].port), ("a", 1));
}

#[test]
fn a_position_with_a_gap_before_it_is_an_error() {
    assert_eq!(
        errors(parts(SERVERS, [("APP_SERVERS_3_HOST", "d")])),
        [
            "SC0109 variable APP_SERVERS_3_HOST: `servers[3]`: there is no such element: the list has 2 = positions count from \
          zero; the one behind the last adds an element"
        ]
    );
}

#[test]
fn an_element_may_be_one_json_table() {
    let settings = parts(SERVERS, [("APP_SERVERS_0", r#"{"host": "z"}"#)]).extract().unwrap();
    assert_eq!((&*settings.servers[0].host, settings.servers[0].port), ("z", 1));
}

#[test]
fn a_new_key_of_a_map_is_lower_cased() {
    let variables = [("APP_UPSTREAMS_BIG_ONE_HOST", "h"), ("APP_LEVELS_ORDERS_SQL", "3")];
    let settings = parts("{}", variables).extract().unwrap();
    assert_eq!(settings.upstreams["big_one"].host, "h");
    assert_eq!(settings.levels["orders_sql"], 3);
}

#[test]
fn a_key_that_a_file_gave_keeps_its_case_and_dashes() {
    let json =
        r#"{"upstreams": {"Big-One": {"host": "a", "port": 1}}, "levels": {"Orders.SQL": 1}}"#;
    let variables = [("APP_UPSTREAMS_BIG_ONE_HOST", "h"), ("APP_LEVELS_ORDERS_SQL", "3")];
    let settings = parts(json, variables).extract().unwrap();
    assert_eq!(settings.upstreams.len(), 1);
    assert_eq!(
        (&*settings.upstreams["Big-One"].host, settings.upstreams["Big-One"].port),
        ("h", 1)
    );
    assert_eq!(settings.levels, BTreeMap::from([("Orders.SQL".to_owned(), 3)]));
}

#[test]
fn the_longest_end_that_is_a_setting_is_taken_for_one() {
    let variables = [("APP_UPSTREAMS_A_HOST", "h"), ("APP_UPSTREAMS_A_EXTRA_PORT", "3")];
    let settings = parts("{}", variables).extract().unwrap();
    assert_eq!(settings.upstreams.keys().collect::<Vec<_>>(), ["a"]);
    assert_eq!(settings.upstreams["a"].extra_port, 3);
}

#[test]
fn two_underscores_end_a_key() {
    let variables = [("APP_UPSTREAMS_A_EXTRA__PORT", "3"), ("APP_UPSTREAMS_A_EXTRA__HOST", "h")];
    let settings = parts("{}", variables).extract().unwrap();
    assert_eq!(settings.upstreams["a_extra"].port, 3);
}

#[test]
fn an_entry_may_be_one_json_table() {
    let settings = parts("{}", [("APP_UPSTREAMS_A", r#"{"host": "h"}"#)]).extract().unwrap();
    assert_eq!(settings.upstreams["a"].host, "h");
}

#[test]
fn a_key_is_taken_away_by_its_name() {
    let json = r#"{"levels": {"a": 1, "b": 2}, "upstreams": {"x": {"host": "h"}}}"#;
    let variables = [("APP_LEVELS_REMOVE", "a"), ("APP_UPSTREAMS_REMOVE", r#"["x"]"#)];
    let settings = parts(json, variables).extract().unwrap();
    assert_eq!(settings.levels, BTreeMap::from([("b".to_owned(), 2)]));
    assert!(settings.upstreams.is_empty());
}

#[test]
fn an_optional_struct_begins_to_exist_by_a_variable() {
    let settings = parts("{}", [("APP_TLS_CERT", "c.pem")]).extract().unwrap();
    let tls = settings.tls.unwrap();
    assert_eq!((tls.cert, tls.versions), (PathBuf::from("c.pem"), 3));
}

#[test]
fn an_empty_variable_makes_nothing_begin_to_exist() {
    let variables = [
        ("APP_TLS_CERT", ""),
        ("APP_TLS_VERSIONS", ""),
        ("APP_UPSTREAMS_A_PORT", ""),
        ("APP_SERVERS_2_PORT", ""),
        ("APP_STORE_KIND", ""),
        ("APP_STORE_PATH", ""),
        ("APP_LEVELS_A", ""),
    ];
    let settings = parts(SERVERS, variables).extract().unwrap();
    assert!(settings.tls.is_none());
    assert!(settings.store.is_none());
    assert!(settings.upstreams.is_empty());
    assert!(settings.levels.is_empty());
    assert_eq!(settings.servers.len(), 2);
}

#[test]
fn the_tag_of_an_enum_has_a_variable_too() {
    let variables = [("APP_STORE_BUCKET", "b"), ("APP_STORE_KIND", "s3")];
    let settings = parts("{}", variables).extract().unwrap();
    assert_eq!(settings.store, Some(Store::S3 { bucket: "b".to_owned() }));
}

#[test]
fn a_variable_may_leave_the_tag_to_another_source() {
    let json = r#"{"store": {"kind": "disk", "path": "/a"}}"#;
    let settings = parts(json, [("APP_STORE_PATH", "/b")]).extract().unwrap();
    assert_eq!(settings.store, Some(Store::Disk { path: PathBuf::from("/b") }));
}

#[derive(SuperConfig, Debug)]
struct NoPrefix {
    #[config(default = 1)]
    port: u16,
}

#[test]
fn without_a_prefix_the_names_stand_alone_and_nothing_is_unknown() {
    let (settings, warnings) = warned::<NoPrefix>(vars([("PORT", "5"), ("HOME", "/")]));
    assert_eq!(settings.get().port, 5);
    assert_eq!(warnings, [""; 0]);
}

#[cfg(unix)]
mod not_utf8 {
    use super::{Names, errors};
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    use superconfig::SuperConfig;

    fn bytes(bytes: &[u8]) -> OsString {
        OsString::from_vec(bytes.to_vec())
    }

    #[test]
    fn a_value_is_an_error_that_names_the_variable_and_not_the_value() {
        let variables = [(bytes(b"APP_PORT"), bytes(b"5\xff"))];
        assert_eq!(
            errors(SuperConfig::<Names>::new().with_env(None).with_env_vars(variables)),
            ["SC0501 variable APP_PORT: `port`: its value is not UTF-8 = set it to text in \
              UTF-8, or unset it"]
        );
    }

    #[test]
    fn a_name_under_the_prefix_is_an_error() {
        let variables = [(bytes(b"APP_PORT\xff"), bytes(b"5"))];
        assert_eq!(
            errors(SuperConfig::<Names>::new().with_env(None).with_env_vars(variables)),
            ["SC0501 variable APP_PORT\u{fffd}: the variable's name is not UTF-8 = unset it, or \
              name it otherwise: it begins with this program's prefix"]
        );
    }

    #[test]
    fn what_is_not_ours_may_be_anything() {
        let variables = [(bytes(b"OTHER\xff"), bytes(b"\xff")), (bytes(b"LANG"), bytes(b"\xff"))];
        let config = SuperConfig::<Names>::new().with_env(None).with_env_vars(variables);
        assert_eq!(config.extract().unwrap().port, 1);
    }
}

#[test]
fn an_empty_variable_that_is_no_value_outranks_nothing() {
    let settings: Names =
        vars([("APP_PORT", ""), ("PORT", ""), ("HTTP_PORT", "5")]).extract().unwrap();
    assert_eq!(settings.port, 5);
}

#[test]
fn of_many_lines_for_one_variable_in_a_file_the_last_one_counts() {
    let directory = tempfile::tempdir().unwrap();
    let lines = "APP_PORT=1\nAPP_PORT=2\n".repeat(10_000);
    std::fs::write(directory.path().join(".env"), lines).unwrap();
    let (settings, warnings) = warned::<Names>(
        SuperConfig::new()
            .with_directory(directory.path())
            .with_dotenv(".env")
            .with_env_vars([("", ""); 0]),
    );
    assert_eq!(settings.get().port, 2);
    assert_eq!(warnings.len(), 101, "{}", warnings[0]);
}
