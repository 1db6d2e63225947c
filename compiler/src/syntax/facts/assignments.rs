//! Assignments: what stands on the left is evaluated first, and written to last.

use super::Lowering;
use crate::facts::{Name, OpKind, Primitive, Span, ValueId, field};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, AssignTargetPat, Expr, Ident, MemberExpr, Pat, SimpleAssignTarget,
    SuperPropExpr, UpdateExpr,
};

/// What an assignment writes to, evaluated as far as it is before the value is.
enum Place<'a> {
    Variable(&'a Ident),
    /// The key is NONE where its name is not known.
    Member {
        base: ValueId,
        key: Option<Name>,
        of: &'a MemberExpr,
    },
    Super {
        key: Option<Name>,
        of: &'a SuperPropExpr,
    },
    Pattern(&'a AssignTargetPat),
    Nowhere,
}

impl Lowering<'_> {
    pub(super) fn assignment(&mut self, assignment: &AssignExpr) -> ValueId {
        let place = self.place(&assignment.left);
        if assignment.op == AssignOp::Assign {
            let value = self.assigned_value(assignment);
            self.put(&place, value);
            return value;
        }
        let old = self.get(&place);
        let span = self.span(assignment);
        if matches!(assignment.op, AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign) {
            let value = self.branch(|it| {
                let value = it.assigned_value(assignment);
                it.put(&place, value);
                value
            });
            return self.either(span, old, value);
        }
        let value = self.expression(&assignment.right);
        let hint = if assignment.op == AssignOp::AddAssign { Primitive::Any } else { Primitive::Number };
        self.coerce(span, old, hint);
        self.coerce(span, value, hint);
        self.put(&place, ValueId::NONE);
        ValueId::NONE
    }

    /// A function that is assigned is called what it is assigned to.
    fn assigned_value(&mut self, assignment: &AssignExpr) -> ValueId {
        let text = match &assignment.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => Some(name.id.sym.to_string()),
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => {
                super::calls::path(&Expr::Member(member.clone()))
            }
            _ => None,
        };
        self.naming = text.map(|text| self.name(&text));
        let value = self.expression(&assignment.right);
        self.naming = None;
        value
    }

    pub(super) fn update(&mut self, update: &UpdateExpr) -> ValueId {
        let place = self.place_of(&update.arg);
        let value = self.get(&place);
        self.coerce(self.span(update), value, Primitive::Number);
        self.put(&place, ValueId::NONE);
        ValueId::NONE
    }

    fn place<'a>(&mut self, target: &'a AssignTarget) -> Place<'a> {
        match target {
            AssignTarget::Simple(simple) => self.simple_place(simple),
            AssignTarget::Pat(pattern) => Place::Pattern(pattern),
        }
    }

    fn simple_place<'a>(&mut self, target: &'a SimpleAssignTarget) -> Place<'a> {
        match target {
            SimpleAssignTarget::Ident(name) => Place::Variable(&name.id),
            SimpleAssignTarget::Member(member) => self.member_place(member),
            SimpleAssignTarget::SuperProp(property) => self.super_place(property),
            SimpleAssignTarget::Paren(inner) => self.place_of(&inner.expr),
            SimpleAssignTarget::TsAs(inner) => self.place_of(&inner.expr),
            SimpleAssignTarget::TsSatisfies(inner) => self.place_of(&inner.expr),
            SimpleAssignTarget::TsNonNull(inner) => self.place_of(&inner.expr),
            SimpleAssignTarget::TsTypeAssertion(inner) => self.place_of(&inner.expr),
            SimpleAssignTarget::TsInstantiation(inner) => self.place_of(&inner.expr),
            SimpleAssignTarget::OptChain(_) | SimpleAssignTarget::Invalid(_) => Place::Nowhere,
        }
    }

    fn place_of<'a>(&mut self, target: &'a Expr) -> Place<'a> {
        match target {
            Expr::Ident(name) => Place::Variable(name),
            Expr::Member(member) => self.member_place(member),
            Expr::SuperProp(property) => self.super_place(property),
            Expr::Paren(inner) => self.place_of(&inner.expr),
            Expr::TsAs(inner) => self.place_of(&inner.expr),
            Expr::TsSatisfies(inner) => self.place_of(&inner.expr),
            Expr::TsNonNull(inner) => self.place_of(&inner.expr),
            Expr::TsTypeAssertion(inner) => self.place_of(&inner.expr),
            _ => Place::Nowhere,
        }
    }

    fn member_place<'a>(&mut self, of: &'a MemberExpr) -> Place<'a> {
        let base = self.expression(&of.obj);
        let key = self.member_key(&of.prop);
        Place::Member { base, key, of }
    }

    fn super_place<'a>(&mut self, of: &'a SuperPropExpr) -> Place<'a> {
        Place::Super { key: self.super_key(of), of }
    }

    /// What stands there.
    fn get(&mut self, place: &Place<'_>) -> ValueId {
        match *place {
            Place::Variable(name) => self.read(name),
            Place::Member { base, key, of } => {
                let (span, field) = (self.span(of), self.read_key(key));
                self.load(span, base, field)
            }
            Place::Super { key, of } => {
                let (span, field) = (self.span(of), self.read_key(key));
                let base = self.super_object(span);
                self.load(span, base, field)
            }
            Place::Pattern(_) | Place::Nowhere => ValueId::NONE,
        }
    }

    fn put(&mut self, place: &Place<'_>, value: ValueId) {
        match *place {
            Place::Variable(name) => self.write(name, value),
            Place::Member { base, key, of } => {
                let span = self.span(of);
                self.put_field(span, base, key, value);
                self.body().settled.forget_field(of);
            }
            Place::Super { key, of } => {
                let (span, this) = (self.span(of), self.body().this);
                self.put_field(span, this, key, value);
            }
            Place::Pattern(AssignTargetPat::Array(array)) => {
                self.bind_array(array, value, &mut |it, pattern, value| it.assign_pattern(pattern, value));
            }
            Place::Pattern(AssignTargetPat::Object(object)) => {
                self.bind_object(object, value, &mut |it, pattern, value| it.assign_pattern(pattern, value));
            }
            Place::Pattern(AssignTargetPat::Invalid(_)) | Place::Nowhere => {}
        }
    }

    fn put_field(&mut self, span: Span, base: ValueId, key: Option<Name>, from: ValueId) {
        let mut field = self.write_key(key);
        if self.facts.name(field) == "__proto__" {
            field = self.name(field::PROTOTYPE);
        }
        if !base.is_none() {
            self.op(span, OpKind::Store { base, field, from, define: false });
            self.outdate_by_access(field);
        }
    }

    pub(super) fn write(&mut self, name: &Ident, value: ValueId) {
        let to = self.variable(name);
        self.body().settled.forget_variable(name);
        let span = self.span(name);
        self.op(span, OpKind::Write { variable: to, from: value });
        self.assign(span, to, value);
    }

    pub(super) fn assign_pattern(&mut self, pattern: &Pat, value: ValueId) {
        match pattern {
            Pat::Ident(name) => self.write(&name.id, value),
            Pat::Array(array) => {
                self.bind_array(array, value, &mut |it, pattern, value| it.assign_pattern(pattern, value));
            }
            Pat::Object(object) => {
                self.bind_object(object, value, &mut |it, pattern, value| it.assign_pattern(pattern, value));
            }
            Pat::Assign(with_default) => {
                let value = self.or_default(value, &with_default.right);
                self.assign_pattern(&with_default.left, value);
            }
            Pat::Rest(rest) => self.assign_pattern(&rest.arg, value),
            Pat::Expr(target) => self.assign_to_expression(target, value),
            Pat::Invalid(_) => {}
        }
    }

    pub(super) fn assign_to_expression(&mut self, target: &Expr, value: ValueId) {
        let place = self.place_of(target);
        self.put(&place, value);
    }
}
