//! Namespaces of one name are one namespace (TypeScript handbook, "Merging Namespaces"): in each of its blocks, what
//! another exports has a name. swc knows the exports of the same block only.

use crate::syntax::bundle::declared;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignTarget, CatchClause, ClassDecl, ClassExpr, Decl, Expr, FnDecl, FnExpr, Id, Ident,
    IdentName, KeyValueProp, MemberExpr, MemberProp, ModuleDecl, ModuleItem, Param, Program, Prop, PropName,
    SimpleAssignTarget, Stmt, TsEnumDecl, TsImportEqualsDecl, TsModuleDecl, TsNamespaceBody, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type};

/// Writes out which namespace a name is of, where another block declares it. Names are resolved already.
pub(super) fn share(program: &mut Program) {
    match program {
        Program::Module(module) => share_among(module.body.iter_mut().filter_map(of_item).map(named).collect()),
        Program::Script(script) => share_among(script.body.iter_mut().filter_map(of_statement).map(named).collect()),
    }
}

/// One block of a namespace.
struct Block<'a> {
    name: Ident,
    body: &'a mut TsNamespaceBody,
}

/// Shares names between those blocks that have one name, then between the blocks in them.
fn share_among(blocks: Vec<Option<Block<'_>>>) {
    let mut spaces: FxHashMap<Atom, Vec<Block<'_>>> = FxHashMap::default();
    for block in blocks.into_iter().flatten() {
        spaces.entry(block.name.sym.clone()).or_default().push(block);
    }
    for mut space in spaces.into_values() {
        if space.len() > 1 {
            let exported: FxHashSet<Atom> = space.iter().flat_map(|it| exported(it.body)).collect();
            for block in &mut space {
                qualify(block, &exported);
            }
        }
        let (mut open, mut hidden) = (Vec::new(), Vec::new());
        for block in space {
            match block.body {
                TsNamespaceBody::TsNamespaceDecl(inner) => {
                    open.push(Some(Block { name: inner.id.clone(), body: &mut inner.body }));
                }
                TsNamespaceBody::TsModuleBlock(body) => {
                    let mut own = Vec::new();
                    for item in &mut body.body {
                        let is_exported = matches!(item, ModuleItem::ModuleDecl(_));
                        let block = of_item(item).and_then(named);
                        if is_exported { open.push(block) } else { own.push(block) }
                    }
                    hidden.push(own);
                }
            }
        }
        share_among(open);
        hidden.into_iter().for_each(share_among);
    }
}

fn of_item(item: &mut ModuleItem) -> Option<&mut TsModuleDecl> {
    match item {
        ModuleItem::Stmt(statement) => of_statement(statement),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => of_declaration(&mut export.decl),
        ModuleItem::ModuleDecl(_) => None,
    }
}

fn of_statement(statement: &mut Stmt) -> Option<&mut TsModuleDecl> {
    if let Stmt::Decl(declaration) = statement { of_declaration(declaration) } else { None }
}

fn of_declaration(declaration: &mut Decl) -> Option<&mut TsModuleDecl> {
    if let Decl::TsModule(namespace) = declaration { Some(namespace) } else { None }
}

fn named(namespace: &mut TsModuleDecl) -> Option<Block<'_>> {
    let name = namespace.id.as_ident().filter(|_| !namespace.declare && !namespace.global)?.clone();
    Some(Block { name, body: namespace.body.as_mut()? })
}

/// Names of values that a block exports.
fn exported(body: &TsNamespaceBody) -> Vec<Atom> {
    let block = match body {
        TsNamespaceBody::TsNamespaceDecl(inner) => return vec![inner.id.sym.clone()],
        TsNamespaceBody::TsModuleBlock(block) => block,
    };
    let mut names = Vec::new();
    for item in &block.body {
        match item {
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                declare(&export.decl, &mut |name| names.push(name.sym.clone()));
            }
            ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) if import.is_export => {
                names.push(import.id.sym.clone());
            }
            _ => {}
        }
    }
    names
}

fn declare(declaration: &Decl, found: &mut dyn FnMut(&Ident)) {
    match declaration {
        Decl::TsEnum(it) => found(&it.id),
        Decl::TsModule(it) => it.id.as_ident().into_iter().for_each(found),
        declaration => declared::by_declaration(declaration, found),
    }
}

