//! What a module asks for: static imports, `export … from`, literal `import()` and `require()`.

use swc_common::Span;
use swc_ecma_ast::{CallExpr, Callee, Decl, ExportAll, Expr, ImportDecl, Lit, ModuleDecl, ModuleItem, NamedExport, Program};
use swc_ecma_visit::{Visit, VisitWith};

/// Which construct asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Static,
    Dynamic,
    Require,
}

/// A literal specifier.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) specifier: String,
    pub(crate) form: Form,
    pub(crate) span: Span,
}

/// Every request of the program, in source order.
pub(crate) fn requests(program: &Program) -> Vec<Request> {
    let mut finder = Finder { found: Vec::new() };
    program.visit_with(&mut finder);
    finder.found
}

/// Whether the program is an ES module by its syntax.
pub(crate) fn is_module(program: &Program) -> bool {
    let Program::Module(module) = program else { return false };
    module.body.iter().any(|item| match item {
        ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => import.is_export,
        ModuleItem::ModuleDecl(ModuleDecl::TsExportAssignment(_) | ModuleDecl::TsNamespaceExport(_)) => false,
        ModuleItem::ModuleDecl(_) => true,
        ModuleItem::Stmt(statement) => uses_top_level_await(statement),
    })
}

fn uses_top_level_await(statement: &swc_ecma_ast::Stmt) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_await_expr(&mut self, _: &swc_ecma_ast::AwaitExpr) {
            self.0 = true;
        }
        fn visit_for_of_stmt(&mut self, statement: &swc_ecma_ast::ForOfStmt) {
            self.0 |= statement.is_await;
            statement.visit_children_with(self);
        }
        fn visit_meta_prop_expr(&mut self, meta: &swc_ecma_ast::MetaPropExpr) {
            self.0 |= meta.kind == swc_ecma_ast::MetaPropKind::ImportMeta;
        }
        fn visit_function(&mut self, _: &swc_ecma_ast::Function) {}
        fn visit_arrow_expr(&mut self, _: &swc_ecma_ast::ArrowExpr) {}
        fn visit_class_member(&mut self, _: &swc_ecma_ast::ClassMember) {}
    }
    let mut finder = Finder(false);
    statement.visit_with(&mut finder);
    if let swc_ecma_ast::Stmt::Decl(Decl::Using(using)) = statement {
        finder.0 |= using.is_await;
    }
    finder.0
}

struct Finder {
    found: Vec<Request>,
}

impl Finder {
    fn add(&mut self, specifier: &swc_ecma_ast::Str, form: Form) {
        let specifier_text = specifier.value.to_string_lossy().into_owned();
        self.found.push(Request { specifier: specifier_text, form, span: specifier.span });
    }
}

impl Visit for Finder {
    fn visit_import_decl(&mut self, import: &ImportDecl) {
        if !import.type_only {
            self.add(&import.src, Form::Static);
        }
    }

    fn visit_named_export(&mut self, export: &NamedExport) {
        if let (Some(source), false) = (&export.src, export.type_only) {
            self.add(source, Form::Static);
        }
    }

    fn visit_export_all(&mut self, export: &ExportAll) {
        if !export.type_only {
            self.add(&export.src, Form::Static);
        }
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        call.visit_children_with(self);
        let form = match &call.callee {
            Callee::Import(_) => Form::Dynamic,
            Callee::Expr(callee) if callee.as_ident().is_some_and(|it| &*it.sym == "require") => Form::Require,
            _ => return,
        };
        if let Some(Expr::Lit(Lit::Str(specifier))) = call.args.first().map(|argument| &*argument.expr) {
            self.add(specifier, form);
        }
    }
}
