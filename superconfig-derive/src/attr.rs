//! `#[config(...)]` and the named part of `#[serde(...)]`, word by word.
//!
//! Both fill the same structs. Where both say something, ours wins; what serde's says where it cannot apply is
//! passed over in silence, because it was written for serde. What no word may say anywhere is an error here; what
//! depends on the field, on other words or on other fields is `check`'s.

use proc_macro2::Span;
use syn::{Attribute, Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Meta};

use crate::{
    case::{CASES, Case},
    ctxt::Ctxt,
    symbol::{self, Place},
    word::{self, Value, Word, as_string},
};

/// A value and the word that brought it.
#[derive(Clone)]
pub(crate) struct At<T> {
    /// Where the word stands.
    pub(crate) span: Span,
    /// Whether it stands in `#[serde(...)]`.
    pub(crate) foreign: bool,
    /// What it says.
    pub(crate) value: T,
}

/// A word that may be given once.
pub(crate) type Once<T = ()> = Option<At<T>>;

/// The words of a struct or enum.
#[derive(Default)]
pub(crate) struct ContainerAttrs {
    pub(crate) app: Once<LitStr>,
    pub(crate) env_prefix: Once<LitStr>,
    pub(crate) profiles: Once<Vec<LitStr>>,
    pub(crate) rename_all: Once<Case>,
    pub(crate) rename_all_fields: Once<Case>,
    pub(crate) deny_unknown: Once,
    pub(crate) validate: Once<ExprPath>,
    pub(crate) krate: Once<ExprPath>,
    pub(crate) tag: Once<LitStr>,
    /// `#[serde(default)]`: fields that nobody sets come from the struct's own default.
    pub(crate) default: Once<Option<ExprPath>>,
    /// `#[serde(untagged)]` or `#[serde(content = ...)]`, which have no meaning here.
    pub(crate) other_tagging: Once<&'static str>,
}

/// `default` or `default = EXPR`.
pub(crate) enum DefaultWord {
    Trait,
    Expr(Expr),
}

/// The words of a field.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) rename: Once<LitStr>,
    pub(crate) aliases: Vec<At<LitStr>>,
    pub(crate) deprecated_aliases: Vec<At<LitStr>>,
    pub(crate) deprecated: Once<LitStr>,
    pub(crate) default: Once<DefaultWord>,
    pub(crate) default_with: Once<ExprPath>,
    pub(crate) env: Vec<At<LitStr>>,
    pub(crate) env_off: Once,
    pub(crate) nested: Once,
    pub(crate) flatten: Once,
    pub(crate) skip: Once,
    pub(crate) merge: Once<Ident>,
    pub(crate) merge_by: Once<Ident>,
    pub(crate) secret: Once,
    pub(crate) validate: Once<ExprPath>,
    pub(crate) separator: Once<LitStr>,
    pub(crate) with: Once<ExprPath>,
    /// `#[serde(deserialize_with = "path")]`
    pub(crate) deserialize_with: Once<ExprPath>,
    pub(crate) parse_env: Once<ExprPath>,
    pub(crate) restart_required: Once,
    pub(crate) whole: Once,
}

/// The words of a variant.
#[derive(Default)]
pub(crate) struct VariantAttrs {
    pub(crate) rename: Once<LitStr>,
    pub(crate) aliases: Vec<At<LitStr>>,
    pub(crate) skip: Once,
}

/// The text of the doc comments.
pub(crate) fn doc(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        if let Meta::NameValue(meta) = &attribute.meta
            && let Some(text) = as_string(&meta.value)
        {
            lines.extend(
                text.value()
                    .lines()
                    .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()),
            );
            if text.value().is_empty() {
                lines.push(String::new());
            }
        }
    }
    lines.join("\n").trim().to_owned()
}

