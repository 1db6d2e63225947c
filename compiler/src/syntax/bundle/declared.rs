//! Names that a statement declares in the scope it stands in, as far as `var` reaches.

use swc_ecma_ast::{
    ArrowExpr, AssignPatProp, BindingIdent, ClassMember, Constructor, Decl, Expr, ForHead, Function, Ident, Pat, Prop,
    Stmt, VarDecl, VarDeclKind,
};
use swc_ecma_visit::{Visit, VisitWith};

/// Calls `found` with every name that `statement`, one of the top level, declares there.
pub(super) fn by_statement(statement: &Stmt, found: &mut dyn FnMut(&Ident)) {
    match statement {
        Stmt::Decl(declaration) => by_declaration(declaration, found),
        Stmt::Expr(_) => {}
        statement => statement.visit_with(&mut Hoisted { found }),
    }
}

/// Calls `found` with every name that a declaration declares.
pub(in crate::syntax) fn by_declaration(declaration: &Decl, found: &mut dyn FnMut(&Ident)) {
    match declaration {
        Decl::Class(class) => found(&class.ident),
        Decl::Fn(function) => found(&function.ident),
        Decl::Var(variables) => variables.decls.iter().for_each(|it| by_pattern(&it.name, found)),
        Decl::Using(variables) => variables.decls.iter().for_each(|it| by_pattern(&it.name, found)),
        _ => {}
    }
}

/// Calls `found` with every name that a pattern binds.
pub(in crate::syntax) fn by_pattern(pattern: &Pat, found: &mut dyn FnMut(&Ident)) {
    struct Bound<'a>(&'a mut dyn FnMut(&Ident));
    impl Visit for Bound<'_> {
        fn visit_binding_ident(&mut self, name: &BindingIdent) {
            (self.0)(&name.id);
        }
        fn visit_assign_pat_prop(&mut self, property: &AssignPatProp) {
            (self.0)(&property.key.id);
        }
        fn visit_expr(&mut self, _: &Expr) {}
        fn visit_prop(&mut self, _: &Prop) {}
    }
    pattern.visit_with(&mut Bound(found));
}

struct Hoisted<'a> {
    found: &'a mut dyn FnMut(&Ident),
}

impl Visit for Hoisted<'_> {
    fn visit_var_decl(&mut self, variables: &VarDecl) {
        if variables.kind == VarDeclKind::Var {
            variables.decls.iter().for_each(|it| by_pattern(&it.name, self.found));
        }
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        if let ForHead::VarDecl(variables) = head {
            self.visit_var_decl(variables);
        }
    }

    fn visit_expr(&mut self, _: &Expr) {}
    fn visit_function(&mut self, _: &Function) {}
    fn visit_constructor(&mut self, _: &Constructor) {}
    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
    fn visit_class_member(&mut self, _: &ClassMember) {}
}
