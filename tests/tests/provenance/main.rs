//! Where every value came from: `origin`, `explain`, `report`, and the effective values.
#![allow(missing_docs)]

mod settings;

use superconfig::trace::{Said, Verdict};
use superconfig::{Effective, Format, SuperConfig};

use settings::*;

#[test]
fn a_value_says_who_won_and_who_lost() {
    assert_eq!(
        explained(all(), "port"),
        "\
port = 9000
  Port to listen on.

  Below 1024 it takes privileges.
  type: u16
  variables: ORDERS_PORT, PORT

said, the highest precedence first:
  9000
    from argument --set port
    won
  443
    from first.toml:22:8 (profile production)
    overridden by argument --set port
  8000
    from first.toml:1:8
    overridden by argument --set port
  8080
    from the declared default
    overridden by argument --set port
  1
    from first.toml:20:8 (profile staging)
    not selected: profile staging"
    );
}

#[test]
fn a_list_says_each_step_and_who_gave_each_item() {
    assert_eq!(
        explained(all(), "plugins"),
        "\
plugins = [\"http\",\"audit\",\"cache\"]
  Plugins to load.
  type: Vec<String>
  variables: ORDERS_PLUGINS

said, the highest precedence first:
  add [\"cache\",\"http\"]
    from variable ORDERS_PLUGINS_ADD
    won
    then it is [\"http\",\"audit\",\"cache\"]
  remove [\"metrics\"]
    from second.yaml:1:17
    won
    then it is [\"http\",\"audit\"]
  add [\"audit\"]
    from first.toml:23:15 (profile production)
    won
    then it is [\"http\",\"metrics\",\"audit\"]
  [\"http\",\"metrics\"]
    from first.toml:2:11
    won
    then it is [\"http\",\"metrics\"]
  [\"core\"]
    from the declared default
    overridden by first.toml:2:11

what is in it:
  [0] = \"http\"
    from first.toml:2:12
  [1] = \"audit\"
    from first.toml:23:16 (profile production)
  [2] = \"cache\"
    from variable ORDERS_PLUGINS_ADD"
    );
}

#[test]
fn the_report_has_every_setting_with_its_origin() {
    assert_eq!(
        all().build().unwrap().report().to_string(),
        "\
host                       \"127.0.0.1\"               the declared default
port                       9000                      argument --set port
plugins                    [\"http\",\"audit\",\"cache\"]
    from first.toml:2:12
    from first.toml:23:16 (profile production)
    from variable ORDERS_PLUGINS_ADD
api_key                    \"[redacted]\"              first.toml:3:11
data_dir                   not set
timeout                    5                         first.toml:4:11
pool.max                   32                        variable ORDERS_POOL_MAX
pool.idle                  true                      an override in the program
upstreams.billing.url      \"http://a\"                first.toml:8:7
upstreams.billing.retries  5
    from variable ORDERS_UPSTREAMS_BILLING_RETRIES
servers[0].name            \"a\"                       second.yaml:5:12
servers[0].weight          9                         second.yaml:5:23
servers[1].name            \"b\"                       second.yaml:4:12
servers[1].weight          4
    from variable ORDERS_SERVERS_1_WEIGHT
tls.cert                   \"b.pem\"                   second.yaml:6:13
tls.key                    not set
store.kind                 \"disk\"                    second.yaml:8:9
store.path                 \"/var\"                    second.yaml:9:9
store.size                 1                         the declared default
mode                       \"safe\"                    second.yaml:10:7
level                      \"warn\"                    first.toml:5:9

profiles: production"
    );
}

/// What was said of a setting, a line for each statement.
fn said(config: SuperConfig<Settings>, path: &str) -> Vec<String> {
    let handle = config.build().unwrap_or_else(|error| panic!("{error:#}"));
    let explanation = handle.explain(path).unwrap_or_else(|error| panic!("{error:#}"));
    let line = |statement: &superconfig::trace::Statement| {
        let value = statement.value.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{:?} {value} | {} | {}", statement.said, statement.origin, statement.verdict)
    };
    explanation.statements.iter().map(line).collect()
}

#[test]
fn maps_say_who_gave_and_who_removed_each_key() {
    assert_eq!(
        said(all(), "upstreams"),
        [
            "Change {\"billing\":{\"retries\":5}} | variable ORDERS_UPSTREAMS_BILLING_RETRIES | won",
            "Remove [\"search\"] | second.yaml:2:19 | won",
            "Change {\"billing\":{\"url\":\"http://a\"},\"search\":{\"url\":\"http://b\"}} | first.toml:7:2 | won",
        ]
    );
    assert_eq!(
        said(all(), "upstreams.search.url"),
        [
            "Remove  | second.yaml:2:19 | won",
            "Set \"http://b\" | first.toml:10:7 | removed by second.yaml:2:19",
        ]
    );
    assert!(explained(all(), "upstreams.search").starts_with("upstreams.search = not set"));
    assert!(explained(all(), "upstreams.search").contains("  remove it\n"));
}

#[test]
fn what_is_replaced_as_a_whole_is_removed() {
    assert_eq!(
        said(all(), "tls.key"),
        ["Set \"a.key\" | first.toml:15:7 | removed by second.yaml:6:6"]
    );
    assert_eq!(
        said(all(), "tls"),
        [
            "Set {\"cert\":\"b.pem\"} | second.yaml:6:6 | won",
            "Set {\"cert\":\"a.pem\",\"key\":\"a.key\"} | first.toml:13:1 | overridden by second.yaml:6:6",
        ]
    );
    assert!(explained(all(), "tls.key").starts_with("tls.key = not set\n"));
}

#[test]
fn another_variant_removes_what_belongs_to_the_first() {
    assert_eq!(
        said(all(), "store.kind"),
        [
            "Set \"disk\" | second.yaml:8:9 | won",
            "Set \"memory\" | first.toml:17:8 | overridden by second.yaml:8:9",
        ]
    );
    assert_eq!(said(all(), "store")[0], "Set \"disk\" | second.yaml:8:9 | won");
    assert_eq!(
        said(all(), "store.size"),
        [
            "Set 7 | first.toml:18:8 | removed by second.yaml:8:9",
            "Set 1 | the declared default | won",
        ]
    );
    // A source that leaves the tag out changes the variant that stands.
    let config = all().with_named_text("third.json", Format::Json, r#"{"store": {"size": 3}}"#);
    assert_eq!(said(config, "store.size")[0], "Set 3 | third.json:1:20 | won");
}

#[test]
fn null_takes_away_and_says_so() {
    let config = || {
        all().with_named_text(
            "third.json",
            Format::Json,
            r#"{"tls": null, "data_dir": null, "api_key": null}"#,
        )
    };
    assert_eq!(said(config(), "data_dir"), ["Remove null | third.json:1:27 | won"]);
    assert_eq!(
        said(config(), "tls.cert"),
        [
            "Remove null | third.json:1:9 | won",
            "Set \"b.pem\" | second.yaml:6:13 | removed by third.json:1:9",
            "Set \"a.pem\" | first.toml:14:8 | removed by second.yaml:6:6",
        ]
    );
    let handle = config().build().unwrap();
    assert_eq!(handle.origin("tls").unwrap().to_string(), "third.json:1:9");
    assert_eq!(handle.to_value().get("api_key").unwrap().value(), &Effective::Null);
    let text = handle.explain("data_dir").unwrap().to_string();
    assert!(text.starts_with("data_dir = null\n"), "{text}");
    assert!(text.contains("  null\n    from third.json:1:27\n    won"), "{text}");
}

#[test]
fn elements_of_lists_are_followed_to_where_they_stand() {
    let handle = all().build().unwrap();
    let origin = |path: &str| handle.origin(path).map(|origin| origin.to_string());
    assert_eq!(origin("servers[1].weight").unwrap(), "variable ORDERS_SERVERS_1_WEIGHT");
    assert_eq!(origin("servers[0].weight").unwrap(), "second.yaml:5:23");
    assert_eq!(origin("servers").unwrap(), "second.yaml:4:3");
    assert_eq!(origin("servers[7]"), None);
    assert_eq!(origin("plugins[1]").unwrap(), "first.toml:23:16 (profile production)");
    let explanation = handle.explain("servers[1].weight").unwrap();
    assert_eq!(explanation.value.unwrap().value(), &Effective::Integer(4));
    let first = &explanation.statements[0];
    assert_eq!((first.said, &first.verdict), (Said::Change, &Verdict::Won));
    let after = first.after.as_ref().unwrap().to_string();
    assert_eq!(after, r#"[{"name":"a","weight":9},{"name":"b","weight":4}]"#);
}

#[test]
fn every_kind_of_source_has_an_origin() {
    let handle = all().build().unwrap();
    let origin = |path: &str| handle.origin(path).map(|origin| origin.to_string());
    for (path, expected) in [
        ("port", "argument --set port"),
        ("host", "the declared default"),
        ("pool.max", "variable ORDERS_POOL_MAX"),
        ("pool.idle", "an override in the program"),
        ("level", "first.toml:5:9"),
        ("upstreams.billing.url", "first.toml:8:7"),
        ("plugins", "first.toml:2:11"),
    ] {
        assert_eq!(origin(path).as_deref(), Some(expected), "{path}");
    }
    for path in ["data_dir", "pool", "nothing", "started", ""] {
        assert_eq!(origin(path), None, "{path}");
    }
}

#[test]
fn an_unknown_path_is_an_error_with_the_nearest_one() {
    let handle = all().build().unwrap();
    let error = |path: &str| superconfig_tests::refused(&handle.explain(path).unwrap_err());
    assert_eq!(error("prot"), ["SC0801 `prot`: there is no such setting = did you mean `port`?"]);
    assert_eq!(
        error("idle"),
        ["SC0801 `idle`: there is no such setting = did you mean `pool.idle`?"]
    );
    assert_eq!(
        error("weather"),
        ["SC0801 `weather`: there is no such setting = `report()` lists all settings"]
    );
    assert!(handle.explain("data-dir").is_ok(), "`-` stands for `_` here too");
}

#[test]
fn a_struct_given_by_the_program_is_a_source() {
    let defaults =
        toml_settings("[upstreams.x]\nurl = 'u'\n[[servers]]\nname = 'a'\n[tls]\ncert = ''\n");
    let config = || SuperConfig::<Settings>::new().with_defaults(defaults.clone());
    let handle = config().build().unwrap();
    let value = |path: &str| handle.to_value().get(path).map(ToString::to_string).unwrap();
    assert_eq!(value("port"), "8080");
    assert_eq!(handle.origin("port").unwrap().to_string(), "the defaults given by the program");
    assert_eq!(value("host"), "\"127.0.0.1\"");
    assert_eq!(value("upstreams.x.retries"), "3");
    assert_eq!(value("pool.idle"), "false");
    assert_eq!(value("level"), "\"info\"");
    assert_eq!(value("data_dir"), "null");
    // What a type cannot be asked for without `Serialize`:
    assert_eq!(value("timeout"), "a value given by the program");
    assert_eq!(value("plugins[0]"), "a value given by the program");
    assert_eq!(value("servers[0]"), "a value given by the program");
    let later =
        config().with_env_vars([("ORDERS_PLUGINS_ADD", "x"), ("ORDERS_STORE_KIND", "memory")]);
    assert_eq!(said(later, "plugins").len(), 3);
    let store = toml_settings("[store]\nkind = 'memory'\nsize = 4\n");
    let handle = SuperConfig::<Settings>::new().with_defaults(store).build().unwrap();
    assert_eq!(handle.to_value().get("store.size").unwrap().value(), &Effective::Integer(4));
    let text = handle.to_string_in(Format::Toml);
    assert!(text.contains("# timeout = a value given by the program"), "{text}");
}

fn toml_settings(text: &str) -> Settings {
    superconfig_tests::toml(text).extract().unwrap_or_else(|error| panic!("{error:#}"))
}

#[test]
fn the_texts_are_those_that_were_loaded() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.toml");
    std::fs::write(&file, "port = 81\n").unwrap();
    let handle = SuperConfig::<Settings>::new()
        .with_directory(directory.path())
        .with_root(directory.path())
        .with_env_vars([("HOME", "/none"), ("XDG_CONFIG_HOME", "/none")])
        .with_hierarchical("orders")
        .build()
        .unwrap();
    let before = (handle.report().to_string(), handle.explain("port").unwrap().to_string());
    std::fs::write(&file, "# longer than before\n\nport = 82\n").unwrap();
    assert_eq!(before.1, handle.explain("port").unwrap().to_string());
    std::fs::remove_file(&file).unwrap();
    assert_eq!(before, (handle.report().to_string(), handle.explain("port").unwrap().to_string()));
    assert!(before.0.contains("looked at:"), "{}", before.0);
    assert!(before.0.contains("found    "), "{}", before.0);
    assert!(before.0.contains("not there"), "{}", before.0);
    assert!(before.1.contains("looked for, and not found:"), "{}", before.1);
    // And longer than the handle, too.
    let provenance = handle.provenance();
    drop(handle);
    assert!(provenance.origin("port").unwrap().to_string().ends_with("orders.toml:1:8"));
    assert_eq!(format!("{provenance:?}"), "Provenance { schema: \"Settings\", .. }");
    assert!(provenance.to_string_in(Format::Toml).contains("port = 81"));
}

#[test]
fn secrets_are_nowhere_unless_they_are_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("key");
    std::fs::write(&file, "canary-5\n").unwrap();
    let config = || {
        all()
            .with_named_text("c.yaml", Format::Yaml, "api_key: canary-2\nproduction: {api_key: canary-3}\nstaging: {api_key: canary-4}\n")
            .with_override("api_key", "canary-6")
            .with_args(["--set", "api_key=canary-7"])
    };
    let of_file = SuperConfig::<Settings>::new()
        .with_env_vars([("ORDERS_API_KEY_FILE", file.to_str().unwrap())]);
    for config in [config(), of_file] {
        let handle = config.build().unwrap();
        let (value, report) = (handle.to_value(), handle.report());
        let explanation = handle.explain("api_key").unwrap();
        let mut shown = vec![
            value.to_string(),
            format!("{value:?}"),
            value.to_json(),
            report.to_string(),
            format!("{report:?}"),
            report.to_json(),
            explanation.to_string(),
            format!("{explanation:?}"),
            explanation.to_json(),
            format!("{handle:?} {:?} {:?}", handle.provenance(), handle.origin("api_key")),
            format!("{:?}", value.get("api_key").unwrap().value()),
        ];
        for format in Format::ALL {
            shown.push(handle.to_string_in(format));
        }
        for text in shown {
            assert!(!text.contains("canary"), "{text}");
        }
        assert!(value.expose_secrets().to_string_in(Format::Toml).contains("canary-"));
    }
    let path = said(config(), "api_key");
    assert_eq!(path.len(), 6, "{path:?}");
}

#[test]
fn what_is_written_loads_again() {
    let handle = all().build().unwrap();
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        let text = handle.to_value().expose_secrets().to_string_in(format);
        let again = SuperConfig::<Settings>::new().with_text(format, text.clone()).build();
        let again = again.unwrap_or_else(|error| panic!("{error:#}\n{text}"));
        assert_eq!(again.to_value().to_json(), handle.to_value().to_json(), "{text}");
    }
    assert_eq!(
        handle.to_string_in(Format::Toml),
        "\
host = \"127.0.0.1\"
port = 9000
plugins = [\"http\", \"audit\", \"cache\"]
api_key = \"[redacted]\"
timeout = 5
servers = [{name = \"a\", weight = 9}, {name = \"b\", weight = 4}]
mode = \"safe\"
level = \"warn\"

[pool]
max = 32
idle = true

[upstreams]

[upstreams.billing]
url = \"http://a\"
retries = 5

[tls]
cert = \"b.pem\"

[store]
kind = \"disk\"
path = \"/var\"
size = 1
"
    );
}

#[test]
fn what_only_the_program_knows_is_a_comment() {
    let handle = SuperConfig::<Settings>::new().build().unwrap();
    let yaml = handle.to_string_in(Format::Yaml);
    assert!(yaml.contains("# timeout: half_a_minute() (an expression of the program)\n"), "{yaml}");
    assert!(yaml.contains("# mode: Mode::Fast"), "{yaml}");
    assert!(!handle.to_string_in(Format::Json).contains("timeout"));
    let timeout = handle.to_value().get("timeout").unwrap().clone();
    assert_eq!(timeout.value(), &Effective::Code("half_a_minute()".to_owned()));
    assert_eq!(timeout.to_json(), r#"{"expression":"half_a_minute()"}"#);
    assert_eq!(timeout.to_string(), "half_a_minute()");
}

#[test]
fn json_says_what_the_text_says() {
    let handle = all().build().unwrap();
    let report: serde_json::Value = serde_json::from_str(&handle.report().to_json()).unwrap();
    assert_eq!(report["settings"][1]["path"], "port");
    assert_eq!(report["settings"][1]["value"], 9000);
    assert_eq!(report["settings"][1]["origins"][0], "argument --set port");
    assert_eq!(report["profiles"][0], "production");
    let explanation = handle.explain("plugins").unwrap().to_json();
    let explanation: serde_json::Value = serde_json::from_str(&explanation).unwrap();
    assert_eq!(explanation["type"], "Vec<String>");
    assert_eq!(explanation["statements"][0]["said"], "add");
    assert_eq!(explanation["statements"][0]["after"][2], "cache");
    assert_eq!(explanation["parts"][2]["origin"], "variable ORDERS_PLUGINS_ADD");
}

/// A source with values.
struct Values;

impl superconfig::Source for Values {
    fn name(&self) -> String {
        "values".to_owned()
    }

    fn load(&self, loading: &mut superconfig::Loading<'_>) {
        let tree = serde_json::from_str(r#"{"port": 5, "staging": {"port": 6}}"#).unwrap();
        loading.values("the vault", tree);
        loading.variables([("ORDERS_POOL_MAX", "6")]);
    }
}

#[test]
fn sources_of_ones_own_and_files_of_variables_are_told() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join(".env"), "# note\nORDERS_LEVEL=debug\n").unwrap();
    let config = || {
        SuperConfig::<Settings>::new()
            .with_directory(directory.path())
            .with_source(Values)
            .with_dotenv(".env")
            .with_override("plugins_remove", "core")
    };
    let handle = config().build().unwrap();
    let origin = |path: &str| handle.origin(path).unwrap().to_string();
    assert_eq!(origin("port"), "the vault");
    assert_eq!(origin("pool.max"), "variable ORDERS_POOL_MAX");
    assert!(origin("level").ends_with(".env:2:14 (variable ORDERS_LEVEL)"), "{}", origin("level"));
    assert_eq!(said(config(), "port")[2], "Set 6 | the vault | not selected: profile staging");
}

#[test]
fn the_guide_shows_what_the_example_prints() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let guide = lines(include_str!("../../../docs/GUIDE.md"));
    let expected = lines(include_str!("../../../examples/explain/expected.txt"));
    assert!(guide.windows(expected.len()).any(|part| part == expected.as_slice()));
}