fn qualify(block: &mut Block<'_>, exported: &FxHashSet<Atom>) {
    let own: FxHashSet<Atom> = self::exported(block.body).into_iter().collect();
    let mut inside = Inside::default();
    block.body.visit_with(&mut inside);
    let mut pass = Qualify { space: &block.name, names: exported, own: &own, declared: &inside.0 };
    block.body.visit_mut_with(&mut pass);
}

/// Everything that is declared in a block, however deep.
#[derive(Default)]
struct Inside(FxHashSet<Id>);

impl Inside {
    fn add(&mut self, name: &Ident) {
        self.0.insert(name.to_id());
    }
}

impl Visit for Inside {
    noop_visit_type!();

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        declared::by_pattern(&declarator.name, &mut |name| self.add(name));
        declarator.visit_children_with(self);
    }

    fn visit_param(&mut self, parameter: &Param) {
        declared::by_pattern(&parameter.pat, &mut |name| self.add(name));
        parameter.visit_children_with(self);
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        arrow.params.iter().for_each(|it| declared::by_pattern(it, &mut |name| self.add(name)));
        arrow.visit_children_with(self);
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        clause.param.iter().for_each(|it| declared::by_pattern(it, &mut |name| self.add(name)));
        clause.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        self.add(&function.ident);
        function.function.visit_with(self);
    }

    fn visit_fn_expr(&mut self, function: &FnExpr) {
        function.ident.iter().for_each(|it| self.add(it));
        function.function.visit_with(self);
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        self.add(&class.ident);
        class.class.visit_with(self);
    }

    fn visit_class_expr(&mut self, class: &ClassExpr) {
        class.ident.iter().for_each(|it| self.add(it));
        class.class.visit_with(self);
    }

    fn visit_ts_enum_decl(&mut self, declaration: &TsEnumDecl) {
        self.add(&declaration.id);
        declaration.visit_children_with(self);
    }

    fn visit_ts_module_decl(&mut self, declaration: &TsModuleDecl) {
        declaration.id.as_ident().into_iter().for_each(|it| self.add(it));
        declaration.visit_children_with(self);
    }

    fn visit_ts_import_equals_decl(&mut self, import: &TsImportEqualsDecl) {
        self.add(&import.id);
    }
}

/// `x` to `Space.x`.
struct Qualify<'a> {
    space: &'a Ident,
    /// What all blocks export.
    names: &'a FxHashSet<Atom>,
    /// What this one does.
    own: &'a FxHashSet<Atom>,
    declared: &'a FxHashSet<Id>,
}

impl Qualify<'_> {
    fn qualified(&self, name: &Ident) -> Option<MemberExpr> {
        let of_another = self.names.contains(&name.sym) && !self.own.contains(&name.sym);
        if !of_another || self.declared.contains(&name.to_id()) {
            return None;
        }
        let obj = Box::new(Expr::Ident(Ident { span: DUMMY_SP, ..self.space.clone() }));
        let prop = MemberProp::Ident(IdentName::new(name.sym.clone(), name.span));
        Some(MemberExpr { span: name.span, obj, prop })
    }
}

impl VisitMut for Qualify<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        match expression {
            Expr::Ident(name) => {
                if let Some(member) = self.qualified(name) {
                    *expression = Expr::Member(member);
                }
            }
            expression => expression.visit_mut_children_with(self),
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        if let Prop::Shorthand(name) = property
            && let Some(member) = self.qualified(name)
        {
            let key = PropName::Ident(IdentName::new(name.sym.clone(), name.span));
            *property = Prop::KeyValue(KeyValueProp { key, value: Box::new(Expr::Member(member)) });
            return;
        }
        property.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assignment: &mut AssignExpr) {
        if let AssignTarget::Simple(target @ SimpleAssignTarget::Ident(_)) = &mut assignment.left
            && let SimpleAssignTarget::Ident(name) = target
            && let Some(member) = self.qualified(&name.id)
        {
            *target = SimpleAssignTarget::Member(member);
        }
        assignment.visit_mut_children_with(self);
    }
}
