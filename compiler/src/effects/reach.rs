//! Which functions may block at all, in any call of them: what can reach a blocking operation in the merged call graph.
//! Only functions that are asked about, and what they can reach, are looked at.

use super::runs::Callee;
use super::solver::Solver;
use super::values::{Eye, FrameIx};
use super::world::FunctionIx;
use crate::facts::{Contract, Op, OpKind};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// What one function does by itself, and whom it calls.
#[derive(Debug, Default)]
struct Summary {
    callees: Vec<FunctionIx>,
    blocks: bool,
    unknown: bool,
}

/// What a function may do in some call of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct May {
    pub(super) block: bool,
    /// Call something that nothing is known about.
    pub(super) unknown: bool,
}

#[derive(Debug, Default)]
pub(super) struct Reach {
    summaries: FxHashMap<FunctionIx, Summary>,
    may: FxHashMap<FunctionIx, May>,
}

/// Operations that a call of the function runs before it returns: of an async function those before it first waits.
pub(super) fn ops_in_call(solver: &Solver, function: FunctionIx) -> &[Op] {
    let facts = &solver.module(function.module).facts;
    let ops = facts.ops(function.function);
    if !facts.function(function.function).is_async {
        return ops;
    }
    let first = ops.iter().position(|op| matches!(op.kind, OpKind::Await { certain: true, .. }));
    first.map_or(ops, |first| &ops[..first])
}

impl Reach {
    /// What a function may do.
    pub(super) fn may(&mut self, solver: &Solver, function: FunctionIx) -> May {
        if let Some(known) = self.may.get(&function) {
            return *known;
        }
        self.explore(solver, function);
        self.may.get(&function).copied().unwrap_or_default()
    }

    /// Functions from one of `roots` to the nearest one that blocks by itself, each called by the one before it: the
    /// root's number, and the functions that follow it.
    pub(super) fn way(&self, roots: &[FunctionIx]) -> Option<(usize, Vec<FunctionIx>)> {
        let mut from: FxHashMap<FunctionIx, Option<FunctionIx>> = roots.iter().map(|root| (*root, None)).collect();
        let mut todo: VecDeque<FunctionIx> = roots.iter().copied().collect();
        while let Some(function) = todo.pop_front() {
            let Some(summary) = self.summaries.get(&function) else { continue };
            if summary.blocks {
                let mut way = vec![function];
                while let Some(Some(before)) = from.get(&way[way.len() - 1]) {
                    way.push(*before);
                }
                way.reverse();
                return Some((roots.iter().position(|root| *root == way[0])?, way));
            }
            for callee in &summary.callees {
                if !from.contains_key(callee) {
                    from.insert(*callee, Some(function));
                    todo.push_back(*callee);
                }
            }
        }
        None
    }

    fn explore(&mut self, solver: &Solver, root: FunctionIx) {
        // A view of its own: the one of the search must keep its calls apart.
        let mut eye = Eye::new(solver);
        let mut todo = vec![root];
        let mut new = Vec::new();
        while let Some(function) = todo.pop() {
            if self.summaries.contains_key(&function) {
                continue;
            }
            let summary = summarise(&mut eye, function);
            eye.forget();
            todo.extend(summary.callees.iter().copied());
            self.summaries.insert(function, summary);
            new.push(function);
        }
        self.spread(&new);
    }

    /// Carries what functions do to those that call them. What was known before does not change: it calls none of these.
    fn spread(&mut self, new: &[FunctionIx]) {
        let mut callers: FxHashMap<FunctionIx, Vec<FunctionIx>> = FxHashMap::default();
        let mut todo = Vec::new();
        for function in new {
            let summary = &self.summaries[function];
            let mut may = May { block: summary.blocks, unknown: summary.unknown };
            for callee in &summary.callees {
                callers.entry(*callee).or_default().push(*function);
                if let Some(known) = self.may.get(callee) {
                    may = May { block: may.block | known.block, unknown: may.unknown | known.unknown };
                }
            }
            self.may.insert(*function, may);
            if may != May::default() {
                todo.push(*function);
            }
        }
        while let Some(function) = todo.pop() {
            let from = self.may[&function];
            for caller in callers.get(&function).into_iter().flatten() {
                let known = self.may.get_mut(caller).expect("callers are among the new ones");
                let joined = May { block: known.block | from.block, unknown: known.unknown | from.unknown };
                if *known != joined {
                    *known = joined;
                    todo.push(*caller);
                }
            }
        }
    }
}

fn summarise(eye: &mut Eye<'_>, function: FunctionIx) -> Summary {
    let solver = eye.solver;
    let declared = solver.function(function);
    let mut summary = Summary { blocks: declared.contract == Some(Contract::Blocking), ..Summary::default() };
    if declared.declared {
        summary.unknown = declared.contract.is_none();
        return summary;
    }
    for op in ops_in_call(solver, function) {
        let runs = eye.runs(function.module, op, FrameIx::ANY);
        summary.unknown |= runs.unknown;
        for (callee, _) in runs.callees {
            match callee {
                Callee::Blocks(_) => summary.blocks = true,
                Callee::Function { function, .. } => summary.callees.push(function),
            }
        }
    }
    summary.callees.sort_unstable();
    summary.callees.dedup();
    summary
}
