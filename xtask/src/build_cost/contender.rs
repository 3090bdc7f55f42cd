//! The same small program for each contender: it loads the settings from a TOML file and from variables, and
//! prints a number of them.

use std::fmt::Write;

use super::settings::{Field, Kind, Settings, Struct};

/// One way to write the program.
pub(super) struct Contender {
    /// Its name in tables.
    pub(super) name: &'static str,
    /// The folder of its crate.
    pub(super) folder: &'static str,
    /// What its structs derive, in the table of what derives cost; nothing where it has no row there.
    pub(super) derives: &'static str,
    /// Whether it does the whole job, and has a row in the table of programs.
    pub(super) program: bool,
    /// What it depends on, and which features of that.
    pub(super) dependencies: &'static [(&'static str, &'static str)],
    shape: Shape,
    /// The body of `fn load(file: &Path) -> Result<Settings, Box<dyn Error>>`.
    load: fn(&Settings) -> String,
}

/// How its structs look.
enum Shape {
    /// Derives with attributes.
    Derived {
        derive: &'static str,
        /// Attributes of the root, and of every struct of settings.
        of_root: &'static str,
        of_structs: &'static str,
        of_elements: &'static str,
        attribute: fn(&Field) -> Option<String>,
    },
    /// Structs of options that are finished by hand.
    ByHand,
}

const SERDE: (&str, &str) = ("serde", "features = [\"derive\"]");
const TOML: (&str, &str) =
    ("toml", "default-features = false, features = [\"parse\", \"serde\", \"std\"]");

const OURS: Shape = Shape::Derived {
    derive: "superconfig::SuperConfig",
    of_root: "#[config(env_prefix = \"APP\")]\n",
    of_structs: "",
    of_elements: "superconfig::SuperConfig",
    attribute: |field| match &field.kind {
        Kind::Value { default, .. } => Some(format!("#[config(default = {})]", default.as_ref()?)),
        Kind::Whole => None,
        Kind::Inside | Kind::Each => Some("#[config(nested)]".to_owned()),
    },
};

/// Without attributes: whoever needs no more than this is told defaults and variables when it loads.
const PLAIN: Shape = Shape::Derived {
    derive: "serde::Deserialize",
    of_root: "",
    of_structs: "",
    of_elements: "serde::Deserialize",
    attribute: |_| None,
};

const BOTH_OF_SERDE: Shape = Shape::Derived {
    derive: "serde::Deserialize, serde::Serialize",
    of_root: "",
    of_structs: "",
    of_elements: "serde::Deserialize, serde::Serialize",
    attribute: |_| None,
};

const OF_CONFIQUE: Shape = Shape::Derived {
    derive: "confique::Config",
    of_root: "",
    of_structs: "",
    of_elements: "serde::Deserialize",
    attribute: |field| match &field.kind {
        Kind::Value { variable, default } => {
            let default = default.as_ref().map_or(String::new(), |d| format!(", default = {d}"));
            Some(format!("#[config(env = \"{variable}\"{default})]"))
        }
        Kind::Inside => Some("#[config(nested)]".to_owned()),
        Kind::Whole | Kind::Each => None,
    },
};

const OF_SCHEMATIC: Shape = Shape::Derived {
    derive: "schematic::Config",
    of_root: "",
    of_structs: "",
    of_elements: "Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize",
    attribute: |field| match &field.kind {
        Kind::Value { variable, default } => {
            let default = default.as_ref().map_or(String::new(), |d| format!(", default = {d}"));
            Some(format!("#[setting(env = \"{variable}\"{default})]"))
        }
        Kind::Inside => Some("#[setting(nested)]".to_owned()),
        Kind::Whole | Kind::Each => None,
    },
};

const OF_CONF: Shape = Shape::Derived {
    derive: "conf::Conf",
    of_root: "",
    of_structs: "#[conf(serde)]\n",
    of_elements: "Clone, serde::Deserialize",
    attribute: |field| {
        Some(match &field.kind {
            Kind::Value { variable, default } => {
                let default = default.as_ref().map_or(String::new(), |d| format!(", default({d})"));
                format!("#[conf(parameter, env = \"{variable}\"{default})]")
            }
            Kind::Inside => "#[conf(flatten)]".to_owned(),
            // It wants an argument for each, which would be JSON.
            Kind::Whole | Kind::Each => {
                "#[conf(parameter, long, value_parser = serde_json::from_str)]".to_owned()
            }
        })
    },
};

