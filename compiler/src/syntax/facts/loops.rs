//! Loops. A body may run any number of times, none included.

use super::Lowering;
use super::flow::is_true;
use crate::facts::{Iteration, Timing, ValueId, ValueKind};
use swc_ecma_ast::{
    ArrowExpr, BreakStmt, Expr, ForHead, ForOfStmt, ForStmt, Function, Pat, ReturnStmt, Stmt, ThrowStmt, VarDeclKind,
    VarDeclOrExpr,
};
use swc_ecma_visit::{Visit, VisitWith};

impl Lowering<'_> {
    pub(super) fn loop_statement(&mut self, statement: &Stmt) {
        self.forget_in_loop(statement);
        match statement {
            Stmt::While(it) => {
                self.flow().enter_loop();
                self.expression(&it.test);
                let exit = self.exit(Some(&it.test));
                let known = self.settled_if(&it.test, true);
                self.arm(|lowering| {
                    lowering.learn(known);
                    lowering.statement(&it.body);
                });
                self.leave_loop(exit);
                self.learn_after_loop(&it.test, &it.body);
            }
            Stmt::DoWhile(it) => {
                self.flow().enter_loop();
                self.arm(|lowering| lowering.statement(&it.body));
                self.flow().continued();
                self.expression(&it.test);
                let exit = self.exit(Some(&it.test));
                self.leave_loop(exit);
                self.learn_after_loop(&it.test, &it.body);
            }
            Stmt::For(it) => self.for_statement(it),
            Stmt::ForIn(it) => {
                let base = self.expression(&it.right);
                self.trap(self.span(&*it.right), base, "ownKeys");
                self.flow().enter_loop();
                let exit = self.exit(None);
                self.arm(|lowering| {
                    lowering.loop_head(&it.left, ValueId::NONE);
                    lowering.statement(&it.body);
                });
                self.leave_loop(exit);
            }
            Stmt::ForOf(it) => self.for_of(it),
            _ => {}
        }
    }

    fn for_statement(&mut self, it: &ForStmt) {
        match &it.init {
            Some(VarDeclOrExpr::VarDecl(declaration)) => self.variables(declaration),
            Some(VarDeclOrExpr::Expr(expression)) => _ = self.expression(expression),
            None => {}
        }
        self.flow().enter_loop();
        it.test.iter().for_each(|test| _ = self.expression(test));
        let exit = if it.test.is_none() { Timing::Later } else { self.exit(it.test.as_deref()) };
        self.arm(|lowering| {
            lowering.statement(&it.body);
            lowering.flow().continued();
            it.update.iter().for_each(|update| _ = lowering.expression(update));
        });
        self.leave_loop(exit);
    }

    /// How control leaves a loop at its test, or because there are no more elements.
    fn exit(&mut self, test: Option<&Expr>) -> Timing {
        if test.is_some_and(is_true) { Timing::Later } else { self.flow().now }
    }

    fn leave_loop(&mut self, exit: Timing) {
        self.flow().now = exit;
        self.flow().leave();
    }

    fn for_of(&mut self, it: &ForOfStmt) {
        let source = self.expression(&it.right);
        self.flow().enter_loop();
        let span = self.span(&*it.right);
        let mode = match it.is_await {
            true => Iteration::Awaiting,
            false if leaves(&it.body) => Iteration::Closing,
            false => Iteration::Each,
        };
        let mut element = self.iterate(span, source, mode);
        if it.is_await {
            element = self.awaited(span, element);
        }
        let exit = self.exit(None);
        self.arm(|lowering| {
            let mut scope = lowering.open_scope();
            if let ForHead::UsingDecl(using) = &it.left {
                for declarator in &using.decls {
                    lowering.bind(&declarator.name, element, ValueKind::Const);
                }
                let span = lowering.span(&**using);
                lowering.keep_resource(&mut scope, element, using.is_await, span);
            } else {
                lowering.loop_head(&it.left, element);
            }
            lowering.statement(&it.body);
            lowering.close_scope(scope);
        });
        self.leave_loop(exit);
    }

    fn loop_head(&mut self, head: &ForHead, value: ValueId) {
        match head {
            ForHead::VarDecl(declaration) => {
                let kind = if declaration.kind == VarDeclKind::Const { ValueKind::Const } else { ValueKind::Let };
                declaration.decls.iter().for_each(|it| self.bind(&it.name, value, kind));
            }
            ForHead::UsingDecl(using) => {
                using.decls.iter().for_each(|it| self.bind(&it.name, value, ValueKind::Const));
            }
            ForHead::Pat(pattern) => match &**pattern {
                Pat::Ident(name) => self.write(&name.id, value),
                pattern => self.bind(pattern, value, ValueKind::Let),
            },
        }
    }
}

/// Whether a loop's body may leave the loop before its end.
fn leaves(body: &Stmt) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_break_stmt(&mut self, _: &BreakStmt) {
            self.0 = true;
        }
        fn visit_return_stmt(&mut self, _: &ReturnStmt) {
            self.0 = true;
        }
        fn visit_throw_stmt(&mut self, _: &ThrowStmt) {
            self.0 = true;
        }
        fn visit_function(&mut self, _: &Function) {}
        fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
    }
    let mut finder = Finder(false);
    body.visit_with(&mut finder);
    finder.0
}
