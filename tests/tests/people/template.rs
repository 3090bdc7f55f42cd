//! Templates: as they are they give the defaults, and without their marks they can be read.

use superconfig::{Config, Format, SuperConfig};

use super::check;
use super::settings::{Plain, REQUIRED, Settings, Sinks, Twins};

fn extension(format: Format) -> &'static str {
    match format {
        Format::Toml => "toml",
        Format::Yaml => "yaml",
        Format::Json => "json",
        _ => "jsonc",
    }
}

/// Takes the marks away from the lines that are settings.
fn opened(format: Format, template: &str) -> String {
    let mark = if format == Format::Jsonc { "//" } else { "#" };
    let open = |line: &str| {
        let text = line.trim_start();
        match text.strip_prefix(mark) {
            Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => {
                format!("{}{rest}\n", &line[..line.len() - text.len()])
            }
            _ => format!("{line}\n"),
        }
    };
    template.lines().map(open).collect()
}

#[test]
fn templates_are_as_expected() {
    for format in Format::ALL {
        let extension = extension(format);
        check(&format!("settings.{extension}"), &Settings::template(format));
        check(&format!("plain.{extension}"), &Plain::SCHEMA.template(format));
        check(&format!("sinks.{extension}"), &Sinks::template(format));
    }
}

#[test]
fn a_template_gives_the_defaults() {
    for format in Format::ALL {
        let load = |text: Option<String>| {
            let mut builder = SuperConfig::<Settings>::new().with_text(Format::Json, REQUIRED);
            if let Some(text) = text {
                builder = builder.with_text(format, text);
            }
            let handle = builder.strict().build().unwrap_or_else(|e| panic!("{format:?}: {e:#}"));
            assert!(handle.warnings().is_empty(), "{format:?}: {:?}", handle.warnings());
            format!("{:?}", handle.get().clone())
        };
        assert_eq!(load(Some(Settings::template(format))), load(None), "{format:?}");

        let plain = |text: String| {
            let builder = SuperConfig::<Plain>::new().with_text(format, text).strict();
            builder.extract().unwrap_or_else(|e| panic!("{format:?}: {e:#}"))
        };
        let defaults = SuperConfig::<Plain>::new().extract().expect("nothing is required");
        let template = Plain::SCHEMA.template(format);
        assert_eq!(plain(template.clone()), defaults, "{format:?}");
        // Examples stand for what has no default; the rest are the defaults themselves.
        let mut open = plain(opened(format, &template));
        if format != Format::Json {
            assert_eq!(
                (open.name.take(), open.nick.take()),
                (Some(String::new()), Some(String::new()))
            );
        }
        assert_eq!(open, defaults, "{format:?}");
    }
}

#[test]
fn without_its_marks_a_template_can_be_read() {
    for format in [Format::Toml, Format::Yaml, Format::Jsonc] {
        let text = opened(format, &Settings::template(format));
        let builder = SuperConfig::<Settings>::new().with_text(format, text.clone()).strict();
        let handle = match builder.select_profile("production").build() {
            Ok(handle) => handle,
            Err(error) => panic!("{format:?}: {error:#}\n{text}"),
        };
        let settings = handle.get();
        assert_eq!((settings.port, settings.max_age), (8080, 86400), "{format:?}");
        assert_eq!(settings.greeting, "a \"b\"\n\t\\ é");
        assert_eq!(settings.upstreams["name"].retries, 2);
        assert_eq!(settings.servers.len(), 1);
        assert!(settings.tls.is_some());
        assert_eq!(settings.database.skew_ms, -16);
        // What is deprecated is still read, with a warning, and nothing else is worth one.
        for warning in handle.warnings() {
            assert_eq!(warning.code.as_str(), "SC0202", "{format:?}: {warning:?}");
        }
    }
}

#[test]
fn secrets_and_skipped_fields_are_not_in_it() {
    for format in Format::ALL {
        let text = Settings::template(format);
        assert!(!text.contains("hunter2"), "{format:?}");
        assert!(!text.contains("started"), "{format:?}");
        assert_eq!(text.contains("[redacted]"), format != Format::Json, "{format:?}");
    }
    assert!(!Settings::json_schema().contains("hunter2"));
    assert!(!Settings::reference().contains("hunter2"));
    assert!(!format!("{:?}", Settings::env_vars()).contains("hunter2"));
}

