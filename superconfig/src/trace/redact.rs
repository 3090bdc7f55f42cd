//! What the program says of values, without the secrets in it.
//!
//! A validation that looks at several settings may repeat any of them, so what it says cannot be judged
//! by the path that it is about: the texts of the secrets themselves are taken out.

use super::value::{Effective, EffectiveValue, REDACTED};
use super::{Kept, Trace};
use crate::error::{Code, Problem};

/// A secret of fewer characters is only found where it stands by itself: it may be a part of any word.
const SHORT: usize = 4;

/// A line of a secret that has several is one by itself from so many characters on.
const LINE: usize = 8;

/// The texts of secrets, as messages may repeat them.
pub(super) struct SecretTexts {
    texts: Vec<SecretText>,
    /// Whether there are secrets whose texts nobody knows: of types that only the program can read.
    unknown: bool,
}

struct SecretText {
    text: String,
    /// Whether it is only meant where no letter or digit stands beside it.
    alone: bool,
}

impl SecretTexts {
    pub(super) fn of(values: &EffectiveValue) -> Self {
        let mut all = Self { texts: Vec::new(), unknown: false };
        values.each_secret(&mut |secret| match secret {
            Effective::Text(text) | Effective::Datetime(text) => all.add_text(text),
            Effective::Huge(digits) => all.add(digits, true),
            Effective::Integer(value) => all.add(&value.to_string(), true),
            Effective::Float(value) => all.add(&value.to_string(), true),
            Effective::Code(_) => all.unknown = true,
            // That something is true says nothing, and what is inside of others comes by itself.
            _ => {}
        });
        // Where one is a part of another, the whole of it goes.
        let order =
            |secret: &SecretText| (std::cmp::Reverse(secret.text.len()), secret.text.clone());
        all.texts.sort_by_cached_key(|secret| (order(secret), secret.alone));
        all.texts.dedup_by(|second, first| second.text == first.text);
        all
    }

    /// Adds a text as it is, as languages write it in quotes, and its lines.
    fn add_text(&mut self, text: &str) {
        let text = text.trim();
        let alone = text.chars().nth(SHORT - 1).is_none();
        let escaped = format!("{text:?}");
        for form in [text, &escaped[1..escaped.len() - 1], &text.replace('\\', r"\\")] {
            self.add(form, alone);
        }
        let lines = text.lines().map(str::trim).filter(|line| line.chars().nth(LINE - 1).is_some());
        lines.for_each(|line| self.add(line, false));
    }

    fn add(&mut self, text: &str, alone: bool) {
        if !text.is_empty() {
            self.texts.push(SecretText { text: text.to_owned(), alone });
        }
    }

    /// Takes the secrets out of what is said in a problem; all of it, where it may hold one that nobody
    /// would find.
    pub(super) fn redact(&self, problem: &mut Problem) {
        if self.unknown {
            problem.message = "refused (the message is withheld: it may repeat a secret)".into();
            problem.help.clear();
            return;
        }
        let said = std::iter::once(&mut problem.message).chain(&mut problem.help);
        said.for_each(|text| *text = self.without(text));
    }

    fn without(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let before = text[..text.len() - rest.len()].chars().next_back();
            if let Some(secret) = self.texts.iter().find(|secret| secret.begins(rest, before)) {
                out.push_str(REDACTED);
                rest = &rest[secret.text.len()..];
            } else {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        out
    }
}

impl SecretText {
    fn begins(&self, rest: &str, before: Option<char>) -> bool {
        let part_of_word = |neighbour: Option<char>| neighbour.is_some_and(char::is_alphanumeric);
        rest.strip_prefix(&self.text).is_some_and(|behind| {
            !self.alone || !(part_of_word(before) || part_of_word(behind.chars().next()))
        })
    }
}

impl Kept {
    /// Whether anything is a secret.
    pub(super) fn has_secrets(&self) -> bool {
        !self.secrets.is_empty() || self.schema.holds_secret()
    }

    /// Takes the secrets out of what validations say: one of a whole struct may repeat any of its
    /// settings.
    pub(crate) fn redact(&self, problems: &mut [Problem]) {
        let mut said: Vec<_> = problems.iter_mut().filter(|p| p.code == Code::Invalid).collect();
        if !said.is_empty() && self.has_secrets() {
            let secrets = SecretTexts::of(&Trace::of(self).effective());
            said.iter_mut().for_each(|problem| secrets.redact(problem));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(secrets: &[Effective], text: &str) -> String {
        let secret = |value: &Effective| EffectiveValue::new(value.clone(), None, true);
        let list = Effective::List(secrets.iter().map(secret).collect());
        SecretTexts::of(&EffectiveValue::new(list, None, false)).without(text)
    }

    fn text(text: &str) -> Effective {
        Effective::Text(text.to_owned())
    }

    #[test]
    fn a_secret_is_found_as_it_is_and_as_it_is_quoted() {
        let secret = [text("hun\"ter\\2\n")];
        assert_eq!(without(&secret, "bad: hun\"ter\\2!"), "bad: [redacted]!");
        assert_eq!(without(&secret, r#"bad: "hun\"ter\\2""#), "bad: \"[redacted]\"");
        assert_eq!(without(&secret, r#"bad: 'hun"ter\\2'"#), "bad: '[redacted]'");
        assert_eq!(without(&secret, "bad: hunter"), "bad: hunter");
    }

    #[test]
    fn a_short_secret_and_a_number_are_found_where_they_stand_by_themselves() {
        let secrets = [text("on"), Effective::Integer(1234)];
        assert_eq!(
            without(&secrets, "one on (1234) 12345 to on"),
            "one [redacted] ([redacted]) 12345 to [redacted]"
        );
    }

    #[test]
    fn the_longest_secret_is_taken_out_and_its_stand_in_stays() {
        let secrets = [text("redacted"), text("hunter"), text("hunter2000")];
        assert_eq!(without(&secrets, "hunter2000 hunter20"), "[redacted] [redacted]20");
        assert_eq!(without(&[text("")], "nothing"), "nothing");
    }

    #[test]
    fn a_line_of_a_long_secret_is_a_secret() {
        let key = text("-----BEGIN-----\nMIIEvQIBADAN\nab\n");
        assert_eq!(without(&[key], "ab: no key in MIIEvQIBADAN"), "ab: no key in [redacted]");
    }
}
