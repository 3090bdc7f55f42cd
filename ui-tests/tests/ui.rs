//! Each file in `fail/` must not compile, with the message that stands beside it; what must compile and run by itself
//! is named here, and the twins of the failing cases are compiled by `twins.rs`. `cargo xtask bless ui` rewrites the messages: read them before you commit them.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    for topic in ["generics", "hygiene", "struct"] {
        cases.pass(format!("pass/{topic}/*.rs"));
    }
    cases.compile_fail("fail/*/*.rs");
}
