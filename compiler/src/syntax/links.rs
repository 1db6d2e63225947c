//! What a module imports and exports by name, with places: for telling names that do not exist.

use super::imports::Request;
use super::parse::Parsed;
use crate::facts::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, DefaultDecl, ExportSpecifier, Id, Ident, ImportDecl, ImportSpecifier, ModuleDecl, ModuleExportName,
    ModuleItem, NamedExport, Pat, Program, TsEntityName, TsModuleName,
};
use swc_ecma_visit::{Visit, VisitWith};

/// Of an ES module.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// Whether it is one: what a CommonJS module exports is decided when it runs.
    pub(crate) module: bool,
    pub(crate) imports: Vec<NamedImport>,
    pub(crate) exports: Vec<NamedExports>,
    /// Requests of `export *`.
    pub(crate) stars: Vec<usize>,
    /// Whether it passes on what others export, by name or all of it.
    pub(crate) passes_on: bool,
}

/// A name that another module has to export.
#[derive(Debug)]
pub(crate) struct NamedImport {
    /// Index in the module's requests.
    pub(crate) request: usize,
    pub(crate) name: Box<str>,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct NamedExports {
    pub(crate) name: Box<str>,
    /// Passed on: by which request, and what it is called there.
    pub(crate) from: Option<(usize, Box<str>)>,
}

/// Of a program whose names are resolved. With `types`, imports of names that are only used as types are left out.
pub(super) fn links(parsed: &Parsed, requests: &[Request], types: bool) -> Links {
    let Program::Module(module) = &parsed.program else { return Links::default() };
    if !parsed.module {
        return Links::default();
    }
    let by_offset = requests.iter().enumerate().map(|(index, request)| (request.offset, index)).collect();
    let mut finder = Finder { parsed, by_offset, used: None, links: Links { module: true, ..Links::default() } };
    if types && module.body.iter().any(|item| matches!(item, ModuleItem::ModuleDecl(ModuleDecl::Import(_)))) {
        let mut used = Used(FxHashSet::default());
        module.visit_with(&mut used);
        finder.used = Some(used.0);
    }
    for item in &module.body {
        if let ModuleItem::ModuleDecl(declaration) = item {
            finder.declaration(declaration);
        }
    }
    finder.links.passes_on =
        !finder.links.stars.is_empty() || finder.links.exports.iter().any(|export| export.from.is_some());
    finder.links.imports.shrink_to_fit();
    finder.links.exports.shrink_to_fit();
    finder.links
}

struct Finder<'a> {
    parsed: &'a Parsed,
    by_offset: FxHashMap<usize, usize>,
    /// Names that are used as values; `None`: all are.
    used: Option<FxHashSet<Id>>,
    links: Links,
}