/// Reads the words of every `#[config(...)]`, and of every `#[serde(...)]` after them.
fn read<A: Default>(
    cx: &Ctxt,
    attributes: &[Attribute],
    ours: impl Fn(&mut A, &Ctxt, Word),
    serde: impl Fn(&mut A, Word),
) -> A {
    let words = |name, lenient| {
        let named = attributes.iter().filter(move |attribute| attribute.path().is_ident(name));
        named.flat_map(move |attribute| word::read(cx, attribute, lenient))
    };
    let mut attrs = A::default();
    words("config", false).for_each(|word| ours(&mut attrs, cx, word));
    words("serde", true).for_each(|word| serde(&mut attrs, word));
    attrs
}

/// Where a word of ours stands, and what it is called.
struct Here<'a> {
    cx: &'a Ctxt,
    name: String,
    span: Span,
}

impl<'a> Here<'a> {
    fn of(cx: &'a Ctxt, word: &Word) -> Self {
        Self { cx, name: word.text(), span: word.span() }
    }

    /// Fills a word that may be given once.
    fn once<T>(&self, slot: &mut Once<T>, value: Option<T>) {
        if let Some(first) = slot {
            let message = format!("`{}` is given twice: remove one of them", self.name);
            self.cx.clash(self.span, message, first.span, "first one here");
        } else {
            *slot = value.map(|value| self.at(value));
        }
    }

    /// Fills a word that may be given several times.
    fn many<T>(&self, slot: &mut Vec<At<T>>, value: Option<T>) {
        slot.extend(value.map(|value| self.at(value)));
    }

    fn at<T>(&self, value: T) -> At<T> {
        At { span: self.span, foreign: false, value }
    }

    /// There is no such word in this place.
    fn unknown(&self, place: Place) {
        self.cx.error_at(self.span, symbol::unknown(&self.name, place));
    }
}

/// Fills a word from serde, where ours has not said anything.
fn set_foreign<T>(slot: &mut Once<T>, span: Span, value: Option<T>) {
    if slot.is_none() {
        *slot = value.map(|value| At { span, foreign: true, value });
    }
}

impl ContainerAttrs {
    /// Reads the words of a struct or enum.
    pub(crate) fn read(cx: &Ctxt, attributes: &[Attribute]) -> Self {
        read(cx, attributes, Self::ours, Self::serde)
    }

    fn ours(&mut self, cx: &Ctxt, word: Word) {
        let here = Here::of(cx, &word);
        match here.name.as_str() {
            "app" => here.once(&mut self.app, word.string(cx, "app = \"orders\"")),
            "env_prefix" => {
                here.once(&mut self.env_prefix, word.string(cx, "env_prefix = \"ORDERS\""));
            }
            "profiles" => {
                let value = word.strings(cx, "profiles(\"development\", \"production\")");
                here.once(&mut self.profiles, value);
            }
            "rename_all" => here.once(&mut self.rename_all, case(cx, word)),
            "rename_all_fields" => here.once(&mut self.rename_all_fields, case(cx, word)),
            "deny_unknown" => here.once(&mut self.deny_unknown, word.flag(cx)),
            "validate" => {
                here.once(&mut self.validate, word.path(cx, "validate = check_settings"));
            }
            "crate" => {
                here.once(&mut self.krate, word.path(cx, "crate = ::my_reexport::superconfig"));
            }
            "tag" => here.once(&mut self.tag, word.string(cx, "tag = \"kind\"")),
            _ => here.unknown(Place::Container),
        }
    }

    fn serde(&mut self, word: Word) {
        let span = word.span();
        match word.text().as_str() {
            "rename_all" => set_foreign(&mut self.rename_all, span, foreign_case(word)),
            "rename_all_fields" => {
                set_foreign(&mut self.rename_all_fields, span, foreign_case(word));
            }
            "deny_unknown_fields" => set_foreign(&mut self.deny_unknown, span, Some(())),
            "tag" => set_foreign(&mut self.tag, span, foreign_string(word)),
            "default" => {
                let value = match word.value {
                    Value::Nothing => Some(None),
                    _ => foreign_path(word).map(Some),
                };
                set_foreign(&mut self.default, span, value);
            }
            "untagged" => set_foreign(&mut self.other_tagging, span, Some("untagged")),
            "content" => set_foreign(&mut self.other_tagging, span, Some("content")),
            _ => {}
        }
    }
}

