//! Rules of classes: private names, and who may call `super()`.

use super::Early;
use super::scopes::Scope;
use crate::nearest::nearest;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::Spanned;
use swc_ecma_ast::{
    Class, ClassMember, ClassMethod, Constructor, Expr, Key, MemberProp, MethodKind, OptChainBase, PrivateMethod,
    PropName, StaticBlock,
};
use swc_ecma_visit::VisitWith;

/// Private names that the classes around declare.
#[derive(Debug, Default)]
pub(super) struct Private {
    classes: Vec<FxHashSet<Atom>>,
}

impl Private {
    pub(super) fn knows(&self, name: &Atom) -> bool {
        self.classes.iter().any(|names| names.contains(name))
    }

    /// The one that may have been meant.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let mut names: Vec<&str> = self.classes.iter().flatten().map(|it| &**it).collect();
        names.sort_unstable();
        nearest(name, names)
    }
}

/// How a class may have declared a private name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    Getter {
        is_static: bool,
    },
    Setter {
        is_static: bool,
    },
    /// A pair of accessors, or anything else: nothing comes beside it.
    Whole,
}

impl Early {
    pub(super) fn class(&mut self, class: &Class) {
        class.decorators.visit_with(self);
        // Code that says what a class extends is strict, and outside of the class.
        let strict = std::mem::replace(&mut self.strict, true);
        class.super_class.visit_with(self);
        let names = self.private_names(class);
        self.private.classes.push(names);
        for member in &class.body {
            self.member(member, class.super_class.is_some());
        }
        self.private.classes.pop();
        self.strict = strict;
    }

    fn private_names(&mut self, class: &Class) -> FxHashSet<Atom> {
        let mut names: FxHashMap<&Atom, Member> = FxHashMap::default();
        for member in &class.body {
            let (name, is) = match member {
                ClassMember::PrivateMethod(PrivateMethod { function, .. }) if function.body.is_none() => continue,
                ClassMember::PrivateMethod(PrivateMethod { key, kind, is_static, .. }) => match kind {
                    MethodKind::Getter => (key, Member::Getter { is_static: *is_static }),
                    MethodKind::Setter => (key, Member::Setter { is_static: *is_static }),
                    MethodKind::Method => (key, Member::Whole),
                },
                ClassMember::PrivateProp(field) => (&field.key, Member::Whole),
                ClassMember::AutoAccessor(accessor) => match &accessor.key {
                    Key::Private(name) => (name, Member::Whole),
                    Key::Public(_) => continue,
                },
                _ => continue,
            };
            match (names.insert(&name.name, is), is) {
                (None, _) => {}
                (Some(Member::Getter { is_static: a }), Member::Setter { is_static: b })
                | (Some(Member::Setter { is_static: a }), Member::Getter { is_static: b })
                    if a == b =>
                {
                    names.insert(&name.name, Member::Whole);
                }
                (Some(_), _) => self.complain(name.span, format!("\"#{}\" has already been declared", name.name)),
            }
        }
        names.into_keys().cloned().collect()
    }

    fn member(&mut self, member: &ClassMember, is_derived: bool) {
        match member {
            ClassMember::Constructor(constructor) => self.constructor(constructor, is_derived),
            ClassMember::Method(method) => self.method(method),
            ClassMember::PrivateMethod(method) => {
                method.function.decorators.visit_with(self);
                self.function(&method.function, true);
            }
            ClassMember::AutoAccessor(accessor) => {
                if let Key::Public(key) = &accessor.key {
                    key.visit_with(self);
                }
                accessor.decorators.visit_with(self);
                self.field(accessor.value.as_deref());
            }
            member => member.visit_with(self),
        }
    }

    fn method(&mut self, method: &ClassMethod) {
        method.key.visit_with(self);
        if method.is_static && is_named(&method.key, "prototype") {
            self.complain(method.key.span(), "a static member cannot be called \"prototype\"");
        }
        self.function(&method.function, true);
    }

    fn constructor(&mut self, constructor: &Constructor, is_derived: bool) {
        let Some(body) = &constructor.body else { return };
        self.constructor_body(&constructor.params, body, is_derived);
    }

    /// The value of a field.
    pub(super) fn field(&mut self, value: Option<&Expr>) {
        let before = std::mem::replace(&mut self.super_call, false);
        value.into_iter().for_each(|it| it.visit_with(self));
        self.super_call = before;
    }

    pub(super) fn static_block(&mut self, block: &StaticBlock) {
        let before = std::mem::replace(&mut self.super_call, false);
        self.in_scope(Scope::Function, |it| block.body.visit_children_with(it));
        self.super_call = before;
    }
}

pub(super) fn is_named(key: &PropName, wanted: &str) -> bool {
    match key {
        PropName::Ident(name) => &*name.sym == wanted,
        PropName::Str(name) => name.value.as_str() == Some(wanted),
        _ => false,
    }
}

/// `a.#b`, in parentheses or after `?.` as well.
pub(super) fn is_private_member(expression: &Expr) -> bool {
    match expression {
        Expr::Paren(inner) => is_private_member(&inner.expr),
        Expr::Member(member) => matches!(member.prop, MemberProp::PrivateName(_)),
        Expr::OptChain(chain) => match &*chain.base {
            OptChainBase::Member(member) => matches!(member.prop, MemberProp::PrivateName(_)),
            OptChainBase::Call(_) => false,
        },
        _ => false,
    }
}
