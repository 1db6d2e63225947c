//! Which code of a function may run before it first waits. Every way that control can take is followed: branches, loops,
//! jumps, and what is thrown.

use super::Lowering;
use crate::facts::Timing;
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{AssignTarget, Expr, Lit, SimpleAssignTarget, Stmt};

/// Where control stands in a function, and where it may jump to.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) now: Timing,
    is_async: bool,
    is_generator: bool,
    /// How often it has waited so far, in order of the text.
    awaits: u32,
    around: Vec<Around>,
    /// Labels of the statement that comes next.
    labels: Vec<Atom>,
    /// How control may leave the optional chain that it is in.
    cut_short: Timing,
}

/// What jumps arrive at, or go through.
enum Around {
    Jump(Jump),
    Catch(Timing),
    Finally(Timing),
}

/// A statement that `break` leaves.
struct Jump {
    labels: Vec<Atom>,
    is_labelled_only: bool,
    is_loop: bool,
    broken: Timing,
    continued: Timing,
}

/// The start of code that may be left at any place, because something throws there.
#[derive(Clone, Copy)]
pub(super) struct Guard {
    start: Timing,
    awaits: u32,
}

impl Flow {
    pub(super) fn new(is_async: bool, is_generator: bool) -> Flow {
        Flow { is_async, is_generator, cut_short: Timing::Later, ..Flow::default() }
    }

    /// Another way leads here as well.
    pub(super) fn join(&mut self, other: Timing) {
        self.now = self.now.max(other);
    }

    pub(super) fn awaited(&mut self) {
        if self.is_async {
            self.awaits += 1;
            self.now = Timing::Later;
        }
    }

    /// A generator goes on where somebody calls `next`, `throw` or `return`: an async one without having waited.
    pub(super) fn yielded(&mut self) {
        if self.is_async {
            self.awaits += 1;
            self.now = Timing::Perhaps;
        }
        self.now = self.now.min(Timing::Perhaps);
        self.leaves_by_throwing();
        self.leaves_by_returning();
    }

    fn leaves_by_throwing(&mut self) {
        let mut leaving = self.now;
        for around in self.around.iter_mut().rev() {
            match around {
                Around::Jump(_) => {}
                Around::Finally(reached) => leaving = passes(reached, leaving, self.is_async),
                Around::Catch(reached) => {
                    *reached = leaving.max(*reached);
                    return;
                }
            }
        }
    }

    fn leaves_by_returning(&mut self) {
        let mut leaving = self.now;
        for around in self.around.iter_mut().rev() {
            if let Around::Finally(reached) = around {
                leaving = passes(reached, leaving, self.is_async);
            }
        }
    }

    pub(super) fn throws(&mut self) {
        self.leaves_by_throwing();
        self.now = Timing::Later;
    }

    pub(super) fn returns(&mut self) {
        self.leaves_by_returning();
        self.now = Timing::Later;
    }

    /// `break`, or `continue`.
    pub(super) fn jumps(&mut self, label: Option<&Atom>, continues: bool) {
        let mut leaving = std::mem::replace(&mut self.now, Timing::Later);
        for around in self.around.iter_mut().rev() {
            match around {
                Around::Finally(reached) => leaving = passes(reached, leaving, self.is_async),
                Around::Jump(jump) if jump.is_meant(label, continues) => {
                    let arrives = if continues { &mut jump.continued } else { &mut jump.broken };
                    *arrives = leaving.max(*arrives);
                    return;
                }
                Around::Jump(_) | Around::Catch(_) => {}
            }
        }
    }

    fn enter(&mut self, is_labelled_only: bool, is_loop: bool) {
        let labels = std::mem::take(&mut self.labels);
        let (broken, continued) = (Timing::Later, Timing::Later);
        self.around.push(Around::Jump(Jump { labels, is_labelled_only, is_loop, broken, continued }));
    }

    /// The next statement has this label.
    pub(super) fn label(&mut self, label: Atom) {
        self.labels.push(label);
    }

    pub(super) fn enter_labelled(&mut self) {
        self.enter(true, false);
    }

    pub(super) fn enter_switch(&mut self) {
        self.enter(false, false);
    }

    pub(super) fn enter_loop(&mut self) {
        self.enter(false, true);
        if self.is_async && self.is_generator {
            // It may come round from a `yield`.
            self.join(Timing::Perhaps);
        }
    }

    /// The end of a loop's body.
    pub(super) fn continued(&mut self) {
        if let Some(Around::Jump(jump)) = self.around.last() {
            self.now = self.now.max(jump.continued);
        }
    }

    /// After what `break` leaves.
    pub(super) fn leave(&mut self) {
        if let Some(Around::Jump(jump)) = self.around.pop() {
            self.join(jump.broken);
        }
    }

    fn guard(&self) -> Guard {
        Guard { start: self.now, awaits: self.awaits }
    }

    pub(super) fn enter_catch(&mut self) -> Guard {
        self.around.push(Around::Catch(Timing::Later));
        self.guard()
    }

