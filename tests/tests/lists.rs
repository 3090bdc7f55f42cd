//! Lists, sets and maps: `x`, `x_add`, `x_remove`, and the strategies of `merge`.
#![allow(missing_docs)]

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use superconfig::source::{Args, Overrides};
use superconfig::{Format, SuperConfig};
use superconfig_tests::{errors, json, toml, vars, warned, yaml};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = ["a", "b"])]
    plain: Vec<String>,
    #[config(default)]
    numbers: BTreeSet<u16>,
    #[config(default)]
    hashed: HashSet<String>,
    #[config(default)]
    queue: VecDeque<u8>,
    maybe: Option<Vec<String>>,
    #[config(default, merge = append)]
    appended: Vec<String>,
    #[config(default, merge = prepend)]
    prepended: Vec<String>,
    #[config(default, merge = union)]
    united: Vec<String>,
    #[config(default, merge = replace)]
    replaced: Vec<String>,
    #[config(default, whole)]
    solid: Vec<String>,
    #[config(default)]
    levels: BTreeMap<String, u8>,
    #[config(default, merge = replace)]
    whole_map: BTreeMap<String, u8>,
    #[config(nested)]
    inner: Inner,
}

#[derive(SuperConfig, Debug)]
struct Inner {
    #[config(default)]
    tags: Vec<String>,
}

fn plain(config: SuperConfig<Settings>) -> Vec<String> {
    config.extract().unwrap_or_else(|error| panic!("{error:#}")).plain
}

#[test]
fn x_replaces_adds_and_removes() {
    assert_eq!(plain(toml("plain = ['c']")), ["c"]);
    assert_eq!(plain(toml("plain_add = ['b', 'c']")), ["a", "b", "c"]);
    assert_eq!(plain(toml("plain_remove = ['a']")), ["b"]);
    assert_eq!(plain(toml("plain = []")), [""; 0]);
}

#[test]
fn one_source_sets_then_adds_then_removes_whatever_the_order_of_writing() {
    let lines = ["plain = ['x', 'y']", "plain_add = ['z', 'x']", "plain_remove = ['y']"];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let text = order.map(|index| lines[index]).join("\n");
        assert_eq!(plain(toml(&text)), ["x", "z"], "{text}");
    }
    assert_eq!(plain(toml("plain_add = ['c']\nplain_remove = ['c']")), ["a", "b"]);
}

