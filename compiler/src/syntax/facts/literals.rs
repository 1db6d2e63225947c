//! Literals of objects and arrays.

use super::{Home, Lowering, NO_HOME};
use crate::facts::{FunctionId, FunctionKind, Iteration, Name, ObjectId, ObjectKind, OpKind, ValueId, field};
use swc_common::Spanned;
use swc_ecma_ast::{ArrayLit, Expr, Function, ObjectLit, Prop, PropName, PropOrSpread};

impl Lowering<'_> {
    pub(super) fn array(&mut self, array: &ArrayLit) -> ValueId {
        let span = self.span(array);
        let (value, object) = self.allocate(ObjectKind::Array, span);
        let mut after_spread = false;
        for (index, element) in array.elems.iter().enumerate() {
            let Some(element) = element else { continue };
            let at = self.span(&*element.expr);
            let mut part = self.expression(&element.expr);
            if element.spread.is_some() {
                part = self.iterate(at, part, Iteration::Each);
                after_spread = true;
            }
            if part.is_none() {
                continue;
            }
            let name = if after_spread { self.name(field::ELEMENT) } else { self.name(&index.to_string()) };
            if !after_spread {
                self.loose.declared[object.index()].push(name);
            }
            self.op(at, OpKind::Store { base: value, field: name, from: part, define: true });
        }
        value
    }

    pub(super) fn object_literal(&mut self, literal: &ObjectLit) -> ValueId {
        let span = self.span(literal);
        let around = self.naming.take();
        let (value, object) = self.allocate(ObjectKind::Literal, span);
        for property in &literal.props {
            match property {
                PropOrSpread::Spread(spread) => {
                    let from = self.expression(&spread.expr);
                    // What is spread over a field may replace it.
                    self.loose.declared[object.index()].clear();
                    if !from.is_none() {
                        self.op(self.span(spread), OpKind::CopyFields { to: value, from });
                    }
                }
                PropOrSpread::Prop(property) => self.property(property, value, object, around),
            }
        }
        value
    }

    fn property(&mut self, property: &Prop, to: ValueId, object: ObjectId, around: Option<Name>) {
        let span = self.span(property);
        match property {
            Prop::Shorthand(name) => {
                let value = self.read(name);
                let field = self.name(&name.sym);
                self.define(to, object, Some(field), value, span);
            }
            Prop::KeyValue(property) => {
                let key = self.key(&property.key);
                if key.is_some_and(|key| self.facts.name(key) == "__proto__") {
                    let value = self.expression(&property.value);
                    let field = self.name(field::PROTOTYPE);
                    self.op(span, OpKind::Store { base: to, field, from: value, define: true });
                    return;
                }
                if matches!(&*property.value, Expr::Fn(_) | Expr::Arrow(_)) {
                    self.expect_contract(property.key.span().lo);
                }
                self.naming = key.map(|key| self.dotted(around, key));
                let value = self.expression(&property.value);
                self.naming = None;
                self.define(to, object, key, value, span);
            }
            Prop::Method(method) => self.method(&method.key, &method.function, to, object, around, |name| name),
            Prop::Getter(it) => self.method(&it.key, &it.function, to, object, around, |name| field::getter(&name)),
            Prop::Setter(it) => self.method(&it.key, &it.function, to, object, around, |name| field::setter(&name)),
            Prop::Assign(_) => {}
        }
    }

    fn method(
        &mut self,
        key: &PropName,
        function: &Function,
        to: ValueId,
        object: ObjectId,
        around: Option<Name>,
        field: impl FnOnce(String) -> String,
    ) {
        let span = self.span(key);
        self.expect_contract(key.span().lo);
        self.expect_contract(function.span.lo);
        let key = self.key(key);
        let name = key.map_or(Name::NONE, |key| self.dotted(around, key));
        let home = Home { class: to, is_literal: true, fields: FunctionId::NONE, ..NO_HOME };
        let id = self.plain_function(function, FunctionKind::Method, name, span, |head| head.home = home);
        let value = self.closure(id, span);
        let text = field(key.map_or(field::ELEMENT, |key| self.facts.name(key)).to_owned());
        let field = self.name(&text);
        let declared = &mut self.loose.declared[object.index()];
        match key {
            // An accessor hides the field of its name.
            Some(key) => declared.extend([key, field]),
            None => declared.clear(),
        }
        self.op(span, OpKind::Store { base: to, field, from: value, define: true });
    }

    fn define(&mut self, to: ValueId, object: ObjectId, key: Option<Name>, value: ValueId, span: crate::facts::Span) {
        match key {
            Some(key) => self.loose.declared[object.index()].push(key),
            None => self.loose.declared[object.index()].clear(),
        }
        let field = self.write_key(key);
        if !value.is_none() {
            self.op(span, OpKind::Store { base: to, field, from: value, define: true });
        }
    }

    /// `around.key`
    pub(super) fn dotted(&mut self, around: Option<Name>, key: Name) -> Name {
        let Some(around) = around else { return key };
        let text = format!("{}.{}", self.facts.name(around), self.facts.name(key));
        self.name(&text)
    }
}