impl Finder<'_> {
    fn request(&self, source: &swc_ecma_ast::Str) -> Option<usize> {
        self.by_offset.get(&self.parsed.offset(source.span.lo)).copied()
    }

    fn declaration(&mut self, declaration: &ModuleDecl) {
        match declaration {
            ModuleDecl::Import(import) if !import.type_only => self.import(import),
            ModuleDecl::ExportDecl(export) => self.exported(&export.decl),
            ModuleDecl::ExportNamed(export) => self.named(export),
            ModuleDecl::ExportDefaultDecl(export)
                if !matches!(export.decl, DefaultDecl::TsInterfaceDecl(_)) || self.used.is_some() =>
            {
                self.export("default", None);
            }
            ModuleDecl::ExportDefaultExpr(_) => self.export("default", None),
            ModuleDecl::ExportAll(export) => self.links.stars.extend(self.request(&export.src)),
            ModuleDecl::TsImportEquals(import) => self.export(&import.id.sym, None),
            _ => {}
        }
    }

    fn import(&mut self, import: &ImportDecl) {
        let Some(request) = self.request(&import.src) else { return };
        for specifier in &import.specifiers {
            let (local, name) = match specifier {
                ImportSpecifier::Named(named) if named.is_type_only => continue,
                ImportSpecifier::Named(named) => {
                    (&named.local, named.imported.as_ref().map_or_else(|| (&*named.local.sym).into(), text))
                }
                ImportSpecifier::Default(default) => (&default.local, "default".into()),
                ImportSpecifier::Namespace(_) => continue,
            };
            if self.used.as_ref().is_none_or(|used| used.contains(&local.to_id())) {
                self.wants(request, name, specifier.span());
            }
        }
    }

    fn wants(&mut self, request: usize, name: Box<str>, span: swc_common::Span) {
        let (start, end) = (self.parsed.offset(span.lo) as u32, self.parsed.offset(span.hi) as u32);
        self.links.imports.push(NamedImport { request, name, span: Span { start, end } });
    }

    fn export(&mut self, name: &str, from: Option<(usize, Box<str>)>) {
        self.links.exports.push(NamedExports { name: name.into(), from });
    }

    fn named(&mut self, export: &NamedExport) {
        let request = export.src.as_ref().and_then(|source| self.request(source));
        for specifier in &export.specifiers {
            match (specifier, request) {
                (ExportSpecifier::Named(named), request) => {
                    let original = text(&named.orig);
                    let name = named.exported.as_ref().map_or_else(|| original.clone(), text);
                    // TypeScript may pass on types in this way: whether it does, only the other module knows.
                    if let (Some(request), false, false) =
                        (request, named.is_type_only || export.type_only, self.used.is_some())
                    {
                        self.wants(request, original.clone(), named.span);
                    }
                    self.export(&name, request.map(|request| (request, original)));
                }
                (ExportSpecifier::Namespace(all), _) => self.export(&text(&all.name), None),
                (ExportSpecifier::Default(default), _) => self.export(&default.exported.sym, None),
            }
        }
    }

    fn exported(&mut self, declaration: &Decl) {
        match declaration {
            Decl::Class(class) => self.export(&class.ident.sym, None),
            Decl::Fn(function) => self.export(&function.ident.sym, None),
            Decl::Var(variables) => {
                let mut names = Bound(Vec::new());
                variables.decls.iter().for_each(|it| it.name.visit_with(&mut names));
                names.0.iter().for_each(|name| self.export(name, None));
            }
            Decl::TsEnum(it) => self.export(&it.id.sym, None),
            Decl::TsModule(it) => {
                if let TsModuleName::Ident(name) = &it.id {
                    self.export(&name.sym, None);
                }
            }
            Decl::TsInterface(it) => self.export(&it.id.sym, None),
            Decl::TsTypeAlias(it) => self.export(&it.id.sym, None),
            Decl::Using(_) => {}
        }
    }
}

fn text(name: &ModuleExportName) -> Box<str> {
    match name {
        ModuleExportName::Ident(name) => (&*name.sym).into(),
        ModuleExportName::Str(name) => name.value.to_string_lossy().into(),
    }
}

/// Names that a pattern binds.
struct Bound(Vec<String>);

impl Visit for Bound {
    fn visit_pat(&mut self, pattern: &Pat) {
        if let Pat::Ident(name) = pattern {
            self.0.push(name.sym.to_string());
        }
        pattern.visit_children_with(self);
    }

    fn visit_assign_pat_prop(&mut self, property: &swc_ecma_ast::AssignPatProp) {
        self.0.push(property.key.sym.to_string());
    }

    fn visit_expr(&mut self, _: &swc_ecma_ast::Expr) {}
}

/// Names that are used as values.
struct Used(FxHashSet<Id>);

impl Visit for Used {
    fn visit_ident(&mut self, name: &Ident) {
        self.0.insert(name.to_id());
    }

    fn visit_import_decl(&mut self, _: &ImportDecl) {}

    fn visit_named_export(&mut self, _: &NamedExport) {}

    fn visit_ts_type(&mut self, _: &swc_ecma_ast::TsType) {}

    fn visit_ts_type_ann(&mut self, _: &swc_ecma_ast::TsTypeAnn) {}

    fn visit_ts_type_param_instantiation(&mut self, _: &swc_ecma_ast::TsTypeParamInstantiation) {}

    fn visit_ts_type_param_decl(&mut self, _: &swc_ecma_ast::TsTypeParamDecl) {}

    fn visit_ts_interface_decl(&mut self, _: &swc_ecma_ast::TsInterfaceDecl) {}

    fn visit_ts_type_alias_decl(&mut self, _: &swc_ecma_ast::TsTypeAliasDecl) {}

    fn visit_ts_expr_with_type_args(&mut self, _: &swc_ecma_ast::TsExprWithTypeArgs) {}

    fn visit_ts_entity_name(&mut self, _: &TsEntityName) {}
}
