//! The program after an edit: only what the edit touches is analysed again.

use super::solver::Solver;
use super::world::{ModuleIx, Target, Unit};
use super::{Effects, Reach};
use crate::facts::{Exported, ModuleFacts};
use std::sync::Arc;

/// With more changes than that it is quicker to begin anew.
const CHANGES_MAX: usize = 200;

impl Effects {
    /// Takes up the program as it is now. The answers are those of [`Effects::new`].
    pub(crate) fn update(&mut self, units: Vec<Unit>) {
        let is_same = |(old, new): (&Unit, &Unit)| {
            old.targets == new.targets && (Arc::ptr_eq(&old.facts, &new.facts) || old.facts == new.facts)
        };
        let pairs = self.units.iter().zip(&units).enumerate();
        let changed: Vec<ModuleIx> =
            pairs.filter(|(_, pair)| !is_same(*pair)).map(|(index, _)| ModuleIx(index as u32)).collect();
        if changed.is_empty() && self.units.len() == units.len() {
            return;
        }
        let facts = |module: &ModuleIx| &units[module.index()].facts;
        let brings_accessors = changed.iter().any(|module| self.solver.brings_accessors(facts(module)));
        // Modules that come or go have numbers that others had.
        let begins_anew = self.units.len() != units.len() || changed.len() > CHANGES_MAX || brings_accessors;
        if !begins_anew && !self.solver.is_overfull() {
            let importers = importers(&units, &changed);
            self.solver.update(&changed, &importers, &units);
        }
        // What does not keep everything apart knows what came first: the order must be that of a fresh analysis.
        if begins_anew || self.solver.is_overfull() {
            self.solver = Solver::new();
            self.solver.solve(&units);
        }
        self.units = units;
        self.reach = Reach::default();
    }
}

/// Modules that are joined to one of `changed`: by an import, or by an import of what another one passes on.
fn importers(units: &[Unit], changed: &[ModuleIx]) -> Vec<ModuleIx> {
    let mut asked_by: Vec<Vec<u32>> = vec![Vec::new(); units.len()];
    for (index, unit) in units.iter().enumerate() {
        for target in &unit.targets {
            if let Target::Module(target) = target
                && let Some(known) = asked_by.get_mut(target.index())
            {
                known.push(index as u32);
            }
        }
    }
    let mut seen = vec![false; units.len()];
    changed.iter().for_each(|module| seen[module.index()] = true);
    let mut todo = changed.to_vec();
    let mut found = Vec::new();
    while let Some(module) = todo.pop() {
        for importer in &asked_by[module.index()] {
            if std::mem::replace(&mut seen[*importer as usize], true) {
                continue;
            }
            found.push(ModuleIx(*importer));
            if passes_on(&units[*importer as usize].facts) {
                todo.push(ModuleIx(*importer));
            }
        }
    }
    found
}

fn passes_on(facts: &ModuleFacts) -> bool {
    facts.exports.iter().any(|export| !matches!(export.what, Exported::Value(_)))
}
