//! Symbols, calls, sections, statements and what folds.

use super::span;
use crate::facts::Span;
use crate::outline::{Call, Fold, FoldKind, Kind, Outline, Section, Symbol};
use crate::syntax::parse::Parsed;
use swc_common::Spanned;
use swc_ecma_ast::{
    ArrayLit, ArrowExpr, BlockStmt, CallExpr, Callee, Class, ClassDecl, ClassMethod, ClassProp, Constructor, Expr,
    ExprStmt, FnDecl, Function, FunctionBody, LabeledStmt, MemberProp, ModuleItem, NewExpr, ObjectLit, Pat, Program,
    PropName, Stmt, SwitchStmt, TsEnumDecl, TsInterfaceBody, TsInterfaceDecl, TsModuleDecl, TsModuleName,
    TsTypeAliasDecl, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith};

pub(super) struct Shapes<'a> {
    parsed: &'a Parsed,
    outline: &'a mut Outline,
    parent: Option<usize>,
    /// Functions around.
    depth: usize,
    /// The call that is all of a statement.
    statement: Option<swc_common::Span>,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(parsed: &'a Parsed, outline: &'a mut Outline) -> Shapes<'a> {
        Shapes { parsed, outline, parent: None, depth: 0, statement: None }
    }

    fn span(&self, span: swc_common::Span) -> Span {
        self::span(self.parsed, span)
    }

    fn symbol(
        &mut self,
        name: &str,
        kind: Kind,
        whole: swc_common::Span,
        selection: swc_common::Span,
        inside: impl FnOnce(&mut Self),
    ) {
        let (span, selection) = (self.span(whole), self.span(selection));
        self.outline.symbols.push(Symbol { name: name.to_owned(), kind, span, selection, parent: self.parent });
        let around = self.parent.replace(self.outline.symbols.len() - 1);
        inside(self);
        self.parent = around;
    }

    fn fold(&mut self, span: swc_common::Span) {
        let span = self.span(span);
        self.outline.folds.push(Fold { span, kind: FoldKind::Code });
    }

    fn call(&mut self, whole: swc_common::Span, callee: &Expr) {
        let is_statement = self.statement == Some(whole);
        let name = match callee {
            Expr::Member(member) => match &member.prop {
                MemberProp::Ident(name) => name.span,
                MemberProp::PrivateName(name) => name.span,
                MemberProp::Computed(computed) => computed.span,
            },
            other => other.span(),
        };
        let (span, callee, name) = (self.span(whole), self.span(callee.span()), self.span(name));
        self.outline.calls.push(Call { span, callee, name, binding: None, is_statement });
    }

    fn statements<'s>(&mut self, statements: impl Iterator<Item = &'s Stmt>) {
        let spans: Vec<Span> = statements.map(|it| self.span(it.span())).collect();
        self.outline.statements.extend(spans);
    }
}

