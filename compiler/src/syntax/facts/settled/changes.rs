//! What code changes after it is made: variables that are assigned to, and fields of whatever object. It is looked for in
//! modules that ask for `settled`, and only there.

use super::{Place, field};
use crate::syntax::facts::calls::strip;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AwaitExpr, BindingIdent, CallExpr, Callee, ClassMethod, Constructor, Expr, ExprOrSpread,
    ForHead, Function, GetterProp, Id, MemberExpr, MethodKind, NewExpr, OptCall, Pat, PrivateMethod, Program, Prop,
    PropName, PropOrSpread, SetterProp, TaggedTpl, YieldExpr,
};
use swc_ecma_visit::{Visit, VisitWith};

#[derive(Default)]
pub(in super::super) struct Changes {
    /// Variables that are assigned to.
    variables: FxHashSet<Id>,
    /// Those of them that another function does that to than the one that declares them.
    shared: FxHashSet<Id>,
    fields: FxHashSet<String>,
    accessors: FxHashSet<String>,
    /// It calls something.
    calls: bool,
}

impl Changes {
    pub(super) fn of(program: &Program) -> Changes {
        let mut scan = Scan::default();
        program.visit_with(&mut scan);
        scan.done()
    }

    /// Of a part of a function.
    pub(super) fn of_part(part: &impl VisitWith<Scan>) -> Changes {
        let mut scan = Scan::default();
        part.visit_with(&mut scan);
        scan.done()
    }

    /// Whether it calls code that may do anything.
    pub(super) fn calls(&self) -> bool {
        self.calls
    }

    /// Whether this part of a function may change a place; `all` is what the module does.
    pub(super) fn may_change(&self, place: &Place, all: &Changes) -> bool {
        self.is_changed(place) || self.calls && all.is_changed_elsewhere(place)
    }

    pub(super) fn is_changed(&self, place: &Place) -> bool {
        place.root.as_ref().is_some_and(|root| self.variables.contains(root)) || self.changes_field(place)
    }

    /// Whether a call may change it.
    pub(super) fn is_changed_elsewhere(&self, place: &Place) -> bool {
        place.root.as_ref().is_some_and(|root| self.shared.contains(root)) || self.changes_field(place)
    }

    fn changes_field(&self, place: &Place) -> bool {
        place.fields.iter().any(|field| self.fields.contains(field))
    }

    pub(super) fn has_getter(&self, place: &Place) -> bool {
        place.fields.iter().any(|field| self.accessors.contains(field))
    }

    pub(super) fn is_accessor(&self, field: &str) -> bool {
        self.accessors.contains(field)
    }
}

/// Whether a call runs nothing of the program: `console.log()`, and `get()` itself.
pub(super) fn is_harmless(callee: &Expr, arguments: &[ExprOrSpread]) -> bool {
    let Expr::Member(member) = strip(callee) else { return false };
    let is_known = |name: &str| matches!(name, "console" | "Math" | "Date" | "performance");
    arguments.is_empty() && member.prop.is_ident_with("get")
        || member.obj.as_ident().is_some_and(|root| is_known(&root.sym))
}

/// The object whose fields a call of a native function writes.
pub(super) fn changed_by<'a>(callee: &Expr, arguments: &'a [ExprOrSpread]) -> Option<&'a Expr> {
    let Expr::Member(member) = strip(callee) else { return None };
    let writes = member.obj.is_ident_ref_to("Object")
        && (is_assign(member) || member.prop.is_ident_with("defineProperty"))
        || member.obj.is_ident_ref_to("Reflect") && member.prop.is_ident_with("set");
    arguments.first().filter(|_| writes).map(|first| &*first.expr)
}

fn is_assign(member: &MemberExpr) -> bool {
    member.prop.is_ident_with("assign")
}

/// Numbers functions as it goes.
#[derive(Default)]
pub(super) struct Scan {
    found: Changes,
    declared: FxHashMap<Id, u32>,
    written: Vec<(Id, u32)>,
    function: u32,
    functions: u32,
    /// Directly in one, `this` is an object that nobody has asked yet.
    is_constructor: bool,
    /// In a pattern that assigns, rather than declares.
    assigns: bool,
}

impl Scan {
    fn done(mut self) -> Changes {
        for (name, function) in self.written {
            if self.declared.get(&name).is_none_or(|declared| *declared != function) {
                self.found.shared.insert(name.clone());
            }
            self.found.variables.insert(name);
        }
        self.found
    }

    fn inside(&mut self, is_constructor: bool, look: impl FnOnce(&mut Scan)) {
        self.functions += 1;
        let around = (self.function, self.is_constructor, self.assigns);
        (self.function, self.is_constructor, self.assigns) = (self.functions, is_constructor, false);
        look(self);
        (self.function, self.is_constructor, self.assigns) = around;
    }

