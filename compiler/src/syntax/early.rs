//! Early errors that the parser does not tell (ECMA-262, "Static Semantics: Early Errors"): without them, `check` would
//! find nothing wrong with a program that does not start, and `build` would write a bundle that is none.

mod classes;
mod functions;
mod regexps;
mod scopes;

use super::bundle::declared;
use super::parse::Parsed;
use crate::diagnostic::{Diagnostic, Note};
use crate::source::Source;
use classes::Private;
use scopes::{Again, Kind, Scope, Scopes};
use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    ArrowExpr, BlockStmt, CallExpr, Callee, CatchClause, Class, ClassDecl, ClassProp, DefaultDecl, ExportDefaultDecl,
    FnDecl, ForInStmt, ForOfStmt, ForStmt, Function, GetterProp, Ident, ImportDecl, KeyValueProp, MethodProp, Module,
    ObjectLit, Pat, PrivateName, PrivateProp, Program, Prop, PropOrSpread, Regex, Script, SetterProp, StaticBlock,
    SwitchStmt, TsEnumDecl, TsModuleBlock, TsModuleDecl, UnaryExpr, UnaryOp, UsingDecl, VarDecl, VarDeclKind,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// What is wrong with a program as it was parsed, in the order of the text.
pub(super) fn errors(source: &Source, parsed: &Parsed, typescript: bool) -> Vec<Diagnostic> {
    let mut pass = Early {
        typescript,
        strict: parsed.module,
        super_call: false,
        scopes: Scopes::default(),
        private: Private::default(),
        wrong: Vec::new(),
    };
    match &parsed.program {
        // `export =` and the like make a module of TypeScript's CommonJS.
        Program::Module(module) if parsed.module => module.visit_with(&mut pass),
        Program::Module(module) => pass.in_scope(Scope::Function, |it| module.visit_children_with(it)),
        Program::Script(script) => script.visit_with(&mut pass),
    }
    let again = pass.scopes.again.iter().map(|it| declared_again(source, parsed, it));
    let wrong = pass.wrong.into_iter().map(|it| {
        let found = parsed.diagnostic(source, it.message, it.span);
        Diagnostic { help: it.help, ..found }
    });
    let mut found: Vec<Diagnostic> = again.chain(wrong).collect();
    found.sort_by_key(|it| it.place.as_ref().map_or(0, |place| place.offset));
    found
}

fn declared_again(source: &Source, parsed: &Parsed, again: &Again) -> Diagnostic {
    // Blocks are left before what `var` in them meets outside: what comes first in the text is the first.
    let (first, second) =
        if again.first.lo <= again.second.lo { (again.first, again.second) } else { (again.second, again.first) };
    let place = source.place(parsed.offset(first.lo), parsed.offset(first.hi).saturating_sub(parsed.offset(first.lo)));
    let mut found = parsed.diagnostic(source, format!("\"{}\" has already been declared", again.name), second);
    found.notes.push(Note { message: "it is declared here first".to_owned(), place: Some(place) });
    found
}

struct Early {
    typescript: bool,
    strict: bool,
    /// In the constructor of a class that extends another.
    super_call: bool,
    scopes: Scopes,
    private: Private,
    wrong: Vec<Wrong>,
}

struct Wrong {
    span: Span,
    message: String,
    help: Option<String>,
}

impl Early {
    fn complain(&mut self, span: Span, message: impl Into<String>) {
        self.wrong.push(Wrong { span, message: message.into(), help: None });
    }

    fn in_scope(&mut self, scope: Scope, visit: impl FnOnce(&mut Self)) {
        self.scopes.within(scope);
        visit(self);
        self.scopes.leave();
    }

    fn declare(&mut self, name: &Ident, kind: Kind) {
        self.scopes.declare(&name.sym, name.span, kind);
    }

    fn declare_pattern(&mut self, pattern: &Pat, kind: Kind) {
        declared::by_pattern(pattern, &mut |name| self.scopes.declare(&name.sym, name.span, kind));
    }
}

impl Visit for Early {
    noop_visit_type!();

    fn visit_module(&mut self, module: &Module) {
        self.in_scope(Scope::Module, |it| module.visit_children_with(it));
    }

    fn visit_script(&mut self, script: &Script) {
        self.strict = functions::is_strict(&script.body);
        self.in_scope(Scope::Function, |it| script.visit_children_with(it));
    }

    fn visit_import_decl(&mut self, import: &ImportDecl) {
        // TypeScript drops imports of types, which may be called as something else is.
        if self.typescript {
            return;
        }
        for specifier in &import.specifiers {
            self.declare(specifier.local(), Kind::Lexical);
        }
    }

    fn visit_export_default_decl(&mut self, export: &ExportDefaultDecl) {
        match &export.decl {
            DefaultDecl::Class(class) => class.ident.iter().for_each(|name| self.declare(name, Kind::Lexical)),
            DefaultDecl::Fn(function) if function.function.body.is_some() => {
                function.ident.iter().for_each(|name| self.declare(name, Kind::Lexical));
            }
            DefaultDecl::Fn(_) | DefaultDecl::TsInterfaceDecl(_) => {}
        }
        export.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, variables: &VarDecl) {
        if variables.declare {
            return;
        }
        let kind = if variables.kind == VarDeclKind::Var { Kind::Variable } else { Kind::Lexical };
        for declarator in &variables.decls {
            self.declare_pattern(&declarator.name, kind);
            declarator.visit_children_with(self);
        }
    }

