//! The settings of a workload, as `benches/src/declare.rs` describes them: read, so that a program of each
//! contender can be written with the same ones.

use crate::Outcome;

/// All structs of a workload.
pub(super) struct Settings {
    /// Structs of settings; the first one is the root.
    pub(super) structs: Vec<Struct>,
    /// What lists and maps hold.
    pub(super) elements: Vec<Struct>,
}

pub(super) struct Struct {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
}

pub(super) struct Field {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) ty: String,
}

pub(super) enum Kind {
    /// One value, its variable and its default.
    Value { variable: String, default: Option<String> },
    /// A list or map that is one value, or what an element has.
    Whole,
    /// A struct of settings.
    Inside,
    /// A list or map of elements.
    Each,
}

impl Settings {
    /// Reads what stands in `settings! { … }`, a field a line.
    pub(super) fn parse(source: &str) -> Outcome<Self> {
        let (_, declared) = source.split_once("settings! {").ok_or("no settings are declared")?;
        let mut all = Self { structs: Vec::new(), elements: Vec::new() };
        let mut of_elements = false;
        let mut open = false;
        for line in declared.lines().map(str::trim) {
            let of_kind = if of_elements { &mut all.elements } else { &mut all.structs };
            match line {
                "" | "elements {}" => {}
                "elements {" => of_elements = true,
                "}" if open => open = false,
                "}" => of_elements = false,
                _ => match (line.strip_suffix(" {"), of_kind.last_mut()) {
                    (Some(name), _) => {
                        of_kind.push(Struct { name: name.to_owned(), fields: Vec::new() });
                        open = true;
                    }
                    (None, Some(last)) if open => last.fields.push(Field::parse(line)?),
                    _ => return Err(format!("`{line}` stands in no struct")),
                },
            }
        }
        Ok(all)
    }

    /// Declared defaults with the path of the setting, for contenders that are told them when they load.
    pub(super) fn defaults(&self) -> Vec<(String, String)> {
        let mut defaults = Vec::new();
        if let Some(root) = self.structs.first() {
            self.defaults_below(root, "", &mut defaults);
        }
        defaults
    }

    fn defaults_below(&self, of: &Struct, path: &str, defaults: &mut Vec<(String, String)>) {
        for Field { kind, name, ty } in &of.fields {
            match kind {
                Kind::Value { default: Some(default), .. } => {
                    defaults.push((format!("{path}{name}"), default.clone()));
                }
                Kind::Inside => {
                    let inside = self.structs.iter().find(|known| known.name == *ty);
                    let path = format!("{path}{name}.");
                    inside.iter().for_each(|of| self.defaults_below(of, &path, defaults));
                }
                _ => {}
            }
        }
    }

    /// How many fields there are, those of elements included.
    pub(super) fn fields(&self) -> usize {
        self.structs.iter().chain(&self.elements).map(|of| of.fields.len()).sum()
    }
}

impl Field {
    fn parse(line: &str) -> Outcome<Self> {
        let not_understood = || format!("`{line}` is no setting");
        let field = |kind, declared: &str| {
            let (name, ty) = declared.split_once(": ").ok_or_else(not_understood)?;
            Ok(Self { kind, name: name.to_owned(), ty: ty.to_owned() })
        };
        let Some(setting) = line.strip_suffix(';') else {
            return field(Kind::Whole, line.strip_suffix(',').ok_or_else(not_understood)?);
        };
        match setting.split_once(' ') {
            Some(("value", declared)) => {
                let (declared, rest) = declared.split_once(", \"").ok_or_else(not_understood)?;
                let (variable, default) = rest.split_once('"').ok_or_else(not_understood)?;
                let default = default.strip_prefix(" = ").map(str::to_owned);
                field(Kind::Value { variable: variable.to_owned(), default }, declared)
            }
            Some(("whole", declared)) => field(Kind::Whole, declared),
            Some(("inside", declared)) => field(Kind::Inside, declared),
            Some(("each", declared)) => field(Kind::Each, declared),
            _ => Err(not_understood()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARED: &str = r#"settings! {
    elements {
        Client {
            headers: BTreeMap<String, String>,
        }
    }
    Settings {
        value workers: u64, "APP_WORKERS";
        whole tags: Vec<String>;
        inside server: Server;
        each clients: BTreeMap<String, Client>;
    }
    Server {
        value port: u64, "APP_SERVER__PORT" = 80;
    }
}"#;

    #[test]
    fn structs_elements_and_defaults_are_read() {
        let settings = Settings::parse(DECLARED).unwrap();
        let names = |structs: &[Struct]| -> Vec<String> {
            let fields = |of: &Struct| of.fields.iter().map(|f| f.name.clone()).collect::<String>();
            structs.iter().map(|of| format!("{}:{}", of.name, fields(of))).collect()
        };
        assert_eq!(names(&settings.structs), ["Settings:workerstagsserverclients", "Server:port"]);
        assert_eq!(names(&settings.elements), ["Client:headers"]);
        assert_eq!(settings.elements[0].fields[0].ty, "BTreeMap<String, String>");
        assert_eq!(settings.defaults(), [("server.port".to_owned(), "80".to_owned())]);
        assert_eq!(settings.fields(), 6);
    }

    #[test]
    fn a_line_that_is_no_setting_is_told() {
        let broken = DECLARED.replace("whole tags", "hole tags");
        let said = Settings::parse(&broken).err();
        assert_eq!(said.as_deref(), Some("`hole tags: Vec<String>;` is no setting"));
    }
}
