//! The tree to facts: what a module says about the flow of functions. This file keeps the books; what each construct
//! means stands in the files below.

mod ambient;
mod assignments;
mod calls;
mod classes;
mod contracts;
mod declarations;
mod decorators;
mod descriptors;
mod expressions;
mod flow;
mod functions;
pub(super) mod jsx;
mod literals;
mod loops;
mod patterns;
mod seal;
mod settled;
mod standby;
mod statements;

use super::imports::Request;
use super::parse::Parsed;
use super::sloppy;
use crate::facts::{
    CallId, Contract, Function, FunctionId, FunctionKind, ModuleFacts, Name, Object, ObjectId, ObjectKind, Op, OpKind,
    RequestId, SectionId, Span, StandbyId, TOP, Timing, Value, ValueId, ValueKind,
};
use crate::source::Language;
use flow::Flow;
use rustc_hash::{FxHashMap, FxHashSet};
use seal::Loose;
use settled::Settled;
use std::rc::Rc;
use swc_common::{Mark, Spanned, SyntaxContext};
use swc_ecma_ast::{Id, Ident, Pass};
use swc_ecma_transforms_base::resolver;

/// Facts of a parsed text. Requests are known by their number in the list.
pub(super) fn facts(
    parsed: &mut Parsed,
    language: Language,
    requests: &[Request],
    jsx: Option<jsx::Maker>,
) -> ModuleFacts {
    sloppy::hoist(&mut parsed.program);
    let (unresolved, top_level) = (Mark::new(), Mark::new());
    resolver(unresolved, top_level, language.typescript).process(&mut parsed.program);
    let contexts = [unresolved, top_level].map(|mark| SyntaxContext::empty().apply_mark(mark));
    let mut lowering = Lowering::new(parsed, requests, contexts, jsx);
    if language.declaration {
        lowering.declaration_file()
    } else {
        lowering.program()
    }
    lowering.type_only();
    lowering.seal()
}

/// A function while it is lowered.
struct Body {
    function: FunctionId,
    ops: Vec<(Op, Place)>,
    section: SectionId,
    /// The default value that is being made.
    standby: StandbyId,
    /// Fields of arguments that the parameters take out of them.
    parts: Vec<(ValueId, standby::Origin)>,
    /// `this` and the home of `super`: an arrow function has those of the function around it.
    this: ValueId,
    home: Home,
    flow: Flow,
    settled: Settled,
}

/// What is around an operation.
#[derive(Clone, Copy)]
struct Place {
    section: SectionId,
    timing: Timing,
    standby: StandbyId,
}

/// What `super` means.
#[derive(Clone, Copy)]
struct Home {
    /// The class above, or the object whose prototype is meant.
    class: ValueId,
    /// Of a static method: `super.x` is a field of the class above itself.
    is_static: bool,
    /// Of an object literal.
    is_literal: bool,
    /// Runs the field initialisers of the class: called after `super(…)`.
    fields: FunctionId,
}

const NO_HOME: Home = Home { class: ValueId::NONE, is_static: false, is_literal: false, fields: FunctionId::NONE };

struct Lowering<'a> {
    parsed: &'a Parsed,
    facts: ModuleFacts,
    loose: Loose,
    variables: FxHashMap<Id, ValueId>,
    /// By offset of the specifier.
    requests: FxHashMap<usize, RequestId>,
    unresolved: SyntaxContext,
    top_level: SyntaxContext,
    /// What makes elements, if there are any.
    jsx: Option<jsx::Maker>,
    /// What is imported to make elements with.
    runtime: ValueId,
    bodies: Vec<Body>,
    /// Variables that are read as values.
    used: FxHashSet<ValueId>,
    /// Variables that are certainly not `undefined`, wherever they can be read.
    given: FxHashSet<ValueId>,
    /// What a comment before the declaration around says of the next function.
    contract: Option<Contract>,
    /// What the next function is called, if it has no name of its own.
    naming: Option<Name>,
    /// Of a CommonJS module: `module` and `exports`.
    commonjs: Option<(ValueId, ValueId)>,
    changes: Option<Rc<settled::Changes>>,
}

/// Facts of a text so long, as code usually has them: tables that grow are copied again and again.
fn room_for(bytes: usize) -> ModuleFacts {
    ModuleFacts {
        functions: Vec::with_capacity(bytes / 120),
        values: Vec::with_capacity(bytes / 10),
        objects: Vec::with_capacity(bytes / 50),
        ops: Vec::with_capacity(bytes / 12),
        calls: Vec::with_capacity(bytes / 45),
        arguments: Vec::with_capacity(bytes / 50),
        ..ModuleFacts::default()
    }
}

