//! Which file each module goes to.

use super::{Linker, OUTSIDE, Ref, Wrap};
use crate::bundle::load::{ModuleIndex, RUNTIME, Target};
use crate::syntax::bundle::AskForm;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Index into [`super::Linked::chunks`].
pub(in crate::bundle) type ChunkIndex = usize;

/// What a chunk is loaded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bundle) enum Root {
    Entry(ModuleIndex),
    Dynamic(ModuleIndex),
    /// Several need what is in it.
    Shared,
}

impl Root {
    pub(in crate::bundle) fn module(self) -> Option<ModuleIndex> {
        match self {
            Root::Entry(module) | Root::Dynamic(module) => Some(module),
            Root::Shared => None,
        }
    }
}

/// One file of JavaScript.
#[derive(Debug)]
pub(in crate::bundle) struct Chunk {
    pub(in crate::bundle) root: Root,
    /// In the order they run.
    pub(in crate::bundle) modules: Vec<ModuleIndex>,
    /// Modules that run when this chunk does: of this chunk and of others.
    pub(in crate::bundle) runs: Vec<ModuleIndex>,
}

/// A set of roots.
type Bits = Vec<u64>;

fn set(bits: &mut Bits, index: usize) {
    bits[index / 64] |= 1 << (index % 64);
}

fn unset(bits: &mut Bits, index: usize) {
    bits[index / 64] &= !(1 << (index % 64));
}

