//! Names that the top level of an ES module declares twice: the parser does not complain, and the bundle would be no
//! program.

use super::declared;
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::Span;
use swc_ecma_ast::{Decl, DefaultDecl, Ident, ImportSpecifier, Module, ModuleDecl, ModuleItem, Stmt, VarDeclKind};

/// The second declaration of each.
pub(super) fn find(module: &Module) -> Vec<(Atom, Span)> {
    let mut found = Found::default();
    for item in &module.body {
        match item {
            ModuleItem::Stmt(statement) => found.statement(statement),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => found.declaration(&export.decl),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
                DefaultDecl::Class(class) => class.ident.iter().for_each(|name| found.declare(name, Kind::Lexical)),
                DefaultDecl::Fn(function) => function.ident.iter().for_each(|name| found.declare(name, Kind::Lexical)),
                DefaultDecl::TsInterfaceDecl(_) => {}
            },
            ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => import.specifiers.iter().for_each(|it| {
                let local = match it {
                    ImportSpecifier::Named(named) => &named.local,
                    ImportSpecifier::Default(default) => &default.local,
                    ImportSpecifier::Namespace(namespace) => &namespace.local,
                };
                found.declare(local, Kind::Lexical);
            }),
            ModuleItem::ModuleDecl(_) => {}
        }
    }
    found.again
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// By `var`: as often as one likes.
    Variable,
    Lexical,
}

#[derive(Default)]
struct Found {
    known: FxHashMap<Atom, Kind>,
    again: Vec<(Atom, Span)>,
}

impl Found {
    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Decl(declaration) => self.declaration(declaration),
            // What a block, a loop or a label around a block declares at the top level is by `var`.
            statement => declared::by_statement(statement, &mut |name| self.declare(name, Kind::Variable)),
        }
    }

    fn declaration(&mut self, declaration: &Decl) {
        let is_variable = matches!(declaration, Decl::Var(variables) if variables.kind == VarDeclKind::Var);
        let kind = if is_variable { Kind::Variable } else { Kind::Lexical };
        declared::by_declaration(declaration, &mut |name| self.declare(name, kind));
    }

    fn declare(&mut self, name: &Ident, kind: Kind) {
        match self.known.insert(name.sym.clone(), kind) {
            Some(before) if before == Kind::Lexical || kind == Kind::Lexical => {
                self.again.push((name.sym.clone(), name.span));
                self.known.insert(name.sym.clone(), Kind::Lexical);
            }
            _ => {}
        }
    }
}
