//! Which file each module goes to.

use super::loaded::{Classes, already_loaded};
use super::{Linker, OUTSIDE, Ref, Wrap};
use crate::bundle::load::{ModuleIndex, RUNTIME, Target};
use crate::syntax::bundle::AskForm;
use rustc_hash::{FxHashMap, FxHashSet};

/// Index into [`super::Linked::chunks`].
pub(in crate::bundle) type ChunkIndex = usize;

/// Index of what something is loaded for.
pub(super) type RootIndex = usize;

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

impl Linker<'_> {
    /// Modules that the same roots need are one chunk.
    pub(super) fn divide(&self, order: &[ModuleIndex]) -> (Vec<Chunk>, Vec<Option<ChunkIndex>>) {
        let entries: FxHashSet<ModuleIndex> = self.entries.iter().copied().collect();
        let mut roots: Vec<Root> = self.entries.iter().map(|it| Root::Entry(*it)).collect();
        if !self.options.inline_dynamic_imports {
            let dynamic = self.dynamic.iter().filter(|it| !entries.contains(it));
            roots.extend(dynamic.map(|it| Root::Dynamic(*it)));
        }
        let mut position = vec![0; self.modules.len()];
        order.iter().enumerate().for_each(|(at, module)| position[*module] = at);
        let reached: Vec<Vec<ModuleIndex>> =
            roots.iter().map(|root| self.reached(root.module().unwrap_or(RUNTIME), &position)).collect();
        let classes = Classes::of(&reached, self.modules.len());
        let waits = |reached: &Vec<ModuleIndex>| reached.iter().any(|it| self.links[*it].awaits);
        let waits: Vec<bool> = reached.iter().map(waits).collect();
        let loaded = already_loaded(&classes, &roots, &self.imported_roots(&roots), &waits);
        // By class: the roots that have to load it.
        let loaders: Vec<Vec<RootIndex>> = (0..classes.roots.len())
            .map(|class| classes.roots[class].iter().copied().filter(|root| !loaded.has(*root, class)).collect())
            .collect();
        let (mut chunks, mut chunk_of) =
            self.collect(order, &roots, reached, &|module| &loaders[classes.of_module[module]]);
        self.part(&mut chunks, &mut chunk_of);
        (chunks, chunk_of)
    }

    /// Others may need names of what a root is loaded with. Its file must not export them, whoever imports it would see
    /// them: its modules move to a chunk of their own, and the file passes on what the root exports.
    fn part(&self, chunks: &mut Vec<Chunk>, chunk_of: &mut [Option<ChunkIndex>]) {
        if chunks.len() < 2 {
            return; // there are no others
        }
        let is_seen = |chunk: &Chunk| match chunk.root {
            Root::Entry(root) => {
                let exports = self.links[root].exports.as_ref();
                exports.is_some_and(|it| !it.is_empty()) || self.links[root].wrap == Wrap::CommonJs
            }
            Root::Dynamic(_) => true,
            Root::Shared => false,
        };
        let mut needed = vec![false; chunks.len()];
        for (module, chunk) in chunk_of.iter().enumerate() {
            let Some(chunk) = chunk else { continue };
            self.each_symbol(module, &mut |it| {
                let other = chunk_of.get(it.module).copied().flatten().filter(|other| other != chunk);
                other.into_iter().for_each(|it| needed[it] = true);
            });
        }
        for index in (0..chunks.len()).filter(|it| needed[*it]) {
            if !is_seen(&chunks[index]) {
                continue;
            }
            let modules = std::mem::take(&mut chunks[index].modules);
            modules.iter().for_each(|it| chunk_of[*it] = Some(chunks.len()));
            chunks.push(Chunk { root: Root::Shared, modules, runs: chunks[index].runs.clone() });
        }
    }

    /// Live modules that must be there when `root` runs, in the order they run.
    fn reached(&self, root: ModuleIndex, position: &[usize]) -> Vec<ModuleIndex> {
        let mut seen = FxHashSet::default();
        let mut todo = vec![root];
        while let Some(module) = todo.pop() {
            if self.links[module].live && seen.insert(module) {
                self.each_needed(module, &mut |it| todo.push(it));
            }
        }
        let mut reached: Vec<ModuleIndex> = seen.into_iter().collect();
        reached.sort_unstable_by_key(|it| position[*it]);
        reached
    }

    fn each_needed(&self, module: ModuleIndex, found: &mut dyn FnMut(ModuleIndex)) {
        self.each_symbol(module, &mut |reference| {
            if reference.module != OUTSIDE {
                found(reference.module);
            }
        });
        for (ask, target) in self.modules[module].record.requests.iter().zip(&self.modules[module].targets) {
            if let (AskForm::Import, Target::Module(target)) = (ask.form, target)
                && (!self.modules[*target].effectless || !self.options.tree_shaking)
            {
                found(*target);
            }
        }
    }

    fn each_symbol(&self, module: ModuleIndex, found: &mut dyn FnMut(Ref)) {
        let needs = self.needs();
        for (keep, statement) in self.links[module].keep.iter().zip(&self.modules[module].record.statements) {
            if *keep {
                needs.of_statement(module, statement, found);
            }
        }
        needs.of_wrapper(module, found);
        if let Some(exports) = &self.links[module].exports {
            exports.values().filter_map(|it| it.reference()).for_each(&mut *found);
        }
        if self.used.contains(super::namespace(module)) || !self.modules[module].record.stars.is_empty() {
            found(needs.helper("__namespace"));
            found(needs.helper("__reExport"));
        }
        if [false, true].iter().any(|strict| self.used.contains(super::interop(module, *strict))) {
            found(needs.helper("__toESM"));
        }
    }

    /// Live modules with the roots that they import dynamically.
    fn imported_roots(&self, roots: &[Root]) -> Vec<(ModuleIndex, RootIndex)> {
        let dynamic = roots.iter().enumerate().filter_map(|(index, root)| match root {
            Root::Dynamic(module) => Some((*module, index)),
            _ => None,
        });
        let dynamic: FxHashMap<ModuleIndex, RootIndex> = dynamic.collect();
        let live = (0..self.modules.len()).filter(|it| self.links[*it].live);
        live.flat_map(|module| {
            let asked = self.asked(module, |form| form == AskForm::Dynamic);
            asked.filter_map(|it| dynamic.get(&it)).map(move |root| (module, *root)).collect::<Vec<_>>()
        })
        .collect()
    }

    /// `loaders` says which roots have to load a module.
    fn collect<'a>(
        &self,
        order: &[ModuleIndex],
        roots: &[Root],
        reached: Vec<Vec<ModuleIndex>>,
        loaders: &dyn Fn(ModuleIndex) -> &'a Vec<RootIndex>,
    ) -> (Vec<Chunk>, Vec<Option<ChunkIndex>>) {
        // What runs as soon as a root is loaded, because it is imported there. One root shares nothing.
        let sharing = if roots.len() > 1 { &reached[..] } else { &[] };
        let imported_of: Vec<FxHashSet<ModuleIndex>> = sharing.iter().map(|it| self.imported_by(it)).collect();
        let chunk = |(root, runs): (&Root, Vec<ModuleIndex>)| Chunk { root: *root, modules: Vec::new(), runs };
        let mut chunks: Vec<Chunk> = roots.iter().zip(reached).map(chunk).collect();
        let mut shared: FxHashMap<&[RootIndex], ChunkIndex> = FxHashMap::default();
        let mut chunk_of = vec![None; self.modules.len()];
        for module in order {
            if !self.links[*module].live {
                continue;
            }
            let chunk = match &loaders(*module)[..] {
                [] => continue,
                [root] => *root,
                several => *shared.entry(several).or_insert_with(|| {
                    chunks.push(Chunk { root: Root::Shared, modules: Vec::new(), runs: Vec::new() });
                    chunks.len() - 1
                }),
            };
            chunks[chunk].modules.push(*module);
            chunk_of[*module] = Some(chunk);
        }
        let loaders: FxHashMap<ChunkIndex, &[RootIndex]> = shared.into_iter().map(|(key, it)| (it, key)).collect();
        for (index, chunk) in chunks.iter_mut().enumerate() {
            if chunk.root == Root::Shared {
                chunk.runs = chunk.modules.clone();
            }
            // What waits to be asked for does not run with its chunk, unless somebody there imports it, or all that load
            // the chunk.
            let mut imported = self.imported_by(&chunk.modules);
            if let Some([first, rest @ ..]) = loaders.get(&index) {
                let by_all = |it: &&ModuleIndex| rest.iter().all(|root| imported_of[*root].contains(it));
                imported.extend(imported_of[*first].iter().filter(by_all));
            }
            chunk.runs.retain(|it| {
                self.links[*it].wrap == Wrap::None || imported.contains(it) || chunk.root.module() == Some(*it)
            });
        }
        (chunks, chunk_of)
    }

    /// What those of `importers` import that run where they stand.
    fn imported_by(&self, importers: &[ModuleIndex]) -> FxHashSet<ModuleIndex> {
        let running = importers.iter().filter(|it| self.links[**it].wrap == Wrap::None);
        running.flat_map(|it| self.imported(*it)).collect()
    }
}
