//! Makes the tree of a module smaller before anything in it gets its last name. What other modules use of it is told to
//! swc's minifier as exports, what it uses of them as imports.

mod mend;
mod probe;

use super::prepare::Tree;
use super::record::{Name, SymbolIndex};
use super::{declared, rewrite, slots};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::syntax::guard;
use mend::Mended;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use swc_common::comments::{Comments, SingleThreadedComments};
use swc_common::{BytePos, DUMMY_SP, GLOBALS, SyntaxContext};
use swc_ecma_ast::{
    EsVersion, ExportDefaultExpr, ExportNamedSpecifier, ExportSpecifier, ExprStmt, Id, Ident, ImportDecl,
    ImportNamedSpecifier, ImportSpecifier, Module, ModuleDecl, ModuleExportName, ModuleItem, NamedExport, Program,
    Stmt,
};
use swc_ecma_minifier::optimize;
use swc_ecma_minifier::option::{CompressOptions, ExtraOptions, MinifyOptions, TopLevelOptions};
use swc_ecma_transforms_base::fixer::paren_remover;
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// What is to be made smaller, and what must stay.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Which statements stay.
    pub(crate) keep: Vec<bool>,
    /// Symbols that others use.
    pub(crate) exported: Vec<SymbolIndex>,
    pub(crate) imported: Vec<SymbolIndex>,
    /// Code may look names up when it runs: they all stay.
    pub(crate) fixed: bool,
}

/// What giving names has to know of a module.
#[derive(Debug, Default)]
pub(crate) struct Compacted {
    /// Symbols of the top level besides those of the record, which they follow.
    pub(crate) extra: Vec<Name>,
    /// How often each symbol is named.
    pub(crate) uses: Vec<u32>,
    /// Inner names, by slot: how often the names that share it are named.
    pub(crate) slots: Vec<u32>,
}

/// Cuts and compresses.
pub(crate) fn compact(
    source: &Source,
    mut tree: Tree,
    esm: bool,
    symbols: usize,
    wanted: &Wanted,
) -> Result<(Tree, Compacted), Vec<Diagnostic>> {
    guard::run_at(source, tree.levels, || {
        let globals = Arc::clone(&tree.globals);
        GLOBALS.set(&globals, || {
            rewrite::cut(&mut tree, &wanted.keep);
            if !wanted.fixed {
                compress(&mut tree, esm, wanted);
            }
            // All that CommonJS declares is inside of its wrapper.
            let extra = if esm { declare(&mut tree, symbols) } else { Vec::new() };
            let counted = slots::assign(&mut tree, symbols + extra.len(), wanted.fixed);
            Ok((tree, Compacted { extra, uses: counted.uses, slots: counted.slots }))
        })
    })
}

fn compress(tree: &mut Tree, esm: bool, wanted: &Wanted) {
    let statements = std::mem::take(&mut tree.body);
    let body = if esm { around(tree, statements, wanted) } else { inside(tree, statements) };
    let comments = SingleThreadedComments::default();
    for (position, texts) in std::mem::take(&mut tree.annotations) {
        comments.add_leading_comments(position, texts);
    }
    let mut program = Program::Module(Module { span: DUMMY_SP, body, shebang: None });
    // Passes that look for an expression do not look behind parentheses, and move what they should not.
    program.visit_mut_with(&mut paren_remover(Some(&comments)));
    let pure: FxHashSet<BytePos> = comments.borrow_all().0.keys().copied().collect();
    let mut mended = Mended { pure: &pure, kept: FxHashSet::default() };
    program.visit_mut_with(&mut mended);
    for position in mended.kept {
        comments.take_leading(position);
    }
    let probes = probe::hold(&mut program);
    let before = top_level_names(&program);
    program = squeeze(program, tree, &comments);
    // What has gone may have been all that used something else. Elsewhere another pass finds a byte in two thousand, for a
    // sixth of the time of a build.
    if top_level_names(&program) < before {
        program = squeeze(program, tree, &comments);
    }
    if let Some(probes) = probes {
        probes.release(&mut program);
    }
    let Program::Module(module) = program else { return };
    for item in module.body {
        match item {
            ModuleItem::Stmt(statement) => tree.body.push(statement),
            ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)) => exported(tree, &export),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
                tree.body.push(Stmt::Expr(ExprStmt { span: DUMMY_SP, expr: export.expr }));
                tree.is_function = true;
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => tree.body.push(Stmt::Decl(export.decl)),
            ModuleItem::ModuleDecl(_) => {}
        }
    }
}

/// One pass of swc's minifier.
fn squeeze(program: Program, tree: &Tree, comments: &SingleThreadedComments) -> Program {
    let options = MinifyOptions {
        compress: Some(CompressOptions {
            module: true,
            top_level: Some(TopLevelOptions { functions: true }),
            ecma: EsVersion::Es2022,
            passes: 1,
            // Calls in place of functions that are called once: longer once it is compressed.
            inline: 0,
            // It forgets that a default falls through.
            switches: false,
            ..CompressOptions::default()
        }),
        mangle: None,
        ..MinifyOptions::default()
    };
    let extra =
        ExtraOptions { unresolved_mark: tree.unresolved, top_level_mark: tree.top_level, mangle_name_cache: None };
    optimize(program, Default::default(), Some(comments as &dyn Comments), None, &options, &extra)
}

