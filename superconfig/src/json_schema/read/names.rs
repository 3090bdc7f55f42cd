//! Whether two settings would claim the same variable: of a struct the compiler says so.

use std::collections::HashMap;

use super::view::Reading;
use crate::schema::at::path_of;
use crate::schema::spelling::below_prefix;
use crate::schema::variables::derived_name;
use crate::schema::{Field, Kind, Op, Schema};

/// A name, and the setting that it is of.
struct Claim {
    name: String,
    path: String,
    /// Whether every longer name is one of its keys, or every one with a number one of its positions.
    holds: Holds,
}

enum Holds {
    Nothing,
    Keys,
    Positions,
}

/// Says where two settings have the same variable, and where a setting is named like a step or a
/// profile.
pub(super) fn check(reading: &mut Reading<'_>, schema: &'static Schema) {
    let mut claims = Vec::new();
    schema.each_field(&mut |steps, field| {
        let path = path_of(steps).to_string();
        let holds = match field.kind {
            Kind::Map | Kind::NestedMap(_) => Holds::Keys,
            Kind::NestedList { .. } => Holds::Positions,
            _ => Holds::Nothing,
        };
        if let Some(name) = derived_name(schema, None, steps) {
            let suffixes = ["_ADD", "_REMOVE", "_FILE"].iter();
            let own = suffixes.filter(|suffix| field.suffix(suffix).is_some());
            claims.extend(own.map(|suffix| Claim {
                name: format!("{name}{suffix}"),
                path: path.clone(),
                holds: Holds::Nothing,
            }));
            claims.push(Claim { name, path: path.clone(), holds });
        }
    });
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for claim in &claims {
        let other = *seen.entry(&claim.name).or_insert(&claim.path);
        if other != claim.path {
            clash(reading, schema, &claim.name, other, &claim.path);
        }
    }
    let holders: Vec<_> =
        claims.iter().filter(|claim| !matches!(claim.holds, Holds::Nothing)).collect();
    for claim in &claims {
        let holder = holders.iter().find(|holder| {
            below_prefix(&claim.name, &holder.name).is_some_and(|rest| match holder.holds {
                Holds::Keys => holder.path != claim.path && !rest.is_empty(),
                Holds::Positions => rest.starts_with(|c: char| c.is_ascii_digit()),
                Holds::Nothing => false,
            })
        });
        if let Some(holder) = holder {
            clash(reading, schema, &claim.name, &holder.path, &claim.path);
        }
    }
    keys(reading, schema);
}

fn clash(reading: &mut Reading<'_>, schema: &Schema, name: &str, one: &str, other: &str) {
    let prefix = schema.env_prefix.map_or_else(String::new, |prefix| format!("{prefix}_"));
    let message = format!("two settings claim the variable {prefix}{name}: `{one}` and `{other}`");
    let said = reading.wrong("#", None, message);
    said.help =
        Some("rename one of them, or give one `\"x-superconfig\": { \"env\": false }`".to_owned());
}

/// Looks at the keys of each struct, wherever it stands.
fn keys(reading: &mut Reading<'_>, root: &'static Schema) {
    let definitions: Vec<_> = reading
        .definitions
        .iter()
        .map(|(at, known)| (at.clone(), known.definition.schema()))
        .collect();
    for (at, schema) in definitions {
        for field in schema.fields() {
            if let Some((list, op)) = step_of(schema, field) {
                let does = if op == Op::Add { "adds to" } else { "takes away from" };
                let message =
                    format!("`{}` is the key that {does} `{}`; rename it", field.name, list.name);
                reading.wrong(&at, None, message);
            }
        }
    }
    for profile in root.profiles {
        if root.find(profile, &mut 0).is_some() {
            let message = format!("`{profile}` is a profile and a setting; rename one of them");
            reading.wrong("#", None, message);
        }
    }
}

/// The list or map that a field's name would be a step of.
fn step_of(schema: &'static Schema, field: &Field) -> Option<(&'static Field, Op)> {
    [Op::Add, Op::Remove].into_iter().find_map(|op| {
        let stem = field.name.strip_suffix(op.suffix())?;
        let list = schema.fields().iter().find(|other| other.name == stem)?;
        let takes = if op == Op::Add { list.takes_add() } else { list.takes_remove() };
        takes.then_some((list, op))
    })
}
