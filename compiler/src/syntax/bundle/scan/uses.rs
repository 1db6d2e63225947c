//! What statements name, and whom they ask.

use super::Context;
use super::items::attribute;
use crate::syntax::bundle::ids::Ids;
use crate::syntax::bundle::prepare;
use crate::syntax::bundle::record::{Ask, AskForm, Name, Spot, Statement, SymbolIndex};
use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_ecma_ast::{
    AssignPatProp, AssignTarget, BreakStmt, CallExpr, Callee, ContinueStmt, Expr, ForHead, Ident, LabeledStmt, Lit,
    MemberExpr, MemberProp, MetaPropExpr, MetaPropKind, NewExpr, OptChainBase, Pat, SimpleAssignTarget, Stmt, Str,
    TryStmt, UnaryExpr, UnaryOp, UpdateExpr,
};
use swc_ecma_visit::{Visit, VisitWith};

/// Names of a module that are not its top level's.
#[derive(Default)]
pub(super) struct Names {
    pub(super) globals: FxHashSet<Atom>,
    /// `eval` is called, which sees every name.
    pub(super) evals: bool,
    nested: FxHashSet<Atom>,
}

impl Names {
    fn sorted(set: &FxHashSet<Atom>) -> Vec<Name> {
        let mut names: Vec<Name> = set.iter().map(|it| Name::from(&**it)).collect();
        names.sort();
        names
    }

    pub(super) fn globals(&self) -> Vec<Name> {
        Names::sorted(&self.globals)
    }

    pub(super) fn nested(&self) -> Vec<Name> {
        Names::sorted(&self.nested)
    }
}

pub(super) struct Found {
    pub(super) statement: Statement,
    pub(super) requests: Vec<Ask>,
    /// Symbols that are assigned to, and where imports are.
    pub(super) assigned: Vec<SymbolIndex>,
    pub(super) assigned_imports: Vec<(Name, Spot)>,
}

pub(super) struct Uses<'a> {
    context: &'a Context<'a>,
    ids: &'a Ids,
    imported: &'a FxHashSet<SymbolIndex>,
    names: &'a mut Names,
    pub(super) first_request: usize,
    seen: FxHashSet<SymbolIndex>,
    seen_members: FxHashSet<(SymbolIndex, Atom)>,
    found: Found,
    /// Blocks of `try` around.
    tries: usize,
}

impl<'a> Uses<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        ids: &'a Ids,
        imported: &'a FxHashSet<SymbolIndex>,
        names: &'a mut Names,
    ) -> Uses<'a> {
        let found = Found {
            statement: Statement::default(),
            requests: Vec::new(),
            assigned: Vec::new(),
            assigned_imports: Vec::new(),
        };
        Uses {
            context,
            ids,
            imported,
            names,
            first_request: 0,
            seen: FxHashSet::default(),
            seen_members: FxHashSet::default(),
            found,
            tries: 0,
        }
    }

    pub(super) fn of(mut self, statements: &[Stmt]) -> Found {
        statements.iter().for_each(|it| it.visit_with(&mut self));
        self.found
    }

    fn is_global(&self, name: &Ident, sym: &str) -> bool {
        name.ctxt == self.context.unresolved && &*name.sym == sym
    }

    fn ask(&mut self, specifier: &Str, form: AskForm, call: Option<&CallExpr>) {
        let with = call.and_then(|call| call.args.get(1)).and_then(|options| options.expr.as_object());
        let with = with
            .and_then(|options| options.props.iter().find_map(|it| it.as_prop()?.as_key_value()?.value.as_object()));
        self.found.statement.requests.push((self.first_request + self.found.requests.len()) as u32);
        self.found.requests.push(Ask {
            specifier: specifier.value.to_string_lossy().into_owned(),
            form,
            attribute: with.and_then(attribute),
            guarded: self.tries > 0,
            place: prepare::spot(self.context.parsed, specifier.span),
        });
    }

    /// What is written to or deleted: of an import, it is the namespace that refuses.
    fn written(&mut self, target: &Expr) {
        match target {
            Expr::Ident(name) => {
                self.assigned(name);
                name.visit_with(self);
            }
            Expr::Member(member) => member.visit_children_with(self),
            Expr::Paren(inner) => self.written(&inner.expr),
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => member.visit_children_with(self),
                base => base.visit_with(self),
            },
            target => target.visit_with(self),
        }
    }

    /// A name that is written to.
    fn assigned(&mut self, name: &Ident) {
        let Some(symbol) = self.ids.get(name) else { return };
        self.found.assigned.push(symbol);
        if self.imported.contains(&symbol) {
            let place = prepare::spot(self.context.parsed, name.span);
            self.found.assigned_imports.push((Name::from(&*name.sym), place));
        }
    }
}

/// `namespace.name` or `namespace["name"]`.
pub(in crate::syntax::bundle) fn member_name(member: &MemberExpr) -> Option<Atom> {
    match &member.prop {
        MemberProp::Ident(name) => Some(name.sym.clone()),
        MemberProp::Computed(computed) => match &*computed.expr {
            Expr::Lit(Lit::Str(name)) => Some(name.value.to_string_lossy().into()),
            _ => None,
        },
        MemberProp::PrivateName(_) => None,
    }
}

