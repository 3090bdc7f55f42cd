//! What the checks say, row by row, and what the model is when they say nothing.

use quote::ToTokens;
use syn::DeriveInput;

use crate::{ast, attr::ContainerAttrs, check, ctxt::Ctxt, model};

fn run(source: &str) -> (Vec<String>, Option<model::Container>) {
    let input: DeriveInput = syn::parse_str(source).unwrap_or_else(|e| panic!("{e}: {source}"));
    let cx = Ctxt::new();
    let attrs = ContainerAttrs::read(&cx, &input.attrs);
    let model = ast::Container::read(&cx, &input, attrs).map(|raw| check::check(&cx, &raw));
    (cx.into_messages(), model)
}

fn field(source: &str) -> model::Field {
    let (said, model) = run(&format!("struct S {{ {source} }}"));
    assert!(said.is_empty(), "{source}: {said:?}");
    match model.expect("a model").body {
        model::Body::Struct(mut body) => body.fields.remove(0),
        model::Body::Enum(_) => panic!("a struct"),
    }
}

fn says(source: &str, expected: &str) {
    let (said, _) = run(source);
    assert!(said.iter().any(|it| it.contains(expected)), "{source}\n{said:#?}");
}

#[test]
fn fields_say_what_is_wrong() {
    for (field, expected) in [
        ("#[config(nested)] a: u16", "`u16` is one value and derives nothing: remove `nested`"),
        ("#[config(nested)] a: Box<T>", "a boxed type cannot be nested: write `T`"),
        ("#[config(nested)] a: (u8, u8)", "cannot derive `SuperConfig`"),
        ("#[config(nested)] a: Vec<Vec<T>>", "too deep"),
        ("#[config(nested)] a: BTreeSet<T>", "is a `Vec`; here it is a `BTreeSet`"),
        ("#[config(flatten)] a: Option<T>", "an `Option` cannot be flattened"),
        ("#[serde(flatten)] a: HashMap<String, T>", "a map cannot be flattened"),
        ("#[config(flatten)] a: Vec<T>", "a list cannot be flattened"),
        ("#[config(flatten, rename = \"b\")] a: T", "has no key of its own: remove `rename`"),
        ("#[config(flatten, default)] a: T", "made of its fields' own defaults: remove `default`"),
        ("#[config(flatten, validate = f)] a: T", "cannot stand on a flattened struct"),
        (
            "#[config(nested, default = 5)] a: T",
            "an expression of its type, or the name of a variant",
        ),
        ("#[config(nested, secret)] a: T", "`secret` hides a value"),
        ("#[config(nested, env = \"A\")] a: T", "names the variable of a value"),
        ("#[config(nested, with = m)] a: T", "`with` reads a value"),
        ("#[config(nested, whole)] a: Vec<T>", "`whole` is for a list or a map of plain values"),
        ("#[config(nested, default = [])] a: Vec<T>", "`default = vec![...]`"),
        ("#[config(nested, default = [])] a: HashMap<K, T>", "`default = BTreeMap::from([...])`"),
        ("#[config(skip, secret)] a: u8", "remove `secret`, or `skip`"),
        ("#[config(skip, default = \"1\")] a: u8", "nothing reads a skipped field"),
        ("#[config(whole)] a: u8", "one value anyway"),
        ("#[config(separator = \",\")] a: u8", "only valid on a list such as `Vec<String>`"),
        ("#[config(separator = \"\")] a: Vec<u8>", "an empty separator"),
        ("#[config(separator = \",\", parse_env = f)] a: Vec<u8>", "remove `separator`"),
        (
            "#[config(merge = append)] a: u8",
            "only valid on a list; here the field is one value: remove it",
        ),
        ("#[config(merge = deep)] a: Vec<u8>", "only valid on a map or a nested struct"),
        ("#[config(merge = append)] a: HashSet<u8>", "write `merge = union`"),
        ("#[config(merge = deep, nested)] a: Vec<T>", "`merge_by = name`"),
        ("#[config(merge = union, nested)] a: Vec<T>", "`merge_by = name`"),
        ("#[config(merge = apend)] a: Vec<u8>", "did you mean `append`?"),
        ("#[config(merge = \"append\")] a: Vec<u8>", "without quotes: `merge = append`"),
        ("#[config(merge_by = name)] a: Vec<T>", "only valid on a `Vec` with `nested`"),
        ("#[config(merge_by = a::b, nested)] a: Vec<T>", "expected one name"),
        ("#[config(merge_by = a, merge = append, nested)] a: Vec<T>", "element by element"),
        ("#[config(env = \"a\")] a: u8", "write `A`"),
        ("#[config(env = true)] a: u8", "has its variable anyway"),
        ("#[config(env = false, env = \"A\")] a: u8", "no variable at all"),
        ("#[config(env = 5)] a: u8", "expected a string literal: `env = \"NAME\"`"),
        ("#[config(secret, secret)] a: u8", "`secret` is given twice"),
        ("#[config(secret = true)] a: u8", "takes no value: write `secret`"),
        ("#[config(nested(x))] a: T", "takes no arguments"),
        ("#[config(rename)] a: u8", "`rename` needs a value"),
        ("#[config(rename(x))] a: u8", "expected a string literal"),
        ("#[config(rename = \"\")] a: u8", "a key cannot be empty"),
        ("#[config(rename = \"a.b\")] a: u8", "holds a dot"),
        ("#[config(validate = \"f\")] a: u8", "without quotes: `validate = f`"),
        ("#[config(validate = 5)] a: u8", "expected a path"),
        ("#[config(validate)] a: u8", "needs a path"),
        ("#[config(validate(f))] a: u8", "expected a path"),
        ("#[config(default(5))] a: u8", "expected `default`, `default = VALUE`"),
        ("#[config(default, default_with = f)] a: u8", "remove one of them"),
        ("#[config] a: u8", "in parentheses"),
        ("#[config(alias = \"a\")] a: u8", "names this field already"),
        ("#[config(deprecated)] a: u8", "`deprecated` needs a value"),
        ("#[config(env = \"S_A\", env = \"S_A\")] a: u8", "sets this field already"),
        ("a: &'static str", "owns its values"),
    ] {
        says(&format!("struct S {{ {field} }}"), expected);
    }
}

