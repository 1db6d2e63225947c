//! A resolved tree to statements and their record.

mod items;
mod uses;

pub(super) use uses::{asked_by_call, asked_by_new, member_name};

use super::ids::Ids;
use super::purity::{Effect, Fresh, Purity};
use super::record::{Export, Name, Record, Spot, Statement, SymbolIndex};
use super::{declared, prepare};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::syntax::parse::Parsed;
use crate::syntax::{commonjs, imports};
use corona_std::errors;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{BytePos, Spanned, SyntaxContext};
use swc_ecma_ast::{Class, ClassMember, Decl, Expr, Id, MethodKind, Pat, Program, Prop, PropName, PropOrSpread, Stmt};

/// What the scan looks things up in.
pub(super) struct Context<'a> {
    pub(super) source: &'a Source,
    pub(super) parsed: &'a Parsed,
    pub(super) unresolved: SyntaxContext,
    pub(super) pure: &'a FxHashSet<BytePos>,
    pub(super) effectless: &'a FxHashSet<BytePos>,
}

pub(super) struct Scanned {
    pub(super) record: Record,
    pub(super) body: Vec<Stmt>,
    pub(super) ids: Ids,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What is being put together.
pub(super) struct Scan<'a> {
    context: &'a Context<'a>,
    record: Record,
    body: Vec<Stmt>,
    ids: Ids,
    imported: FxHashSet<SymbolIndex>,
    /// `export { … }`: what is exported may be declared further down.
    exported: Vec<(Id, Name, Spot)>,
    diagnostics: Vec<Diagnostic>,
}

/// Takes `program` apart.
pub(super) fn scan(program: Program, context: &Context<'_>) -> Scanned {
    let mut scan = Scan {
        record: prepare::new_record(context.parsed.module),
        context,
        body: Vec::new(),
        ids: Ids::default(),
        imported: FxHashSet::default(),
        exported: Vec::new(),
        diagnostics: Vec::new(),
    };
    match program {
        Program::Module(module) => module.body.into_iter().for_each(|item| scan.item(item)),
        Program::Script(script) => script.body.into_iter().for_each(|statement| scan.statement(statement)),
    }
    scan.record.awaits = imports::awaits(&scan.body);
    if scan.record.esm {
        scan.declare();
        scan.export();
    } else {
        scan.record.commonjs = commonjs::exports_of(&scan.body);
    }
    scan.uses();
    Scanned { record: scan.record, body: scan.body, ids: scan.ids, diagnostics: scan.diagnostics }
}

