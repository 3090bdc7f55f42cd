// Fields are constants, and each stands beside what is said of it.
#![allow(clippy::items_after_statements)]

use super::super::{Alias, Inner};
use super::*;

const POOL: Schema = Schema::new(
    "Pool",
    Body::Record(&[
        Field::new("size", "SIZE", Kind::Leaf),
        Field::new("tags", "TAGS", Kind::List),
        Field { ty: "String", ..Field::new("name", "NAME", Kind::Leaf) },
        Field { ty: "Vec<u8>", ..Field::new("blob", "BLOB", Kind::Leaf) },
    ]),
);
static POOL_AT: &Schema = &POOL;

fn refusal(fields: &'static [Field], prefix: Option<&'static str>) -> Option<String> {
    let schema: &'static Schema = Box::leak(Box::new(Schema {
        env_prefix: prefix,
        ..Schema::new("Settings", Body::Record(fields))
    }));
    let refused = std::panic::catch_unwind(|| names(schema)).err()?;
    Some(refused.downcast_ref::<String>().cloned().unwrap_or_default())
}

#[test]
fn a_variable_has_one_owner() {
    const FIELDS: &[Field] = &[
        Field::new("pool", "POOL", Kind::Nested(POOL_AT_CONST)),
        Field::new("pool_size", "POOL_SIZE", Kind::Leaf),
    ];
    const POOL_AT_CONST: &Schema = &POOL;
    let text = refusal(FIELDS, Some("APP")).expect("refused");
    assert_eq!(
        text,
        "two settings claim the variable APP_POOL_SIZE: `pool_size` and `pool.size` of \
         `Settings`; rename one of them, or give one `#[config(env = false)]`"
    );
}

#[test]
fn suffixes_positions_keys_and_absolute_names_count() {
    const POOL_HERE: &Schema = &POOL;
    const CASES: &[(&[Field], bool)] = &[
        (
            &[
                Field::new("pool", "POOL", Kind::Nested(POOL_HERE)),
                Field::new("pool_tags_add", "POOL_TAGS_ADD", Kind::Leaf),
            ],
            true,
        ),
        (
            &[
                Field::new("labels", "LABELS", Kind::Map),
                Field::new("labels_max", "LABELS_MAX", Kind::Leaf),
            ],
            true,
        ),
        (
            &[
                Field::new(
                    "servers",
                    "SERVERS",
                    Kind::NestedList { schema: Inner::By(|| POOL_AT), merge_by: None },
                ),
                Field::new("servers_max", "SERVERS_MAX", Kind::Leaf),
            ],
            false,
        ),
        (
            &[
                Field { secret: true, ..Field::new("key", "KEY", Kind::Leaf) },
                Field::new("key_file", "KEY_FILE", Kind::Leaf),
            ],
            true,
        ),
        (
            &[
                Field { env_names: &["PORT"], ..Field::new("a", "A", Kind::Leaf) },
                Field { env_names: &["PORT"], ..Field::new("b", "B", Kind::Leaf) },
            ],
            true,
        ),
        (
            &[
                Field { env_names: &["APP_B"], ..Field::new("a", "A", Kind::Leaf) },
                Field::new("b", "B", Kind::Leaf),
            ],
            true,
        ),
        (
            &[
                Field { env_derived: false, ..Field::new("pool_size", "POOL_SIZE", Kind::Leaf) },
                Field::new("pool", "POOL", Kind::Nested(POOL_HERE)),
                Field { aliases: &[Alias::new("x")], ..Field::new("pools", "POOLS", Kind::Leaf) },
            ],
            false,
        ),
    ];
    for (index, (fields, refused)) in CASES.iter().enumerate() {
        assert_eq!(refusal(fields, Some("APP")).is_some(), *refused, "case {index}");
    }
}

