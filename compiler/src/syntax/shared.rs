//! Uses of shared state that may be stale: a function reads a variable or field that others can see, something that may
//! suspend follows, then it writes the same in a way that depends on what it read. Which of the calls in between really
//! suspend is for the analysis of effects to say.

use super::parse::Parsed;
use crate::facts::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, AssignTarget, AwaitExpr, BinExpr, CallExpr, Callee, ClassMember, CondExpr, Expr,
    Function, Id, Ident, IfStmt, MemberExpr, MemberProp, Pat, SimpleAssignTarget, Stmt, UpdateExpr, VarDeclarator,
    WhileStmt,
};
use swc_ecma_visit::{Visit, VisitWith};

/// Of how many reads a value is known to be made. A value of more is that of a loop, or of a program that another has
/// written, and it is the last ones that tell how old it is.
const READS_MAX: usize = 128;

/// A write that may be made on the strength of an old read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SharedUse {
    /// For a person: `settings`, `this.total`.
    pub(crate) what: String,
    pub(crate) read: Span,
    pub(crate) write: Span,
    /// What may suspend in between: calls, by their whole span.
    pub(crate) calls: Vec<Span>,
    pub(crate) awaits: Vec<Span>,
}

/// Of all functions of a program whose names are resolved.
pub(super) fn shared_uses(parsed: &Parsed) -> Vec<SharedUse> {
    let mut outer = Outer { parsed, found: Vec::new() };
    parsed.program.visit_with(&mut outer);
    outer.found
}

/// Finds the functions.
struct Outer<'a> {
    parsed: &'a Parsed,
    found: Vec<SharedUse>,
}

impl Outer<'_> {
    fn function(&mut self, params: &dyn Fn(&mut Locals), body: &dyn Fn(&mut Body<'_>)) {
        let mut locals = Locals(FxHashSet::default());
        params(&mut locals);
        let mut body_events = Body {
            parsed: self.parsed,
            locals: locals.0,
            events: Vec::new(),
            taints: FxHashMap::default(),
            guards: Vec::new(),
            found: Vec::new(),
        };
        body(&mut body_events);
        self.found.append(&mut body_events.found);
    }
}

impl Visit for Outer<'_> {
    fn visit_function(&mut self, function: &Function) {
        self.function(&|locals| function.visit_children_with(locals), &|body| function.body.visit_with(body));
        function.visit_children_with(self);
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.function(&|locals| arrow.visit_children_with(locals), &|body| arrow.body.visit_with(body));
        arrow.visit_children_with(self);
    }
}

/// Names that a function declares, at any depth but in functions within it.
struct Locals(FxHashSet<Id>);

impl Visit for Locals {
    fn visit_pat(&mut self, pattern: &Pat) {
        if let Pat::Ident(name) = pattern {
            self.0.insert(name.to_id());
        }
        pattern.visit_children_with(self);
    }

    fn visit_assign_pat_prop(&mut self, property: &swc_ecma_ast::AssignPatProp) {
        self.0.insert(property.key.to_id());
    }

    fn visit_fn_decl(&mut self, declaration: &swc_ecma_ast::FnDecl) {
        self.0.insert(declaration.ident.to_id());
    }

    fn visit_class_decl(&mut self, declaration: &swc_ecma_ast::ClassDecl) {
        self.0.insert(declaration.ident.to_id());
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_class_member(&mut self, _: &ClassMember) {}
}

/// What is shared: a variable from outside, or a field of one or of `this`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    /// `None`: `this`.
    root: Option<Id>,
    field: Option<String>,
}

#[derive(Debug)]
enum Event {
    Read(Key, Span),
    Write(Key),
    Call(Span),
    Await(Span),
}

/// Events of one function, in the order of evaluation.
struct Body<'a> {
    parsed: &'a Parsed,
    locals: FxHashSet<Id>,
    events: Vec<Event>,
    /// Reads that went into a local variable.
    taints: FxHashMap<Id, Vec<usize>>,
    /// Reads that decided that what follows runs.
    guards: Vec<usize>,
    found: Vec<SharedUse>,
}

