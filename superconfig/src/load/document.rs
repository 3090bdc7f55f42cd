//! One document: the fast path first, and the tree when it stopped.

use super::{Load, Retained, untyped};
use crate::decode::{Document, Node, Scalar, Span, Tree};
use crate::error::{Code, Problem};
use crate::format::{Format, Limits, SyntaxError, SyntaxKind, mask};
use crate::origin::{Location, Origin};
use crate::source::Text;
use crate::stack::Stack;

impl Load<'_> {
    /// Decodes a document into layers and merges them.
    pub(crate) fn document(&mut self, text: Text, stack: &mut dyn Stack) {
        self.journal.meter.bytes += text.text.len() as u64;
        if let Some(profile) = &text.profile {
            self.profiles_found.push(profile.clone());
        }
        let format = match text.format {
            Some(format) => format,
            None => match detect(&text.text, &self.plan.limits) {
                Ok(format) => format,
                Err((format, error)) => {
                    let problem = self.syntax_problem(&text, format, &error).help(format!(
                        "no format was given, and the text looks most like {}; other formats refuse it too",
                        format.name()
                    ));
                    self.incomplete = true;
                    self.tell(true, |_| problem);
                    return self.retain(Retained::Document { text, format });
                }
            },
        };
        // Without a schema there are no places to decode into.
        let by_tree = self.plan.by_tree || self.plan.schema.is_any();
        if by_tree || !self.fast(&text, format, stack) {
            stack.discard();
            self.by_tree(&text, format, stack);
        }
        self.retain(Retained::Document { text, format });
    }

    /// Takes over the profiles that the document in work has sections of.
    fn found(&mut self, profiles: &mut Vec<String>) {
        if !profiles.is_empty() {
            self.sectioned.push(self.retained.len());
            self.profiles_found.append(profiles);
        }
    }

    /// By the fast path; whether it accepted the document.
    fn fast(&mut self, text: &Text, format: Format, stack: &mut dyn Stack) -> bool {
        let plan = self.plan;
        let mut document = Document::new(plan.schema, &plan.profiles, stack, plan.strict);
        let accepted = format.decode(&text.text, &plan.limits, &mut document).is_ok();
        // Remarks need places, and places need the tree, which then decodes as well.
        if !accepted || document.remarks {
            return false;
        }
        let secret = document.secret;
        self.found(&mut document.found);
        self.commit(stack);
        self.warn_exposed(&text.name, secret);
        true
    }

    /// By the tree, which knows the place of everything.
    fn by_tree(&mut self, text: &Text, format: Format, stack: &mut dyn Stack) {
        let plan = self.plan;
        let tree = match format.tree(&text.text, &plan.limits) {
            Ok(tree) => tree,
            Err(error) => {
                self.incomplete = true;
                let kin = (error.kind == SyntaxKind::Grammar)
                    .then(|| of_another_format(text, format, &plan.limits));
                let mut problem = self.syntax_problem(text, format, &error);
                problem.help.extend(kin.flatten());
                self.tell(true, |_| problem);
                return;
            }
        };
        let mut document = Document::new(plan.schema, &plan.profiles, stack, plan.strict);
        let mut walk = document.apply(&tree);
        self.found(&mut document.found);
        self.warn_exposed(&text.name, walk.holds);
        let mut secrets = std::mem::take(&mut walk.secrets);
        if plan.schema.is_any() {
            secrets.extend(untyped::secret_spans(plan, &tree));
        }
        let kin = match &tree.node {
            Node::Table(_) => None,
            Node::Scalar(Scalar::Plain(value)) if lacks_space(value) => {
                Some("write a space behind the `:` of a key".to_owned())
            }
            _ => of_another_format(text, format, &plan.limits),
        };
        self.take(walk, Some(format), true, |mut problem, span| {
            problem.help.extend(kin.clone());
            let Some(span) = span else { return problem.from(whole(text)) };
            let problem = problem.from(location(text, span.range()));
            shown(problem, text, span, &secrets)
        });
        self.commit(stack);
    }

    /// An error of the grammar, with the line that it is in; see `format::mask`.
    fn syntax_problem(&self, text: &Text, format: Format, error: &SyntaxError) -> Problem {
        let code = match error.kind {
            SyntaxKind::Grammar => Code::Syntax,
            SyntaxKind::DuplicateKey => Code::DuplicateKey,
            SyntaxKind::TooDeep => Code::TooDeep,
            SyntaxKind::TooLarge => Code::TooLarge,
        };
        let mut problem = Problem::new(code, error.message.clone());
        problem = match error.span {
            Some(span) => {
                let problem = problem.from(location(text, span.range()));
                self.broken_line(problem, text, format, span)
            }
            None => problem.from(Origin::Path(text.name.to_string().into())),
        };
        let place = |span: Span| {
            let (line, column) = crate::origin::line_and_column(&text.text, span.start as usize);
            format!("line {line}, column {column}")
        };
        problem.help.extend(error.other.map(|span| format!("first given in {}", place(span))));
        problem.help.extend(error.help.clone());
        problem
            .help
            .extend(error.open.map(|span| format!("the open bracket is in {}", place(span))));
        problem
    }

    /// A problem with a line that cannot be read, masked unless the program shows such lines.
    fn broken_line(&self, problem: Problem, text: &Text, format: Format, span: Span) -> Problem {
        let plan = self.plan;
        if plan.show_source {
            return problem.showing(&text.text, span.range());
        }
        let known = |word: &str| plan.schema.knows_key(word);
        match mask::masked(&text.text, span.range(), mask::Grammar::Of(format), &known) {
            Some((line, place)) => problem.showing(&line, place),
            None => problem,
        }
    }
}

