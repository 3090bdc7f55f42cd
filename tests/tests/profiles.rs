//! Profiles: where they are written, which one wins, and what happens to one that is not there.
#![allow(missing_docs)]

use superconfig::{Format, SuperConfig};
use superconfig_tests::{errors, json, toml, warned, yaml};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP", profiles("development", "staging", "production"))]
struct Settings {
    #[config(default = "none")]
    who: String,
    #[config(default = 1)]
    port: u16,
    #[config(default)]
    plugins: Vec<String>,
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig, Debug)]
struct Pool {
    #[config(default = 1)]
    min: u32,
    #[config(default = 10)]
    max: u32,
}

const THREE: &str = "\
who = 'base'
[default]
who = 'default'
port = 2
[production]
who = 'production'
[profile.eu]
who = 'eu'
pool.max = 30
";

fn who(config: SuperConfig<Settings>) -> String {
    config.extract().unwrap_or_else(|error| panic!("{error:#}")).who
}

#[test]
fn without_a_selection_the_sections_of_profiles_are_read_over() {
    let (settings, warnings) = warned(toml::<Settings>(THREE));
    assert_eq!((&*settings.get().who, settings.get().port), ("base", 2));
    assert_eq!(
        warnings,
        ["SC0206 a.toml:7:10: nobody selected the profile `eu`, and nothing else sets `pool.max` \
          = select it by `select_profile(\"eu\")`"]
    );
}