impl Body<'_> {
    fn span(&self, span: swc_common::Span) -> Span {
        Span { start: self.parsed.offset(span.lo) as u32, end: self.parsed.offset(span.hi) as u32 }
    }

    fn key(&self, expression: &Expr) -> Option<Key> {
        match expression {
            Expr::Ident(name) => self.variable(name),
            Expr::Member(member) => self.field(member),
            Expr::Paren(inner) => self.key(&inner.expr),
            _ => None,
        }
    }

    fn variable(&self, name: &Ident) -> Option<Key> {
        let id = name.to_id();
        (!self.locals.contains(&id)).then_some(Key { root: Some(id), field: None })
    }

    fn field(&self, member: &MemberExpr) -> Option<Key> {
        let MemberProp::Ident(field) = &member.prop else { return None };
        let root = match &*member.obj {
            Expr::This(_) => None,
            Expr::Ident(name) if !self.locals.contains(&name.to_id()) => Some(name.to_id()),
            _ => return None,
        };
        Some(Key { root, field: Some(field.sym.to_string()) })
    }

    /// Reads that `visit` makes, and those behind the local variables that it uses.
    fn reads(&mut self, visit: impl FnOnce(&mut Self)) -> Vec<usize> {
        let start = self.events.len();
        visit(self);
        let made = start..self.events.len();
        made.filter(|index| matches!(self.events[*index], Event::Read(..))).collect()
    }

    /// With what the expression's local variables were made from.
    fn reads_of(&mut self, expression: &Expr) -> Vec<usize> {
        let mut reads = self.reads(|it| expression.visit_with(it));
        let mut names = Names(Vec::new());
        expression.visit_with(&mut names);
        reads.extend(names.0.iter().filter_map(|name| self.taints.get(name)).flatten());
        // `x = x + x` is made of one read, not of two.
        reads.sort_unstable();
        reads.dedup();
        let surplus = reads.len().saturating_sub(READS_MAX);
        reads.drain(..surplus);
        reads
    }

    fn write(&mut self, key: Option<Key>, span: swc_common::Span, values: &[usize]) {
        let Some(key) = key else { return };
        let of_key = |index: &&usize| matches!(&self.events[**index], Event::Read(read, _) if *read == key);
        let guard = self.guards.iter().filter(of_key).max();
        let value = values.iter().filter(of_key).min();
        if let Some(read) = guard.or(value).copied() {
            self.judge(&key, read, self.span(span));
        }
        self.events.push(Event::Write(key));
    }

    /// Keeps a write that depends on a read, if something may suspend in between.
    fn judge(&mut self, key: &Key, read: usize, write: Span) {
        let Event::Read(_, read_span) = self.events[read] else { return };
        let between = &self.events[read + 1..];
        // A write of its own in between claims the state.
        if between.iter().any(|event| matches!(event, Event::Write(written) if written == key)) {
            return;
        }
        let calls = between.iter().filter_map(|event| if let Event::Call(span) = event { Some(*span) } else { None });
        let calls: Vec<Span> = calls.collect();
        let awaits = between.iter().filter_map(|event| if let Event::Await(span) = event { Some(*span) } else { None });
        let awaits: Vec<Span> = awaits.collect();
        if !(calls.is_empty() && awaits.is_empty()) {
            let root = key.root.as_ref().map_or("this", |(name, _)| name);
            let what = key.field.as_ref().map_or_else(|| root.to_owned(), |field| format!("{root}.{field}"));
            self.found.push(SharedUse { what, read: read_span, write, calls, awaits });
        }
    }

    /// What runs only if the test says so.
    fn guarded(&mut self, test: &[usize], visit: impl FnOnce(&mut Self)) {
        let before = self.guards.len();
        self.guards.extend(test);
        visit(self);
        self.guards.truncate(before);
    }
}

/// Names that an expression uses, but in functions within it.
struct Names(Vec<Id>);

