//! What `require` runs: the top level of a module that has not been loaded yet, and of those that it imports.

use super::super::values::Eye;
use super::super::world::{FunctionIx, ModuleIx, Target};
use super::{Callee, How, Runs, push};
use crate::facts::{OpKind, RequestId, TOP};

/// Modules that one `require` may load before nothing more is said about it.
const MODULES_MAX: usize = 1000;

impl Eye<'_> {
    /// It is never certain that something is run: the module may be there already.
    pub(super) fn load_runs(&mut self, module: ModuleIx, request: RequestId) -> Runs {
        let mut runs = Runs::of(How::Load);
        runs.certain = false;
        let target = match self.solver.module(module).targets.get(request.index()) {
            Some(Target::Module(target)) => *target,
            Some(Target::Std(_) | Target::Value(..)) => return runs,
            Some(Target::Unknown) | None => {
                runs.unknown = true;
                return runs;
            }
        };
        let loaded = self.imported_by(module);
        let new = self.imported_by(target);
        runs.unknown = loaded.len() > MODULES_MAX || new.len() > MODULES_MAX;
        for module in new.into_iter().filter(|module| !loaded.contains(module)) {
            let frame = self.top(module);
            let function = FunctionIx { module, function: TOP };
            push(&mut runs, Callee::Function { function, frame, through: None });
        }
        runs
    }

    /// A module and all that its import declarations lead to: they have run before any of its functions does.
    fn imported_by(&mut self, module: ModuleIx) -> Vec<ModuleIx> {
        let mut found = vec![module];
        let mut at = 0;
        while let Some(module) = found.get(at).copied().filter(|_| found.len() <= MODULES_MAX) {
            at += 1;
            let Some(known) = self.solver.known_module(module) else { continue };
            self.reads.node(known.facts_node());
            let is_called = |index: usize| {
                let is_it = |kind: &OpKind| matches!(kind, OpKind::Import { request, .. } if request.index() == index);
                known.facts.ops.iter().any(|op| is_it(&op.kind))
            };
            for (index, target) in known.targets.iter().enumerate() {
                if let Target::Module(target) = target
                    && !found.contains(target)
                    && !is_called(index)
                {
                    found.push(*target);
                }
            }
        }
        found.retain(|module| self.solver.known_module(*module).is_some_and(|known| !known.facts.functions.is_empty()));
        found
    }
}
