//! Many mistakes at once: the report ends somewhere, and its time does not grow with the square of them.

use std::fmt::Write;

use superconfig::{Format, SuperConfig};

#[derive(SuperConfig, Debug)]
struct Server {
    name: String,
    #[config(default = 1, validate = small)]
    port: u16,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what `validate` asks for
fn small(port: &u16) -> Result<(), String> {
    if *port > 5 { Err("too large".to_owned()) } else { Ok(()) }
}

#[derive(SuperConfig, Debug)]
struct Settings {
    #[config(nested)]
    servers: Vec<Server>,
    #[config(nested, merge_by = name)]
    keyed: Vec<Server>,
    #[config(default)]
    ports: Vec<u16>,
    #[config(default)]
    names: Vec<String>,
}

fn loading(text: String) -> SuperConfig<Settings> {
    SuperConfig::new().with_text(Format::Toml, text)
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, index| {
        writeln!(text, "{}", line(index)).expect("a string takes it");
        text
    })
}

#[test]
fn warnings_of_a_source_end_too() {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join(".env"), "PORT=1\n".repeat(2_000)).expect("written");
    let settings = SuperConfig::<Settings>::new().with_directory(directory.path());
    let settings = settings.with_dotenv(".env").build().expect("a configuration");
    assert_eq!(settings.warnings().len(), 101);
}

/// Each of these took minutes when something was searched or read again for each item.
#[test]
fn many_items_are_no_more_work_than_few() {
    const MANY: usize = 20_000;
    let items = lines(MANY, |index| format!("'n{index}',"));
    let refused = lines(MANY, |index| format!("[[servers]]\nname = 's{index}'\nport = 9"));
    loading(refused).extract().expect_err("refused");
    loading(lines(MANY, |index| format!("unknown_{index} = 1"))).build().expect("warnings");
    let keyed = lines(MANY, |index| format!("[[keyed]]\nname = 's{index}'"));
    let keys = lines(MANY, |index| format!("'s{index}',"));
    let settings = loading(keyed.clone())
        .with_text(Format::Toml, keyed)
        .with_text(Format::Toml, format!("names_add = [\n{items}]\nkeyed_remove = [\n{keys}]"))
        .with_text(Format::Toml, format!("names_add = [\n{items}'z']"))
        .extract()
        .expect("a configuration");
    assert_eq!((settings.keyed.len(), settings.names.len()), (0, MANY + 1));
    let settings = loading(format!("names = [\n{items}]\nnames_remove = [\n{items}]"))
        .extract()
        .expect("a configuration");
    assert!(settings.names.is_empty());
}

#[test]
fn many_steps_do_what_few_do() {
    let list = |items: &[&str]| {
        let items: Vec<_> = items.iter().map(|item| format!("'{item}'")).collect();
        format!("[{}]", items.join(", "))
    };
    let abc: Vec<String> = ('a'..='t').map(String::from).collect();
    let abc: Vec<&str> = abc.iter().map(String::as_str).collect();
    let text = format!(
        "names = ['z', 'c', 'c']\nnames_add = {}\nnames_remove = {}",
        list(&[&abc[..], &["a"]].concat()),
        list(&[&abc[1..], &["b"]].concat()),
    );
    let settings = loading(text).build().expect("a configuration");
    assert_eq!(settings.get().names, ["z", "a"]);
    let said: Vec<_> = settings.warnings().iter().map(|warning| &*warning.message).collect();
    assert_eq!(said, ["nothing to remove: there is no item \"b\" by then"]);
}
