//! Declarations, and what a module imports and exports.

use super::functions::Head;
use super::jsx::Maker;
use super::{Lowering, NO_HOME};
use crate::facts::{
    Export, Exported, FunctionKind, Import, Imported, Name, ObjectKind, OpKind, RequestId, Span, ValueId, ValueKind,
};
use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, DefaultDecl, ExportSpecifier, ImportDecl, ImportSpecifier, ModuleDecl, ModuleExportName, ModuleItem,
    NamedExport, Pat, Program, Stmt, Str, TsEnumDecl, TsImportEqualsDecl, TsModuleDecl, TsModuleName, TsModuleRef,
    TsNamespaceBody,
};

impl Lowering<'_> {
    /// The whole file.
    pub(super) fn program(&mut self) {
        let whole = Span { start: 0, end: 0 };
        let head = Head {
            kind: FunctionKind::Inline,
            name: Name::NONE,
            span: whole,
            is_async: false,
            is_generator: false,
            home: NO_HOME,
            section: None,
        };
        self.object(ObjectKind::Namespace, whole);
        let parsed = self.parsed;
        self.function(head, |it| {
            let module = (!parsed.module).then(|| it.begin_commonjs(whole));
            // What lowering adds has no place.
            if let (Some(Maker::Module(_)), Some(request)) = (&it.jsx, it.requests.get(&0).copied()) {
                it.import_runtime(request);
            }
            match &parsed.program {
                Program::Module(module) => it.items(&module.body),
                Program::Script(script) => it.block(&script.body),
            }
            if let Some(module) = module {
                let name = it.name("exports");
                it.facts.commonjs = Some(it.load(whole, module, name));
            }
        });
    }

    /// `module`, its `exports`, and `this`, which is the same object.
    fn begin_commonjs(&mut self, span: Span) -> ValueId {
        let (module, _) = self.allocate(ObjectKind::Literal, span);
        let (exports, _) = self.allocate(ObjectKind::Literal, span);
        let field = self.name("exports");
        self.op(span, OpKind::Store { base: module, field, from: exports, define: true });
        self.commonjs = Some((module, exports));
        self.body().this = exports;
        module
    }

    fn items(&mut self, items: &[ModuleItem]) {
        let mut scope = self.open_scope();
        for item in items {
            match item {
                ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => self.import(import),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    if let Decl::Fn(function) = &export.decl {
                        self.expect_contract(export.span.lo);
                        self.function_declaration(function);
                    }
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                    if let DefaultDecl::Fn(function) = &export.decl {
                        self.expect_contract(export.span.lo);
                        self.default_function(function);
                    }
                }
                ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) => self.function_declaration(function),
                _ => {}
            }
        }
        for item in items {
            match item {
                ModuleItem::Stmt(Stmt::Decl(Decl::Using(using))) => self.using(using, &mut scope),
                ModuleItem::Stmt(statement) => self.statement(statement),
                ModuleItem::ModuleDecl(declaration) => self.module_declaration(declaration),
            }
        }
        self.close_scope(scope);
    }

    fn import(&mut self, import: &ImportDecl) {
        let Some(request) = self.request_of(&import.src).filter(|_| !import.type_only) else { return };
        for specifier in &import.specifiers {
            let (local, what) = match specifier {
                ImportSpecifier::Named(named) => {
                    let name = named.imported.as_ref().map_or_else(|| named.local.sym.to_string(), text);
                    (&named.local, Imported::Name(self.name(&name)))
                }
                ImportSpecifier::Default(default) => (&default.local, Imported::Name(self.name("default"))),
                ImportSpecifier::Namespace(all) => (&all.local, Imported::Namespace),
            };
            let value = self.declare(local, ValueKind::Import);
            self.facts.imports.push(Import { request, what, value });
        }
    }

    fn request_of(&self, source: &Str) -> Option<RequestId> {
        self.requests.get(&self.parsed.offset(source.span.lo)).copied()
    }

    pub(super) fn module_declaration(&mut self, declaration: &ModuleDecl) {
        match declaration {
            ModuleDecl::ExportDecl(export) => {
                if let Decl::Var(variables) = &export.decl
                    && variables
                        .decls
                        .iter()
                        .any(|it| it.init.as_ref().is_some_and(|it| it.is_arrow() || it.is_fn_expr()))
                {
                    self.expect_contract(export.span.lo);
                }
                self.declaration(&export.decl, None);
                for (name, value) in self.declared(&export.decl) {
                    self.facts.exports.push(Export { name, what: Exported::Value(value) });
                }
            }
            ModuleDecl::ExportNamed(export) if !export.type_only => self.named_export(export),
            ModuleDecl::ExportAll(export) if !export.type_only => {
                if let Some(request) = self.request_of(&export.src) {
                    self.facts.exports.push(Export { name: Name::NONE, what: Exported::All(request) });
                }
            }
            ModuleDecl::ExportDefaultExpr(export) => {
                self.naming = Some(self.name("default"));
                self.expect_contract(export.span.lo);
                let value = self.expression(&export.expr);
                (self.naming, self.contract) = (None, None);
                self.export_default(value);
            }
            ModuleDecl::ExportDefaultDecl(export) => {
                if let DefaultDecl::Class(class) = &export.decl {
                    let value = self.class_expression(class);
                    self.export_default(value);
                }
            }
            ModuleDecl::TsImportEquals(import) => self.import_equals(import),
            ModuleDecl::TsExportAssignment(export) => {
                let from = self.expression(&export.expr);
                let (span, field) = (self.span(export), self.name("exports"));
                if let Some((base, _)) = self.commonjs {
                    self.op(span, OpKind::Store { base, field, from, define: true });
                }
            }
            _ => {}
        }
    }

    fn default_function(&mut self, function: &swc_ecma_ast::FnExpr) {
        self.naming = Some(self.name("default"));
        let value = self.function_expression(function, None);
        self.export_default(value);
    }

    fn export_default(&mut self, value: ValueId) {
        let name = self.name("default");
        if !value.is_none() {
            self.facts.exports.push(Export { name, what: Exported::Value(value) });
        }
    }

    fn named_export(&mut self, export: &NamedExport) {
        let request = export.src.as_ref().and_then(|source| self.request_of(source));
        for specifier in &export.specifiers {
            match (specifier, request) {
                (ExportSpecifier::Named(named), _) if named.is_type_only => {}
                (ExportSpecifier::Named(named), Some(request)) => {
                    let (original, exported) = names(named);
                    let (original, name) = (self.name(&original), self.name(&exported));
                    self.facts.exports.push(Export { name, what: Exported::From(request, original) });
                }
                (ExportSpecifier::Named(named), None) => {
                    let ModuleExportName::Ident(local) = &named.orig else { continue };
                    let value = self.variable(local);
                    self.used.insert(value);
                    let name = self.name(&names(named).1);
                    self.facts.exports.push(Export { name, what: Exported::Value(value) });
                }
                (ExportSpecifier::Namespace(all), Some(request)) => {
                    let name = self.name(&text(&all.name));
                    self.facts.exports.push(Export { name, what: Exported::Namespace(request) });
                }
                _ => {}
            }
        }
    }

    /// `import x = require("x")`, `import x = A.b`.
    fn import_equals(&mut self, import: &TsImportEqualsDecl) {
        if import.is_type_only {
            return;
        }
        let to = self.declare(&import.id, ValueKind::Const);
        let span = self.span(import);
        match &import.module_ref {
            TsModuleRef::TsExternalModuleRef(reference) => {
                let Some(request) = self.request_of(&reference.expr) else { return };
                if self.commonjs.is_some() {
                    self.op(span, OpKind::Import { to, request, dynamic: false });
                } else {
                    let value = self.declare(&import.id, ValueKind::Import);
                    let what = Imported::Name(self.name("default"));
                    self.facts.imports.push(Import { request, what, value });
                }
            }
            TsModuleRef::TsEntityName(name) => {
                let from = self.entity(name, span);
                self.assign(span, to, from);
            }
        }
    }

    fn entity(&mut self, name: &swc_ecma_ast::TsEntityName, span: Span) -> ValueId {
        match name {
            swc_ecma_ast::TsEntityName::Ident(name) => self.read(name),
            swc_ecma_ast::TsEntityName::TsQualifiedName(name) => {
                let base = self.entity(&name.left, span);
                let field = self.name(&name.right.sym);
                self.load(span, base, field)
            }
        }
    }

    /// `namespace`: the object whose members the exported declarations become.
    pub(super) fn declaration(&mut self, declaration: &Decl, namespace: Option<ValueId>) {
        match declaration {
            Decl::Class(class) if !class.declare => _ = self.class_declaration(&class.ident, &class.class),
            Decl::Var(variables) if !variables.declare => self.variables(variables),
            Decl::Using(using) => {
                // In a place where no block ends: `using` stands in blocks, which handle it themselves.
                let mut scope = self.open_scope();
                self.using(using, &mut scope);
                self.abandon_scope(scope);
            }
            Decl::TsEnum(declaration) if !declaration.declare => self.enumeration(declaration),
            Decl::TsModule(module) if !module.declare => self.namespace(module),
            Decl::TsInterface(interface) => self.promising_interface(interface),
            // Functions are hoisted.
            _ => {}
        }
        let Some(base) = namespace else { return };
        let span = self.span(&declaration.span());
        for (field, from) in self.declared(declaration) {
            self.op(span, OpKind::Store { base, field, from, define: true });
        }
    }

    fn enumeration(&mut self, declaration: &TsEnumDecl) {
        self.declare(&declaration.id, ValueKind::Const);
        for member in &declaration.members {
            if let Some(value) = &member.init {
                self.expression(value);
            }
        }
    }

    fn namespace(&mut self, module: &TsModuleDecl) {
        let (TsModuleName::Ident(name), Some(body)) = (&module.id, &module.body) else { return };
        let (to, span) = (self.declare(name, ValueKind::Let), self.span(name));
        let (object, _) = self.allocate(ObjectKind::Literal, span);
        self.assign(span, to, object);
        let label = self.name(&name.sym);
        let head = Head {
            kind: FunctionKind::Inline,
            name: label,
            span,
            is_async: false,
            is_generator: false,
            home: NO_HOME,
            section: None,
        };
        let id = self.function(head, |it| match body {
            TsNamespaceBody::TsModuleBlock(block) => it.namespace_items(&block.body, object),
            TsNamespaceBody::TsNamespaceDecl(_) => {}
        });
        self.run_inline(id, ValueId::NONE, span);
    }

    fn namespace_items(&mut self, items: &[ModuleItem], object: ValueId) {
        for item in items {
            match item {
                ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) => self.function_declaration(function),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    if let Decl::Fn(function) = &export.decl {
                        self.function_declaration(function);
                    }
                }
                _ => {}
            }
        }
        for item in items {
            match item {
                ModuleItem::Stmt(statement) => self.statement(statement),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => self.declaration(&export.decl, Some(object)),
                ModuleItem::ModuleDecl(_) => {}
            }
        }
    }

    /// Names that a declaration brings in.
    fn declared(&mut self, declaration: &Decl) -> Vec<(Name, ValueId)> {
        let mut found = Vec::new();
        match declaration {
            Decl::Fn(function) => self.declared_name(&function.ident, &mut found),
            Decl::Class(class) => self.declared_name(&class.ident, &mut found),
            Decl::TsModule(module) => {
                if let TsModuleName::Ident(name) = &module.id {
                    self.declared_name(name, &mut found);
                }
            }
            Decl::Var(variables) => variables.decls.iter().for_each(|it| self.declared_names(&it.name, &mut found)),
            Decl::TsInterface(interface) if self.variables.contains_key(&interface.id.to_id()) => {
                self.declared_name(&interface.id, &mut found);
            }
            _ => {}
        }
        found
    }

    fn declared_name(&mut self, ident: &swc_ecma_ast::Ident, found: &mut Vec<(Name, ValueId)>) {
        let value = self.variable(ident);
        found.push((self.name(&ident.sym), value));
    }

    fn declared_names(&mut self, pattern: &Pat, found: &mut Vec<(Name, ValueId)>) {
        let names: Vec<swc_ecma_ast::Ident> = swc_names(pattern);
        names.iter().for_each(|name| self.declared_name(name, found));
    }
}

/// Every name that a pattern binds.
fn swc_names(pattern: &Pat) -> Vec<swc_ecma_ast::Ident> {
    struct Names(Vec<swc_ecma_ast::Ident>);
    impl swc_ecma_visit::Visit for Names {
        fn visit_binding_ident(&mut self, name: &swc_ecma_ast::BindingIdent) {
            self.0.push(name.id.clone());
        }
        fn visit_expr(&mut self, _: &swc_ecma_ast::Expr) {}
    }
    let mut names = Names(Vec::new());
    swc_ecma_visit::VisitWith::visit_with(pattern, &mut names);
    names.0
}

fn text(name: &ModuleExportName) -> String {
    match name {
        ModuleExportName::Ident(name) => name.sym.to_string(),
        ModuleExportName::Str(text) => text.value.to_string_lossy().into_owned(),
    }
}

/// The name in the module it comes from, and the name it goes by.
fn names(named: &swc_ecma_ast::ExportNamedSpecifier) -> (String, String) {
    let original = text(&named.orig);
    let exported = named.exported.as_ref().map_or_else(|| original.clone(), text);
    (original, exported)
}