impl Linker<'_> {
    /// Modules that the same roots need are one chunk.
    pub(super) fn divide(&self, order: &[ModuleIndex]) -> (Vec<Chunk>, Vec<Option<ChunkIndex>>) {
        let mut roots: Vec<Root> = self.entries.iter().map(|it| Root::Entry(*it)).collect();
        if !self.options.inline_dynamic_imports {
            let mut dynamic: Vec<_> = self.dynamic.iter().copied().filter(|it| !self.entries.contains(it)).collect();
            dynamic.sort_unstable();
            roots.extend(dynamic.into_iter().map(Root::Dynamic));
        }
        let reached: Vec<FxHashSet<ModuleIndex>> =
            roots.iter().map(|root| self.reached(root.module().unwrap_or(RUNTIME))).collect();
        let mut bits: Vec<Bits> = vec![vec![0; roots.len().div_ceil(64)]; self.modules.len()];
        for (index, reached) in reached.iter().enumerate() {
            reached.iter().for_each(|module| set(&mut bits[*module], index));
        }
        self.drop_loaded(&roots, &reached, &mut bits);
        self.collect(order, &roots, &reached, &bits)
    }

    /// Live modules that must be there when `root` runs.
    fn reached(&self, root: ModuleIndex) -> FxHashSet<ModuleIndex> {
        let mut seen = FxHashSet::default();
        let mut todo = vec![root];
        while let Some(module) = todo.pop() {
            if self.links[module].live && seen.insert(module) {
                self.each_needed(module, &mut |it| todo.push(it));
            }
        }
        seen
    }

    fn each_needed(&self, module: ModuleIndex, found: &mut dyn FnMut(ModuleIndex)) {
        let needs = self.needs();
        let mut by_symbol = |reference: Ref| {
            if reference.module != OUTSIDE {
                found(reference.module);
            }
        };
        for (keep, statement) in self.links[module].keep.iter().zip(&self.modules[module].record.statements) {
            if *keep {
                needs.of_statement(module, statement, &mut by_symbol);
            }
        }
        needs.of_wrapper(module, &mut by_symbol);
        if let Some(exports) = &self.links[module].exports {
            exports.values().filter_map(|it| it.reference()).for_each(&mut by_symbol);
        }
        if self.used.contains(&super::namespace(module)) || !self.modules[module].record.stars.is_empty() {
            by_symbol(needs.helper("__namespace"));
            by_symbol(needs.helper("__reExport"));
        }
        if [false, true].iter().any(|strict| self.used.contains(&super::interop(module, *strict))) {
            by_symbol(needs.helper("__toESM"));
        }
        for (ask, target) in self.modules[module].record.requests.iter().zip(&self.modules[module].targets) {
            if let (AskForm::Import, Target::Module(target)) = (ask.form, target)
                && (!self.modules[*target].effectless || !self.options.tree_shaking)
            {
                found(*target);
            }
        }
    }

    /// A root that is only ever imported by code that has loaded a module need not load it again. Code that waits at
    /// its top level is not loaded yet: it may wait for that very root.
    fn drop_loaded(&self, roots: &[Root], reached: &[FxHashSet<ModuleIndex>], bits: &mut [Bits]) {
        let mut loaded: Vec<Option<FxHashSet<ModuleIndex>>> =
            roots.iter().map(|root| matches!(root, Root::Entry(_)).then(FxHashSet::default)).collect();
        let waits = |reached: &FxHashSet<ModuleIndex>| reached.iter().any(|it| self.links[*it].awaits);
        let waits: Vec<bool> = reached.iter().map(waits).collect();
        let importers: Vec<Vec<ModuleIndex>> = roots.iter().map(|root| self.importers(*root)).collect();
        for _ in 0..roots.len() {
            let mut changed = false;
            for index in 0..roots.len() {
                if matches!(roots[index], Root::Entry(_)) {
                    continue;
                }
                // Through every importer, and every root that has it.
                let from = (0..roots.len()).filter(|it| {
                    *it != index && importers[index].iter().any(|importer| reached[*it].contains(importer))
                });
                let mut common: Option<FxHashSet<ModuleIndex>> = None;
                for from in from {
                    let Some(before) = &loaded[from] else { continue };
                    let own = reached[from].iter().filter(|_| !waits[from]);
                    let all: FxHashSet<_> = before.iter().chain(own).copied().collect();
                    common = Some(common.map_or(all.clone(), |it| it.intersection(&all).copied().collect()));
                }
                if common.is_some() && common != loaded[index] {
                    loaded[index] = common;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        for (index, loaded) in loaded.iter().enumerate() {
            loaded.iter().flatten().for_each(|module| unset(&mut bits[*module], index));
        }
    }

    /// Live modules that import a root dynamically.
    fn importers(&self, root: Root) -> Vec<ModuleIndex> {
        let Root::Dynamic(root) = root else { return Vec::new() };
        let asks = |module: &ModuleIndex| {
            self.links[*module].live && self.asked(*module, |form| form == AskForm::Dynamic).any(|it| it == root)
        };
        (0..self.modules.len()).filter(asks).collect()
    }

    fn collect(
        &self,
        order: &[ModuleIndex],
        roots: &[Root],
        reached: &[FxHashSet<ModuleIndex>],
        bits: &[Bits],
    ) -> (Vec<Chunk>, Vec<Option<ChunkIndex>>) {
        let mut chunks: Vec<Chunk> = Vec::new();
        let mut by_bits: BTreeMap<Bits, ChunkIndex> = BTreeMap::new();
        for (index, root) in roots.iter().enumerate() {
            let mut alone = vec![0; roots.len().div_ceil(64)];
            set(&mut alone, index);
            by_bits.insert(alone, chunks.len());
            let runs = order.iter().copied().filter(|it| reached[index].contains(it)).collect();
            chunks.push(Chunk { root: *root, modules: Vec::new(), runs });
        }
        let mut chunk_of = vec![None; self.modules.len()];
        for module in order {
            if !self.links[*module].live || bits[*module].iter().all(|it| *it == 0) {
                continue;
            }
            let chunk = *by_bits.entry(bits[*module].clone()).or_insert_with(|| {
                chunks.push(Chunk { root: Root::Shared, modules: Vec::new(), runs: Vec::new() });
                chunks.len() - 1
            });
            chunks[chunk].modules.push(*module);
            chunk_of[*module] = Some(chunk);
        }
        for chunk in &mut chunks {
            if chunk.root == Root::Shared {
                chunk.runs = chunk.modules.clone();
            }
            // What waits to be asked for does not run with its chunk, unless somebody there imports it.
            chunk.runs.retain(|it| {
                self.links[*it].wrap == Wrap::None
                    || self.is_imported_by(*it, &chunk.modules)
                    || chunk.root.module() == Some(*it)
            });
        }
        (chunks, chunk_of)
    }

    /// Whether modules that run where they stand import `module`.
    fn is_imported_by(&self, module: ModuleIndex, importers: &[ModuleIndex]) -> bool {
        let runs = |it: &&ModuleIndex| self.links[**it].wrap == Wrap::None;
        importers.iter().filter(runs).any(|it| self.imported(*it).any(|target| target == module))
    }
}
