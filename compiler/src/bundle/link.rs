//! Decides what the output is made of: which export each import means, what is left out, which file each module goes to,
//! and in which order it runs there. Works on records; no text is touched.

mod bind;
mod chunks;
mod commonjs;
mod loaded;
mod needs;
mod order;
mod shake;
mod used;
mod wrap;

pub(super) use chunks::{Chunk, ChunkIndex, Root};
pub(super) use needs::{Asked, Needs, asked};

use super::load::{Loaded, Module, ModuleIndex, RUNTIME, Target};
use super::options::BuildOptions;
use crate::diagnostic::Diagnostic;
use crate::graph::exports::Answers;
use crate::resolve::standard;
use crate::syntax::bundle::{AskForm, INTEROP, INTEROP_NODE, NAMESPACE, Name, SymbolIndex, WRAPPER};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use used::Used;

/// A symbol of the whole build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Ref {
    pub(super) module: ModuleIndex,
    pub(super) symbol: SymbolIndex,
}

/// In place of a module: symbols are what is imported from outside of the build.
pub(super) const OUTSIDE: ModuleIndex = usize::MAX;

/// What a name of one module means in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bound {
    Symbol(Ref),
    /// A property of an object: what CommonJS exports.
    Member(Ref, Name),
    Undefined,
}

impl Bound {
    /// The symbol that must be there.
    pub(super) fn reference(&self) -> Option<Ref> {
        match self {
            Bound::Symbol(reference) | Bound::Member(reference, _) => Some(*reference),
            Bound::Undefined => None,
        }
    }
}

/// How a module runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Wrap {
    /// Where it stands.
    #[default]
    None,
    /// When it is first required.
    CommonJs,
    /// An ES module that runs when it is first asked for.
    Lazy,
}

/// What the linker finds out about a module.
#[derive(Debug, Default)]
pub(super) struct Link {
    pub(super) wrap: Wrap,
    /// It, or what it imports, waits at the top level.
    pub(super) awaits: bool,
    /// What its imports mean, by local symbol.
    pub(super) bound: FxHashMap<SymbolIndex, Bound>,
    /// What `namespace.name` means.
    pub(super) members: FxHashMap<(SymbolIndex, Name), Bound>,
    /// What it exports, with what it passes on; known once its namespace is needed, or it is an entry.
    pub(super) exports: Option<BTreeMap<Name, Bound>>,
    /// It runs, or something of it is used.
    pub(super) live: bool,
    /// By statement.
    pub(super) keep: Vec<bool>,
    /// Namespaces whose names `export *` passes on once they are known, when it runs.
    pub(super) stars: Vec<Ref>,
}

/// Something imported from outside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct External {
    pub(super) specifier: String,
    /// `None`: the namespace.
    pub(super) name: Option<Name>,
}

pub(super) struct Linked {
    pub(super) links: Vec<Link>,
    pub(super) externals: Vec<External>,
    pub(super) external_index: FxHashMap<External, SymbolIndex>,
    pub(super) chunks: Vec<Chunk>,
    /// By module: where it is.
    pub(super) chunk_of: Vec<Option<ChunkIndex>>,
    /// Symbols that are used besides those of statements.
    pub(super) used: Used,
    /// By module: its place in the order in which they run.
    pub(super) position: Vec<usize>,
    /// Functions of the bundler's own, by name.
    pub(super) helpers: FxHashMap<Name, SymbolIndex>,
}

/// What the passes work on.
pub(super) struct Linker<'a> {
    modules: &'a [Module],
    options: &'a BuildOptions,
    entries: Vec<ModuleIndex>,
    links: Vec<Link>,
    externals: Vec<External>,
    external_index: FxHashMap<External, SymbolIndex>,
    answers: Answers<bind::Exporter, Name, Bound>,
    helpers: FxHashMap<Name, SymbolIndex>,
    used: Used,
    /// Modules of dynamic imports that something live asks for.
    dynamic: BTreeSet<ModuleIndex>,
    diagnostics: Vec<Diagnostic>,
}

/// Links what `entries` need.
pub(super) fn link(loaded: &Loaded, entries: &[ModuleIndex], options: &BuildOptions) -> (Linked, Vec<Diagnostic>) {
    let runtime = &loaded.modules[RUNTIME];
    let helpers = runtime.record.exports.iter().map(|(name, export)| (name.clone(), export.local)).collect();
    let mut linker = Linker {
        modules: &loaded.modules,
        options,
        entries: entries.to_vec(),
        links: loaded.modules.iter().map(|_| Link::default()).collect(),
        externals: Vec::new(),
        external_index: FxHashMap::default(),
        answers: Answers::default(),
        helpers,
        used: Used::new(loaded.modules.iter().map(|it| it.record.symbols.len())),
        dynamic: BTreeSet::new(),
        diagnostics: Vec::new(),
    };
    linker.wrap_modules();
    linker.bind_imports();
    linker.shake();
    let order = linker.order();
    let (chunks, chunk_of) = linker.divide(&order);
    let mut position = vec![0; loaded.modules.len()];
    order.iter().enumerate().for_each(|(at, module)| position[*module] = at);
    let Linker { links, externals, external_index, used, helpers, diagnostics, .. } = linker;
    let linked = Linked { links, externals, external_index, chunks, chunk_of, used, position, helpers };
    (linked, diagnostics)
}

impl Linked {
    /// What stands for a module from outside that CommonJS asks for: the standard modules have no `require`.
    pub(super) fn namespace_of(&self, specifier: &str) -> Option<Ref> {
        let external = External { specifier: specifier.to_owned(), name: None };
        standard(specifier)?;
        self.external_index.get(&external).map(|symbol| Ref { module: OUTSIDE, symbol: *symbol })
    }
}

impl Linker<'_> {
    /// The modules that `module` imports statically, in order.
    fn imported(&self, module: ModuleIndex) -> impl Iterator<Item = ModuleIndex> + '_ {
        self.asked(module, |form| form == AskForm::Import)
    }

    fn asked(
        &self,
        module: ModuleIndex,
        wanted: impl Fn(AskForm) -> bool + 'static,
    ) -> impl Iterator<Item = ModuleIndex> + '_ {
        let module = &self.modules[module];
        module.record.requests.iter().zip(&module.targets).filter_map(move |(ask, target)| match target {
            Target::Module(index) if wanted(ask.form) => Some(*index),
            _ => None,
        })
    }

    fn complain(&mut self, diagnostic: Diagnostic) {
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    fn external(&mut self, specifier: &str, name: Option<Name>) -> Ref {
        let external = External { specifier: specifier.to_owned(), name };
        let externals = &mut self.externals;
        let symbol = *self.external_index.entry(external.clone()).or_insert_with(|| {
            externals.push(external);
            (externals.len() - 1) as SymbolIndex
        });
        Ref { module: OUTSIDE, symbol }
    }
}

pub(super) fn namespace(module: ModuleIndex) -> Ref {
    Ref { module, symbol: NAMESPACE }
}

pub(super) fn wrapper(module: ModuleIndex) -> Ref {
    Ref { module, symbol: WRAPPER }
}

/// What an importer sees of a CommonJS module.
pub(super) fn interop(module: ModuleIndex, strict: bool) -> Ref {
    Ref { module, symbol: if strict { INTEROP_NODE } else { INTEROP } }
}
