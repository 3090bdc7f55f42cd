//! Settings from outside of files where there is no schema: what stands by then says what they mean.

use super::{Load, Plan};
use crate::decode::{Fault, Finding, Node, Span, Tree, Walk, What};
use crate::origin::Origin;
use crate::path::{KeyPath, Segment};
use crate::schema::Meaning;
use crate::schema::at::{path_of, steps_of};
use crate::source::Setting;
use crate::stack::Stack;
use crate::value::{self, Layered, Value};

/// What the sources before this one came to.
fn standing(stack: &mut dyn Stack) -> Option<&Value> {
    stack.merged_as_any()?.downcast_mut::<Layered>()?.standing()
}

/// The setting that a variable means, by what stands.
pub(super) fn meaning(
    plan: &Plan,
    name: &str,
    rest: &str,
    stack: &mut dyn Stack,
) -> Option<Meaning> {
    // Without a prefix every variable of the process would be a setting.
    let new = plan.prefix.is_some() && !plan.is_elsewhere(name);
    value::meaning(standing(stack), rest, new)
}

/// The value that a variable's text is, by what stands; `None` where it is empty and that is no value.
pub(super) fn variable(
    meaning: &Meaning,
    text: Tree<'static>,
    stack: &mut dyn Stack,
) -> Result<Option<Tree<'static>>, Fault> {
    let read = value::read(standing(stack), &meaning.steps, meaning.op, text)?;
    Ok(read.map(|setting| setting.tree))
}

impl Load<'_> {
    /// A single setting as what stands says that it is meant; `None` where it is no value, or was told
    /// to be none that the key takes.
    pub(super) fn untyped(&mut self, setting: Setting, stack: &mut dyn Stack) -> Option<Setting> {
        let Setting { path, op, tree, origin } = setting;
        match value::read(standing(stack), &steps_of(&path), op, tree) {
            Ok(Some(read)) => {
                let path = path_of(&read.steps);
                Some(Setting { path, op: read.op, tree: read.tree, origin })
            }
            Ok(None) => None,
            Err(fault) => {
                self.refuse(path, fault, &origin);
                None
            }
        }
    }

    /// Tells what is wrong with a value from outside of files.
    pub(super) fn refuse(&mut self, path: KeyPath, fault: Fault, origin: &Origin) {
        let mut walk = Walk::at(path);
        walk.find(What::Fault(fault), None, None);
        self.take(walk, None, false, |problem, _| problem.from(origin.clone()));
    }
}

/// A finding without the value, where the program calls that a secret.
pub(super) fn redacted(plan: &Plan, mut finding: Finding) -> Finding {
    if plan.secrets.contain(&finding.path) {
        finding.secret = true;
        if let What::Fault(fault) = finding.what {
            finding.what = What::Fault(fault.redacted());
        }
    }
    finding
}

/// The places of the values that the program calls secrets, in one document: also in the sections of
/// profiles, whose names are no part of their paths.
pub(super) fn secret_spans(plan: &Plan, tree: &Tree<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    if plan.secrets.is_empty() {
        return spans;
    }
    below(plan, tree, &mut KeyPath::root(), &mut spans);
    let Node::Table(entries) = &tree.node else { return spans };
    for (key, section) in entries {
        below(plan, section, &mut KeyPath::root(), &mut spans);
        if let ("profile", Node::Table(profiles)) = (&*key.text, &section.node) {
            for (_, section) in profiles {
                below(plan, section, &mut KeyPath::root(), &mut spans);
            }
        }
    }
    spans
}

fn below(plan: &Plan, tree: &Tree<'_>, path: &mut KeyPath, spans: &mut Vec<Span>) {
    if plan.secrets.contain(path) {
        return spans.extend(tree.span);
    }
    let mut inside = |segment: Segment, value: &Tree<'_>| {
        path.push(segment);
        below(plan, value, path, spans);
        path.pop();
    };
    match &tree.node {
        Node::Scalar(_) => {}
        Node::List(items) => {
            items.iter().zip(0..).for_each(|(item, at)| inside(Segment::Index(at), item));
        }
        Node::Table(entries) => {
            entries.iter().for_each(|(key, value)| inside(key.text.to_string().into(), value));
        }
        Node::Elements(all) => {
            all.iter().for_each(|(at, value)| inside(Segment::Index(*at), value));
        }
    }
}