/// What the check of these fields says, without what it says of every clash.
fn clash(fields: &'static [Field]) -> String {
    let text = refusal(fields, Some("APP")).unwrap_or_default();
    let said = text.strip_prefix("two settings claim the variable ").unwrap_or(&text);
    let said = said.split(" of `Settings`; ").next().unwrap_or_default();
    said.to_owned()
}

fn said(refuse: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let refused = std::panic::catch_unwind(refuse).expect_err("a refusal");
    refused.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn merge_by_asks_for_a_comparable_field() {
    merge_by(POOL_AT, "pools", "name");
    assert_eq!(
        said(|| merge_by(POOL_AT, "pools", "nam")),
        "`merge_by = nam` on `pools`: `Pool` has no field of that key; \
         it has `size`, `tags`, `name`, `blob`"
    );
    assert_eq!(
        said(|| merge_by(POOL_AT, "pools", "blob")),
        "`merge_by = blob` on `pools`: `Pool.blob` is of type `Vec<u8>`, and elements are matched \
         by a string, an integer, a `char`, a `bool` or an address"
    );
}

#[test]
fn merge_by_knows_a_type_by_its_last_name_and_takes_no_list() {
    const HOST: &Schema = &Schema::new(
        "Host",
        Body::Record(&[
            Field { ty: "std::net::IpAddr", ..Field::new("address", "ADDRESS", Kind::Leaf) },
            Field { ty: "my::IpAddress", ..Field::new("other", "OTHER", Kind::Leaf) },
            Field { ty: "String", ..Field::new("names", "NAMES", Kind::List) },
        ]),
    );
    merge_by(HOST, "hosts", "address");
    assert!(said(|| merge_by(HOST, "hosts", "other")).contains("is of type `my::IpAddress`"));
    assert!(said(|| merge_by(HOST, "hosts", "names")).contains("is of type `String`"));
}

#[test]
fn a_default_in_quotes_is_one_of_an_enums_words() {
    const LEVEL: &Schema = &Schema::new(
        "Level",
        Body::Keyword(&[Word::new("info"), Word { aliases: &["warning"], ..Word::new("warn") }]),
    );
    word(LEVEL, "level", "info");
    word(LEVEL, "level", "warning");
    assert_eq!(
        said(|| word(LEVEL, "level", "Info")),
        "`default = \"Info\"` on `level`: `Level` has no variant of that name; \
         it has `info`, `warn`"
    );
    assert_eq!(
        said(|| word(POOL_AT, "pool", "big")),
        "`default = \"big\"` on `pool`: `Pool` is no fieldless enum; \
         give an expression of its type, or defaults to its fields"
    );
}

const STORE: &Schema = &Schema::new(
    "Store",
    Body::Choice {
        tag: "disk-kind",
        variants: &[
            Variant::new(Word::new("memory"), &Schema::new("Memory", Body::Record(&[]))),
            Variant::new(
                Word::new("disk"),
                &Schema::new(
                    "Disk",
                    Body::Record(&[
                        Field::new("path", "PATH", Kind::Leaf),
                        Field::new("seen", "", Kind::Skip),
                    ]),
                ),
            ),
        ],
    },
);

#[test]
fn an_enum_with_settings_is_not_flattened() {
    const FIELDS: &[Field] = &[Field::new("store", "", Kind::Flatten(STORE))];
    assert_eq!(
        refusal(FIELDS, None).expect("refused"),
        "`Settings` flattens `Store`, which is an enum; write `nested`, which gives it a key of \
         its own"
    );
}

#[test]
fn an_enum_claims_its_tag_and_the_settings_of_its_variants() {
    const TAG: &[Field] = &[
        Field::new("store", "STORE", Kind::Nested(STORE)),
        Field::new("store_disk_kind", "STORE_DISK_KIND", Kind::Leaf),
    ];
    assert_eq!(clash(TAG), "APP_STORE_DISK_KIND: `store_disk_kind` and `store.disk-kind`");
    const SETTING: &[Field] = &[
        Field::new("store_path", "STORE_PATH", Kind::Leaf),
        Field::new("store", "STORE", Kind::Nested(STORE)),
    ];
    assert_eq!(clash(SETTING), "APP_STORE_PATH: `store_path` and `store.path`");
    // The same where the enum's name is the longer one.
    const OUTER_KIND: &Schema = &Schema::new(
        "Outer",
        Body::Record(&[Field::new("kind", "MY_STORE_DISK_KIND", Kind::Leaf)]),
    );
    const LONGER_TAG: &[Field] = &[
        Field::new("a", "A", Kind::Nested(OUTER_KIND)),
        Field::new("store", "A_MY_STORE", Kind::Nested(STORE)),
    ];
    assert_eq!(clash(LONGER_TAG), "APP_A_MY_STORE_DISK_KIND: `store.disk-kind` and `a.kind`");
    const OUTER_PATH: &Schema =
        &Schema::new("Outer", Body::Record(&[Field::new("path", "MY_STORE_PATH", Kind::Leaf)]));
    const LONGER_SETTING: &[Field] = &[
        Field::new("a", "A", Kind::Nested(OUTER_PATH)),
        Field::new("store", "A_MY_STORE", Kind::Nested(STORE)),
    ];
    assert_eq!(clash(LONGER_SETTING), "APP_A_MY_STORE_PATH: `store.path` and `a.path`");
    const APART: &[Field] = &[
        Field::new("store", "STORE", Kind::Nested(STORE)),
        Field::new("store_paths", "STORE_PATHS", Kind::Leaf),
        Field::new("store_seen", "STORE_SEEN", Kind::Leaf),
    ];
    assert_eq!(refusal(APART, Some("APP")), None);
}

#[test]
fn fields_of_flattened_structs_stand_beside_the_others() {
    const INNER: &Schema = &Schema::new(
        "Inner",
        Body::Record(&[
            Field::new("size", "SIZE", Kind::Leaf),
            Field::new("pool_size", "POOL_SIZE", Kind::Leaf),
        ]),
    );
    const SAME: &[Field] =
        &[Field::new("size", "SIZE", Kind::Leaf), Field::new("inner", "", Kind::Flatten(INNER))];
    const SAME_KEY: &str = "two settings of `Settings` have the key `size`, at least one of them \
                            in a flattened struct; rename one of them";
    assert_eq!(refusal(SAME, None).as_deref(), Some(SAME_KEY));
    const BEFORE: &[Field] =
        &[Field::new("inner", "", Kind::Flatten(INNER)), Field::new("size", "SIZE", Kind::Leaf)];
    assert_eq!(refusal(BEFORE, None).as_deref(), Some(SAME_KEY));
    const LONGER: &[Field] = &[
        Field::new("inner", "", Kind::Flatten(INNER)),
        Field::new("pool", "POOL", Kind::Nested(&POOL)),
    ];
    assert_eq!(clash(LONGER), "APP_POOL_SIZE: `pool_size` and `pool.size`");
    const SKIPPED: &[Field] =
        &[Field::new("inner", "", Kind::Flatten(INNER)), Field::new("size", "", Kind::Skip)];
    assert_eq!(refusal(SKIPPED, None), None);
}

#[test]
fn a_flattened_struct_inside_a_nested_one_claims_for_it() {
    const INNER: &Schema =
        &Schema::new("Inner", Body::Record(&[Field::new("size", "SIZE", Kind::Leaf)]));
    const OUTER: &Schema = &Schema::new(
        "Outer",
        Body::Record(&[
            Field { env_derived: false, ..Field::new("off", "OFF", Kind::Leaf) },
            Field::new("inner", "", Kind::Flatten(INNER)),
            Field::new("word", "WORD", Kind::Nested(&Schema::new("Word", Body::Keyword(&[])))),
        ]),
    );
    const CLAIMER: &[Field] =
        &[Field::new("a", "A", Kind::Nested(OUTER)), Field::new("a_size", "A_SIZE", Kind::Leaf)];
    assert_eq!(clash(CLAIMER), "APP_A_SIZE: `a_size` and `a.size`");
    const MID: &Schema =
        &Schema::new("Mid", Body::Record(&[Field::new("m", "M_SIZE", Kind::Leaf)]));
    const LONGER: &[Field] =
        &[Field::new("a", "A", Kind::Nested(MID)), Field::new("b", "A_M", Kind::Nested(OUTER))];
    assert_eq!(clash(LONGER), "APP_A_M_SIZE: `b.size` and `a.m`");
    // A struct's own name is a variable too: it takes all of it as JSON.
    const WHOLE: &[Field] = &[
        Field::new("a", "A", Kind::Nested(&Schema::new("Mid", Body::Record(&[HERE])))),
        Field::new("b", "A_M", Kind::Nested(OUTER)),
    ];
    const HERE: Field = Field::new("m", "M", Kind::Nested(INNER));
    assert_eq!(clash(WHOLE), "APP_A_M: `b` and `a.m`");
    const APART: &[Field] = &[
        Field::new("a", "A", Kind::Nested(OUTER)),
        Field::new("a_off", "A_OFF", Kind::Leaf),
        Field::new("a_word_b", "A_WORD_B", Kind::Leaf),
    ];
    assert_eq!(refusal(APART, Some("APP")), None);
}

#[test]
fn lists_claim_positions_and_suffixes_and_secrets_their_file() {
    const SERVERS: Field = Field::new(
        "servers",
        "SERVERS",
        Kind::NestedList { schema: Inner::By(|| POOL_AT), merge_by: None },
    );
    const KEYED: Field = Field::new(
        "servers",
        "SERVERS",
        Kind::NestedList { schema: Inner::By(|| POOL_AT), merge_by: Some("name") },
    );
    const POSITION: &[Field] = &[SERVERS, Field::new("first", "SERVERS_0", Kind::Leaf)];
    assert_eq!(clash(POSITION), "APP_SERVERS_0: `first` and `servers`");
    const ADD: &[Field] = &[Field::new("more", "SERVERS_ADD", Kind::Leaf), SERVERS];
    assert_eq!(clash(ADD), "APP_SERVERS_ADD: `more` and `servers`");
    const REMOVE: &[Field] = &[KEYED, Field::new("less", "SERVERS_REMOVE", Kind::Leaf)];
    assert_eq!(clash(REMOVE), "APP_SERVERS_REMOVE: `less` and `servers`");
    // Without a key to remove by, there is no such variable.
    const UNKEYED: &[Field] = &[SERVERS, Field::new("less", "SERVERS_REMOVE", Kind::Leaf)];
    assert_eq!(refusal(UNKEYED, Some("APP")), None);

    // Suffixes of the longer name count too.
    const LABELS: Field = Field::new("x", "X", Kind::Map);
    const LIST: &[Field] = &[LABELS, Field::new("l", "X_L", Kind::List)];
    assert_eq!(clash(LIST), "APP_X_L: `l` and `x`");
    const INNER: &Schema = &Schema::new(
        "Inner",
        Body::Record(&[
            Field::new("tags_add", "TAGS_ADD", Kind::Leaf),
            Field::new("tags_remove", "MAP_REMOVE", Kind::Leaf),
            Field::new("key_file", "KEY_FILE", Kind::Leaf),
        ]),
    );
    const A: Field = Field::new("a", "A", Kind::Nested(INNER));
    const BY_ADD: &[Field] = &[A, Field::new("tags", "A_TAGS", Kind::List)];
    assert_eq!(clash(BY_ADD), "APP_A_TAGS_ADD: `tags` and `a.tags_add`");
    const BY_REMOVE: &[Field] = &[A, Field::new("map", "A_MAP", Kind::Map)];
    assert_eq!(clash(BY_REMOVE), "APP_A_MAP_REMOVE: `map` and `a.tags_remove`");
    const BY_FILE: &[Field] =
        &[A, Field { secret: true, ..Field::new("key", "A_KEY", Kind::Leaf) }];
    assert_eq!(clash(BY_FILE), "APP_A_KEY_FILE: `key` and `a.key_file`");
}

#[test]
fn without_a_known_prefix_the_variable_is_one_behind_it() {
    const FIELDS: &[Field] = &[
        Field::new("pool", "POOL", Kind::Nested(&POOL)),
        Field::new("pool_size", "POOL_SIZE", Kind::Leaf),
    ];
    assert_eq!(
        refusal(FIELDS, None).expect("refused"),
        "two settings claim the variable POOL_SIZE (behind the prefix): `pool_size` and \
         `pool.size` of `Settings`; rename one of them, or give one `#[config(env = false)]`"
    );
}

#[test]
fn absolute_names_count_wherever_they_stand() {
    const DEEP: &Schema = &Schema::new(
        "Deep",
        Body::Record(&[
            Field { env_names: &["PORT"], ..Field::new("port", "PORT", Kind::Leaf) },
            Field {
                secret: true,
                env_names: &["TOKEN"],
                ..Field::new("token", "TOKEN", Kind::Leaf)
            },
        ]),
    );
    const NESTED: &[Field] = &[
        Field::new("deep", "DEEP", Kind::Nested(DEEP)),
        Field { env_names: &["PORT"], ..Field::new("p", "P", Kind::Leaf) },
    ];
    assert_eq!(
        refusal(NESTED, None).expect("refused"),
        "two settings claim the variable PORT: `deep.port` and `p` of `Settings`; \
         give one of them another name"
    );
    const AFTER: &[Field] = &[
        Field { env_names: &["PORT"], ..Field::new("p", "P", Kind::Leaf) },
        Field::new("deep", "DEEP", Kind::Nested(DEEP)),
    ];
    assert_eq!(clash(AFTER), "PORT: `p` and `deep.port`");
    const FLATTENED: &[Field] = &[
        Field { env_names: &["TOKEN_FILE"], ..Field::new("p", "P", Kind::Leaf) },
        Field::new("deep", "", Kind::Flatten(DEEP)),
    ];
    assert_eq!(clash(FLATTENED), "TOKEN_FILE: `p` and `token`");
    // A derived name: of another field, and of one in the same nested struct.
    const DERIVED: &[Field] = &[
        Field::new("other", "OTHER", Kind::Nested(DEEP)),
        Field { env_names: &["APP_OTHER_PORT"], ..Field::new("p", "P", Kind::Leaf) },
    ];
    assert_eq!(clash(DERIVED), "APP_OTHER_PORT: `p` and `other.port`");
    const INSIDE: &Schema = &Schema::new(
        "Inside",
        Body::Record(&[
            Field { env_names: &["APP_DB_URL"], ..Field::new("p", "P", Kind::Leaf) },
            Field::new("url", "URL", Kind::Leaf),
        ]),
    );
    const BESIDE: &[Field] = &[Field::new("db", "DB", Kind::Nested(INSIDE))];
    assert_eq!(clash(BESIDE), "APP_DB_URL: `db.p` and `db.url`");
    // Its own derived name is nobody else's, also where the struct does not know the prefix.
    const OWN: &Schema = &Schema::new(
        "Own",
        Body::Record(&[Field {
            env_names: &["APP_DB_URL"],
            ..Field::new("url", "URL", Kind::Leaf)
        }]),
    );
    const AGAIN: &[Field] = &[Field::new("db", "DB", Kind::Nested(OWN))];
    assert_eq!(refusal(AGAIN, Some("APP")), None);
    const FREE: &[Field] = &[
        Field { env_names: &["POR", "APP", "PORTS"], ..Field::new("p", "P", Kind::Leaf) },
        Field::new("deep", "DEEP", Kind::Nested(DEEP)),
    ];
    assert_eq!(refusal(FREE, Some("APP")), None);
}

#[test]
fn absolute_names_count_inside_of_variants() {
    const PATH: Field =
        Field { env_names: &["STORE_PATH"], ..Field::new("path", "PATH", Kind::Leaf) };
    const SIZE: Field = Field::new("size", "SIZE", Kind::Leaf);
    const fn store(variants: &'static [Variant]) -> Schema {
        Schema::new("Store", Body::Choice { tag: "kind", variants })
    }
    const DISK: Variant =
        Variant::new(Word::new("disk"), &Schema::new("Disk", Body::Record(&[PATH])));
    const SHARED: &Schema = &Schema::new("Shared", Body::Record(&[PATH]));
    const FLAT: Field = Field::new("shared", "", Kind::Flatten(SHARED));
    const TAPE: Variant =
        Variant::new(Word::new("tape"), &Schema::new("Tape", Body::Record(&[SIZE, FLAT])));
    const CARD: Variant =
        Variant::new(Word::new("card"), &Schema::new("Card", Body::Record(&[FLAT, SIZE])));
    // The same key in two variants is one setting, also in what they flatten.
    const ALIKE: &Schema = &store(&[DISK, Variant::new(Word::new("ssd"), DISK.schema)]);
    names(ALIKE);
    const ONE: &Schema = &store(&[TAPE, CARD]);
    names(ONE);
    const FREE: &[Field] = &[
        Field::new("store", "STORE", Kind::Nested(ONE)),
        Field { env_names: &["PATH", "SIZE"], ..Field::new("p", "P", Kind::Leaf) },
    ];
    assert_eq!(refusal(FREE, Some("APP")), None);
    // Another key in another variant, or in the same one, is another setting.
    const CACHE: Field = Field { name: "cache", env: "CACHE", ..PATH };
    const TWO: &Schema = &store(&[
        DISK,
        Variant::new(Word::new("net"), &Schema::new("Net", Body::Record(&[CACHE]))),
    ]);
    assert_eq!(
        said(|| names(TWO)),
        "two settings claim the variable STORE_PATH: `path` and `cache` of `Store`; \
         give one of them another name"
    );
    const SAME: &Schema = &store(&[Variant::new(
        Word::new("net"),
        &Schema::new("Net", Body::Record(&[PATH, CACHE])),
    )]);
    assert!(said(|| names(SAME)).contains("STORE_PATH: `path` and `cache`"));
    // Beside the enum, on either side, and its derived names.
    const BEFORE: &[Field] = &[
        Field { env_names: &["STORE_PATH"], ..Field::new("p", "P", Kind::Leaf) },
        Field::new("store", "STORE", Kind::Nested(ONE)),
    ];
    assert_eq!(clash(BEFORE), "STORE_PATH: `p` and `store.path`");
    const BEHIND: &[Field] = &[
        Field::new("store", "STORE", Kind::Nested(ONE)),
        Field { env_names: &["STORE_PATH"], ..Field::new("p", "P", Kind::Leaf) },
    ];
    assert_eq!(clash(BEHIND), "STORE_PATH: `store.path` and `p`");
    const TWICE: &[Field] = &[
        Field::new("store", "STORE", Kind::Nested(ONE)),
        Field::new("other", "OTHER", Kind::Nested(ONE)),
    ];
    assert_eq!(clash(TWICE), "STORE_PATH: `store.path` and `other.path`");
    const DERIVED: &[Field] = &[
        Field::new("app_path", "PATH", Kind::Leaf),
        Field::new("store", "S", Kind::Nested(ONE)),
        Field::new("x", "PATH_X", Kind::Leaf),
    ];
    assert!(refusal(DERIVED, Some("STORE")).is_some_and(|text| text.contains("STORE_PATH")));
    assert_eq!(refusal(DERIVED, Some("APP")), None);
}
