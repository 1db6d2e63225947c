//! A function that may block, handed to somebody who calls it where nothing may.

use super::program::{Called, Program, Unit, severity};
use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Note, Severity};
use crate::effects::{FunctionIx, ModuleIx, Site, SiteKind, Verdict};
use crate::facts::{Argument, FunctionId, ModuleFacts, ObjectKind, OpKind, Span, ValueId, ValueKind};
use crate::graph::walk::{ModuleId, Walked};
use corona_std::errors;

pub(super) const LINT: Lint = Lint {
    name: "blocking-escape",
    code: errors::BLOCKING_ESCAPE,
    severity: Severity::Warning,
    what: "Finds functions that may block and are handed to code that calls them inside an atomic section: as a \
           listener, a comparison, a visitor.",
    why: "The mistake shows where the function is called, far from where it was made. Whoever hands a function over does \
          not see that it will run where nothing may block; this lint tells it there.",
    example: "import { sleep } from \"corona\";\n\nconst listeners: (() => void)[] = [];\n\nexport function onChange(listener: \
              () => void) {\n  listeners.push(listener);\n}\n\nexport function change() {\n  atomic: {\n    for (const \
              listener of listeners) listener();\n  }\n}\n\nonChange(() => sleep(10));\n",
    instead: "import { sleep, spawn } from \"corona\";\n\nconst listeners: (() => void)[] = [];\n\nexport function \
              onChange(listener: () => void) {\n  listeners.push(listener);\n}\n\nexport function change() {\n  atomic: {\n    \
              for (const listener of listeners) listener();\n  }\n}\n\nonChange(() => {\n  spawn(() => sleep(10));\n});\n",
    rests_on: RestsOn::Program,
    find,
};

fn find(program: &Program<'_>, module: ModuleId) -> Vec<Diagnostic> {
    let blocking = program.called();
    if blocking.is_empty() {
        return Vec::new();
    }
    let facts = program.facts(module);
    let mut found: Vec<Diagnostic> = Vec::new();
    // Functions of std that call what they are given are on the path; the others start it elsewhere.
    for call in facts.calls.iter().filter(|call| !program.is_of_std(module, call.callee)) {
        for argument in facts.arguments(call).iter().filter(|argument| is_named_here(facts, argument)) {
            let functions = program.effects.borrow_mut().functions_in(ModuleIx(module.0), argument.value);
            let fits =
                |it: &&Called| functions.contains(&it.function) && !leads_through(&it.site, module, argument.span);
            if let Some(Called { function, site }) = blocking.iter().find(fits) {
                found.push(finding(program, module, argument, *function, site));
            }
        }
    }
    found
}

/// Functions that a section calls on the way to what blocks, and which it does not contain.
pub(crate) fn called(walked: &Walked<Unit>, site: &Site) -> Vec<Called> {
    if site.kind != SiteKind::Atomic || site.verdict == Verdict::Unknown {
        return Vec::new();
    }
    let inner = site.path.iter().skip(1).filter_map(|hop| {
        let function = innermost(&walked.node(ModuleId(hop.module.0)).built.unit.facts, hop.span)?;
        Some(FunctionIx { module: hop.module, function })
    });
    let elsewhere = inner.filter(|at| at.module != site.module || at.function != site.function);
    elsewhere.map(|function| Called { function, site: site.clone() }).collect()
}

/// The function whose body has this span. Operations know their function, so it is looked for among them.
fn innermost(facts: &ModuleFacts, span: Span) -> Option<FunctionId> {
    let functions = (0..facts.functions.len() as u32).map(FunctionId);
    functions.into_iter().find(|function| facts.ops(*function).iter().any(|op| op.span == span))
}

/// Whether the argument is a function that is written here, or the name of one: not what somebody else handed over.
fn is_named_here(facts: &ModuleFacts, argument: &Argument) -> bool {
    let value: ValueId = argument.value;
    if value.is_none() {
        return false;
    }
    match facts.value(value).kind() {
        ValueKind::Declared | ValueKind::Const | ValueKind::Import => true,
        ValueKind::Temporary => facts.ops.iter().any(|op| match op.kind {
            OpKind::Allocate { to, object } if to == value => {
                matches!(facts.objects[object.index()].kind, ObjectKind::Function(_))
            }
            _ => false,
        }),
        _ => false,
    }
}

/// Whether the call with this argument is on the path itself: that is told by blocking-in-atomic.
fn leads_through(site: &Site, module: ModuleId, argument: Span) -> bool {
    let encloses = |span: Span| span.start <= argument.start && argument.end <= span.end;
    let on_path = site.path.iter().any(|hop| hop.module.0 == module.0 && encloses(hop.span));
    on_path || site.module.0 == module.0 && encloses(site.span)
}

fn finding(
    program: &Program<'_>,
    module: ModuleId,
    argument: &Argument,
    function: FunctionIx,
    site: &Site,
) -> Diagnostic {
    let facts = program.facts(ModuleId(function.module.0));
    let name = facts.name(facts.function(function.function).name);
    let what = if name.is_empty() { "this function".to_owned() } else { format!("`{name}`") };
    let message = format!("{what} may block, and is called inside an atomic section");
    let mut found = LINT.finding(message, program.place(module, argument.span));
    found.severity = severity(site.verdict, LINT.severity);
    let section = Some(program.place(ModuleId(site.module.0), site.span));
    found.notes.push(Note { message: "the section calls it here".to_owned(), place: section });
    found.notes.extend(program.notes(site.path.get(1..).unwrap_or_default()));
    found.help("let it start what blocks with spawn(() => …), or hand over a function that does not block")
}
