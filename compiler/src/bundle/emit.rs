//! A linked build to files: names for everything, every module printed on all cores, chunks put together.

mod assemble;
mod closure;
mod files;
mod plan;
mod scope;
mod text;

use super::link::{ChunkIndex, Linked};
use super::load::{Loaded, ModuleIndex};
use super::options::{BuildOptions, OutputFile, OutputInfo};
use crate::crew;
use crate::diagnostic::Diagnostic;
use crate::syntax::bundle::{Compacted, Name, Style, Text, Tree, Wanted, compact, print};
use files::Names;
use rustc_hash::FxHashMap;
use scope::Scope;
use std::sync::Arc;

/// What the passes look at.
pub(super) struct Emitter<'a> {
    loaded: &'a Loaded,
    linked: &'a Linked,
    options: &'a BuildOptions,
    scopes: Vec<Scope>,
    /// By chunk: names of the slots of inner names.
    slots: Vec<Arc<Vec<Name>>>,
    /// By module: how many symbols it has besides those of its record.
    extra: Vec<usize>,
    names: Names,
    /// By the module that a chunk is loaded for.
    root_chunks: FxHashMap<ModuleIndex, ChunkIndex>,
}

/// Files of one link, and what is to be said of them.
pub(super) struct Emitted {
    pub(super) files: Vec<(OutputFile, Option<OutputInfo>)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is left of the trees.
    pub(super) spent: Vec<Tree>,
}

/// What compressing a module found out.
type Compact = Option<Compacted>;

/// Prints what was linked. The trees of the modules are used up.
pub(super) fn emit(loaded: &mut Loaded, linked: &Linked, options: &BuildOptions, names: &mut files::Taken) -> Emitted {
    let mut trees: Vec<_> = loaded.modules.iter_mut().map(|module| module.tree.take()).collect();
    let loaded = &*loaded;
    let mut diagnostics = Vec::new();
    let compacts = match options.minify {
        true => compact_all(loaded, linked, options, &mut trees, &mut diagnostics),
        false => Vec::new(),
    };
    let mut scopes = scope::scopes(loaded, linked, options, &compacts);
    let emitter = Emitter {
        slots: scopes.iter_mut().map(|it| Arc::new(std::mem::take(&mut it.slots))).collect(),
        scopes,
        extra: compacts.iter().map(|it| it.as_ref().map_or(0, |it| it.extra.len())).collect(),
        names: Names::choose(loaded, linked, options, names),
        root_chunks: linked.chunks.iter().zip(0..).filter_map(|(it, index)| Some((it.root.module()?, index))).collect(),
        loaded,
        linked,
        options,
    };
    let style = Style { minify: options.minify, mappings: options.source_map.is_some() };
    let mut jobs: Vec<(ModuleIndex, ChunkIndex, _)> = Vec::new();
    for (module, tree) in trees.into_iter().enumerate() {
        if let (Some(tree), Some(chunk)) = (tree, linked.chunk_of[module]) {
            jobs.push((module, chunk, tree));
        }
    }
    let printed = crew::map(crew::threads(options.threads), jobs, |_, (module, chunk, tree)| {
        let plan = emitter.plan(module, chunk);
        let entry = &emitter.loaded.modules[module];
        (module, print(&entry.source, entry.map.as_deref(), tree, &plan, style))
    });
    let mut texts: Vec<Text> = emitter.loaded.modules.iter().map(|_| Text::default()).collect();
    let mut spent = Vec::with_capacity(printed.len());
    for (module, result) in printed {
        match result {
            Ok((text, tree)) => {
                texts[module] = text;
                spent.push(tree);
            }
            Err(complaints) => diagnostics.extend(complaints),
        }
    }
    Emitted { files: emitter.files(texts), diagnostics, spent }
}

/// Compresses every module by itself.
fn compact_all(
    loaded: &Loaded,
    linked: &Linked,
    options: &BuildOptions,
    trees: &mut [Option<Tree>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Compact> {
    let shared = scope::shared(loaded, linked, options);
    let mut jobs = Vec::new();
    for (module, tree) in trees.iter_mut().enumerate() {
        if linked.chunk_of[module].is_some()
            && let Some(tree) = tree.take()
        {
            jobs.push((module, tree));
        }
    }
    let done = crew::map(crew::threads(options.threads), jobs, |_, (module, tree)| {
        let entry = &loaded.modules[module];
        let record = &entry.record;
        let wanted = Wanted {
            keep: if record.esm { linked.links[module].keep.clone() } else { Vec::new() },
            exported: shared.get(&module).cloned().unwrap_or_default(),
            imported: record.imports.iter().map(|it| it.local).collect(),
            fixed: record.evals,
        };
        (module, compact(&entry.source, tree, record.esm, record.symbols.len(), &wanted))
    });
    let mut compacts: Vec<Compact> = loaded.modules.iter().map(|_| None).collect();
    for (module, result) in done {
        match result {
            Ok((tree, compacted)) => {
                trees[module] = Some(tree);
                compacts[module] = Some(compacted);
            }
            Err(complaints) => diagnostics.extend(complaints),
        }
    }
    compacts
}

impl Emitter<'_> {
    fn root_chunk(&self, module: ModuleIndex) -> Option<ChunkIndex> {
        self.root_chunks.get(&module).copied()
    }
}