impl FieldAttrs {
    /// Reads the words of a field.
    pub(crate) fn read(cx: &Ctxt, attributes: &[Attribute]) -> Self {
        read(cx, attributes, Self::ours, Self::serde)
    }

    fn ours(&mut self, cx: &Ctxt, word: Word) {
        let here = Here::of(cx, &word);
        match here.name.as_str() {
            "rename" => here.once(&mut self.rename, word.string(cx, "rename = \"key\"")),
            "alias" => here.many(&mut self.aliases, word.string(cx, "alias = \"other_key\"")),
            "deprecated_alias" => {
                let value = word.string(cx, "deprecated_alias = \"old_key\"");
                here.many(&mut self.deprecated_aliases, value);
            }
            "deprecated" => {
                here.once(&mut self.deprecated, word.string(cx, "deprecated = \"use `x`\""));
            }
            "default" => here.once(&mut self.default, default(cx, word)),
            "default_with" => {
                here.once(&mut self.default_with, word.path(cx, "default_with = make_default"));
            }
            "env" => self.env(cx, word),
            "nested" => here.once(&mut self.nested, word.flag(cx)),
            "flatten" => here.once(&mut self.flatten, word.flag(cx)),
            "skip" => here.once(&mut self.skip, word.flag(cx)),
            "merge" => here.once(&mut self.merge, merge(cx, word)),
            "merge_by" => here.once(&mut self.merge_by, bare(cx, word, "merge_by = name")),
            "secret" => here.once(&mut self.secret, word.flag(cx)),
            "validate" => here.once(&mut self.validate, word.path(cx, "validate = check_port")),
            "separator" => here.once(&mut self.separator, word.string(cx, "separator = \",\"")),
            "with" => here.once(&mut self.with, word.path(cx, "with = humantime_serde")),
            "parse_env" => here.once(&mut self.parse_env, word.path(cx, "parse_env = parse_port")),
            "restart_required" => here.once(&mut self.restart_required, word.flag(cx)),
            "whole" => here.once(&mut self.whole, word.flag(cx)),
            _ => here.unknown(Place::Field),
        }
    }

    fn env(&mut self, cx: &Ctxt, word: Word) {
        let mut here = Here::of(cx, &word);
        match &word.value {
            Value::Is(Expr::Lit(ExprLit { lit: Lit::Bool(on), .. })) => {
                if on.value {
                    cx.error(
                        on,
                        "a field has its variable anyway: remove this, or write `env = false`",
                    );
                } else {
                    "env = false".clone_into(&mut here.name);
                    here.once(&mut self.env_off, Some(()));
                }
            }
            _ => here.many(&mut self.env, word.string(cx, "env = \"NAME\"` or `env = false")),
        }
    }

    fn serde(&mut self, word: Word) {
        let span = word.span();
        match word.text().as_str() {
            "rename" => set_foreign(&mut self.rename, span, foreign_string(word)),
            "alias" => foreign_alias(&mut self.aliases, word),
            // An expression of ours and a function of theirs are one slot: ours stands if it is there.
            "default" if self.default.is_none() && self.default_with.is_none() => {
                match word.value {
                    Value::Nothing => {
                        set_foreign(&mut self.default, span, Some(DefaultWord::Trait));
                    }
                    _ => set_foreign(&mut self.default_with, span, foreign_path(word)),
                }
            }
            "skip" | "skip_deserializing" => set_foreign(&mut self.skip, span, Some(())),
            "flatten" => set_foreign(&mut self.flatten, span, Some(())),
            "with" => set_foreign(&mut self.with, span, foreign_path(word)),
            "deserialize_with" => set_foreign(&mut self.deserialize_with, span, foreign_path(word)),
            _ => {}
        }
    }
}

impl VariantAttrs {
    /// Reads the words of a variant.
    pub(crate) fn read(cx: &Ctxt, attributes: &[Attribute]) -> Self {
        read(cx, attributes, Self::ours, Self::serde)
    }

