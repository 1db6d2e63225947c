//! Decorators: they are called with what they stand on when the class is made, and may leave code for each new instance:
//! functions that make the first value of a field, and what `addInitializer` is given.

use super::functions::Head;
use super::{Lowering, NO_HOME};
use crate::facts::{FunctionKind, ObjectKind, OpKind, Param, Span, ValueId, ValueKind};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{Class, ClassMember, Decorator, Expr};

/// What the decorators of a class leave.
pub(super) struct Left {
    /// Their second argument: of members of instances, and of the class itself and its static members.
    context: [ValueId; 2],
    /// What these are given to run.
    added: [ValueId; 2],
    /// By member: what makes the first value of a field of that which is written there.
    initial: Vec<(BytePos, ValueId)>,
}

impl Left {
    pub(super) const NOTHING: Left =
        Left { context: [ValueId::NONE; 2], added: [ValueId::NONE; 2], initial: Vec::new() };
}

/// The decorators of a member, and whether it is static.
pub(super) fn decorators(member: &ClassMember) -> (&[Decorator], bool) {
    match member {
        ClassMember::ClassProp(it) => (&it.decorators, it.is_static),
        ClassMember::PrivateProp(it) => (&it.decorators, it.is_static),
        ClassMember::AutoAccessor(it) => (&it.decorators, it.is_static),
        ClassMember::Method(it) => (&it.function.decorators, it.is_static),
        ClassMember::PrivateMethod(it) => (&it.function.decorators, it.is_static),
        _ => (&[], false),
    }
}

/// Whether new instances run what decorators left.
pub(super) fn leave_something(class: &Class) -> bool {
    class.body.iter().any(|member| matches!(decorators(member), ([_, ..], false)))
}

impl Lowering<'_> {
    /// Makes room for what the decorators of a class will leave.
    pub(super) fn expect_decorators(&mut self, class: &Class, span: Span) -> Left {
        let is_decorated = |member: &&ClassMember| !decorators(member).0.is_empty();
        let members: Vec<BytePos> = class.body.iter().filter(is_decorated).map(|member| member.span().lo).collect();
        if members.is_empty() && class.decorators.is_empty() {
            return Left::NOTHING;
        }
        let added = [self.value(ValueKind::Let), self.value(ValueKind::Let)];
        let context = added.map(|added| self.context(added, span));
        let initial = members.into_iter().map(|member| (member, self.value(ValueKind::Let))).collect();
        Left { context, added, initial }
    }

    /// `{ addInitializer(f) { … } }`
    fn context(&mut self, added: ValueId, span: Span) -> ValueId {
        let name = self.name("addInitializer");
        let (kind, home, section) = (FunctionKind::Arrow, NO_HOME, None);
        let head = Head { kind, name, span, is_async: false, is_generator: false, home, section };
        let id = self.function(head, |it| {
            let (value, function) = (it.temporary(), it.current());
            it.loose.params[function.index()].push(Param { value, rest: false });
            it.assign(span, added, value);
        });
        let from = self.closure(id, span);
        let (context, _) = self.allocate(ObjectKind::Literal, span);
        self.op(span, OpKind::Store { base: context, field: name, from, define: true });
        context
    }

    /// A decorator is called with what it stands on.
    pub(super) fn decorate(&mut self, decorator: &Expr, on: ValueId, left: &Left, is_static: bool) -> ValueId {
        let span = self.span(&decorator.span());
        let callee = self.expression(decorator);
        let with = [on, left.context[usize::from(is_static)]];
        self.call_with(callee, &with, span, super::calls::path(decorator).unwrap_or_default())
    }

    /// What a decorator of a field returned makes its first value, or what the field `init` of that does.
    pub(super) fn note_initial(&mut self, member: BytePos, left: &Left, from: ValueId, span: Span) {
        let to = left.initial.iter().find(|(known, _)| *known == member).map_or(ValueId::NONE, |(_, value)| *value);
        self.assign(span, to, from);
    }

    /// The first value of a field whose decorators may want another one than the class says.
    pub(super) fn initial(&mut self, member: BytePos, left: &Left, value: ValueId, span: Span) -> ValueId {
        let Some((_, callee)) = left.initial.iter().find(|(known, _)| *known == member).copied() else { return value };
        let this = self.body().this;
        let made = self.call_on(callee, (this, &[value]), span);
        self.either(span, value, made)
    }

    /// Runs what was added for instances, or for the class.
    pub(super) fn run_added(&mut self, left: &Left, this: ValueId, span: Span, is_static: bool) {
        let added = left.added[usize::from(is_static)];
        if !added.is_none() {
            self.call_on(added, (this, &[]), span);
        }
    }
}
