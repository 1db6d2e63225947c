//! Destructuring: patterns in declarations, parameters and assignments.

use super::Lowering;
use crate::facts::{Hint, Iteration, Name, ObjectKind, OpKind, Span, ValueId, ValueKind, field};
use swc_common::Spanned;
use swc_ecma_ast::{ArrayPat, Expr, ObjectPat, ObjectPatProp, Pat, TsEntityName, TsType, TsTypeAnn};

impl Lowering<'_> {
    /// Binds or assigns `value` to a pattern.
    pub(super) fn bind(&mut self, pattern: &Pat, value: ValueId, kind: ValueKind) {
        match pattern {
            Pat::Ident(name) => {
                let to = self.declare(&name.id, kind);
                self.hint(to, name.type_ann.as_deref());
                let span = self.span(&name.id);
                self.assign(span, to, value);
            }
            Pat::Array(array) => self.bind_array(array, value, &mut |it, pattern, value| it.bind(pattern, value, kind)),
            Pat::Object(object) => {
                self.bind_object(object, value, &mut |it, pattern, value| it.bind(pattern, value, kind));
            }
            Pat::Assign(with_default) => {
                let value = self.or_default(value, &with_default.right);
                self.bind(&with_default.left, value, kind);
            }
            Pat::Rest(rest) => self.bind(&rest.arg, value, kind),
            Pat::Expr(target) => self.assign_to_expression(target, value),
            Pat::Invalid(_) => {}
        }
    }

    /// A value that a default may stand in for.
    pub(super) fn or_default(&mut self, value: ValueId, default: &Expr) -> ValueId {
        let default_value = self.stand_by(value, |it| it.branch(|it| it.expression(default)));
        if default_value.is_none() {
            return value;
        }
        let span = self.span(default);
        let either = self.temporary();
        self.assign(span, either, value);
        self.stand_by(value, |it| it.assign(span, either, default_value));
        if let Some(origin) = self.origin(value) {
            self.body().parts.push((either, origin));
        }
        either
    }

    pub(super) fn bind_array(
        &mut self,
        array: &ArrayPat,
        value: ValueId,
        bind: &mut dyn FnMut(&mut Self, &Pat, ValueId),
    ) {
        let span = self.span(array);
        let element = self.iterate(span, value, Iteration::Positional);
        for (index, pattern) in array.elems.iter().enumerate() {
            let Some(pattern) = pattern else { continue };
            if let Pat::Rest(rest) = pattern {
                let (all, _) = self.allocate(ObjectKind::Array, span);
                let name = self.name(field::ELEMENT);
                let rest_of_array = self.iterate(span, value, Iteration::Rest);
                for from in [element, rest_of_array].into_iter().filter(|from| !from.is_none()) {
                    self.op(span, OpKind::Store { base: all, field: name, from, define: true });
                }
                bind(self, &rest.arg, all);
                continue;
            }
            // By index where the source is an array, any element where it is something else.
            let to = self.temporary();
            let name = self.name(&index.to_string());
            if !value.is_none() {
                let span = self.span(pattern);
                self.op(span, OpKind::Load { to, base: value, field: name });
                self.assign(span, to, element);
            }
            bind(self, pattern, to);
        }
    }

    pub(super) fn bind_object(
        &mut self,
        object: &ObjectPat,
        value: ValueId,
        bind: &mut dyn FnMut(&mut Self, &Pat, ValueId),
    ) {
        for property in &object.props {
            match property {
                ObjectPatProp::KeyValue(property) => {
                    let key = self.key(&property.key);
                    let field = self.read_key(key);
                    let span = self.span(&property.key);
                    let part = self.load(span, value, field);
                    if key.is_some() {
                        self.note_part(part, value, field);
                    }
                    bind(self, &property.value, part);
                }
                ObjectPatProp::Assign(property) => {
                    let field = self.name(&property.key.id.sym);
                    let span = self.span(&property.key.id);
                    let mut part = self.load(span, value, field);
                    if let Some(default) = &property.value {
                        self.note_part(part, value, field);
                        part = self.or_default(part, default);
                    }
                    bind(self, &Pat::Ident(property.key.clone()), part);
                }
                ObjectPatProp::Rest(rest) => {
                    let span = self.span(rest);
                    let (all, _) = self.allocate(ObjectKind::Literal, span);
                    if !value.is_none() {
                        self.op(span, OpKind::CopyFields { to: all, from: value });
                    }
                    bind(self, &rest.arg, all);
                }
            }
        }
    }

    /// The elements of an iterable.
    pub(super) fn iterate(&mut self, span: Span, source: ValueId, mode: Iteration) -> ValueId {
        if source.is_none() {
            return ValueId::NONE;
        }
        let to = self.temporary();
        let hidden = self.temporary();
        (0..3).for_each(|_| _ = self.temporary());
        self.op(span, OpKind::Iterate { source, to, hidden, mode });
        to
    }

    /// What the declared type of a variable says about it: that it is an instance of a class.
    pub(super) fn hint(&mut self, value: ValueId, annotation: Option<&TsTypeAnn>) {
        let Some(mut declared) = annotation.map(|it| &*it.type_ann) else { return };
        // `Socket | undefined` is a Socket where it is called.
        if let TsType::TsUnionOrIntersectionType(swc_ecma_ast::TsUnionOrIntersectionType::TsUnionType(union)) = declared
        {
            let mut named = union.types.iter().filter(|it| it.is_ts_type_ref());
            let (Some(first), None) = (named.next(), named.next()) else { return };
            declared = first;
        }
        let TsType::TsTypeRef(reference) = declared else { return };
        let (class, member) = match &reference.type_name {
            TsEntityName::Ident(name) => (name, None),
            TsEntityName::TsQualifiedName(name) => match &name.left {
                TsEntityName::Ident(left) => (left, Some(&name.right.sym)),
                TsEntityName::TsQualifiedName(_) => return,
            },
        };
        let class = self.variable(class);
        let member = member.map_or(Name::NONE, |member| self.facts.names.intern(member));
        self.facts.hints.push(Hint { value, class, member });
    }

    pub(super) fn span_of_pattern(&self, pattern: &Pat) -> Span {
        let span = pattern.span();
        self.span(&span)
    }
}