/// The specifier of `require("x")`, `require.resolve("x")`, `import("x")` or `new URL("x", import.meta.url)`.
pub(in crate::syntax::bundle) fn asked_by_call(
    call: &CallExpr,
    is_require: impl Fn(&Ident) -> bool,
) -> Option<(&Str, AskForm)> {
    let form = match &call.callee {
        Callee::Import(_) => AskForm::Dynamic,
        Callee::Expr(callee) => match &**callee {
            Expr::Ident(name) if is_require(name) => AskForm::Require,
            Expr::Member(member)
                if member.obj.as_ident().is_some_and(&is_require)
                    && member.prop.as_ident().is_some_and(|it| &*it.sym == "resolve") =>
            {
                AskForm::Resolve
            }
            _ => return None,
        },
        Callee::Super(_) => return None,
    };
    literal(&call.args.first()?.expr).map(|specifier| (specifier, form))
}

pub(in crate::syntax::bundle) fn asked_by_new(new: &NewExpr, is_url: impl Fn(&Ident) -> bool) -> Option<&Str> {
    let [first, second] = new.args.as_deref()? else { return None };
    let is_meta =
        |expression: &Expr| matches!(expression, Expr::MetaProp(MetaPropExpr { kind: MetaPropKind::ImportMeta, .. }));
    let base = second.expr.as_member()?;
    let of_meta = is_meta(&base.obj) && base.prop.as_ident().is_some_and(|it| &*it.sym == "url");
    let specifier = literal(&first.expr)?;
    let relative = specifier.value.to_string_lossy().starts_with('.');
    (of_meta && relative && new.callee.as_ident().is_some_and(is_url)).then_some(specifier)
}

fn literal(expression: &Expr) -> Option<&Str> {
    match expression {
        Expr::Lit(Lit::Str(specifier)) => Some(specifier),
        Expr::Paren(inner) => literal(&inner.expr),
        _ => None,
    }
}

impl Visit for Uses<'_> {
    fn visit_ident(&mut self, name: &Ident) {
        match self.ids.get(name) {
            Some(symbol) => {
                if self.seen.insert(symbol) {
                    self.found.statement.uses.push(symbol);
                }
            }
            None if name.ctxt == self.context.unresolved => {
                if !self.names.globals.contains(&name.sym) {
                    self.names.globals.insert(name.sym.clone());
                }
            }
            None => {
                if !self.names.nested.contains(&name.sym) {
                    self.names.nested.insert(name.sym.clone());
                }
            }
        }
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        if let Expr::Ident(object) = &*member.obj
            && let Some(symbol) = self.ids.get(object)
            && self.imported.contains(&symbol)
            && let Some(name) = member_name(member)
        {
            if self.seen_members.insert((symbol, name.clone())) {
                self.found.statement.members.push((symbol, Name::from(&*name)));
            }
            return;
        }
        member.visit_children_with(self);
    }

    fn visit_simple_assign_target(&mut self, target: &SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Ident(name) => self.assigned(&name.id),
            SimpleAssignTarget::Member(member) => return member.visit_children_with(self),
            SimpleAssignTarget::Paren(inner) => return self.written(&inner.expr),
            _ => {}
        }
        target.visit_children_with(self);
    }

    fn visit_pat(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Expr(target) => self.written(target),
            pattern => pattern.visit_children_with(self),
        }
    }

    fn visit_assign_target(&mut self, target: &AssignTarget) {
        target.visit_children_with(self);
        if let AssignTarget::Pat(pattern) = target {
            let pattern = Pat::from(pattern.clone());
            super::declared::by_pattern(&pattern, &mut |name| self.assigned(name));
        }
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        head.visit_children_with(self);
        if let ForHead::Pat(pattern) = head {
            super::declared::by_pattern(pattern, &mut |name| self.assigned(name));
        }
    }

    fn visit_assign_pat_prop(&mut self, property: &AssignPatProp) {
        property.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        self.written(&update.arg);
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        match unary.op {
            UnaryOp::Delete => self.written(&unary.arg),
            _ => unary.visit_children_with(self),
        }
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        let asked = asked_by_call(call, |name| self.is_global(name, "require"));
        if let Some((specifier, form)) = asked {
            self.ask(specifier, form, Some(call));
            call.args.visit_with(self);
            return;
        }
        if let Callee::Expr(callee) = &call.callee {
            self.names.evals |= callee.as_ident().is_some_and(|name| self.is_global(name, "eval"));
        }
        call.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        if let Some(specifier) = asked_by_new(new, |name| self.is_global(name, "URL")) {
            self.ask(specifier, AskForm::Url, None);
        }
        new.visit_children_with(self);
    }

    fn visit_try_stmt(&mut self, statement: &TryStmt) {
        self.tries += usize::from(statement.handler.is_some());
        statement.block.visit_with(self);
        self.tries -= usize::from(statement.handler.is_some());
        statement.handler.visit_with(self);
        statement.finalizer.visit_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}
    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
}