#[test]
fn defaults_of_the_wrong_type() {
    for (ty, default, expected) in [
        ("u8", "300", "`300` does not fit `u8`: write an integer from 0 to 255"),
        ("u8", "-1", "`-1` does not fit `u8`"),
        ("u8", "\"300\"", "`\"300\"` is not an integer from 0 to 255"),
        ("Option<u8>", "300", "does not fit `u8`"),
        ("i8", "-129", "does not fit `i8`"),
        ("u16", "8u8", "is a `u8`, the field is a `u16`: write `8`"),
        ("u16", "true", "is not an integer"),
        ("u16", "1.5", "is not an integer"),
        ("u16", "[1]", "one `u16`, not a list"),
        ("NonZeroU8", "0", "an integer from 1 to 255"),
        ("f64", "1", "write `1.0`"),
        ("f64", "1.0f32", "remove the `f32`"),
        ("f64", "\"x\"", "is not a number"),
        ("bool", "\"maybe\"", "is not `true` or `false`"),
        ("bool", "1", "is not `true` or `false`"),
        ("char", "\"ab\"", "is not a single character"),
        ("String", "5", "write \"5\""),
        ("String", "'x'", "write \"x\""),
        ("IpAddr", "\"localhost\"", "is not an IP address"),
        ("SocketAddr", "\"127.0.0.1\"", "with a port such as"),
        ("IpAddr", "5", "write it as a string"),
        ("PathBuf", "'/'", "is not a path in a string"),
        ("Duration", "\"30s\"", "write `default = Duration::from_secs(30)`"),
        ("Vec<u8>", "5", "write `default = [5]`"),
        ("Vec<u8>", "[1, 256]", "`256` does not fit `u8`"),
        ("Vec<u8>", "[\"1\", 2]", "do not mix"),
        ("Vec<String>", "[1]", "write \"1\""),
        ("HashMap<String, u8>", "\"a\"", "`default = BTreeMap::from([...])`"),
    ] {
        says(&format!("struct S {{ #[config(default = {default})] a: {ty} }}"), expected);
    }
}

