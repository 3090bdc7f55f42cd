//! The `[features]` table of a manifest, as far as the checks need it: names, in order, and whether
//! a comment explains them.

/// One line of a `[features]` table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Feature {
    /// Its line in the manifest, counted from 1.
    pub(crate) line: usize,
    /// The feature's name.
    pub(crate) name: String,
    /// Whether a comment stands above it, or above the block of features it is in.
    pub(crate) explained: bool,
}

/// The features of a manifest except `default`, which is a choice among the others.
///
/// A comment explains the lines under it up to the next empty line; so one sentence may stand over
/// several features of a kind.
pub(crate) fn features(manifest: &str) -> Vec<Feature> {
    let mut features = Vec::new();
    let mut inside = false;
    let mut explained = false;
    let mut open_list = false;
    for (index, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if open_list {
            open_list = !line.contains(']');
        } else if line.starts_with('[') {
            inside = line == "[features]";
            explained = false;
        } else if !inside {
            // Another table.
        } else if line.is_empty() {
            explained = false;
        } else if line.starts_with('#') {
            explained = true;
        } else if let Some((name, value)) = line.split_once('=') {
            open_list = value.contains('[') && !value.contains(']');
            let name = name.trim().trim_matches('"').to_owned();
            if name != "default" {
                features.push(Feature { line: index + 1, name, explained });
            }
        }
    }
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(line: usize, name: &str, explained: bool) -> Feature {
        Feature { line, name: name.to_owned(), explained }
    }

    #[test]
    fn a_comment_explains_the_block_under_it() {
        let manifest = "[package]\nname = \"x\"\n\n[features]\ndefault = [\"a\"]\n# Why.\na = []\n\
                        b = [\n  \"dep:c\",\n]\n\nd = []\n[dependencies]\ne = \"1\"\n";
        assert_eq!(
            features(manifest),
            [feature(7, "a", true), feature(8, "b", true), feature(12, "d", false)]
        );
    }
}
