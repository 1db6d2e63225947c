//! What single calls may do: for editors, which mark them and follow them.

use super::reach::Reach;
use super::solver::Solver;
use super::values::{Eye, FrameIx};
use super::world::{FunctionIx, ModuleIx};
use crate::facts::{CallKind, FunctionId, OpKind, Span};

/// An explicit call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallEffect {
    /// The function that it stands in.
    pub(crate) function: FunctionId,
    /// Of the callee.
    pub(crate) span: Span,
    /// It may suspend the coroutine.
    pub(crate) blocks: bool,
    /// Functions of the program that it runs.
    pub(crate) callees: Vec<FunctionIx>,
}

/// The calls of a module, by place.
pub(super) fn calls_of(solver: &Solver, reach: &mut Reach, module: ModuleIx) -> Vec<CallEffect> {
    let Some(known) = solver.known_module(module) else { return Vec::new() };
    let facts = &known.facts;
    let mut eye = Eye::new(solver);
    let mut found = Vec::new();
    for index in 0..facts.functions.len() {
        let function = FunctionId(index as u32);
        for op in facts.ops(function) {
            let OpKind::Call(call) = op.kind else { continue };
            let call = facts.call(call);
            if matches!(call.kind, CallKind::Inline(_)) {
                continue;
            }
            eye.forget();
            let runs = eye.runs(module, op, FrameIx::ANY);
            let mut effect = CallEffect { function, span: call.span, blocks: false, callees: Vec::new() };
            for (callee, _) in runs.callees {
                match callee.function() {
                    None => effect.blocks = true,
                    Some((function, _)) => {
                        effect.blocks |= reach.may(solver, function).block;
                        effect.callees.push(function);
                    }
                }
            }
            effect.callees.sort_unstable();
            effect.callees.dedup();
            found.push(effect);
        }
    }
    found.sort_by_key(|call| call.span);
    found
}