#[test]
fn nested_types_have_templates_too() {
    let text = Twins::SCHEMA.template(Format::Toml);
    assert!(text.contains("[one.inner]") && text.contains("#second = 2"), "{text}");
}

#[test]
fn text_of_others_stays_in_its_comment() {
    use superconfig::schema::{Body, Field, Kind, Schema};
    static ODD: Schema = Schema::new(
        "Odd",
        Body::Record(&[
            Field {
                doc: "one\r\ntwo\u{2028}x = 1\u{85}y",
                deprecated: Some("never\nz = 1"),
                ty: "u8",
                default: Some("f(\"a\nb\")"),
                aliases: &[],
                ..Field::new("on off", "ON", Kind::Leaf)
            },
            Field { ty: "u8", ..Field::new("on", "ON2", Kind::Leaf) },
            Field { ty: "Map", ..Field::new("map", "MAP", Kind::Map) },
            Field {
                ty: "Option<BTreeMap<String, u8>>",
                optional: true,
                ..Field::new("m2", "M2", Kind::Map)
            },
            Field { ty: "Words", ..Field::new("w", "W", Kind::List) },
            Field { ty: "Option<Any>", optional: true, ..Field::new("any", "ANY", Kind::Leaf) },
        ]),
    );
    for format in [Format::Toml, Format::Yaml, Format::Jsonc] {
        let text = ODD.template(format);
        let mark = if format == Format::Jsonc { "//" } else { "#" };
        for line in text.lines().map(str::trim_start) {
            assert!(line.is_empty() || line.starts_with(mark) || "{}".contains(line), "{line}");
        }
        assert!(text.contains("\"on off\""), "{text}");
    }
    assert!(ODD.template(Format::Yaml).contains("#\"on\": 0"));
    assert!(ODD.json_schema().contains("\"type\": \"object\""));
    assert!(ODD.reference().contains("`on off`"));
}

#[test]
fn the_guide_shows_a_template() {
    use std::collections::BTreeMap;
    // The program of the guide's section.
    /// Settings of the order service.
    #[derive(SuperConfig)]
    #[config(env_prefix = "ORDERS")]
    struct Settings {
        /// Port to listen on.
        #[config(default = 8080, env = "PORT")]
        port: u16,
        #[config(default = ["core"])]
        plugins: Vec<String>,
        #[config(nested)]
        upstreams: BTreeMap<String, Upstream>,
    }

    #[derive(SuperConfig)]
    struct Upstream {
        /// Where it is.
        url: String,
    }

    let guide = include_str!("../../../docs/GUIDE.md").replace("\r\n", "\n");
    let template = Settings::template(Format::Toml);
    assert!(guide.contains(&format!("```toml\n{template}```\n")), "{template}");
}

#[test]
fn variants_of_other_types_are_in_it() {
    for format in Format::ALL {
        let template = Sinks::template(format);
        for text in [opened(format, &template), template] {
            let builder = SuperConfig::<Sinks>::new().with_text(format, text.clone()).strict();
            let sinks = builder.extract().unwrap_or_else(|e| panic!("{format:?}: {e:#}\n{text}"));
            assert_eq!((sinks.ratio, sinks.big), (Some(2.5), 7), "{format:?}");
        }
    }
}

#[derive(SuperConfig)]
#[config(env_prefix = "APP")]
#[allow(dead_code)] // only its template matters
struct Quotas {
    #[config(default)]
    ports: std::collections::HashMap<u16, u32>,
    #[config(nested)]
    tenants: std::collections::BTreeMap<u64, Tenant>,
}

#[derive(SuperConfig)]
#[allow(dead_code)]
struct Tenant {
    #[config(default = 3)]
    retries: u8,
}

#[test]
fn the_key_of_an_example_is_one_that_the_map_can_hold() {
    for format in [Format::Toml, Format::Yaml, Format::Jsonc] {
        let text = opened(format, &Quotas::template(format));
        let quotas = SuperConfig::<Quotas>::new().with_text(format, &*text).extract();
        let quotas = quotas.unwrap_or_else(|error| panic!("{error:#}\n{text}"));
        assert_eq!((quotas.ports[&1], quotas.tenants[&1].retries), (0, 3));
    }
}
