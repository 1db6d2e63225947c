//! The labelled block `atomic: { … }`: lowered with `try … finally`, so that every way out leaves it.
//!
//! ```text
//! atomic: { body }   →   atomic: { const depth = enter(); try { body } finally { leave(depth); } }
//! ```

use super::parse::Parsed;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use swc_common::{DUMMY_SP, Span, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, AwaitExpr, BlockStmt, CallExpr, Callee, ClassMember, Decl, Expr, ExprStmt, ForOfStmt, Function, Ident,
    LabeledStmt, Program, Stmt, TryStmt, UsingDecl, VarDecl, VarDeclKind, VarDeclarator, YieldExpr,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

const LABEL: &str = "atomic";

/// The functions that lowered code calls.
pub(super) struct Names {
    pub(super) enter: Ident,
    pub(super) leave: Ident,
}

/// Whether the program has an atomic block.
pub(super) fn is_used(program: &Program) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
            self.0 |= is_atomic(statement);
            statement.visit_children_with(self);
        }
    }
    let mut finder = Finder(false);
    program.visit_with(&mut finder);
    finder.0
}

fn is_atomic(statement: &LabeledStmt) -> bool {
    &*statement.label.sym == LABEL && statement.body.is_block()
}

/// Complaints about `await` and `yield` in atomic blocks: they suspend.
pub(super) fn check(source: &Source, parsed: &Parsed) -> Vec<Diagnostic> {
    let mut checker = Checker { source, parsed, depth: 0, found: Vec::new() };
    parsed.program.visit_with(&mut checker);
    checker.found
}

struct Checker<'a> {
    source: &'a Source,
    parsed: &'a Parsed,
    depth: usize,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn complain(&mut self, what: &str, span: Span) {
        if self.depth > 0 {
            let message = format!("{what} may suspend, and nothing may suspend inside an atomic block");
            let help = "wait before the block and use the result inside, or move it out of the block";
            self.found.push(self.parsed.diagnostic(self.source, message, span).help(help));
        }
    }

    fn outside(&mut self, visit: impl FnOnce(&mut Self)) {
        let depth = std::mem::take(&mut self.depth);
        visit(self);
        self.depth = depth;
    }
}

impl Visit for Checker<'_> {
    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        let atomic = usize::from(is_atomic(statement));
        self.depth += atomic;
        statement.visit_children_with(self);
        self.depth -= atomic;
    }

    fn visit_await_expr(&mut self, expression: &AwaitExpr) {
        self.complain("'await'", expression.span);
        expression.visit_children_with(self);
    }

    fn visit_yield_expr(&mut self, expression: &YieldExpr) {
        self.complain("'yield'", expression.span);
        expression.visit_children_with(self);
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        if statement.is_await {
            self.complain("'for await'", statement.span);
        }
        statement.visit_children_with(self);
    }

    fn visit_using_decl(&mut self, declaration: &UsingDecl) {
        if declaration.is_await {
            self.complain("'await using'", declaration.span);
        }
        declaration.visit_children_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.outside(|it| function.visit_children_with(it));
    }

    fn visit_class_member(&mut self, member: &ClassMember) {
        // What a member computes when the class is made stands in the block; what it computes later does not.
        match member {
            ClassMember::Method(method) => method.key.visit_with(self),
            ClassMember::ClassProp(field) => field.key.visit_with(self),
            _ => {}
        }
        self.outside(|it| member.visit_children_with(it));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.outside(|it| arrow.visit_children_with(it));
    }
}

/// Lowers every atomic block to calls of `names`.
pub(super) fn lower(program: &mut Program, names: &Names) {
    program.visit_mut_with(&mut Lowerer { names, depth: 0 });
}

struct Lowerer<'a> {
    names: &'a Names,
    /// Atomic blocks around, in this function.
    depth: usize,
}

impl Lowerer<'_> {
    /// The language has no label inside one of the same name: inner ones get names of their own.
    fn label(&self) -> String {
        if self.depth == 1 { LABEL.to_owned() } else { format!("{LABEL}${}", self.depth) }
    }

    fn outside(&mut self, visit: impl FnOnce(&mut Self)) {
        let depth = std::mem::take(&mut self.depth);
        visit(self);
        self.depth = depth;
    }
}

impl VisitMut for Lowerer<'_> {
    fn visit_mut_function(&mut self, function: &mut Function) {
        self.outside(|it| function.visit_mut_children_with(it));
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        self.outside(|it| arrow.visit_mut_children_with(it));
    }

    fn visit_mut_break_stmt(&mut self, statement: &mut swc_ecma_ast::BreakStmt) {
        if let Some(label) = &mut statement.label
            && self.depth > 0
            && &*label.sym == LABEL
        {
            label.sym = self.label().into();
        }
    }

    fn visit_mut_labeled_stmt(&mut self, statement: &mut LabeledStmt) {
        if !is_atomic(statement) {
            statement.visit_mut_children_with(self);
            return;
        }
        self.depth += 1;
        statement.visit_mut_children_with(self);
        statement.label.sym = self.label().into();
        self.depth -= 1;
        let Stmt::Block(block) = &mut *statement.body else { return };
        let span = block.span;
        let body = std::mem::take(&mut block.stmts);
        let depth = Ident::new_private("depth".into(), DUMMY_SP);
        let enter = call(&self.names.enter, Vec::new(), span);
        let leave = call(&self.names.leave, vec![depth.clone().into()], Span::new(span.hi, span.hi));
        block.stmts = vec![
            Stmt::Decl(Decl::Var(Box::new(VarDecl {
                span: DUMMY_SP,
                kind: VarDeclKind::Const,
                decls: vec![VarDeclarator {
                    span: DUMMY_SP,
                    name: depth.into(),
                    init: Some(Box::new(enter)),
                    definite: false,
                }],
                ..Default::default()
            }))),
            Stmt::Try(Box::new(TryStmt {
                span,
                block: BlockStmt { span, stmts: body, ctxt: SyntaxContext::empty() },
                handler: None,
                finalizer: Some(BlockStmt {
                    span: DUMMY_SP,
                    stmts: vec![Stmt::Expr(ExprStmt { span: DUMMY_SP, expr: Box::new(leave) })],
                    ctxt: SyntaxContext::empty(),
                }),
            })),
        ];
    }
}

fn call(function: &Ident, arguments: Vec<Expr>, span: Span) -> Expr {
    Expr::Call(CallExpr {
        span,
        callee: Callee::Expr(Box::new(function.clone().into())),
        args: arguments.into_iter().map(Into::into).collect(),
        ..Default::default()
    })
}
