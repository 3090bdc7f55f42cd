use super::*;

fn read(takes: &Takes, tree: &Tree<'_>) -> Result<String, String> {
    let value = takes.read(&Reader::Tree(tree));
    value.map(|value| value.to_string()).map_err(|fault| fault.to_string())
}

fn of(takes: &Takes, json: &str) -> Result<String, String> {
    read(takes, &json_text::parse(json).expect(json))
}

fn of_text(takes: &Takes, text: &str) -> Result<String, String> {
    read(takes, &Scalar::text(text, ",").into())
}

fn integers(low: Option<i128>, high: Option<i128>) -> Takes {
    Takes::Integer(Range { low, high, ..Range::default() })
}

#[test]
fn numbers_are_from_here_to_there() {
    let steps = Range { low: Some(0), multiple_of: Some(5), ..Range::default() };
    let half = Range { low: Some(0.0), high: Some(1.0), above: true, ..Range::default() };
    for (takes, json, expected) in [
        (&integers(None, None), "1.5", "expected an integer, found the number 1.5"),
        (&integers(Some(1), None), "0", "expected an integer of at least 1, found the integer 0"),
        (&integers(None, Some(1)), "2", "expected an integer of at most 1, found the integer 2"),
        (
            &integers(Some(1), Some(9)),
            "10",
            "expected an integer from 1 to 9, found the integer 10",
        ),
        (&integers(Some(1), Some(9)), "[1]", "expected an integer, found a list"),
        (
            &Takes::Integer(steps),
            "7",
            "expected an integer of at least 0, a multiple of 5, found the integer 7",
        ),
        (
            &Takes::Number(half),
            "0",
            "expected a number above 0 and of at most 1, found the integer 0",
        ),
        (
            &Takes::Number(half),
            "\"x\"",
            "expected a number above 0 and of at most 1, found the string \"x\"",
        ),
    ] {
        assert_eq!(of(takes, json), Err(expected.to_owned()), "{json}");
    }
    assert_eq!(of_text(&integers(Some(1), Some(9)), " 009 "), Ok("9".to_owned()));
    assert_eq!(of(&Takes::Integer(steps), "10"), Ok("10".to_owned()));
    let tenths = Range { multiple_of: Some(0.1), ..Range::default() };
    assert_eq!(of(&Takes::Number(tenths), "0.3"), Ok("0.3".to_owned()));
    assert!(of(&Takes::Number(tenths), "0.35").is_err());
    // What is no number is in no range.
    assert!(of_text(&Takes::Number(half), "nan").is_err());
}

#[test]
fn texts_lists_and_tables_have_sizes() {
    let sizes = |least, most| Sizes { least, most };
    let text = Takes::Text(sizes(Some(2), Some(3)));
    assert_eq!(of(&text, "\"éé\""), Ok("\"éé\"".to_owned()));
    let said = "expected a string of 2 to 3 characters, found the string \"a\"";
    assert_eq!(of(&text, "\"a\""), Err(said.to_owned()));
    let item = integers(Some(0), Some(9));
    let list = Takes::List(Box::new(Items { item, sizes: sizes(None, Some(2)), unique: true }));
    assert_eq!(of_text(&list, "1, 2"), Ok("[1,2]".to_owned()));
    for (json, expected) in [
        ("[1, 2, 3]", "expected a list of at most 2 items, found a list of 3 items"),
        ("[1, 1]", "expected a list without equal items, found a list of 2 items"),
        ("[10]", "expected an integer from 0 to 9, found the integer 10"),
        ("{}", "expected a list, found a table"),
        ("null", "`null` is not a value here"),
    ] {
        assert_eq!(of(&list, json), Err(expected.to_owned()), "{json}");
    }
    let part = |name, required| Part { name, takes: Takes::Any, required, default: None };
    let known = vec![part("a", true), Part { default: Some(7.into()), ..part("b", false) }];
    let table = Takes::Table(Box::new(Parts { known, rest: None, sizes: sizes(None, None) }));
    assert_eq!(of(&table, "{\"a\": 1}"), Ok("{\"a\":1,\"b\":7}".to_owned()));
    assert_eq!(of_text(&table, "{\"b\": 2, \"a\": 1}"), Ok("{\"a\":1,\"b\":2}".to_owned()));
    for (json, expected) in [
        ("{}", "`a` is missing"),
        ("{\"a\": 1, \"c\": 2}", "unknown key \"c\", expected \"a\" or \"b\""),
        ("[]", "expected a table, found a list"),
    ] {
        assert_eq!(of(&table, json), Err(expected.to_owned()), "{json}");
    }
}

#[test]
fn the_first_of_several_takes_a_value() {
    let either = Takes::Either(vec![Takes::known("String"), integers(Some(0), None)]);
    assert_eq!(of_text(&either, "80"), Ok("80".to_owned()));
    assert_eq!(of_text(&either, "007x"), Ok("\"007x\"".to_owned()));
    assert_eq!(of(&either, "\"80\""), Ok("\"80\"".to_owned()));
    assert_eq!(
        of(&either, "true"),
        Err("expected a string or an integer of at least 0, found the boolean true".to_owned())
    );
    assert_eq!(
        of(&either, "-1"),
        Err("expected an integer of at least 0, found the integer -1".to_owned())
    );
    let some = Takes::OneOf(vec![1.into(), "1".into(), true.into()]);
    assert_eq!(of(&some, "1.0"), Ok("1".to_owned()));
    assert_eq!(
        of(&some, "2"),
        Err("expected one of 1, \"1\", true, found the integer 2".to_owned())
    );
    let null = Takes::OrNull(Box::new(Takes::known("u8")));
    assert_eq!(of(&null, "null"), Ok("null".to_owned()));
    assert_eq!(null.name(), "Option<u8>");
}

#[test]
fn a_type_of_the_standard_library_reads_itself() {
    for (name, json, expected) in [
        ("u8", "255", Ok("255")),
        ("u8", "256", Err("expected an integer from 0 to 255, found the integer 256")),
        (
            "NonZeroI8",
            "0",
            Err("expected an integer from -128 to 127, but not 0, found the integer 0"),
        ),
        ("char", "\"ab\"", Err("expected a single character, found the string \"ab\"")),
        ("Ipv4Addr", "\"10.0.0.1\"", Ok("\"10.0.0.1\"")),
        ("PathBuf", "5", Err("expected a path (a string), found the integer 5")),
        ("NoSuchType", "\"x\"", Ok("\"x\"")),
    ] {
        let expected = expected.map(str::to_owned).map_err(str::to_owned);
        assert_eq!(of(&Takes::known(name), json), expected, "{name}");
    }
    let huge = Scalar::integer("340282366920938463463374607431768211455", 10).into();
    assert!(read(&Takes::known("u128"), &huge).is_err(), "a value holds no more than `i128`");
}
