//! What swc's minifier would get wrong, in a form that it gets right.

use rustc_hash::FxHashSet;
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AwaitExpr, CallExpr, Constructor, Expr, ExprOrSpread, Function, Lit, NewExpr, SeqExpr,
    StaticBlock, TaggedTpl, UnaryExpr, UnaryOp, UpdateExpr, YieldExpr,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

/// Rewrites operators that it would fold together with what they look at, and finds calls that it would leave out together
/// with arguments that do something. `pure` are the positions of calls that their author calls pure.
pub(super) struct Mended<'a> {
    pub(super) pure: &'a FxHashSet<BytePos>,
    /// Those that are to be kept.
    pub(super) kept: FxHashSet<BytePos>,
}

impl Mended<'_> {
    fn call(&mut self, low: BytePos, arguments: &[ExprOrSpread]) {
        if self.pure.contains(&low) && arguments.iter().any(|it| does_something(&it.expr, self.pure)) {
            self.kept.insert(low);
        }
    }
}

impl VisitMut for Mended<'_> {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        match expression {
            Expr::Call(call) => self.call(call.span.lo, &call.args),
            Expr::New(new) => self.call(new.span.lo, new.args.as_deref().unwrap_or_default()),
            Expr::Unary(unary) => {
                if let Some(value) = folded(unary, self.pure) {
                    let exprs = vec![std::mem::replace(&mut unary.arg, Box::new(value.clone())), Box::new(value)];
                    *expression = Expr::Seq(SeqExpr { span: expression.span(), exprs });
                }
            }
            _ => {}
        }
        expression.visit_mut_children_with(self);
    }
}

/// What `typeof` and `!` make of a literal that does something when it is evaluated.
fn folded(unary: &UnaryExpr, pure: &FxHashSet<BytePos>) -> Option<Expr> {
    let kind = match &*unary.arg {
        Expr::Array(_) | Expr::Object(_) => "object",
        Expr::Class(_) => "function",
        _ => return None,
    };
    let value = match unary.op {
        UnaryOp::TypeOf => Lit::Str(kind.into()),
        UnaryOp::Bang => Lit::Bool(false.into()),
        _ => return None,
    };
    does_something(&unary.arg, pure).then_some(Expr::Lit(value))
}

/// Whether evaluating `expression` may be noticed. Reading a property does not count.
fn does_something(expression: &Expr, pure: &FxHashSet<BytePos>) -> bool {
    struct Finder<'a>(&'a FxHashSet<BytePos>, bool);
    impl Finder<'_> {
        fn call(&mut self, low: BytePos, arguments: &[ExprOrSpread]) {
            match self.0.contains(&low) {
                true => arguments.iter().for_each(|it| it.visit_with(self)),
                false => self.1 = true,
            }
        }
    }
    impl Visit for Finder<'_> {
        fn visit_call_expr(&mut self, call: &CallExpr) {
            self.call(call.span.lo, &call.args);
        }
        fn visit_new_expr(&mut self, new: &NewExpr) {
            self.call(new.span.lo, new.args.as_deref().unwrap_or_default());
        }
        fn visit_assign_expr(&mut self, _: &AssignExpr) {
            self.1 = true;
        }
        fn visit_update_expr(&mut self, _: &UpdateExpr) {
            self.1 = true;
        }
        fn visit_tagged_tpl(&mut self, _: &TaggedTpl) {
            self.1 = true;
        }
        fn visit_await_expr(&mut self, _: &AwaitExpr) {
            self.1 = true;
        }
        fn visit_yield_expr(&mut self, _: &YieldExpr) {
            self.1 = true;
        }
        fn visit_static_block(&mut self, _: &StaticBlock) {
            self.1 = true;
        }
        fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
            self.1 |= unary.op == UnaryOp::Delete;
            unary.visit_children_with(self);
        }
        fn visit_function(&mut self, _: &Function) {}
        fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
        fn visit_constructor(&mut self, _: &Constructor) {}
    }
    let mut finder = Finder(pure, false);
    expression.visit_with(&mut finder);
    finder.1
}