    fn ours(&mut self, cx: &Ctxt, word: Word) {
        let here = Here::of(cx, &word);
        match here.name.as_str() {
            "rename" => here.once(&mut self.rename, word.string(cx, "rename = \"name\"")),
            "alias" => here.many(&mut self.aliases, word.string(cx, "alias = \"name\"")),
            "skip" => here.once(&mut self.skip, word.flag(cx)),
            _ => here.unknown(Place::Variant),
        }
    }

    fn serde(&mut self, word: Word) {
        let span = word.span();
        match word.text().as_str() {
            "rename" => set_foreign(&mut self.rename, span, foreign_string(word)),
            "alias" => foreign_alias(&mut self.aliases, word),
            "skip" | "skip_deserializing" => set_foreign(&mut self.skip, span, Some(())),
            _ => {}
        }
    }
}

/// A name that ours has as well is one name.
fn foreign_alias(aliases: &mut Vec<At<LitStr>>, word: Word) {
    let span = word.span();
    if let Some(value) = foreign_string(word)
        && !aliases.iter().any(|alias| alias.value.value() == value.value())
    {
        aliases.push(At { span, foreign: true, value });
    }
}

fn default(cx: &Ctxt, word: Word) -> Option<DefaultWord> {
    match word.value {
        Value::Nothing => Some(DefaultWord::Trait),
        Value::Is(expr) => Some(DefaultWord::Expr(expr)),
        Value::List(span, _) => {
            cx.error_at(span, "expected `default`, `default = VALUE` or `default_with = path`");
            None
        }
    }
}

fn case(cx: &Ctxt, word: Word) -> Option<Case> {
    let text = word.string(cx, "rename_all = \"kebab-case\"")?;
    let case = Case::parse(&text.value());
    if case.is_none() {
        let hint = symbol::nearest(&text.value(), CASES)
            .map_or_else(|| symbol::list(CASES), |near| format!("did you mean `{near}`?"));
        cx.error(&text, format!("unknown case \"{}\": {hint}", text.value()));
    }
    case
}

fn merge(cx: &Ctxt, word: Word) -> Option<Ident> {
    let name = bare(cx, word, "merge = append")?;
    if symbol::MERGE.iter().any(|strategy| name == strategy) {
        return Some(name);
    }
    let text = name.to_string();
    let hint = symbol::nearest(&text, symbol::MERGE).map_or_else(
        || format!("write one of {}", symbol::list(symbol::MERGE)),
        |near| format!("did you mean `{near}`?"),
    );
    cx.error(&name, format!("unknown merge strategy `{text}`: {hint}"));
    None
}

/// A word whose value is one bare name.
fn bare(cx: &Ctxt, word: Word, example: &str) -> Option<Ident> {
    let path = word.path(cx, example)?;
    let name = path.path.get_ident().cloned();
    if name.is_none() {
        cx.error(path, format!("expected one name: `{example}`"));
    }
    name
}

fn foreign_string(word: Word) -> Option<LitStr> {
    match word.value {
        Value::Is(expr) => as_string(&expr).cloned(),
        Value::List(_, tokens) => deserialize_part(tokens),
        Value::Nothing => None,
    }
}

/// `rename(deserialize = "...")`: what is read counts, what is written does not.
fn deserialize_part(tokens: proc_macro2::TokenStream) -> Option<LitStr> {
    let mut found = None;
    let _ = syn::parse::Parser::parse2(
        syn::meta::parser(|meta| {
            let text: LitStr = meta.value()?.parse()?;
            if meta.path.is_ident("deserialize") {
                found = Some(text);
            }
            Ok(())
        }),
        tokens,
    );
    found
}

fn foreign_case(word: Word) -> Option<Case> {
    foreign_string(word).and_then(|text| Case::parse(&text.value()))
}

fn foreign_path(word: Word) -> Option<ExprPath> {
    foreign_string(word).and_then(|text| text.parse().ok())
}
