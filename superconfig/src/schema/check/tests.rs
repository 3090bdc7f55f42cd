use super::super::Alias;
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
                    Kind::NestedList { schema: || POOL_AT, merge_by: None },
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

#[test]
fn merge_by_asks_for_a_comparable_field() {
    merge_by(POOL_AT, "pools", "name");
    let refused = |key| {
        let refused = std::panic::catch_unwind(|| merge_by(POOL_AT, "pools", key)).err();
        refused.and_then(|r| r.downcast_ref::<String>().cloned()).unwrap_or_default()
    };
    assert!(refused("nam").contains("it has `size`, `tags`, `name`, `blob`"));
    assert!(refused("blob").contains("is of type `Vec<u8>`"));
}
