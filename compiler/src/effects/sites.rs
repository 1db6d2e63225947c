//! Places where nothing may block, and what is found there.

use super::promises;
use super::reach::Reach;
use super::search::{Finding, Hop, Search, function_name};
use super::solver::Solver;
use super::values::{Eye, Frame, FrameIx, Thing, Values};
use super::world::{FunctionIx, Kind, ModuleIx, ObjectIx};
use crate::facts::{
    CallId, Contract, FunctionId, ModuleFacts, Op, OpKind, SectionId, SectionKind, Span, Timing, ValueId, field,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Proven,
    Possible,
    Unknown,
}

/// Why nothing may block there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SiteKind {
    /// `atomic(…)`, `atomic: { … }`, the code after `using _ = nonblocking()`.
    Atomic,
    /// This function, or one that it overrides, is declared `@nonblocking`.
    Contract(FunctionIx),
}

/// A call where nothing may block, and that may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    pub(crate) module: ModuleIx,
    pub(crate) span: Span,
    pub(crate) kind: SiteKind,
    pub(crate) verdict: Verdict,
    /// `sleep` may block
    pub(crate) reason: String,
    pub(crate) path: Vec<Hop>,
    pub(crate) function: FunctionId,
    /// The explicit call that it is, if it is one.
    pub(crate) call: Option<CallId>,
}

/// What calling a function does to the coroutine that calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    Never,
    Blocks,
    /// Blocks if these of its arguments, or their methods, do.
    AsArguments(Vec<usize>),
    /// One of several things that it may call blocks.
    Possible,
    /// It calls something that nothing is known about.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FunctionEffect {
    pub(crate) module: ModuleIx,
    pub(crate) function: FunctionId,
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) effect: Effect,
    pub(crate) contract: Option<Contract>,
    /// Why: the path to what blocks.
    pub(crate) witness: Vec<Hop>,
}

/// Everything found in a module.
pub(super) fn sites_of(eye: &mut Eye<'_>, reach: &mut Reach, module: ModuleIx) -> Vec<Site> {
    let solver = eye.solver;
    let Some(known) = solver.known_module(module) else { return Vec::new() };
    eye.reads.node(known.facts_node());
    let facts = &known.facts;
    let active: Vec<bool> = facts.sections.iter().map(|section| is_active(eye, module, section.kind)).collect();
    let inherited = promises::inherited(eye, module);
    let mut found = Vec::new();
    for (index, function) in facts.functions.iter().enumerate() {
        let id = FunctionId(index as u32);
        let at = FunctionIx { module, function: id };
        let own = Some(at).filter(|_| function.contract == Some(Contract::NonBlocking));
        let promise = own.or_else(|| inherited.get(&id).copied());
        for (position, op) in facts.ops(id).iter().enumerate() {
            let kind = match () {
                () if facts.is_dead(id, position) => continue,
                () if in_section(facts, &active, facts.section_around(id, position)) => SiteKind::Atomic,
                () if is_atomic_call(eye, module, facts, op) => SiteKind::Atomic,
                () => continue,
            };
            eye.forget();
            found.extend(look(eye, reach, at, op, (kind, true)));
        }
        let Some(promise) = promise else { continue };
        for (_, op, timing) in facts.ops_in_call(id) {
            eye.forget();
            let is_certain = timing == Timing::Now || function.is_generator && !function.is_async;
            found.extend(look(eye, reach, at, op, (SiteKind::Contract(promise), is_certain)));
        }
    }
    // Of a place that is both, what stands in the atomic code is said.
    found.sort_by_key(|site| (site.span, site.verdict, site.kind != SiteKind::Atomic));
    found.dedup_by_key(|site| site.span);
    found
}

pub(super) fn is_active(eye: &mut Eye<'_>, module: ModuleIx, kind: SectionKind) -> bool {
    match kind {
        SectionKind::Block => true,
        SectionKind::Using(call) => gives_guard(eye, module, call),
        SectionKind::Argument(call) => calls(eye, module, call, eye.solver.natives.atomic),
    }
}

