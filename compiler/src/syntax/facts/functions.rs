//! Functions: their parameters, their bodies, and the objects that they are.

use super::flow::Flow;
use super::{Body, Home, Lowering, NO_HOME};
use crate::facts::{
    FunctionId, FunctionKind, Name, ObjectId, ObjectKind, OpKind, Param, SectionId, SectionKind, Span, StandbyId, TOP,
    Value, ValueId, ValueKind,
};
use swc_common::Spanned;
use swc_ecma_ast::{ArrowExpr, ArrowFunctionBody, Function, FunctionBody, Pat, Stmt};

/// What is known of a function before its body is looked at.
pub(super) struct Head {
    pub(super) kind: FunctionKind,
    pub(super) name: Name,
    pub(super) span: Span,
    pub(super) is_async: bool,
    pub(super) is_generator: bool,
    pub(super) home: Home,
    /// The section that its body is, when it is an argument of a call.
    pub(super) section: Option<SectionKind>,
}

impl Lowering<'_> {
    /// A function whose body is what `inside` lowers.
    pub(super) fn function(&mut self, head: Head, inside: impl FnOnce(&mut Self)) -> FunctionId {
        let contract = self.contract.take();
        self.naming = None;
        let mut function = self.blank_function(head.kind, head.span, head.name);
        function.contract = contract;
        function.is_async = head.is_async;
        function.is_generator = head.is_generator;
        let id = self.push_function(function);
        let settled = self.settled_inside();
        let around = self.bodies.last().map(|body| (body.this, body.home));
        self.bodies.push(Body {
            function: id,
            ops: Vec::new(),
            section: SectionId::NONE,
            standby: StandbyId::NONE,
            parts: Vec::new(),
            this: ValueId::NONE,
            home: head.home,
            flow: Flow::new(head.is_async, head.is_generator),
            settled,
        });
        self.receivers(id, head.kind, around);
        if let Some(kind) = head.section {
            self.body().section = self.section(kind, head.span);
        }
        let returns = self.temporary();
        self.facts.functions[id.index()].returns = returns;
        if head.is_generator {
            let (yields, sent) = (self.temporary(), self.value(ValueKind::Sent));
            let function = &mut self.facts.functions[id.index()];
            (function.yields, function.sent) = (yields, sent);
        }
        let made = match (head.is_async, head.is_generator) {
            (_, true) => Some(ObjectKind::Generator(id)),
            (true, false) => Some(ObjectKind::Promise(id)),
            (false, false) => None,
        };
        if let Some(kind) = made {
            self.facts.functions[id.index()].object = self.object(kind, head.span);
        }
        inside(self);
        let body = self.bodies.pop().expect("the body of this function was pushed above");
        let start = self.facts.ops.len() as u32;
        self.loose.around.extend(body.ops.iter().map(|(_, place)| *place));
        self.facts.ops.extend(body.ops.into_iter().map(|(op, _)| op));
        self.facts.functions[id.index()].ops = (start, self.facts.ops.len() as u32);
        id
    }

    fn receivers(&mut self, id: FunctionId, kind: FunctionKind, around: Option<(ValueId, Home)>) {
        match (kind, around) {
            (FunctionKind::Arrow, Some((this, home))) => {
                let body = self.body();
                body.this = this;
                body.home = home;
            }
            _ => {
                let this = self.value(ValueKind::This);
                self.body().this = this;
                self.facts.functions[id.index()].this = this;
            }
        }
    }

    pub(super) fn section(&mut self, kind: SectionKind, span: Span) -> SectionId {
        let (function, parent) = (self.current(), self.body().section);
        self.facts.sections.push(crate::facts::Section { kind, span, function, parent });
        SectionId(self.facts.sections.len() as u32 - 1)
    }

    /// A parameter as the call binds it; its pattern is taken apart in the body.
    pub(super) fn param(&mut self, pattern: &Pat) {
        let (pattern, rest) = match pattern {
            Pat::Rest(rest) => (&*rest.arg, true),
            pattern => (pattern, false),
        };
        let value = match pattern {
            Pat::Ident(name) => {
                let value = self.declare(&name.id, ValueKind::Param);
                self.hint(value, name.type_ann.as_deref());
                value
            }
            _ => self.temporary(),
        };
        let function = self.current();
        self.loose.params[function.index()].push(Param { value, rest });
        if rest {
            self.collect(value);
        }
        if !matches!(pattern, Pat::Ident(_)) {
            self.bind(pattern, value, ValueKind::Param);
        }
    }

    /// The array that collects arguments.
    pub(super) fn collect(&mut self, value: ValueId) {
        let object = self.object(ObjectKind::Array, Span::default());
        self.op(Span::default(), OpKind::Allocate { to: value, object });
    }

    /// `arguments`, of the function that has one of its own.
    pub(super) fn arguments_object(&mut self) -> ValueId {
        let of = self.bodies.iter().map(|body| body.function).rev();
        let function = of.into_iter().find(|id| self.facts.function(*id).kind != FunctionKind::Arrow).unwrap_or(TOP);
        let known = self.facts.function(function).arguments;
        if !known.is_none() {
            return known;
        }
        let value = self.temporary();
        self.facts.values[value.index()] = Value::new(function, ValueKind::Temporary);
        self.facts.functions[function.index()].arguments = value;
        self.collect(value);
        value
    }

    fn head(&mut self, function: &Function, kind: FunctionKind, name: Name, span: Span) -> Head {
        Head {
            kind,
            name,
            span,
            is_async: function.is_async,
            is_generator: function.is_generator,
            home: NO_HOME,
            section: None,
        }
    }

    /// `function` in any position, methods included.
    pub(super) fn plain_function(
        &mut self,
        function: &Function,
        kind: FunctionKind,
        name: Name,
        span: Span,
        adjust: impl FnOnce(&mut Head),
    ) -> FunctionId {
        let mut head = self.head(function, kind, name, span);
        adjust(&mut head);
        let id = self.function(head, |it| {
            function.params.iter().for_each(|param| it.param(&param.pat));
            if let Some(body) = &function.body {
                it.function_body(body);
            }
        });
        self.facts.functions[id.index()].declared = function.body.is_none();
        if function.body.is_none() {
            let returns = self.facts.functions[id.index()].returns;
            self.hint(returns, function.return_type.as_deref());
        }
        id
    }

    pub(super) fn function_body(&mut self, body: &FunctionBody) {
        self.block(&body.stmts);
    }

    pub(super) fn arrow(&mut self, arrow: &ArrowExpr, section: Option<SectionKind>) -> FunctionId {
        let span = self.span(arrow);
        let name = self.naming.take().unwrap_or(Name::NONE);
        let head = Head {
            kind: FunctionKind::Arrow,
            name,
            span: Span { start: span.start, end: span.end },
            is_async: arrow.is_async,
            is_generator: false,
            home: NO_HOME,
            section,
        };
        self.function(head, |it| {
            arrow.params.iter().for_each(|param| it.param(param));
            match &*arrow.body {
                ArrowFunctionBody::FunctionBody(body) => it.function_body(body),
                ArrowFunctionBody::Expr(value) => {
                    let value_id = it.expression(value);
                    it.returned(value.span(), value_id);
                }
            }
        })
    }

    /// `return value`.
    pub(super) fn returned(&mut self, span: swc_common::Span, value: ValueId) {
        let function = self.current();
        let to = self.facts.functions[function.index()].returns;
        let span = self.span(&span);
        self.assign(span, to, value);
        self.flow().returns();
    }

    /// The object that a function is, where the code stands.
    pub(super) fn closure(&mut self, function: FunctionId, span: Span) -> ValueId {
        let to = self.temporary();
        let object = self.closure_object(function, span);
        self.op(span, OpKind::Allocate { to, object });
        to
    }

    pub(super) fn closure_object(&mut self, function: FunctionId, span: Span) -> ObjectId {
        let object = self.object(ObjectKind::Function(function), span);
        if self.facts.function(function).kind == FunctionKind::Plain {
            self.object(ObjectKind::Prototype, span);
            self.object(ObjectKind::Instance, span);
        }
        object
    }

    /// Declared functions are there before the statements around them run.
    pub(super) fn hoist(&mut self, statements: &[Stmt]) {
        for statement in statements {
            if let Stmt::Decl(swc_ecma_ast::Decl::Fn(declaration)) = statement {
                self.function_declaration(declaration);
            }
        }
    }

    pub(super) fn function_declaration(&mut self, declaration: &swc_ecma_ast::FnDecl) {
        self.expect_contract(declaration.function.span.lo);
        let is_overload = declaration.function.body.is_none() && !declaration.declare && self.facts.declares.is_none();
        if is_overload {
            // What is promised before it holds for the function that follows.
            return;
        }
        let to = self.declare(&declaration.ident, ValueKind::Declared);
        let (name, span) = (self.name(&declaration.ident.sym), self.span(&declaration.ident));
        self.given.insert(to);
        let function = self.plain_function(&declaration.function, FunctionKind::Plain, name, span, |_| {});
        let value = self.closure(function, span);
        self.assign(span, to, value);
    }
}
