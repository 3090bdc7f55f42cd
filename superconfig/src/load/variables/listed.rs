//! Variables by name, where all names that are settings can be listed: each is looked up, and what is
//! there is set where it belongs. So nothing is made of the crowd of a process's variables, and of a
//! name is known what it means.

use super::{Load, View, direct};
use crate::decode::Section;
use crate::load::Plan;
use crate::schema::Each;
use crate::source::Variables;
use crate::stack::Stack;

/// Reads the variables of the surroundings that are settings.
pub(crate) fn read(load: &mut Load<'_>, stack: &mut dyn Stack) {
    if set(load, stack) {
        return load.commit(stack);
    }
    stack.discard();
    let all = all(load);
    super::read(load, all.iter().map(View::from), None, stack);
}

/// Sets what the variables say. `false` where any is not plain, has no value that the setting takes, or
/// might be one of two that mean one setting; what was set until then is to be discarded.
fn set(load: &Load<'_>, stack: &mut dyn Stack) -> bool {
    let plan = load.plan;
    let mut found: Vec<String> = Vec::new();
    let mut set_one = |name: &str, meaning: &_| {
        let Some(value) = plan.surroundings.look_up(name) else { return Some(()) };
        if plan.ignore_empty && value.is_empty() {
            return Some(());
        }
        // Prefix and limits are the program's, so what is listed is not always short, or once there.
        let fits = name.len() <= plan.limits.key_bytes && found.len() < plan.limits.variables;
        if !fits || found.iter().any(|known| known == name) {
            return None;
        }
        found.push(name.to_owned());
        direct::set_one(stack.layer(Section::Base), &value, meaning)
    };
    !plan.by_tree && each_name(plan, &mut set_one).is_some()
}

/// The variables that are settings, by their names.
fn all(load: &Load<'_>) -> Variables {
    let mut all = Variables::new();
    let mut look_up = |name: &str, _: &_| {
        if let Some(value) = load.plan.surroundings.look_up(name)
            && !all.iter().any(|(known, _)| known == name)
        {
            all.push((name.into(), value.into_owned()));
        }
        Some(())
    };
    let _ = each_name(load.plan, &mut look_up);
    all
}

fn each_name(plan: &Plan, each: Each<'_>) -> Option<()> {
    // Without a prefix nothing is listed.
    let prefix = plan.prefix.as_deref().unwrap_or_default();
    plan.schema.each_name(prefix, plan.absolute_names, each)
}
