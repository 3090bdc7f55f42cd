//! Keys that stand twice, and lists that grow and shrink: rows 25 and 30.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use superconfig::Format::{Json, Jsonc, Toml, Yaml};
use superconfig::SuperConfig;
use superconfig_tests::vars;

use crate::{One, Row, Settings, text};

#[test]
fn row_25_a_key_that_stands_twice_is_refused_with_both_places() {
    let mut row = Row::new(25);
    for (format, source, expected) in [
        (
            Toml,
            "port = 1\nname = 'x'\nport = 2",
            "SC0302 a.toml:3:1: the key \"port\" stands twice in one table = first given in \
             line 1, column 1",
        ),
        (
            Toml,
            "[database]\nurl = 'x'\n[database]\npool = 1",
            "SC0302 a.toml:3:2: the key \"database\" stands twice in one table = first given \
             in line 1, column 2",
        ),
        (
            Toml,
            "database.url = 'x'\ndatabase = {}",
            "SC0302 a.toml:2:1: the key \"database\" stands twice in one table = first given \
             in line 1, column 1",
        ),
        (
            Toml,
            "database = {url = 'x'}\ndatabase.pool = 1",
            "SC0302 a.toml:2:1: \"database\" is a value already, so it cannot be extended as a \
             table = first given in line 1, column 1 = write everything in one place: values \
             in braces and brackets are complete",
        ),
        (
            Toml,
            "port = 1\n\"port\" = 2",
            "SC0302 a.toml:2:1: the key \"port\" stands twice in one table = first given in \
             line 1, column 1",
        ),
        (
            Yaml,
            "port: 1\nname: x\nport: 2",
            "SC0302 a.yaml:3:1: the key \"port\" stands twice in one table = first given in \
             line 1, column 1",
        ),
        (
            Yaml,
            "database: {url: x, 'url': y}",
            "SC0302 a.yaml:1:20: the key \"url\" stands twice in one table = first given in \
             line 1, column 12",
        ),
        (
            Yaml,
            "other: {a: 1, a: 1}",
            "SC0302 a.yaml:1:15: the key \"a\" stands twice in one table = first given in line \
             1, column 9",
        ),
        (
            Json,
            "{\"port\": 1,\n\"port\": 1}",
            "SC0302 a.json:2:1: the key \"port\" stands twice in one table = first given in \
             line 1, column 2",
        ),
        (
            Json,
            "{\"port\": 1, \"p\\u006frt\": 1}",
            "SC0302 a.json:1:13: the key \"port\" stands twice in one table = first given in \
             line 1, column 2",
        ),
        (
            Json,
            "{\"database\": {\"url\": \"x\", \"url\": \"y\"}}",
            "SC0302 a.json:1:27: the key \"url\" stands twice in one table = first given in \
             line 1, column 15",
        ),
        (
            Json,
            "{\"other\": [{\"a\": 1, \"a\": 2}]}",
            "SC0302 a.json:1:21: the key \"a\" stands twice in one table = first given in line \
             1, column 13",
        ),
        (
            Jsonc,
            "{port: 1, 'port': 2}",
            "SC0302 a.jsonc:1:11: the key \"port\" stands twice in one table = first given in \
             line 1, column 2",
        ),
    ] {
        row.refused(source, text::<Settings>(format, source), &[expected]);
    }
    row.end();
}

