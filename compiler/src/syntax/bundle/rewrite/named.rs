//! Functions and classes keep the `name` that they have in their module when a variable of the output has another one.

use super::{Plan, verbatim};
use crate::syntax::bundle::ids::Ids;
use crate::syntax::bundle::record::SymbolIndex;
use rustc_hash::FxHashSet;
use swc_common::DUMMY_SP;
use swc_common::util::take::Take;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, AssignPat, AssignPatProp, AssignTarget, BlockStmt, ClassDecl, ClassMember,
    ComputedPropName, Decl, Expr, ExprStmt, Function, Ident, IdentName, KeyValueProp, MemberExpr, MemberProp,
    ObjectLit, ParenExpr, Pat, Prop, PropName, PropOrSpread, SimpleAssignTarget, StaticBlock, Stmt, VarDeclarator,
};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Names what the variables `renamed`, of the top level, declare or are given.
pub(super) fn keep(body: &mut Vec<Stmt>, ids: &Ids, plan: &Plan) {
    let mut keeper = Keeper { ids, renamed: &plan.renamed, in_functions: plan.reassigned };
    body.iter_mut().for_each(|it| it.visit_mut_with(&mut keeper));
    let functions = body.iter().filter_map(|statement| match statement {
        Stmt::Decl(Decl::Fn(function)) if keeper.renames(&function.ident) => Some(&function.ident),
        _ => None,
    });
    // The identifier is renamed where it is used.
    let named: Vec<Stmt> = functions.map(|it| define(Expr::Ident(it.clone()), &it.sym)).collect();
    body.splice(0..0, named);
}

struct Keeper<'a> {
    ids: &'a Ids,
    renamed: &'a FxHashSet<SymbolIndex>,
    /// Whether functions may give them values.
    in_functions: bool,
}

impl Keeper<'_> {
    fn renames(&self, name: &Ident) -> bool {
        self.ids.get(name).is_some_and(|symbol| self.renamed.contains(&symbol))
    }
}

/// `Object.defineProperty(target, "name", …)`.
fn define(target: Expr, name: &str) -> Stmt {
    let descriptor = format!("{{ value: {}, configurable: true }}", quoted(name));
    let arguments = [target, verbatim("\"name\"", DUMMY_SP), verbatim(&descriptor, DUMMY_SP)];
    let call = swc_ecma_ast::CallExpr {
        callee: swc_ecma_ast::Callee::Expr(Box::new(verbatim("Object.defineProperty", DUMMY_SP))),
        args: arguments.into_iter().map(Into::into).collect(),
        ..Default::default()
    };
    Stmt::Expr(ExprStmt { span: DUMMY_SP, expr: Box::new(Expr::Call(call)) })
}

fn quoted(name: &str) -> String {
    serde_json::to_string(name).unwrap_or_else(|_| "\"\"".to_owned())
}

/// Whether it takes its name from the variable that it is given to.
fn is_anonymous(value: &Expr) -> bool {
    match value {
        Expr::Arrow(_) => true,
        Expr::Fn(function) => function.ident.is_none(),
        Expr::Class(class) => class.ident.is_none(),
        Expr::Paren(ParenExpr { expr, .. }) => is_anonymous(expr),
        _ => false,
    }
}

/// `value` to `{ name: value }.name`: an object gives it that name.
fn name(value: &mut Expr, name: &str) {
    if !is_anonymous(value) {
        return;
    }
    let (key, property) = if name == "__proto__" {
        let key = || ComputedPropName { span: DUMMY_SP, expr: Box::new(verbatim(&quoted(name), DUMMY_SP)) };
        (PropName::Computed(key()), MemberProp::Computed(key()))
    } else {
        let key = || IdentName::new(name.into(), DUMMY_SP);
        (PropName::Ident(key()), MemberProp::Ident(key()))
    };
    let inner = value.take();
    let pair = Prop::KeyValue(KeyValueProp { key, value: Box::new(inner) });
    let object = ObjectLit { span: DUMMY_SP, props: vec![PropOrSpread::Prop(Box::new(pair))] };
    *value = Expr::Member(MemberExpr { span: DUMMY_SP, obj: Box::new(Expr::Object(object)), prop: property });
}

impl VisitMut for Keeper<'_> {
    fn visit_mut_function(&mut self, function: &mut Function) {
        if self.in_functions {
            function.visit_mut_children_with(self);
        }
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        if self.in_functions {
            arrow.visit_mut_children_with(self);
        }
    }

    fn visit_mut_var_declarator(&mut self, declarator: &mut VarDeclarator) {
        declarator.visit_mut_children_with(self);
        if let (Pat::Ident(variable), Some(value)) = (&declarator.name, &mut declarator.init)
            && self.renames(variable)
        {
            name(value, &variable.sym);
        }
    }

    fn visit_mut_assign_expr(&mut self, assignment: &mut AssignExpr) {
        assignment.visit_mut_children_with(self);
        let gives = [AssignOp::Assign, AssignOp::AndAssign, AssignOp::OrAssign, AssignOp::NullishAssign];
        if let AssignTarget::Simple(SimpleAssignTarget::Ident(variable)) = &assignment.left
            && gives.contains(&assignment.op)
            && self.renames(variable)
        {
            name(&mut assignment.right, &variable.sym);
        }
    }

    fn visit_mut_assign_pat(&mut self, pattern: &mut AssignPat) {
        pattern.visit_mut_children_with(self);
        if let Pat::Ident(variable) = &*pattern.left
            && self.renames(variable)
        {
            name(&mut pattern.right, &variable.sym);
        }
    }

    fn visit_mut_assign_pat_prop(&mut self, property: &mut AssignPatProp) {
        property.visit_mut_children_with(self);
        if let Some(value) = &mut property.value
            && self.renames(&property.key)
        {
            name(value, &property.key.sym);
        }
    }

    fn visit_mut_class_decl(&mut self, declaration: &mut ClassDecl) {
        declaration.visit_mut_children_with(self);
        let class = &mut declaration.class;
        // A field of that name is set after the block; a method or accessor is there before it.
        let has_own =
            |member: &ClassMember| matches!(member, ClassMember::Method(it) if it.is_static && key_is_name(&it.key));
        if self.renames(&declaration.ident) && !class.body.iter().any(has_own) {
            let stmts = vec![define(verbatim("this", DUMMY_SP), &declaration.ident.sym)];
            let body = BlockStmt { stmts, ..Default::default() };
            class.body.insert(0, ClassMember::StaticBlock(StaticBlock { span: DUMMY_SP, body }));
        }
    }
}

fn key_is_name(key: &PropName) -> bool {
    match key {
        PropName::Ident(key) => &*key.sym == "name",
        PropName::Str(key) => key.value == "name",
        _ => false,
    }
}
