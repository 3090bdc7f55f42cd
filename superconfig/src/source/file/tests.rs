use super::super::testing::World;
use super::*;
use crate::error::Code;

#[test]
fn the_file_of_a_profile_comes_after_the_file() {
    let world = World::new()
        .file("c/config.toml", "")
        .file("c/config.staging.toml", "")
        .file("c/config.eu.toml", "")
        .file("c/config.production.toml", "")
        .profiles(&["staging", "none", "eu"])
        .load(&File::required("c/config.toml"));
    world.assert_fine();
    assert_eq!(world.names(), "c/config.toml c/config.staging.toml@staging c/config.eu.toml@eu");
    assert_eq!(
        world.looked(),
        ["+c/config.toml", "+c/config.staging.toml", "-c/config.none.toml", "+c/config.eu.toml"]
    );
    let text = world.documents().next().expect("three");
    assert_eq!(text.format, Some(Format::Toml));
}

#[test]
fn an_optional_file_may_be_missing_and_its_profile_s_file_be_there() {
    let world = World::new()
        .file("b.eu.json", "{}")
        .profiles(&["eu"])
        .load(&File::optional("a.toml").and("b.json"));
    world.assert_fine();
    assert_eq!(world.names(), "b.eu.json@eu");
    assert_eq!(world.looked(), ["-a.toml", "-a.eu.toml", "-b.json", "+b.eu.json"]);
}

#[test]
fn other_trouble_with_a_profile_s_file_is_an_error() {
    let world = World::new()
        .file("a.toml", "")
        .directory("a.eu.toml")
        .profiles(&["eu"])
        .load(&File::optional("a.toml"));
    assert_eq!(world.problem().code, Code::NotAFile);
}

#[test]
fn a_profile_never_leads_out_of_the_directory() {
    let world = World::new()
        .file("c/a.toml", "")
        .file("x.toml", "")
        .profiles(&["/../../x", "."])
        .load(&File::required("c/a.toml"));
    world.assert_fine();
    assert_eq!(world.names(), "c/a.toml");
}

#[test]
fn a_stem_finds_the_one_file_with_a_known_extension() {
    let world = World::new()
        .file("c/config.yml", "")
        .file("c/config.eu.yml", "")
        .file("c/config.txt", "")
        .profiles(&["eu"])
        .load(&File::required("c/config"));
    world.assert_fine();
    assert_eq!(world.names(), "c/config.yml c/config.eu.yml@eu");
    let world = World::new().file("orders.v2.toml", "").load(&File::required("orders.v2"));
    assert_eq!(world.names(), "orders.v2.toml");
    let world = World::new().file("config", "a = 1").load(&File::required("config"));
    assert_eq!(world.documents().next().map(|text| text.format), Some(None));
    let world = World::new().load(&File::optional("config"));
    world.assert_fine();
    assert_eq!(world.looked(), ["-config", "-config.*"]);
    let world = World::new().load(&File::required("config"));
    assert!(world.report().contains("nor is there one with .toml"), "{}", world.report());
}

#[test]
fn two_files_of_one_stem_are_both_named() {
    let world =
        World::new().file("c/app.toml", "").file("c/app.yaml", "").load(&File::optional("c/app"));
    assert_eq!(
        world.report(),
        "error[SC0406]: `app.toml` and `app.yaml` are both here, and neither comes before the other
 --> ~/c/app.toml
  = keep one of them, or name both with `with_file` in the order that is meant

1 error"
    );
    assert_eq!(world.names(), "");
}

#[test]
fn a_foreign_format_is_refused_and_an_unknown_name_is_not() {
    let world = World::new().file("a.ini", "").load(&File::required("a.ini"));
    assert_eq!(world.problem().code, Code::UnknownFormat);
    assert_eq!(world.problem().message, "`.ini` files cannot be read");
    let world = World::new().file("a.conf", "").load(&File::required("a.conf"));
    world.assert_fine();
}

#[test]
fn a_byte_order_mark_is_no_trouble() {
    let world = World::new().file("a.toml", "\u{feff}a = 1\r\n").load(&File::required("a.toml"));
    world.assert_fine();
}
