//! CommonJS modules: which names an ES module may import from one.

use std::collections::{BTreeSet, HashMap};
use swc_common::{DUMMY_SP, SyntaxContext};
use swc_ecma_ast::{
    AssignExpr, AssignTarget, CallExpr, Callee, Decl, Expr, Ident, Lit, MemberExpr, MemberProp, ObjectPatProp, Pat,
    Program, Prop, PropName, PropOrSpread, SimpleAssignTarget, Stmt, Str, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith};

/// What a CommonJS module exports, as far as its text tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Exports {
    pub(crate) names: BTreeSet<String>,
    /// Specifiers whose exports it passes on.
    pub(crate) reexports: Vec<String>,
}

/// Whether a program without `import` and `export` uses what only CommonJS modules have.
pub(super) fn is_meant(program: &Program) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_ident(&mut self, name: &Ident) {
            self.0 |= matches!(&*name.sym, "require" | "module" | "exports" | "__filename" | "__dirname");
        }
        fn visit_ts_import_equals_decl(&mut self, _: &swc_ecma_ast::TsImportEqualsDecl) {
            self.0 = true;
        }
        fn visit_ts_export_assignment(&mut self, _: &swc_ecma_ast::TsExportAssignment) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    program.visit_with(&mut finder);
    finder.0
}

/// Finds `exports.x = …`, `module.exports = { … }`, `Object.defineProperty(exports, "x", …)`, `module.exports =
/// require("x")` and `__exportStar(require("x"), exports)`: what cjs-module-lexer finds, in any position.
pub(super) fn exports(program: &Program) -> Exports {
    let mut finder = Finder::default();
    program.visit_with(&mut finder);
    finder.exports
}

/// [`exports`] of a program that these are the statements of.
pub(super) fn exports_of(statements: &[Stmt]) -> Exports {
    let mut finder = Finder::default();
    statements.visit_with(&mut finder);
    finder.exports
}

#[derive(Default)]
struct Finder {
    exports: Exports,
    /// Variables that hold what `require` returned.
    required: HashMap<String, String>,
}

fn is_exports(expression: &Expr) -> bool {
    match expression {
        Expr::Ident(name) => &*name.sym == "exports",
        Expr::Member(member) => is_module_exports(member),
        Expr::Paren(inner) => is_exports(&inner.expr),
        _ => false,
    }
}

fn is_module_exports(member: &MemberExpr) -> bool {
    member.obj.as_ident().is_some_and(|name| &*name.sym == "module")
        && property(&member.prop).as_deref() == Some("exports")
}

fn property(property: &MemberProp) -> Option<String> {
    match property {
        MemberProp::Ident(name) => Some(name.sym.to_string()),
        MemberProp::Computed(computed) => text(&computed.expr),
        MemberProp::PrivateName(_) => None,
    }
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(Lit::Str(string)) => Some(string.value.to_string_lossy().into_owned()),
        _ => None,
    }
}

fn required(expression: &Expr) -> Option<String> {
    let Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) = expression else { return None };
    let name = callee.as_ident()?;
    match &*name.sym {
        "require" => text(&args.first()?.expr),
        // Babel and TypeScript wrap: `__toESM(require("x"))`.
        _ => args.first().and_then(|argument| required(&argument.expr)),
    }
}

impl Finder {
    fn pass_on(&mut self, specifier: Option<String>) {
        let specifier = specifier.filter(|it| !self.exports.reexports.contains(it));
        self.exports.reexports.extend(specifier);
    }