#[test]
fn names_against_each_other() {
    for (source, expected) in [
        (
            "struct S { a: u8, #[config(rename = \"a\")] b: u8 }",
            "the key `a` belongs to the field `a` already",
        ),
        ("struct S { a: u8, #[config(alias = \"a\")] b: u8 }", "choose another alias"),
        ("struct S { #[config(alias = \"b\")] a: u8, b: u8 }", "choose another alias"),
        ("struct S { a: Vec<u8>, a_add: u8 }", "is how a source adds to the list `a`"),
        (
            "#[config(rename_all = \"kebab-case\")] struct S { a_b: Vec<u8>, a_b_add: u8 }",
            "`a-b-add` is how a source adds to the list `a-b`",
        ),
        ("struct S { a: Vec<u8>, a_remove: u8 }", "removes from the list `a`"),
        ("struct S { a: HashMap<u8, u8>, a_remove: u8 }", "removes from the map `a`"),
        ("struct S { pool_max: u8, poolMax: u8 }", "`..._POOL_MAX` would set both"),
        ("struct S { #[config(secret)] a: u8, a_file: u8 }", "`..._A_FILE` would set both"),
        (
            "struct S { #[config(env = \"A\")] a: u8, #[config(env = \"A\")] b: u8 }",
            "the variable `A` would set both `a` and `b`",
        ),
        (
            "#[config(env_prefix = \"X\")] struct S { a: u8, #[config(env = \"X_A\")] b: u8 }",
            "the variable `X_A` would set both",
        ),
        ("#[config(profiles(\"a\"))] struct S { a: u8 }", "both a profile and the setting `a`"),
        ("#[config(profiles(\"a\", \"a\"))] struct S { b: u8 }", "is given twice"),
        ("#[config(profiles(\"default\"))] struct S { b: u8 }", "every file may have"),
        ("#[config(profiles(\"a b\"))] struct S { b: u8 }", "cannot be a profile's name"),
        ("#[config(profiles())] struct S { b: u8 }", "names none"),
        ("#[config(profiles(a))] struct S { b: u8 }", "string literals in parentheses"),
        ("#[config(profiles = \"a\")] struct S { b: u8 }", "string literals in parentheses"),
        ("#[config(tag = \"a\")] enum E { V { a: u8 } }", "where the tag `a` stands"),
        ("enum E { A, #[config(rename = \"A\")] B }", "two variants are called `A`"),
        ("enum E { A, #[config(alias = \"A\")] B }", "two variants are called `A`"),
    ] {
        says(source, expected);
    }
}

#[test]
fn containers_say_what_is_wrong() {
    for (source, expected) in [
        ("struct S(u8);", "write `struct S { name: Type }`"),
        ("struct S;", "`S` has no settings"),
        ("struct S {}", "give it a field"),
        ("union U { a: u8 }", "write an enum with `tag"),
        ("enum E {}", "give it a variant"),
        ("#[config(validate = f)] enum E { A }", "write `validate` on the field"),
        ("enum E { A(u8, u8) }", "write `A { name: Type }`"),
        ("enum E { A { a: u8 } }", "write `#[config(tag = \"kind\")]`"),
        ("#[config(tag = \"\")] enum E { A }", "the tag is a key"),
        ("#[config(tag = \"t\")] enum E { A(u8) }", "derives nothing: write `A { value: ... }`"),
        ("#[config(tag = \"t\")] enum E { A(#[config(skip)] T) }", "takes no attributes"),
        ("#[serde(untagged)] enum E { A(T) }", "serde's `untagged`"),
        ("#[serde(tag = \"t\", content = \"c\")] enum E { A(T) }", "serde's `content`"),
        ("enum E { #[config(skip)] A }", "every variant is skipped"),
        ("#[config(app = \"x\")] enum E { A }", "`app` belongs on the outermost struct"),
        ("#[config(tag = \"t\")] struct S { a: u8 }", "`tag` tells the variants"),
        ("#[config(rename_all_fields = \"lowercase\")] struct S { a: u8 }", "write `rename_all`"),
        ("#[config(rename_all = \"kebabcase\")] struct S { a: u8 }", "did you mean `kebab-case`?"),
        ("#[config(app = \"a/b\")] struct S { a: u8 }", "cannot name an application's files"),
        ("#[config(env_prefix = \"a\")] struct S { a: u8 }", "write `A`"),
        ("struct S<'a> { a: Cow<'a, str> }", "remove `'a`"),
    ] {
        says(source, expected);
    }
}

#[test]
fn every_mistake_of_a_struct_is_told_at_once() {
    let (said, _) = run("#[config(app = \"\", env_prefix = \"x\", colour)] struct S {
            #[config(defualt = 5)] a: u8,
            #[config(nested)] b: u16,
            #[config(rename = \"a\")] c: u8,
        }");
    // Two sites of the duplicate are two errors.
    assert_eq!(said.len(), 7, "{said:#?}");
}

