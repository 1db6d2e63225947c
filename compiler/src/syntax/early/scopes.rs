//! Which names a scope declares, and which of them may not stand beside each other.

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::Span;

/// What a scope is to the declarations in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The top level of an ES module, where functions are as `let`.
    Module,
    /// A function's parameters and body, of a CommonJS module the whole: functions are as `var`.
    Function,
    Block,
}

/// How a name is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By `var`, or as a function at the top level of another.
    Variable,
    /// Of a function of sloppy code with plain parameters, where the last of a name wins.
    Parameter,
    UniqueParameter,
    /// `catch (e)`, beside which `var e` may stand.
    Caught,
    Lexical,
    /// A function in a block of sloppy code, where it may be declared again.
    SloppyFunction,
    /// TypeScript's, which add up.
    Enum,
}

#[derive(Debug, Clone, Copy)]
struct Declared {
    kind: Kind,
    span: Span,
}

/// A name that is declared again.
#[derive(Debug)]
pub(super) struct Again {
    pub(super) name: Atom,
    pub(super) first: Span,
    pub(super) second: Span,
}

#[derive(Debug, Default)]
pub(super) struct Scopes {
    open: Vec<(u32, Scope)>,
    opened: u32,
    declared: FxHashMap<(u32, Atom), Declared>,
    pub(super) again: Vec<Again>,
}

impl Scopes {
    pub(super) fn within(&mut self, scope: Scope) {
        self.open.push((self.opened, scope));
        self.opened += 1;
    }

    pub(super) fn leave(&mut self) {
        self.open.pop();
    }

    pub(super) fn innermost(&self) -> Scope {
        self.open.last().map_or(Scope::Function, |(_, scope)| *scope)
    }

    /// Declares `name` in the innermost scope; by `var`, in all up to the function.
    pub(super) fn declare(&mut self, name: &Atom, span: Span, kind: Kind) {
        for at in (0..self.open.len()).rev() {
            let (id, scope) = self.open[at];
            self.declare_in(id, name, Declared { kind, span });
            if kind != Kind::Variable || scope != Scope::Block {
                return;
            }
        }
    }

    fn declare_in(&mut self, scope: u32, name: &Atom, new: Declared) {
        let Some(before) = self.declared.insert((scope, name.clone()), new) else { return };
        if is_clash(before.kind, new.kind) {
            self.again.push(Again { name: name.clone(), first: before.span, second: new.span });
        }
    }
}

/// Whether a scope may not declare a name as `after` which it declares as `before`.
fn is_clash(before: Kind, after: Kind) -> bool {
    use Kind::{Caught, Enum, Parameter, SloppyFunction, UniqueParameter, Variable};
    let is_fine = matches!(
        (before, after),
        (Variable | Parameter | UniqueParameter | Caught, Variable)
            | (Variable, Caught)
            | (Parameter, Parameter)
            | (SloppyFunction, SloppyFunction)
            | (Enum, Enum)
    );
    !is_fine
}
