//! What lints ask about single places.

use super::Effects;
use super::search::{Finding, Search};
use super::sites::{calls, in_section, is_active};
use super::values::Eye;
use super::world::{FunctionIx, ModuleIx};
use crate::facts::{CallId, Op, ValueId};

impl Effects {
    /// By section of a module: whether nothing may block in it.
    pub(crate) fn atomic_sections(&self, module: ModuleIx) -> Vec<bool> {
        let sections = &self.facts(module).sections;
        let active: Vec<bool> = sections.iter().map(|it| is_active(&self.solver, module, it.kind)).collect();
        let ids = (0..sections.len() as u32).map(crate::facts::SectionId);
        ids.map(|id| in_section(self.facts(module), &active, id)).collect()
    }

    /// Whether a call starts something whose result is to be asked for: `future(…)`, `f.future(…)`.
    pub(crate) fn starts_future(&self, module: ModuleIx, call: CallId) -> bool {
        let natives = &self.solver.natives;
        if natives.at("corona/future").is_some_and(|future| calls(&self.solver, module, call, future)) {
            return true;
        }
        let known = self.solver.module(module);
        let written = known.facts.call(call);
        let is_twin = known.facts.name(written.field) == "future";
        let is_std = |object| natives.get(object).is_some_and(|native| native.module.contains("corona"));
        let receiver = self.solver.heap.objects(known.node(written.this));
        receiver.iter().any(|object| *object == natives.later || is_twin && is_std(*object))
    }

    /// Functions of the program that a value may be.
    pub(crate) fn functions_in(&self, module: ModuleIx, value: ValueId) -> Vec<FunctionIx> {
        if value.is_none() {
            return Vec::new();
        }
        let node = self.solver.module(module).node(value);
        self.solver.heap.objects(node).iter().filter_map(|object| self.solver.function_of(*object)).collect()
    }

    /// Whether an operation leads to one that may block, for certain.
    pub(crate) fn blocks(&mut self, function: FunctionIx, op: &Op) -> bool {
        let mut eye = Eye::new(&self.solver);
        matches!(Search::new(&mut eye, &mut self.reach).operation(function, op, ""), Finding::Certain(_))
    }
}
