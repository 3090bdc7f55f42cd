//! The builder: JavaScript writes down its steps, and hands them over when it loads.

use napi::Result;
use superconfig::source::OverrideValue;
use superconfig::{Format, Limits, SuperConfig, Value};

use crate::convert::unexpected;
use crate::environment;

type Builder = SuperConfig<Value>;

/// The core's builder, after these steps: lists of a step's name and what it is given.
pub(crate) fn builder(steps: &Value) -> Result<Builder> {
    let steps = steps.as_list().ok_or_else(|| unexpected("the steps are no list"))?;
    let new = Builder::new().with_env_told(environment::told);
    steps.iter().try_fold(new, |builder, step| {
        let step = step.as_list().and_then(<[Value]>::split_first);
        let name = step.and_then(|(name, given)| Some((name.as_str()?, given)));
        let (name, given) = name.ok_or_else(|| unexpected("a step has no name"))?;
        after(builder, name, given)
            .ok_or_else(|| unexpected(&format!("`{name}` is no step with {} values", given.len())))
    })
}

fn after(builder: Builder, name: &str, given: &[Value]) -> Option<Builder> {
    use Value::{Bool, List, String};
    Some(match (name, given) {
        ("file", [String(path)]) => builder.with_file(path),
        ("fileOpt", [String(path)]) => builder.with_file_opt(path),
        ("hierarchical", [String(app)]) => builder.with_hierarchical(app),
        ("glob", [String(pattern)]) => builder.with_glob(pattern),
        ("text", [String(as_format), String(text)]) => builder.with_text(format(as_format)?, text),
        ("text", [String(as_format), String(text), String(name)]) => {
            builder.with_named_text(name.as_str(), format(as_format)?, text)
        }
        ("object", [values, String(name)]) => builder.with_values(name, values.clone()),
        ("defaults", [values]) => builder.with_defaults(values.clone()),
        ("dotenv", [String(path)]) => builder.with_dotenv(path),
        ("env", [String(prefix), Bool(false)]) => builder.with_env(prefix.as_str()),
        ("env", [String(prefix), Bool(true)]) => builder.with_env_ignore_empty(prefix.as_str()),
        ("envVars", [List(variables)]) => builder.with_env_vars(pairs(variables)?),
        ("environment", [List(variables)]) => {
            let own = |(name, value): (&str, &str)| (name.into(), value.into());
            let variables: Vec<_> = pairs(variables)?.into_iter().map(own).collect();
            builder.with_env_told(move |wants| Some(environment::wanted(&variables, wants)))
        }
        ("override", [String(path), value]) => {
            builder.with_override(path, OverrideValue::of_texts(value))
        }
        ("args", [List(arguments)]) => builder.with_args(texts(arguments)?),
        ("profile", [String(profile)]) => builder.select_profile(profile),
        ("profileFrom", [String(variable)]) => builder.select_profile_from(variable),
        ("verbosity", [String(level)]) => builder.with_verbosity(level.parse().ok()?),
        ("strict", [Bool(strict)]) => builder.strict_if(*strict),
        ("suppress", [List(patterns)]) => builder.suppress_warnings(texts(patterns)?),
        ("secret", [String(pattern)]) => builder.with_secret(pattern.as_str()),
        ("schema", [String(text)]) => builder.with_schema(text),
        ("schema", [schema]) => builder.with_schema(schema),
        ("limits", [limits]) => builder.with_limits(limits_of(limits)?),
        ("directory", [String(path)]) => builder.with_directory(path),
        ("root", [String(path)]) => builder.with_root(path),
        ("showSource", [Bool(show)]) => builder.show_source(*show),
        ("strictPermissions", [Bool(strict)]) => builder.strict_permissions(*strict),
        _ => return None,
    })
}

pub(crate) fn format(name: &str) -> Option<Format> {
    Format::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name))
}

fn texts(list: &[Value]) -> Option<Vec<&str>> {
    list.iter().map(Value::as_str).collect()
}

/// Names and values in turn.
fn pairs(list: &[Value]) -> Option<Vec<(&str, &str)>> {
    texts(list)?.chunks(2).map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
}

fn limits_of(given: &Value) -> Option<Limits> {
    let mut limits = Limits::default();
    for (name, value) in given.as_table()?.iter() {
        let number = value.as_u64()?;
        let size = usize::try_from(number).ok()?;
        match name {
            "fileBytes" => limits.file_bytes = number,
            "depth" => limits.depth = size,
            "nodes" => limits.nodes = size,
            "expandedBytes" => limits.expanded_bytes = size,
            "keyBytes" => limits.key_bytes = size,
            "globFiles" => limits.glob_files = size,
            "variables" => limits.variables = size,
            _ => return None,
        }
    }
    Some(limits)
}
