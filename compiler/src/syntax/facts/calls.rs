//! Calls of every form: who is called, on what, with which arguments.

use super::{Lowering, settled};
use crate::facts::{
    Argument, Call, CallId, CallKind, FunctionId, Iteration, Name, OpKind, RequestId, SectionKind, Settled, Span,
    ValueId,
};
use swc_common::Spanned;
use swc_ecma_ast::{
    CallExpr, Callee, Expr, ExprOrSpread, Lit, MemberExpr, MemberProp, NewExpr, OptCall, OptChainBase, SuperProp,
    TaggedTpl,
};

/// A call that is not filled in yet: arguments are lowered before it, and may have to name it.
pub(super) const BLANK: Call = Call {
    kind: CallKind::Call,
    callee: ValueId::NONE,
    this: ValueId::NONE,
    method: false,
    arguments: (0, 0),
    result: ValueId::NONE,
    text: Name::NONE,
    field: Name::NONE,
    span: Span { start: 0, end: 0 },
    settled: Settled::No,
    unused: false,
    optional: false,
};

/// Names joined by dots, as far as an expression is that.
pub(super) fn path(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Ident(name) => Some(name.sym.to_string()),
        Expr::This(_) => Some("this".to_owned()),
        Expr::Member(member) => {
            let base = path(&member.obj).unwrap_or_else(|| "…".to_owned());
            match &member.prop {
                MemberProp::Ident(name) => Some(format!("{base}.{}", name.sym)),
                MemberProp::PrivateName(name) => Some(format!("{base}.#{}", name.name)),
                MemberProp::Computed(_) => Some(format!("{base}[…]")),
            }
        }
        Expr::SuperProp(property) => match &property.prop {
            SuperProp::Ident(name) => Some(format!("super.{}", name.sym)),
            SuperProp::Computed(_) => None,
        },
        Expr::Paren(inner) => path(&inner.expr),
        Expr::TsNonNull(inner) => path(&inner.expr),
        Expr::TsAs(inner) => path(&inner.expr),
        Expr::OptChain(chain) => match &*chain.base {
            OptChainBase::Member(member) => path(&Expr::Member(member.clone())),
            OptChainBase::Call(_) => None,
        },
        _ => None,
    }
}

pub(super) fn strip(expression: &Expr) -> &Expr {
    match expression {
        Expr::Paren(inner) => strip(&inner.expr),
        Expr::TsNonNull(inner) => strip(&inner.expr),
        Expr::TsAs(inner) => strip(&inner.expr),
        Expr::TsSatisfies(inner) => strip(&inner.expr),
        Expr::TsInstantiation(inner) => strip(&inner.expr),
        _ => expression,
    }
}

/// Who is called.
struct Target {
    callee: ValueId,
    this: ValueId,
    method: bool,
    field: Name,
    settled: Settled,
}

