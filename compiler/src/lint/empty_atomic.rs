//! An atomic section with nothing in it that others could see.

use super::program::Program;
use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{
    CallId, FunctionId, ModuleFacts, ObjectKind, Op, OpKind, Section, SectionKind, Span, ValueId, ValueKind,
};
use crate::graph::walk::ModuleId;
use corona_std::errors;

pub(super) const LINT: Lint = Lint {
    name: "empty-atomic",
    code: errors::EMPTY_ATOMIC,
    severity: Severity::Warning,
    what: "Finds atomic sections that touch no variable, object or function through which other coroutines could see \
           what happens in between.",
    why: "Code that uses only its own variables is alone anyway. The section protects nothing, costs a little, and tells \
          readers of shared state that is not there; perhaps the state is used beside it, where it is not protected.",
    example: "export function area(width: number, height: number) {\n  let result = 0;\n  atomic: {\n    result = width * \
              height;\n  }\n  return result;\n}\n",
    instead: "export function area(width: number, height: number) {\n  return width * height;\n}\n",
    rests_on: RestsOn::Reached,
    find,
};

fn find(program: &Program<'_>, module: ModuleId) -> Vec<Diagnostic> {
    let facts = program.facts(module);
    let mut found = Vec::new();
    if facts.sections.is_empty() {
        return found;
    }
    let atomic = program.atomic_sections(module);
    for (index, section) in facts.sections.iter().enumerate() {
        let is_whole = section.parent.is_none() && atomic[index] && !matches!(section.kind, SectionKind::Using(_));
        // What may not stand in it at all comes first.
        let has_sites = program.sites(module).iter().any(|site| encloses(section.span, site.span));
        if is_whole && !has_sites && !captures_variables(facts, section.function) && !touches(program, module, section)
        {
            let message = "nothing in this atomic section can be seen by another coroutine";
            let place = program.place(module, section.span);
            found.push(LINT.finding(message, place).help("remove the section, or take in what it is to protect"));
        }
    }
    found
}

/// Whether inner functions use variables of a function that change: its own uses of them are no operations.
fn captures_variables(facts: &ModuleFacts, function: FunctionId) -> bool {
    facts.ops.iter().any(|op| match op.kind {
        OpKind::Read { variable } | OpKind::Write { variable, .. } if !variable.is_none() => {
            let value = facts.value(variable);
            value.owner() == function && matches!(value.kind(), ValueKind::Let | ValueKind::Param)
        }
        _ => false,
    })
}

fn touches(program: &Program<'_>, module: ModuleId, section: &Section) -> bool {
    let facts = program.facts(module);
    let inside = |op: &&Op| encloses(section.span, op.span);
    let mut ops = facts.ops(section.function).iter().filter(inside);
    ops.any(|op| is_shared(program, module, op))
}

fn encloses(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether an operation may touch what others see. What is not understood does.
fn is_shared(program: &Program<'_>, module: ModuleId, op: &Op) -> bool {
    let facts = program.facts(module);
    let kind = |value: ValueId| (!value.is_none()).then(|| facts.value(value).kind());
    match op.kind {
        // A `valueOf` that looks at shared state is left out of account.
        OpKind::Assign { .. } | OpKind::Await { .. } | OpKind::Yield { .. } | OpKind::Coerce { .. } => false,
        OpKind::Allocate { object, .. } => {
            matches!(facts.objects[object.index()].kind, ObjectKind::Function(_) | ObjectKind::Class(_))
        }
        OpKind::Read { variable } => match kind(variable) {
            Some(ValueKind::Const | ValueKind::Declared | ValueKind::Global) | None => false,
            Some(ValueKind::Import) => !program.is_of_std(module, variable),
            Some(_) => true,
        },
        // `Math.max` and `console.log`, which keep nothing.
        OpKind::Load { base, .. } | OpKind::LoadMethod { base, .. } => kind(base) != Some(ValueKind::Global),
        OpKind::Call(call) => !is_harmless(program, module, call),
        _ => true,
    }
}

/// `Reflect` of `Reflect.set`
fn base(text: &str) -> &str {
    text.split_once('.').map_or(text, |(base, _)| base)
}

fn is_harmless(program: &Program<'_>, module: ModuleId, call: CallId) -> bool {
    let facts = program.facts(module);
    let call = facts.call(call);
    let root = if call.method { call.this } else { call.callee };
    if root.is_none() {
        return false;
    }
    let first = facts.arguments(call).first().map_or(ValueId::NONE, |argument| argument.value);
    match facts.value(root).kind() {
        // `Reflect.set(state, …)` and `JSON.stringify(state)` touch what they are given, as the language would.
        ValueKind::Global => {
            first.is_none() || !["Object", "Reflect", "JSON", "structuredClone"].contains(&base(facts.name(call.text)))
        }
        ValueKind::Import => program.is_of_std(module, root),
        _ => false,
    }
}
