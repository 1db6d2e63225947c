//! The shortest names for what is named most.

use super::super::Compact;
use super::{Collector, Draft, names};
use crate::bundle::link::{ChunkIndex, OUTSIDE, Ref};
use crate::syntax::bundle::{Name, RESERVED};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// What a name is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Slot(usize),
    Symbol(Ref),
}

/// Names everything in a chunk: its top level, what is imported, and the slots of inner names.
pub(super) fn assign(
    collector: &Collector<'_>,
    index: ChunkIndex,
    draft: &mut Draft,
    exported: &BTreeSet<Ref>,
    compacts: &[Compact],
) {
    let chunk = &collector.linked.chunks[index];
    let mut taken = names::reserved();
    let mut slots: Vec<u32> = Vec::new();
    for module in &chunk.modules {
        let record = &collector.loaded.modules[*module].record;
        taken.extend(record.globals.iter().cloned());
        let Some(compact) = &compacts[*module] else { continue };
        slots.resize(slots.len().max(compact.slots.len()), 0);
        compact.slots.iter().zip(&mut slots).for_each(|(uses, all)| *all += uses);
        for extra in 0..compact.extra.len() {
            draft.add(Ref { module: *module, symbol: (record.symbols.len() + extra) as u32 }, None);
        }
    }
    exported.iter().for_each(|it| draft.add(*it, None));
    let uses = |reference: &Ref| {
        let users =
            draft.users[reference].modules.iter().chain((reference.module != OUTSIDE).then_some(&reference.module));
        let mut users: Vec<_> = users.copied().collect();
        users.sort_unstable();
        users.dedup();
        // In another module the symbol goes by an import of its own.
        let of_user = |user: &usize| {
            let compact = compacts[*user].as_ref()?;
            if *user == reference.module {
                return compact.uses.get(reference.symbol as usize).copied();
            }
            let link = &collector.linked.links[*user];
            let locals = link.bound.iter().filter(|(_, bound)| bound.reference() == Some(*reference));
            Some(locals.filter_map(|(local, _)| compact.uses.get(*local as usize)).sum())
        };
        users.iter().filter_map(of_user).sum::<u32>() + 1
    };
    let kept = kept(collector, index, draft, &mut taken);
    let symbols = draft.users.keys().filter(|it| !kept.contains_key(it));
    let mut wanted: Vec<(u32, Named)> = symbols.map(|it| (uses(it), Named::Symbol(*it))).collect();
    wanted.extend(slots.iter().enumerate().map(|(slot, uses)| (*uses, Named::Slot(slot))));
    wanted.sort_by(|(left, a), (right, b)| right.cmp(left).then(a.cmp(b)));
    let mut short = (0usize..).map(nth).filter(|name| !taken.contains(name));
    draft.scope.slots = vec![Name::from(""); slots.len()];
    draft.scope.names = kept;
    for (_, named) in wanted {
        let Some(name) = short.next() else { return };
        match named {
            Named::Slot(slot) => draft.scope.slots[slot] = name,
            Named::Symbol(reference) => {
                draft.scope.names.insert(reference, name);
            }
        }
    }
    names::aliases(collector, index, draft, exported);
}

/// Names that stay as they were written: code that is made when it runs looks for them, also for those of inner scopes.
fn kept(
    collector: &Collector<'_>,
    index: ChunkIndex,
    draft: &Draft,
    taken: &mut FxHashSet<Name>,
) -> FxHashMap<Ref, Name> {
    let modules = collector.linked.chunks[index].modules.iter().copied();
    let mut kept = FxHashMap::default();
    for module in modules.filter(|it| collector.loaded.modules[*it].record.evals) {
        let symbols = (0..).zip(&collector.loaded.modules[module].record.symbols).skip(RESERVED.len());
        for (symbol, it) in symbols {
            let reference = Ref { module, symbol };
            let Some(users) = draft.users.get(&reference) else { continue };
            let hidden = users.modules.iter().any(|user| collector.is_hidden(reference, &it.name, *user));
            if !hidden && taken.insert(it.name.clone()) {
                kept.insert(reference, it.name.clone());
            }
        }
    }
    let evals = collector.linked.chunks[index].modules.iter().map(|it| &collector.loaded.modules[*it].record);
    taken.extend(evals.filter(|it| it.evals).flat_map(|it| it.nested.iter().cloned()));
    kept
}

/// The shortest names, in order; letters that programs use most come first.
fn nth(index: usize) -> Name {
    const FIRST: &[u8] = b"etnrisaoclfdupmhgbyvwxSCTEDkAOIMNPLRFBzVHjUWGKqJXYZQ_$";
    const REST: &[u8] = b"etnrisaoclfdupmhgbyvwxSCTEDkAOIMNPLRFBzVHjUWGKqJXYZQ_$0123456789";
    let mut name = String::from(char::from(FIRST[index % FIRST.len()]));
    let mut rest = index / FIRST.len();
    while rest > 0 {
        rest -= 1;
        name.push(char::from(REST[rest % REST.len()]));
        rest /= REST.len();
    }
    name.into()
}

#[cfg(test)]
mod tests {
    #[test]
    fn short_names_are_all_different() {
        let names: std::collections::HashSet<_> = (0..100_000).map(super::nth).collect();
        assert_eq!(names.len(), 100_000);
        assert_eq!((&*super::nth(0), super::nth(53).len(), super::nth(54).len()), ("e", 1, 2));
    }
}
