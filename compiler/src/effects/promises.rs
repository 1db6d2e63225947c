//! Promises of methods: what overrides one that is declared `@nonblocking` must not block either.

use super::solver::Solver;
use super::values::Eye;
use super::world::{FunctionIx, ModuleIx, Name, ObjectIx};
use crate::facts::{Contract, FunctionId, ObjectId, ObjectKind};
use rustc_hash::FxHashMap;

/// Methods of a module that say nothing of themselves, and those above them that promise not to block.
pub(super) fn inherited(eye: &mut Eye<'_>, module: ModuleIx) -> FxHashMap<FunctionId, FunctionIx> {
    let mut found = FxHashMap::default();
    let solver = eye.solver;
    if !solver.has_promises() {
        return found;
    }
    let known = solver.module(module);
    let prototypes = (0..).zip(&known.facts.objects).filter(|(_, object)| object.kind == ObjectKind::Prototype);
    for (index, _) in prototypes {
        let prototype = known.object(ObjectId(index));
        let mut above = eye.prototypes(prototype);
        if let Some(interfaces) = eye.field_node(prototype, solver.words.implements) {
            above.extend_from_slice(eye.objects(interfaces));
        }
        if above.is_empty() {
            continue;
        }
        for (name, node) in eye.fields(prototype) {
            let methods = eye.objects(*node).iter().filter_map(|object| solver.function_of(*object));
            let silent = methods.filter(|it| it.module == module && solver.function(*it).contract.is_none());
            for method in silent {
                if let Some(promising) = promising(eye, &above, *name) {
                    found.insert(method.function, promising);
                }
            }
        }
    }
    found
}

/// A method of that name that promises not to block.
fn promising(eye: &mut Eye<'_>, above: &[ObjectIx], name: Name) -> Option<FunctionIx> {
    let solver = eye.solver;
    let all = above.iter().flat_map(|object| eye.field_objects(*object, name)).collect::<Vec<ObjectIx>>();
    let mut methods = all.into_iter().filter_map(|object| solver.function_of(object));
    methods.find(|method| is_promising(solver, *method))
}

fn is_promising(solver: &Solver, method: FunctionIx) -> bool {
    solver.function(method).contract == Some(Contract::NonBlocking)
}
