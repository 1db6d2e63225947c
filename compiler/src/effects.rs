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
pub(crate) use search::Hop;
pub(crate) use sites::{Effect, FunctionEffect, Site, SiteKind, Verdict};
pub(crate) use world::{FunctionIx, ModuleIx, Target, Unit};

use crate::facts::ModuleFacts;
use reach::Reach;
use solver::Solver;

/// The analysis of one program.
pub(crate) struct Effects {
    units: Vec<Unit>,
    solver: Solver,
    reach: Reach,
}

impl Effects {
    /// Analyses a program from nothing. A module's number is its place in `units`.
    pub(crate) fn new(units: Vec<Unit>) -> Effects {
        let mut solver = Solver::new();
        solver.solve(&units);
        Effects { units, solver, reach: Reach::default() }
    }

    /// Every call inside an atomic section, or inside a function declared `@nonblocking`, that may block or of which
    /// nothing is known; in order of modules and places.
    pub(crate) fn sites(&mut self) -> Vec<Site> {
        let modules: Vec<ModuleIx> = (0..self.units.len() as u32).map(ModuleIx).collect();
        modules.into_iter().flat_map(|module| sites::sites_of(&self.solver, &mut self.reach, module)).collect()
    }

    /// What each function of a module does, in source order.
    pub(crate) fn functions(&mut self, module: ModuleIx) -> Vec<FunctionEffect> {
        sites::functions_of(&self.solver, &mut self.reach, module)
    }

    /// What each explicit call of a module does, by place.
    pub(crate) fn calls(&mut self, module: ModuleIx) -> Vec<CallEffect> {
        calls::calls_of(&self.solver, &mut self.reach, module)
    }

    pub(crate) fn facts(&self, module: ModuleIx) -> &ModuleFacts {
        &self.units[module.index()].facts
    }
}