#[test]
fn default_is_below_the_rest_of_its_document() {
    assert_eq!(who(toml("[default]\nwho = 'default'")), "default");
    assert_eq!(who(toml("who = 'base'\n[default]\nwho = 'default'")), "base");
    assert_eq!(who(json(r#"{"default": {"who": "default"}, "who": "base"}"#)), "base");
    assert_eq!(who(yaml("default: {who: default}\nwho: base")), "base");
}

#[test]
fn a_declared_profile_is_a_section_of_its_name() {
    for config in [
        toml(THREE),
        json(r#"{"production": {"who": "production"}, "who": "base"}"#),
        yaml("production:\n  who: production\nwho: base\n"),
    ] {
        assert_eq!(who(config.select_profile("production")), "production");
    }
}

#[test]
fn any_profile_is_a_section_below_profile() {
    for config in [
        toml("who = 'base'\n[profile.production]\nwho = 'production'"),
        toml("profile.production.who = 'production'\nwho = 'base'"),
        json(r#"{"profile": {"production": {"who": "production"}}, "who": "base"}"#),
        yaml("profile:\n  production:\n    who: production\nwho: base\n"),
    ] {
        assert_eq!(who(config.select_profile("production")), "production");
    }
    let settings = toml::<Settings>(THREE).select_profile("eu").extract().unwrap();
    assert_eq!((&*settings.who, settings.pool.max, settings.pool.min), ("eu", 30, 1));
}

#[test]
fn a_profile_may_be_a_file_beside_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text).unwrap();
    write("config.toml", "who = 'base'\nport = 5\n[production]\nport = 6\nwho = 'section'");
    write("config.production.toml", "who = 'sibling'");
    write("config.staging.yaml", "who: staging");
    let load = |profile: &str| {
        SuperConfig::<Settings>::new()
            .with_directory(directory.path())
            .with_file("config.toml")
            .select_profile(profile)
            .extract()
            .unwrap_or_else(|error| panic!("{error:#}"))
    };
    let settings = load("production");
    assert_eq!((&*settings.who, settings.port), ("sibling", 6));
    assert_eq!(load("staging").who, "staging");
    assert_eq!(load("development").who, "base");
}

#[test]
fn of_several_profiles_the_last_wins() {
    let text = "[staging]\nwho = 'staging'\nport = 3\n[profile.eu]\nwho = 'eu'";
    let load = |config: SuperConfig<Settings>| {
        let settings = config.extract().unwrap();
        (settings.who, settings.port)
    };
    assert_eq!(load(toml(text).select_profile("staging,eu")), ("eu".to_owned(), 3));
    assert_eq!(load(toml(text).select_profile("eu, staging")), ("staging".to_owned(), 3));
    let twice = toml(text).select_profile("staging").select_profile("eu");
    assert_eq!(load(twice), ("eu".to_owned(), 3));
}

#[test]
fn the_order_of_the_sections_in_the_text_does_not_matter() {
    let text = "[profile.eu]\nwho = 'eu'\n[staging]\nwho = 'staging'\n";
    assert_eq!(who(toml(text).select_profile("staging,eu")), "eu");
}

#[test]
fn a_section_wins_over_its_own_source_and_not_over_a_later_one() {
    let config = toml(THREE).with_text(Format::Toml, "who = 'later'").select_profile("production");
    assert_eq!(who(config), "later");
    let config = toml(THREE)
        .with_env(None)
        .with_env_vars([("APP_WHO", "variable")])
        .select_profile("production");
    assert_eq!(who(config), "variable");
}

#[test]
fn lists_go_on_from_the_base_to_the_section() {
    let text = "plugins = ['a', 'b']\n[production]\nplugins_add = ['c']\nplugins_remove = ['a']";
    let settings = toml::<Settings>(text).select_profile("production").extract().unwrap();
    assert_eq!(settings.plugins, ["b", "c"]);
}

#[test]
fn a_declared_profile_need_not_be_written_anywhere() {
    assert_eq!(who(toml("who = 'base'").select_profile("development")), "base");
}

#[test]
fn an_undeclared_profile_has_to_be_written_somewhere() {
    let config = toml("who = 'base'")
        .with_text(Format::Yaml, "profile: {eu: {who: eu}}")
        .select_profile("eu");
    assert_eq!(who(config), "eu");
}

#[test]
fn a_profile_that_is_nowhere_is_an_error_with_the_known_ones() {
    assert_eq!(
        errors(toml::<Settings>(THREE).select_profile("prodution")),
        ["SC0602 there is no profile \"prodution\" = did you mean `production`? = the profiles \
          are development, eu, production, staging = it is not declared by `profiles(…)`, and \
          a.toml has no section [profile.prodution] and no sibling a.prodution.toml"]
    );
    assert_eq!(errors(toml::<Settings>(THREE).select_profile("x,production,y")).len(), 2);
}

#[derive(SuperConfig, Debug)]
struct Undeclared {
    #[config(default = "none")]
    who: String,
}

#[test]
fn where_no_profile_is_known_the_error_says_how_to_make_one() {
    assert_eq!(
        errors(toml::<Undeclared>("").select_profile("eu")),
        [
            "SC0602 there is no profile \"eu\" = it is not declared by `profiles(…)`, and a.toml has \
          no section [profile.eu] and no sibling a.eu.toml"
        ]
    );
}

#[test]
fn an_undeclared_profile_has_no_section_of_its_name_alone() {
    let (settings, warnings) = warned(toml::<Undeclared>("[production]\nwho = 'production'"));
    assert_eq!(settings.get().who, "none");
    assert_eq!(warnings, ["SC0203 a.toml:1:2: `production`: unknown key = known here: who"]);
}

#[test]
fn what_cannot_be_a_profile_is_refused() {
    for name in ["../x", "a/b", ".", "a b", "\u{0}"] {
        let said = errors(toml::<Settings>(THREE).select_profile(name));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("SC0601 "), "{said:?}");
    }
    assert_eq!(
        errors(toml::<Settings>(THREE).select_profile("../x")),
        [
            "SC0601 the profile \"../x\" has a '.' in its name = a name is made of 1 to 64 of A-Z, a-z, \
          0-9, `_` and `-`"
        ]
    );
}

#[test]
fn nothing_selected_is_nothing_selected() {
    for nothing in ["", " ", ",", " , "] {
        assert_eq!(who(toml(THREE).select_profile(nothing)), "base");
    }
}

#[derive(SuperConfig, Debug)]
struct Fields {
    #[config(default = "none")]
    default: String,
    #[config(nested)]
    profile: Profile,
}

#[derive(SuperConfig, Debug)]
struct Profile {
    #[config(default = "none")]
    eu: String,
}

#[test]
fn a_field_named_like_a_section_is_the_field() {
    let settings = toml::<Fields>("default = 'x'\n[profile]\neu = 'y'").extract().unwrap();
    assert_eq!((&*settings.default, &*settings.profile.eu), ("x", "y"));
}

#[test]
fn what_is_wrong_in_a_selected_section_is_found_there() {
    let text = "[production]\nport = 'x'\npot = 1\n[staging]\nport = 'y'";
    assert_eq!(
        errors(toml::<Settings>(text).select_profile("production").strict()),
        [
            "SC0102 a.toml:2:8: `port`: expected an integer from 0 to 65535, found the string \
             \"x\"",
            "SC0203 a.toml:3:1: `pot`: unknown key = did you mean `port`?",
        ]
    );
}

#[test]
fn a_section_is_a_table() {
    assert_eq!(
        errors(toml::<Settings>("default = 1\nproduction = 'x'").select_profile("production")),
        [
            "SC0102 a.toml:1:11: `default`: expected a table of settings, found the integer 1",
            "SC0102 a.toml:2:14: `production`: expected a table of settings, found the string \"x\"",
        ]
    );
    assert_eq!(
        errors(toml::<Settings>("profile = 'production'")),
        ["SC0102 a.toml:1:11: `profile`: expected a table of profiles, found the string \
          \"production\""]
    );
}

#[test]
fn a_variable_may_select_the_profile() {
    let named = |name: &'static str| {
        toml(THREE)
            .select_profile_from("WHICH")
            .with_env(None)
            .with_env_vars([("WHICH", name), ("APP_PORT", "9")])
    };
    assert_eq!(who(named("production")), "production");
    assert_eq!(who(named("production,eu")), "eu");
    assert_eq!(who(named("")), "base");
    assert_eq!(who(named("eu").select_profile("production")), "production");
    let said = errors(named("prod"));
    assert_eq!(
        said,
        ["SC0602 variable WHICH: there is no profile \"prod\" = did you mean `production`? = the \
             profiles are development, eu, production, staging = it is not declared by \
             `profiles(…)`, and a.toml has no section [profile.prod] and no sibling a.prod.toml"]
    );
}

#[test]
fn the_conventional_stack_asks_the_prefixed_variable() {
    let directory = tempfile::tempdir().unwrap();
    let config = |name: &'static str| {
        SuperConfig::<Settings>::conventional()
            .with_root(directory.path())
            .with_directory(directory.path())
            .with_env_vars([("APP_PROFILE", name)])
            .with_text(Format::Toml, THREE)
    };
    assert_eq!(who(config("production")), "production");
    let (_, warnings) = warned(config("eu"));
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn a_profile_that_is_selected_twice_counts_where_it_stands_last() {
    let twice = |profiles: &str| who(toml(THREE).select_profile(profiles));
    assert_eq!(twice("production,eu"), "eu");
    assert_eq!(twice("production,eu,production"), "production");
}

#[test]
fn nothing_is_said_of_a_profile_that_may_be_in_a_broken_file() {
    let problems = errors(toml::<Settings>("[profile.us\nwho = 'us'").select_profile("us"));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].starts_with("SC0301"), "{problems:?}");
}

#[derive(SuperConfig, Debug)]
#[config(profiles("production"))]
struct Removable {
    #[config(nested)]
    tls: Option<Tls>,
}

#[derive(SuperConfig, Debug)]
struct Tls {
    certificate: String,
}

/// Looking for what only a section sets makes nothing exist.
#[test]
fn what_null_took_away_stays_away_where_a_section_of_another_profile_has_it() {
    let text = "tls: null\nproduction:\n  tls:\n    certificate: a.pem\n";
    let config = || SuperConfig::<Removable>::new().with_text(Format::Yaml, text);
    let handle = config().build().expect("nothing is required");
    assert!(handle.get().tls.is_none());
    assert_eq!(handle.warnings().len(), 1, "{:?}", handle.warnings());
    let selected = config().select_profile("production").extract().expect("it is there");
    assert_eq!(selected.tls.map(|tls| tls.certificate).as_deref(), Some("a.pem"));
}
