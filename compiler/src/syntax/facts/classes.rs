//! Classes: constructor, prototype, fields, statics, and the class above.

use super::decorators::{Left, leave_something};
use super::functions::Head;
use super::{Home, Lowering};
use crate::facts::{
    FunctionId, FunctionKind, Name, ObjectId, ObjectKind, OpKind, Param, Span, ValueId, ValueKind, field,
};
use swc_common::BytePos;
use swc_ecma_ast::{
    Class, ClassExpr, ClassMember, ClassProp, Constructor, Expr, Function, Ident, Key, MethodKind, ParamOrTsParamProp,
    Pat, PrivateProp, TsParamPropParam, TsTypeAnn,
};

/// The class while its members are lowered.
struct Made {
    /// The class above.
    parent: ValueId,
    fields: FunctionId,
    class: ValueId,
    prototype: ValueId,
    /// Followed by the prototype and the instance.
    object: ObjectId,
    name: Name,
    left: Left,
}

/// A field or an accessor with its storage.
struct Property<'a> {
    key: Option<Name>,
    value: Option<&'a Expr>,
    annotation: Option<&'a TsTypeAnn>,
    span: Span,
    /// Where the member begins.
    member: BytePos,
    is_accessor: bool,
}

impl Lowering<'_> {
    pub(super) fn class_expression(&mut self, expression: &ClassExpr) -> ValueId {
        let naming = self.naming.take();
        let own = expression.ident.as_ref().map(|ident| self.declare(ident, ValueKind::Declared));
        let name = match &expression.ident {
            Some(ident) => self.name(&ident.sym),
            None => naming.unwrap_or(Name::NONE),
        };
        self.class(&expression.class, name, own)
    }

    pub(super) fn class_declaration(&mut self, ident: &Ident, class: &Class) -> ValueId {
        let to = self.declare(ident, ValueKind::Declared);
        let name = self.name(&ident.sym);
        self.class(class, name, Some(to));
        to
    }

    /// Makes a class, and gives it to the variable `own`.
    fn class(&mut self, class: &Class, name: Name, own: Option<ValueId>) -> ValueId {
        let span = self.span(class);
        let parent = class.super_class.as_ref().map_or(ValueId::NONE, |parent| self.expression(parent));
        // Reserved first: members may name the class.
        let object = self.object(ObjectKind::Class(FunctionId::NONE), span);
        let prototype_object = self.object(ObjectKind::Prototype, span);
        self.object(ObjectKind::Instance, span);
        let (to, prototype) = (self.temporary(), self.temporary());
        self.op(span, OpKind::Allocate { to, object });
        self.op(span, OpKind::Allocate { to: prototype, object: prototype_object });
        if let Some(own) = own {
            self.assign(span, own, to);
        }
        self.inherit(span, to, prototype, parent);
        self.implement(span, class, prototype);
        let left = self.expect_decorators(class, span);
        let mut made = Made { parent, fields: FunctionId::NONE, class: to, prototype, object, name, left };
        made.fields = self.instance_fields(class, &made);
        let constructor = self.constructor(class, &made, span);
        self.facts.objects[object.index()].kind = ObjectKind::Class(constructor);
        for member in &class.body {
            self.class_member(member, &made);
        }
        self.static_parts(class, &made);
        for decorator in class.decorators.iter().rev() {
            let instead = self.decorate(&decorator.expr, to, &made.left, true);
            self.assign(span, own.unwrap_or(to), instead);
        }
        self.run_added(&made.left, to, span, true);
        to
    }

    fn inherit(&mut self, span: Span, class: ValueId, prototype: ValueId, parent: ValueId) {
        if parent.is_none() {
            return;
        }
        let (link, name) = (self.name(field::PROTOTYPE), self.name("prototype"));
        self.op(span, OpKind::Store { base: class, field: link, from: parent, define: true });
        let above = self.load(span, parent, name);
        self.op(span, OpKind::Store { base: prototype, field: link, from: above, define: true });
    }

    /// What the interfaces promise that a class implements, the class has to keep.
    fn implement(&mut self, span: Span, class: &Class, prototype: ValueId) {
        for interface in class.implements.iter().filter_map(|it| it.expr.as_ident()) {
            let Some(interface) = self.variables.get(&interface.to_id()).copied() else { continue };
            if matches!(self.facts.value(interface).kind(), ValueKind::Declared | ValueKind::Import) {
                let (link, name) = (self.name(field::IMPLEMENTS), self.name("prototype"));
                let from = self.load(span, interface, name);
                self.op(span, OpKind::Store { base: prototype, field: link, from, define: true });
            }
        }
    }

    fn home(&self, made: &Made, is_static: bool) -> Home {
        Home { class: made.parent, is_static, is_literal: false, fields: FunctionId::NONE }
    }

    fn inline_head(&mut self, name: Name, span: Span, home: Home) -> Head {
        Head { kind: FunctionKind::Inline, name, span, is_async: false, is_generator: false, home, section: None }
    }

    /// The function that gives a new instance its fields.
    fn instance_fields(&mut self, class: &Class, made: &Made) -> FunctionId {
        let has_fields = class.body.iter().any(|member| match member {
            ClassMember::ClassProp(property) => !property.is_static,
            ClassMember::PrivateProp(property) => !property.is_static,
            ClassMember::AutoAccessor(accessor) => !accessor.is_static,
            _ => false,
        });
        if !has_fields && !leave_something(class) {
            return FunctionId::NONE;
        }
        let span = self.span(class);
        let name = self.named(made.name, "fields");
        let head = self.inline_head(name, span, self.home(made, false));
        let instance = ObjectId(made.object.0 + 2);
        self.function(head, |it| {
            let this = it.body().this;
            it.run_added(&made.left, this, span, false);
            for member in &class.body {
                if let Some(property) = it.class_field(member, false) {
                    it.field(property, this, instance, made);
                }
            }
        })
    }

    fn class_field<'m>(&mut self, member: &'m ClassMember, is_static: bool) -> Option<Property<'m>> {
        let (key, span, value, annotation, member, is_accessor) = match member {
            ClassMember::ClassProp(it) if it.is_static == is_static && !it.declare => {
                let key = self.key(&it.key);
                if matches!(it.value.as_deref(), Some(Expr::Arrow(_) | Expr::Fn(_))) {
                    self.expect_contract(it.span.lo);
                }
                (key, self.span(&it.key), &it.value, &it.type_ann, it.span.lo, false)
            }
            ClassMember::PrivateProp(it) if it.is_static == is_static => {
                let key = Some(self.private(&it.key.name));
                (key, self.span(&it.key), &it.value, &it.type_ann, it.span.lo, false)
            }
            ClassMember::AutoAccessor(it) if it.is_static == is_static => {
                let key = match &it.key {
                    Key::Private(name) => Some(self.private(&name.name)),
                    Key::Public(name) => self.key(name),
                };
                (key, self.span(it), &it.value, &it.type_ann, it.span.lo, true)
            }
            _ => return None,
        };
        let (value, annotation) = (value.as_deref(), annotation.as_deref());
        Some(Property { key, value, annotation, span, member, is_accessor })
    }

    fn field(&mut self, property: Property<'_>, this: ValueId, owner: ObjectId, made: &Made) {
        let Property { key, value, annotation, span, member, is_accessor } = property;
        self.naming = key.map(|key| self.dotted(Some(made.name).filter(|it| !it.is_none()), key));
        // A field that is declared only may be set later: a prototype's is hidden when it has a value.
        if let (Some(_), Some(key), false) = (value, key, is_accessor) {
            self.loose.declared[owner.index()].push(key);
        }
        let mut value = value.map_or(ValueId::NONE, |value| self.expression(value));
        self.naming = None;
        self.contract = None;
        value = self.initial(member, &made.left, value, span);
        if annotation.is_some() && value.is_none() {
            value = self.temporary();
            self.hint(value, annotation);
        }
        let field = self.write_key(key);
        if !value.is_none() {
            self.op(span, OpKind::Store { base: this, field, from: value, define: true });
        }
    }

    fn constructor(&mut self, class: &Class, made: &Made, span: Span) -> FunctionId {
        let written = class.body.iter().find_map(|member| match member {
            ClassMember::Constructor(constructor) if constructor.body.is_some() => Some(constructor),
            _ => None,
        });
        let name = self.named(made.name, "constructor");
        let mut home = self.home(made, false);
        home.fields = made.fields;
        let at = written.map_or(span, |constructor| self.span(&constructor.key));
        if let Some(constructor) = written {
            self.contract = self.contract_at(constructor.span.lo);
        }
        let head = Head { kind: FunctionKind::Constructor, home, ..self.inline_head(name, at, home) };
        self.function(head, |it| {
            if class.super_class.is_none() {
                it.run_fields(at);
            }
            match written {
                Some(constructor) => it.constructor_body(constructor),
                None if class.super_class.is_some() => it.default_constructor(at),
                None => {}
            }
        })
    }

    fn constructor_body(&mut self, constructor: &Constructor) {
        for param in &constructor.params {
            match param {
                ParamOrTsParamProp::Param(param) => self.param(&param.pat),
                ParamOrTsParamProp::TsParamProp(property) => {
                    let (pattern, name) = match &property.param {
                        TsParamPropParam::Ident(name) => (Pat::Ident(name.clone()), &name.id),
                        TsParamPropParam::Assign(assign) => match &*assign.left {
                            Pat::Ident(name) => (Pat::Assign(assign.clone()), &name.id),
                            _ => continue,
                        },
                    };
                    self.param(&pattern);
                    let from = self.variable(name);
                    let (base, field, span) = (self.body().this, self.name(&name.sym), self.span(name));
                    self.op(span, OpKind::Store { base, field, from, define: true });
                }
            }
        }
        if let Some(body) = &constructor.body {
            self.function_body(body);
        }
    }

    /// `constructor(...args) { super(...args); }`
    fn default_constructor(&mut self, span: Span) {
        let rest = self.temporary();
        let function = self.current();
        self.loose.params[function.index()].push(Param { value: rest, rest: true });
        self.collect(rest);
        self.super_with_all(rest, span);
        self.run_fields(span);
    }

    fn class_member(&mut self, member: &ClassMember, made: &Made) {
        match member {
            ClassMember::Method(method) => {
                let key = self.key(&method.key);
                self.expect_contract(method.span.lo);
                let at = (key, method.kind, method.is_static);
                self.class_method(at, &method.function, self.span(&method.key), made);
            }
            ClassMember::AutoAccessor(accessor) => {
                let key = match &accessor.key {
                    Key::Private(_) => None,
                    Key::Public(name) => self.key(name),
                };
                let (span, init) = (self.span(accessor), self.name("init"));
                for decorator in &accessor.decorators {
                    let instead = self.decorate(&decorator.expr, ValueId::NONE, &made.left, accessor.is_static);
                    let initial = self.load(span, instead, init);
                    self.note_initial(accessor.span.lo, &made.left, initial, span);
                    if !accessor.is_static {
                        self.accessors_of(key, instead, made, span);
                    }
                }
            }
            ClassMember::ClassProp(ClassProp { span, decorators, is_static, .. })
            | ClassMember::PrivateProp(PrivateProp { span, decorators, is_static, .. }) => {
                for decorator in decorators {
                    let initial = self.decorate(&decorator.expr, ValueId::NONE, &made.left, *is_static);
                    self.note_initial(span.lo, &made.left, initial, self.span(span));
                }
            }
            ClassMember::PrivateMethod(method) => {
                let key = Some(self.private(&method.key.name));
                self.expect_contract(method.span.lo);
                let at = (key, method.kind, method.is_static);
                self.class_method(at, &method.function, self.span(&method.key), made);
            }
            _ => {}
        }
    }

    fn class_method(
        &mut self,
        (key, kind, is_static): (Option<Name>, MethodKind, bool),
        function: &Function,
        span: Span,
        made: &Made,
    ) {
        if function.body.is_none() {
            if self.contract.is_none() {
                return;
            }
            self.facts.promising.push(made.object);
        }
        let name = key.map_or(Name::NONE, |key| self.dotted(Some(made.name).filter(|it| !it.is_none()), key));
        let home = self.home(made, is_static);
        let id = self.plain_function(function, FunctionKind::Method, name, span, |head| head.home = home);
        let value = self.closure(id, span);
        let (base, owner) = match is_static {
            true => (made.class, made.object),
            false => (made.prototype, ObjectId(made.object.0 + 1)),
        };
        let text = key.map_or(field::ELEMENT, |key| self.facts.name(key)).to_owned();
        let field = match kind {
            MethodKind::Method => self.write_key(key),
            MethodKind::Getter => self.name(&field::getter(&text)),
            MethodKind::Setter => self.name(&field::setter(&text)),
        };
        self.loose.declared[owner.index()].extend(key);
        self.loose.declared[owner.index()].extend(key.map(|_| field).filter(|field| Some(*field) != key));
        self.op(span, OpKind::Store { base, field, from: value, define: true });
        // What a decorator returns stands in the method's place.
        for decorator in function.decorators.iter().rev() {
            let instead = self.decorate(&decorator.expr, value, &made.left, is_static);
            self.op(span, OpKind::Store { base, field, from: instead, define: true });
        }
    }

    /// `get` and `set` of what the decorator of an `accessor` returns.
    fn accessors_of(&mut self, key: Option<Name>, from: ValueId, made: &Made, span: Span) {
        let Some(text) = key.map(|key| self.facts.name(key).to_owned()) else { return };
        for (part, field) in [("get", field::getter(&text)), ("set", field::setter(&text))] {
            let (part, field) = (self.name(part), self.name(&field));
            let value = self.load(span, from, part);
            self.op(span, OpKind::Store { base: made.prototype, field, from: value, define: true });
        }
    }

    /// Static fields and blocks: they run when the class is made.
    fn static_parts(&mut self, class: &Class, made: &Made) {
        let is_static = |member: &ClassMember| match member {
            ClassMember::ClassProp(property) => property.is_static,
            ClassMember::PrivateProp(property) => property.is_static,
            ClassMember::AutoAccessor(accessor) => accessor.is_static,
            ClassMember::StaticBlock(_) => true,
            _ => false,
        };
        if !class.body.iter().any(is_static) {
            return;
        }
        let span = self.span(class);
        let name = self.named(made.name, "static");
        let head = self.inline_head(name, span, self.home(made, true));
        let object = made.object;
        let id = self.function(head, |it| {
            let this = it.body().this;
            for member in &class.body {
                if let ClassMember::StaticBlock(block) = member {
                    it.block(&block.body.stmts);
                } else if let Some(property) = it.class_field(member, true) {
                    it.field(property, this, object, made);
                }
            }
        });
        self.run_inline(id, made.class, span);
    }

    fn named(&mut self, class: Name, part: &str) -> Name {
        let text = match class.is_none() {
            true => part.to_owned(),
            false => format!("{}.{part}", self.facts.name(class)),
        };
        self.name(&text)
    }
}
