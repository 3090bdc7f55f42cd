//! Versions in the lock file, which pins what is compared.

/// The package that depends on the peers.
pub(crate) const BENCHES: &str = "superconfig-benches";

/// The version of a dependency of a package.
pub(crate) fn version<'l>(lock: &'l str, package: &str, dependency: &str) -> Option<&'l str> {
    let named = format!("name = \"{package}\"\n");
    let package = lock.split("[[package]]").find(|entry| entry.contains(&named))?;
    // Where there are several versions, the package names its own.
    let own = package.lines().find_map(|line| {
        line.trim().strip_prefix(&format!("\"{dependency} "))?.strip_suffix("\",")
    });
    let only = lock.split_once(&format!("name = \"{dependency}\"\nversion = \""));
    own.or(only.and_then(|(_, rest)| rest.split('"').next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "benches"
version = "0.0.0"
dependencies = [
 "one",
 "two 2.0.0",
]

[[package]]
name = "one"
version = "1.0.0"

[[package]]
name = "two"
version = "1.0.0"

[[package]]
name = "two"
version = "2.0.0"
"#;

    #[test]
    fn of_several_versions_the_packages_own_counts() {
        assert_eq!(version(LOCK, "benches", "one"), Some("1.0.0"));
        assert_eq!(version(LOCK, "benches", "two"), Some("2.0.0"));
        assert_eq!(version(LOCK, "benches", "three"), None);
    }
}
