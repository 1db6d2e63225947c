//! `using` for the pass of swc that takes it apart, which does not know all places where it stands.

use super::bundle::declared;
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    BlockStmt, Decl, EmptyStmt, ExportNamedSpecifier, ExportSpecifier, Expr, ForHead, ForOfStmt, Ident, ModuleDecl,
    ModuleExportName, ModuleItem, NamedExport, Pat, Program, Stmt, UsingDecl, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

/// Brings it where the pass knows it.
pub(super) fn prepare(program: &mut Program) {
    if let Program::Module(module) = program
        && module.body.iter().any(|it| matches!(it, ModuleItem::Stmt(Stmt::Decl(Decl::Using(_)))))
    {
        separate(&mut module.body);
    }
    program.visit_mut_with(&mut Loops);
}

/// `export let x` to `let x` and `export { x }`: the pass moves the first, and would put it behind everything else.
fn separate(body: &mut Vec<ModuleItem>) {
    let mut specifiers = Vec::new();
    for item in body.iter_mut() {
        let ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) = item else { continue };
        if !matches!(export.decl, Decl::Var(_) | Decl::Class(_)) {
            continue;
        }
        declared::by_declaration(&export.decl, &mut |name| specifiers.push(specifier(name.clone())));
        *item = ModuleItem::Stmt(Stmt::Decl(export.decl.clone()));
    }
    if !specifiers.is_empty() {
        let export = NamedExport { span: DUMMY_SP, specifiers, src: None, type_only: false, with: None };
        body.push(ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)));
    }
}

fn specifier(name: Ident) -> ExportSpecifier {
    let orig = ModuleExportName::Ident(name);
    ExportSpecifier::Named(ExportNamedSpecifier { span: DUMMY_SP, orig, exported: None, is_type_only: false })
}

/// `for (using x of all) …` to `for (const y of all) { using x = y; … }`: a variable for each round.
struct Loops;

impl VisitMut for Loops {
    fn visit_mut_for_of_stmt(&mut self, each: &mut ForOfStmt) {
        each.visit_mut_children_with(self);
        let ForHead::UsingDecl(using) = &mut each.left else { return };
        let Some(declarator) = using.decls.first_mut() else { return };
        let held = Ident::new_private("held".into(), DUMMY_SP);
        declarator.init = Some(Box::new(Expr::Ident(held.clone())));
        let using: UsingDecl = (**using).clone();
        let declarator = VarDeclarator { span: DUMMY_SP, name: Pat::Ident(held.into()), init: None, definite: false };
        each.left = ForHead::VarDecl(Box::new(VarDecl {
            kind: VarDeclKind::Const,
            decls: vec![declarator],
            ..VarDecl::default()
        }));
        let body = std::mem::replace(&mut *each.body, Stmt::Empty(EmptyStmt { span: DUMMY_SP }));
        let stmts = vec![Stmt::Decl(Decl::Using(Box::new(using))), body];
        *each.body = Stmt::Block(BlockStmt { span: DUMMY_SP, stmts, ..BlockStmt::default() });
    }
}

/// Of what the pass brings along, one function declares a name and another asks for it, as if they were two.
pub(super) fn mend(program: &mut Program) {
    const NAME: &str = "_SuppressedError";
    struct Asked(Option<Ident>);
    impl Visit for Asked {
        fn visit_new_expr(&mut self, new: &swc_ecma_ast::NewExpr) {
            match new.callee.as_ident() {
                Some(name) if *name.sym == *NAME => self.0 = Some(name.clone()),
                _ => new.visit_children_with(self),
            }
        }
    }
    let disposes =
        |statement: &&Stmt| matches!(statement, Stmt::Decl(Decl::Fn(it)) if *it.ident.sym == *"_ts_dispose_resources");
    let mut asked = Asked(None);
    if let Some(function) = statements(program).find(disposes) {
        function.visit_with(&mut asked);
    }
    let Some(asked) = asked.0 else { return };
    let declares = |statement: &mut Stmt| {
        let Stmt::Decl(Decl::Var(variables)) = statement else { return };
        for declarator in &mut variables.decls {
            match &mut declarator.name {
                Pat::Ident(name) if *name.sym == *NAME => name.id.ctxt = asked.ctxt,
                _ => {}
            }
        }
    };
    match program {
        Program::Module(module) => module.body.iter_mut().filter_map(|it| it.as_mut_stmt()).for_each(declares),
        Program::Script(script) => script.body.iter_mut().for_each(declares),
    }
}

fn statements(program: &Program) -> Box<dyn Iterator<Item = &Stmt> + '_> {
    match program {
        Program::Module(module) => Box::new(module.body.iter().filter_map(|it| it.as_stmt())),
        Program::Script(script) => Box::new(script.body.iter()),
    }
}
