//! Values that other modules export.

use super::super::world::{ModuleIx, Name, Target};
use super::{Eye, Values};
use crate::facts::{Exported, Imported, ValueId};

impl Eye<'_> {
    pub(super) fn imported(&mut self, module: ModuleIx, value: ValueId) -> Option<Values> {
        let known = self.solver.module(module);
        let import = known.facts.imports.iter().find(|import| import.value == value)?;
        let Imported::Name(name) = import.what else { return None };
        let Target::Module(target) = known.targets.get(import.request.index())? else { return None };
        let (module, value) = self.exported(*target, known.name(name), 0)?;
        let frame = self.top(module);
        Some(self.value(module, value, frame))
    }

    /// Whether what is imported is given something in one place only.
    pub(in super::super) fn is_constant(&mut self, module: ModuleIx, value: ValueId) -> bool {
        let known = self.solver.module(module);
        let Some(import) = known.facts.imports.iter().find(|import| import.value == value) else { return true };
        let (Imported::Name(name), Some(Target::Module(target))) =
            (import.what, known.targets.get(import.request.index()))
        else {
            return true;
        };
        let Some((module, value)) = self.exported(*target, known.name(name), 0) else { return true };
        self.solver.module(module).definitions(value).count() <= 1
    }

    /// The variable that a module exports under a name.
    fn exported(&mut self, module: ModuleIx, name: Name, depth: usize) -> Option<(ModuleIx, ValueId)> {
        let known = self.solver.known_module(module)?;
        self.reads.node(known.facts_node());
        if known.facts.commonjs.is_some() || depth > 30 {
            return None;
        }
        let target = |request: crate::facts::RequestId| match known.targets.get(request.index()) {
            Some(Target::Module(target)) => Some(*target),
            _ => None,
        };
        let named = known.facts.exports.iter().find(|it| !it.name.is_none() && known.name(it.name) == name);
        match named.map(|export| export.what) {
            Some(Exported::Value(value)) => Some((module, value)),
            Some(Exported::From(request, original)) => self.exported(target(request)?, known.name(original), depth + 1),
            Some(_) => None,
            None => known.facts.exports.iter().find_map(|export| match export.what {
                Exported::All(request) => self.exported(target(request)?, name, depth + 1),
                _ => None,
            }),
        }
    }
}
