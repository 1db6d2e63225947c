//! What is there for what it throws: swc takes `try { new Array(n); } catch { … }` for a statement that does nothing, and
//! makes a literal that does not parse of `new RegExp("(")`. While it compresses, such expressions are arguments of a call
//! that it knows nothing of.

use crate::syntax::regexp;
use swc_common::{DUMMY_SP, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, CallExpr, Callee, Class, Expr, ExprOrSpread, ExprStmt, Function, Id, Ident, Lit, NewExpr, Program, Stmt,
    TryStmt,
};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Calls that hold what may throw.
pub(super) struct Probes(Ident);

/// Puts what may throw into calls; `None` if nothing does.
pub(super) fn hold(program: &mut Program) -> Option<Probes> {
    let mut pass = Hold { call: None, tries: false };
    program.visit_mut_with(&mut pass);
    pass.call.map(Probes)
}

impl Probes {
    /// Takes what may throw out of its calls.
    pub(super) fn release(&self, program: &mut Program) {
        program.visit_mut_with(&mut Release(&self.0.to_id()));
    }
}

struct Hold {
    call: Option<Ident>,
    /// In a block of `try`, and in no function in it.
    tries: bool,
}

impl Hold {
    fn within(&mut self, tries: bool, visit: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.tries, tries);
        visit(self);
        self.tries = before;
    }

    fn hold(&mut self, expression: &mut Box<Expr>) {
        let call = self.call.get_or_insert_with(|| Ident::new_private("probe".into(), DUMMY_SP)).clone();
        let held = std::mem::replace(expression, Expr::undefined(DUMMY_SP));
        **expression = Expr::Call(CallExpr {
            span: DUMMY_SP,
            ctxt: SyntaxContext::empty(),
            callee: Callee::Expr(Box::new(Expr::Ident(call))),
            args: vec![ExprOrSpread { spread: None, expr: held }],
            type_args: None,
        });
    }

    fn hold_tried(&mut self, expression: &mut Box<Expr>) {
        match &mut **expression {
            Expr::Seq(all) => all.exprs.iter_mut().for_each(|it| self.hold_tried(it)),
            Expr::Bin(_) | Expr::Unary(_) | Expr::Tpl(_) | Expr::New(_) | Expr::Array(_) | Expr::Object(_) => {
                self.hold(expression);
            }
            _ => {}
        }
    }

    /// `RegExp("(")`.
    fn hold_pattern(&mut self, callee: &Expr, arguments: &mut [ExprOrSpread]) {
        let text = |it: &ExprOrSpread| match &*it.expr {
            Expr::Lit(Lit::Str(text)) => text.value.as_str().map(str::to_owned),
            _ => None,
        };
        let Some(pattern) = arguments.first().filter(|_| callee.is_ident_ref_to("RegExp")).and_then(text) else {
            return;
        };
        let flags = arguments.get(1).and_then(text).unwrap_or_default();
        if regexp::fault(&pattern, &flags).is_some() {
            self.hold(&mut arguments[0].expr);
        }
    }
}

impl VisitMut for Hold {
    fn visit_mut_try_stmt(&mut self, statement: &mut TryStmt) {
        // Without `catch`, what is thrown goes on.
        let tries = self.tries || statement.handler.is_some();
        self.within(tries, |it| statement.block.visit_mut_with(it));
        statement.handler.visit_mut_with(self);
        statement.finalizer.visit_mut_with(self);
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        if let Stmt::Expr(ExprStmt { expr, .. }) = statement
            && self.tries
        {
            self.hold_tried(expr);
        }
    }

    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        match expression {
            Expr::New(NewExpr { callee, args: Some(arguments), .. })
            | Expr::Call(CallExpr { callee: Callee::Expr(callee), args: arguments, .. }) => {
                self.hold_pattern(callee, arguments);
            }
            _ => {}
        }
        expression.visit_mut_children_with(self);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        self.within(false, |it| function.visit_mut_children_with(it));
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        self.within(false, |it| arrow.visit_mut_children_with(it));
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        self.within(false, |it| class.visit_mut_children_with(it));
    }
}

struct Release<'a>(&'a Id);

impl VisitMut for Release<'_> {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        expression.visit_mut_children_with(self);
        let Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) = expression else { return };
        if callee.as_ident().is_some_and(|it| it.to_id() == *self.0)
            && let Some(tried) = args.pop()
        {
            *expression = *tried.expr;
        }
    }
}
