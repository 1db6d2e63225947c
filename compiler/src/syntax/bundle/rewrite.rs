//! Puts the linker's decisions into the tree of a module.

mod named;
mod shape;

pub(super) use shape::commonjs;

use super::ids::Ids;
use super::prepare::Tree;
use super::record::{AskForm, Name, SymbolIndex};
use super::scan::{asked_by_call, asked_by_new, member_name};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use swc_common::{DUMMY_SP, Span, Spanned, SyntaxContext};
use swc_ecma_ast::{
    AssignPat, AssignPatProp, BindingIdent, CallExpr, Callee, Expr, Id, Ident, KeyValuePatProp, KeyValueProp, Lit,
    MemberExpr, MemberProp, NewExpr, Number, ObjectPatProp, OptCall, OptChainBase, ParenExpr, Pat, Prop, PropName,
    SeqExpr, SimpleAssignTarget, Stmt, TaggedTpl, UnaryExpr, UnaryOp, UpdateExpr,
};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// What a symbol of a module is in the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    Name(Name),
    /// `object.property`.
    Member {
        object: Name,
        property: Name,
    },
    /// The module asked has no such export.
    Undefined,
}

/// How a module stands in the output.
#[derive(Debug, Clone, Default)]
pub(crate) enum Shape {
    /// As it is.
    #[default]
    Plain,
    /// `var name = helper((exports, module) => { … })`.
    CommonJs { helper: Name, name: Name },
    /// What it declares, without values; `var name = helper(() => { … })` gives them their values.
    Lazy { helper: Name, name: Name, awaits: bool },
}

/// What becomes of a module.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Which statements stay.
    pub(crate) keep: Vec<bool>,
    /// By symbol; `None`: as it is called in the module.
    pub(crate) meanings: Vec<Option<Meaning>>,
    /// `namespace.name` of imported namespaces.
    pub(crate) members: FxHashMap<(SymbolIndex, Name), Meaning>,
    /// Code in place of `import("x")`, `require("x")` and the first argument of `new URL("x", import.meta.url)`.
    pub(crate) requests: FxHashMap<(AskForm, String), String>,
    /// Code in place of free names.
    pub(crate) free: Vec<(&'static str, String)>,
    /// Names of the slots of inner names.
    pub(crate) slots: Arc<Vec<Name>>,
    /// Statements that come first, inside of what wraps the module.
    pub(crate) prologue: Vec<String>,
    pub(crate) shape: Shape,
    /// Symbols that are called otherwise in the output, and whose functions keep their names all the same.
    pub(crate) renamed: FxHashSet<SymbolIndex>,
    /// One of them is given another value somewhere.
    pub(crate) reassigned: bool,
}

/// Cuts, renames and wraps.
pub(super) fn rewrite(tree: &mut Tree, plan: &Plan) {
    cut(tree, &plan.keep);
    let unresolved = SyntaxContext::empty().apply_mark(tree.unresolved);
    if !plan.renamed.is_empty() {
        named::keep(&mut tree.body, &tree.ids, plan);
    }
    let mut rewriter = Rewriter { ids: &tree.ids, slots: &tree.slots, plan, unresolved };
    tree.body.iter_mut().for_each(|it| it.visit_mut_with(&mut rewriter));
    shape::wrap(&mut tree.body, tree.is_function, plan);
}

/// Leaves out statements.
pub(super) fn cut(tree: &mut Tree, keep: &[bool]) {
    if keep.iter().any(|keep| !keep) {
        let mut keep = keep.iter();
        tree.body.retain(|_| *keep.next().unwrap_or(&true));
    }
}

/// Code that is printed as it is.
pub(super) fn verbatim(code: &str, span: Span) -> Expr {
    Expr::Ident(Ident::new(code.into(), span, SyntaxContext::empty()))
}

/// Code that calls something: a call to whoever sets parentheses.
fn called(code: &str, span: Span) -> Expr {
    let name = code.find('(').filter(|at| *at > 0 && code.ends_with(')') && !code.starts_with("import("));
    let Some(at) = name else { return verbatim(code, span) };
    let arguments = &code[at + 1..code.len() - 1];
    let args = if arguments.is_empty() { Vec::new() } else { vec![verbatim(arguments, DUMMY_SP).into()] };
    let callee = Callee::Expr(Box::new(verbatim(&code[..at], span)));
    Expr::Call(CallExpr { span, callee, args, ..Default::default() })
}

