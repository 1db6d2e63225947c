//! Modules that run when they are first asked for: CommonJS, and ES modules that CommonJS asks for.

use super::{Plan, Shape, verbatim};
use crate::syntax::bundle::declared;
use crate::syntax::bundle::record::Name;
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignExpr, AssignOp, AssignTarget, BindingIdent, CallExpr, Callee, ClassExpr,
    ClassProp, Constructor, Decl, EmptyStmt, Expr, ExprStmt, FnExpr, ForHead, Function, FunctionBody, Ident, Param,
    Pat, PrivateProp, SimpleAssignTarget, StaticBlock, Stmt, ThisExpr, VarDecl, VarDeclKind, VarDeclOrExpr,
    VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

/// The function that the wrapper of a CommonJS module calls. At the top level of CommonJS `this` is what it exports, so an
/// arrow will do only where nothing asks for it.
pub(in crate::syntax::bundle) fn commonjs(parameters: [Ident; 2], stmts: Vec<Stmt>) -> Expr {
    let body = FunctionBody { span: DUMMY_SP, stmts };
    let params = parameters.map(|name| Pat::Ident(name.into()));
    if names_this(&body.stmts) {
        let params = params.into_iter().map(Param::from).collect();
        let function = Function { params, body: Some(body), ..Default::default() };
        return Expr::Fn(FnExpr { ident: None, function: Box::new(function) });
    }
    arrow(params.into(), body, false)
}

/// Whether `this` of the statements is asked for, not that of functions and classes in them.
fn names_this(body: &[Stmt]) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_this_expr(&mut self, _: &ThisExpr) {
            self.0 = true;
        }
        fn visit_function(&mut self, _: &Function) {}
        fn visit_constructor(&mut self, _: &Constructor) {}
        fn visit_static_block(&mut self, _: &StaticBlock) {}
        fn visit_class_prop(&mut self, property: &ClassProp) {
            property.key.visit_with(self);
        }
        fn visit_private_prop(&mut self, _: &PrivateProp) {}
    }
    let mut finder = Finder(false);
    body.iter().for_each(|it| it.visit_with(&mut finder));
    finder.0
}

/// Wraps the statements as the plan says, and puts its prologue before them.
pub(super) fn wrap(body: &mut Vec<Stmt>, is_function: bool, plan: &Plan) {
    let prologue = plan.prologue.iter().map(|code| statement(verbatim(code, DUMMY_SP)));
    match &plan.shape {
        Shape::Plain => {
            body.splice(0..0, prologue);
        }
        Shape::CommonJs { helper, name } if is_function => {
            if let Some(Stmt::Expr(function)) = body.pop() {
                *body = vec![wrapped(helper, name, *function.expr)];
            }
        }
        Shape::CommonJs { helper, name } => {
            let inner = std::mem::take(body);
            let parameters = ["exports", "module"].map(|name| Ident::new_no_ctxt(name.into(), DUMMY_SP));
            body.push(wrapped(helper, name, commonjs(parameters, prologue.chain(inner).collect())));
        }
        Shape::Lazy { helper, name, awaits } => {
            let (outside, inner) = hoist(std::mem::take(body));
            *body = outside;
            let inner = FunctionBody { span: DUMMY_SP, stmts: prologue.chain(inner).collect() };
            body.push(wrapped(helper, name, arrow(Vec::new(), inner, *awaits)));
        }
    }
}

fn statement(expression: Expr) -> Stmt {
    Stmt::Expr(ExprStmt { span: DUMMY_SP, expr: Box::new(expression) })
}

fn arrow(params: Vec<Pat>, body: FunctionBody, is_async: bool) -> Expr {
    Expr::Arrow(ArrowExpr {
        params,
        body: Box::new(ArrowFunctionBody::FunctionBody(body)),
        is_async,
        ..Default::default()
    })
}

/// `var name = helper(function)`.
fn wrapped(helper: &Name, name: &Name, function: Expr) -> Stmt {
    let call = Expr::Call(CallExpr {
        callee: Callee::Expr(Box::new(verbatim(helper, DUMMY_SP))),
        args: vec![function.into()],
        ..Default::default()
    });
    variable(Ident::new_no_ctxt((&**name).into(), DUMMY_SP), Some(call))
}

fn variable(name: Ident, value: Option<Expr>) -> Stmt {
    let declarator = VarDeclarator {
        span: DUMMY_SP,
        name: Pat::Ident(BindingIdent { id: name, type_ann: None }),
        init: value.map(Box::new),
        definite: false,
    };
    Stmt::Decl(Decl::Var(Box::new(VarDecl { kind: VarDeclKind::Var, decls: vec![declarator], ..Default::default() })))
}