impl Visit for Names {
    fn visit_ident(&mut self, name: &Ident) {
        self.0.push(name.to_id());
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
}

/// Whether nothing after the statement runs.
fn leaves(statement: &Stmt) -> bool {
    match statement {
        Stmt::Return(_) | Stmt::Throw(_) | Stmt::Continue(_) | Stmt::Break(_) => true,
        Stmt::Block(block) => block.stmts.last().is_some_and(leaves),
        _ => false,
    }
}

impl Visit for Body<'_> {
    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_class_member(&mut self, _: &ClassMember) {}

    fn visit_stmts(&mut self, statements: &[Stmt]) {
        let before = self.guards.len();
        for statement in statements {
            let reads = match statement {
                Stmt::If(choice) if leaves(&choice.cons) => {
                    let reads = self.reads_of(&choice.test);
                    self.guarded(&reads, |it| choice.cons.visit_with(it));
                    choice.alt.visit_with(self);
                    reads
                }
                _ => {
                    statement.visit_with(self);
                    Vec::new()
                }
            };
            self.guards.extend(reads);
        }
        self.guards.truncate(before);
    }

    fn visit_if_stmt(&mut self, choice: &IfStmt) {
        let reads = self.reads_of(&choice.test);
        self.guarded(&reads, |it| {
            choice.cons.visit_with(it);
            choice.alt.visit_with(it);
        });
    }

    fn visit_while_stmt(&mut self, repeat: &WhileStmt) {
        let reads = self.reads_of(&repeat.test);
        self.guarded(&reads, |it| repeat.body.visit_with(it));
    }

    fn visit_cond_expr(&mut self, choice: &CondExpr) {
        let reads = self.reads_of(&choice.test);
        self.guarded(&reads, |it| {
            choice.cons.visit_with(it);
            choice.alt.visit_with(it);
        });
    }

    fn visit_bin_expr(&mut self, binary: &BinExpr) {
        let reads = self.reads_of(&binary.left);
        let reads = if binary.op.may_short_circuit() { reads } else { Vec::new() };
        self.guarded(&reads, |it| binary.right.visit_with(it));
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        let Some(value) = &declarator.init else { return };
        let reads = self.reads_of(value);
        if let Pat::Ident(name) = &declarator.name {
            self.taints.insert(name.to_id(), reads);
        }
    }

    fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
        let target = match &assignment.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => Some(Expr::Ident(name.id.clone())),
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => Some(Expr::Member(member.clone())),
            _ => None,
        };
        let key = target.as_ref().and_then(|target| self.key(target));
        let mut reads = Vec::new();
        // `x += f()` reads x before it calls f.
        if let (true, Some(key)) = (assignment.op != AssignOp::Assign, &key) {
            reads.push(self.events.len());
            self.events.push(Event::Read(key.clone(), self.span(assignment.left.span())));
        }
        reads.extend(self.reads_of(&assignment.right));
        if let (None, AssignTarget::Simple(SimpleAssignTarget::Ident(name))) = (&key, &assignment.left) {
            self.taints.insert(name.to_id(), reads);
            return;
        }
        self.write(key, assignment.span, &reads);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        let key = self.key(&update.arg);
        self.write(key, update.span, &[]);
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        match self.field(member) {
            Some(key) => self.events.push(Event::Read(key, self.span(member.span))),
            None => member.visit_children_with(self),
        }
    }

    fn visit_ident(&mut self, name: &Ident) {
        if let Some(key) = self.variable(name) {
            self.events.push(Event::Read(key, self.span(name.span)));
        }
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let Callee::Expr(callee) = &call.callee {
            callee.visit_with(self);
        }
        call.args.visit_with(self);
        self.events.push(Event::Call(self.span(call.span)));
    }

    fn visit_await_expr(&mut self, expression: &AwaitExpr) {
        expression.visit_children_with(self);
        self.events.push(Event::Await(self.span(expression.span)));
    }
}