    fn visit_using_decl(&mut self, variables: &UsingDecl) {
        for declarator in &variables.decls {
            self.declare_pattern(&declarator.name, Kind::Lexical);
            declarator.visit_children_with(self);
        }
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        let function = &declaration.function;
        if declaration.declare || function.body.is_none() {
            return;
        }
        let kind = match self.scopes.innermost() {
            Scope::Function => Kind::Variable,
            Scope::Block if !self.strict && !function.is_async && !function.is_generator => Kind::SloppyFunction,
            Scope::Block | Scope::Module => Kind::Lexical,
        };
        self.declare(&declaration.ident, kind);
        function.visit_with(self);
    }

    fn visit_class_decl(&mut self, declaration: &ClassDecl) {
        if !declaration.declare {
            self.declare(&declaration.ident, Kind::Lexical);
            declaration.class.visit_with(self);
        }
    }

    fn visit_ts_enum_decl(&mut self, declaration: &TsEnumDecl) {
        if !declaration.declare {
            self.declare(&declaration.id, Kind::Enum);
            declaration.visit_children_with(self);
        }
    }

    fn visit_ts_module_decl(&mut self, declaration: &TsModuleDecl) {
        if !declaration.declare && !declaration.global {
            declaration.visit_children_with(self);
        }
    }

    fn visit_ts_module_block(&mut self, block: &TsModuleBlock) {
        self.in_scope(Scope::Function, |it| block.visit_children_with(it));
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.in_scope(Scope::Block, |it| block.visit_children_with(it));
    }

    fn visit_for_stmt(&mut self, statement: &ForStmt) {
        self.in_scope(Scope::Block, |it| statement.visit_children_with(it));
    }

    fn visit_for_in_stmt(&mut self, statement: &ForInStmt) {
        self.in_scope(Scope::Block, |it| statement.visit_children_with(it));
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        self.in_scope(Scope::Block, |it| statement.visit_children_with(it));
    }

    fn visit_switch_stmt(&mut self, statement: &SwitchStmt) {
        statement.discriminant.visit_with(self);
        self.in_scope(Scope::Block, |it| statement.cases.visit_with(it));
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        self.in_scope(Scope::Block, |it| {
            if let Some(caught) = &clause.param {
                let kind = if caught.is_ident() { Kind::Caught } else { Kind::Lexical };
                it.declare_pattern(caught, kind);
                caught.visit_with(it);
            }
            clause.body.visit_children_with(it);
        });
    }

    fn visit_function(&mut self, function: &Function) {
        self.function(function, false);
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.arrow(arrow);
    }

    fn visit_method_prop(&mut self, method: &MethodProp) {
        method.key.visit_with(self);
        self.function(&method.function, true);
    }

    fn visit_getter_prop(&mut self, getter: &GetterProp) {
        getter.key.visit_with(self);
        self.function(&getter.function, true);
    }

    fn visit_setter_prop(&mut self, setter: &SetterProp) {
        setter.key.visit_with(self);
        self.function(&setter.function, true);
    }

    fn visit_class(&mut self, class: &Class) {
        self.class(class);
    }

    fn visit_class_prop(&mut self, field: &ClassProp) {
        field.key.visit_with(self);
        field.decorators.visit_with(self);
        self.field(field.value.as_deref());
    }

    fn visit_private_prop(&mut self, field: &PrivateProp) {
        field.decorators.visit_with(self);
        self.field(field.value.as_deref());
    }

    fn visit_static_block(&mut self, block: &StaticBlock) {
        self.static_block(block);
    }

    fn visit_private_name(&mut self, name: &PrivateName) {
        if !self.private.knows(&name.name) {
            let message = format!("\"#{}\" is declared by no class around this", name.name);
            let help = self.private.nearest(&name.name).map(|it| format!("did you mean \"#{it}\"?"));
            self.wrong.push(Wrong { span: name.span, message, help });
        }
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        if unary.op == UnaryOp::Delete && classes::is_private_member(&unary.arg) {
            self.complain(unary.span, "private members cannot be deleted");
        }
        unary.visit_children_with(self);
    }

    fn visit_object_lit(&mut self, object: &ObjectLit) {
        let mut prototypes = object.props.iter().filter_map(prototype);
        if let Some(second) = prototypes.nth(1) {
            self.complain(second, "an object has one \"__proto__\"");
        }
        object.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        match &call.callee {
            Callee::Super(it) if !self.super_call => {
                self.complain(it.span, "'super()' is for constructors of classes that extend another");
            }
            Callee::Import(_) => {
                if let Some(spread) = call.args.iter().find_map(|it| it.spread) {
                    self.complain(spread, "'import()' takes a specifier and options, no list");
                }
            }
            _ => {}
        }
        call.visit_children_with(self);
    }

    fn visit_regex(&mut self, literal: &Regex) {
        self.regex(literal);
    }
}

/// Where an object literal says what its prototype is.
fn prototype(property: &PropOrSpread) -> Option<Span> {
    let PropOrSpread::Prop(property) = property else { return None };
    let Prop::KeyValue(KeyValueProp { key, .. }) = &**property else { return None };
    classes::is_named(key, "__proto__").then(|| key.span())
}
