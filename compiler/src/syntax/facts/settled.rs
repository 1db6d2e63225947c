//! Where a Future is known to be settled: behind a check of its `settled`. A Future that is settled stays so, but a place
//! may come to hold another one: by code that stands between the check and the use, or that is called there.

mod changes;

use super::Lowering;
use crate::facts;
pub(super) use changes::Changes;
use std::rc::Rc;
use swc_ecma_ast::{BinaryOp, Expr, Id, Ident, Lit, MemberExpr, MemberProp, OptChainBase, Pat, Stmt, UnaryOp};

/// A variable or `this`, or a field of one: `future`, `this.reply`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// NONE is `this`.
    root: Option<Id>,
    fields: Vec<String>,
}

/// A place of which something is known.
#[derive(Debug, Clone)]
pub(super) struct Known {
    place: Place,
    /// Code of other modules has run since, or may have.
    is_exposed: bool,
}

/// Places that hold a settled Future here.
#[derive(Default, Clone)]
pub(super) struct Settled {
    /// Those that hold another one by now are blanked, not removed, so that marks stay valid.
    known: Vec<Option<Known>>,
    /// Constants that hold what `settled` said of a place.
    answers: Vec<(Id, Known)>,
}

impl Settled {
    pub(super) fn mark(&self) -> usize {
        self.known.len()
    }

    pub(super) fn back_to(&mut self, mark: usize) {
        self.known.truncate(mark);
    }

    pub(super) fn holds(&self, place: &Place) -> facts::Settled {
        let known = self.known.iter().flatten().filter(|known| known.place == *place);
        match known.map(|known| known.is_exposed).min() {
            None => facts::Settled::No,
            Some(true) => facts::Settled::Here,
            Some(false) => facts::Settled::Yes,
        }
    }

    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.answers.is_empty()
    }

    fn retain(&mut self, holds: impl Fn(&Place) -> bool) {
        for known in &mut self.known {
            *known = known.take().filter(|known| holds(&known.place));
        }
        self.answers.retain(|(_, known)| holds(&known.place));
    }

    /// Other code has run.
    fn expose(&mut self) {
        let answers = self.answers.iter_mut().map(|(_, known)| known);
        self.known.iter_mut().flatten().chain(answers).for_each(|known| known.is_exposed = true);
    }

    /// The variable holds something else from here on.
    pub(super) fn forget_variable(&mut self, name: &Ident) {
        self.retain(|place| place.root != Some(name.to_id()));
    }

    /// The same of a field: of this object, which may have other names.
    pub(super) fn forget_field(&mut self, member: &MemberExpr) {
        match field(&member.prop) {
            Some(written) => self.retain(|place| !place.fields.contains(&written)),
            None => {
                if let Some(base) = place(&member.obj) {
                    self.retain(|place| !place.is_below(&base));
                }
            }
        }
    }

    fn asked(&self, constant: &Ident) -> Option<Known> {
        let id = constant.to_id();
        self.answers.iter().rev().find(|(known, _)| *known == id).map(|(_, known)| known.clone())
    }
}

impl Known {
    fn new(place: Place) -> Known {
        Known { place, is_exposed: false }
    }
}

impl Place {
    fn is_below(&self, base: &Place) -> bool {
        self.root == base.root && self.fields.len() > base.fields.len() && self.fields.starts_with(&base.fields)
    }
}

/// The place that an expression names.
pub(super) fn place(expression: &Expr) -> Option<Place> {
    match super::calls::strip(expression) {
        Expr::Ident(ident) => Some(Place { root: Some(ident.to_id()), fields: Vec::new() }),
        Expr::This(_) => Some(Place { root: None, fields: Vec::new() }),
        Expr::Member(member) => {
            let mut place = place(&member.obj)?;
            place.fields.push(field(&member.prop)?);
            Some(place)
        }
        _ => None,
    }
}

/// The name of a property, if it is written there.
fn field(property: &MemberProp) -> Option<String> {
    match property {
        MemberProp::Ident(name) => Some(name.sym.to_string()),
        MemberProp::PrivateName(name) => Some(format!("#{}", name.name)),
        MemberProp::Computed(computed) => match &*computed.expr {
            Expr::Lit(Lit::Str(text)) => Some(text.value.to_string_lossy().into_owned()),
            _ => None,
        },
    }
}