    fn assigning(&mut self, look: impl FnOnce(&mut Scan)) {
        let around = std::mem::replace(&mut self.assigns, true);
        look(self);
        self.assigns = around;
    }

    fn accessor(&mut self, key: &PropName) {
        let name = match key {
            PropName::Ident(name) => name.sym.to_string(),
            PropName::Str(text) => text.value.to_string_lossy().into_owned(),
            _ => return,
        };
        self.found.accessors.insert(name);
    }

    fn calls(&mut self, callee: &Expr, arguments: &[ExprOrSpread]) {
        self.found.calls |= !is_harmless(callee, arguments);
        if !matches!(strip(callee), Expr::Member(member) if is_assign(member)) {
            return;
        }
        for argument in arguments.iter().skip(1) {
            let Expr::Object(literal) = strip(&argument.expr) else { continue };
            for property in &literal.props {
                let PropOrSpread::Prop(property) = property else { continue };
                let name = match &**property {
                    Prop::Shorthand(name) => name.sym.to_string(),
                    Prop::KeyValue(pair) => match &pair.key {
                        PropName::Ident(name) => name.sym.to_string(),
                        PropName::Str(text) => text.value.to_string_lossy().into_owned(),
                        _ => continue,
                    },
                    _ => continue,
                };
                self.found.fields.insert(name);
            }
        }
    }
}

impl Visit for Scan {
    fn visit_function(&mut self, it: &Function) {
        self.inside(false, |scan| it.visit_children_with(scan));
    }

    fn visit_arrow_expr(&mut self, it: &ArrowExpr) {
        self.inside(false, |scan| it.visit_children_with(scan));
    }

    fn visit_constructor(&mut self, it: &Constructor) {
        self.inside(true, |scan| it.visit_children_with(scan));
    }

    fn visit_assign_expr(&mut self, it: &AssignExpr) {
        self.assigning(|scan| it.left.visit_with(scan));
        it.right.visit_with(self);
    }

    fn visit_for_head(&mut self, it: &ForHead) {
        match it {
            ForHead::Pat(pattern) => self.assigning(|scan| pattern.visit_with(scan)),
            declared => declared.visit_children_with(self),
        }
    }

    fn visit_binding_ident(&mut self, it: &BindingIdent) {
        match self.assigns {
            true => self.written.push((it.id.to_id(), self.function)),
            false => _ = self.declared.insert(it.id.to_id(), self.function),
        }
    }

    fn visit_pat(&mut self, it: &Pat) {
        match it {
            Pat::Expr(target) => match strip(target) {
                Expr::Ident(name) => self.written.push((name.to_id(), self.function)),
                Expr::Member(member) => self.assigning(|scan| member.visit_with(scan)),
                other => other.visit_with(self),
            },
            other => other.visit_children_with(self),
        }
    }

    fn visit_member_expr(&mut self, it: &MemberExpr) {
        let is_new = self.is_constructor && it.obj.is_this();
        if std::mem::take(&mut self.assigns) && !is_new {
            self.found.fields.extend(field(&it.prop));
        }
        it.visit_children_with(self);
    }

    fn visit_expr(&mut self, it: &Expr) {
        let around = std::mem::take(&mut self.assigns);
        it.visit_children_with(self);
        self.assigns = around;
    }

    fn visit_call_expr(&mut self, it: &CallExpr) {
        match &it.callee {
            Callee::Expr(callee) => self.calls(callee, &it.args),
            Callee::Super(_) | Callee::Import(_) => self.found.calls = true,
        }
        it.visit_children_with(self);
    }

    fn visit_opt_call(&mut self, it: &OptCall) {
        self.calls(&it.callee, &it.args);
        it.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, it: &NewExpr) {
        self.found.calls = true;
        it.visit_children_with(self);
    }

    fn visit_tagged_tpl(&mut self, it: &TaggedTpl) {
        self.found.calls = true;
        it.visit_children_with(self);
    }

    fn visit_await_expr(&mut self, it: &AwaitExpr) {
        self.found.calls = true;
        it.visit_children_with(self);
    }

    fn visit_yield_expr(&mut self, it: &YieldExpr) {
        self.found.calls = true;
        it.visit_children_with(self);
    }

    fn visit_class_method(&mut self, it: &ClassMethod) {
        if it.kind != MethodKind::Method {
            self.accessor(&it.key);
        }
        it.visit_children_with(self);
    }

    fn visit_private_method(&mut self, it: &PrivateMethod) {
        if it.kind != MethodKind::Method {
            self.found.accessors.insert(format!("#{}", it.key.name));
        }
        it.visit_children_with(self);
    }

    fn visit_getter_prop(&mut self, it: &GetterProp) {
        self.accessor(&it.key);
        it.visit_children_with(self);
    }

    fn visit_setter_prop(&mut self, it: &SetterProp) {
        self.accessor(&it.key);
        it.visit_children_with(self);
    }
}