    /// Babel's `export *`: `Object.keys(_x).forEach(function (key) { exports[key] = _x[key] })`.
    fn keys_of_required(&mut self, object: &Expr) {
        let Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) = object else { return };
        let Expr::Member(member) = &**callee else { return };
        let is_keys = member.obj.as_ident().is_some_and(|it| &*it.sym == "Object")
            && property(&member.prop).as_deref() == Some("keys");
        let variable = args.first().and_then(|argument| argument.expr.as_ident());
        if let (true, Some(variable)) = (is_keys, variable) {
            self.pass_on(self.required.get(&*variable.sym).cloned());
        }
    }

    /// Calls of what compilers bring along to copy exports.
    fn copied(&mut self, function: &str, call: &CallExpr) {
        if !["__exportStar", "__export", "__reExport", "_export_star", "_exportStar"].contains(&function) {
            return;
        }
        for argument in &call.args {
            self.pass_on(required(&argument.expr));
        }
        // esbuild: `__export(target, { name: () => value })`.
        if let Some(Expr::Object(object)) = call.args.get(1).map(|argument| &*argument.expr) {
            let properties = object.props.iter().filter_map(|it| it.as_prop());
            self.exports.names.extend(properties.filter_map(|property| name(property)));
        }
    }

    fn assigned(&mut self, value: &Expr) {
        match value {
            Expr::Object(object) => {
                for property in &object.props {
                    match property {
                        PropOrSpread::Spread(spread) => self.pass_on(required(&spread.expr)),
                        PropOrSpread::Prop(property) => self.exports.names.extend(name(property)),
                    }
                }
            }
            Expr::Assign(assignment) => self.assigned(&assignment.right),
            value => self.pass_on(required(value)),
        }
    }
}

fn name(property: &Prop) -> Option<String> {
    let key = match property {
        Prop::Shorthand(name) => return Some(name.sym.to_string()),
        Prop::KeyValue(property) => &property.key,
        Prop::Getter(property) => &property.key,
        Prop::Setter(property) => &property.key,
        Prop::Method(property) => &property.key,
        Prop::Assign(_) => return None,
    };
    match key {
        PropName::Ident(name) => Some(name.sym.to_string()),
        PropName::Str(string) => Some(string.value.to_string_lossy().into_owned()),
        _ => None,
    }
}

impl Visit for Finder {
    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        declarator.visit_children_with(self);
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init)
            && let Some(specifier) = required(value)
        {
            self.required.insert(name.id.sym.to_string(), specifier);
        }
    }

    fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
        assignment.visit_children_with(self);
        let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = &assignment.left else { return };
        if is_module_exports(member) {
            self.assigned(&assignment.right);
        } else if is_exports(&member.obj) {
            self.exports.names.extend(property(&member.prop));
        }
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        call.visit_children_with(self);
        let Callee::Expr(callee) = &call.callee else { return };
        let argument = |index: usize| call.args.get(index).map(|argument| &*argument.expr);
        match &**callee {
            Expr::Member(member) if property(&member.prop).as_deref() == Some("forEach") => {
                self.keys_of_required(&member.obj);
            }
            Expr::Member(member)
                if property(&member.prop).as_deref() == Some("defineProperty")
                    && argument(0).is_some_and(is_exports) =>
            {
                self.exports.names.extend(argument(1).and_then(text));
            }
            Expr::Ident(name) => self.copied(&name.sym, call),
            Expr::Member(member) => self.copied(&property(&member.prop).unwrap_or_default(), call),
            _ => {}
        }
    }
}

/// `const { enter, leave } = require("corona:atomic")`.
pub(super) fn require_atomic(enter: &Ident, leave: &Ident, unresolved: SyntaxContext) -> Stmt {
    let property = |key: &str, local: &Ident| {
        ObjectPatProp::KeyValue(swc_ecma_ast::KeyValuePatProp {
            key: PropName::Ident(swc_ecma_ast::IdentName::new(key.into(), DUMMY_SP)),
            value: Box::new(local.clone().into()),
        })
    };
    let call = CallExpr {
        span: DUMMY_SP,
        callee: Callee::Expr(Box::new(Ident::new("require".into(), DUMMY_SP, unresolved).into())),
        args: vec![Expr::Lit(Lit::Str(Str { span: DUMMY_SP, value: "corona:atomic".into(), raw: None })).into()],
        ..Default::default()
    };
    Stmt::Decl(Decl::Var(Box::new(VarDecl {
        span: DUMMY_SP,
        kind: VarDeclKind::Const,
        decls: vec![VarDeclarator {
            span: DUMMY_SP,
            name: Pat::Object(swc_ecma_ast::ObjectPat {
                span: DUMMY_SP,
                props: vec![property("enter", enter), property("leave", leave)],
                optional: false,
                type_ann: None,
            }),
            init: Some(Box::new(Expr::Call(call))),
            definite: false,
        }],
        ..Default::default()
    })))
}
