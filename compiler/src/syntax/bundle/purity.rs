//! Whether running a statement can be noticed, when nobody uses what it declares. Says yes in doubt.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{BytePos, Span, SyntaxContext};
use swc_ecma_ast::{
    ArrowFunctionBody, AssignExpr, AssignOp, AssignTarget, BinaryOp, CallExpr, Callee, Class, ClassMember, Decl, Expr,
    ExprOrSpread, Function, Id, Lit, MemberExpr, MemberProp, NewExpr, ObjectLit, Pat, Prop, PropName, PropOrSpread,
    SimpleAssignTarget, Stmt, UnaryOp, VarDecl, VarDeclKind,
};

/// What running a statement does besides declaring names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    None,
    /// Changes an object that only this variable is known to hold.
    Furnishes(Id),
    Some,
}

/// What the answers depend on.
pub(super) struct Purity<'a> {
    pub(super) unresolved: SyntaxContext,
    /// Positions of calls that the author calls pure.
    pub(super) pure_calls: &'a FxHashSet<BytePos>,
    /// Functions of the module whose calls the author calls pure.
    pub(super) pure_functions: &'a FxHashSet<Id>,
    /// Variables of the module that hold a fresh object of a plain kind from the start.
    pub(super) objects: &'a FxHashMap<Id, Fresh>,
}

/// A fresh object, which writes to its properties change and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fresh {
    Function,
    Object,
}

/// Globals whose reading does nothing; other names may be missing, or getters.
const GLOBALS: &[&str] = &[
    "undefined",
    "NaN",
    "Infinity",
    "globalThis",
    "Array",
    "ArrayBuffer",
    "BigInt",
    "BigInt64Array",
    "BigUint64Array",
    "Boolean",
    "DataView",
    "Date",
    "Error",
    "EvalError",
    "Float32Array",
    "Float64Array",
    "Function",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "Intl",
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "Promise",
    "Proxy",
    "RangeError",
    "ReferenceError",
    "Reflect",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "SyntaxError",
    "TypeError",
    "URIError",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "WeakMap",
    "WeakRef",
    "WeakSet",
    "URL",
    "URLSearchParams",
    "TextEncoder",
    "TextDecoder",
    "console",
    "setTimeout",
    "clearTimeout",
    "queueMicrotask",
    "encodeURIComponent",
    "decodeURIComponent",
    "encodeURI",
    "decodeURI",
    "parseInt",
    "parseFloat",
    "isNaN",
    "isFinite",
];