/// How many names the top level declares.
fn top_level_names(program: &Program) -> usize {
    let Program::Module(module) = program else { return 0 };
    let mut count = 0;
    for item in &module.body {
        if let ModuleItem::Stmt(statement) = item {
            declared::by_statement(statement, &mut |_| count += 1);
        }
    }
    count
}

/// The statements of an ES module, with what it imports and exports.
fn around(tree: &Tree, statements: Vec<Stmt>, wanted: &Wanted) -> Vec<ModuleItem> {
    let names: FxHashMap<SymbolIndex, &Id> = tree.ids.iter().map(|(id, symbol)| (symbol, id)).collect();
    let ident = |symbol: &SymbolIndex| {
        let id = names.get(symbol)?;
        Some((*symbol, Ident::new(id.0.clone(), DUMMY_SP, id.1)))
    };
    let import = |(_, local): (SymbolIndex, Ident)| {
        ImportSpecifier::Named(ImportNamedSpecifier { span: DUMMY_SP, local, imported: None, is_type_only: false })
    };
    let export = |(symbol, local): (SymbolIndex, Ident)| {
        let exported = ModuleExportName::Ident(Ident::new_no_ctxt(format!("s{symbol}").into(), DUMMY_SP));
        let orig = ModuleExportName::Ident(local);
        let specifier = ExportNamedSpecifier { span: DUMMY_SP, orig, exported: Some(exported), is_type_only: false };
        ExportSpecifier::Named(specifier)
    };
    let mut items = Vec::with_capacity(statements.len() + 2);
    let imports: Vec<ImportSpecifier> = wanted.imported.iter().filter_map(ident).map(import).collect();
    if !imports.is_empty() {
        items.push(ModuleItem::ModuleDecl(ModuleDecl::Import(ImportDecl {
            span: DUMMY_SP,
            specifiers: imports,
            src: Box::new("*".into()),
            type_only: false,
            with: None,
            phase: Default::default(),
        })));
    }
    items.extend(statements.into_iter().map(ModuleItem::Stmt));
    let exports: Vec<ExportSpecifier> = wanted.exported.iter().filter_map(ident).map(export).collect();
    if !exports.is_empty() {
        items.push(ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(NamedExport {
            span: DUMMY_SP,
            specifiers: exports,
            src: None,
            type_only: false,
            with: None,
        })));
    }
    items
}

/// Reads back what exported symbols are called now.
fn exported(tree: &mut Tree, export: &NamedExport) {
    for specifier in &export.specifiers {
        let ExportSpecifier::Named(named) = specifier else { continue };
        let (ModuleExportName::Ident(local), Some(ModuleExportName::Ident(name))) = (&named.orig, &named.exported)
        else {
            continue;
        };
        if let Some(symbol) = name.sym.strip_prefix('s').and_then(|it| it.parse().ok()) {
            tree.ids.insert(local.to_id(), symbol);
        }
    }
}

/// A CommonJS module as the function that its wrapper calls.
fn inside(tree: &Tree, mut statements: Vec<Stmt>) -> Vec<ModuleItem> {
    // What the module itself declares by such a name is the parameter.
    let mut own = Vec::new();
    statements.iter().for_each(|it| declared::by_statement(it, &mut |name| own.push(name.clone())));
    let parameters = ["exports", "module"].map(|name| match own.iter().find(|own| *own.sym == *name) {
        Some(own) => Ident::new(own.sym.clone(), DUMMY_SP, own.ctxt),
        None => Ident::new_private(name.into(), DUMMY_SP),
    });
    let mut bind = Parameters { unresolved: SyntaxContext::empty().apply_mark(tree.unresolved), names: &parameters };
    statements.iter_mut().for_each(|it| it.visit_mut_with(&mut bind));
    let function = rewrite::commonjs(parameters, statements);
    let export = ExportDefaultExpr { span: DUMMY_SP, expr: Box::new(function) };
    vec![ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export))]
}

/// Binds free names to parameters.
struct Parameters<'a> {
    unresolved: SyntaxContext,
    names: &'a [Ident],
}

impl VisitMut for Parameters<'_> {
    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if name.ctxt == self.unresolved
            && let Some(parameter) = self.names.iter().find(|it| it.sym == name.sym)
        {
            name.ctxt = parameter.ctxt;
        }
    }
}

/// Makes symbols of what the top level declares now and has none.
fn declare(tree: &mut Tree, symbols: usize) -> Vec<Name> {
    let mut extra = Vec::new();
    let mut seen: FxHashSet<Id> = FxHashSet::default();
    for statement in &tree.body {
        declared::by_statement(statement, &mut |name| {
            if tree.ids.get(name).is_none() && seen.insert(name.to_id()) {
                tree.ids.insert(name.to_id(), (symbols + extra.len()) as SymbolIndex);
                extra.push(Name::from(&*name.sym));
            }
        });
    }
    extra
}
