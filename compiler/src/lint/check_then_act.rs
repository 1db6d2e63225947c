//! Shared state that is written as if it were still what it was before a wait.

use super::program::Program;
use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Note, Severity};
use crate::effects::{FunctionIx, ModuleIx};
use crate::facts::{FunctionId, OpKind, Span};
use crate::graph::walk::ModuleId;
use crate::syntax::SharedUse;
use corona_std::errors;

pub(super) const LINT: Lint = Lint {
    name: "check-then-act",
    code: errors::CHECK_THEN_ACT,
    severity: Severity::Warning,
    what: "Finds functions that read a variable or field which others can see, then wait (a call that blocks, or an \
           await), and then write it in a way that depends on what they read.",
    why: "While the function waits, others run, and may do the same. What was read is old by then: an update is lost, or \
          something is made twice. This is the race that atomic exists for. Look again after the call, or claim the \
          state before it.",
    example: "import { readTextFile } from \"corona:fs\";\n\nlet settings: string | undefined;\n\nexport function \
              get(path: string) {\n  if (settings === undefined) {\n    settings = readTextFile(path);\n  }\n  return \
              settings;\n}\n",
    instead: "import { readTextFile } from \"corona:fs\";\n\nlet settings: string | undefined;\n\nexport function get(path: \
              string) {\n  if (settings === undefined) {\n    const text = readTextFile(path);\n    if (settings === \
              undefined) settings = text;\n  }\n  return settings;\n}\n",
    rests_on: RestsOn::Reached,
    find,
};

fn find(program: &Program<'_>, module: ModuleId) -> Vec<Diagnostic> {
    let uses = &program.node(module).built.unit.shared_uses;
    uses.iter().filter_map(|it| Some(finding(program, module, it, wait(program, module, it)?))).collect()
}

/// The first thing in between that waits for certain.
fn wait(program: &Program<'_>, module: ModuleId, shared: &SharedUse) -> Option<Span> {
    let blocking = shared.calls.iter().copied().find(|span| blocks(program, module, *span));
    [blocking, shared.awaits.first().copied()].into_iter().flatten().min()
}

fn blocks(program: &Program<'_>, module: ModuleId, call: Span) -> bool {
    let facts = program.facts(module);
    let functions = (0..facts.functions.len() as u32).map(FunctionId);
    let mut ops = functions.flat_map(|function| facts.ops(function).iter().map(move |op| (function, op)));
    let found = ops.find(|(_, op)| op.span == call && matches!(op.kind, OpKind::Call(_)));
    found.is_some_and(|(function, op)| {
        program.effects.borrow_mut().blocks(FunctionIx { module: ModuleIx(module.0), function }, op)
    })
}

fn finding(program: &Program<'_>, module: ModuleId, shared: &SharedUse, wait: Span) -> Diagnostic {
    let message = format!("`{}` may have changed since it was read", shared.what);
    let note =
        |message: &str, span: Span| Note { message: message.to_owned(), place: Some(program.place(module, span)) };
    let mut found = LINT.finding(message, program.place(module, shared.write));
    found.notes.push(note("it was read here", shared.read));
    found.notes.push(note("others may run here", wait));
    found.help("look again after the wait, or claim the state before it")
}
