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
mod promises;
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

use crate::crew;
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

    /// For each of the modules every call that stands inside an atomic section, or inside a function declared
    /// `@nonblocking`, and may block or of which nothing is known, by place; and what that rests on.
    pub(crate) fn sites(&mut self, threads: usize, modules: &[ModuleIx]) -> Vec<(Vec<Site>, Basis)> {
        let solver = &self.solver;
        // Each thread finds out by itself what functions may do: most of its share is about functions of its own.
        let mut known = Some(std::mem::take(&mut self.reach));
        let shares = (0..threads).map(|first| (first, known.take().unwrap_or_default())).collect();
        let found = crew::map(threads, shares, |_, (first, mut reach): (usize, Reach)| {
            let look = |module: &ModuleIx| {
                let mut eye = Eye::new(solver);
                (sites::sites_of(&mut eye, &mut reach, *module), eye.reads.done())
            };
            let found: Vec<_> = modules.iter().skip(first).step_by(threads).map(look).collect();
            (found.into_iter(), reach)
        });
        let (mut shares, reaches): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        reaches.into_iter().for_each(|reach| self.reach.add(reach));
        (0..modules.len()).filter_map(|at| shares[at % threads].next()).collect()
    }

    /// The answers from now on rest on this as well.
    pub(crate) fn rest_on(&mut self, basis: Basis) {
        self.reads.add(basis);
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
