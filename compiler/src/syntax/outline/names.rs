//! Names, their scopes and where they are written.

use super::span;
use crate::outline::{Binding, BindingId, Export, Exported, Form, Import, Kind, Member, Outline, Use};
use crate::syntax::parse::Parsed;
use rustc_hash::FxHashMap;
use swc_common::SyntaxContext;
use swc_ecma_ast::{
    ArrowExpr, AssignPatProp, BindingIdent, BreakStmt, CatchClause, ClassDecl, ClassExpr, ContinueStmt, Decl,
    DefaultDecl, ExportAll, ExportDecl, ExportDefaultDecl, ExportDefaultExpr, ExportSpecifier, Expr, FnDecl, FnExpr,
    Id, Ident, IdentName, ImportDecl, ImportSpecifier, LabeledStmt, MemberExpr, MemberProp, ModuleExportName,
    NamedExport, Param, Prop, Str, TsEntityName, TsEnumDecl, TsInterfaceDecl, TsModuleDecl, TsModuleName, TsParamProp,
    TsQualifiedName, TsTypeAliasDecl, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith};

pub(super) fn collect(parsed: &Parsed, unresolved: SyntaxContext, top_level: SyntaxContext, outline: &mut Outline) {
    let ids = FxHashMap::default();
    let mut names = Names { parsed, unresolved, top_level, outline, ids, declaring: None };
    parsed.program.visit_with(&mut names);
    let Outline { imports, members, .. } = outline;
    members.retain(|it| imports.iter().any(|import| import.binding == it.binding && import.name.is_none()));
}

struct Names<'a> {
    parsed: &'a Parsed,
    unresolved: SyntaxContext,
    top_level: SyntaxContext,
    outline: &'a mut Outline,
    ids: FxHashMap<Id, BindingId>,
    /// What identifiers of a pattern declare.
    declaring: Option<Kind>,
}

impl Names<'_> {
    fn id(&mut self, ident: &Ident) -> Option<BindingId> {
        // A free name belongs to the environment.
        if ident.ctxt == self.unresolved {
            return None;
        }
        let bindings = &mut self.outline.bindings;
        let top_level = self.top_level;
        Some(*self.ids.entry(ident.to_id()).or_insert_with(|| {
            let is_top_level = ident.ctxt == top_level;
            bindings.push(Binding { name: ident.sym.to_string(), kind: Kind::Variable, is_top_level });
            BindingId((bindings.len() - 1) as u32)
        }))
    }

    fn write(&mut self, ident: &Ident, declares: Option<Kind>, form: Form) -> Option<BindingId> {
        let binding = self.id(ident)?;
        if let Some(kind) = declares {
            self.outline.bindings[binding.0 as usize].kind = kind;
        }
        let span = span(self.parsed, ident.span);
        self.outline.uses.push(Use { span, binding, is_definition: declares.is_some(), form });
        Some(binding)
    }

    fn declare(&mut self, kind: Option<Kind>, visit: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.declaring, kind);
        visit(self);
        self.declaring = before;
    }

    /// Kept for all names: which of them are namespaces is known once the imports have been seen, and they may follow.
    fn member(&mut self, object: &Ident, name: &IdentName) {
        if let Some(binding) = self.id(object) {
            let (span, name) = (span(self.parsed, name.span), name.sym.to_string());
            self.outline.members.push(Member { binding, name, span });
        }
    }

    fn offset(&self, specifier: &Str) -> usize {
        self.parsed.offset(specifier.span.lo)
    }

    fn export(&mut self, ident: &Ident) {
        if let Some(binding) = self.id(ident) {
            let span = Some(span(self.parsed, ident.span));
            let name = Some(ident.sym.to_string());
            self.outline.exports.push(Export { name, span, what: Exported::Binding(binding) });
        }
    }

    fn export_default(&mut self, ident: Option<&Ident>) {
        let binding = ident.and_then(|ident| self.id(ident));
        let what = binding.map_or(Exported::Value, Exported::Binding);
        self.outline.exports.push(Export { name: Some("default".to_owned()), span: None, what });
    }

    fn export_from(&mut self, export: &NamedExport, source: &Str) {
        let offset = self.offset(source);
        for specifier in &export.specifiers {
            let (name, at, over_there) = match specifier {
                ExportSpecifier::Namespace(it) => (word(&it.name), it.name.clone(), None),
                ExportSpecifier::Default(it) => {
                    let name = it.exported.sym.to_string();
                    (name, ModuleExportName::Ident(it.exported.clone()), Some(("default".to_owned(), None)))
                }
                ExportSpecifier::Named(it) => {
                    let exported = it.exported.as_ref().unwrap_or(&it.orig);
                    (word(exported), exported.clone(), Some((word(&it.orig), Some(place(self.parsed, &it.orig)))))
                }
            };
            let at = place(self.parsed, &at);
            let (there, there_at) = over_there.map_or((None, None), |(name, at)| (Some(name), at));
            let what = Exported::From { offset, name: there, span: there_at };
            self.outline.exports.push(Export { name: Some(name), span: Some(at), what });
        }
    }
}

