//! Which source a problem names, where a source of one's own gave values without a text.

use std::collections::BTreeMap;

use superconfig::{Format, Loading, Source, SuperConfig};
use superconfig_tests::{errors, toml, vars, warned};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 2, validate = even)]
    size: u8,
    #[config(default)]
    tags: Vec<String>,
    #[config(default)]
    levels: BTreeMap<String, u8>,
    #[config(nested, merge_by = name, default)]
    keyed: Vec<Item>,
}

#[derive(SuperConfig, Debug)]
struct Item {
    name: String,
    #[config(default = 2, validate = even)]
    size: u8,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what `validate` asks for
fn even(number: &u8) -> Result<(), String> {
    if number.is_multiple_of(2) { Ok(()) } else { Err(format!("{number} is odd")) }
}

/// Values that stand in no text.
struct Vault(&'static str);

impl Source for Vault {
    fn name(&self) -> String {
        "the vault".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        loading.values("the vault", serde_json::from_str(self.0).expect("valid JSON"));
    }
}

fn vault(json: &'static str) -> SuperConfig<Settings> {
    SuperConfig::new().with_source(Vault(json))
}

fn warnings(config: SuperConfig<Settings>) -> Vec<String> {
    warned(config).1
}

/// The place that the only one of these lines begins with.
fn place(said: &[String]) -> &str {
    assert_eq!(said.len(), 1, "{said:?}");
    let (_, place) = said[0].split_once(' ').expect("a code");
    place.split(": `").next().unwrap_or_default()
}

#[test]
fn a_refused_value_is_that_of_the_source_that_gave_it_last() {
    let odd = r#"{"size": 3}"#;
    assert_eq!(place(&errors(vault(odd))), "the vault");
    assert_eq!(place(&errors(toml::<Settings>("size = 1").with_source(Vault(odd)))), "the vault");
    let text = vault(odd).with_named_text("a.toml", Format::Toml, "size = 5");
    assert_eq!(place(&errors(text)), "a.toml:1:8");
    // A source that says nothing of it is not named.
    let other = vault(odd).with_named_text("a.toml", Format::Toml, "tags = []");
    assert_eq!(place(&errors(other)), "the vault");
    assert_eq!(place(&errors(vars::<Settings, 1>([("APP_SIZE", "3")]))), "variable APP_SIZE");
}

#[test]
fn a_removal_of_nothing_is_that_of_the_source_that_wrote_it() {
    assert_eq!(
        warnings(vault(r#"{"tags_remove": ["x"]}"#)),
        ["SC0201 the vault: `tags`: nothing to remove: there is no item \"x\" by then \
             = correct it, or take it out of `tags_remove`"]
    );
    let variable = vars::<Settings, 1>([("APP_TAGS_REMOVE", "x")]);
    assert_eq!(place(&warnings(variable)), "variable APP_TAGS_REMOVE");
    let earlier = toml::<Settings>("tags_remove = ['a', 'x']\ntags = ['a']")
        .with_source(Vault(r#"{"levels": {"a": 1}}"#));
    assert_eq!(place(&warnings(earlier)), "a.toml:1:21");
}

#[test]
fn an_element_that_two_sources_made_is_that_of_neither() {
    let later = r#"{"keyed": [{"name": "b", "size": 3}]}"#;
    assert_eq!(
        errors(toml::<Settings>("keyed = [{ name = 'a' }]").with_source(Vault(later)))
            .iter()
            .map(|line| line.split(": ").next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>(),
        ["SC0106 `keyed[1].size`"]
    );
}

#[test]
fn keys_of_any_kind_remove_an_element() {
    let keyed = r#"{"keyed": [{"name": "true"}, {"name": "7"}, {"name": "c"}]}"#;
    let config = vault(keyed).with_source(Vault(r#"{"keyed_remove": [true, 7]}"#));
    let (settings, warnings) = warned(config);
    let names: Vec<_> = settings.get().keyed.iter().map(|item| item.name.clone()).collect();
    assert_eq!(names, ["c"]);
    assert_eq!(warnings, [""; 0]);
    let wrong = vault(keyed).with_source(Vault(r#"{"keyed_remove": [{"name": "c"}]}"#));
    let said = errors(wrong);
    assert_eq!(place(&said), "the vault");
    assert!(said[0].ends_with(": expected the `name` of an element, found a table"), "{said:?}");
}