impl<'a> Lowering<'a> {
    fn new(
        parsed: &'a Parsed,
        requests: &[Request],
        contexts: [SyntaxContext; 2],
        jsx: Option<jsx::Maker>,
    ) -> Lowering<'a> {
        let [unresolved, top_level] = contexts;
        let by_offset = requests.iter().enumerate();
        let requests = by_offset.map(|(index, request)| (request.offset, RequestId(index as u32))).collect();
        let facts = room_for(parsed.offset(parsed.program.span().hi));
        Lowering {
            parsed,
            facts,
            loose: Loose::default(),
            variables: FxHashMap::default(),
            requests,
            unresolved,
            top_level,
            jsx,
            runtime: ValueId::NONE,
            bodies: Vec::new(),
            used: FxHashSet::default(),
            given: FxHashSet::default(),
            contract: None,
            naming: None,
            commonjs: None,
            changes: None,
        }
    }

    /// Imports of TypeScript that bring in nothing but types.
    fn type_only(&mut self) {
        let mut seen = vec![(false, false); self.requests.len()];
        for import in &self.facts.imports {
            if let Some((mentioned, used)) = seen.get_mut(import.request.index()) {
                *mentioned = true;
                *used |= self.used.contains(&import.value);
            }
        }
        self.facts.type_only = seen.into_iter().map(|(mentioned, used)| mentioned && !used).collect();
    }

    fn body(&mut self) -> &mut Body {
        self.bodies.last_mut().expect("code stands in a function, or at the top level")
    }

    fn current(&self) -> FunctionId {
        self.bodies.last().map_or(TOP, |body| body.function)
    }

    fn name(&mut self, text: &str) -> Name {
        self.facts.names.intern(text)
    }

    fn span(&self, of: &impl Spanned) -> Span {
        let span = of.span();
        Span { start: self.parsed.offset(span.lo) as u32, end: self.parsed.offset(span.hi) as u32 }
    }

    fn op(&mut self, span: Span, kind: OpKind) {
        let body = self.body();
        let place = Place { section: body.section, timing: body.flow.now, standby: body.standby };
        body.ops.push((Op { span, kind }, place));
    }

    fn assign(&mut self, span: Span, to: ValueId, from: ValueId) {
        if !to.is_none() && !from.is_none() && to != from {
            self.op(span, OpKind::Assign { to, from });
        }
    }

    fn value(&mut self, kind: ValueKind) -> ValueId {
        let owner = self.current();
        self.facts.values.push(Value::new(owner, kind));
        ValueId(self.facts.values.len() as u32 - 1)
    }

    fn temporary(&mut self) -> ValueId {
        self.value(ValueKind::Temporary)
    }

    fn object(&mut self, kind: ObjectKind, span: Span) -> ObjectId {
        self.facts.objects.push(Object { kind, span, declared: (0, 0) });
        self.loose.declared.push(Vec::new());
        ObjectId(self.facts.objects.len() as u32 - 1)
    }

    /// Makes an object where the code stands.
    fn allocate(&mut self, kind: ObjectKind, span: Span) -> (ValueId, ObjectId) {
        let object = self.object(kind, span);
        let to = self.temporary();
        self.op(span, OpKind::Allocate { to, object });
        (to, object)
    }

    /// The variable that an identifier means.
    fn variable(&mut self, ident: &Ident) -> ValueId {
        let id = ident.to_id();
        if let Some(value) = self.variables.get(&id) {
            return *value;
        }
        let value = self.value(ValueKind::Let);
        if ident.ctxt == self.unresolved {
            self.facts.values[value.index()] = Value::new(TOP, ValueKind::Global);
            let name = self.name(&ident.sym);
            self.facts.globals.push((name, value));
        }
        self.variables.insert(id, value);
        value
    }

    /// Declares a variable in the current function.
    fn declare(&mut self, ident: &Ident, kind: ValueKind) -> ValueId {
        let value = self.variable(ident);
        self.facts.values[value.index()] = Value::new(self.current(), kind);
        value
    }

    fn new_call_id(&mut self) -> CallId {
        self.facts.calls.push(calls::BLANK);
        CallId(self.facts.calls.len() as u32 - 1)
    }

    /// Lowers `inside` as a branch that may not be taken.
    fn branch<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        self.detour(|it| it.arm(inside))
    }

    /// One of several ways.
    fn arm<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.body().settled.mark();
        let result = inside(self);
        self.body().settled.back_to(known);
        result
    }

    /// Two ways, of which one is taken.
    fn arms<T>(&mut self, one: impl FnOnce(&mut Self) -> T, other: impl FnOnce(&mut Self) -> T) -> (T, T) {
        let before = self.flow().now;
        let one = self.arm(one);
        let after_one = std::mem::replace(&mut self.flow().now, before);
        let other = self.arm(other);
        self.flow().join(after_one);
        (one, other)
    }

    fn push_function(&mut self, function: Function) -> FunctionId {
        self.facts.functions.push(function);
        self.loose.params.push(Vec::new());
        FunctionId(self.facts.functions.len() as u32 - 1)
    }

    fn blank_function(&mut self, kind: FunctionKind, span: Span, name: Name) -> Function {
        let parent = self.current();
        Function {
            name,
            span,
            kind,
            is_async: false,
            is_generator: false,
            contract: None,
            declared: false,
            parent,
            params: (0, 0),
            this: ValueId::NONE,
            arguments: ValueId::NONE,
            returns: ValueId::NONE,
            yields: ValueId::NONE,
            sent: ValueId::NONE,
            object: ObjectId::NONE,
            ops: (0, 0),
        }
    }
}