#[test]
fn kinds_follow_from_types_and_words() {
    use model::Kind;
    for (source, kind, optional, required) in [
        ("a: u8", "leaf u8", false, true),
        ("a: Option<u8>", "leaf u8", true, false),
        ("a: std::option::Option<std::vec::Vec<u8>>", "list std :: vec :: Vec < u8 >", true, false),
        ("a: HashSet<u8>", "list HashSet < u8 >", false, true),
        ("#[config(parse_env = f)] a: Option<Vec<u8>>", "leaf Vec < u8 >", true, false),
        ("#[config(whole)] a: Vec<u8>", "leaf Vec < u8 >", false, true),
        ("a: BTreeMap<String, u8>", "map u8", false, true),
        ("#[config(nested)] a: T", "nested T", false, false),
        ("#[config(nested)] a: Option<T>", "nested T", true, false),
        ("#[config(nested)] a: Vec<T>", "nested list T", false, false),
        ("#[config(nested)] a: HashMap<String, T>", "nested map T", false, false),
        ("#[config(flatten)] a: T", "flatten T", false, false),
        ("#[serde(skip_deserializing)] a: T", "skip", false, false),
        ("#[serde(with = \"m\")] a: Option<Vec<T>>", "leaf Option < Vec < T > >", false, false),
        ("#[serde(deserialize_with = \"m::f\")] a: T", "leaf T", false, true),
        ("#[config(default)] a: T", "leaf T", false, false),
    ] {
        let field = field(source);
        let text = |ty: &syn::Type| ty.to_token_stream().to_string();
        let found = match &field.kind {
            Kind::Leaf(ty) => format!("leaf {}", text(ty)),
            Kind::List(ty) => format!("list {}", text(ty)),
            Kind::Map { value, .. } => format!("map {}", text(value)),
            Kind::Nested(ty) => format!("nested {}", text(ty)),
            Kind::NestedList { item, .. } => format!("nested list {}", text(item)),
            Kind::NestedMap { value, .. } => format!("nested map {}", text(value)),
            Kind::Flatten(ty) => format!("flatten {}", text(ty)),
            Kind::Skip => "skip".to_owned(),
        };
        assert_eq!((found.as_str(), field.optional, field.required), (kind, optional, required));
    }
}

