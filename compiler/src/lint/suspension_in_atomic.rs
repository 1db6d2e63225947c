//! `await` and `yield`, where nothing may suspend.

use super::program::Program;
use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{FunctionId, Iteration, OpKind};
use crate::graph::walk::ModuleId;
use corona_std::errors;

pub(super) const LINT: Lint = Lint {
    name: "suspension-in-atomic",
    code: errors::SUSPENSION_IN_ATOMIC,
    severity: Severity::Error,
    what: "Finds await, yield, for await and await using inside atomic sections.",
    why: "They hand control to others in the middle of the section, which is what it promises not to do. In an atomic \
          block they are a syntax error when the program is run; in an async function given to atomic, everything after \
          the first await would run after the section has ended.",
    example: "let total = 0;\n\nexport async function add(next: Promise<number>) {\n  atomic: {\n    total += await next;\n  }\n}\n",
    instead: "let total = 0;\n\nexport async function add(next: Promise<number>) {\n  const value = await next;\n  atomic: \
              {\n    total += value;\n  }\n}\n",
    rests_on: RestsOn::Reached,
    find,
};

fn find(program: &Program<'_>, module: ModuleId) -> Vec<Diagnostic> {
    let facts = program.facts(module);
    if facts.sections.is_empty() {
        return Vec::new();
    }
    let atomic = program.atomic_sections(module);
    let mut found = Vec::new();
    for function in (0..facts.functions.len() as u32).map(FunctionId) {
        for (position, op) in facts.ops(function).iter().enumerate() {
            let what = match op.kind {
                OpKind::Await { .. } => "`await`",
                OpKind::Yield { .. } => "`yield`",
                OpKind::Iterate { mode: Iteration::Awaiting, .. } => "`for await`",
                OpKind::Dispose { asynchronous: true, .. } => "`await using`",
                _ => continue,
            };
            let section = facts.section_around(function, position);
            if !section.is_none() && atomic[section.index()] {
                let message = format!("{what} may suspend, inside an atomic section");
                let help = "wait before the section and use the result inside, or move it out of the section";
                found.push(LINT.finding(message, program.place(module, op.span)).help(help));
            }
        }
    }
    // An asynchronous iteration waits in several ways at one place.
    found.dedup_by(|next, before| next.place == before.place);
    found
}
