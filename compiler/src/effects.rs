//! Which functions may block, and which calls inside atomic sections do: over a whole program, by what each value may
//! be. Three verdicts that are never mixed: *proven* (a path to an operation that may block, each hop of which is a call
//! of one certain function), *possible* (one of several things that a hop may call), *unknown* (nothing is known about
//! what a hop calls). What has none of the three is proven not to block.
//!
//! `solver` finds what values may be, merged over all calls; `values` keeps the calls of one path apart; `runs` says what
//! an operation runs, `reach` which functions may block in any call, `search` finds the path.

mod ask;
mod calls;
mod heap;
mod natives;
mod reach;
mod reads;
mod runs;
mod search;
mod sites;
mod solver;
#[cfg(test)]
mod tests;
mod update;
mod values;
mod world;

pub(crate) use calls::CallEffect;
pub(crate) use reads::Basis;
pub(crate) use search::Hop;
pub(crate) use sites::{Effect, FunctionEffect, Site, SiteKind, Verdict};
pub(crate) use world::{FunctionIx, ModuleIx, Target, Unit};

use reach::Reach;
use reads::Reads;
use solver::Solver;
use values::Eye;

/// The analysis of one program.
pub(crate) struct Effects {
    units: Vec<Unit>,
    solver: Solver,
    reach: Reach,
    /// What the answers since [`Effects::basis`] rest on.
    reads: Reads,
}

impl Effects {
    /// Analyses a program from nothing. A module's number is its place in `units`.
    pub(crate) fn new(units: Vec<Unit>) -> Effects {
        let mut solver = Solver::new();
        solver.solve(&units);
        Effects { units, solver, reach: Reach::default(), reads: Reads::default() }
    }

    /// What the answers since the last call of this rest on: they hold until an [`Effects::update`] changes some of it.
    pub(crate) fn basis(&mut self) -> Basis {
        std::mem::take(&mut self.reads).done()
    }

    /// An answer rests on what a module is, and where in its text.
    pub(crate) fn look_at(&mut self, module: ModuleIx) {
        if let Some(known) = self.solver.known_module(module) {
            self.reads.node(known.facts_node());
        }
    }

    /// Every call in a module that stands inside an atomic section, or inside a function declared `@nonblocking`, and
    /// may block or of which nothing is known; by place.
    pub(crate) fn sites(&mut self, module: ModuleIx) -> Vec<Site> {
        let mut eye = Eye::new(&self.solver);
        let found = sites::sites_of(&mut eye, &mut self.reach, module);
        self.reads.add(eye.reads);
        found
    }

    /// What each function of a module does, in source order.
    pub(crate) fn functions(&mut self, module: ModuleIx) -> Vec<FunctionEffect> {
        sites::functions_of(&self.solver, &mut self.reach, module)
    }

    /// What each explicit call of a module does, by place.
    pub(crate) fn calls(&mut self, module: ModuleIx) -> Vec<CallEffect> {
        calls::calls_of(&self.solver, &mut self.reach, module)
    }
}
