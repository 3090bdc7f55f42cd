//! Where values come from: the traced merge gives what the typed one gives, and what is told of a setting
//! agrees with its value.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use superconfig::trace::{Statement, Verdict};
use superconfig::{ConfigHandle, Effective as Traced, Format, SuperConfig};

use super::documents::{document, written};
use super::{Rich, formats, loaded, shown};

/// The effective values as they are traced.
pub(crate) fn values<T: superconfig::Config>(handle: &ConfigHandle<T>) -> Value {
    serde_json::from_str(&handle.to_value().to_json()).unwrap()
}

proptest! {
    // Each case asks many questions, and each question reads everything again.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_loads_again(
        documents in vec(document(true), 0..3), format in formats()
    ) {
        let mut config = SuperConfig::<Rich>::new();
        for document in &documents {
            config = config.with_text(Format::Json, document.to_string());
        }
        let handle = config.build().unwrap();
        let text = handle.to_string_in(format);
        let again = SuperConfig::<Rich>::new().with_text(format, text.clone());
        prop_assert_eq!(loaded(again).0, shown(&handle.get()), "{}", text);
    }

    #[test]
    fn each_setting_of_a_report_is_explained_by_what_it_says(
        documents in vec((document(false), formats()), 1..4)
    ) {
        let mut config = SuperConfig::<Rich>::new();
        for (document, format) in &documents {
            config = config.with_text(*format, written(document, *format));
        }
        let handle = config.build().unwrap();
        for setting in handle.report().settings {
            let explanation = handle.explain(setting.path.clone()).unwrap();
            prop_assert_eq!(explanation.value.as_ref(), Some(&setting.value));
            let origin = handle.origin(setting.path.clone());
            prop_assert_eq!(origin.as_ref(), setting.value.origin());
            for line in explanation.to_string().lines() {
                prop_assert!(line.chars().count() <= 80, "{}", explanation);
            }
            let json: Value = serde_json::from_str(&explanation.to_json()).unwrap();
            prop_assert_eq!(&json["path"], &json!(setting.path.to_string()));
            if let Some(origin) = setting.value.origin() {
                let wins = |statement: &Statement| {
                    statement.verdict == Verdict::Won && statement.origin == *origin
                };
                let is_scalar = !matches!(
                    setting.value.value(), Traced::List(_) | Traced::Table(_) | Traced::Null
                );
                let is_item = setting.path.to_string().contains('[');
                prop_assert!(!is_scalar || is_item || explanation.statements.iter().any(wins),
                    "{}", explanation);
            }
        }
    }
}