impl Visit for Shapes<'_> {
    fn visit_program(&mut self, program: &Program) {
        match program {
            Program::Module(module) => {
                let spans: Vec<Span> = module.body.iter().map(|it| self.span(it.span())).collect();
                self.outline.statements.extend(spans);
                let imports =
                    module.body.iter().take_while(|it| matches!(it, ModuleItem::ModuleDecl(it) if it.is_import()));
                if let (Some(first), Some(last)) = (imports.clone().next(), imports.last()) {
                    let span = self.span(first.span().to(last.span()));
                    self.outline.folds.push(Fold { span, kind: FoldKind::Imports });
                }
            }
            Program::Script(script) => self.statements(script.body.iter()),
        }
        program.visit_children_with(self);
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.statements(block.stmts.iter());
        self.fold(block.span);
        block.visit_children_with(self);
    }

    fn visit_function_body(&mut self, body: &FunctionBody) {
        self.statements(body.stmts.iter());
        self.fold(body.span);
        body.visit_children_with(self);
    }

    fn visit_switch_stmt(&mut self, statement: &SwitchStmt) {
        statement.cases.iter().for_each(|case| self.statements(case.cons.iter()));
        self.fold(statement.span);
        statement.visit_children_with(self);
    }

    fn visit_object_lit(&mut self, object: &ObjectLit) {
        self.fold(object.span);
        object.visit_children_with(self);
    }

    fn visit_array_lit(&mut self, array: &ArrayLit) {
        self.fold(array.span);
        array.visit_children_with(self);
    }

    fn visit_ts_interface_body(&mut self, body: &TsInterfaceBody) {
        self.fold(body.span);
        body.visit_children_with(self);
    }

    fn visit_class(&mut self, class: &Class) {
        self.fold(class.span);
        class.visit_children_with(self);
    }

    fn visit_expr_stmt(&mut self, statement: &ExprStmt) {
        self.statement = Some(statement.expr.span());
        statement.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let Callee::Expr(callee) = &call.callee {
            self.call(call.span, callee);
            let function = call.args.first().filter(|it| it.expr.is_arrow() || it.expr.is_fn_expr());
            if let (Some(word), Some(function)) = (callee.as_ident().filter(|it| &*it.sym == "atomic"), function) {
                let (word, body) = (self.span(word.span), self.span(function.expr.span()));
                self.outline.sections.push(Section { word, body });
            }
        }
        call.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, call: &NewExpr) {
        self.call(call.span, &call.callee);
        call.visit_children_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        if let (true, Stmt::Block(body)) = (&*statement.label.sym == "atomic", &*statement.body) {
            let (word, body) = (self.span(statement.label.span), self.span(body.span));
            self.outline.sections.push(Section { word, body });
        }
        statement.visit_children_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.depth += 1;
        function.visit_children_with(self);
        self.depth -= 1;
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.depth += 1;
        arrow.visit_children_with(self);
        self.depth -= 1;
    }

    fn visit_fn_decl(&mut self, it: &FnDecl) {
        self.symbol(&it.ident.sym, Kind::Function, it.function.span, it.ident.span, |this| {
            it.function.visit_with(this);
        });
    }

    fn visit_class_decl(&mut self, it: &ClassDecl) {
        self.symbol(&it.ident.sym, Kind::Class, it.class.span, it.ident.span, |this| it.class.visit_with(this));
    }

    fn visit_constructor(&mut self, it: &Constructor) {
        self.symbol("constructor", Kind::Constructor, it.span, it.key.span(), |this| it.visit_children_with(this));
    }

    fn visit_class_method(&mut self, it: &ClassMethod) {
        let Some(name) = word(&it.key) else { return it.visit_children_with(self) };
        self.symbol(&name, Kind::Method, it.span, it.key.span(), |this| it.function.visit_with(this));
    }

    fn visit_class_prop(&mut self, it: &ClassProp) {
        let Some(name) = word(&it.key) else { return it.visit_children_with(self) };
        self.symbol(&name, Kind::Property, it.span, it.key.span(), |this| it.value.visit_with(this));
    }

    fn visit_var_declarator(&mut self, it: &VarDeclarator) {
        let is_function = it.init.as_ref().is_some_and(|it| it.is_arrow() || it.is_fn_expr());
        match &it.name {
            Pat::Ident(name) if is_function || self.depth == 0 => {
                let kind = if is_function { Kind::Function } else { Kind::Variable };
                self.symbol(&name.id.sym, kind, it.span, name.id.span, |this| it.visit_children_with(this));
            }
            _ => it.visit_children_with(self),
        }
    }

    fn visit_ts_interface_decl(&mut self, it: &TsInterfaceDecl) {
        self.symbol(&it.id.sym, Kind::Type, it.span, it.id.span, |this| it.visit_children_with(this));
    }

    fn visit_ts_type_alias_decl(&mut self, it: &TsTypeAliasDecl) {
        self.symbol(&it.id.sym, Kind::Type, it.span, it.id.span, |this| it.visit_children_with(this));
    }

    fn visit_ts_module_decl(&mut self, it: &TsModuleDecl) {
        let (name, at) = match &it.id {
            TsModuleName::Ident(name) => (name.sym.to_string(), name.span),
            TsModuleName::Str(name) => (name.value.to_string_lossy().into_owned(), name.span),
        };
        self.symbol(&name, Kind::Namespace, it.span, at, |this| it.visit_children_with(this));
    }

    fn visit_ts_enum_decl(&mut self, it: &TsEnumDecl) {
        self.symbol(&it.id.sym, Kind::Enum, it.span, it.id.span, |this| it.visit_children_with(this));
    }
}

fn word(name: &PropName) -> Option<String> {
    match name {
        PropName::Ident(name) => Some(name.sym.to_string()),
        PropName::Str(text) => Some(text.value.to_string_lossy().into_owned()),
        _ => None,
    }
}
