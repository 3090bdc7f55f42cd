//! Small programs that show one thing each, in a folder of its own beside the files that it reads:
//! `cargo run --example quickstart`, and `errors`, `broken`, `layers`, `lists`, `explain`, `flags`, `service`.
//!
//! What they print is compared with `expected*.txt` beside them (`xtask/src/test/examples.rs`), and
//! what the README and the guide show of them is compared here.

#[cfg(test)]
mod tests {
    const README: &str = include_str!("../../README.md");
    const GUIDE: &str = include_str!("../../docs/GUIDE.md");

    #[track_caller]
    fn shown(text: &str) {
        assert!(README.contains(text.trim_end()), "README.md does not show\n{text}");
    }

    /// But for the line that says where the files are: the README's reader has them at hand.
    #[test]
    fn the_readme_shows_the_program_of_quickstart() {
        let program = include_str!("../quickstart/main.rs");
        let lines = program.lines().filter(|line| !line.contains("with_directory"));
        let program: Vec<_> = lines.skip_while(|line| !line.starts_with("use ")).collect();
        shown(&program.join("\n"));
    }

    #[test]
    fn the_readme_shows_the_files_of_quickstart_and_what_it_prints() {
        shown(include_str!("../quickstart/config.toml"));
        shown(include_str!("../quickstart/config.production.yaml"));
        shown(include_str!("../quickstart/expected.txt"));
        shown(include_str!("../quickstart/expected.production.txt"));
    }

    #[test]
    fn the_readme_shows_the_report_of_errors() {
        shown(include_str!("../errors/expected.txt"));
    }

    const REPORT: &str = include_str!("../broken/expected.txt");

    #[test]
    fn the_guide_shows_the_report_of_broken() {
        assert!(GUIDE.contains(REPORT.trim_end()), "docs/GUIDE.md does not show\n{REPORT}");
    }

    #[test]
    fn broken_has_twenty_mistakes_and_no_two_are_alike() {
        let said = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
        let titles: std::collections::BTreeSet<_> = REPORT.lines().filter(said).collect();
        assert_eq!(titles.len(), 20);
        assert!(REPORT.ends_with("15 errors, 5 warnings\n"), "the report counts otherwise");
    }
}
