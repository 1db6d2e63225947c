//! Which functions may block at all, in any call of them: what can reach a blocking operation in the merged call graph.
//! Only functions that are asked about, and what they can reach, are looked at.

use super::reads::{Basis, Changes};
use super::solver::Solver;
use super::values::{Eye, FrameIx};
use super::world::FunctionIx;
use crate::facts::{Contract, Op, Timing};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// What one function does by itself, and whom it calls.
#[derive(Debug, Default, PartialEq, Eq)]
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
    summaries: FxHashMap<FunctionIx, (Summary, Basis)>,
    may: FxHashMap<FunctionIx, May>,
}

/// Operations that a call of the function runs before it returns, with their places among those of the module.
pub(super) fn ops_in_call(solver: &Solver, function: FunctionIx) -> impl Iterator<Item = (u32, &Op, Timing)> {
    let facts = &solver.module(function.module).facts;
    let first = facts.function(function.function).ops.0;
    let ops = facts.ops_in_call(function.function);
    ops.map(move |(position, op, timing)| (first + position as u32, op, timing))
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
            let Some((summary, _)) = self.summaries.get(&function) else { continue };
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

    /// What another one found out about the same program.
    pub(super) fn add(&mut self, other: Reach) {
        if self.may.is_empty() {
            *self = other;
            return;
        }
        self.summaries.extend(other.summaries);
        self.may.extend(other.may);
    }

    /// Takes up what changed, and adds what that changes for functions.
    pub(super) fn update(&mut self, solver: &Solver, changes: &mut Changes) {
        let concerned = self.summaries.iter().filter(|(_, (_, basis))| changes.concern(basis));
        let concerned: Vec<FunctionIx> = concerned.map(|(function, _)| *function).collect();
        let mut eye = Eye::new(solver);
        let mut holds = true;
        for function in concerned {
            let Some((old, _)) = self.summaries.remove(&function) else { continue };
            let new = is_there(solver, function).then(|| summarise(&mut eye, function));
            holds &= new.as_ref().is_some_and(|(new, _)| self.does_the_same(&old, new));
            if let Some(new) = new {
                self.summaries.insert(function, new);
            }
        }
        if holds {
            return;
        }
        let before = std::mem::take(&mut self.may);
        for (function, may) in before {
            if !is_there(solver, function) || self.may(solver, function) != may {
                changes.may(function);
            }
        }
    }

    /// Whether what follows from a summary follows from another one as well, and for the same reason.
    fn does_the_same(&self, old: &Summary, new: &Summary) -> bool {
        let does_something = |function: &&FunctionIx| self.may.get(function).is_none_or(|may| *may != May::default());
        let reasons = |summary: &Summary| summary.callees.iter().filter(does_something).copied().collect::<Vec<_>>();
        (old.blocks, old.unknown) == (new.blocks, new.unknown) && reasons(old) == reasons(new)
    }

    fn explore(&mut self, solver: &Solver, root: FunctionIx) {
        // A view of its own: the one of the search must keep its calls apart.
        let mut eye = Eye::new(solver);
        let mut todo = vec![root];
        let mut seen = FxHashSet::default();
        let mut new = Vec::new();
        while let Some(function) = todo.pop() {
            if self.may.contains_key(&function) || !seen.insert(function) {
                continue;
            }
            let (summary, _) = self.summaries.entry(function).or_insert_with(|| summarise(&mut eye, function));
            todo.extend(summary.callees.iter().copied());
            new.push(function);
        }
        self.spread(&new);
    }

    /// Carries what functions do to those that call them. What was known before does not change: it calls none of these.
    fn spread(&mut self, new: &[FunctionIx]) {
        let mut callers: FxHashMap<FunctionIx, Vec<FunctionIx>> = FxHashMap::default();
        let mut todo = Vec::new();
        for function in new {
            let (summary, _) = &self.summaries[function];
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

fn is_there(solver: &Solver, function: FunctionIx) -> bool {
    solver.known_module(function.module).is_some_and(|known| function.function.index() < known.facts.functions.len())
}

fn summarise(eye: &mut Eye<'_>, function: FunctionIx) -> (Summary, Basis) {
    let solver = eye.solver;
    let declared = solver.function(function);
    eye.reads.node(solver.module(function.module).facts_node());
    let mut summary = Summary { blocks: declared.contract == Some(Contract::Blocking), ..Summary::default() };
    if declared.declared {
        summary.unknown = declared.contract.is_none();
        return (summary, std::mem::take(&mut eye.reads).done());
    }
    for (_, op, _) in ops_in_call(solver, function) {
        let runs = eye.runs(function.module, op, FrameIx::ANY);
        summary.unknown |= runs.unknown;
        for (callee, _) in runs.callees {
            match callee.function() {
                None => summary.blocks = true,
                Some((function, _)) => summary.callees.push(function),
            }
        }
    }
    summary.callees.sort_unstable();
    summary.callees.dedup();
    eye.forget();
    (summary, std::mem::take(&mut eye.reads).done())
}