impl Scan<'_> {
    /// Makes symbols of what the top level declares.
    fn declare(&mut self) {
        for statement in &self.body {
            let (record, ids) = (&mut self.record, &mut self.ids);
            declared::by_statement(statement, &mut |name| {
                prepare::symbol(record, ids, name);
            });
        }
    }

    fn export(&mut self) {
        for (id, name, place) in std::mem::take(&mut self.exported) {
            match self.ids.of(&id) {
                Some(local) => self.add_export(name, local, place),
                None => self.complain(format!("\"{}\" is exported but not declared", id.0), place),
            }
        }
    }

    fn add_export(&mut self, name: Name, local: SymbolIndex, place: Spot) {
        if self.record.exports.contains_key(&name) {
            self.complain(format!("there is more than one export with the name \"{name}\""), place);
        }
        self.record.exports.insert(name, Export { local });
    }

    fn complain(&mut self, message: String, place: Spot) {
        let place = self.context.source.place(place.offset as usize, place.length as usize);
        self.diagnostics.push(Diagnostic::new(errors::SYNTAX, message).at(place));
    }

    /// Records what each statement needs and does.
    fn uses(&mut self) {
        let body = std::mem::take(&mut self.body);
        let objects = fresh_objects(&body);
        let pure_functions = self.pure_functions(&body);
        let context = self.context;
        let purity = Purity {
            unresolved: context.unresolved,
            pure_calls: context.pure,
            pure_functions: &pure_functions,
            objects: &objects,
        };
        let mut names = uses::Names::default();
        if self.record.esm {
            for statement in &body {
                let mut entry = self.used(std::slice::from_ref(statement), &mut names);
                declared::by_statement(statement, &mut |name| entry.declares.extend(self.ids.get(name)));
                match purity.statement(statement) {
                    Effect::None => {}
                    Effect::Some => entry.effects = true,
                    Effect::Furnishes(id) => {
                        entry.furnishes = self.ids.of(&id);
                        entry.effects = entry.furnishes.is_none();
                    }
                }
                entry.place = prepare::spot(context.parsed, statement.span());
                self.record.statements.push(entry);
            }
        } else {
            let mut entry = self.used(&body, &mut names);
            entry.effects = true;
            self.record.statements.push(entry);
        }
        self.record.names_module = names.globals.iter().any(|it| &**it == "module");
        self.record.names_require = names.globals.iter().any(|it| &**it == "require");
        self.record.evals = names.evals;
        self.record.globals = names.globals();
        self.record.nested = names.nested();
        self.body = body;
    }

    fn used(&mut self, statements: &[Stmt], names: &mut uses::Names) -> Statement {
        let mut uses = uses::Uses::new(self.context, &self.ids, &self.imported, names);
        uses.first_request = self.record.requests.len();
        let found = uses.of(statements);
        self.record.requests.extend(found.requests);
        self.record.assigned.extend(found.assigned);
        for (name, place) in found.assigned_imports {
            self.complain(format!("cannot assign to \"{name}\": it is an import"), place);
        }
        found.statement
    }

    /// Functions that their author calls free of effects.
    fn pure_functions(&self, body: &[Stmt]) -> FxHashSet<Id> {
        let mut found = FxHashSet::default();
        let marked = |position: BytePos| self.context.effectless.contains(&position);
        if self.context.effectless.is_empty() {
            return found;
        }
        for statement in body {
            match statement {
                Stmt::Decl(Decl::Fn(function)) if marked(function.function.span.lo) => {
                    found.insert(function.ident.to_id());
                }
                Stmt::Decl(Decl::Var(variables)) => {
                    for declarator in &variables.decls {
                        let value = declarator.init.as_ref();
                        if let (Pat::Ident(name), Some(value)) = (&declarator.name, value)
                            && (marked(value.span().lo) || marked(variables.span.lo))
                        {
                            found.insert(name.to_id());
                        }
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// Variables that hold an object that nobody else can have put accessors on.
fn fresh_objects(body: &[Stmt]) -> FxHashMap<Id, Fresh> {
    let mut found = FxHashMap::default();
    for statement in body {
        match statement {
            Stmt::Decl(Decl::Fn(function)) => {
                found.insert(function.ident.to_id(), Fresh::Function);
            }
            Stmt::Decl(Decl::Class(class)) if is_plain_class(&class.class) => {
                found.insert(class.ident.to_id(), Fresh::Function);
            }
            Stmt::Decl(Decl::Var(variables)) => {
                for declarator in &variables.decls {
                    let Pat::Ident(name) = &declarator.name else { continue };
                    let kind = match declarator.init.as_deref() {
                        Some(Expr::Fn(_) | Expr::Arrow(_)) => Fresh::Function,
                        Some(Expr::Class(class)) if is_plain_class(&class.class) => Fresh::Function,
                        Some(Expr::Object(object)) if object.props.iter().all(is_plain_property) => Fresh::Object,
                        Some(Expr::Array(_)) => Fresh::Object,
                        _ => continue,
                    };
                    found.insert(name.to_id(), kind);
                }
            }
            _ => {}
        }
    }
    found
}

fn is_plain_class(class: &Class) -> bool {
    let setter = |member: &ClassMember| matches!(member, ClassMember::Method(it) if it.kind == MethodKind::Setter);
    class.super_class.is_none() && !class.body.iter().any(setter)
}

fn is_plain_property(property: &PropOrSpread) -> bool {
    match property {
        PropOrSpread::Prop(property) => match &**property {
            Prop::Setter(_) | Prop::Assign(_) => false,
            // Its setters would be those of the object.
            Prop::KeyValue(it) => match &it.key {
                PropName::Ident(name) => &*name.sym != "__proto__",
                PropName::Str(name) => name.value.as_str() != Some("__proto__"),
                _ => true,
            },
            Prop::Shorthand(_) | Prop::Getter(_) | Prop::Method(_) => true,
        },
        PropOrSpread::Spread(_) => false,
    }
}
