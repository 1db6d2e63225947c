//! Where a Future is known to be settled: behind a check of its `settled`. A Future that is settled stays so, but a
//! variable may be given another one.

use super::Lowering;
use swc_ecma_ast::{
    AssignExpr, AssignTarget, BinaryOp, Expr, Lit, MemberProp, OptChainBase, Pat, SimpleAssignTarget, Stmt, UnaryOp,
};
use swc_ecma_visit::{Visit, VisitWith};

/// Places (`future`, `this.reply`) that hold a settled Future here.
#[derive(Default, Clone)]
pub(super) struct Settled {
    known: Vec<String>,
    /// Constants that hold what `settled` said of a place.
    answers: Vec<(String, String)>,
}

impl Settled {
    pub(super) fn mark(&self) -> usize {
        self.known.len()
    }

    pub(super) fn back_to(&mut self, mark: usize) {
        self.known.truncate(mark);
    }

    pub(super) fn learn(&mut self, places: Vec<String>) {
        self.known.extend(places);
    }

    pub(super) fn holds(&self, place: &str) -> bool {
        self.known.iter().any(|known| known == place)
    }

    /// `root` holds something else from here on. Entries are blanked, not removed, so that marks stay valid.
    pub(super) fn forget(&mut self, root: &str) {
        let of_root = |place: &str| place == root || place.strip_prefix(root).is_some_and(|rest| rest.starts_with('.'));
        self.known.iter_mut().filter(|place| of_root(place)).for_each(String::clear);
        self.answers.retain(|(_, place)| !of_root(place));
    }

    /// `const answer = place.settled`.
    pub(super) fn answer(&mut self, constant: String, place: String) {
        self.answers.push((constant, place));
    }

    fn asked(&self, constant: &str) -> Option<String> {
        self.answers.iter().rev().find(|(known, _)| known == constant).map(|(_, place)| place.clone())
    }
}

/// The place that an expression names.
pub(super) fn place(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Ident(ident) => Some(format!("{}{:?}", ident.sym, ident.ctxt)),
        Expr::This(_) => Some("this".to_owned()),
        Expr::Member(member) => {
            let base = place(&member.obj)?;
            match &member.prop {
                MemberProp::Ident(name) => Some(format!("{base}.{}", name.sym)),
                MemberProp::PrivateName(name) => Some(format!("{base}.#{}", name.name)),
                MemberProp::Computed(computed) => match &*computed.expr {
                    Expr::Lit(Lit::Str(text)) => Some(format!("{base}.{}", text.value.to_string_lossy())),
                    _ => None,
                },
            }
        }
        Expr::Paren(inner) => place(&inner.expr),
        Expr::TsNonNull(inner) => place(&inner.expr),
        Expr::TsAs(inner) => place(&inner.expr),
        _ => None,
    }
}

/// The place whose `settled` an expression reads.
pub(super) fn read(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Member(member) if member.prop.is_ident_with("settled") => place(&member.obj),
        Expr::OptChain(chain) => match &*chain.base {
            OptChainBase::Member(member) if member.prop.is_ident_with("settled") => place(&member.obj),
            _ => None,
        },
        Expr::Paren(inner) => read(&inner.expr),
        _ => None,
    }
}

impl Lowering<'_> {
    /// Places that are settled if `test` is true (`when`), or false.
    pub(super) fn settled_if(&mut self, test: &Expr, when: bool) -> Vec<String> {
        match test {
            Expr::Paren(inner) => self.settled_if(&inner.expr, when),
            Expr::Unary(unary) if unary.op == UnaryOp::Bang => self.settled_if(&unary.arg, !when),
            Expr::Bin(binary) if binary.op == if when { BinaryOp::LogicalAnd } else { BinaryOp::LogicalOr } => {
                let mut places = self.settled_if(&binary.left, when);
                places.extend(self.settled_if(&binary.right, when));
                places
            }
            Expr::Bin(binary) if matches!(binary.op, BinaryOp::EqEqEq | BinaryOp::EqEq) => {
                let is_true = |expression: &Expr| matches!(expression, Expr::Lit(Lit::Bool(it)) if it.value == when);
                if is_true(&binary.right) { self.settled_if(&binary.left, true) } else { Vec::new() }
            }
            Expr::Ident(_) if when => {
                let constant = place(test).unwrap_or_default();
                self.body().settled.asked(&constant).into_iter().collect()
            }
            _ if when => read(test).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// What a loop writes to holds something else when it comes round.
    pub(super) fn forget_in_loop(&mut self, body: &Stmt) {
        if self.body().settled.known.is_empty() {
            return;
        }
        let mut written = Written(Vec::new());
        body.visit_with(&mut written);
        written.0.iter().for_each(|place| self.body().settled.forget(place));
    }

    /// `const answer = future.settled`.
    pub(super) fn note_answer(&mut self, name: &Pat, value: &Expr) {
        if let (Pat::Ident(name), Some(asked)) = (name, read(value)) {
            let constant = format!("{}{:?}", name.id.sym, name.id.ctxt);
            self.body().settled.answer(constant, asked);
        }
    }
}

/// Places that are assigned to.
struct Written(Vec<String>);

impl Visit for Written {
    fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
        let place = match &assignment.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => place(&Expr::Ident(name.id.clone())),
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => place(&Expr::Member(member.clone())),
            _ => None,
        };
        self.0.extend(place);
        assignment.visit_children_with(self);
    }
}