impl Purity<'_> {
    pub(super) fn statement(&self, statement: &Stmt) -> Effect {
        let pure = |pure: bool| if pure { Effect::None } else { Effect::Some };
        match statement {
            Stmt::Empty(_) => Effect::None,
            Stmt::Decl(Decl::Fn(_)) => Effect::None,
            Stmt::Decl(Decl::Class(class)) => pure(self.class(&class.class)),
            Stmt::Decl(Decl::Var(variables)) => pure(self.variables(variables)),
            Stmt::Expr(statement) => match &*statement.expr {
                expression if self.expression(expression) => Effect::None,
                Expr::Assign(assignment) => self.assignment(assignment),
                Expr::Call(call) => self.furnishing_call(call),
                _ => Effect::Some,
            },
            Stmt::Block(block) => pure(block.stmts.iter().all(|it| self.statement(it) == Effect::None)),
            Stmt::If(statement) => pure(
                self.expression(&statement.test)
                    && self.statement(&statement.cons) == Effect::None
                    && statement.alt.as_ref().is_none_or(|it| self.statement(it) == Effect::None),
            ),
            _ => Effect::Some,
        }
    }

    fn variables(&self, variables: &VarDecl) -> bool {
        variables.decls.iter().all(|declarator| match &declarator.name {
            Pat::Ident(_) => declarator.init.as_ref().is_none_or(|value| self.expression(value)),
            // Taking a value apart calls its getters, or its iterator.
            Pat::Array(pattern) => {
                let plain = pattern.elems.iter().flatten().all(|it| it.is_ident());
                let value = declarator.init.as_ref().filter(|value| value.is_array());
                plain && value.is_some_and(|value| self.expression(value))
            }
            _ => false,
        }) || variables.kind == VarDeclKind::Var && variables.decls.is_empty()
    }

    /// `f.x = value` and `f.prototype.x = value` change `f` alone.
    fn assignment(&self, assignment: &AssignExpr) -> Effect {
        let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = &assignment.left else { return Effect::Some };
        if assignment.op != AssignOp::Assign || !self.expression(&assignment.right) {
            return Effect::Some;
        }
        match self.furnished(member) {
            Some(id) => Effect::Furnishes(id),
            None => Effect::Some,
        }
    }

    fn furnished(&self, member: &MemberExpr) -> Option<Id> {
        let key = match &member.prop {
            MemberProp::Ident(name) => Some(&*name.sym),
            MemberProp::Computed(key) => match &*key.expr {
                Expr::Lit(Lit::Num(_)) => Some(""),
                Expr::Lit(Lit::Str(name)) => name.value.as_str(),
                _ => None,
            },
            _ => None,
        }?;
        (key != "__proto__").then(|| self.fresh(&member.obj)).flatten()
    }

    /// The variable whose object `expression` is, or whose `prototype` it is.
    fn fresh(&self, expression: &Expr) -> Option<Id> {
        match expression {
            Expr::Ident(name) => self.objects.contains_key(&name.to_id()).then(|| name.to_id()),
            Expr::Member(inner) => {
                let id = inner.obj.as_ident()?.to_id();
                let is_prototype = inner.prop.as_ident().is_some_and(|it| &*it.sym == "prototype");
                (is_prototype && self.objects.get(&id) == Some(&Fresh::Function)).then_some(id)
            }
            Expr::Paren(inner) => self.fresh(&inner.expr),
            _ => None,
        }
    }

    /// `Object.assign(f.prototype, { … })`, `Object.defineProperty(f, "x", { … })`, `Object.freeze(f)`.
    fn furnishing_call(&self, call: &CallExpr) -> Effect {
        let Callee::Expr(callee) = &call.callee else { return Effect::Some };
        let Expr::Member(member) = &**callee else { return Effect::Some };
        let of_object = member.obj.as_ident().is_some_and(|it| it.ctxt == self.unresolved && &*it.sym == "Object");
        let known = ["assign", "defineProperty", "defineProperties", "freeze", "setPrototypeOf"];
        let known = member.prop.as_ident().is_some_and(|it| known.contains(&&*it.sym));
        let Some((target, rest)) = call.args.split_first() else { return Effect::Some };
        let plain = rest.iter().all(|it| self.argument(it) && is_quiet(&it.expr));
        match self.fresh(&target.expr) {
            Some(id) if of_object && known && plain && target.spread.is_none() => Effect::Furnishes(id),
            _ => Effect::Some,
        }
    }

    fn argument(&self, argument: &ExprOrSpread) -> bool {
        match argument.spread {
            Some(_) => argument.expr.as_array().is_some_and(|_| self.expression(&argument.expr)),
            None => self.expression(&argument.expr),
        }
    }

    fn is_global(&self, expression: &Expr, names: &[&str]) -> bool {
        expression.as_ident().is_some_and(|it| it.ctxt == self.unresolved && names.contains(&&*it.sym))
    }

    fn is_marked(&self, span: Span) -> bool {
        self.pure_calls.contains(&span.lo)
    }

    /// Whether evaluating `expression` does nothing but make a value.
    pub(super) fn expression(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Lit(_) | Expr::Fn(_) | Expr::Arrow(_) | Expr::This(_) | Expr::MetaProp(_) => true,
            Expr::Ident(name) => name.ctxt != self.unresolved || GLOBALS.contains(&&*name.sym),
            Expr::Paren(inner) => self.expression(&inner.expr),
            Expr::Class(class) => self.class(&class.class),
            Expr::Array(array) => array.elems.iter().flatten().all(|it| self.argument(it)),
            Expr::Object(object) => self.object(object),
            Expr::Tpl(template) => template.exprs.iter().all(|it| self.primitive(it)),
            Expr::Unary(unary) => match unary.op {
                UnaryOp::TypeOf => unary.arg.is_ident() || self.expression(&unary.arg),
                UnaryOp::Void | UnaryOp::Bang => self.expression(&unary.arg),
                UnaryOp::Minus | UnaryOp::Plus | UnaryOp::Tilde => self.primitive(&unary.arg),
                UnaryOp::Delete => false,
            },
            Expr::Bin(binary) => match binary.op {
                BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => {
                    self.guarded(&binary.left, &binary.right)
                }
                BinaryOp::EqEqEq | BinaryOp::NotEqEq => self.expression(&binary.left) && self.expression(&binary.right),
                BinaryOp::In | BinaryOp::InstanceOf => false,
                _ => self.primitive(&binary.left) && self.primitive(&binary.right),
            },
            Expr::Cond(choice) => {
                self.expression(&choice.test) && self.expression(&choice.cons) && self.expression(&choice.alt)
            }
            Expr::Seq(sequence) => sequence.exprs.iter().all(|it| self.expression(it)),
            Expr::Member(member) => self.member(member),
            Expr::Call(call) => self.call(call),
            Expr::New(new) => self.construction(new),
            _ => false,
        }
    }

    /// `typeof x !== "undefined" && x.y` cannot fail for want of `x`.
    fn guarded(&self, left: &Expr, right: &Expr) -> bool {
        self.expression(left) && self.expression(right)
    }

    /// Whether the value is certainly no object, so that operators call nothing.
    fn primitive(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Lit(literal) => !matches!(literal, Lit::Regex(_)),
            Expr::Paren(inner) => self.primitive(&inner.expr),
            Expr::Tpl(template) => template.exprs.iter().all(|it| self.primitive(it)),
            Expr::Unary(unary) => match unary.op {
                UnaryOp::Minus | UnaryOp::Plus | UnaryOp::Tilde => self.primitive(&unary.arg),
                UnaryOp::TypeOf | UnaryOp::Void | UnaryOp::Bang => self.expression(&unary.arg),
                UnaryOp::Delete => false,
            },
            Expr::Bin(binary) => match binary.op {
                BinaryOp::EqEqEq | BinaryOp::NotEqEq => self.expression(expression),
                BinaryOp::In | BinaryOp::InstanceOf => false,
                _ => self.primitive(&binary.left) && self.primitive(&binary.right),
            },
            Expr::Cond(choice) => {
                self.expression(&choice.test) && self.primitive(&choice.cons) && self.primitive(&choice.alt)
            }
            Expr::Member(member) => self.is_global(&member.obj, &["Math", "Number"]) && self.member(member),
            Expr::Ident(name) => name.ctxt == self.unresolved && ["undefined", "NaN", "Infinity"].contains(&&*name.sym),
            _ => false,
        }
    }

    /// Reading a property may call a getter, except of what the language defines.
    fn member(&self, member: &MemberExpr) -> bool {
        const OBJECTS: &[&str] = &[
            "Math", "Number", "Object", "Array", "String", "Symbol", "Reflect", "JSON", "Promise", "Function", "Map",
            "Set", "Date", "RegExp",
        ];
        let plain = matches!(&member.prop, MemberProp::Ident(_));
        match &*member.obj {
            object @ Expr::Ident(_) => plain && self.is_global(object, OBJECTS),
            Expr::Member(inner) => {
                let of_prototype = inner.prop.as_ident().is_some_and(|it| &*it.sym == "prototype");
                plain && of_prototype && self.is_global(&inner.obj, OBJECTS)
            }
            _ => false,
        }
    }

    fn call(&self, call: &CallExpr) -> bool {
        let Callee::Expr(callee) = &call.callee else { return false };
        let arguments = call.args.iter().all(|it| self.argument(it));
        if !arguments {
            return false;
        }
        if self.is_marked(call.span) {
            return true;
        }
        match &**callee {
            Expr::Ident(name) if self.pure_functions.contains(&name.to_id()) => true,
            callee @ Expr::Ident(_) if self.is_global(callee, &["Symbol"]) => {
                call.args.iter().all(|it| self.primitive(&it.expr))
            }
            callee @ Expr::Ident(_) if self.is_global(callee, &["Boolean"]) => true,
            Expr::Member(member) => {
                let name = member.prop.as_ident().map_or("", |it| &*it.sym);
                let is = |object: &str, names: &[&str]| self.is_global(&member.obj, &[object]) && names.contains(&name);
                is("Object", &["create"]) && call.args.len() == 1
                    || is("Object", &["freeze"]) && call.args.iter().all(|it| it.expr.is_object() || it.expr.is_array())
                    || is("Array", &["isArray"])
                    || is("Symbol", &["for"]) && call.args.iter().all(|it| self.primitive(&it.expr))
                    || self.is_global(&member.obj, &["Math"])
                        && call.args.iter().all(|it| self.primitive(&it.expr))
                        && name != "random"
                    || is("String", &["fromCharCode"]) && call.args.iter().all(|it| self.primitive(&it.expr))
            }
            // `(function () { … })()` runs its body; only an empty one is known.
            Expr::Paren(inner) => match &*inner.expr {
                Expr::Fn(function) => function.function.body.as_ref().is_some_and(|it| it.stmts.is_empty()),
                Expr::Arrow(arrow) => {
                    matches!(&*arrow.body, ArrowFunctionBody::FunctionBody(body) if body.stmts.is_empty())
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn construction(&self, new: &NewExpr) -> bool {
        let arguments = new.args.as_deref().unwrap_or_default();
        if !arguments.iter().all(|it| self.argument(it)) {
            return false;
        }
        if self.is_marked(new.span) {
            return true;
        }
        let empty = |it: &ExprOrSpread| match &*it.expr {
            Expr::Lit(Lit::Null(_)) => true,
            Expr::Array(array) => array.elems.is_empty(),
            it => self.is_global(it, &["undefined"]),
        };
        let entries = |it: &ExprOrSpread| {
            it.expr
                .as_array()
                .is_some_and(|array| array.elems.iter().flatten().all(|it| it.spread.is_none() && it.expr.is_array()))
        };
        if self.is_global(&new.callee, &["WeakMap", "WeakSet"]) {
            return arguments.iter().all(empty);
        }
        if self.is_global(&new.callee, &["Map"]) {
            return arguments.iter().all(|it| empty(it) || entries(it));
        }
        if self.is_global(&new.callee, &["Set"]) {
            return arguments.iter().all(|it| empty(it) || it.expr.is_array());
        }
        let plain = [
            "Date",
            "Error",
            "TypeError",
            "RangeError",
            "Object",
            "Float32Array",
            "Float64Array",
            "Int32Array",
            "Uint8Array",
            "Uint16Array",
            "Uint32Array",
            "Int8Array",
            "Int16Array",
            "TextEncoder",
        ];
        self.is_global(&new.callee, &plain)
            && arguments.iter().all(|it| {
                matches!(&*it.expr, Expr::Lit(Lit::Str(_) | Lit::Null(_)))
                    || matches!(&*it.expr, Expr::Lit(Lit::Num(number)) if number.value >= 0.0 && number.value < 1e6)
                    || it.expr.as_array().is_some_and(|array| {
                        array.elems.iter().flatten().all(|it| it.spread.is_none() && self.primitive(&it.expr))
                    })
            })
    }

    fn object(&self, object: &ObjectLit) -> bool {
        object.props.iter().all(|property| match property {
            PropOrSpread::Spread(_) => false,
            PropOrSpread::Prop(property) => match &**property {
                Prop::Shorthand(name) => name.ctxt != self.unresolved || GLOBALS.contains(&&*name.sym),
                Prop::KeyValue(property) => self.key(&property.key) && self.expression(&property.value),
                Prop::Getter(property) => self.key(&property.key),
                Prop::Setter(property) => self.key(&property.key),
                Prop::Method(property) => self.key(&property.key),
                Prop::Assign(_) => false,
            },
        })
    }

    fn key(&self, key: &PropName) -> bool {
        match key {
            PropName::Computed(computed) => {
                self.primitive(&computed.expr)
                    || matches!(&*computed.expr, Expr::Member(member) if self.is_global(&member.obj, &["Symbol"]))
            }
            _ => true,
        }
    }

    fn class(&self, class: &Class) -> bool {
        let function = |function: &Function| function.decorators.is_empty();
        class.decorators.is_empty()
            && class.super_class.as_ref().is_none_or(|it| self.expression(it))
            && class.body.iter().all(|member| match member {
                ClassMember::Constructor(_) | ClassMember::Empty(_) => true,
                ClassMember::Method(method) => self.key(&method.key) && function(&method.function),
                ClassMember::PrivateMethod(method) => function(&method.function),
                ClassMember::ClassProp(field) => {
                    let value = !field.is_static || field.value.as_ref().is_none_or(|it| self.expression(it));
                    field.decorators.is_empty() && self.key(&field.key) && value
                }
                ClassMember::PrivateProp(field) => {
                    field.decorators.is_empty()
                        && (!field.is_static || field.value.as_ref().is_none_or(|it| self.expression(it)))
                }
                ClassMember::StaticBlock(block) => block.body.stmts.is_empty(),
                _ => false,
            })
    }
}

/// Whether properties that are made of `value`, a literal or a description of some, run no code when they are copied or
/// written to.
fn is_quiet(value: &Expr) -> bool {
    match value {
        Expr::Ident(_) | Expr::Member(_) => false,
        Expr::Paren(inner) => is_quiet(&inner.expr),
        Expr::Object(object) => object.props.iter().all(|it| match it {
            PropOrSpread::Prop(property) => match &**property {
                Prop::Getter(_) | Prop::Setter(_) => false,
                Prop::Method(method) => !is_setter(&method.key),
                Prop::KeyValue(it) => !is_setter(&it.key) && (it.value.is_ident() || is_quiet(&it.value)),
                Prop::Shorthand(name) => &*name.sym != "set",
                Prop::Assign(_) => true,
            },
            PropOrSpread::Spread(_) => true,
        }),
        _ => true,
    }
}

/// Of a description of a property, or what may be one.
fn is_setter(key: &PropName) -> bool {
    match key {
        PropName::Ident(name) => ["set", "__proto__"].contains(&&*name.sym),
        PropName::Str(name) => name.value.as_str().is_none_or(|it| ["set", "__proto__"].contains(&it)),
        PropName::Num(_) | PropName::BigInt(_) => false,
        PropName::Computed(_) => true,
    }
}