impl Lowering<'_> {
    pub(super) fn call(&mut self, call: &CallExpr, unused: bool) -> ValueId {
        match &call.callee {
            Callee::Import(_) => self.import_expression(call),
            Callee::Super(at) => {
                let id = self.new_call_id();
                let home = self.body().home;
                let (callee, this) = (home.class, self.body().this);
                let target = Target { callee, this, method: false, field: Name::NONE, settled: Settled::No };
                let text = self.name("super");
                let place = (self.span(call), self.span(at));
                self.finish_call(id, CallKind::Super, &target, (text, place), &call.args, true);
                self.run_fields(self.span(call));
                self.outdate();
                ValueId::NONE
            }
            Callee::Expr(callee) => match self.required(callee, &call.args) {
                Some(request) => {
                    let to = self.temporary();
                    let span = self.span(call);
                    self.op(span, OpKind::Import { to, request, dynamic: false });
                    to
                }
                None => {
                    let id = CallId(self.facts.calls.len() as u32);
                    let around = self.flow().enter_chain();
                    let result = self.call_of((callee, false), &call.args, self.span(call), unused);
                    self.flow().leave_chain(around, !callee.is_paren());
                    self.outdate_after(callee, &call.args);
                    self.settles_by(callee, &call.args);
                    self.defines(id, callee, &call.args);
                    result
                }
            },
        }
    }

    /// After `future.get()` the future is settled.
    fn settles_by(&mut self, callee: &Expr, arguments: &[ExprOrSpread]) {
        let Expr::Member(member) = strip(callee) else { return };
        if member.prop.is_ident_with("get") && arguments.is_empty() {
            self.settles(&member.obj);
        }
    }

    /// `optional`: the callee itself may be missing, not only what it is read from.
    pub(super) fn optional_call(&mut self, call: &OptCall, optional: bool, unused: bool) -> ValueId {
        let id = CallId(self.facts.calls.len() as u32);
        let result = self.call_of((&call.callee, optional), &call.args, self.span(call), unused);
        self.facts.calls[id.index()].optional = optional;
        self.outdate_after(&call.callee, &call.args);
        result
    }

    fn call_of(
        &mut self,
        (callee, optional): (&Expr, bool),
        arguments: &[ExprOrSpread],
        span: Span,
        unused: bool,
    ) -> ValueId {
        let id = self.new_call_id();
        let target = self.target(callee, id);
        if optional {
            self.flow().may_cut_short();
        }
        let text = path(callee).unwrap_or_default();
        let text = self.name(&text);
        self.finish_call(id, CallKind::Call, &target, (text, (span, self.span(callee))), arguments, unused)
    }

    fn target(&mut self, callee: &Expr, call: CallId) -> Target {
        match strip(callee) {
            Expr::Member(member) => self.method_target((member, false), call),
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => self.method_target((member, chain.optional), call),
                OptChainBase::Call(inner) => {
                    let callee = self.arm(|it| it.optional_call(inner, chain.optional, false));
                    Target { callee, this: ValueId::NONE, method: false, field: Name::NONE, settled: Settled::No }
                }
            },
            Expr::SuperProp(property) => {
                let (callee, field) = self.super_member(property);
                let this = self.body().this;
                Target { callee, this, method: false, field, settled: Settled::No }
            }
            callee => {
                let callee = self.expression(callee);
                Target { callee, this: ValueId::NONE, method: false, field: Name::NONE, settled: Settled::No }
            }
        }
    }

    fn method_target(&mut self, (member, optional): (&MemberExpr, bool), call: CallId) -> Target {
        let settled = settled::place(&member.obj).map_or(Settled::No, |place| self.body().settled.holds(&place));
        let this = self.linked(&member.obj, optional);
        let key = self.member_key(&member.prop);
        let field = self.read_key(key);
        if this.is_none() {
            return Target { callee: ValueId::NONE, this, method: true, field, settled };
        }
        let callee = self.temporary();
        let span = self.span(member);
        self.op(span, OpKind::LoadMethod { call, base: this, field });
        self.outdate_by_access(field);
        Target { callee, this, method: true, field, settled }
    }

    /// `value instanceof class`
    pub(super) fn instance_of(&mut self, class: ValueId, span: Span) {
        if class.is_none() {
            return;
        }
        let id = self.new_call_id();
        let (field, text) = (self.name("@@hasInstance"), self.name("instanceof"));
        let callee = self.temporary();
        self.op(span, OpKind::LoadMethod { call: id, base: class, field });
        let result = self.temporary();
        self.facts.calls[id.index()] = Call { callee, this: class, method: true, result, text, field, span, ..BLANK };
        self.op(span, OpKind::Call(id));
    }

    fn finish_call(
        &mut self,
        id: CallId,
        kind: CallKind,
        target: &Target,
        (text, (span, callee_span)): (Name, (Span, Span)),
        arguments: &[ExprOrSpread],
        unused: bool,
    ) -> ValueId {
        let arguments = self.arguments(id, arguments);
        let result = self.temporary();
        let Target { callee, this, method, field, settled } = *target;
        self.facts.calls[id.index()] = Call {
            kind,
            callee,
            this,
            method,
            arguments,
            result,
            text,
            field,
            span: callee_span,
            settled,
            unused,
            optional: false,
        };
        self.op(span, OpKind::Call(id));
        result
    }

    /// Arguments in order. A function that is written as the first one is a section of its own: the call may be of
    /// `atomic`.
    fn arguments(&mut self, call: CallId, arguments: &[ExprOrSpread]) -> (u32, u32) {
        let mut found = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let span = self.span(&*argument.expr);
            let section = (index == 0).then_some(SectionKind::Argument(call));
            let mut value = match strip(&argument.expr) {
                Expr::Fn(function) => self.function_expression(function, section),
                Expr::Arrow(arrow) => {
                    let id = self.arrow(arrow, section);
                    self.closure(id, span)
                }
                _ => self.expression(&argument.expr),
            };
            if argument.spread.is_some() {
                value = self.iterate(span, value, Iteration::Each);
            }
            let given = argument.spread.is_none() && self.is_given(&argument.expr);
            found.push(Argument { value, spread: argument.spread.is_some(), given, span });
        }
        self.add_arguments(found)
    }

    fn add_arguments(&mut self, found: Vec<Argument>) -> (u32, u32) {
        let start = self.facts.arguments.len() as u32;
        self.facts.arguments.extend(found);
        (start, self.facts.arguments.len() as u32)
    }

    pub(super) fn new_expression(&mut self, new: &NewExpr, unused: bool) -> ValueId {
        let id = self.new_call_id();
        let callee = self.expression(&new.callee);
        let target = Target { callee, this: ValueId::NONE, method: false, field: Name::NONE, settled: Settled::No };
        let text = format!("new {}", path(&new.callee).unwrap_or_default());
        let text = self.name(&text);
        let place = (self.span(new), self.span(&*new.callee));
        let arguments = new.args.as_deref().unwrap_or_default();
        let result = self.finish_call(id, CallKind::New, &target, (text, place), arguments, unused);
        self.outdate();
        result
    }

    pub(super) fn tagged(&mut self, tagged: &TaggedTpl) -> ValueId {
        let id = self.new_call_id();
        let target = self.target(&tagged.tag, id);
        let text = path(&tagged.tag).unwrap_or_default();
        let text = self.name(&text);
        let place = (self.span(tagged), self.span(&*tagged.tag));
        let strings = Argument { value: ValueId::NONE, spread: false, given: true, span: place.0 };
        let mut found = vec![strings];
        for part in &tagged.tpl.exprs {
            let value = self.expression(part);
            found.push(Argument { value, spread: false, given: self.is_given(part), span: self.span(&**part) });
        }
        let arguments = self.add_arguments(found);
        let result = self.temporary();
        let Target { callee, this, method, field, settled } = target;
        self.facts.calls[id.index()] =
            Call { callee, this, method, arguments, result, text, field, span: place.1, settled, ..BLANK };
        self.op(place.0, OpKind::Call(id));
        self.outdate();
        result
    }

    pub(super) fn call_with(&mut self, callee: ValueId, with: &[ValueId], span: Span, text: String) -> ValueId {
        let text = self.name(&text);
        self.call_named(callee, (ValueId::NONE, with), span, text)
    }

    /// Calls a value that has no name in the text.
    pub(super) fn call_on(&mut self, callee: ValueId, on: (ValueId, &[ValueId]), span: Span) -> ValueId {
        let text = self.name("");
        self.call_named(callee, on, span, text)
    }

    fn call_named(&mut self, callee: ValueId, (this, with): (ValueId, &[ValueId]), span: Span, text: Name) -> ValueId {
        let id = self.new_call_id();
        let arguments =
            with.iter().map(|value| Argument { value: *value, spread: false, given: false, span }).collect();
        let arguments = self.add_arguments(arguments);
        let result = self.temporary();
        self.facts.calls[id.index()] = Call { callee, this, arguments, result, text, span, ..BLANK };
        self.op(span, OpKind::Call(id));
        result
    }

    /// `super(...all)`
    pub(super) fn super_with_all(&mut self, all: ValueId, span: Span) {
        let element = self.iterate(span, all, Iteration::Each);
        let id = self.new_call_id();
        let arguments = self.add_arguments(vec![Argument { value: element, spread: true, given: false, span }]);
        let (callee, this) = (self.body().home.class, self.body().this);
        let text = self.name("super");
        let result = self.temporary();
        self.facts.calls[id.index()] =
            Call { kind: CallKind::Super, callee, this, arguments, result, text, span, ..BLANK };
        self.op(span, OpKind::Call(id));
    }

    /// Runs a function of this module where it stands.
    pub(super) fn run_inline(&mut self, function: FunctionId, this: ValueId, span: Span) {
        let id = self.new_call_id();
        let name = self.facts.function(function).name;
        self.facts.calls[id.index()] = Call { kind: CallKind::Inline(function), this, text: name, span, ..BLANK };
        self.op(span, OpKind::Call(id));
    }

    /// After `super(…)`, or at the start of a constructor of a class without one above.
    pub(super) fn run_fields(&mut self, span: Span) {
        let (fields, this) = (self.body().home.fields, self.body().this);
        if !fields.is_none() {
            self.run_inline(fields, this, span);
        }
    }

    fn import_expression(&mut self, call: &CallExpr) -> ValueId {
        let literal = call.args.first().and_then(|argument| self.request(&argument.expr));
        let to = self.temporary();
        match literal {
            Some(request) => {
                let span = self.span(call);
                self.op(span, OpKind::Import { to, request, dynamic: true });
            }
            None => call.args.iter().for_each(|argument| _ = self.expression(&argument.expr)),
        }
        to
    }

    fn request(&self, specifier: &Expr) -> Option<RequestId> {
        let Expr::Lit(Lit::Str(text)) = specifier else { return None };
        self.requests.get(&self.parsed.offset(text.span().lo)).copied()
    }

    /// `require("x")`, where that is Node's.
    fn required(&mut self, callee: &Expr, arguments: &[ExprOrSpread]) -> Option<RequestId> {
        let name = callee.as_ident().filter(|name| &*name.sym == "require" && name.ctxt == self.unresolved)?;
        let _ = name;
        self.request(&arguments.first()?.expr)
    }
}
