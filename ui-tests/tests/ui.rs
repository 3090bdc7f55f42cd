//! Each file in `fail/` must not compile, with the message that stands beside it; each in `pass/` must compile and
//! run. `cargo xtask bless ui` rewrites the messages: read them before you commit them.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*/*.rs");
    cases.compile_fail("fail/*/*.rs");
}