/// The place of a part of a text.
pub(super) fn location(text: &Text, range: std::ops::Range<usize>) -> Origin {
    let mut location = Location::of(text.name.clone(), &text.text, range);
    location.profile.clone_from(&text.profile);
    Origin::Text(location)
}

/// A problem with its line, unless a secret stands in it. A key that nobody knows may be that of a
/// secret, misspelled, so the line is shown up to such a key; that of a section, up to its name.
pub(super) fn shown(problem: Problem, text: &Text, span: Span, secrets: &[Span]) -> Problem {
    let (start, end) = (span.start as usize, span.end as usize);
    let Some(before) = text.text.get(..start) else { return problem };
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = match problem.code {
        Code::UnknownKey | Code::NotSelected => end,
        _ => text.text[start..].find('\n').map_or(text.text.len(), |newline| start + newline),
    };
    let touches = |secret: &Span| {
        let (from, to) = (secret.start as usize, secret.end as usize);
        // A value of nothing stands behind what was taken for something else: an anchor, say.
        let nothing = from == to && (line_start..=line_end).contains(&from);
        nothing || (from < line_end && to > line_start)
    };
    if secrets.iter().any(touches) {
        return problem;
    }
    match text.text.get(..line_end) {
        Some(visible) => problem.showing(visible, start..end.min(line_end)),
        None => problem,
    }
}

fn whole(text: &Text) -> Origin {
    location(text, 0..0)
}

/// The format of a text without a name: the first one that reads a table from it. When none does,
/// the error is that of the format that the text looks most like.
pub(super) fn detect(text: &str, limits: &Limits) -> Result<Format, (Format, SyntaxError)> {
    let likely = likely(text);
    let mut refused = None;
    for format in std::iter::once(likely).chain(Format::ALL) {
        if !format.is_enabled() {
            continue;
        }
        match format.tree(text, limits) {
            Ok(Tree { node: Node::Table(_), .. }) => return Ok(format),
            Ok(_) => {}
            Err(error) if format == likely && refused.is_none() => refused = Some(error),
            Err(_) => {}
        }
    }
    let error = refused.unwrap_or_else(|| {
        SyntaxError::grammar("the text is not a table of settings in any format", None)
    });
    Err((likely, error))
}

/// What to do about a text that is a table of settings in another format than the one it is read in.
fn of_another_format(text: &Text, format: Format, limits: &Limits) -> Option<String> {
    let likely = likely(&text.text);
    if likely.feature() == format.feature() {
        return None;
    }
    // A whole table is proof; a brace at the beginning is as good, for TOML has none there.
    let is_whole = matches!(
        likely.tree(&text.text, limits),
        Ok(Tree { node: Node::Table(entries), .. }) if !entries.is_empty()
    );
    let certain = if is_whole { "is" } else { "looks like" };
    (is_whole || likely.feature() == Format::Json.feature()).then(|| {
        format!(
            "the text {certain} {}, and is read as {}: give the file the extension of its format",
            likely.name(),
            format.name()
        )
    })
}

/// Whether a scalar of YAML would be a key and its value, had it a space behind its colon.
fn lacks_space(value: &str) -> bool {
    let end = value.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')));
    end.is_some_and(|end| {
        end > 0 && value[end..].starts_with(':') && !value[end..].starts_with("://")
    })
}

/// What a text looks like at its first line that says anything.
fn likely(text: &str) -> Format {
    let text = crate::format::without_bom(text);
    let first = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    if first.starts_with('{') {
        return Format::Json;
    }
    if first.starts_with("//") || first.starts_with("/*") {
        return Format::Jsonc;
    }
    let equals = first.find('=').unwrap_or(usize::MAX);
    let colon = first.find(':').unwrap_or(usize::MAX);
    if first.starts_with("---")
        || first.starts_with("- ")
        || first.starts_with('%')
        || colon < equals
    {
        Format::Yaml
    } else {
        Format::Toml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_looks_like_its_first_line() {
        let cases = [
            ("{\"a\": 1}", Format::Json),
            ("\u{feff}# note\na = 1", Format::Toml),
            ("[a]\nb = 1", Format::Toml),
            ("a: 1\n", Format::Yaml),
            ("---\na: 1\n", Format::Yaml),
            ("url = \"http://x\"", Format::Toml),
            ("// note\n{}", Format::Jsonc),
        ];
        for (text, format) in cases {
            assert_eq!(likely(text), format, "{text:?}");
        }
    }
}