#[test]
fn every_source_can_add_and_remove() {
    let expected = ["b", "c"];
    assert_eq!(plain(toml("plain_add = ['c']\nplain_remove = ['a']")), expected);
    assert_eq!(plain(json(r#"{"plain_add": ["c"], "plain_remove": ["a"]}"#)), expected);
    assert_eq!(plain(yaml("plain_add: [c]\nplain_remove:\n- a\n")), expected);
    assert_eq!(plain(vars([("APP_PLAIN_REMOVE", "a"), ("APP_PLAIN_ADD", "c")])), expected);
    let overrides = SuperConfig::new()
        .with_source(Overrides::one("plain_add", vec!["c"]))
        .with_source(Overrides::one("plain_remove", "a"));
    assert_eq!(plain(overrides), expected);
    let args = Args::new(["--set", "plain_add=c", "--set", "plain_remove=a"]);
    assert_eq!(plain(SuperConfig::new().with_source(args)), expected);
}

#[test]
fn sources_take_turns() {
    let config = toml("plain_remove = ['a']")
        .with_text(Format::Json, r#"{"plain_add": ["a"]}"#)
        .with_text(Format::Yaml, "plain_remove: [b]\nplain_add: [c]")
        .with_env(None)
        .with_env_vars([("APP_PLAIN_ADD", "d,c")]);
    assert_eq!(plain(config), ["a", "c", "d"]);
}

#[test]
fn a_later_x_makes_what_was_added_before_irrelevant() {
    let config = toml("plain_add = ['c']").with_text(Format::Toml, "plain = ['z']");
    assert_eq!(plain(config), ["z"]);
}

#[test]
fn x_keeps_duplicates_and_x_add_adds_none() {
    assert_eq!(plain(toml("plain = ['x', 'x']\nplain_add = ['y', 'y', 'x']")), ["x", "x", "y"]);
    assert_eq!(plain(toml("plain = ['x', 'y', 'x']\nplain_remove = ['x']")), ["y"]);
}

#[test]
fn sets_and_other_collections_are_lists_too() {
    let settings = toml::<Settings>(
        "numbers = [3, 1, 3]\nhashed = ['a']\nqueue = [1, 2]\nmaybe = ['m']\n",
    )
    .with_text(
        Format::Toml,
        "numbers_add = [2]\nnumbers_remove = [1]\nhashed_add = ['b', 'a']\nqueue_remove = [1]\n\
         maybe_add = ['n']\n[inner]\ntags_add = ['t']",
    )
    .extract()
    .unwrap();
    assert_eq!(settings.numbers, BTreeSet::from([2, 3]));
    assert_eq!(settings.hashed, HashSet::from(["a".to_owned(), "b".to_owned()]));
    assert_eq!(settings.queue, [2]);
    assert_eq!(settings.maybe.unwrap(), ["m", "n"]);
    assert_eq!(settings.inner.tags, ["t"]);
}

#[test]
fn an_optional_list_begins_to_exist_by_an_addition() {
    let settings = toml::<Settings>("maybe_add = ['n']").extract().unwrap();
    assert_eq!(settings.maybe.unwrap(), ["n"]);
}

#[test]
fn null_clears_an_optional_list() {
    let settings = toml::<Settings>("maybe = ['n']")
        .with_text(Format::Json, r#"{"maybe": null}"#)
        .extract()
        .unwrap();
    assert_eq!(settings.maybe, None);
}

#[test]
fn items_are_compared_as_their_type_compares_them() {
    let settings = toml::<Settings>("numbers = [7, 8]")
        .with_env(None)
        .with_env_vars([("APP_NUMBERS_REMOVE", "007")])
        .extract()
        .unwrap();
    assert_eq!(settings.numbers, BTreeSet::from([8]));
}

#[test]
fn removing_what_is_not_there_is_a_warning() {
    let (settings, warnings) =
        warned(toml::<Settings>("plain_remove = ['a', 'z']\nnumbers_remove = [7]"));
    assert_eq!(settings.get().plain, ["b"]);
    assert_eq!(
        warnings,
        [
            "SC0201 a.toml:1:22: `plain`: nothing to remove: there is no item \"z\" by then \
             = correct it, or take it out of `plain_remove`",
            "SC0201 a.toml:2:19: `numbers`: nothing to remove: there is no item \"7\" by then \
             = correct it, or take it out of `numbers_remove`",
        ]
    );
}

#[test]
fn strategies_say_how_a_later_x_meets_an_earlier_one() {
    let text = |items: &str| {
        ["appended", "prepended", "united", "replaced", "solid"]
            .map(|name| format!("{name} = {items}\n"))
            .concat()
    };
    let settings = toml::<Settings>(&text("['a', 'b', 'a']"))
        .with_text(Format::Toml, text("['b', 'c', 'c']"))
        .extract()
        .unwrap();
    assert_eq!(settings.appended, ["a", "b", "a", "b", "c", "c"]);
    assert_eq!(settings.prepended, ["b", "c", "c", "a", "b", "a"]);
    assert_eq!(settings.united, ["a", "b", "c"]);
    assert_eq!(settings.replaced, ["b", "c", "c"]);
    assert_eq!(settings.solid, ["b", "c", "c"]);
}

#[test]
fn additions_and_removals_work_with_every_strategy() {
    let settings = toml::<Settings>("appended = ['a', 'a']\nprepended = ['a']\nunited = ['a']")
        .with_text(
            Format::Toml,
            "appended_add = ['a', 'b']\nprepended_add = ['b']\nunited_remove = ['a']",
        )
        .extract()
        .unwrap();
    assert_eq!(settings.appended, ["a", "a", "b"]);
    assert_eq!(settings.prepended, ["a", "b"]);
    assert_eq!(settings.united, [""; 0]);
}

#[test]
fn what_has_no_items_takes_no_additions() {
    assert_eq!(
        errors(toml::<Settings>(
            "solid_add = ['a']\nlevels_add = {a = 1}\ninner_remove = ['tags']"
        )),
        [
            "SC0203 a.toml:1:1: `solid_add`: unknown key = `solid` is one value: only lists and \
             sets take `_add`",
            "SC0203 a.toml:2:1: `levels_add`: unknown key = `levels` is a map, and grows by the \
             keys that are written in it",
            "SC0203 a.toml:3:1: `inner_remove`: unknown key = `inner` is a struct: only lists, \
             sets and maps take `_remove`",
        ]
    );
}

#[test]
fn a_map_merges_key_by_key_and_loses_keys_by_name() {
    let settings = toml::<Settings>("[levels]\na = 1\nb = 2")
        .with_text(Format::Json, r#"{"levels": {"b": 3, "c": 4}, "levels_remove": ["a"]}"#)
        .extract()
        .unwrap();
    assert_eq!(settings.levels, BTreeMap::from([("b".to_owned(), 3), ("c".to_owned(), 4)]));
}

#[test]
fn a_map_with_merge_replace_is_replaced() {
    let settings = toml::<Settings>("[whole_map]\na = 1\nb = 2")
        .with_text(Format::Toml, "whole_map = {b = 3}")
        .extract()
        .unwrap();
    assert_eq!(settings.whole_map, BTreeMap::from([("b".to_owned(), 3)]));
}

#[test]
fn a_key_that_is_removed_and_set_later_begins_anew() {
    let settings = toml::<Nested>("[map.k]\nname = 'k'\nsize = 5")
        .with_text(Format::Toml, "map_remove = ['k']")
        .with_text(Format::Toml, "[map.k]\nname = 'again'")
        .extract()
        .unwrap();
    assert_eq!(settings.map["k"], item("again", 1));
}

#[test]
fn removing_a_key_that_is_not_there_is_a_warning() {
    let (_, warnings) = warned(toml::<Settings>("levels_remove = ['z']\n[levels]\na = 1"));
    assert_eq!(
        warnings,
        ["SC0201 a.toml:1:18: `levels`: nothing to remove: there is no key \"z\" by then \
             = correct it, or take it out of `levels_remove`"]
    );
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Nested {
    #[config(nested)]
    list: Vec<Item>,
    #[config(nested, merge = append)]
    appended: Vec<Item>,
    #[config(nested, merge = prepend)]
    prepended: Vec<Item>,
    #[config(nested, merge_by = name)]
    keyed: Vec<Item>,
    #[config(nested, merge_by = id)]
    numbered: Vec<Numbered>,
    #[config(nested)]
    map: BTreeMap<String, Item>,
    #[config(nested, merge = replace)]
    whole: Option<Item>,
}

#[derive(SuperConfig, Debug, PartialEq)]
struct Item {
    name: String,
    #[config(default = 1)]
    size: u32,
}

#[derive(SuperConfig, Debug, PartialEq)]
struct Numbered {
    id: u16,
    #[config(default)]
    tags: Vec<String>,
}

fn item(name: &str, size: u32) -> Item {
    Item { name: name.to_owned(), size }
}

#[test]
fn a_later_list_of_structs_replaces_and_additions_follow() {
    let config = toml::<Nested>("list = [{name = 'a'}, {name = 'b', size = 2}]")
        .with_text(Format::Toml, "list_add = [{name = 'a'}]");
    let settings = config.extract().unwrap();
    assert_eq!(settings.list, [item("a", 1), item("b", 2), item("a", 1)]);
    let config = toml::<Nested>("list = [{name = 'a'}]")
        .with_text(Format::Toml, "[[list]]\nname = 'z'\n[[list]]\nname = 'y'");
    assert_eq!(config.extract().unwrap().list, [item("z", 1), item("y", 1)]);
}

#[test]
fn lists_of_structs_can_go_behind_and_before() {
    let settings = toml::<Nested>("appended = [{name = 'a'}]\nprepended = [{name = 'a'}]")
        .with_text(Format::Toml, "appended = [{name = 'b'}]\nprepended = [{name = 'b'}]")
        .extract()
        .unwrap();
    assert_eq!(settings.appended, [item("a", 1), item("b", 1)]);
    assert_eq!(settings.prepended, [item("b", 1), item("a", 1)]);
}

#[test]
fn merge_by_merges_the_elements_of_one_key() {
    let settings = toml::<Nested>(
        "keyed = [{name = 'a', size = 2}, {name = 'b', size = 3}]\nnumbered = [{id = 1}]",
    )
    .with_text(
        Format::Toml,
        "keyed = [{name = 'b', size = 4}, {name = 'c'}, {name = 'a'}]\n\
         numbered = [{id = 1, tags_add = ['t']}]",
    )
    .extract()
    .unwrap();
    assert_eq!(settings.keyed, [item("a", 2), item("b", 4), item("c", 1)]);
    assert_eq!(settings.numbered, [Numbered { id: 1, tags: vec!["t".to_owned()] }]);
}

#[test]
fn merge_by_adds_only_what_has_a_new_key_and_removes_by_key() {
    let (settings, warnings) = warned(
        toml::<Nested>("keyed = [{name = 'a', size = 2}, {name = 'b'}]\nnumbered = [{id = 7}]")
            .with_named_text(
                "b.toml",
                Format::Toml,
                "keyed_add = [{name = 'a', size = 9}, {name = 'c'}]\nkeyed_remove = ['b', 'z']\n\
                 numbered_remove = [7]",
            ),
    );
    let settings = settings.get();
    assert_eq!(settings.keyed, [item("a", 2), item("c", 1)]);
    assert_eq!(settings.numbered, []);
    assert_eq!(
        warnings,
        ["SC0201 b.toml:2:22: `keyed`: nothing to remove: there is no element \"z\" by then \
             = correct it, or take it out of `keyed_remove`"]
    );
}

#[test]
fn elements_without_a_key_of_merge_by_say_what_is_missing() {
    assert_eq!(
        errors(toml::<Nested>("keyed = [{size = 9}]")),
        ["SC0101 `keyed[0].name`: required, and no source sets it = set `name` in `keyed[0]` \
          in a.toml"]
    );
}

#[test]
fn a_removal_needs_a_key_to_remove_by() {
    assert_eq!(
        errors(toml::<Nested>("list_remove = ['a']")),
        ["SC0203 a.toml:1:1: `list_remove`: unknown key = the elements of `list` have no key to \
          remove them by; `merge_by` names one"]
    );
    assert_eq!(
        errors(toml::<Nested>("keyed_remove = [{name = 'a'}]")),
        ["SC0102 a.toml:1:17: `keyed_remove[0]`: expected the `name` of an element, found a table"]
    );
}

#[test]
fn an_optional_struct_with_merge_replace_is_replaced() {
    let settings = toml::<Nested>("whole = {name = 'a', size = 5}")
        .with_text(Format::Toml, "whole = {name = 'b'}")
        .extract()
        .unwrap();
    assert_eq!(settings.whole, Some(item("b", 1)));
}

#[test]
fn what_is_no_list_is_told_so() {
    assert_eq!(
        errors(toml::<Settings>("plain = 'a'\nplain_add = {}\nlevels = []\nlevels_remove = 'a'")),
        [
            "SC0102 a.toml:1:9: `plain`: expected a list, found the string \"a\"",
            "SC0102 a.toml:2:13: `plain_add`: expected a list, found a table",
            "SC0102 a.toml:3:10: `levels`: expected a table, found a list",
            "SC0102 a.toml:4:17: `levels_remove`: expected a list of keys, found the string \"a\"",
        ]
    );
}

#[test]
fn items_that_do_not_fit_are_all_named() {
    assert_eq!(
        errors(toml::<Settings>("numbers = [1, 'two', 70000]\nlevels_remove = [1]")),
        [
            "SC0102 a.toml:1:15: `numbers[1]`: expected an integer from 0 to 65535, found the \
             string \"two\"",
            "SC0103 a.toml:1:22: `numbers[2]`: expected an integer from 0 to 65535, found the \
             integer 70000",
            "SC0102 a.toml:2:18: `levels_remove[0]`: expected a key (a string), found the integer 1",
        ]
    );
}

#[test]
fn a_source_that_only_removes_keys_replaces_no_map() {
    let both = toml("whole_map = { a = 1, b = 2 }");
    let (settings, warnings) =
        warned::<Settings>(both.with_text(Format::Toml, "whole_map_remove = ['a']"));
    assert_eq!(settings.get().whole_map, BTreeMap::from([("b".to_owned(), 2)]));
    assert!(warnings.is_empty(), "{warnings:?}");

    let three = toml::<Settings>("whole_map = { a = 1, b = 2 }")
        .with_text(Format::Toml, "whole_map = { c = 3, d = 4 }\nwhole_map_remove = ['c']")
        .with_text(Format::Toml, "whole_map_remove = ['x']");
    let (settings, warnings) = warned(three);
    assert_eq!(settings.get().whole_map, BTreeMap::from([("d".to_owned(), 4)]));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
}
