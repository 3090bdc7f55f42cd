//! Variables under the prefix that no setting has.

use super::{View, name_not_utf8, origin};
use crate::diagnose::{closest, no_such_step};
use crate::error::{Code, Problem};
use crate::load::{Load, Plan, kubernetes};
use crate::schema::at::{path_of, schema_at};
use crate::schema::spelling::below_prefix;
use crate::schema::variables::derived_name;
use crate::schema::{Kind, Op, Schema, Step};

impl Load<'_> {
    /// A variable under the prefix that no setting has.
    pub(super) fn unknown(&mut self, name: &str, variable: &View<'_>) {
        let origin = origin(name, variable);
        if variable.name.to_str().is_none() {
            return name_not_utf8(self, origin);
        }
        self.tell(self.plan.strict, |load| stranger(load.plan, name).from(origin));
    }
}

/// A variable under the prefix that no setting has, as a problem with advice.
fn stranger(plan: &Plan, name: &str) -> Problem {
    let mut names = Vec::new();
    let mut step = None;
    plan.schema.each_field(&mut |steps, field| {
        let Some(known) = derived_name(plan.schema, plan.prefix.as_deref(), steps) else { return };
        let rest = name.strip_prefix(&*known).unwrap_or_default();
        let op =
            [Op::Add, Op::Remove].into_iter().find(|op| rest.eq_ignore_ascii_case(op.suffix()));
        step = step.take().or(op.map(|op| no_such_step(field, op)));
        names.push(known);
    });
    let problem = Problem::new(Code::UnknownVariable, format!("the variable {name} is no setting"));
    if let Some(step) = step {
        return problem.help(step);
    }
    if kubernetes::is_link(name) {
        return problem.help(kubernetes::CURE);
    }
    if let Some(name) = in_an_element(plan, name) {
        return problem.help(format!("did you mean {name}?"));
    }
    match meant(name, &names, plan.prefix.as_deref()) {
        Some(name) => problem.help(format!("did you mean {name}?")),
        None => {
            problem.help("unset it, or name it otherwise: it begins with this program's prefix")
        }
    }
}

/// The name that was meant by one that begins with the position of a list's element.
fn in_an_element(plan: &Plan, name: &str) -> Option<String> {
    let mut found = None;
    plan.schema.each_field(&mut |steps, field| {
        let Kind::NestedList { schema, .. } = field.kind else { return };
        let Some(list) = derived_name(plan.schema, plan.prefix.as_deref(), steps) else { return };
        if let Some((position, rest)) =
            below_prefix(name, &list).and_then(|rest| rest.split_once('_'))
            && position.parse::<usize>().is_ok()
            && let Some(close) = setting_of(schema.get(), rest)
        {
            found.get_or_insert(format!("{list}_{position}_{close}"));
        }
    });
    found
}

/// The name that was meant by one that was taken for the key of a map, as there is no such setting of
/// its entries: `APP_UPSTREAMS_PAY_RETIRES` for `APP_UPSTREAMS_PAY_RETRIES`.
pub(super) fn in_an_entry(plan: &Plan, steps: &[Step]) -> Option<String> {
    let (Step::Key(_), map) = steps.split_last()? else { return None };
    let schema = schema_at(plan.schema, &path_of(steps))?;
    let name = |steps| derived_name(plan.schema, plan.prefix.as_deref(), steps);
    let (map, whole) = (name(map)?, name(steps)?);
    let rest = below_prefix(&whole, &map)?;
    rest.match_indices('_').filter(|(at, _)| *at > 0).find_map(|(at, _)| {
        let close = setting_of(schema, &rest[at + 1..])?;
        Some(format!("{map}_{}_{close}", &rest[..at]))
    })
}

/// The name of a setting, as it stands behind that of what it is in, which is close to this one.
fn setting_of(schema: &'static Schema, name: &str) -> Option<String> {
    let mut names = Vec::new();
    schema.each_field(&mut |steps, _| names.extend(derived_name(schema, None, steps)));
    closest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The name that was meant: one that is close, or the only one that ends so (`APP_URL` for
/// `APP_DATABASE_URL`), or that is related but for the prefix, which all have in common.
fn meant<'n>(name: &str, names: &'n [String], prefix: Option<&str>) -> Option<&'n str> {
    let rest = |name: &'n str| match prefix {
        Some(prefix) => name.strip_prefix(prefix).map_or(name, |rest| rest.trim_start_matches('_')),
        None => name,
    };
    let start = prefix.map_or(0, |prefix| prefix.len() + 1).min(name.len());
    let wanted = name.get(start..).unwrap_or(name).trim_start_matches('_');
    let mut ends = names.iter().filter(|known| {
        known.strip_suffix(wanted).is_some_and(|before| !wanted.is_empty() && before.ends_with('_'))
    });
    if let (Some(only), None) = (ends.next(), ends.next()) {
        return Some(only);
    }
    let rests = names.iter().map(|known| rest(known));
    let close = closest(wanted, rests)?;
    names.iter().map(String::as_str).find(|known| rest(known) == close)
}
