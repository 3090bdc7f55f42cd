//! Compile-time tests: what must not compile, with which message, and what must.

pub mod library;

// Clippy does not look at the cases, which are programs of their own, so the one about lints stands here as well.
#[cfg(test)]
#[path = "../pass/hygiene/lints.rs"]
mod lints;

#[cfg(test)]
mod tests {
    #[test]
    fn generated_code_is_clean() {
        super::lints::main();
    }
}
