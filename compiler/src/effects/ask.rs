//! What lints ask about single places.

use super::Effects;
use super::search::{Finding, Search};
use super::sites::{calls, in_section, is_active};
use super::values::Eye;
use super::world::{FunctionIx, ModuleIx};
use crate::facts::{CallId, Op, SectionId, ValueId};
use std::sync::Arc;

impl Effects {
    /// By section of a module: whether nothing may block in it.
    pub(crate) fn atomic_sections(&mut self, module: ModuleIx) -> Vec<bool> {
        let facts = Arc::clone(&self.units[module.index()].facts);
        let mut eye = Eye::new(&self.solver);
        let active: Vec<bool> = facts.sections.iter().map(|it| is_active(&mut eye, module, it.kind)).collect();
        self.reads.add(eye.reads.done());
        let ids = (0..facts.sections.len() as u32).map(SectionId);
        ids.map(|id| in_section(&facts, &active, id)).collect()
    }

    /// Whether a call starts something whose result is to be asked for: `future(…)`, `f.future(…)`.
    pub(crate) fn starts_future(&mut self, module: ModuleIx, call: CallId) -> bool {
        let natives = &self.solver.natives;
        let mut eye = Eye::new(&self.solver);
        let known = self.solver.module(module);
        let written = known.facts.call(call);
        let is_twin = known.facts.name(written.field) == "future";
        let is_std = |object| natives.get(object).is_some_and(|native| native.module.contains("corona"));
        let is_future = natives.at("corona/future").is_some_and(|future| calls(&mut eye, module, call, future));
        let mut receivers = eye.objects(known.node(written.this)).iter();
        let starts = is_future || receivers.any(|object| *object == natives.later || is_twin && is_std(*object));
        self.reads.add(eye.reads.done());
        starts
    }

    /// Functions of the program that a value may be.
    pub(crate) fn functions_in(&mut self, module: ModuleIx, value: ValueId) -> Vec<FunctionIx> {
        if value.is_none() {
            return Vec::new();
        }
        let node = self.solver.module(module).node(value);
        self.reads.node(node);
        self.solver.heap.objects(node).iter().filter_map(|object| self.solver.function_of(*object)).collect()
    }

    /// Whether an operation leads to one that may block, for certain.
    pub(crate) fn blocks(&mut self, function: FunctionIx, op: &Op) -> bool {
        let mut eye = Eye::new(&self.solver);
        let found = Search::new(&mut eye, &mut self.reach).operation(function, op, "", true);
        self.reads.add(eye.reads.done());
        matches!(found, Finding::Certain(_))
    }
}