/// Splits statements into what stands outside of the wrapper (functions, and variables without values), and what runs
/// inside.
fn hoist(body: Vec<Stmt>) -> (Vec<Stmt>, Vec<Stmt>) {
    let (mut names, mut functions, mut inner) = (Vec::new(), Vec::new(), Vec::new());
    for statement in body {
        match statement {
            Stmt::Decl(Decl::Fn(_)) => functions.push(statement),
            Stmt::Decl(Decl::Class(class)) => {
                names.push(class.ident.clone());
                // The class keeps its name inside, and its `name`.
                let value = Expr::Class(ClassExpr { ident: Some(class.ident.clone()), class: class.class });
                inner.push(self::statement(assign(Pat::Ident(class.ident.into()), value)));
            }
            Stmt::Decl(Decl::Var(variables)) => {
                for declarator in &variables.decls {
                    declared::by_pattern(&declarator.name, &mut |name| names.push(name.clone()));
                }
                let without_value = variables.kind == VarDeclKind::Var;
                inner.extend(assignments(*variables, !without_value).map(self::statement));
            }
            mut statement => {
                declared::by_statement(&statement, &mut |name| names.push(name.clone()));
                if !matches!(statement, Stmt::Decl(_)) {
                    statement.visit_mut_with(&mut Undeclare);
                }
                inner.push(statement);
            }
        }
    }
    names.sort_by(|left, right| left.sym.cmp(&right.sym));
    names.dedup_by(|left, right| left.sym == right.sym);
    let mut outside: Vec<Stmt> = names.into_iter().map(|name| variable(name, None)).collect();
    outside.extend(functions);
    (outside, inner)
}

/// The values of a declaration as assignments. A `let` without one makes its variable `undefined`.
fn assignments(variables: VarDecl, bare: bool) -> impl Iterator<Item = Expr> {
    variables.decls.into_iter().filter_map(move |declarator| match declarator.init {
        Some(value) => Some(assign(declarator.name, *value)),
        None if bare => Some(assign(declarator.name, verbatim("void 0", DUMMY_SP))),
        None => None,
    })
}

fn assign(pattern: Pat, value: Expr) -> Expr {
    let is_object = pattern.is_object();
    let left = match pattern {
        Pat::Ident(name) => AssignTarget::Simple(SimpleAssignTarget::Ident(name)),
        pattern => match pattern.try_into() {
            Ok(pattern) => AssignTarget::Pat(pattern),
            Err(_) => return value,
        },
    };
    let span = swc_common::Spanned::span(&value);
    let assignment = Expr::Assign(AssignExpr { span, op: AssignOp::Assign, left, right: Box::new(value) });
    if is_object {
        // A statement that starts with a brace is a block.
        return Expr::Paren(swc_ecma_ast::ParenExpr { span, expr: Box::new(assignment) });
    }
    assignment
}

/// `var` in blocks and loops to assignments: the variables are declared outside.
struct Undeclare;

impl VisitMut for Undeclare {
    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        match statement {
            Stmt::Decl(Decl::Var(variables)) if variables.kind == VarDeclKind::Var => {
                let variables = std::mem::take(&mut **variables);
                let exprs: Vec<Expr> = assignments(variables, false).collect();
                *statement = sequence(exprs).map_or(Stmt::Empty(EmptyStmt { span: DUMMY_SP }), self::statement);
            }
            statement => statement.visit_mut_children_with(self),
        }
    }

    fn visit_mut_var_decl_or_expr(&mut self, first: &mut VarDeclOrExpr) {
        if let VarDeclOrExpr::VarDecl(variables) = first
            && variables.kind == VarDeclKind::Var
        {
            let variables = std::mem::take(&mut **variables);
            let exprs: Vec<Expr> = assignments(variables, false).collect();
            let value = sequence(exprs).unwrap_or_else(|| verbatim("void 0", DUMMY_SP));
            *first = VarDeclOrExpr::Expr(Box::new(value));
        }
    }

    fn visit_mut_for_head(&mut self, head: &mut ForHead) {
        if let ForHead::VarDecl(variables) = head
            && variables.kind == VarDeclKind::Var
            && let Some(declarator) = std::mem::take(&mut variables.decls).into_iter().next()
        {
            *head = ForHead::Pat(Box::new(declarator.name));
        }
    }

    fn visit_mut_expr(&mut self, _: &mut Expr) {}
    fn visit_mut_function(&mut self, _: &mut Function) {}
}

fn sequence(mut exprs: Vec<Expr>) -> Option<Expr> {
    match exprs.len() {
        0 => None,
        1 => exprs.pop(),
        _ => {
            Some(Expr::Seq(swc_ecma_ast::SeqExpr { span: DUMMY_SP, exprs: exprs.into_iter().map(Box::new).collect() }))
        }
    }
}