/// All of them; everything is compared with what one writes by hand.
pub(super) const ALL: [Contender; 9] = [
    Contender {
        name: "superconfig",
        folder: "superconfig",
        derives: "`SuperConfig`",
        program: true,
        dependencies: &[("superconfig", "")],
        shape: OURS,
        load: ours,
    },
    Contender {
        name: "superconfig, TOML alone",
        folder: "superconfig-toml",
        derives: "",
        program: true,
        dependencies: &[(
            "superconfig",
            "default-features = false, features = [\"derive\", \"toml\"]",
        )],
        shape: OURS,
        load: ours,
    },
    Contender {
        name: BY_HAND,
        folder: "by-hand",
        derives: "`Deserialize` on structs of options, and code",
        program: true,
        dependencies: &[SERDE, TOML],
        shape: Shape::ByHand,
        load: |_| {
            "let mut all: SettingsLayer = toml::from_str(&std::fs::read_to_string(file)?)?;
    all.variables()?;
    Ok(all.finish()?)"
                .to_owned()
        },
    },
    Contender {
        name: "serde, without variables",
        folder: "serde",
        derives: "`Deserialize`, `Serialize`",
        program: false,
        dependencies: &[SERDE, TOML, ("serde_json", "")],
        shape: BOTH_OF_SERDE,
        load: |_| {
            "let all: Settings = toml::from_str(&std::fs::read_to_string(file)?)?;
    println!(\"{}\", serde_json::to_string(&all)?);
    Ok(all)"
                .to_owned()
        },
    },
    Contender {
        name: "confique",
        folder: "confique",
        derives: "`Config`",
        program: true,
        dependencies: &[SERDE, ("confique", "default-features = false, features = [\"toml\"]")],
        shape: OF_CONFIQUE,
        load: |_| {
            "use confique::Config;
    Ok(Settings::builder().env().file(file).load()?)"
                .to_owned()
        },
    },
    Contender {
        name: "schematic",
        folder: "schematic",
        derives: "`Config`",
        program: true,
        dependencies: &[
            SERDE,
            ("schematic", "default-features = false, features = [\"config\", \"env\", \"toml\"]"),
        ],
        shape: OF_SCHEMATIC,
        load: |_| {
            "let mut loader = schematic::ConfigLoader::<Settings>::new();
    loader.file(file)?;
    Ok(loader.load()?.config)"
                .to_owned()
        },
    },
    Contender {
        name: "figment",
        folder: "figment",
        derives: "`Deserialize`",
        program: true,
        dependencies: &[SERDE, ("figment", "features = [\"env\", \"toml\"]")],
        shape: PLAIN,
        load: |settings| {
            let default = |(path, value)| {
                format!("\n        .merge(Serialized::default(\"{path}\", {value}))")
            };
            let defaults: String = settings.defaults().into_iter().map(default).collect();
            format!(
                "use figment::providers::{{Env, Format, Serialized, Toml}};
    let figment = figment::Figment::new(){defaults}
        .merge(Toml::file_exact(file))
        .merge(Env::prefixed(\"APP_\").split(\"__\"));
    Ok(figment.extract()?)"
            )
        },
    },
    Contender {
        name: "config",
        folder: "config",
        derives: "`Deserialize`",
        program: true,
        dependencies: &[SERDE, ("config", "default-features = false, features = [\"toml\"]")],
        shape: PLAIN,
        load: |settings| {
            let default = |(path, value)| format!("\n        .set_default(\"{path}\", {value})?");
            let defaults: String = settings.defaults().into_iter().map(default).collect();
            format!(
                "let variables = config::Environment::with_prefix(\"APP\").prefix_separator(\"_\").separator(\"__\");
    let config = config::Config::builder(){defaults}
        .add_source(config::File::from(file))
        .add_source(variables.try_parsing(true));
    Ok(config.build()?.try_deserialize()?)"
            )
        },
    },
    Contender {
        name: "conf",
        folder: "conf",
        derives: "`Conf`",
        program: true,
        dependencies: &[SERDE, ("conf", ""), TOML, ("serde_json", "")],
        shape: OF_CONF,
        load: |_| {
            "use conf::Conf;
    let text = std::fs::read_to_string(file)?;
    let document = toml::Deserializer::parse(&text)?;
    Ok(Settings::conf_builder().args([\"program\"]).doc(\"file\", document).try_parse()?)"
                .to_owned()
        },
    },
];

pub(super) const BY_HAND: &str = "by hand";

fn ours(_: &Settings) -> String {
    "let loading = superconfig::SuperConfig::<Settings>::new();
    Ok(loading.with_file(file).with_env(None).extract()?)"
        .to_owned()
}

const MAIN: &str = "
fn main() -> ExitCode {
    let file = std::env::args_os().nth(1).unwrap_or_default();
    match load(file.as_ref()) {
        Ok(settings) => println!(\"{}\", settings.workers + settings.server.port),
        Err(error) => {
            eprintln!(\"{error}\");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
";

impl Contender {
    /// The program, with these settings.
    pub(super) fn program(&self, settings: &Settings) -> String {
        let mut text = String::from(
            "#![allow(dead_code, unused_imports)]
use std::{collections::BTreeMap, error::Error, path::Path, process::ExitCode};\n",
        );
        text += MAIN;
        let body = (self.load)(settings);
        let _ = writeln!(
            text,
            "\nfn load(file: &Path) -> Result<Settings, Box<dyn Error>> {{\n    {body}\n}}"
        );
        match &self.shape {
            Shape::Derived { derive, of_root, of_structs, of_elements, attribute } => {
                for (index, of) in settings.structs.iter().enumerate() {
                    let root = if index == 0 { of_root } else { "" };
                    text += &declared(of, derive, &format!("{root}{of_structs}"), attribute);
                }
                for of in &settings.elements {
                    text += &declared(of, of_elements, "", &|_| None);
                }
            }
            Shape::ByHand => {
                settings.structs.iter().for_each(|of| text += &by_hand(of));
                for of in &settings.elements {
                    text += &declared(of, "serde::Deserialize", "", &|_| None);
                }
                text += PARSE;
            }
        }
        text
    }
}

/// A struct of settings.
fn declared(
    of: &Struct,
    derive: &str,
    attributes: &str,
    attribute: &dyn Fn(&Field) -> Option<String>,
) -> String {
    let derive = match derive {
        "" => String::new(),
        traits => format!("#[derive({traits})]\n"),
    };
    let mut text = format!("\n{derive}{attributes}pub struct {} {{\n", of.name);
    for field in &of.fields {
        if let Some(attribute) = attribute(field) {
            let _ = writeln!(text, "    {attribute}");
        }
        let _ = writeln!(text, "    pub {}: {},", field.name, field.ty);
    }
    text + "}\n"
}

const PARSE: &str = "
fn variable<T: std::str::FromStr>(name: &str, value: &mut Option<T>) -> Result<(), String> {
    if let Some(text) = std::env::var_os(name) {
        let parsed = text.to_str().and_then(|text| text.parse().ok());
        *value = Some(parsed.ok_or_else(|| format!(\"{name} is {text:?}\"))?);
    }
    Ok(())
}
";

/// A struct, the same with options, and what makes the one of the other.
fn by_hand(of: &Struct) -> String {
    let name = &of.name;
    let mut text = declared(of, "", "", &|_| None);
    let (mut options, mut variables, mut finish) = (String::new(), String::new(), String::new());
    for Field { kind, name, ty } in &of.fields {
        let missing = format!("ok_or(\"`{name}` is missing\")?");
        let (option, value) = match kind {
            Kind::Inside => (format!("{ty}Layer"), format!("self.{name}.{missing}.finish()?")),
            Kind::Value { default: Some(default), .. } => {
                (ty.clone(), format!("self.{name}.unwrap_or({default})"))
            }
            _ => (ty.clone(), format!("self.{name}.{missing}")),
        };
        let _ = writeln!(options, "    pub {name}: Option<{option}>,");
        let _ = writeln!(finish, "            {name}: {value},");
        match kind {
            Kind::Value { variable, .. } => {
                let _ = writeln!(variables, "        variable(\"{variable}\", &mut self.{name})?;");
            }
            Kind::Inside => {
                let _ = writeln!(
                    variables,
                    "        self.{name}.get_or_insert_default().variables()?;"
                );
            }
            Kind::Whole | Kind::Each => {}
        }
    }
    let _ = write!(
        text,
        "
#[derive(serde::Deserialize, Default)]
pub struct {name}Layer {{
{options}}}

impl {name}Layer {{
    fn variables(&mut self) -> Result<(), String> {{
{variables}        Ok(())
    }}

    fn finish(self) -> Result<{name}, &'static str> {{
        Ok({name} {{
{finish}        }})
    }}
}}
"
    );
    text
}