/// Whether a call may give what `nonblocking()` gives.
fn gives_guard(eye: &mut Eye<'_>, module: ModuleIx, call: CallId) -> bool {
    let solver = eye.solver;
    let known = solver.module(module);
    let result = known.node(known.facts.call(call).result);
    let is_guard = |object: &ObjectIx| solver.objects[object.index()].kind == Kind::Fresh(solver.natives.guard);
    eye.objects(result).iter().any(is_guard)
}

/// Whether a call may be of this native function.
pub(super) fn calls(eye: &mut Eye<'_>, module: ModuleIx, call: CallId, native: ObjectIx) -> bool {
    let known = eye.solver.module(module);
    eye.objects(known.node(known.facts.call(call).callee)).contains(&native)
}

pub(super) fn in_section(facts: &ModuleFacts, active: &[bool], section: SectionId) -> bool {
    let mut at = section;
    while !at.is_none() {
        if active[at.index()] {
            return true;
        }
        at = facts.sections[at.index()].parent;
    }
    false
}

/// A call of `atomic` with a function that stands elsewhere: it runs where nothing may block.
fn is_atomic_call(eye: &mut Eye<'_>, module: ModuleIx, facts: &ModuleFacts, op: &Op) -> bool {
    let OpKind::Call(call) = op.kind else { return false };
    calls(eye, module, call, eye.solver.natives.atomic) && !has_section(facts, call)
}

/// The function that the call is given is written right there: its body is looked at by itself.
fn has_section(facts: &ModuleFacts, call: CallId) -> bool {
    facts.sections.iter().any(|section| section.kind == SectionKind::Argument(call))
}

fn look(
    eye: &mut Eye<'_>,
    reach: &mut Reach,
    function: FunctionIx,
    op: &Op,
    (kind, certain): (SiteKind, bool),
) -> Option<Site> {
    let solver = eye.solver;
    let facts = &solver.module(function.module).facts;
    let call = match op.kind {
        OpKind::Call(call) => Some(call),
        _ => None,
    };
    let is_atomic = call.is_some_and(|call| calls(eye, function.module, call, solver.natives.atomic));
    // What it is given is looked at by itself.
    if is_atomic && !is_atomic_call(eye, function.module, facts, op) {
        return None;
    }
    let around = match kind {
        SiteKind::Atomic => "the atomic code".to_owned(),
        SiteKind::Contract(_) => function_name(solver, function),
    };
    let (verdict, path) = match Search::new(eye, reach).operation(function, op, &around, certain) {
        Finding::Certain(path) => (Verdict::Proven, path),
        Finding::Possible(path) => (Verdict::Possible, path),
        Finding::Unknown(path) => (Verdict::Unknown, path),
        Finding::Nothing => return None,
    };
    let span = match call.map(|call| facts.arguments(facts.call(call))) {
        Some([first, ..]) if is_atomic => first.span,
        _ => op.span,
    };
    let reason = reason(solver, function.module, op, verdict, &path);
    Some(Site { module: function.module, span, kind, verdict, reason, path, function: function.function, call })
}

fn reason(solver: &Solver, module: ModuleIx, op: &Op, verdict: Verdict, path: &[Hop]) -> String {
    let facts = &solver.module(module).facts;
    let what = match op.kind {
        OpKind::Call(call) => {
            let text = facts.name(facts.call(call).text);
            if text.is_empty() { "this call".to_owned() } else { format!("`{text}`") }
        }
        OpKind::Load { field, .. } | OpKind::LoadMethod { field, .. } if facts.name(field) == field::ANY => {
            "reading a field".to_owned()
        }
        OpKind::Store { field, .. } if facts.name(field) == field::ELEMENT => "writing a field".to_owned(),
        OpKind::Load { field, .. } | OpKind::LoadMethod { field, .. } => format!("reading `{}`", facts.name(field)),
        OpKind::Store { field, .. } => format!("writing `{}`", facts.name(field)),
        OpKind::Iterate { .. } => "iterating".to_owned(),
        OpKind::CopyFields { .. } => "copying fields".to_owned(),
        OpKind::Coerce { .. } => "making a primitive of an object".to_owned(),
        OpKind::Trap { trap, .. } => trapped(facts.name(trap)).to_owned(),
        OpKind::Dispose { .. } => "disposing of it".to_owned(),
        OpKind::Import { .. } => "loading the module".to_owned(),
        _ => "this".to_owned(),
    };
    match verdict {
        Verdict::Proven if path.len() == 1 => format!("{what} may block"),
        Verdict::Proven => format!("{what} leads to a call that may block"),
        Verdict::Possible => format!("{what} may lead to a call that may block"),
        Verdict::Unknown => format!("{what} leads to code of which nothing is known"),
    }
}

