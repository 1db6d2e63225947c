//! What a module asks for: static imports, `export … from`, literal `import()` and `require()`.

use super::atomic::Names;
use super::parse::Parsed;
use super::{commonjs, lower};
use corona_std::bundle::How;
use swc_common::{DUMMY_SP, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, AwaitExpr, CallExpr, Callee, ClassMember, Decl, ExportAll, Expr, ForOfStmt, Function, Ident, ImportDecl,
    ImportNamedSpecifier, ImportSpecifier, Lit, ModuleDecl, ModuleExportName, ModuleItem, NamedExport, Program, Stmt,
    Str, TsImportEqualsDecl, TsModuleRef, UsingDecl,
};
use swc_ecma_visit::{Visit, VisitWith};

/// Which construct asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Static,
    Dynamic,
    Require,
}

impl Form {
    /// What `package.json` calls the condition.
    pub(crate) fn how(self) -> How {
        if self == Form::Require { How::Require } else { How::Import }
    }
}

/// A literal specifier.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) specifier: String,
    pub(crate) form: Form,
    /// Place in the text; 0 and 0 for what lowering added.
    pub(crate) offset: usize,
    pub(crate) length: usize,
}

/// Every request of the program, in source order.
pub(super) fn requests(parsed: &Parsed) -> Vec<Request> {
    let mut finder = Finder { parsed, found: Vec::new() };
    parsed.program.visit_with(&mut finder);
    finder.found.shrink_to_fit();
    finder.found
}

/// Whether the program is an ES module by its syntax.
pub(super) fn is_module(program: &Program) -> bool {
    let Program::Module(module) = program else { return uses_what_modules_have(program) };
    let declares = |item: &ModuleItem| match item {
        ModuleItem::ModuleDecl(declaration) => declares_module(declaration),
        ModuleItem::Stmt(_) => false,
    };
    let exports_all = |item: &ModuleItem| matches!(item, ModuleItem::ModuleDecl(ModuleDecl::TsExportAssignment(_)));
    !module.body.iter().any(exports_all) && (module.body.iter().any(declares) || uses_what_modules_have(program))
}

/// What TypeScript removes says nothing about what is left.
fn declares_module(declaration: &ModuleDecl) -> bool {
    match declaration {
        ModuleDecl::Import(import) => !import.type_only,
        ModuleDecl::ExportNamed(export) => !export.type_only,
        ModuleDecl::ExportAll(export) => !export.type_only,
        ModuleDecl::ExportDecl(export) => !matches!(export.decl, Decl::TsInterface(_) | Decl::TsTypeAlias(_)),
        ModuleDecl::TsImportEquals(import) => import.is_export,
        ModuleDecl::TsExportAssignment(_) | ModuleDecl::TsNamespaceExport(_) => false,
        ModuleDecl::ExportDefaultDecl(_) | ModuleDecl::ExportDefaultExpr(_) => true,
    }
}

fn uses_what_modules_have(program: &Program) -> bool {
    awaits(std::slice::from_ref(program)) || lower::has_import_meta(program)
}

/// Whether these wait themselves, not only functions in them.
pub(super) fn awaits<N: VisitWith<AwaitFinder>>(nodes: &[N]) -> bool {
    let mut finder = AwaitFinder(false);
    nodes.iter().for_each(|node| node.visit_with(&mut finder));
    finder.0
}

pub(super) struct AwaitFinder(bool);

impl Visit for AwaitFinder {
    fn visit_await_expr(&mut self, _: &AwaitExpr) {
        self.0 = true;
    }
    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        self.0 |= statement.is_await;
        statement.visit_children_with(self);
    }
    fn visit_using_decl(&mut self, declaration: &UsingDecl) {
        self.0 |= declaration.is_await;
        declaration.visit_children_with(self);
    }
    fn visit_function(&mut self, _: &Function) {}
    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
    fn visit_class_member(&mut self, _: &ClassMember) {}
}

struct Finder<'a> {
    parsed: &'a Parsed,
    found: Vec<Request>,
}

impl Finder<'_> {
    fn add(&mut self, specifier: &Str, form: Form) {
        let (low, high) = (self.parsed.offset(specifier.span.lo), self.parsed.offset(specifier.span.hi));
        let specifier = specifier.value.to_string_lossy().into_owned();
        self.found.push(Request { specifier, form, offset: low, length: high.saturating_sub(low) });
    }
}

impl Visit for Finder<'_> {
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

    fn visit_ts_import_equals_decl(&mut self, import: &TsImportEqualsDecl) {
        let TsModuleRef::TsExternalModuleRef(reference) = &import.module_ref else { return };
        if !import.is_type_only {
            // In an ES module it is an import of the default.
            self.add(&reference.expr, if self.parsed.module { Form::Static } else { Form::Require });
        }
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        call.visit_children_with(self);
        let form = match &call.callee {
            Callee::Import(_) => Form::Dynamic,
            Callee::Expr(callee)
                if !self.parsed.module && callee.as_ident().is_some_and(|it| &*it.sym == "require") =>
            {
                Form::Require
            }
            _ => return,
        };
        if let Some(Expr::Lit(Lit::Str(specifier))) = call.args.first().map(|argument| &*argument.expr) {
            self.add(specifier, form);
        }
    }
}

/// Brings in the two functions that lowered atomic blocks call.
pub(super) fn add_atomic(program: &mut Program, module: bool, names: &Names, unresolved: SyntaxContext) {
    match program {
        Program::Module(body) if module => {
            body.body.insert(0, ModuleItem::ModuleDecl(ModuleDecl::Import(import_atomic(names))));
        }
        Program::Module(body) => {
            let declaration = commonjs::require_atomic(&names.enter, &names.leave, unresolved);
            let at = directives(body.body.iter().map(|item| item.as_stmt()));
            body.body.insert(at, ModuleItem::Stmt(declaration));
        }
        Program::Script(body) => {
            let declaration = commonjs::require_atomic(&names.enter, &names.leave, unresolved);
            let at = directives(body.body.iter().map(Some));
            body.body.insert(at, declaration);
        }
    }
}

fn import_atomic(names: &Names) -> ImportDecl {
    let named = |local: &Ident, imported: &str| {
        ImportSpecifier::Named(ImportNamedSpecifier {
            span: DUMMY_SP,
            local: local.clone(),
            imported: Some(ModuleExportName::Ident(Ident::new_no_ctxt(imported.into(), DUMMY_SP))),
            is_type_only: false,
        })
    };
    ImportDecl {
        span: DUMMY_SP,
        specifiers: vec![named(&names.enter, "enter"), named(&names.leave, "leave")],
        src: Box::new(Str { span: DUMMY_SP, value: "corona:atomic".into(), raw: None }),
        type_only: false,
        with: None,
        phase: Default::default(),
    }
}

/// Number of directives (`"use strict"`) at the start.
fn directives<'a>(statements: impl Iterator<Item = Option<&'a Stmt>>) -> usize {
    let is_directive = |statement: &Stmt| matches!(statement, Stmt::Expr(statement) if matches!(&*statement.expr, Expr::Lit(Lit::Str(_))));
    statements.take_while(|statement| statement.is_some_and(is_directive)).count()
}