#[test]
fn defaults_are_understood() {
    use model::Default;
    for (source, expected) in [
        ("a: u8", "none"),
        ("#[config(nested, default = \"fast\")] a: Mode", "text fast"),
        ("#[config(nested, default = Mode::Fast)] a: Mode", "expr Mode :: Fast"),
        ("#[serde(default)] #[config(nested)] a: T", "trait"),
        ("#[config(default)] a: u8", "trait"),
        ("#[config(default = 5)] a: u8", "value 5"),
        ("#[config(default = 5)] a: Option<u8>", "value 5"),
        ("#[config(default = -5)] a: i8", "value - 5"),
        ("#[config(default = 5)] a: NonZeroU8", "text 5"),
        ("#[config(default = Some(5))] a: Option<u8>", "expr Some (5)"),
        ("#[config(default = \"x\")] a: String", "string x"),
        ("#[config(default = \"5\")] a: u8", "text 5"),
        ("#[config(default = \"5\")] a: Port", "text 5"),
        ("#[config(default = 5)] a: Port", "value 5"),
        ("#[config(default = [\"x\"])] a: Vec<T>", "texts 1"),
        ("#[config(default = [1, X])] a: Vec<u8>", "items 2"),
        ("#[config(default = [])] a: Vec<u8>", "items 0"),
        ("#[config(default = vec![1])] a: Vec<u8>", "expr vec ! [1]"),
        ("#[config(default = [1, 2])] a: [u8; 2]", "value [1 , 2]"),
        ("#[config(default_with = f)] a: u8", "with"),
        ("#[serde(default = \"f::g\")] a: u8", "with"),
        ("#[serde(default)] a: u8", "trait"),
        ("#[config(default = 5)] #[serde(default)] a: u8", "value 5"),
        ("#[config(skip)] a: u8", "trait"),
        ("#[config(skip, default = \"x\")] a: &'static str", "value \"x\""),
        ("#[config(with = m, default = \"30s\")] a: Duration", "text 30s"),
        ("#[config(with = m)] a: Option<Duration>", "expr :: core :: option :: Option :: None"),
        (
            "#[config(with = m, default = 5)] a: Option<T>",
            "expr :: core :: option :: Option :: Some (5)",
        ),
    ] {
        let found = match field(source).default {
            Default::None => "none".to_owned(),
            Default::Trait => "trait".to_owned(),
            Default::Expr(expr) => format!("expr {}", expr.to_token_stream()),
            Default::Value(expr) => format!("value {}", expr.to_token_stream()),
            Default::Text(text) => format!("text {}", text.value()),
            Default::String(text) => format!("string {}", text.value()),
            Default::TextList(texts) => format!("texts {}", texts.len()),
            Default::List(items) => format!("items {}", items.len()),
            Default::With(_) => "with".to_owned(),
        };
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn names_follow_from_both_kinds_of_attributes() {
    for (container, source, key, part) in [
        ("", "r#type: u8", "type", "TYPE"),
        ("#[config(rename_all = \"kebab-case\")]", "pool_max: u8", "pool-max", "POOL_MAX"),
        ("#[serde(rename_all = \"camelCase\")]", "pool_max: u8", "poolMax", "POOL_MAX"),
        (
            "#[serde(rename_all(serialize = \"lowercase\", deserialize = \"UPPERCASE\"))]",
            "a: u8",
            "A",
            "A",
        ),
        ("", "#[serde(rename(serialize = \"x\", deserialize = \"y\"))] a: u8", "y", "Y"),
        ("", "#[serde(rename = \"x\")] #[config(rename = \"y\")] a: u8", "y", "Y"),
        ("", "#[serde(skip_serializing_if = \"Option::is_none\")] a: u8", "a", "A"),
    ] {
        let (said, model) = run(&format!("{container} struct S {{ {source} }}"));
        assert!(said.is_empty(), "{source}: {said:?}");
        let Some(model::Body::Struct(body)) = model.map(|it| it.body) else { panic!("a struct") };
        assert_eq!((body.fields[0].key.as_str(), body.fields[0].env_part.as_str()), (key, part));
    }
}

#[test]
fn the_container_is_understood() {
    let (said, model) = run(
        "/// First.
        ///
        /// More.
        #[config(app = \"orders\", env_prefix = \"ORDERS_\", profiles(\"dev\"), crate = a::b, deny_unknown, validate = f)]
        #[serde(default)]
        struct S<T> { a: u8, #[serde(alias = \"z\", alias = \"y\")] #[config(alias = \"z\")] b: Option<T> }",
    );
    assert!(said.is_empty(), "{said:?}");
    let model = model.expect("a model");
    assert_eq!(model.doc, "First.\n\nMore.");
    assert_eq!(model.krate.to_token_stream().to_string(), "a :: b");
    assert!(model.deny_unknown && model.validate.is_some());
    let model::Body::Struct(body) = model.body else { panic!("a struct") };
    assert_eq!(body.env_prefix.as_deref(), Some("ORDERS"));
    assert_eq!(body.fields[1].aliases, ["z", "y"]);
    let model::Default::Expr(default) = &body.fields[0].default else { panic!("an expression") };
    assert_eq!(
        default.to_token_stream().to_string(),
        "< S < T > as :: core :: default :: Default > :: default () . a"
    );
}

#[test]
fn enums_are_understood() {
    let (said, model) = run(
        "#[serde(tag = \"kind\", rename_all = \"snake_case\", rename_all_fields = \"kebab-case\")]
        enum E {
            /// None at all.
            NoStore,
            #[config(rename = \"s3\", alias = \"aws\")] Bucket { max_size: u8 },
            File(FileStore),
            #[serde(skip)] Internal,
        }",
    );
    assert!(said.is_empty(), "{said:?}");
    let Some(model::Body::Enum(body)) = model.map(|it| it.body) else { panic!("an enum") };
    let keys: Vec<&str> = body.variants.iter().map(|variant| variant.key.as_str()).collect();
    assert_eq!(keys, ["no_store", "s3", "file", "internal"]);
    assert_eq!(body.tag.as_deref(), Some("kind"));
    assert_eq!(body.variants[0].doc, "None at all.");
    let model::Shape::Struct(fields) = &body.variants[1].shape else { panic!("fields") };
    assert_eq!(fields[0].key, "max-size");
    assert!(body.variants[3].skip);
}