/// For a person: what is done to a Proxy.
pub(super) fn trapped(trap: &str) -> &'static str {
    match trap {
        "has" => "looking for a key",
        "deleteProperty" => "deleting a property",
        _ => "listing keys",
    }
}

/// What each function of a module does.
pub(super) fn functions_of(solver: &Solver, reach: &mut Reach, module: ModuleIx) -> Vec<FunctionEffect> {
    let Some(known) = solver.known_module(module) else { return Vec::new() };
    let facts = &known.facts;
    let mut eye = Eye::new(solver);
    let mut found = Vec::new();
    for (index, function) in facts.functions.iter().enumerate() {
        let id = FunctionId(index as u32);
        let is_written = id != crate::facts::TOP && function.kind != crate::facts::FunctionKind::Inline;
        if !is_written {
            continue;
        }
        let at = FunctionIx { module, function: id };
        let (effect, witness) = effect_of(&mut eye, reach, at);
        let name = function_name(solver, at);
        let (span, contract) = (function.span, function.contract);
        found.push(FunctionEffect { module, function: id, name, span, effect, contract, witness });
    }
    found.sort_by_key(|function| function.span);
    found
}

fn effect_of(eye: &mut Eye<'_>, reach: &mut Reach, function: FunctionIx) -> (Effect, Vec<Hop>) {
    let solver = eye.solver;
    let declared = solver.function(function);
    if declared.declared {
        return match declared.contract {
            Some(Contract::Blocking) => (Effect::Blocks, Vec::new()),
            Some(Contract::NonBlocking) => (Effect::Never, Vec::new()),
            None => (Effect::Unknown, Vec::new()),
        };
    }
    let count = solver.module(function.module).facts.params(declared).len();
    let own = ask(eye, reach, function, vec![Values::default(); count], false);
    if let Finding::Certain(path) = own {
        return (Effect::Blocks, path);
    }
    let probe = Thing { object: solver.natives.probe, frame: FrameIx::ANY };
    let mut depends = Vec::new();
    let mut witness = Vec::new();
    for index in 0..count {
        let mut arguments = vec![Values::default(); count];
        arguments[index].things.push(probe);
        let reached = match ask(eye, reach, function, arguments, true) {
            Finding::Certain(path) | Finding::Possible(path) => path,
            Finding::Unknown(_) | Finding::Nothing => continue,
        };
        if reached.last().is_some_and(|hop| hop.text.contains("[argument]")) {
            depends.push(index);
            witness = reached;
        }
    }
    match own {
        Finding::Possible(path) => (Effect::Possible, path),
        _ if !depends.is_empty() => (Effect::AsArguments(depends), witness),
        Finding::Unknown(path) => (Effect::Unknown, path),
        _ => (Effect::Never, Vec::new()),
    }
}

/// Looks into a call of a function with these arguments.
fn ask(eye: &mut Eye<'_>, reach: &mut Reach, function: FunctionIx, arguments: Vec<Values>, thorough: bool) -> Finding {
    eye.forget();
    let this = eye.merged(eye.solver.value(function.module, this_of(eye.solver, function)));
    let frame = eye.frame(Frame { function, parent: FrameIx::ANY, this, arguments, given: 0 });
    let mut search = Search::new(eye, reach);
    search.thorough = thorough;
    search.call_of(function, frame)
}

fn this_of(solver: &Solver, function: FunctionIx) -> ValueId {
    solver.function(function).this
}
