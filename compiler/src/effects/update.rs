//! The program after an edit: only what the edit touches is analysed again.

use super::reads::Changes;
use super::world::{ModuleIx, Target, Unit};
use super::{Effects, Reach};
use crate::facts::{Exported, ModuleFacts};

/// With more changes than that it is quicker to begin anew.
const CHANGES_MAX: usize = 200;

impl Effects {
    /// Takes up modules as they are now, new ones in the order of their numbers; what that changes. The answers are those
    /// of [`Effects::new`], except that of things that are too many to keep apart others may be the ones that are kept.
    pub(crate) fn update(&mut self, edited: Vec<(ModuleIx, Unit)>) -> Changes {
        let before = self.units.len();
        let (mut touched, mut changed) = (Vec::new(), Vec::new());
        let (mut brings_accessors, mut declares) = (false, false);
        for (module, unit) in edited {
            let known = self.units.get_mut(module.index());
            if !known.as_ref().is_some_and(|known| known.targets == unit.targets && known.facts == unit.facts) {
                brings_accessors |= self.solver.brings_accessors(&unit.facts);
                declares |=
                    unit.facts.declares.is_some() || known.as_ref().is_some_and(|it| it.facts.declares.is_some());
                changed.push(module);
            }
            touched.push(module);
            match known {
                Some(known) => *known = unit,
                None => self.units.push(unit),
            }
        }
        let is_large = changed.len() > CHANGES_MAX;
        let only_grows = changed.iter().all(|module| module.index() >= before);
        // What declarations say holds in every module.
        if is_large && !only_grows || brings_accessors || declares {
            *self = Effects::new(std::mem::take(&mut self.units));
            return Changes::everything();
        }
        if is_large {
            self.solver.extend(&changed, &self.units);
            self.reach = Reach::default();
            return Changes::everything();
        }
        let importers = importers(&self.units, &changed);
        let mut changes = self.solver.update(&changed, &importers, &self.units);
        // The same code, but perhaps in other lines.
        for known in touched.into_iter().filter_map(|module| self.solver.known_module(module)) {
            changes.node(known.facts_node());
        }
        match changes.everything {
            true => self.reach = Reach::default(),
            false => self.reach.update(&self.solver, &mut changes),
        }
        changes
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