/// The place whose `settled` an expression reads.
fn read(expression: &Expr) -> Option<Place> {
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
    pub(super) fn settled_if(&mut self, test: &Expr, when: bool) -> Vec<Known> {
        match test {
            Expr::Paren(inner) => self.settled_if(&inner.expr, when),
            Expr::Unary(unary) if unary.op == UnaryOp::Bang => self.settled_if(&unary.arg, !when),
            Expr::Bin(binary) if binary.op == if when { BinaryOp::LogicalAnd } else { BinaryOp::LogicalOr } => {
                let mut places = self.settled_if(&binary.left, when);
                if !places.is_empty() {
                    let between = Changes::of_part(&*binary.right);
                    let all = self.changes();
                    places.retain(|known| !between.may_change(&known.place, &all));
                    places.iter_mut().for_each(|known| known.is_exposed |= between.calls());
                }
                places.extend(self.settled_if(&binary.right, when));
                places
            }
            Expr::Bin(binary) if matches!(binary.op, BinaryOp::EqEqEq | BinaryOp::EqEq) => {
                let is_true = |expression: &Expr| matches!(expression, Expr::Lit(Lit::Bool(it)) if it.value == when);
                if is_true(&binary.right) { self.settled_if(&binary.left, true) } else { Vec::new() }
            }
            Expr::Ident(constant) if when => self.body().settled.asked(constant).into_iter().collect(),
            _ if when => read(test).map(Known::new).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// From here on these are known to be settled. What a getter gives may be another Future each time.
    pub(super) fn learn(&mut self, places: Vec<Known>) {
        if !places.is_empty() {
            let all = self.changes();
            let places = places.into_iter().filter(|known| !all.has_getter(&known.place)).map(Some);
            self.body().settled.known.extend(places);
        }
    }

    /// `const answer = future.settled`.
    pub(super) fn note_answer(&mut self, name: &Pat, value: &Expr) {
        if let (Pat::Ident(name), Some(asked)) = (name, read(value)) {
            self.body().settled.answers.push((name.id.to_id(), Known::new(asked)));
        }
    }

    /// The Future there has just given its value.
    pub(super) fn settles(&mut self, future: &Expr) {
        self.learn(place(future).map(Known::new).into_iter().collect());
    }

    /// What the module changes, looked for when somebody first has to know.
    fn changes(&mut self) -> Rc<Changes> {
        let parsed = self.parsed;
        Rc::clone(self.changes.get_or_insert_with(|| Rc::new(Changes::of(&parsed.program))))
    }

    /// Other code has run, and may have changed whatever any function changes.
    pub(super) fn outdate(&mut self) {
        if !self.body().settled.is_empty() {
            let all = self.changes();
            self.body().settled.retain(|place| !all.is_changed_elsewhere(place));
            self.body().settled.expose();
        }
    }

    /// The same after a call, if it is not one of those that only do what they are known for.
    pub(super) fn outdate_after(&mut self, callee: &Expr, arguments: &[swc_ecma_ast::ExprOrSpread]) {
        if self.body().settled.is_empty() || changes::is_harmless(callee, arguments) {
            return;
        }
        self.outdate();
        if let Some(changed) = changes::changed_by(callee, arguments).and_then(place) {
            self.body().settled.retain(|place| !place.is_below(&changed));
        }
    }

    /// A field was read or written that may be an accessor.
    pub(super) fn outdate_by_access(&mut self, field: facts::Name) {
        if !self.body().settled.is_empty() {
            let all = self.changes();
            if all.is_accessor(self.facts.name(field)) {
                self.outdate();
            }
        }
    }

    /// What is known in a function that is made here, and runs who knows when.
    pub(super) fn settled_inside(&mut self) -> Settled {
        let Some(around) = self.bodies.last().map(|body| &body.settled).filter(|it| !it.is_empty()) else {
            return Settled::default();
        };
        let mut inside = around.clone();
        let all = self.changes();
        inside.retain(|place| !all.is_changed(place));
        inside.expose();
        inside
    }

    /// What a loop changes is not known when it comes round.
    pub(super) fn forget_in_loop(&mut self, body: &Stmt) {
        if !self.body().settled.is_empty() {
            let between = Changes::of_part(body);
            let all = self.changes();
            self.body().settled.retain(|place| !between.may_change(place, &all));
            if between.calls() {
                self.body().settled.expose();
            }
        }
    }
}
