//! Statements: branches, blocks and the sections in them.

use super::Lowering;
use crate::facts::{CallId, OpKind, SectionId, SectionKind, Span, ValueId, ValueKind};
use swc_ecma_ast::{
    Decl, Expr, IfStmt, LabeledStmt, OptChainBase, Stmt, SwitchStmt, TryStmt, UsingDecl, VarDecl, VarDeclKind,
};

/// The label of an atomic block.
const ATOMIC: &str = "atomic";

/// What a block has to put back at its end.
pub(super) struct Scope {
    section: SectionId,
    settled: usize,
    /// Resources of `using`, in order.
    resources: Vec<(ValueId, bool, Span)>,
}

impl Lowering<'_> {
    pub(super) fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Block(block) => self.block(&block.stmts),
            Stmt::Expr(statement) => self.expression_statement(&statement.expr),
            Stmt::Decl(declaration) => self.declaration(declaration, None),
            Stmt::If(branch) => self.if_statement(branch),
            Stmt::Return(returned) => {
                let value = returned.arg.as_ref().map_or(ValueId::NONE, |value| self.expression(value));
                self.returned(returned.span, value);
            }
            Stmt::Throw(thrown) => {
                let value = self.expression(&thrown.arg);
                self.facts.thrown.extend(Some(value).filter(|value| !value.is_none()));
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
            Stmt::Empty(_) | Stmt::Debugger(_) | Stmt::Break(_) | Stmt::Continue(_) => {}
        }
    }

    fn expression_statement(&mut self, expression: &Expr) {
        match expression {
            Expr::Call(call) => _ = self.call(call, true),
            Expr::New(new) => _ = self.new_expression(new, true),
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Call(call) => self.branch(|it| _ = it.optional_call(call, chain.optional, true)),
                OptChainBase::Member(_) => _ = self.expression(expression),
            },
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
        Scope { section: body.section, settled: body.settled.mark(), resources: Vec::new() }
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
        for (value, asynchronous, span) in scope.resources.into_iter().rev() {
            self.op(span, OpKind::Dispose { value, asynchronous });
        }
        let body = self.body();
        body.section = scope.section;
        body.settled.back_to(scope.settled);
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
        if !value.is_none() {
            scope.resources.push((value, asynchronous, span));
        }
    }

    fn labeled(&mut self, labeled: &LabeledStmt) {
        match &*labeled.body {
            Stmt::Block(block) if &*labeled.label.sym == ATOMIC => {
                let around = self.body().section;
                let span = self.span(labeled);
                let section = self.section(SectionKind::Block, span);
                self.body().section = section;
                self.block(&block.stmts);
                self.body().section = around;
            }
            statement => self.statement(statement),
        }
    }

    fn if_statement(&mut self, branch: &IfStmt) {
        self.expression(&branch.test);
        let (yes, no) = (self.settled_if(&branch.test, true), self.settled_if(&branch.test, false));
        let (after_yes, after_no) = (yes.clone(), no.clone());
        self.branch(|it| {
            it.body().settled.learn(yes);
            it.statement(&branch.cons);
        });
        if let Some(otherwise) = &branch.alt {
            self.branch(|it| {
                it.body().settled.learn(no);
                it.statement(otherwise);
            });
        }
        // Where one way out of the branch ends, the code below is reached by the other.
        if ends(&branch.cons) {
            self.body().settled.learn(after_no);
        }
        if branch.alt.as_deref().is_some_and(ends) {
            self.body().settled.learn(after_yes);
        }
    }

    fn switch(&mut self, switch: &SwitchStmt) {
        self.expression(&switch.discriminant);
        let scope = self.open_scope();
        for case in &switch.cases {
            self.hoist(&case.cons);
        }
        for case in &switch.cases {
            self.branch(|it| {
                if let Some(test) = &case.test {
                    it.expression(test);
                }
                case.cons.iter().for_each(|statement| it.statement(statement));
            });
        }
        self.close_scope(scope);
    }

    fn try_statement(&mut self, attempt: &TryStmt) {
        self.block(&attempt.block.stmts);
        if let Some(handler) = &attempt.handler {
            self.branch(|it| {
                if let Some(param) = &handler.param {
                    let caught = it.value(ValueKind::Caught);
                    it.facts.caught.push(caught);
                    it.bind(param, caught, ValueKind::Let);
                }
                it.block(&handler.body.stmts);
            });
        }
        if let Some(last) = &attempt.finalizer {
            self.block(&last.stmts);
        }
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
            if let (Some(init), ValueKind::Const) = (&declarator.init, kind) {
                self.note_answer(&declarator.name, init);
            }
            self.bind(&declarator.name, value, kind);
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
            self.body().settled.learn(places);
        }
    }
}