struct Rewriter<'a> {
    ids: &'a Ids,
    slots: &'a FxHashMap<Id, u32>,
    plan: &'a Plan,
    unresolved: SyntaxContext,
}

impl Rewriter<'_> {
    fn meaning(&self, name: &Ident) -> Option<&Meaning> {
        let symbol = self.ids.get(name)?;
        self.plan.meanings.get(symbol as usize)?.as_ref()
    }

    fn free(&self, name: &Ident) -> Option<&str> {
        if name.ctxt != self.unresolved || self.plan.free.is_empty() {
            return None;
        }
        self.plan.free.iter().find(|(free, _)| *free == &*name.sym).map(|(_, code)| code.as_str())
    }

    /// What stands for `name` where an expression may stand, if it is no plain name.
    fn expression(&self, name: &Ident) -> Option<Expr> {
        match self.meaning(name) {
            Some(meaning) => value(meaning, name.span),
            None => self.free(name).map(|code| verbatim(code, name.span)),
        }
    }

    fn is_global(&self, name: &Ident, sym: &str) -> bool {
        name.ctxt == self.unresolved && &*name.sym == sym
    }

    /// `namespace.name` to what that is.
    fn member(&self, member: &MemberExpr) -> Option<Expr> {
        let object = member.obj.as_ident()?;
        let symbol = self.ids.get(object)?;
        if self.plan.members.is_empty() {
            return None;
        }
        let name = member_name(member)?;
        let meaning = self.plan.members.get(&(symbol, Name::from(&*name)))?;
        Some(match meaning {
            Meaning::Name(name) => Expr::Ident(Ident::new((&**name).into(), member.span, SyntaxContext::empty())),
            meaning => value(meaning, member.span)?,
        })
    }

    /// A callee must not become a method of what it is found in.
    fn callee(&mut self, callee: &mut Box<Expr>) {
        let replaced = match &**callee {
            Expr::Ident(name) => self.expression(name),
            Expr::Member(member) => self.member(member),
            Expr::Paren(_) => {
                if let Expr::Paren(inner) = &mut **callee {
                    self.callee(&mut inner.expr);
                }
                return;
            }
            _ => None,
        };
        match replaced {
            Some(it @ Expr::Member(_)) => **callee = detached(it),
            Some(it) => **callee = it,
            None => callee.visit_mut_with(self),
        }
    }

    /// What is written to or deleted is a property of the real object.
    fn written(&mut self, target: &mut Expr) {
        match target {
            Expr::Member(member) => member.visit_mut_children_with(self),
            Expr::Paren(inner) => self.written(&mut inner.expr),
            Expr::OptChain(chain) => match &mut *chain.base {
                OptChainBase::Member(member) => member.visit_mut_children_with(self),
                base => base.visit_mut_with(self),
            },
            target => target.visit_mut_with(self),
        }
    }

    fn asked(&self, call: &CallExpr) -> Option<Expr> {
        let (specifier, form) = asked_by_call(call, |name| self.is_global(name, "require"))?;
        let key = (form, specifier.value.to_string_lossy().into_owned());
        self.plan.requests.get(&key).map(|code| called(code, call.span))
    }
}

/// `None`: a plain name, which keeps its node.
fn value(meaning: &Meaning, span: Span) -> Option<Expr> {
    match meaning {
        Meaning::Name(_) => None,
        Meaning::Member { object, property } => {
            Some(Expr::Member(MemberExpr { span, obj: Box::new(verbatim(object, span)), prop: member_prop(property) }))
        }
        Meaning::Undefined => {
            let zero = Expr::Lit(Lit::Num(Number { span: DUMMY_SP, value: 0.0, raw: None }));
            let void = Expr::Unary(UnaryExpr { span, op: UnaryOp::Void, arg: Box::new(zero) });
            Some(Expr::Paren(ParenExpr { span, expr: Box::new(void) }))
        }
    }
}

fn member_prop(property: &Name) -> MemberProp {
    if Ident::verify_symbol(property).is_ok() || is_word(property) {
        MemberProp::Ident(swc_ecma_ast::IdentName::new((&**property).into(), DUMMY_SP))
    } else {
        let name = Expr::Lit(Lit::Str((&**property).into()));
        MemberProp::Computed(swc_ecma_ast::ComputedPropName { span: DUMMY_SP, expr: Box::new(name) })
    }
}

/// Words that are reserved are fine after a dot.
fn is_word(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(Ident::is_valid_start) && characters.all(Ident::is_valid_continue)
}

