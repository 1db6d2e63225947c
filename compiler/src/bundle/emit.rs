//! A linked build to files: names for everything, every module printed on all cores, chunks put together.

mod assemble;
mod files;
mod plan;
mod scope;
mod text;

use super::link::{ChunkIndex, Linked, Root};
use super::load::{Loaded, ModuleIndex};
use super::options::{BuildOptions, OutputFile, OutputInfo};
use super::work;
use crate::diagnostic::Diagnostic;
use crate::syntax::bundle::{Style, Text, print};
use files::Names;
use scope::Scope;

/// What the passes look at.
pub(super) struct Emitter<'a> {
    loaded: &'a Loaded,
    linked: &'a Linked,
    options: &'a BuildOptions,
    scopes: Vec<Scope>,
    names: Names,
}

/// Files of one link, and what is to be said of them.
pub(super) struct Emitted {
    pub(super) files: Vec<(OutputFile, Option<OutputInfo>)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Prints what was linked. The trees of the modules are used up.
pub(super) fn emit(loaded: &mut Loaded, linked: &Linked, options: &BuildOptions, names: &mut files::Taken) -> Emitted {
    let trees: Vec<_> = loaded.modules.iter_mut().map(|module| module.tree.take()).collect();
    let emitter = Emitter {
        scopes: scope::scopes(loaded, linked, options),
        names: Names::choose(loaded, linked, options, names),
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
    let printed = work::map(work::threads(options.threads), jobs, |_, (module, chunk, tree)| {
        let plan = emitter.plan(module, chunk);
        let entry = &emitter.loaded.modules[module];
        (module, print(&entry.source, entry.map.as_deref(), tree, entry.record.esm, &plan, style))
    });
    let mut texts: Vec<Text> = emitter.loaded.modules.iter().map(|_| Text::default()).collect();
    let mut diagnostics = Vec::new();
    for (module, result) in printed {
        match result {
            Ok(text) => texts[module] = text,
            Err(complaints) => diagnostics.extend(complaints),
        }
    }
    Emitted { files: emitter.files(texts), diagnostics }
}

impl Emitter<'_> {
    fn root_chunk(&self, module: ModuleIndex) -> Option<ChunkIndex> {
        self.linked.chunks.iter().position(|it| matches!(it.root, Root::Entry(it) | Root::Dynamic(it) if it == module))
    }
}
