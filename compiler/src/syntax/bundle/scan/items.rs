//! `import` and `export` to entries of the record, the rest to plain statements.

use super::Scan;
use crate::syntax::bundle::record::{Ask, AskForm, Attribute, Import, Name, Spot, SymbolIndex};
use crate::syntax::bundle::{declared, prepare};
use swc_common::{DUMMY_SP, Span};
use swc_ecma_ast::{
    BindingIdent, Decl, DefaultDecl, ExportAll, ExportDecl, ExportSpecifier, Expr, Ident, ImportDecl, ImportSpecifier,
    Lit, ModuleDecl, ModuleExportName, ModuleItem, NamedExport, ObjectLit, Pat, Prop, PropName, PropOrSpread, Stmt,
    Str, VarDecl, VarDeclKind, VarDeclarator,
};

impl Scan<'_> {
    pub(super) fn item(&mut self, item: ModuleItem) {
        match item {
            ModuleItem::Stmt(statement) => self.statement(statement),
            ModuleItem::ModuleDecl(declaration) => self.declaration(declaration),
        }
    }

    /// One statement a declarator: each can be dropped by itself.
    pub(super) fn statement(&mut self, statement: Stmt) {
        match statement {
            Stmt::Decl(Decl::Var(mut variables)) if self.record.esm && variables.decls.len() > 1 => {
                for declarator in std::mem::take(&mut variables.decls) {
                    let one = VarDecl { decls: vec![declarator], ..(*variables).clone() };
                    self.body.push(Stmt::Decl(Decl::Var(Box::new(one))));
                }
            }
            Stmt::Expr(statement) if matches!(&*statement.expr, Expr::Lit(Lit::Str(_))) => {} // a directive
            Stmt::Empty(_) => {}
            statement => self.body.push(statement),
        }
    }

    fn declaration(&mut self, declaration: ModuleDecl) {
        match declaration {
            ModuleDecl::Import(import) => self.import(&import),
            ModuleDecl::ExportAll(export) => self.export_all(&export),
            ModuleDecl::ExportNamed(export) => self.export_named(&export),
            ModuleDecl::ExportDecl(export) => self.export_declaration(export),
            ModuleDecl::ExportDefaultDecl(export) => {
                let span = export.span;
                match export.decl {
                    DefaultDecl::Class(class) => {
                        let ident = self.default_name(class.ident, span);
                        let declaration = swc_ecma_ast::ClassDecl { ident, declare: false, class: class.class };
                        self.body.push(Stmt::Decl(Decl::Class(declaration)));
                    }
                    DefaultDecl::Fn(function) => {
                        let ident = self.default_name(function.ident, span);
                        let declaration = swc_ecma_ast::FnDecl { ident, declare: false, function: function.function };
                        self.body.push(Stmt::Decl(Decl::Fn(declaration)));
                    }
                    DefaultDecl::TsInterfaceDecl(_) => {}
                }
            }
            ModuleDecl::ExportDefaultExpr(export) => {
                let ident = self.default_name(None, export.span);
                let declarator = VarDeclarator {
                    span: export.span,
                    name: Pat::Ident(BindingIdent { id: ident, type_ann: None }),
                    init: Some(export.expr),
                    definite: false,
                };
                let variable = VarDecl {
                    span: export.span,
                    kind: VarDeclKind::Const,
                    decls: vec![declarator],
                    ..Default::default()
                };
                self.body.push(Stmt::Decl(Decl::Var(Box::new(variable))));
            }
            ModuleDecl::TsImportEquals(_) | ModuleDecl::TsExportAssignment(_) | ModuleDecl::TsNamespaceExport(_) => {}
        }
    }

    /// What the default export is called in its module; the name is exported.
    fn default_name(&mut self, name: Option<Ident>, span: Span) -> Ident {
        let name = name.unwrap_or_else(|| Ident::new_private("default".into(), DUMMY_SP));
        let place = prepare::spot(self.context.parsed, Span::new(span.lo, span.lo));
        self.exported.push((name.to_id(), Name::from("default"), place));
        name
    }

    fn request(&mut self, specifier: &Str, with: Option<&ObjectLit>) -> u32 {
        self.record.requests.push(Ask {
            specifier: specifier.value.to_string_lossy().into_owned(),
            form: AskForm::Import,
            attribute: with.and_then(attribute),
            guarded: false,
            place: prepare::spot(self.context.parsed, specifier.span),
        });
        (self.record.requests.len() - 1) as u32
    }

    fn spot(&self, span: Span) -> Spot {
        prepare::spot(self.context.parsed, span)
    }

    fn import(&mut self, import: &ImportDecl) {
        if import.type_only {
            return;
        }
        let request = self.request(&import.src, import.with.as_deref());
        for specifier in &import.specifiers {
            let (local, name, span) = match specifier {
                ImportSpecifier::Named(named) if named.is_type_only => continue,
                ImportSpecifier::Named(named) => {
                    let name = named.imported.as_ref().map_or_else(|| Name::from(&*named.local.sym), name);
                    (&named.local, Some(name), named.span)
                }
                ImportSpecifier::Default(default) => (&default.local, Some(Name::from("default")), default.span),
                ImportSpecifier::Namespace(namespace) => (&namespace.local, None, namespace.span),
            };
            let local = prepare::symbol(&mut self.record, &mut self.ids, local);
            self.add_import(local, request, name, span);
        }
    }

    fn add_import(&mut self, local: SymbolIndex, request: u32, name: Option<Name>, span: Span) {
        self.imported.insert(local);
        let place = self.spot(span);
        self.record.imports.push(Import { local, request, name, place });
    }

    fn export_all(&mut self, export: &ExportAll) {
        if !export.type_only {
            let request = self.request(&export.src, export.with.as_deref());
            self.record.stars.push(request);
        }
    }

    fn export_named(&mut self, export: &NamedExport) {
        if export.type_only {
            return;
        }
        let request = export.src.as_ref().map(|source| self.request(source, export.with.as_deref()));
        for specifier in &export.specifiers {
            let (original, exported, span) = match specifier {
                ExportSpecifier::Named(named) if named.is_type_only => continue,
                ExportSpecifier::Named(named) => {
                    let exported = named.exported.as_ref().unwrap_or(&named.orig);
                    (Some(&named.orig), name(exported), named.span)
                }
                ExportSpecifier::Namespace(namespace) => (None, name(&namespace.name), namespace.span),
                ExportSpecifier::Default(default) => (None, Name::from(&*default.exported.sym), default.exported.span),
            };
            match (request, original) {
                (Some(request), original) => {
                    // Passed on: an import under a name of its own that is exported.
                    let local = Ident::new_private((&*exported).into(), DUMMY_SP);
                    let local = prepare::symbol(&mut self.record, &mut self.ids, &local);
                    self.add_import(local, request, original.map(name), span);
                    let place = self.spot(span);
                    self.add_export(exported, local, place);
                }
                (None, Some(ModuleExportName::Ident(local))) => {
                    self.exported.push((local.to_id(), exported, self.spot(span)));
                }
                (None, _) => {}
            }
        }
    }

    fn export_declaration(&mut self, export: ExportDecl) {
        let place = self.spot(export.span);
        let mut names = Vec::new();
        let statement = Stmt::Decl(export.decl);
        declared::by_statement(&statement, &mut |name| names.push(name.to_id()));
        for id in names {
            let name = Name::from(&*id.0);
            self.exported.push((id, name, Spot { length: 0, ..place }));
        }
        self.statement(statement);
    }
}

fn name(name: &ModuleExportName) -> Name {
    match name {
        ModuleExportName::Ident(name) => Name::from(&*name.sym),
        ModuleExportName::Str(name) => Name::from(&*name.value.to_string_lossy()),
    }
}

/// The `type` of `with { type: … }`.
pub(super) fn attribute(with: &ObjectLit) -> Option<Attribute> {
    with.props.iter().find_map(|property| {
        let PropOrSpread::Prop(property) = property else { return None };
        let Prop::KeyValue(property) = &**property else { return None };
        let is_type = match &property.key {
            PropName::Ident(name) => &*name.sym == "type",
            PropName::Str(name) => name.value.to_string_lossy() == "type",
            _ => false,
        };
        let Expr::Lit(Lit::Str(value)) = &*property.value else { return None };
        is_type.then(|| match &*value.value.to_string_lossy() {
            "json" => Attribute::Json,
            "text" => Attribute::Text,
            "bytes" => Attribute::Bytes,
            _ => Attribute::Other,
        })
    })
}
