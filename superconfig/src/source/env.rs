//! Variables: those of the process, or those that the program gives.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

use super::{Loading, Piece, Source, Variable};

/// The variables of the process, or a set of one's own. Which of them are settings, the schema
/// says.
#[derive(Clone, Default)]
pub struct Environment {
    given: Option<Arc<Vec<(OsString, OsString)>>>,
}

impl Environment {
    /// The variables of the process, as they are when the configuration is loaded.
    pub fn process() -> Self {
        Self::default()
    }

    /// These variables and no others. Of two with one name the later counts.
    pub fn of<N: Into<OsString>, V: Into<OsString>>(
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut given: Vec<(OsString, OsString)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for (name, value) in variables {
            let (name, value) = (name.into(), value.into());
            if let Some(place) = places.get(&name) {
                let earlier: &mut (OsString, OsString) = &mut given[*place];
                earlier.1 = value;
            } else {
                places.insert(name.clone(), given.len());
                given.push((name, value));
            }
        }
        Self { given: Some(Arc::new(given)) }
    }
}

/// Variables hold secrets, so only their number is shown.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.given {
            None => f.write_str("Environment::process()"),
            Some(given) => write!(f, "Environment::of({} variables)", given.len()),
        }
    }
}

impl Source for Environment {
    fn name(&self) -> String {
        let name = if self.given.is_some() { "the given variables" } else { "the environment" };
        name.to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let variables = self.given.as_ref().unwrap_or(&loading.surroundings.variables);
        let variable = |(name, value): &(OsString, OsString)| Variable {
            name: name.clone(),
            value: value.clone(),
            location: None,
        };
        loading.pieces.push(Piece::Variables(variables.iter().map(variable).collect()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::World;
    use super::*;

    fn shown(world: &World) -> Vec<String> {
        world.variables().map(|v| format!("{}={}", v.name.display(), v.value.display())).collect()
    }

    #[test]
    fn the_process_s_variables_come_from_the_surroundings() {
        let world = World::new().variable("A", "1").variable("B", "").load(&Environment::process());
        assert_eq!(shown(&world), ["A=1", "B="]);
    }

    #[test]
    fn given_variables_are_all_there_are() {
        let given = Environment::of([("B", "2"), ("C", "3"), ("B", "4")]);
        assert_eq!(format!("{given:?}"), "Environment::of(2 variables)");
        let world = World::new().variable("A", "1").load(&given);
        assert_eq!(shown(&world), ["B=4", "C=3"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_utf_8_is_handed_on() {
        use std::os::unix::ffi::OsStringExt;
        let odd = || OsString::from_vec(b"\xff".to_vec());
        let world = World::new().load(&Environment::of([(odd(), odd())]));
        assert_eq!(world.variables().next().map(|v| v.value.clone()), Some(odd()));
        world.assert_fine();
    }
}
