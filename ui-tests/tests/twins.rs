//! Every case that must not compile has a twin that shows the right form. The twins are compiled together, as modules
//! of this one program, because a program for each takes minutes to link.

// They are programs: what is `pub` in them reaches nobody here.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::trivially_copy_pass_by_ref,
    clippy::unnecessary_wraps,
    clippy::ref_option
)]

#[path = "../pass"]
mod pass {
    // Not twins, but here clippy sees them.
    mod generics {
        mod bounds;
    }
    mod r#struct {
        mod contract;
        mod serde;
    }
    mod attributes {
        mod bad_app_name;
        mod container_word_on_field;
        mod deprecated_without_advice;
        mod duplicate_in_one_list;
        mod duplicate_word;
        mod field_word_on_container;
        mod flag_with_value;
        mod from_elsewhere;
        mod literal_first;
        mod missing_comma;
        mod missing_value;
        mod no_parentheses;
        mod path_in_quotes;
        mod unknown_case;
        mod unknown_no_guess;
        mod unknown_on_field;
        mod unknown_on_struct;
    }
    mod defaults {
        mod address_without_port;
        mod array_for_nested_list;
        mod integer_for_float;
        mod item_out_of_range;
        mod list_for_one_value;
        mod literal_for_map;
        mod literal_for_nested;
        mod mixed_list;
        mod negative;
        mod not_an_address;
        mod number_for_bool;
        mod number_for_string;
        mod one_value_for_list;
        mod optional_out_of_range;
        mod other_type;
        mod out_of_range;
        mod text_for_bool;
        mod text_for_duration;
        mod text_out_of_range;
        mod two_characters;
        mod two_ways;
        mod wrong_suffix;
        mod zero_for_nonzero;
    }
    mod env {
        mod always;
        mod bad_name;
        mod derived_and_absolute;
        mod empty_prefix;
        mod lower_case_prefix;
        mod off_and_named;
        mod on_nested;
        mod own_name_again;
        mod prefix_with_dash;
        mod same_name_twice;
        mod same_segment;
        mod secret_file;
    }
    mod kinds {
        mod borrowed;
        mod empty_separator;
        mod flatten_default;
        mod flatten_map;
        mod flatten_option;
        mod flatten_renamed;
        mod forgotten_nested;
        mod items_not_comparable;
        mod nested_box;
        mod nested_list_of_scalars;
        mod nested_scalar;
        mod nested_set;
        mod nested_too_deep;
        mod nested_without_derive;
        mod not_deserialize;
        mod parse_env_wrong_type;
        mod secret_on_nested;
        mod separator_on_scalar;
        mod skip_with_others;
        mod validate_wrong_type;
        mod whole_on_scalar;
        mod with_on_nested;
    }
    mod merge {
        mod append_on_scalar;
        mod append_on_set;
        mod by_and_another;
        mod by_on_plain_list;
        mod deep_on_list;
        mod deep_without_key;
        mod unknown;
    }
    mod names {
        mod alias_of_another;
        mod alias_of_itself;
        mod deprecated_alias_taken;
        mod dotted_key;
        mod empty_key;
        mod list_add;
        mod list_remove;
        mod map_remove;
        mod same_key;
    }
    mod profiles {
        mod bad_name;
        mod reserved;
        mod same_as_a_field;
        mod twice;
        mod without_quotes;
    }
    mod serde {
        mod content;
        mod flatten_map;
        mod same_key;
        mod same_key_by_case;
        mod untagged;
    }
    mod several {
        mod one_struct;
        mod two_structs;
        mod with_load;
    }
    mod shapes {
        mod app_on_enum;
        mod empty_struct;
        mod lifetime;
        mod newtype_of_scalar;
        mod same_variant;
        mod tag_is_a_field;
        mod tag_on_struct;
        mod tuple_struct;
        mod tuple_variant;
        mod union;
        mod unit_struct;
        mod untagged_enum;
    }
    mod tree {
        mod absolute_and_derived;
        mod absolute_names;
        mod between_variants;
        mod default_of_nested_struct;
        mod default_unknown_variant;
        mod flattened;
        mod flattened_enum;
        mod flattened_key;
        mod half_way;
        mod in_a_variant;
        mod list_add;
        mod merge_by_list;
        mod merge_by_unknown;
        mod path_and_name;
        mod secret_file;
        mod tag;
        mod two_levels;
        mod without_prefix;
    }
}

#[test]
fn every_case_has_a_twin() {
    let listed = include_str!("twins.rs");
    for topic in std::fs::read_dir("fail").expect("the tests run in their package") {
        let topic = topic.expect("a topic").path();
        for case in std::fs::read_dir(&topic).expect("a folder") {
            let case = case.expect("a case").path();
            if case.extension().is_some_and(|extension| extension == "rs") {
                let name = case.file_stem().unwrap_or_default().to_string_lossy();
                let twin =
                    case.strip_prefix("fail").map(|path| std::path::Path::new("pass").join(path));
                assert!(twin.is_ok_and(|twin| twin.exists()), "{} has no twin", case.display());
                assert!(
                    listed.contains(&format!("mod {name};")),
                    "{name} is not listed in twins.rs"
                );
            }
        }
    }
}
