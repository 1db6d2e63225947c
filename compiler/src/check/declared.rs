//! The program as the analysis of effects wants it: its modules, and what declaration files say of code that is not there.

use crate::effects::{ModuleIx, Target, Unit as Analysed};
use crate::facts::{Contract, ModuleFacts, ValueId};
use crate::graph::walk::{Described, Link, Node, Walked};
use crate::lint::Unit;
use std::collections::HashMap;
use std::sync::Arc;

/// What `declare module "name"` says, by the name.
pub(super) struct Ambient<'a> {
    modules: HashMap<&'a str, (ModuleIx, ValueId)>,
}

impl<'a> Ambient<'a> {
    pub(super) fn new(walked: &'a Walked<Unit>) -> Ambient<'a> {
        let mut modules = HashMap::new();
        for node in &walked.nodes {
            let facts = &node.built.unit.facts;
            for (name, value) in facts.declares.iter().flat_map(|declares| &declares.modules) {
                modules.entry(facts.name(*name)).or_insert((ModuleIx(node.id.0), *value));
            }
        }
        Ambient { modules }
    }

    /// A module as the analysis of effects wants it: modules have the numbers of the walk.
    pub(super) fn unit(&self, walked: &Walked<Unit>, node: &Node<Unit>) -> Analysed {
        let declared = |described| node.declarations.iter().find(|(it, _)| *it == described).map(|(_, module)| *module);
        let target = |(index, link): (usize, &Link)| {
            let described = declared(Described::Request(index)).map(|module| Target::Module(ModuleIx(module.0)));
            let specifier = node.built.requests.get(index).map_or("", |request| &request.specifier);
            match link {
                Link::Std(name) => Target::Std(name.clone()),
                Link::Module(module) => described.unwrap_or(Target::Module(ModuleIx(module.0))),
                Link::Missing(_) => match (described, self.modules.get(specifier)) {
                    (Some(described), _) => described,
                    (None, Some((module, exports))) => Target::Value(*module, *exports),
                    (None, None) => Target::Unknown,
                },
            }
        };
        let targets = node.targets.iter().enumerate().map(target).collect();
        let facts = match declared(Described::This) {
            Some(module) => promised(&node.built.unit.facts, &walked.node(module).built.unit.facts),
            None => Arc::clone(&node.built.unit.facts),
        };
        Analysed { facts, targets }
    }
}

/// The code with the contracts of the declarations beside it, which know its functions by their names. A comment in the
/// code itself comes first.
fn promised(code: &Arc<ModuleFacts>, declared: &ModuleFacts) -> Arc<ModuleFacts> {
    let contracts = declared.functions.iter().filter_map(|it| Some((declared.name(it.name), it.contract?)));
    let contracts: HashMap<&str, Contract> = contracts.collect();
    let promised: Vec<(usize, Contract)> = code
        .functions
        .iter()
        .enumerate()
        .filter(|(_, function)| function.contract.is_none())
        .filter_map(|(index, function)| Some((index, *contracts.get(code.name(function.name))?)))
        .collect();
    if promised.is_empty() {
        return Arc::clone(code);
    }
    let mut facts = ModuleFacts::clone(code);
    for (index, contract) in promised {
        facts.functions[index].contract = Some(contract);
    }
    Arc::new(facts)
}
