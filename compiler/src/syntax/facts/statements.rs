//! Statements: branches, blocks and the sections in them.

use super::Lowering;
use super::flow::{Guard, is_plain};
use crate::facts::{CallId, OpKind, SectionId, SectionKind, Span, Timing, ValueId, ValueKind};
use swc_ecma_ast::{
    CatchClause, Decl, Expr, IfStmt, LabeledStmt, Stmt, SwitchCase, SwitchStmt, TryStmt, UsingDecl, VarDecl,
    VarDeclKind,
};

/// The label of an atomic block.
const ATOMIC: &str = "atomic";

/// What a block has to put back at its end.
pub(super) struct Scope {
    section: SectionId,
    settled: usize,
    /// Resources of `using`, in order.
    resources: Vec<Resource>,
    /// They are disposed of however the block is left.
    guard: Option<Guard>,
}

struct Resource {
    value: ValueId,
    asynchronous: bool,
    span: Span,
    /// Around its declaration: one that a later resource began has ended when this one is disposed of.
    section: SectionId,
}

impl Lowering<'_> {
    pub(super) fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Block(block) => self.block(&block.stmts),
            Stmt::Expr(statement) => {
                self.expect_contract_of(&statement.expr, statement.span.lo);
                self.expression_statement(&statement.expr);
                self.contract = None;
            }
            Stmt::Decl(declaration) => self.declaration(declaration, None),
            Stmt::If(branch) => self.if_statement(branch),
            Stmt::Return(returned) => {
                let value = returned.arg.as_ref().map_or(ValueId::NONE, |value| self.expression(value));
                self.returned(returned.span, value);
            }
            Stmt::Throw(thrown) => {
                let value = self.expression(&thrown.arg);
                self.facts.thrown.extend(Some(value).filter(|value| !value.is_none()));
                self.flow().throws();
            }
            Stmt::Labeled(labeled) => self.labeled(labeled),
            Stmt::Switch(switch) => self.switch(switch),
            Stmt::Try(attempt) => self.try_statement(attempt),
            Stmt::With(with) => {
                self.expression(&with.obj);
                self.statement(&with.body);
            }
            Stmt::For(_) | Stmt::ForIn(_) | Stmt::ForOf(_) | Stmt::While(_) | Stmt::DoWhile(_) => {
                self.loop_statement(statement);
            }
            Stmt::Break(it) => self.flow().jumps(it.label.as_ref().map(|label| &label.sym), false),
            Stmt::Continue(it) => self.flow().jumps(it.label.as_ref().map(|label| &label.sym), true),
            Stmt::Empty(_) | Stmt::Debugger(_) => {}
        }
    }

    fn expression_statement(&mut self, expression: &Expr) {
        match expression {
            Expr::Call(call) => _ = self.call(call, true),
            Expr::New(new) => _ = self.new_expression(new, true),
            Expr::OptChain(chain) => _ = self.optional(chain, true),
            _ => _ = self.expression(expression),
        }
    }

    pub(super) fn block(&mut self, statements: &[Stmt]) {
        let scope = self.open_scope();
        self.hoist(statements);
        let scope = self.statements(statements, scope);
        self.close_scope(scope);
    }

    pub(super) fn open_scope(&mut self) -> Scope {
        let body = self.body();
        Scope { section: body.section, settled: body.settled.mark(), resources: Vec::new(), guard: None }
    }

    fn statements(&mut self, statements: &[Stmt], mut scope: Scope) -> Scope {
        for statement in statements {
            match statement {
                Stmt::Decl(Decl::Using(using)) => self.using(using, &mut scope),
                statement => self.statement(statement),
            }
        }
        scope
    }

    pub(super) fn close_scope(&mut self, scope: Scope) {
        if let Some(guard) = scope.guard {
            self.dispose(scope.resources, guard);
        }
        let body = self.body();
        body.section = scope.section;
        body.settled.back_to(scope.settled);
    }

    /// Its end is not known.
    pub(super) fn abandon_scope(&mut self, scope: Scope) {
        if let Some(guard) = scope.guard {
            self.flow().reached(guard, false);
        }
    }

    /// `using _ = nonblocking()` begins a section that lasts to the end of the block.
    pub(super) fn using(&mut self, using: &UsingDecl, scope: &mut Scope) {
        for declarator in &using.decls {
            let calls_before = self.facts.calls.len();
            let value = declarator.init.as_ref().map_or(ValueId::NONE, |value| self.expression(value));
            self.bind(&declarator.name, value, ValueKind::Const);
            let span = self.span(declarator);
            self.keep_resource(scope, value, using.is_await, span);
            let call = match declarator.init.as_deref() {
                Some(Expr::Call(_)) if self.facts.calls.len() > calls_before => Some(CallId(calls_before as u32)),
                _ => None,
            };
            if let Some(call) = call {
                self.body().section = self.section(SectionKind::Using(call), span);
            }
        }
    }

    pub(super) fn keep_resource(&mut self, scope: &mut Scope, value: ValueId, asynchronous: bool, span: Span) {
        let section = self.body().section;
        if !value.is_none() || asynchronous {
            scope.resources.push(Resource { value, asynchronous, span, section });
            scope.guard = scope.guard.or_else(|| Some(self.flow().enter_finally()));
        }
    }

    fn dispose(&mut self, resources: Vec<Resource>, guard: Guard) {
        let normal = self.flow().now;
        let reached = self.flow().reached(guard, false);
        self.flow().join(reached);
        for resource in resources.into_iter().rev() {
            let Resource { value, asynchronous, span, section } = resource;
            self.body().section = section;
            if !value.is_none() {
                self.op(span, OpKind::Dispose { value, asynchronous });
            }
            if asynchronous {
                self.flow().awaited();
            }
        }
        self.flow().leave_finally(normal);
    }

    fn labeled(&mut self, labeled: &LabeledStmt) {
        match &*labeled.body {
            Stmt::Block(block) if &*labeled.label.sym == ATOMIC => {
                let around = self.body().section;
                let span = self.span(labeled);
                let section = self.section(SectionKind::Block, span);
                self.body().section = section;
                self.flow().label(labeled.label.sym.clone());
                self.flow().enter_labelled();
                self.block(&block.stmts);
                self.flow().leave();
                self.body().section = around;
            }
            statement => {
                self.flow().label(labeled.label.sym.clone());
                let is_for_later = matches!(
                    statement,
                    Stmt::Labeled(_)
                        | Stmt::For(_)
                        | Stmt::ForIn(_)
                        | Stmt::ForOf(_)
                        | Stmt::While(_)
                        | Stmt::DoWhile(_)
                );
                if is_for_later {
                    return self.statement(statement);
                }
                self.flow().enter_labelled();
                // What holds where the statement goes on need not hold where it is left.
                self.arm(|it| it.statement(statement));
                self.flow().leave();
            }
        }
    }

    fn if_statement(&mut self, branch: &IfStmt) {
        self.expression(&branch.test);
        let (yes, no) = (self.settled_if(&branch.test, true), self.settled_if(&branch.test, false));
        let (after_yes, after_no) = (yes.clone(), no.clone());
        self.arms(
            |it| {
                it.learn(yes);
                it.statement(&branch.cons);
            },
            |it| {
                it.learn(no);
                branch.alt.iter().for_each(|otherwise| it.statement(otherwise));
            },
        );
        // Where one way out of the branch ends, the code below is reached by the other.
        if ends(&branch.cons) {
            self.learn(after_no);
        }
        if branch.alt.as_deref().is_some_and(ends) {
            self.learn(after_yes);
        }
    }

    fn switch(&mut self, switch: &SwitchStmt) {
        self.expression(&switch.discriminant);
        let scope = self.open_scope();
        for case in &switch.cases {
            self.hoist(&case.cons);
        }
        self.cases(&switch.cases);
        self.close_scope(scope);
    }

    fn cases(&mut self, cases: &[SwitchCase]) {
        self.flow().enter_switch();
        // Control goes from test to test, and from the end of a case to the next one.
        let (mut tested, mut through) = (self.flow().now, Timing::Later);
        for (index, case) in cases.iter().enumerate() {
            self.arm(|it| {
                it.flow().now = tested;
                match &case.test {
                    Some(test) => {
                        it.expression(test);
                        tested = it.flow().now;
                    }
                    // It is gone to when all tests have been made.
                    None if cases[index..].iter().filter_map(|it| it.test.as_deref()).all(is_plain) => {}
                    None => it.flow().now = tested.min(Timing::Perhaps),
                }
                it.flow().join(through);
                case.cons.iter().for_each(|statement| it.statement(statement));
                through = it.flow().now;
            });
        }
        if cases.iter().all(|case| case.test.is_some()) {
            self.flow().join(tested);
        }
        self.flow().leave();
    }

    fn try_statement(&mut self, attempt: &TryStmt) {
        let begins_by_waiting = self.begins_by_waiting(&attempt.block.stmts);
        let finally = attempt.finalizer.as_ref().map(|last| (last, self.flow().enter_finally()));
        let mut is_late = begins_by_waiting;
        match &attempt.handler {
            None => self.block(&attempt.block.stmts),
            Some(handler) => {
                let guard = self.flow().enter_catch();
                self.block(&attempt.block.stmts);
                let reached = self.flow().reached(guard, begins_by_waiting);
                let after = std::mem::replace(&mut self.flow().now, reached);
                self.arm(|it| it.catch(handler));
                self.flow().join(after);
                is_late = reached == Timing::Later;
            }
        }
        if let Some((last, guard)) = finally {
            let normal = self.flow().now;
            let reached = self.flow().reached(guard, is_late);
            self.flow().join(reached);
            self.block(&last.stmts);
            self.flow().leave_finally(normal);
        }
    }

    fn catch(&mut self, handler: &CatchClause) {
        if let Some(param) = &handler.param {
            let caught = self.value(ValueKind::Caught);
            self.facts.caught.push(caught);
            self.bind(param, caught, ValueKind::Let);
        }
        self.block(&handler.body.stmts);
    }

    pub(super) fn variables(&mut self, declaration: &VarDecl) {
        let kind = if declaration.kind == VarDeclKind::Const { ValueKind::Const } else { ValueKind::Let };
        for declarator in &declaration.decls {
            if let swc_ecma_ast::Pat::Ident(name) = &declarator.name {
                self.naming = Some(self.name(&name.id.sym));
            }
            if matches!(declarator.init.as_deref(), Some(Expr::Arrow(_) | Expr::Fn(_))) {
                self.expect_contract(declaration.span.lo);
            }
            let value = declarator.init.as_ref().map_or(ValueId::NONE, |value| self.expression(value));
            self.naming = None;
            self.contract = None;
            self.bind(&declarator.name, value, kind);
            if let (Some(init), ValueKind::Const) = (&declarator.init, kind) {
                self.note_answer(&declarator.name, init);
                if let swc_ecma_ast::Pat::Ident(name) = &declarator.name
                    && self.is_given(init)
                {
                    let constant = self.variable(&name.id);
                    self.given.insert(constant);
                }
            }
            if kind != ValueKind::Const && declarator.init.is_some() {
                self.note_write(&declarator.name, value);
            }
        }
    }

    /// A `var` of another function can be given a value by a declaration as well; one of the module often is.
    fn note_write(&mut self, pattern: &swc_ecma_ast::Pat, value: ValueId) {
        if let swc_ecma_ast::Pat::Ident(name) = pattern {
            let variable = self.variable(&name.id);
            let span = self.span_of_pattern(pattern);
            self.op(span, OpKind::Write { variable, from: value });
        }
    }
}

/// Whether a statement never goes on to the next.
fn ends(statement: &Stmt) -> bool {
    match statement {
        Stmt::Return(_) | Stmt::Throw(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::Block(block) => block.stmts.last().is_some_and(ends),
        Stmt::If(branch) => ends(&branch.cons) && branch.alt.as_deref().is_some_and(ends),
        _ => false,
    }
}

/// Whether a loop ends only when its test is false.
pub(super) fn runs_to_its_test(body: &Stmt) -> bool {
    struct Breaks(bool);
    impl swc_ecma_visit::Visit for Breaks {
        fn visit_break_stmt(&mut self, _: &swc_ecma_ast::BreakStmt) {
            self.0 = true;
        }
    }
    let mut breaks = Breaks(false);
    swc_ecma_visit::VisitWith::visit_with(body, &mut breaks);
    !breaks.0
}

impl Lowering<'_> {
    /// After `while (!future.settled) …` it is settled.
    pub(super) fn learn_after_loop(&mut self, test: &Expr, body: &Stmt) {
        if runs_to_its_test(body) {
            let places = self.settled_if(test, false);
            self.learn(places);
        }
    }
}
