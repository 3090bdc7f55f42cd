//! How a setting is set: what to write where.

use super::Context;
use crate::format::Format;
use crate::path::{KeyPath, Segment};
use crate::schema::at::is_secret;

/// How a setting is given by the sources that are no files and no variables, each in its own words.
pub(crate) type Ways<'w> = &'w dyn Fn(&KeyPath) -> Vec<String>;

impl Context<'_> {
    /// Every way to set a setting. A secret's file of its own comes before the one that all settings
    /// are in.
    pub(crate) fn how_to_set(&self, path: &KeyPath, ways: Ways<'_>) -> String {
        let secret = is_secret(self.schema, path);
        let names = self.names(path);
        let own_file = names.first().filter(|_| secret);
        let own_file =
            own_file.map(|name| format!("{name}_FILE to the path of a file that holds it"));
        let written = self.in_file(path);
        let (first, last) = if secret { (None, written) } else { (written, None) };
        let outside = names.into_iter().chain(own_file).chain(ways(path));
        let all: Vec<_> = first.into_iter().chain(outside).chain(last).collect();
        format!("set {}", all.join(", or "))
    }

    fn in_file(&self, path: &KeyPath) -> Option<String> {
        let Some((Segment::Key(key), table)) = path.segments().split_last() else { return None };
        let file = self.file.map_or_else(|| " in a file".to_owned(), |file| format!(" in {file}"));
        let table = within(table, self.format.unwrap_or(Format::Toml));
        let space = if table.is_empty() { "" } else { " " };
        Some(format!("`{key}`{space}{table}{file}"))
    }

    /// Advice for a key that is a setting's, and stands in another table than the setting does.
    pub(super) fn belongs(&self, key: &str, table: &KeyPath) -> String {
        match self.format {
            // What names a whole path has no tables.
            None => format!("did you mean `{}`?", table.join(key.to_owned())),
            Some(Format::Toml) if table.is_empty() => {
                format!("`{key}` belongs at the top, outside of any table")
            }
            Some(_) if table.is_empty() => format!("`{key}` belongs at the top"),
            Some(format) => format!("`{key}` belongs {}", within(table.segments(), format)),
        }
    }
}

/// Where the entries of a table are written, in the manner of a format; nothing at the top.
///
/// | format | `database.pool` |
/// | --- | --- |
/// | TOML | under \[database.pool] |
/// | YAML | under `database: pool:` |
/// | JSON | in `{"database": {"pool": {…}}}` |
fn within(table: &[Segment], format: Format) -> String {
    let path: KeyPath = table.iter().cloned().collect();
    let keys: Option<Vec<&str>> = table
        .iter()
        .map(|segment| match segment {
            Segment::Key(key) => Some(&**key),
            Segment::Index(_) => None,
        })
        .collect();
    match (keys, format) {
        (Some(keys), _) if keys.is_empty() => String::new(),
        // No format has a heading for the position of an element.
        (None, _) => format!("in `{path}`"),
        (Some(_), Format::Toml) => format!("under [{path}]"),
        (Some(keys), Format::Yaml) => {
            let keys: Vec<_> = keys.iter().map(|key| format!("{key}:")).collect();
            format!("under `{}`", keys.join(" "))
        }
        (Some(keys), Format::Json | Format::Jsonc) => {
            let inner = |inner: String, key: &&str| format!("{{{key:?}: {inner}}}");
            format!("in `{}`", keys.iter().rev().fold("{…}".to_owned(), inner))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_named_in_the_manner_of_its_format() {
        let cases = [
            ("", ["", "", ""]),
            ("a", ["under [a]", "under `a:`", r#"in `{"a": {…}}`"#]),
            ("a.b", ["under [a.b]", "under `a: b:`", r#"in `{"a": {"b": {…}}}`"#]),
            (
                r#"a."b.c""#,
                [r#"under [a."b.c"]"#, "under `a: b.c:`", r#"in `{"a": {"b.c": {…}}}`"#],
            ),
            ("a[0]", ["in `a[0]`", "in `a[0]`", "in `a[0]`"]),
        ];
        for (path, expected) in cases {
            let said = |format| within(KeyPath::parse(path).segments(), format);
            assert_eq!([said(Format::Toml), said(Format::Yaml), said(Format::Json)], expected);
        }
    }
}