/// `(0, it)`.
fn detached(it: Expr) -> Expr {
    let span = it.span();
    let zero = Expr::Lit(Lit::Num(Number { span: DUMMY_SP, value: 0.0, raw: None }));
    let sequence = Expr::Seq(SeqExpr { span, exprs: vec![Box::new(zero), Box::new(it)] });
    Expr::Paren(ParenExpr { span, expr: Box::new(sequence) })
}

impl VisitMut for Rewriter<'_> {
    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(Meaning::Name(new)) = self.meaning(name)
            && **new != *name.sym
        {
            name.sym = (&**new).into();
        } else if let Some(slot) = self.slots.get(&name.to_id())
            && let Some(new) = self.plan.slots.get(*slot as usize)
        {
            name.sym = (&**new).into();
        }
    }

    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        match expression {
            Expr::Ident(name) => match self.expression(name) {
                Some(replaced) => *expression = replaced,
                None => self.visit_mut_ident(name),
            },
            Expr::Member(member) => match self.member(member) {
                Some(replaced) => *expression = replaced,
                None => member.visit_mut_children_with(self),
            },
            Expr::Call(call) => match self.asked(call) {
                Some(replaced) => *expression = replaced,
                None => call.visit_mut_with(self),
            },
            expression => expression.visit_mut_children_with(self),
        }
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        match &mut call.callee {
            Callee::Expr(callee) => self.callee(callee),
            callee => callee.visit_mut_children_with(self),
        }
        call.args.visit_mut_with(self);
    }

    fn visit_mut_opt_call(&mut self, call: &mut OptCall) {
        self.callee(&mut call.callee);
        call.args.visit_mut_with(self);
    }

    fn visit_mut_tagged_tpl(&mut self, template: &mut TaggedTpl) {
        self.callee(&mut template.tag);
        template.tpl.visit_mut_with(self);
    }

    fn visit_mut_new_expr(&mut self, new: &mut NewExpr) {
        let asked = asked_by_new(new, |name| self.is_global(name, "URL"));
        let code = asked.and_then(|specifier| {
            let key = (AskForm::Url, specifier.value.to_string_lossy().into_owned());
            self.plan.requests.get(&key)
        });
        if let (Some(code), Some(first)) = (code, new.args.as_mut().and_then(|it| it.first_mut())) {
            *first.expr = verbatim(code, first.expr.span());
        }
        new.visit_mut_children_with(self);
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Member(member) => member.visit_mut_children_with(self),
            SimpleAssignTarget::Paren(inner) => self.written(&mut inner.expr),
            target => target.visit_mut_children_with(self),
        }
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Expr(target) => self.written(target),
            pattern => pattern.visit_mut_children_with(self),
        }
    }

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        self.written(&mut update.arg);
    }

    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        match unary.op {
            UnaryOp::Delete => self.written(&mut unary.arg),
            _ => unary.arg.visit_mut_with(self),
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        let Prop::Shorthand(name) = property else {
            property.visit_mut_children_with(self);
            return;
        };
        let key = PropName::Ident(swc_ecma_ast::IdentName::new(name.sym.clone(), name.span));
        let mut value = Expr::Ident(name.clone());
        self.visit_mut_expr(&mut value);
        if !matches!(&value, Expr::Ident(new) if new.sym == name.sym) {
            *property = Prop::KeyValue(KeyValueProp { key, value: Box::new(value) });
        }
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        let ObjectPatProp::Assign(AssignPatProp { key, value, span }) = property else {
            property.visit_mut_children_with(self);
            return;
        };
        value.visit_mut_with(self);
        let mut local = key.id.clone();
        self.visit_mut_ident(&mut local);
        if local.sym == key.id.sym {
            return;
        }
        let name = PropName::Ident(swc_ecma_ast::IdentName::new(key.id.sym.clone(), key.id.span));
        let local = Pat::Ident(BindingIdent { id: local, type_ann: None });
        let value = match value.take() {
            Some(default) => Box::new(Pat::Assign(AssignPat { span: *span, left: Box::new(local), right: default })),
            None => Box::new(local),
        };
        *property = ObjectPatProp::KeyValue(KeyValuePatProp { key: name, value });
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        match statement {
            Stmt::Labeled(labeled) => labeled.body.visit_mut_with(self),
            Stmt::Break(_) | Stmt::Continue(_) => {}
            statement => statement.visit_mut_children_with(self),
        }
    }
}
