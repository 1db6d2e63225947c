//! Declaration files: functions whose code is elsewhere, with what the comments before them promise. Types matter as far
//! as they lead from one such function to the next: what a function returns, what a variable is.

use super::functions::Head;
use super::{Lowering, NO_HOME};
use crate::facts::{
    Declares, Export, Exported, FunctionId, FunctionKind, Name, ObjectKind, OpKind, Span, ValueId, ValueKind,
};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{
    Decl, DefaultDecl, Expr, Ident, ModuleDecl, ModuleItem, Pat, Program, TsInterfaceDecl, TsModuleDecl, TsModuleName,
    TsNamespaceBody, TsType, TsTypeAnn, TsTypeElement, VarDecl,
};

/// Types within types that are looked into.
const DEPTH_MAX: usize = 3;

type Members = Vec<(Name, ValueId)>;

impl Lowering<'_> {
    pub(super) fn declaration_file(&mut self) {
        let whole = Span { start: 0, end: 0 };
        self.object(ObjectKind::Namespace, whole);
        self.facts.declares = Some(Box::default());
        let parsed = self.parsed;
        let head = Head { kind: FunctionKind::Inline, ..plain_head(Name::NONE, whole) };
        self.function(head, |it| {
            let Program::Module(module) = &parsed.program else { return };
            let is_module = module.body.iter().any(|item| item.is_module_decl());
            for item in &module.body {
                let declared = it.ambient_item(item);
                match item {
                    ModuleItem::Stmt(_) if !is_module => it.declares().globals.extend(declared),
                    ModuleItem::Stmt(_) => {}
                    ModuleItem::ModuleDecl(_) => it.export_all(declared),
                }
            }
        });
    }

    fn declares(&mut self) -> &mut Declares {
        self.facts.declares.get_or_insert_default()
    }

    fn export_all(&mut self, members: Members) {
        let exports = members.into_iter().map(|(name, value)| Export { name, what: Exported::Value(value) });
        self.facts.exports.extend(exports);
    }

    /// Names that an item brings in, `default` among them.
    fn ambient_item(&mut self, item: &ModuleItem) -> Members {
        match item {
            ModuleItem::Stmt(swc_ecma_ast::Stmt::Decl(declaration)) => self.ambient(declaration, declaration.span_lo()),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => self.ambient(&export.decl, export.span.lo),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                let value = match &export.decl {
                    DefaultDecl::Fn(function) => {
                        self.expect_contract(export.span.lo);
                        self.naming = Some(self.name("default"));
                        self.function_expression(function, None)
                    }
                    DefaultDecl::Class(class) => self.class_expression(class),
                    DefaultDecl::TsInterfaceDecl(_) => ValueId::NONE,
                };
                self.named_value("default", value)
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => match &*export.expr {
                Expr::Ident(name) => {
                    let value = self.variable(name);
                    self.named_value("default", value)
                }
                _ => Vec::new(),
            },
            ModuleItem::ModuleDecl(ModuleDecl::TsExportAssignment(export)) => {
                if let Expr::Ident(name) = &*export.expr {
                    self.facts.commonjs = Some(self.variable(name));
                }
                Vec::new()
            }
            ModuleItem::ModuleDecl(other) => {
                self.module_declaration(other);
                Vec::new()
            }
            ModuleItem::Stmt(_) => Vec::new(),
        }
    }

    fn named_value(&mut self, name: &str, value: ValueId) -> Members {
        if value.is_none() { Vec::new() } else { vec![(self.name(name), value)] }
    }

    /// `position`: where the comment before it ends.
    fn ambient(&mut self, declaration: &Decl, position: BytePos) -> Members {
        match declaration {
            Decl::Fn(function) => {
                self.expect_contract(position);
                self.function_declaration(function);
                self.contract = None;
                self.name_of(&function.ident)
            }
            Decl::Class(class) => {
                self.class_declaration(&class.ident, &class.class);
                self.name_of(&class.ident)
            }
            Decl::Var(variables) => self.ambient_variables(variables, position),
            Decl::TsInterface(interface) => {
                self.interface(interface);
                Vec::new()
            }
            Decl::TsModule(module) => self.ambient_module(module),
            _ => Vec::new(),
        }
    }

    fn name_of(&mut self, name: &Ident) -> Members {
        let value = self.variable(name);
        vec![(self.name(&name.sym), value)]
    }

    fn ambient_variables(&mut self, variables: &VarDecl, position: BytePos) -> Members {
        let mut members = Vec::new();
        for declarator in &variables.decls {
            let Pat::Ident(name) = &declarator.name else { continue };
            let to = self.declare(&name.id, ValueKind::Const);
            self.contract = self.contract_at(position);
            self.naming = Some(self.name(&name.id.sym));
            self.of_type(to, name.type_ann.as_deref(), 0);
            members.extend(self.name_of(&name.id));
        }
        members
    }

    /// What a value of that type is, as far as it leads to functions.
    fn of_type(&mut self, to: ValueId, annotation: Option<&TsTypeAnn>, depth: usize) {
        let (naming, span) = (self.naming.take().unwrap_or(Name::NONE), self.span(&annotation.span()));
        match annotation.map(|it| &*it.type_ann) {
            Some(TsType::TsFnOrConstructorType(swc_ecma_ast::TsFnOrConstructorType::TsFnType(function))) => {
                self.declared_function(to, naming, span, Some(&function.type_ann));
            }
            _ if self.contract.is_some() => self.declared_function(to, naming, span, None),
            Some(TsType::TsTypeLit(literal)) if depth < DEPTH_MAX => {
                let (object, _) = self.allocate(ObjectKind::Literal, span);
                self.assign(span, to, object);
                self.type_members(object, &literal.members, naming, depth + 1);
            }
            _ => self.hint(to, annotation),
        }
        self.contract = None;
    }

    fn declared_function(&mut self, to: ValueId, name: Name, span: Span, returned: Option<&TsTypeAnn>) {
        let id = self.function(plain_head(name, span), |_| {});
        self.facts.functions[id.index()].declared = true;
        let returns = self.facts.functions[id.index()].returns;
        self.hint(returns, returned);
        let value = self.closure(id, span);
        self.assign(span, to, value);
    }

    fn type_members(&mut self, base: ValueId, members: &[TsTypeElement], around: Name, depth: usize) {
        for member in members {
            let (key, position) = match member {
                TsTypeElement::TsMethodSignature(it) => (&*it.key, it.span.lo),
                TsTypeElement::TsPropertySignature(it) => (&*it.key, it.span.lo),
                _ => continue,
            };
            let Expr::Ident(key) = key else { continue };
            let (field, span) = (self.name(&key.sym), self.span(key));
            let value = self.temporary();
            self.contract = self.contract_at(position);
            // Beside the code that there is, only what is promised says something new.
            if self.contract.is_none() && self.facts.declares.is_none() {
                continue;
            }
            let name = self.dotted(Some(around).filter(|it| !it.is_none()), field);
            match member {
                TsTypeElement::TsMethodSignature(it) => {
                    self.declared_function(value, name, span, it.type_ann.as_deref());
                }
                TsTypeElement::TsPropertySignature(it) => {
                    self.naming = Some(name);
                    self.of_type(value, it.type_ann.as_deref(), depth);
                }
                _ => {}
            }
            self.op(span, OpKind::Store { base, field, from: value, define: true });
        }
    }

    /// An interface of a file with code counts if its methods promise something.
    pub(super) fn promising_interface(&mut self, interface: &TsInterfaceDecl) {
        let promises = |member: &TsTypeElement| match member {
            TsTypeElement::TsMethodSignature(it) => self.contract_at(it.span.lo).is_some(),
            _ => false,
        };
        if interface.body.body.iter().any(promises) {
            self.interface(interface);
        }
    }

    /// An interface is a class that nobody can name: what has that type is an instance.
    fn interface(&mut self, interface: &TsInterfaceDecl) {
        let to = self.declare(&interface.id, ValueKind::Declared);
        let (name, span) = (self.name(&interface.id.sym), self.span(&interface.id));
        let object = self.object(ObjectKind::Class(FunctionId::NONE), span);
        let prototype_object = self.object(ObjectKind::Prototype, span);
        self.object(ObjectKind::Instance, span);
        let prototype = self.temporary();
        self.op(span, OpKind::Allocate { to, object });
        self.op(span, OpKind::Allocate { to: prototype, object: prototype_object });
        let head = Head { kind: FunctionKind::Constructor, ..plain_head(name, span) };
        let constructor = self.function(head, |_| {});
        self.facts.functions[constructor.index()].declared = true;
        self.facts.objects[object.index()].kind = ObjectKind::Class(constructor);
        self.type_members(prototype, &interface.body.body, name, 1);
    }

    /// `declare module "name"`, `declare global`, `namespace Name`.
    fn ambient_module(&mut self, module: &TsModuleDecl) -> Members {
        let Some(TsNamespaceBody::TsModuleBlock(block)) = &module.body else { return Vec::new() };
        let span = self.span(&module.id.span());
        let (object, _) = self.allocate(ObjectKind::Literal, span);
        let outer = self.facts.commonjs.take();
        for item in &block.body {
            let members = self.ambient_item(item);
            if module.global {
                self.declares().globals.extend(members);
                continue;
            }
            for (field, from) in members {
                self.op(span, OpKind::Store { base: object, field, from, define: true });
            }
        }
        let assigned = std::mem::replace(&mut self.facts.commonjs, outer);
        match &module.id {
            TsModuleName::Str(text) => {
                let specifier = self.name(&text.value.to_string_lossy());
                let exports = assigned.unwrap_or(object);
                self.declares().modules.push((specifier, exports));
                Vec::new()
            }
            TsModuleName::Ident(_) if module.global => Vec::new(),
            TsModuleName::Ident(name) => {
                let to = self.declare(name, ValueKind::Let);
                self.assign(span, to, object);
                self.name_of(name)
            }
        }
    }
}

fn plain_head(name: Name, span: Span) -> Head {
    Head { kind: FunctionKind::Arrow, name, span, is_async: false, is_generator: false, home: NO_HOME, section: None }
}