#[test]
fn row_25_also_among_many_keys() {
    let mut row = Row::new(25);
    let mut json = String::from("{\"v\": {");
    let mut toml = String::from("[v]\n");
    let mut yaml = String::from("v:\n");
    for index in 0..100 {
        let _ = writeln!(json, "\"k{index}\": 1,");
        let _ = writeln!(toml, "k{index} = 1");
        let _ = writeln!(yaml, "  k{index}: 1");
    }
    json.push_str("\"k50\": 2}}");
    toml.push_str("k50 = 2");
    yaml.push_str("  k50: 2");
    for (format, source, expected) in [
        (
            Json,
            json,
            "SC0302 a.json:101:1: the key \"k50\" stands twice in one table = first given in \
             line 51, column 1",
        ),
        (
            Toml,
            toml,
            "SC0302 a.toml:102:1: the key \"k50\" stands twice in one table = first given in \
             line 52, column 1",
        ),
        (
            Yaml,
            yaml,
            "SC0302 a.yaml:102:3: the key \"k50\" stands twice in one table = first given in \
             line 52, column 3",
        ),
    ] {
        let config = text::<One<BTreeMap<String, u8>>>(format, source);
        row.refused(expected, config, &[expected]);
    }
    row.end();
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Lists {
    #[config(default = ["a", "b"])]
    list: Vec<String>,
    #[config(default)]
    set: BTreeSet<String>,
    #[config(default)]
    levels: BTreeMap<String, u8>,
    #[config(default = 1)]
    port: u16,
    // A name of its own, for there is no list `height`.
    #[config(default = 0)]
    height_add: u16,
}

#[test]
fn row_30_only_what_has_items_takes_add_and_remove() {
    let mut row = Row::new(30);
    for (format, source, expected) in [
        (
            Toml,
            "port_add = 1",
            "SC0203 a.toml:1:1: `port_add`: unknown key = `port` is one value: only lists and \
             sets take `_add`",
        ),
        (
            Yaml,
            "port_remove: 1",
            "SC0203 a.yaml:1:1: `port_remove`: unknown key = `port` is one value: only lists, \
             sets and maps take `_remove`",
        ),
        (
            Json,
            "{\"levels_add\": {\"a\": 1}}",
            "SC0203 a.json:1:2: `levels_add`: unknown key = `levels` is a map, and grows by \
             the keys that are written in it",
        ),
        (
            Toml,
            "list_add = 5",
            "SC0102 a.toml:1:12: `list_add`: expected a list, found the integer 5",
        ),
        (
            Toml,
            "list_add = [5]",
            "SC0102 a.toml:1:13: `list_add[0]`: expected a string, found the integer 5",
        ),
    ] {
        row.refused(source, text::<Lists>(format, source), &[expected]);
    }
    // A variable that means nothing is worth a warning, as any that may be another's.
    let expected = "SC0204 variable APP_PORT_ADD: the variable APP_PORT_ADD is no setting = `port` is \
                    one value: only lists and sets take `_add`";
    row.warned("a variable", vars::<Lists, 1>([("APP_PORT_ADD", "1")]), &[expected]);
    let arguments = SuperConfig::<Lists>::new().with_args(["--set", "port_add=1"]);
    row.refused(
        "an argument",
        arguments,
        &["SC0503 argument --set port_add: `port_add`: there is no such setting = `port` is \
             one value: only lists and sets take `_add`"],
    );
    row.refused(
        "an override",
        SuperConfig::<Lists>::new().with_override("port_add", 1),
        &["SC0504 an override in the program: `port_add`: there is no such setting = `port` \
             is one value: only lists and sets take `_add`"],
    );
    // A setting may be called so.
    row.loaded("height_add", text(Toml, "height_add = 2"), |lists: Lists| lists.height_add, 2);
    row.end();
}

#[test]
fn row_30_removal_wins_in_one_source() {
    let mut row = Row::new(30);
    for (format, source) in [
        (Toml, "list_remove = ['c', 'a']\nlist_add = ['c', 'd']"),
        (Yaml, "list_add: [c, d]\nlist_remove: [c, a]"),
        (Json, "{\"list_add\": [\"c\", \"d\"], \"list_remove\": [\"c\", \"a\"]}"),
    ] {
        row.loaded(source, text(format, source), |lists: Lists| lists.list, ["b", "d"]);
        row.warned(source, text::<Lists>(format, source), &[]);
    }
    let variables = vars([("APP_LIST_REMOVE", "c,a"), ("APP_LIST_ADD", "c,d")]);
    row.loaded("variables", variables, |lists: Lists| lists.list, ["b", "d"]);
    row.end();
}

#[test]
fn row_30_the_removal_of_what_is_not_there_is_a_warning() {
    let mut row = Row::new(30);
    for (format, source, expected) in [
        (
            Toml,
            "list_remove = ['x']",
            "SC0201 a.toml:1:16: `list`: nothing to remove: there is no item \"x\" by then \
             = correct it, or take it out of `list_remove`",
        ),
        (
            Yaml,
            "set: [a]\nset_remove: [a, x]",
            "SC0201 a.yaml:2:17: `set`: nothing to remove: there is no item \"x\" by then \
             = correct it, or take it out of `set_remove`",
        ),
        (
            Json,
            "{\"levels_remove\": [\"x\"]}",
            "SC0201 a.json:1:20: `levels`: nothing to remove: there is no key \"x\" by then \
             = correct it, or take it out of `levels_remove`",
        ),
    ] {
        row.warned(source, text::<Lists>(format, source), &[expected]);
    }
    row.warned(
        "a variable",
        vars::<Lists, 1>([("APP_LIST_REMOVE", "x")]),
        &["SC0201 variable APP_LIST_REMOVE: `list`: nothing to remove: there is no item \
             \"x\" by then = correct it, or take it out of `list_remove`"],
    );
    row.end();
}
