//! Expressions: what value each has, and what is done on the way.

use super::Lowering;
use crate::facts::{Iteration, Name, OpKind, Primitive, Span, ValueId, ValueKind, field};
use swc_ecma_ast::{
    BinExpr, BinaryOp, Expr, Ident, Lit, MemberExpr, MemberProp, OptChainBase, OptChainExpr, PropName, SuperProp,
    SuperPropExpr, UnaryOp,
};

impl Lowering<'_> {
    /// Lowers an expression; its value, or NONE if it can carry no function.
    pub(super) fn expression(&mut self, expression: &Expr) -> ValueId {
        match expression {
            Expr::This(_) => self.body().this,
            Expr::Ident(name) => self.read(name),
            Expr::Array(array) => self.array(array),
            Expr::Object(object) => self.object_literal(object),
            Expr::Fn(function) => self.function_expression(function, None),
            Expr::Arrow(arrow) => {
                let id = self.arrow(arrow, None);
                let span = self.span(arrow);
                self.closure(id, span)
            }
            Expr::Class(class) => self.class_expression(class),
            Expr::Member(member) => self.member(member),
            Expr::SuperProp(property) => self.super_member(property).0,
            Expr::Call(call) => self.call(call, false),
            Expr::New(new) => self.new_expression(new, false),
            Expr::OptChain(chain) => self.optional(chain, false),
            Expr::TaggedTpl(tagged) => self.tagged(tagged),
            Expr::Tpl(template) => {
                for part in &template.exprs {
                    let value = self.expression(part);
                    self.coerce(self.span(&**part), value, Primitive::Text);
                }
                ValueId::NONE
            }
            Expr::Assign(assignment) => self.assignment(assignment),
            Expr::Update(update) => self.update(update),
            Expr::Bin(binary) => self.binary(binary),
            Expr::Unary(unary) if unary.op == UnaryOp::Delete => {
                // Removed, not read.
                match unary.arg.unwrap_parens() {
                    Expr::Member(member) => {
                        let base = self.expression(&member.obj);
                        self.member_key(&member.prop);
                        self.trap(self.span(unary), base, "deleteProperty");
                    }
                    argument => _ = self.expression(argument),
                }
                ValueId::NONE
            }
            Expr::Unary(unary) => {
                let value = self.expression(&unary.arg);
                if matches!(unary.op, UnaryOp::Plus | UnaryOp::Minus | UnaryOp::Tilde) {
                    self.coerce(self.span(&*unary.arg), value, Primitive::Number);
                }
                ValueId::NONE
            }
            Expr::Cond(condition) => self.conditional(condition),
            Expr::Seq(sequence) => {
                let values: Vec<ValueId> = sequence.exprs.iter().map(|it| self.expression(it)).collect();
                values.last().copied().unwrap_or(ValueId::NONE)
            }
            Expr::Await(awaited) => {
                let value = self.expression(&awaited.arg);
                self.awaited(self.span(awaited), value)
            }
            Expr::Yield(given) => self.yielded(given),
            other => self.wrapped(other),
        }
    }

    /// What stands around an expression without changing its value, and what has none.
    fn wrapped(&mut self, expression: &Expr) -> ValueId {
        match expression {
            Expr::Paren(inner) => self.expression(&inner.expr),
            Expr::TsTypeAssertion(inner) => self.expression(&inner.expr),
            Expr::TsConstAssertion(inner) => self.expression(&inner.expr),
            Expr::TsNonNull(inner) => self.expression(&inner.expr),
            Expr::TsAs(inner) => self.expression(&inner.expr),
            Expr::TsInstantiation(inner) => self.expression(&inner.expr),
            Expr::TsSatisfies(inner) => self.expression(&inner.expr),
            Expr::JSXElement(element) => self.jsx_element(element),
            Expr::JSXFragment(fragment) => {
                let span = self.span(fragment);
                self.jsx_fragment(&fragment.children, span)
            }
            _ => ValueId::NONE,
        }
    }

    pub(super) fn read(&mut self, name: &Ident) -> ValueId {
        if name.ctxt == self.unresolved {
            if let Some(value) = self.commonjs_name(&name.sym) {
                return value;
            }
            match &*name.sym {
                "undefined" | "NaN" | "Infinity" => return ValueId::NONE,
                "arguments" => return self.arguments_object(),
                _ => {}
            }
        }
        let value = self.variable(name);
        self.used.insert(value);
        let known = self.facts.value(value);
        if known.owner() != self.current() || known.kind() == ValueKind::Let {
            let span = self.span(name);
            self.op(span, OpKind::Read { variable: value });
        }
        value
    }

    /// `module` and `exports`, where the module is CommonJS.
    fn commonjs_name(&self, name: &str) -> Option<ValueId> {
        let (module, exports) = self.commonjs?;
        match name {
            "module" => Some(module),
            "exports" => Some(exports),
            _ => None,
        }
    }

    pub(super) fn coerce(&mut self, span: Span, value: ValueId, hint: Primitive) {
        if !value.is_none() {
            self.op(span, OpKind::Coerce { value, hint });
        }
    }

    pub(super) fn trap(&mut self, span: Span, base: ValueId, trap: &str) {
        if !base.is_none() {
            let trap = self.name(trap);
            self.op(span, OpKind::Trap { base, trap });
        }
    }

    pub(super) fn awaited(&mut self, span: Span, value: ValueId) -> ValueId {
        let to = if value.is_none() { ValueId::NONE } else { self.temporary() };
        self.op(span, OpKind::Await { value, to });
        self.flow().awaited();
        self.outdate();
        to
    }

    fn yielded(&mut self, given: &swc_ecma_ast::YieldExpr) -> ValueId {
        let value = given.arg.as_ref().map_or(ValueId::NONE, |argument| self.expression(argument));
        let span = self.span(given);
        let function = self.current();
        let (yields, sent) = (self.facts.function(function).yields, self.facts.function(function).sent);
        if given.delegate {
            let is_async = self.facts.function(function).is_async;
            let mode = if is_async { Iteration::Awaiting } else { Iteration::Each };
            let element = self.iterate(span, value, mode);
            self.assign(span, yields, element);
        } else {
            self.assign(span, yields, value);
        }
        self.op(span, OpKind::Yield { value });
        self.flow().yielded();
        self.outdate();
        if given.delegate && !value.is_none() {
            let returned = self.name(field::RETURNED);
            return self.load(span, value, returned);
        }
        if given.delegate { ValueId::NONE } else { sent }
    }

    /// Either of two values.
    pub(super) fn either(&mut self, span: Span, left: ValueId, right: ValueId) -> ValueId {
        match (left.is_none(), right.is_none()) {
            (true, _) => right,
            (_, true) => left,
            _ => {
                let to = self.temporary();
                self.assign(span, to, left);
                self.assign(span, to, right);
                to
            }
        }
    }

    fn conditional(&mut self, condition: &swc_ecma_ast::CondExpr) -> ValueId {
        self.expression(&condition.test);
        let (yes, no) = (self.settled_if(&condition.test, true), self.settled_if(&condition.test, false));
        let (then, otherwise) = self.arms(
            |it| {
                it.learn(yes);
                it.expression(&condition.cons)
            },
            |it| {
                it.learn(no);
                it.expression(&condition.alt)
            },
        );
        self.either(self.span(condition), then, otherwise)
    }

    fn binary(&mut self, binary: &BinExpr) -> ValueId {
        let left = self.expression(&binary.left);
        match binary.op {
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => {
                let learnt = match binary.op {
                    BinaryOp::LogicalAnd => self.settled_if(&binary.left, true),
                    BinaryOp::LogicalOr => self.settled_if(&binary.left, false),
                    _ => Vec::new(),
                };
                let right = self.branch(|it| {
                    it.learn(learnt);
                    it.expression(&binary.right)
                });
                self.either(self.span(binary), left, right)
            }
            BinaryOp::EqEqEq | BinaryOp::NotEqEq => {
                self.expression(&binary.right);
                ValueId::NONE
            }
            BinaryOp::In => {
                let right = self.expression(&binary.right);
                self.coerce(self.span(&*binary.left), left, Primitive::Text);
                if !matches!(*binary.left, Expr::PrivateName(_)) {
                    self.trap(self.span(binary), right, "has");
                }
                ValueId::NONE
            }
            BinaryOp::InstanceOf => {
                let class = self.expression(&binary.right);
                let span = self.span(binary);
                self.instance_of(class, span);
                ValueId::NONE
            }
            BinaryOp::EqEq | BinaryOp::NotEq => {
                // An object is made a primitive only to be compared with one.
                let right = self.expression(&binary.right);
                let is_null =
                    |side: &Expr| matches!(side, Expr::Lit(Lit::Null(_))) || side.is_ident_ref_to("undefined");
                if !is_null(&binary.left) && !is_null(&binary.right) && (left.is_none() || right.is_none()) {
                    self.coerce(self.span(&*binary.left), left, Primitive::Any);
                    self.coerce(self.span(&*binary.right), right, Primitive::Any);
                }
                ValueId::NONE
            }
            _ => {
                let right = self.expression(&binary.right);
                let hint = if binary.op == BinaryOp::Add { Primitive::Any } else { Primitive::Number };
                self.coerce(self.span(&*binary.left), left, hint);
                self.coerce(self.span(&*binary.right), right, hint);
                ValueId::NONE
            }
        }
    }

    /// `base.field` as a value.
    fn member(&mut self, member: &MemberExpr) -> ValueId {
        let base = self.expression(&member.obj);
        self.member_of(base, member)
    }

    fn member_of(&mut self, base: ValueId, member: &MemberExpr) -> ValueId {
        let field = self.member_key(&member.prop);
        let field = self.read_key(field);
        let span = self.span(member);
        self.load(span, base, field)
    }

    /// `a?.b`, the whole chain.
    pub(super) fn optional(&mut self, chain: &OptChainExpr, unused: bool) -> ValueId {
        let around = self.flow().enter_chain();
        let value = self.link(chain, unused);
        self.flow().leave_chain(around, true);
        value
    }

    /// The last link of a chain, and those before it.
    pub(super) fn link(&mut self, chain: &OptChainExpr, unused: bool) -> ValueId {
        match &*chain.base {
            OptChainBase::Member(member) => {
                let base = self.linked(&member.obj, chain.optional);
                self.member_of(base, member)
            }
            OptChainBase::Call(call) => self.arm(|it| it.optional_call(call, chain.optional, unused)),
        }
    }

    /// What a link is read from; `?.` may end the chain there.
    pub(super) fn linked(&mut self, object: &Expr, optional: bool) -> ValueId {
        let value = match object {
            Expr::OptChain(chain) => self.link(chain, false),
            Expr::TsNonNull(inner) => self.linked(&inner.expr, false),
            object => self.expression(object),
        };
        if optional {
            self.flow().may_cut_short();
        }
        value
    }

    pub(super) fn load(&mut self, span: Span, base: ValueId, field: Name) -> ValueId {
        if base.is_none() {
            return ValueId::NONE;
        }
        let to = self.temporary();
        self.op(span, OpKind::Load { to, base, field });
        self.outdate_by_access(field);
        to
    }

    /// The field that a property means, if its name is known. A computed one is evaluated.
    pub(super) fn member_key(&mut self, property: &MemberProp) -> Option<Name> {
        match property {
            MemberProp::Ident(name) => Some(self.name(&name.sym)),
            MemberProp::PrivateName(name) => Some(self.private(&name.name)),
            MemberProp::Computed(computed) => self.computed(&computed.expr),
        }
    }

    pub(super) fn private(&mut self, name: &str) -> Name {
        self.name(&format!("#{name}"))
    }

    pub(super) fn super_key(&mut self, property: &SuperPropExpr) -> Option<Name> {
        match &property.prop {
            SuperProp::Ident(name) => Some(self.name(&name.sym)),
            SuperProp::Computed(computed) => self.computed(&computed.expr),
        }
    }

    pub(super) fn key(&mut self, key: &PropName) -> Option<Name> {
        match key {
            PropName::Ident(name) => Some(self.name(&name.sym)),
            PropName::Str(text) => Some(self.name(&text.value.to_string_lossy())),
            PropName::Num(number) => Some(self.name(&number.value.to_string())),
            PropName::Computed(computed) => self.computed(&computed.expr),
            PropName::BigInt(_) => None,
        }
    }

    pub(super) fn computed(&mut self, key: &Expr) -> Option<Name> {
        match key {
            Expr::Lit(Lit::Str(text)) => Some(self.name(&text.value.to_string_lossy())),
            Expr::Lit(Lit::Num(number)) => Some(self.name(&number.value.to_string())),
            Expr::Tpl(template) if template.exprs.is_empty() => {
                let text = template.quasis.first()?.raw.to_string();
                Some(self.name(&text))
            }
            Expr::Member(member) if member.obj.is_ident_ref_to("Symbol") => match &member.prop {
                MemberProp::Ident(name) => Some(self.name(&format!("@@{}", name.sym))),
                _ => None,
            },
            Expr::Paren(inner) => self.computed(&inner.expr),
            _ => {
                let value = self.expression(key);
                self.coerce(self.span(key), value, Primitive::Text);
                None
            }
        }
    }

    pub(super) fn read_key(&mut self, key: Option<Name>) -> Name {
        key.unwrap_or_else(|| self.name(field::ANY))
    }

    pub(super) fn write_key(&mut self, key: Option<Name>) -> Name {
        key.unwrap_or_else(|| self.name(field::ELEMENT))
    }

    /// `super.field`: its value, and the field.
    pub(super) fn super_member(&mut self, property: &SuperPropExpr) -> (ValueId, Name) {
        let span = self.span(property);
        let key = self.super_key(property);
        let field = self.read_key(key);
        let base = self.super_object(span);
        (self.load(span, base, field), field)
    }

    /// The object that `super.x` reads from.
    pub(super) fn super_object(&mut self, span: Span) -> ValueId {
        let home = self.body().home;
        let between = match (home.is_literal, home.is_static) {
            (true, _) => Some(field::PROTOTYPE),
            (false, true) => None,
            (false, false) => Some("prototype"),
        };
        match between {
            Some(between) => {
                let name = self.name(between);
                self.load(span, home.class, name)
            }
            None => home.class,
        }
    }

    pub(super) fn function_expression(
        &mut self,
        expression: &swc_ecma_ast::FnExpr,
        section: Option<crate::facts::SectionKind>,
    ) -> ValueId {
        let span = self.span(expression);
        let name = self.naming.take();
        // Its own name is a variable that only the body sees.
        let own = expression.ident.as_ref().map(|ident| self.declare(ident, ValueKind::Declared));
        let name = match &expression.ident {
            Some(ident) => self.name(&ident.sym),
            None => name.unwrap_or(Name::NONE),
        };
        let at = expression.ident.as_ref().map_or(span, |ident| self.span(ident));
        let kind = crate::facts::FunctionKind::Plain;
        let id = self.plain_function(&expression.function, kind, name, at, |head| head.section = section);
        let value = self.closure(id, span);
        if let Some(own) = own {
            self.assign(span, own, value);
        }
        value
    }
}
