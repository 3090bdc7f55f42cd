//! Every path in a source file that begins at `crate`, `self`, `super` or `std`.

use crate::rust_text::{Kind, Token};

/// A path as it is written, `use` groups spelled out, with the modules around it in its file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention<'a> {
    pub(super) line: usize,
    /// Inline modules, `mod name { … }`, outermost first.
    pub(super) inside: Vec<&'a str>,
    /// `["crate", "layer", "Leaf"]`; a glob ends in `*`.
    pub(super) path: Vec<&'a str>,
}

impl Mention<'_> {
    /// The path from the crate's root, or `None` for a path into another crate.
    ///
    /// `file_module` is where the file stands: `["layer", "list"]` for `layer/list.rs`.
    pub(super) fn root_path<'b>(&'b self, file_module: &[&'b str]) -> Option<Vec<&'b str>> {
        let mut module = [file_module, &self.inside].concat();
        let mut rest = &self.path[..];
        match rest[0] {
            "crate" => (module, rest) = (Vec::new(), &rest[1..]),
            "self" => rest = &rest[1..],
            "super" => {}
            _ => return None,
        }
        while let ["super", up @ ..] = rest {
            module.pop();
            rest = up;
        }
        Some([&module, rest].concat())
    }
}

/// Finds the mentions in a file's tokens.
pub(super) fn mentions<'a>(tokens: &[Token<'a>]) -> Vec<Mention<'a>> {
    let mut found = Vec::new();
    let mut modules: Vec<(&str, usize)> = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Sign('{') => {
                if let Some([Kind::Word("mod"), Kind::Word(name)]) = last_two(&tokens[..at]) {
                    modules.push((name, depth));
                }
                depth += 1;
            }
            Kind::Sign('}') => {
                depth = depth.saturating_sub(1);
                modules.retain(|&(_, outside)| outside < depth);
            }
            Kind::Word("crate" | "self" | "super" | "std") if begins_path(tokens, at) => {
                let mut paths = Vec::new();
                at = read_tree(tokens, at, &[], &mut paths);
                let inside: Vec<_> = modules.iter().map(|&(name, _)| name).collect();
                found.extend(paths.into_iter().map(|(line, path)| Mention {
                    line,
                    inside: inside.clone(),
                    path,
                }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn last_two<'a>(tokens: &[Token<'a>]) -> Option<[Kind<'a>; 2]> {
    let [.., first, second] = tokens else { return None };
    Some([first.kind, second.kind])
}

/// A path has `::` behind its first word, no path before it, and is not the scope of a `pub(in …)`.
fn begins_path(tokens: &[Token<'_>], at: usize) -> bool {
    let behind = tokens.get(at + 1).is_some_and(|token| token.kind == Kind::PathSep);
    let within = match last_two(&tokens[..at]) {
        Some([Kind::Word(word), Kind::PathSep]) => word != "use",
        Some(before) => {
            matches!(before, [Kind::Sign('>'), Kind::PathSep] | [Kind::Sign('('), Kind::Word("in")])
        }
        None => false,
    };
    behind && !within
}

/// Reads one path with its groups, and returns where it ends.
fn read_tree<'a>(
    tokens: &[Token<'a>],
    mut at: usize,
    prefix: &[&'a str],
    found: &mut Vec<(usize, Vec<&'a str>)>,
) -> usize {
    let mut path = prefix.to_vec();
    let Some(line) = tokens.get(at).map(|token| token.line) else { return at };
    loop {
        match tokens.get(at).map(|token| token.kind) {
            // `use layer::{self, Leaf}`: the `self` is `layer`.
            Some(Kind::Word("self")) if !path.is_empty() => {}
            Some(Kind::Word(word)) => path.push(word),
            Some(Kind::Sign('*')) => path.push("*"),
            Some(Kind::Sign('{')) => return read_group(tokens, at + 1, &path, found),
            // A turbofish, or the end of a path in an unfinished line.
            _ => break,
        }
        at += 1;
        if tokens.get(at).map(|token| token.kind) != Some(Kind::PathSep) {
            break;
        }
        at += 1;
    }
    found.push((line, path));
    at
}

/// Reads the paths of a `{ … }` that follows `::`, and returns where it ends.
fn read_group<'a>(
    tokens: &[Token<'a>],
    mut at: usize,
    prefix: &[&'a str],
    found: &mut Vec<(usize, Vec<&'a str>)>,
) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Sign('}') => return at + 1,
            Kind::Sign(',') => at += 1,
            // The new name is of no interest.
            Kind::Word("as") => at += 2,
            _ => at = read_tree(tokens, at, prefix, found).max(at + 1),
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust_text::tokens;

    fn paths(source: &str) -> Vec<String> {
        mentions(&tokens(source)).into_iter().map(|mention| mention.path.join("::")).collect()
    }

    #[test]
    fn groups_are_spelled_out() {
        assert_eq!(
            paths("use crate::{a::{self, B as C}, d::*, e}; use ::std::fs; use other::std::io;"),
            ["crate::a", "crate::a::B", "crate::d::*", "crate::e", "std::fs"]
        );
    }

    #[test]
    fn paths_in_expressions_count_and_visibility_does_not() {
        assert_eq!(
            paths("pub(in crate::a) fn f(&self) { crate::b::g::<u8>(self.x, $crate::c) }"),
            ["crate::b::g", "crate::c"]
        );
    }

    #[test]
    fn super_is_resolved_through_inline_modules() {
        let tokens =
            tokens("mod inner { use super::super::x; fn f() {} use self::y; } use super::z;");
        let roots: Vec<_> = mentions(&tokens)
            .iter()
            .map(|mention| mention.root_path(&["layer", "list"]).unwrap().join("::"))
            .collect();
        assert_eq!(roots, ["layer::x", "layer::list::inner::y", "layer::z"]);
    }

    #[test]
    fn half_a_path_ends_the_search() {
        assert_eq!(paths("use crate::{a, b"), ["crate::a", "crate::b"]);
        assert_eq!(paths("crate::"), ["crate"]);
    }
}