    pub(super) fn enter_finally(&mut self) -> Guard {
        self.around.push(Around::Finally(Timing::Later));
        self.guard()
    }

    /// How the `catch` or `finally` around is reached, other than from the end of the code before it. `is_late`: nothing
    /// throws there before it has waited.
    pub(super) fn reached(&mut self, guard: Guard, is_late: bool) -> Timing {
        let jumps = match self.around.pop() {
            Some(Around::Catch(reached) | Around::Finally(reached)) => reached,
            _ => Timing::Later,
        };
        let thrown = match is_late {
            true if self.is_async => Timing::Later,
            _ if guard.awaits == self.awaits => guard.start,
            // Something may throw before it waits, but most often nothing does.
            _ => guard.start.min(Timing::Perhaps),
        };
        jumps.max(thrown)
    }

    /// After a `finally`: it goes on only for those who came from the end of the code before it.
    pub(super) fn leave_finally(&mut self, normal: Timing) {
        if !(self.is_async && self.is_generator) {
            self.now = self.now.min(normal);
        }
    }

    /// The start of an optional chain; what to give back at its end.
    pub(super) fn enter_chain(&mut self) -> Timing {
        std::mem::replace(&mut self.cut_short, Timing::Later)
    }

    /// `?.`
    pub(super) fn may_cut_short(&mut self) {
        self.cut_short = self.cut_short.max(self.now);
    }

    /// `goes_on`: it does also where there is nothing to read from or to call.
    pub(super) fn leave_chain(&mut self, around: Timing, goes_on: bool) {
        let cut_short = std::mem::replace(&mut self.cut_short, around);
        if goes_on {
            self.join(cut_short);
        }
    }
}

/// Goes through a `finally`, which may wait.
fn passes(reached: &mut Timing, leaving: Timing, may_wait: bool) -> Timing {
    *reached = leaving.max(*reached);
    if may_wait { leaving.min(Timing::Perhaps) } else { leaving }
}

impl Jump {
    fn is_meant(&self, label: Option<&Atom>, continues: bool) -> bool {
        match label {
            Some(label) => self.labels.contains(label),
            None => !self.is_labelled_only && (self.is_loop || !continues),
        }
    }
}

impl Lowering<'_> {
    pub(super) fn flow(&mut self) -> &mut Flow {
        &mut self.body().flow
    }

    /// `inside`, where the code after it is reached without it as well.
    pub(super) fn detour<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.flow().now;
        let result = inside(self);
        self.flow().join(before);
        result
    }

    /// Whether the first thing that statements do is to wait for something that is there already.
    pub(super) fn begins_by_waiting(&self, statements: &[Stmt]) -> bool {
        let awaited = match statements.first() {
            Some(Stmt::Expr(statement)) => awaited(&statement.expr),
            Some(Stmt::Return(returned)) => returned.arg.as_deref().and_then(awaited),
            Some(Stmt::Decl(swc_ecma_ast::Decl::Var(declaration))) => match declaration.decls.first() {
                Some(first) if first.name.is_ident() => first.init.as_deref().and_then(awaited),
                _ => None,
            },
            _ => None,
        };
        awaited.is_some_and(|value| is_there(value, self.unresolved))
    }
}

/// What an expression waits for before it does anything else.
fn awaited(expression: &Expr) -> Option<&Expr> {
    match expression {
        Expr::Await(waiting) => Some(&waiting.arg),
        Expr::Paren(inner) => awaited(&inner.expr),
        Expr::Assign(assignment) => match &assignment.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(_)) => awaited(&assignment.right),
            _ => None,
        },
        _ => None,
    }
}

/// Evaluating it does not throw.
fn is_there(value: &Expr, unresolved: SyntaxContext) -> bool {
    match value {
        Expr::Ident(name) => name.ctxt != unresolved,
        Expr::This(_) | Expr::Lit(Lit::Str(_) | Lit::Bool(_) | Lit::Null(_) | Lit::Num(_)) => true,
        Expr::Paren(inner) => is_there(&inner.expr, unresolved),
        _ => false,
    }
}

/// `while (true)`: a loop that its test does not end.
pub(super) fn is_true(test: &Expr) -> bool {
    match test {
        Expr::Lit(Lit::Bool(value)) => value.value,
        Expr::Lit(Lit::Num(number)) => number.value != 0.0 && !number.value.is_nan(),
        Expr::Paren(inner) => is_true(&inner.expr),
        _ => false,
    }
}

/// Whether evaluating the test of a `case` certainly waits for nothing.
pub(super) fn is_plain(test: &Expr) -> bool {
    match test {
        Expr::Lit(_) | Expr::Ident(_) | Expr::This(_) => true,
        Expr::Member(member) => member.prop.is_ident() && is_plain(&member.obj),
        Expr::Unary(unary) => is_plain(&unary.arg),
        Expr::Paren(inner) => is_plain(&inner.expr),
        _ => false,
    }
}