fn word(name: &ModuleExportName) -> String {
    match name {
        ModuleExportName::Ident(ident) => ident.sym.to_string(),
        ModuleExportName::Str(text) => text.value.to_string_lossy().into_owned(),
    }
}

fn place(parsed: &Parsed, name: &ModuleExportName) -> crate::facts::Span {
    match name {
        ModuleExportName::Ident(ident) => span(parsed, ident.span),
        ModuleExportName::Str(text) => span(parsed, text.span),
    }
}

impl Visit for Names<'_> {
    fn visit_ident(&mut self, ident: &Ident) {
        self.write(ident, None, Form::Plain);
    }

    fn visit_binding_ident(&mut self, ident: &BindingIdent) {
        self.write(&ident.id, self.declaring, Form::Plain);
        ident.type_ann.visit_with(self);
    }

    fn visit_expr(&mut self, expr: &Expr) {
        self.declare(None, |it| expr.visit_children_with(it));
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        member.visit_children_with(self);
        if let (Some(object), MemberProp::Ident(name)) = (member.obj.as_ident(), &member.prop) {
            self.member(object, name);
        }
    }

    fn visit_ts_qualified_name(&mut self, name: &TsQualifiedName) {
        name.visit_children_with(self);
        if let TsEntityName::Ident(left) = &name.left {
            self.member(left, &name.right);
        }
    }

    fn visit_assign_pat_prop(&mut self, property: &AssignPatProp) {
        self.write(&property.key.id, self.declaring, Form::Property);
        property.value.visit_with(self);
    }

    fn visit_prop(&mut self, property: &Prop) {
        match property {
            Prop::Shorthand(ident) => drop(self.write(ident, None, Form::Property)),
            _ => property.visit_children_with(self),
        }
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        let kind = if declaration.kind == VarDeclKind::Const { Kind::Constant } else { Kind::Variable };
        self.declare(Some(kind), |it| declaration.visit_children_with(it));
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        let is_function = declarator.init.as_ref().is_some_and(|it| it.is_arrow() || it.is_fn_expr());
        let kind = if is_function { Some(Kind::Function) } else { self.declaring };
        self.declare(kind, |it| declarator.name.visit_with(it));
        declarator.init.visit_with(self);
    }

    fn visit_param(&mut self, param: &Param) {
        self.declare(Some(Kind::Parameter), |it| param.visit_children_with(it));
    }

    fn visit_ts_param_prop(&mut self, param: &TsParamProp) {
        self.declare(Some(Kind::Parameter), |it| param.visit_children_with(it));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.declare(Some(Kind::Parameter), |it| arrow.params.visit_with(it));
        self.declare(None, |it| {
            arrow.body.visit_with(it);
            arrow.type_params.visit_with(it);
            arrow.return_type.visit_with(it);
        });
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        self.declare(Some(Kind::Variable), |it| clause.param.visit_with(it));
        clause.body.visit_with(self);
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        self.write(&function.ident, Some(Kind::Function), Form::Plain);
        self.declare(None, |it| function.function.visit_with(it));
    }

    fn visit_fn_expr(&mut self, function: &FnExpr) {
        if let Some(ident) = &function.ident {
            self.write(ident, Some(Kind::Function), Form::Plain);
        }
        self.declare(None, |it| function.function.visit_with(it));
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        self.write(&class.ident, Some(Kind::Class), Form::Plain);
        self.declare(None, |it| class.class.visit_with(it));
    }

    fn visit_class_expr(&mut self, class: &ClassExpr) {
        if let Some(ident) = &class.ident {
            self.write(ident, Some(Kind::Class), Form::Plain);
        }
        self.declare(None, |it| class.class.visit_with(it));
    }

    fn visit_ts_interface_decl(&mut self, it: &TsInterfaceDecl) {
        self.write(&it.id, Some(Kind::Type), Form::Plain);
        it.type_params.visit_with(self);
        it.extends.visit_with(self);
        it.body.visit_with(self);
    }

    fn visit_ts_type_alias_decl(&mut self, it: &TsTypeAliasDecl) {
        self.write(&it.id, Some(Kind::Type), Form::Plain);
        it.type_params.visit_with(self);
        it.type_ann.visit_with(self);
    }

    fn visit_ts_enum_decl(&mut self, it: &TsEnumDecl) {
        self.write(&it.id, Some(Kind::Enum), Form::Plain);
        it.members.iter().for_each(|member| member.init.visit_with(self));
    }

    fn visit_ts_module_decl(&mut self, it: &TsModuleDecl) {
        if let TsModuleName::Ident(ident) = &it.id {
            self.write(ident, Some(Kind::Namespace), Form::Plain);
        }
        it.body.visit_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}

    fn visit_import_decl(&mut self, import: &ImportDecl) {
        let offset = self.offset(&import.src);
        let specifier = import.src.value.to_string_lossy().into_owned();
        for it in &import.specifiers {
            let (local, name, name_span, form) = match it {
                ImportSpecifier::Namespace(it) => (&it.local, None, None, Form::Plain),
                ImportSpecifier::Default(it) => (&it.local, Some("default".to_owned()), None, Form::Plain),
                ImportSpecifier::Named(it) => match &it.imported {
                    Some(name) => (&it.local, Some(word(name)), Some(place(self.parsed, name)), Form::Plain),
                    None => (&it.local, Some(it.local.sym.to_string()), None, Form::Import),
                },
            };
            let Some(binding) = self.write(local, Some(Kind::Import), form) else { continue };
            let specifier = specifier.clone();
            self.outline.imports.push(Import { binding, specifier, offset, name, name_span });
        }
    }

    fn visit_named_export(&mut self, export: &NamedExport) {
        if let Some(source) = &export.src {
            return self.export_from(export, source);
        }
        for specifier in &export.specifiers {
            let ExportSpecifier::Named(named) = specifier else { continue };
            let ModuleExportName::Ident(local) = &named.orig else { continue };
            let form = if named.exported.is_none() { Form::Export } else { Form::Plain };
            let Some(binding) = self.write(local, None, form) else { continue };
            let exported = named.exported.as_ref().unwrap_or(&named.orig);
            let (name, span) = (Some(word(exported)), Some(place(self.parsed, exported)));
            self.outline.exports.push(Export { name, span, what: Exported::Binding(binding) });
        }
    }

    fn visit_export_all(&mut self, export: &ExportAll) {
        let what = Exported::From { offset: self.offset(&export.src), name: None, span: None };
        self.outline.exports.push(Export { name: None, span: None, what });
    }

    fn visit_export_decl(&mut self, export: &ExportDecl) {
        export.visit_children_with(self);
        match &export.decl {
            Decl::Fn(it) => self.export(&it.ident),
            Decl::Class(it) => self.export(&it.ident),
            Decl::TsInterface(it) => self.export(&it.id),
            Decl::TsTypeAlias(it) => self.export(&it.id),
            Decl::TsEnum(it) => self.export(&it.id),
            Decl::Var(it) => it.decls.iter().for_each(|declarator| {
                let mut found = Declared(Vec::new());
                declarator.name.visit_with(&mut found);
                found.0.iter().for_each(|ident| self.export(ident));
            }),
            Decl::TsModule(_) | Decl::Using(_) => {}
        }
    }

    fn visit_export_default_decl(&mut self, export: &ExportDefaultDecl) {
        export.visit_children_with(self);
        match &export.decl {
            DefaultDecl::Class(it) => self.export_default(it.ident.as_ref()),
            DefaultDecl::Fn(it) => self.export_default(it.ident.as_ref()),
            DefaultDecl::TsInterfaceDecl(it) => self.export_default(Some(&it.id)),
        }
    }

    fn visit_export_default_expr(&mut self, export: &ExportDefaultExpr) {
        export.visit_children_with(self);
        self.export_default(export.expr.as_ident());
    }
}

/// Identifiers that a pattern declares.
struct Declared(Vec<Ident>);

impl Visit for Declared {
    fn visit_binding_ident(&mut self, ident: &BindingIdent) {
        self.0.push(ident.id.clone());
    }

    fn visit_assign_pat_prop(&mut self, property: &AssignPatProp) {
        self.0.push(property.key.id.clone());
    }

    fn visit_expr(&mut self, _: &Expr) {}
}
